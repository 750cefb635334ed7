"""Many readers at once: `python -m tests.load --sessions 20 --minutes 5`.

Starts the dashboard as a user would and opens that many sessions on it. Each has texts of its own with a secret word in them,
reads one, corrects its journey again and again, quickly now and then, takes corrections back, reloads the page, and goes on to
the next. Prints what was found, and ends with status 1 when a promise was broken: no correction is lost, no session ever hears a
word of another one's text, nothing is told in red, and the server's memory does not grow.
"""

from __future__ import annotations

import argparse
import asyncio
import json
import os
import random
import sys
import time
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from functools import partial
from itertools import count
from pathlib import Path
from statistics import median, quantiles

from tests.browsing import served
from tests.conftest import ROOT
from tests.visitor import Visitor

STATUSES = ("visited", "passed", "planned")
KINDS = ("biography", "blog", "diary", "expedition", "letter")  # of our texts, those with a journey
MOST_WORDS = 900  # of a text: an article; a book takes its time, which is measured elsewhere
CORRECTIONS = (6, 14)  # of one journey, before the next text is read
BREATH = (0.0, 0.005, 0.02, 0.05)  # seconds between corrections made at once
RELOADS = 0.3  # of all journeys are looked at again in a page opened anew
GROWTH = 1.10  # of the server's memory after the first minute: what an allocator keeps in reserve is no leak
LETTERS = "abcdefghijklmnopqrstuvwxyz"


@dataclass(slots=True)
class Tally:
    """What all sessions found."""

    texts: int = 0
    corrections: list[float] = field(default_factory=list)  # ms each took until it was seen
    lost: list[str] = field(default_factory=list)
    foreign: list[str] = field(default_factory=list)
    troubles: list[str] = field(default_factory=list)
    memory: list[tuple[float, float]] = field(default_factory=list)  # (seconds since the start, MB)


class Session:
    """A visitor who knows what the journey must look like after each correction."""

    def __init__(self, name: str, tally: Tally, pause: float) -> None:
        self.dice, self.tally, self.pause = random.Random(name), tally, pause
        self.visitor = Visitor("Quillon" + "".join(self.dice.choices(LETTERS, k=6)))
        self.before: list[dict[str, str]] = []  # the journey before each correction that can be taken back
        self.serial = count(1)

    async def live(self, address: str, more: Callable[[], bool]) -> None:
        """Read and correct as long as there is more to do, one journey at least."""
        await self.visitor.enter(address)
        try:
            await self.journey(address, more)
            while more():
                await self.journey(address, more)
        except (TimeoutError, ConnectionError) as error:
            self.tally.lost.append(str(error))
        finally:
            self.tally.foreign += [f"{self.visitor.secret} heard {word}" for word in self.visitor.foreign]
            self.tally.troubles += self.visitor.troubles
            await self.visitor.leave()

    async def journey(self, address: str, more: Callable[[], bool]) -> None:
        """A text read and its journey corrected."""
        await self.read()
        if self.dice.random() < RELOADS:
            await self.reload(address)
        await self.correct()
        for _ in range(self.dice.randint(*CORRECTIONS)):
            if more():
                await asyncio.sleep(self.dice.uniform(0.5, 1.5) * self.pause)
                await self.correct()

    async def read(self) -> None:
        """A new text in the place of the one before."""
        if (number := next(self.serial)) > 1:
            await self.visitor.press("Remove this trip")
        told = f"(notebook n{number})"
        text = f"{self.visitor.secret} wrote this {told}.\n\n{self.dice.choice(stories())}"
        await self.visitor.read(text, told)
        self.before = []
        self.tally.texts += 1

    async def reload(self, address: str) -> None:
        """The page is left and opened again; what lies on the desk must still lie there."""
        before = self.visitor.statuses()
        await self.visitor.leave()
        await self.visitor.enter(address)
        await self.visitor.idle()
        self.check(before, "a reload")

    async def correct(self) -> None:
        """One correction, or a few in one breath, or one taken back; the journey must be as it should be afterwards."""
        wanted, events = self.visitor.statuses(), []
        if self.before and self.dice.random() < 0.2:
            wanted = self.before.pop()
            events.append(("undo", {}))
        else:
            for key in self.dice.sample(sorted(wanted), k=min(len(wanted), self.dice.choice((1, 1, 2, 3)))):
                self.before.append(dict(wanted))
                wanted[key] = self.dice.choice([status for status in STATUSES if status != wanted[key]])
                events.append(("status", {"order": self.order(key), "status": wanted[key]}))
        took = await self.visitor.correct(*events, apart=self.dice.choice(BREATH))
        self.tally.corrections += [took] * len(events)
        self.check(wanted, str(events))

    def check(self, wanted: dict[str, str], what: str) -> None:
        """Note it when the journey is not as it must be."""
        if (found := self.visitor.statuses()) != wanted:
            self.tally.lost.append(f"{self.visitor.secret}: {what} gave {found}, not {wanted}")
            self.before = []

    def order(self, key: str) -> int:
        """Where a stop stands."""
        return next(stop["order"] for stop in self.visitor.scene["stops"] if stop["key"] == key)


def stories() -> list[str]:
    """The texts that are read, each with two stops at least."""
    files = sorted((ROOT / "tests" / "stories").glob("*.txt"))
    texts = [file.read_text(encoding="utf-8") for file in files if file.name.startswith(KINDS)]
    return [text for text in texts if len(text.split()) <= MOST_WORDS]


# --- the server's memory ----------------------------------------------------------------------------------------------


def memory(process: int) -> float:
    """Megabytes that a process and its children take, what they share counted once (Linux)."""
    return sum(_megabytes(one) for one in _family(process))


def _family(process: int) -> Iterator[int]:
    yield process
    for children in Path(f"/proc/{process}/task").glob("*/children"):
        for child in children.read_text().split():
            yield from _family(int(child))


def _megabytes(process: int) -> float:
    lines = Path(f"/proc/{process}/smaps_rollup").read_text().splitlines()
    return next(int(line.split()[1]) / 1024 for line in lines if line.startswith("Pss:"))


async def watch(process: int, tally: Tally, began: float) -> None:
    """Note the memory every second."""
    while True:
        tally.memory.append((time.monotonic() - began, memory(process)))
        await asyncio.sleep(1)


# --- all together -----------------------------------------------------------------------------------------------------


async def held(address: str, process: int, *, sessions: int, more: Callable[[Tally], bool], pause: float) -> Tally:
    """What that many sessions at once find as long as there is more to do."""
    tally = Tally()
    watching = asyncio.create_task(watch(process, tally, time.monotonic()))
    async with asyncio.TaskGroup() as group:
        for number in range(sessions):
            group.create_task(Session(f"session {number}", tally, pause).live(address, partial(more, tally)))
    watching.cancel()
    return tally


def report(tally: Tally) -> dict[str, object]:
    """The figures; memory after the first minute and at the end is the median of some seconds, None of a shorter run."""
    first = [megabytes for at, megabytes in tally.memory if 60 <= at < 75]
    last = [megabytes for at, megabytes in tally.memory if at >= 75][-15:]
    return {
        "texts read": tally.texts,
        "corrections": len(tally.corrections),
        "corrections lost": len(tally.lost),
        "texts seen by others": len(tally.foreign),
        "told in red": len(tally.troubles),
        "MB after a minute": round(median(first)) if first else None,
        "MB at the end": round(median(last)) if last else None,
        "ms of a correction, median": round(median(tally.corrections)),
        "ms of a correction, 95 of 100": round(quantiles(tally.corrections, n=20)[-1]),
    }


def broken(tally: Tally) -> list[str]:
    """Each promise that was broken, with where."""
    found = report(tally)
    first, last = found["MB after a minute"], found["MB at the end"]
    grown = isinstance(first, int) and isinstance(last, int) and last > GROWTH * first
    return [*tally.lost, *tally.foreign, *tally.troubles, *(["the server's memory grew"] if grown else [])]


def main() -> int:
    """Hold the load and print what was found."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--sessions", type=int, default=20)
    parser.add_argument("--minutes", type=float, default=5.0)
    parser.add_argument("--pause", type=float, default=1.0, help="seconds between two corrections of a session, more or less")
    options = parser.parse_args()
    with served() as (address, process):
        end = time.monotonic() + 60 * options.minutes
        there = held(address, process, sessions=options.sessions, more=lambda _: time.monotonic() < end, pause=options.pause)
        tally = asyncio.run(there)
    print(json.dumps({"sessions": options.sessions, "load of the machine": os.getloadavg()[1], **report(tally)}, indent=1))
    for sentence in (faults := broken(tally)):
        print(sentence, file=sys.stderr)
    return 1 if faults else 0


if __name__ == "__main__":
    sys.exit(main())
