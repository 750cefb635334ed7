"""The time that stands in a cell: ISO 8601 and EDTF as programs write them, and whatever a reader of prose would understand."""

from __future__ import annotations

import re

from itinerary import dates
from itinerary.model import Day, Precision, TimeSpan, days_in_month

_ISO = re.compile(r"(-?\d{4})(?:-(\d\d)(?:-(\d\d)(?:[T ]\d\d:?\d\d.*)?)?)?")
_SET = re.compile(r"\[(-?\d{4}-\d\d-\d\d)\.\.(-?\d{4}-\d\d-\d\d)\]")
_OPEN_YEARS = re.compile(r"(\d{2})(\d?)(X{1,2})")
# Characters; no time is told in more, and what follows looks at each.
_LONGEST = 80


def stay(arrive: str, depart: str) -> tuple[TimeSpan | None, TimeSpan | None, str | None]:
    """Arrival, departure, and the words of what could not be placed on the calendar.

    One cell may tell both ends: "1843-05-03/1843-05-07", "3–7 May 1843".
    """
    first, last = _times(arrive), _times(depart)
    begin = first[0] if first else None
    end = last[-1] if last else (first[-1] if len(first) > 1 else None)
    told = arrive if arrive and not first else depart if depart and not last else None
    return begin, end, told[:_LONGEST] if told else None


def day(iso: str) -> Day:
    """The day of YYYY-MM-DD. Raises ValueError for anything else."""
    match = _ISO.fullmatch(iso)
    if not match or not match[3] or len(iso) > len("-1843-05-03"):
        raise ValueError(f"{iso!r} is no day")
    return Day(int(match[1]), int(match[2]), int(match[3]))


def _times(cell: str) -> list[TimeSpan]:
    """One time, or the two ends of one; none when the cell tells something else."""
    if not cell or len(cell) > _LONGEST:
        return []
    try:
        return _written(cell) or _told(cell)
    except ValueError:  # the 31st of February, the year 10000
        return []


def _written(cell: str) -> list[TimeSpan]:
    """As programs write it."""
    if between := _SET.fullmatch(cell):
        return [TimeSpan(day(between[1]), day(between[2]), Precision.RANGE)]
    if years := _OPEN_YEARS.fullmatch(cell):
        return [_years(years)] if len(cell) == 4 else []
    parts = [_ISO.fullmatch(part) for part in cell.split("/")]
    return [_iso(part) for part in parts if part] if all(parts) and len(parts) <= 2 else []


def _years(match: re.Match[str]) -> TimeSpan:
    """184X, 18XX."""
    length = 10 ** len(match[3])
    first = int(match[1] + match[2]) * length
    return TimeSpan(Day(first, 1, 1), Day(first + length - 1, 12, 31), Precision.DECADE if length == 10 else Precision.CENTURY)


def _iso(match: re.Match[str]) -> TimeSpan:
    year, month, number = int(match[1]), match[2], match[3]
    if number:
        return TimeSpan.of_day(Day(year, int(month), int(number)))
    if month:
        last = Day(year, int(month), days_in_month(year, int(month)))
        return TimeSpan(Day(year, int(month), 1), last, Precision.MONTH)
    return TimeSpan(Day(year, 1, 1), Day(year, 12, 31), Precision.YEAR)


def _told(cell: str) -> list[TimeSpan]:
    """As people write it; only when nothing but one time, or its two ends, stands in the cell and is no riddle."""
    found = dates.find(cell)
    rest = re.sub(r"\W+|to|until|from", "", "".join(_between(cell, [(d.start, d.end) for d in found])))
    times = [date.when for date in found if date.when]
    return times if found and not rest and len(times) == len(found) <= 2 else []


def _between(text: str, spans: list[tuple[int, int]]) -> list[str]:
    ends = [0, *(end for _, end in spans)]
    starts = [*(start for start, _ in spans), len(text)]
    return [text[end:start] for end, start in zip(ends, starts, strict=True)]
