"""Claims about the gazetteer made from GeoNames' dump files: same tables, more places, any broken line skipped."""

import tracemalloc
import zipfile

import pytest

from itinerary import __main__ as command_line
from itinerary import online
from itinerary.errors import InputError
from itinerary.gazetteer import Gazetteer, build_from_dump, building
from itinerary.gazetteer.entry import Entry
from itinerary.model import Kind


def line(number, name, *, alternates="", where=(50.0, 10.0), code="PPL", country="DE", admin1="02", population=900):
    """A line of the dump."""
    feature = {"PPL": "P", "MT": "T", "STM": "H", "ZZZ": "S"}[code]
    fields = [number, name, name, alternates, *where, feature, code, country, "", admin1, "", "", "", population, "", "", "", ""]
    return "\t".join(map(str, fields))


PLACES = [
    line(1, "Oberdorf", alternates="Upper Village,Обердорф"),
    line(2, "Stiller Berg", code="MT", population=0),
    line(3, "Unknown kind", code="ZZZ"),
    "broken\tline",
    line(4, "Nowhere", where=(95, 10)),
    line(5, "Not a number", population="many"),
    line(100, "Duplicate of what the packages know"),
]
ALTERNATES = [
    "9\t1\ten\tUpthorp\t\t\t",
    "10\t1\tfr\tHautvillage",
    "11\t1\tlink\thttps://example.org/Linkname",
    "12\t77\ten\tNobody",
]


@pytest.fixture
def dump(monkeypatch, tmp_path):
    """A folder with the dump files, and packages that hold one land with one province and one town."""

    def gather(say):
        land = Entry("geonames:50", "Landia", 51.0, 10.0, Kind.COUNTRY, "DE").named("Landia")
        province = Entry("geonames:60", "Provincia", 50.0, 10.0, Kind.ADMIN1, "DE").named("Provincia")
        town = Entry("geonames:100", "Town", 50.0, 10.0, Kind.CITY, "DE").named("Town")
        return {e.id: e for e in (land, province, town)}, {"DE.02": province}

    monkeypatch.setattr(building, "gather_with_codes", gather)
    (tmp_path / "cities500.txt").write_text("\n".join(PLACES), encoding="utf-8")
    (tmp_path / "alternateNamesV2.txt").write_text("\n".join(ALTERNATES), encoding="utf-8")
    return tmp_path


def test_places_of_the_dump_join_those_of_the_packages(dump):
    gazetteer = Gazetteer.open(build_from_dump(dump / "cities500.txt", path=dump / "out.sqlite"))
    found = gazetteer.candidates(["Oberdorf", "Upper Village", "Stiller Berg", "Town", "Unknown kind", "Nowhere", "Not a number"])
    place = found["Oberdorf"][0].place
    assert (place.id, place.kind, place.admin1, place.parents) == (
        "geonames:1", Kind.CITY, "Provincia", ("geonames:60", "geonames:50"),
    )  # fmt: skip
    assert found["Upper Village"][0].how == "alternate"
    assert found["Stiller Berg"][0].place.kind is Kind.MOUNTAIN
    assert found["Town"][0].place.id == "geonames:100"
    assert not (found["Unknown kind"] or found["Nowhere"] or found["Not a number"])
    assert gazetteer.known(["duplicate of what the packages know"]) == set()


def test_alternate_names_keep_their_weight(dump):
    path = build_from_dump(dump / "cities500.txt", alternates=dump / "alternateNamesV2.txt", path=dump / "out.sqlite")
    found = Gazetteer.open(path).candidates(["Upthorp", "Hautvillage", "https://example.org/Linkname", "Nobody"])
    assert [found[n][0].how for n in ("Upthorp", "Hautvillage")] == ["name", "alternate"]
    assert not (found["https://example.org/Linkname"] or found["Nobody"])


def test_a_zip_is_read_like_its_text(dump):
    archive = dump / "cities500.zip"
    with zipfile.ZipFile(archive, "w") as file:
        file.write(dump / "cities500.txt", "cities500.txt")
        file.writestr("readme.txt", "x")
    gazetteer = Gazetteer.open(build_from_dump(archive, path=dump / "out.sqlite"))
    assert gazetteer.geocode("Oberdorf").raw["id"] == "geonames:1"


def test_progress_reaches_the_whole_file(dump):
    told = []
    build_from_dump(dump / "cities500.txt", path=dump / "out.sqlite", progress=lambda *step: told.append(step))
    size = (dump / "cities500.txt").stat().st_size
    assert told[-1] == (size, size, "cities500.txt")


@pytest.mark.parametrize("content", [b"", b"<html>", b"\xff\xfe\x00", b"a,b,c\n1,2,3"])
def test_another_file_is_refused_in_one_sentence(dump, content):
    file = dump / "other.txt"
    file.write_bytes(content)
    with pytest.raises(InputError, match=r"other\.txt"):
        build_from_dump(file, path=dump / "out.sqlite")
    assert not (dump / "out.sqlite").exists()


def test_a_missing_file_and_a_broken_zip_are_refused(dump):
    broken = dump / "broken.zip"
    broken.write_bytes(b"no zip")
    for file in (dump / "none.txt", broken):
        with pytest.raises(InputError, match="can't be read"):
            build_from_dump(file, path=dump / "out.sqlite")


def test_memory_does_not_grow_with_the_file(dump):
    with (dump / "large.txt").open("w", encoding="utf-8") as file:
        file.writelines(line(n, f"Place number {n}") + "\n" for n in range(1000, 31_000))
    tracemalloc.start()
    build_from_dump(dump / "large.txt", path=dump / "out.sqlite")
    _, peak = tracemalloc.get_traced_memory()
    tracemalloc.stop()
    assert peak < 40e6


def test_the_command_line_imports_a_dump_from_a_path(dump, monkeypatch, capsys):
    monkeypatch.setenv("ITINERARY_CACHE", str(dump / "cache"))
    files = [str(dump / name) for name in ("cities500.txt", "alternateNamesV2.txt")]
    assert command_line.main(["gazetteer", "--import", files[0], "--alternates", files[1]]) == 0
    path = dump / "cache" / "gazetteer-geonames.sqlite"
    assert str(path) in capsys.readouterr().out
    assert Gazetteer.open(path).candidates(["Upthorp"])["Upthorp"][0].place.id == "geonames:1"


def test_a_dump_given_by_address_is_fetched_first(dump, monkeypatch):
    monkeypatch.setenv("ITINERARY_CACHE", str(dump / "cache"))
    asked = []
    monkeypatch.setattr(online, "fetched", lambda url, progress: asked.append(url) or dump / "cities500.txt")
    assert command_line.main(["gazetteer", "--import", "https://dump.example/cities500.zip"]) == 0
    assert asked == ["https://dump.example/cities500.zip"]
    assert (dump / "cache" / "gazetteer-geonames.sqlite").is_file()


@pytest.mark.parametrize("arguments", [["--alternates", "x.txt"], ["--import", "no-such-file.txt"]])
def test_an_import_that_cannot_be_done_is_refused_in_one_line(arguments, dump, monkeypatch, capsys):
    monkeypatch.setenv("ITINERARY_CACHE", str(dump / "cache"))
    assert command_line.main(["gazetteer", *arguments]) == 2
    assert capsys.readouterr().err.count("\n") == 1
