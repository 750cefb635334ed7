"""Dates written in figures only: "02/03/2019", "7/14". Whether the day or the month comes first is decided once per text."""

from __future__ import annotations

import re
from typing import cast

from itinerary.dates.grammar import Fields
from itinerary.dates.readings import Told
from itinerary.model import days_in_month

_FIGURES = re.compile(r"[0-9]+")
_PIVOT = 70  # "70".."99" are 1970..1999, "00".."69" are 2000..2069, as POSIX strptime has it, one year aside


def numeric(fields: Fields) -> Told | None:
    """A date of three numbers: month first, the other reading (day first) beside it where both are possible."""
    a, b, c = _FIGURES.findall(cast(str, fields["numeric"]))
    if len(a) == 4:
        return _told([(int(a), int(b), int(c))]) if len(b) <= 2 and len(c) <= 2 else None
    if len(a) > 2 or len(c) not in (2, 4):
        return None
    if "." in cast(str, fields["numeric"]) and len(c) == 2 and int(c) < 25:
        return None  # "1.2.3", a version or a section number
    year = int(c) if len(c) == 4 else int(c) + (1900 if int(c) >= _PIVOT else 2000)
    if "." in cast(str, fields["numeric"]):
        return _told([(year, int(b), int(a))])
    return _told([(year, int(a), int(b)), (year, int(b), int(a))])


def slashed(fields: Fields) -> Told | None:
    """A month and a day, "7/14"; both orders where both are possible. The year is the context's."""
    a, b = (int(x) for x in _FIGURES.findall(cast(str, fields["slashed"])))
    told = _told([(2000, a, b), (2000, b, a)])
    if told is None:
        return None
    return Told("day", None, told.month, told.day, others=told.others)


def _told(readings: list[tuple[int, int, int]]) -> Told | None:
    real = [r for r in dict.fromkeys(readings) if r[0] >= 1 and 1 <= r[1] <= 12 and 1 <= r[2] <= days_in_month(r[0], r[1])]
    if not real:
        return None
    (year, month, day), *others = real
    return Told("day", year, month, day, others=tuple(others))
