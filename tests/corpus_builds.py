"""Stand-ins for `itinerary.build` that need no model, and a whole run with one of them: `python -m tests.corpus_builds IN OUT`.

The text tells what happens: its words are the stops, except for the orders below.
"""

from __future__ import annotations

import os
import signal
import sys
import time
from collections.abc import Callable
from pathlib import Path
from typing import Any

from itinerary import corpus
from itinerary.corpus import engine, running
from itinerary.errors import InputError
from itinerary.model import Itinerary
from tests.builders import journey

PLACES = {
    "Oslo": (59.9, 10.7, "1843-05-03"),
    "Bergen": (60.4, 5.3, "1843-05-05"),
    "Suva": (-18.1, 178.4),
    "Apia": (-13.8, -171.8),
}


def obedient(text: str, published: Any, *, progress: Callable[[str, float], None]) -> Itinerary:
    """The journey through the places that the text lists, after doing what it says."""
    order, _, rest = text.partition(":")
    if order == "refuse":
        raise InputError("The text is empty; give a text that tells a journey.")
    if order == "fail":
        raise ZeroDivisionError("a fault of ours")
    if order == "linger":
        for _ in range(300):
            time.sleep(0.02)
            progress("reading", 0.5)
    if order == "hang":
        time.sleep(60)
    if order == "crash" or (order == "crash once" and _first_time(Path(rest))):
        os.kill(os.getpid(), signal.SIGKILL)
    if order == "wait":
        time.sleep(float(rest))
    return journey(*((name, *PLACES[name]) for name in text.split() if name in PLACES))


def _first_time(mark: Path) -> bool:
    """Whether the file was not there yet; it is now."""
    try:
        mark.touch(exist_ok=False)
    except FileExistsError:
        return False
    return True


def main(source: str, folder: str, scheduler: str | None = None) -> None:
    """Read a corpus with `obedient`, a part for every three documents."""
    running._PART_DOCUMENTS = 3
    engine._AHEAD = 1
    work, where = corpus.Work(build=obedient), corpus.Cluster(workers=1, scheduler=scheduler)
    try:
        print(corpus.run(corpus.Source.open(source), Path(folder), work, where=where).documents)
    except corpus.BrokenOff as error:
        print(error)


if __name__ == "__main__":
    main(*sys.argv[1:])
