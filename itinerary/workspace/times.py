"""A time as a user types it."""

from __future__ import annotations

import re

from itinerary.errors import InputError
from itinerary.model import Day, Precision, TimeSpan, days_in_month

_TIME = re.compile(r"(-?[0-9]{1,4})(?:-([0-9]{1,2})(?:-([0-9]{1,2}))?)?")


def read_time(text: str | None) -> TimeSpan | None:
    """The days meant by "1843-05-03", "1843-05", "1843" or two of these with a slash between; None for nothing.

    It reads what `wording.when` writes; years before 1 have a minus sign, 1 BC being 0. Raises InputError for anything else.
    """
    written = (text or "").strip()
    if not written:
        return None
    first, slash, last = (part.strip() for part in written.partition("/"))
    try:
        begin = _read(first)
        if not slash:
            return begin
        return TimeSpan(begin.earliest, _read(last).latest, Precision.RANGE)
    except ValueError as error:
        forms = "a day (1843-05-03), a month (1843-05), a year (1843) or 1843-05-03/1843-05-09"
        raise InputError(f"{written[:40]!r} is no time ({error}); write {forms}.") from error


def _read(written: str) -> TimeSpan:
    found = _TIME.fullmatch(written)
    if found is None:
        raise ValueError("it is not written in figures, the year first")
    year, month, day = (int(part) if part else None for part in found.groups())
    assert year is not None  # the pattern has it
    if month is None:
        return TimeSpan(Day(year, 1, 1), Day(year, 12, 31), Precision.YEAR)
    if day is None:
        return TimeSpan(Day(year, month, 1), Day(year, month, days_in_month(year, month)), Precision.MONTH)
    return TimeSpan.of_day(Day(year, month, day))
