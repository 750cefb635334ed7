"""The place index, built before the first command that needs it, with a bar where somebody watches."""

from __future__ import annotations

import os
from collections.abc import Callable
from pathlib import Path

from itinerary import environment

Bar = Callable[[int, int, str], None]  # done, total, stage


def ready(*, rebuild: bool = False) -> Path:
    """Where the place index is, after building it unless a good one is there. Raises GazetteerUnusable."""
    from itinerary import gazetteer

    if (own := os.environ.get("ITINERARY_GAZETTEER")) and not rebuild:
        return gazetteer.Gazetteer.open(own).path
    return gazetteer.build(progress=bar(), force=rebuild)


def bar(sentence: str = "Building the place index (once, under a minute) ...") -> Bar:
    """A progress callback: one sentence at first, then a bar where somebody watches."""
    told: list[str] = []

    def progress(done: int, total: int, stage: str) -> None:
        if not told:
            environment.say(sentence)
        told.append(stage)
        environment.note("" if done >= total else f"  {drawn(done / total)} {stage}")

    return progress


def drawn(share: float) -> str:
    """Twenty characters wide: [########............]."""
    return f"[{'#' * round(share * 20):.<20}]"
