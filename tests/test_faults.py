"""Claims about a machine that fails: a full disk, a folder that can't be written, damaged files, a clock that jumps."""

import multiprocessing
import os
import random
import re
import resource
import signal
import sqlite3
import subprocess
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from pathlib import Path

import pytest

from itinerary import export, online, project
from itinerary.errors import GazetteerUnusable, OutputError
from itinerary.gazetteer import Gazetteer, building, store
from itinerary.gazetteer.entry import Entry
from itinerary.model import Itinerary, Kind
from itinerary.online.memory import Memory
from itinerary.online.replies import Hit
from itinerary.workspace import Workspace
from tests import killing
from tests.builders import BERGEN, journey
from tests.conftest import ROOT
from tests.nearby import HIT, NOW, ONE, says

ROOM = 40_000  # bytes that the full disk still has
YEAR = 365 * 86_400.0  # s


@pytest.fixture
def long_trip() -> Itinerary:
    """A trip whose every file is larger than the room on the full disk."""
    return journey(*((f"Town {n} by the river", n % 80, n % 170, f"{1800 + n % 99}") for n in range(400)))


@pytest.fixture
def many_places(monkeypatch: pytest.MonkeyPatch) -> None:
    """A place index of some thousand places, built in a moment."""
    places = {f"x:{n}": Entry(f"x:{n}", f"Town {n}", n % 80, n % 170, Kind.CITY).named(f"Town {n}") for n in range(2_000)}
    monkeypatch.setattr(building, "gather", lambda say: places)
    monkeypatch.delenv("ITINERARY_GAZETTEER", raising=False)


# --- the disk is full -------------------------------------------------------------------------------------------------


@contextmanager
def limited(folder: Path) -> Iterator[Path]:
    """No file may grow beyond the room: what the system does to a process without leave for more."""
    before = resource.getrlimit(resource.RLIMIT_FSIZE)
    resource.setrlimit(resource.RLIMIT_FSIZE, (ROOM, before[1]))
    try:
        yield folder
    finally:
        resource.setrlimit(resource.RLIMIT_FSIZE, before)


@contextmanager
def tiny(folder: Path) -> Iterator[Path]:
    """A real file system of this size; only root may make one."""
    disk = folder / "disk"
    disk.mkdir()
    with mounted(disk, f"size={ROOM // 4096 * 4096}"):
        yield disk


@contextmanager
def mounted(folder: Path, options: str) -> Iterator[None]:
    """A file system in memory at `folder`; the test is left out where none can be had."""
    made = (
        os.geteuid() == 0
        and not subprocess.run(
            ["mount", "-t", "tmpfs", "-o", options, "tmpfs", str(folder)], stderr=subprocess.DEVNULL, check=False
        ).returncode
    )
    if not made:
        pytest.skip("only root may make a file system, and not in every container")
    try:
        yield
    finally:
        subprocess.run(["umount", "--lazy", str(folder)], check=True)


Disk = Callable[[Path], "contextmanager[Path]"]
both_disks = pytest.mark.parametrize("full", [limited, tiny])


@both_disks
@pytest.mark.parametrize("ending", [".html", ".csv", ".gpx", ".xlsx", ".itinerary.json"])
def test_a_full_disk_keeps_the_old_file_and_gets_nothing_of_the_new(full, ending, long_trip, tmp_path) -> None:
    assert len(export.encoded(long_trip, ending)) > ROOM
    with full(tmp_path) as folder:
        target = folder / f"trip{ending}"
        target.write_bytes(b"as it was")
        with pytest.raises(OutputError, match=re.escape(target.name)):
            export.write(long_trip, target)
        if ending == ".itinerary.json":
            with pytest.raises(OutputError, match=re.escape(target.name)):
                project.save(Workspace(long_trip), target)
        assert [(file.name, file.read_bytes()) for file in folder.iterdir()] == [(target.name, b"as it was")]


@both_disks
def test_a_full_disk_leaves_no_half_of_a_place_index(full, many_places, tmp_path) -> None:
    with full(tmp_path) as folder:
        with pytest.raises(GazetteerUnusable, match="ITINERARY_CACHE"):
            building.build(folder / store.FILE_NAME)
        assert [file.name for file in folder.iterdir() if not file.name.endswith(".lock")] == []


@both_disks
def test_a_full_disk_costs_what_was_found_online_and_nothing_else(full, geocoder, monkeypatch, tmp_path) -> None:
    with full(tmp_path) as folder:
        with suppress(OSError), (folder / "filler").open("wb") as filler:
            filler.write(b"x" * 10 * ROOM)
        if full is limited:
            monkeypatch.setattr(Memory, "_prepare", _no_room)
        full_up = online.geocoder("http://127.0.0.1:9", folder=folder, clock=geocoder.clock, sleep=geocoder.sleep)
        result, warnings = online.helped(ONE, full_up)
        assert result == ONE
        assert len(warnings) == 1 and "ITINERARY_CACHE" in warnings[0]


def _no_room(memory: Memory) -> None:
    raise sqlite3.OperationalError("database or disk is full")


# --- the folder can't be written --------------------------------------------------------------------------------------


@contextmanager
def read_only(folder: Path, fill: Callable[[Path], object] = lambda folder: None) -> Iterator[Path]:
    """A folder that holds what `fill` put there and takes nothing more, not even from root."""
    closed = folder / "closed"
    closed.mkdir()
    if os.geteuid():
        fill(closed)
        closed.chmod(0o555)
        try:
            yield closed
        finally:
            closed.chmod(0o755)
        return
    with mounted(closed, "size=8m"):
        fill(closed)
        subprocess.run(["mount", "-o", "remount,ro", str(closed)], check=True)
        yield closed


def test_a_place_index_in_a_closed_folder_is_used_as_it_is(many_places, monkeypatch, tmp_path) -> None:
    with read_only(tmp_path, lambda folder: building.build(folder / store.FILE_NAME)) as cache:
        monkeypatch.setenv("ITINERARY_CACHE", str(cache))
        assert Gazetteer.open().candidates(["Town 7"])["Town 7"][0].place.id == "x:7"


def test_without_a_place_index_a_closed_folder_is_told_in_one_sentence(many_places, monkeypatch, tmp_path) -> None:
    with read_only(tmp_path) as cache:
        monkeypatch.setenv("ITINERARY_CACHE", str(cache))
        with pytest.raises(GazetteerUnusable, match="ITINERARY_CACHE") as told:
            Gazetteer.open()
        assert "\n" not in str(told.value)


def test_in_a_closed_folder_nothing_is_asked_online_and_that_is_told(service, geocoder, tmp_path) -> None:
    with read_only(tmp_path) as cache:
        closed = online.geocoder(service.address, folder=cache, clock=geocoder.clock, sleep=geocoder.sleep)
        result, warnings = online.helped(ONE, closed)
    assert (result, service.requests) == (ONE, [])
    assert len(warnings) == 1 and "ITINERARY_CACHE" in warnings[0]


def test_a_file_is_not_written_into_a_closed_folder(long_trip, tmp_path) -> None:
    with read_only(tmp_path) as folder, pytest.raises(OutputError, match="choose another folder"):
        export.write(long_trip, folder / "trip.csv")


# --- files are damaged ------------------------------------------------------------------------------------------------


def flipped(whole: bytes, generator: random.Random) -> bytes:
    """The bytes with a few of them changed, or a stretch of them lost."""
    data = bytearray(whole)
    for _ in range(generator.randint(1, 30)):
        data[generator.randrange(len(data))] = generator.randrange(256)
    if generator.random() < 0.2:
        at = generator.randrange(len(data))
        del data[at : at + generator.randrange(1, 5_000)]
    return bytes(data)


def test_a_damaged_place_index_answers_or_says_how_to_mend_it(many_places, tmp_path) -> None:
    whole = building.build(tmp_path / "whole.sqlite").read_bytes()
    generator, refused = random.Random(5), 0
    names = [f"Town {n}" for n in range(0, 2_000, 40)]
    for number in range(60):
        path = tmp_path / f"{number}.sqlite"
        path.write_bytes(flipped(whole, generator))
        try:
            damaged = Gazetteer.open(path)
            damaged.candidates(names)
            damaged.search("Town", 50)
            damaged.places([f"x:{n}" for n in range(50)])
        except GazetteerUnusable as told:
            assert "gazetteer --rebuild" in str(told)
            refused += 1
    assert 0 < refused < 60


def test_a_damaged_memory_of_answers_is_asked_for_again_or_told(geocoder, service, tmp_path) -> None:
    geocoder.find("Upper Nowhere")
    whole, generator = geocoder.memory.path.read_bytes(), random.Random(5)
    for _ in range(30):
        geocoder.memory.path.write_bytes(flipped(whole, generator))
        result, warnings = online.helped(ONE, geocoder)
        assert (result[-1].place is not None) or len(warnings) == 1
        assert result[:2] == ONE[:2]


def test_half_a_letter_in_an_answer_is_kept_like_any_other(geocoder, service) -> None:
    service.replies = [says([{**HIT, "name": "\ud800", "display_name": "Upper \udfff"}])]
    assert len(geocoder.find("Upper Nowhere").hits) == 1
    assert geocoder.find("Upper Nowhere").hits == geocoder.find("Upper Nowhere").hits
    assert len(service.requests) == 1


# --- two at once ------------------------------------------------------------------------------------------------------


def _forever(name: str, folder: str) -> None:
    for _ in killing.DEEDS[name].do(Path(folder)):
        pass


@pytest.mark.slow
@pytest.mark.parametrize("name", ["saving", "exporting", "building the place index"])
def test_who_reads_while_two_write_sees_a_whole_file(name: str, tmp_path: Path) -> None:
    killing.kill_once(name, tmp_path, life=0.0)
    context = multiprocessing.get_context("forkserver")
    writers = [context.Process(target=_forever, args=(name, str(tmp_path))) for _ in range(2)]
    for writer in writers:
        writer.start()
    try:
        until, looks = time.monotonic() + 1.0, 0
        while time.monotonic() < until:
            LOOKS[name](tmp_path)
            looks += 1
    finally:
        for writer in writers:
            writer.kill()
            writer.join()
    assert looks > 3 and {writer.exitcode for writer in writers} == {-signal.SIGKILL}
    killing.DEEDS[name].holds(tmp_path, 1)


def _opened(folder: Path) -> None:
    gazetteer = Gazetteer.open(folder / store.FILE_NAME)
    assert gazetteer.candidates(["Town 7"])["Town 7"][0].place.id == "x:7"


LOOKS = {
    "saving": lambda folder: killing.saved(folder, 1),
    "exporting": lambda folder: killing.exported(folder, 1),
    "building the place index": _opened,
}


# --- the clock jumps --------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("jump", [-50 * YEAR, -YEAR, -600, 0, 600, YEAR, 50 * YEAR])
def test_no_jump_of_the_clock_makes_anyone_wait_long_or_believe_old_answers(jump: float, tmp_path: Path) -> None:
    memory = Memory.at(tmp_path)
    memory.keep("a", "Foo", [Hit(BERGEN, 0.5, "Bergen")], NOW)
    memory.reserve(NOW)
    assert 0 <= memory.reserve(NOW + jump) <= 3600
    assert (memory.recall("a", "Foo", NOW + jump) is not None) == (abs(jump) < 90 * 86_400)


def test_a_wait_that_a_clock_set_back_asks_for_is_over_within_the_hour(geocoder, time) -> None:
    geocoder.find("Upper Nowhere")
    time.now -= 2 * 3600
    geocoder.find("Foo Sound")
    assert sum(time.slept) < 3600


CLOCKS = re.compile(r"\b(?:time\.time|date\.today|datetime\.now|datetime\.today|time\.localtime|time\.gmtime)\b")
# Who may know what time it is: the pace and the memory of online answers.
TOLD_THE_TIME = {"itinerary/online/asking.py"}


def test_the_day_on_which_a_text_is_read_has_no_say_in_what_is_read() -> None:
    readers = {
        str(path.relative_to(ROOT))
        for path in (ROOT / "itinerary").rglob("*.py")
        if CLOCKS.search(path.read_text(encoding="utf-8"))
    }
    assert readers == TOLD_THE_TIME
