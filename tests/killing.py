"""Work that is killed in the middle, again and again: `python -m tests.killing --kills 50` prints what was found afterwards.

Each deed is done without end in a process of its own, which gets SIGKILL at a random moment; then the files must be as they were
before or after some round of it.
"""

from __future__ import annotations

import argparse
import json
import multiprocessing
import random
import signal
import sqlite3
import sys
import tempfile
import time
from collections.abc import Callable, Iterator
from contextlib import closing
from dataclasses import dataclass
from functools import cache
from itertools import count
from multiprocessing.connection import Connection
from pathlib import Path

from itinerary import export, project
from itinerary.gazetteer import building, store
from itinerary.gazetteer.entry import Entry
from itinerary.model import Itinerary, Kind
from itinerary.online.memory import Memory
from itinerary.online.replies import Hit
from itinerary.workspace import Workspace
from tests.builders import BERGEN, journey

LONGEST_LIFE = 0.15  # s from the first round to the kill: some rounds of each deed
NOW = 1_700_000_000.0  # s since 1970
_CONTEXT = multiprocessing.get_context("forkserver")  # its children start in milliseconds, and know no thread of ours
_CONTEXT.set_forkserver_preload(["itinerary.project", "itinerary.export.kml", "itinerary.online.memory", "tests.builders"])


# --- deeds ------------------------------------------------------------------------------------------------------------


@cache
def trips() -> tuple[Itinerary, Itinerary]:
    """A short trip and one whose files are some hundred kilobytes long."""
    stops = [(f"Town {n}", n % 80, n % 170, f"{1800 + n % 99}") for n in range(300)]
    return journey(*stops[:2], title="short"), journey(*stops, title="long")


def saving(folder: Path) -> Iterator[None]:
    """Save a project over itself."""
    for n in count():
        project.save(Workspace(trips()[n % 2]), folder / "trip.itinerary.json")
        yield


def saved(folder: Path, rounds: int) -> None:
    """The project is one of the two."""
    assert project.load(folder / "trip.itinerary.json").read in trips()


def exporting(folder: Path) -> Iterator[None]:
    """Write a file for Google Earth over itself."""
    for n in count():
        export.write(trips()[n % 2], folder / "trip.kmz")
        yield


@cache
def _packed() -> tuple[bytes, ...]:
    return tuple(export.encoded(trip, "kmz") for trip in trips())


def exported(folder: Path, rounds: int) -> None:
    """The file is one of the two, byte by byte."""
    assert (folder / "trip.kmz").read_bytes() in _packed()


_SIZES = (20, 3_000)  # places


def indexing(folder: Path) -> Iterator[None]:
    """Build a place index over itself."""
    for n in count():
        size = _SIZES[n % 2]
        places = {f"x:{i}": Entry(f"x:{i}", f"Town {i}", i % 80, i % 170, Kind.CITY).named(f"Town {i}") for i in range(size)}
        building.gather = lambda say, places=places: places  # type: ignore[assignment,misc]
        building.fingerprint = lambda: "killed"
        building.build(folder / store.FILE_NAME)
        yield


def indexed(folder: Path, rounds: int) -> None:
    """The index is one of the two, whole, and the next builder is kept waiting by nobody."""
    path = folder / store.FILE_NAME
    assert store.stored_fingerprint(path) == "killed"
    with closing(store.connect(path)) as connection:
        assert connection.execute("PRAGMA integrity_check").fetchone() == ("ok",)
        assert connection.execute("SELECT count(*) FROM place").fetchone()[0] in _SIZES
    with store.one_builder(path):
        store.sweep(path)
    assert sorted(file.name for file in folder.iterdir() if ".part" in file.name) == []


def remembering(folder: Path) -> Iterator[None]:
    """Write down answers of a server."""
    memory = Memory.at(folder)
    for n in count():
        memory.keep("server", f"name {n}", [Hit(BERGEN, 0.5, "Bergen")], NOW)
        yield


def remembered(folder: Path, rounds: int) -> None:
    """Every answer that was written down is there."""
    memory = Memory.at(folder)
    assert all(memory.recall("server", f"name {n}", NOW) for n in range(rounds))
    with closing(sqlite3.connect(memory.path)) as connection:
        assert connection.execute("PRAGMA integrity_check").fetchone() == ("ok",)


@dataclass(frozen=True, slots=True)
class Deed:
    """What is done in rounds, and what must hold after a number of rounds that were finished."""

    do: Callable[[Path], Iterator[None]]
    holds: Callable[[Path, int], None]


DEEDS = {
    "saving": Deed(saving, saved),
    "exporting": Deed(exporting, exported),
    "building the place index": Deed(indexing, indexed),
    "remembering answers": Deed(remembering, remembered),
}


# --- killing ----------------------------------------------------------------------------------------------------------


def _victim(name: str, folder: str, told: Connection) -> None:
    for _ in DEEDS[name].do(Path(folder)):
        told.send_bytes(b".")


def kill_once(name: str, folder: Path, life: float) -> int:
    """Do the deed, kill it so many seconds after its first round, check what is left; the rounds that were finished."""
    mine, theirs = _CONTEXT.Pipe(duplex=False)
    process = _CONTEXT.Process(target=_victim, args=(name, str(folder), theirs))
    process.start()
    theirs.close()
    mine.recv_bytes()
    time.sleep(life)
    process.kill()
    process.join()
    assert process.exitcode == -signal.SIGKILL
    rounds = 1
    try:
        while mine.poll():
            mine.recv_bytes()
            rounds += 1
    except EOFError:
        pass
    finally:
        mine.close()
    DEEDS[name].holds(folder, rounds)
    return rounds


def kills(name: str, times: int, seed: int) -> list[int]:
    """The rounds that were finished before each of the kills, each in a folder of its own."""
    moments = random.Random(seed)
    finished = []
    for _ in range(times):
        with tempfile.TemporaryDirectory() as folder:
            finished.append(kill_once(name, Path(folder), moments.uniform(0, LONGEST_LIFE)))
    return finished


def main() -> int:
    """Kill each deed so many times; stops at the first file that is neither the one before nor the one after."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--kills", type=int, default=50, help="times that each deed is killed")
    parser.add_argument("--seed", type=int, default=0)
    options = parser.parse_args()
    for name in DEEDS:
        rounds = kills(name, options.kills, options.seed)
        print(json.dumps({"deed": name, "kills": len(rounds), "rounds finished": sum(rounds), "files between": 0}), flush=True)
    return 0


if __name__ == "__main__":
    sys.exit(main())
