"""Claims about the gazetteer's file: whole or absent, built anew when it must be, one sentence when it can't; and its parts."""

import csv
import multiprocessing
import os
import shutil
import sqlite3

import pytest

from itinerary.errors import GazetteerUnusable
from itinerary.gazetteer import Gazetteer, building, ours, packages, store
from itinerary.gazetteer.containment import Grid, fill_areas, place_points
from itinerary.gazetteer.entry import Entry
from itinerary.model import Kind


@pytest.fixture
def small(monkeypatch, tmp_path):
    """A folder to build in, and a build of two places instead of 290,000."""

    def gather(say):
        say("cities")
        places = [("x:1", "Alpha", 10.0, 20.0), ("x:2", "Beta", -10.0, 170.0)]
        return {id_: Entry(id_, name, lat, lon, Kind.CITY).named(name) for id_, name, lat, lon in places}

    monkeypatch.setattr(building, "gather", gather)
    monkeypatch.setenv("ITINERARY_CACHE", str(tmp_path))
    monkeypatch.delenv("ITINERARY_GAZETTEER", raising=False)
    return tmp_path


# --- the file ---------------------------------------------------------------------------------------------------------


def test_a_build_tells_its_progress_and_leaves_only_the_file(small):
    told = []
    path = building.build(progress=lambda done, total, stage: told.append((done, total, stage)))
    assert path == small / store.FILE_NAME
    assert {p.name for p in small.iterdir()} <= {store.FILE_NAME, store.FILE_NAME + ".lock"}
    assert told[-1] == (6, 6, "done")
    assert [d for d, _, _ in told] == sorted(d for d, _, _ in told)


def test_an_up_to_date_file_is_not_built_again(small, monkeypatch):
    Gazetteer.open()
    monkeypatch.setattr(building, "gather", lambda say: pytest.fail("built again"))
    assert Gazetteer.open().candidates(["Alpha"])["Alpha"][0].place.id == "x:1"


@pytest.mark.parametrize("change", ["package", "list", "schema"])
def test_changed_sources_build_anew(small, monkeypatch, change):
    path = building.build()
    before = store.stored_fingerprint(path)
    if change == "package":
        monkeypatch.setattr(store, "_version", lambda package: "99")
    elif change == "list":
        extra = small / "extra.csv"
        extra.write_text("name\nX\n")
        monkeypatch.setattr(store, "lists", lambda: [extra])
    else:
        monkeypatch.setattr(store, "SCHEMA", store.SCHEMA + 1)
    assert store.stored_fingerprint(Gazetteer.open().path) != before


def test_a_build_that_dies_leaves_the_old_file_and_nothing_else(small, monkeypatch):
    path = building.build()
    before = path.read_bytes()

    def die(*_):
        raise KeyboardInterrupt

    monkeypatch.setattr(building, "finish", die)
    with pytest.raises(KeyboardInterrupt):
        building.build()
    assert path.read_bytes() == before
    assert not list(small.glob("*.part*"))


def test_leftovers_of_a_killed_build_are_swept(small):
    left = small / f"{store.FILE_NAME}.1.dead.part"
    left.write_bytes(b"half")
    building.build()
    assert not left.exists()


@pytest.mark.parametrize("damage", ["cut short", "overwritten", "empty", "text"])
def test_a_damaged_file_is_rebuilt_or_refused(small, damage):
    path = building.build()
    whole = path.read_bytes()
    broken = {"cut short": whole[: len(whole) // 2], "overwritten": b"\xff" * len(whole), "empty": b"", "text": b"hello"}[damage]
    path.write_bytes(broken)
    with pytest.raises(GazetteerUnusable, match="python -m itinerary gazetteer --rebuild"):
        Gazetteer.open(path)
    assert Gazetteer.open().geocode("Beta").address == "Beta"


def test_damage_inside_the_file_is_told_with_the_remedy(small):
    path = building.build()
    gazetteer = Gazetteer.open(path)
    path.write_bytes(path.read_bytes()[:4096] + b"\xaa" * (path.stat().st_size - 4096))
    with pytest.raises(GazetteerUnusable, match="gazetteer --rebuild"):
        Gazetteer(gazetteer.path).candidates(["Alpha"])


def test_a_missing_file_is_refused_with_the_command(tmp_path):
    with pytest.raises(GazetteerUnusable, match="python -m itinerary gazetteer --rebuild"):
        Gazetteer.open(tmp_path / "none.sqlite")


def test_another_database_is_refused(tmp_path):
    path = tmp_path / "other.sqlite"
    with sqlite3.connect(path) as connection:
        connection.execute("CREATE TABLE t (x)")
    connection.close()
    with pytest.raises(GazetteerUnusable, match="no usable gazetteer"):
        Gazetteer.open(path)


def test_an_imported_file_can_stand_in(small, monkeypatch):
    other = shutil.copy(building.build(), small / "large #1?.sqlite")
    monkeypatch.setenv("ITINERARY_GAZETTEER", str(other))
    assert Gazetteer.open().path == other


def test_a_folder_that_cannot_be_written_is_one_sentence(small, monkeypatch):
    blocked = small / "file"
    blocked.write_text("")
    monkeypatch.setenv("ITINERARY_CACHE", str(blocked))
    with pytest.raises(GazetteerUnusable, match="ITINERARY_CACHE"):
        Gazetteer.open()


def test_a_full_disk_is_one_sentence(small, monkeypatch):
    def full(*_):
        raise sqlite3.OperationalError("database or disk is full")

    monkeypatch.setattr(building, "finish", full)
    with pytest.raises(GazetteerUnusable, match="disk is full"):
        building.build()
    assert not [p for p in small.iterdir() if p.suffix != ".lock"]


def test_a_missing_package_is_named(monkeypatch):
    with pytest.raises(GazetteerUnusable, match="pip install"):
        packages.package_file("no_such_package_at_all", "x.json")


def _build_in(folder):
    os.environ["ITINERARY_CACHE"] = folder
    building.gather = lambda say: {"x:1": Entry("x:1", "Alpha", 1.0, 2.0, Kind.CITY).named("Alpha")}
    building.build()


def test_two_builds_at_once_give_one_whole_file(tmp_path):
    context = multiprocessing.get_context("spawn")
    builders = [context.Process(target=_build_in, args=(str(tmp_path),)) for _ in range(2)]
    for builder in builders:
        builder.start()
    for builder in builders:
        builder.join(60)
    assert [builder.exitcode for builder in builders] == [0, 0]
    assert store.stored_fingerprint(tmp_path / store.FILE_NAME)
    assert not list(tmp_path.glob("*.part*"))


def test_the_cache_folder_follows_the_platform(monkeypatch, tmp_path):
    monkeypatch.delenv("ITINERARY_CACHE", raising=False)
    monkeypatch.setenv("XDG_CACHE_HOME", str(tmp_path))
    monkeypatch.setattr("sys.platform", "linux")
    assert store.default_path() == tmp_path / "itinerary" / "gazetteer.sqlite"
    monkeypatch.setattr("sys.platform", "darwin")
    assert "Library" in store.default_path().parts
    monkeypatch.setattr("sys.platform", "win32")
    monkeypatch.setenv("LOCALAPPDATA", str(tmp_path))
    assert store.default_path() == tmp_path / "itinerary" / "Cache" / "gazetteer.sqlite"


# --- the parts --------------------------------------------------------------------------------------------------------


def test_a_grid_finds_across_the_antimeridian():
    grid = Grid([Entry("x:1", "East", 0.0, 179.9, Kind.CITY), Entry("x:2", "Far", 0.0, 170.0, Kind.CITY)])
    assert [entry.name for _, entry in grid.near(0.0, -179.9, 50.0)] == ["East"]


def test_a_station_lies_in_its_city_and_a_town_on_its_island():
    city = Entry("x:1", "City", 10.0, 10.0, Kind.CITY, "XX", admin1="x:9", population=500_000, radius=8.0)
    station = Entry("x:2", "City Station", 10.02, 10.02, Kind.STATION, "XX")
    island = Entry("x:3", "Isle", 10.1, 10.1, Kind.ISLAND, "XX", radius=60.0, curated=True)
    entries = {e.id: e for e in (city, station, island)}
    place_points(entries)
    fill_areas(entries)
    assert (station.within, station.admin1) == (("x:1",), "x:9")
    assert city.beyond == ("x:3",)


@pytest.mark.parametrize(
    ("word", "plural"),
    [("Georgian", "Georgians"), ("Frenchman", "Frenchmen"), ("German", "Germans"), ("Roman", "Romans"), ("Czech", "Czechs")],
)
def test_regular_plurals_are_formed(word, plural):
    assert ours.forms(word) == (word, plural)


@pytest.mark.parametrize("word", ["Chinese", "Danish", "Swiss", "Dutch"])
def test_words_without_a_plural_stay_alone(word):
    assert ours.forms(word) == (word,)


def test_our_tables_have_the_columns_of_the_readme():
    for file, columns in (
        ("aliases.csv", ["alias", "name", "country", "kind", "form"]),
        ("demonyms.csv", ["word", "place", "country", "kind"]),
        ("regions.csv", ["name", "members"]),
    ):
        with (ours.DATA / file).open(encoding="utf-8", newline="") as handle:
            assert next(csv.reader(handle)) == columns
