"""Years that a story only glances at: "documents declassified in 2005 revealed" does not move a story of 1964 to 2005."""

from __future__ import annotations

from collections.abc import Sequence

from itinerary.dates.readings import Reading, Told

_AHEAD = 2  # how many dates with a year are looked at to see whether the story goes back


def asides_of(readings: Sequence[Reading], start: int | None) -> frozenset[int]:
    """Indices of the readings whose year the story leaves at once: the years around them agree, but not with them.

    `start` is the year the story begins in, if known.
    """
    years = [
        (i, r.year, r.grain) for i, r in enumerate(readings) if isinstance(r, Told) and r.year is not None and r.year > -50_000
    ]
    asides = set()
    story = start
    for place, (index, year, grain) in enumerate(years):
        ahead = [y for _, y, _ in years[place + 1 : place + 1 + _AHEAD]]
        if story is not None and ahead and _glances(story, year, grain, ahead):
            asides.add(index)
        else:
            story = year
    return frozenset(asides)


def _glances(story: int, year: int, grain: str, ahead: list[int]) -> bool:
    if grain in ("decade", "century"):
        return True
    back = any(abs(y - story) <= 1 for y in ahead)
    far = abs(year - story) > 3
    return back and (far or (grain == "year" and year != story and ahead[0] == story))
