"""Counting on from a time: so many days, weeks, months, years, decades or centuries later or earlier."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable
from dataclasses import replace

from itinerary.dates.almanac import FIRST_YEAR, LAST_YEAR, QUARTERS, Point
from itinerary.model import Day, days_in_month

_FARTHEST = 1_000_000  # units; 9,999 years have four million days, no story counts so far


def of_day(day: Day, clock: str = "") -> Point:
    """A point known to the day."""
    return Point("day", day.year, day.month, day.day, clock=clock)


def of_week(day: Day) -> Point:
    """The ISO week that holds the day; the day itself for years that ISO weeks don't reach."""
    if not 1 < day.year < LAST_YEAR:
        return of_day(day)
    iso = dt.date(day.year, day.month, day.day).isocalendar()
    return Point("week", iso.year, week=iso.week)


def weekday_of(day: Day) -> int:
    """1 for Monday .. 7 for Sunday."""
    return (day.number - 1) % 7 + 1


def shifted(point: Point, unit: str, count: int) -> Point | None:
    """The period of length `unit` that lies `count` units later; None when the point is not known finely enough."""
    if point.year is None or abs(count) > _FARTHEST:
        return None
    moved = _SHIFTS[unit](point, count)
    in_range = moved is not None and moved.year is not None and FIRST_YEAR <= moved.year <= LAST_YEAR
    return moved if in_range else None


def _by_days(point: Point, count: int) -> Point | None:
    return of_day(Day.from_number(point.date.number + count)) if _countable(point, count) and point.date else None


def _by_weeks(point: Point, count: int) -> Point | None:
    if point.grain in ("week", "weekend") and point.when and _countable(point, 7 * count):
        return of_week(point.when.earliest.plus(7 * count))
    return of_week(point.date.plus(7 * count)) if _countable(point, 7 * count) and point.date else None


def _countable(point: Point, days: int) -> bool:
    return point.year is not None and FIRST_YEAR < point.year + days // 365 < LAST_YEAR


def _by_months(point: Point, count: int) -> Point | None:
    if point.month is None or point.year is None:
        return None
    index = point.year * 12 + point.month - 1 + count
    return Point("month", index // 12, index % 12 + 1)


def _by_years(point: Point, count: int) -> Point | None:
    return Point("year", point.year + count) if point.year is not None else None


def _by_anniversaries(point: Point, count: int) -> Point | None:
    """The same day of another year."""
    if point.year is None or not point.date:
        return None
    return Point("day", point.year + count, point.month, min(point.day or 1, days_in_month(point.year + count, point.month or 1)))


def _by_decades(point: Point, count: int) -> Point | None:
    return Point("decade", _decade_of(point.year + 10 * count)) if point.year is not None else None


def _by_centuries(point: Point, count: int) -> Point | None:
    return Point("century", _century_of(point.year + 100 * count)) if point.year is not None else None


def _decade_of(year: int) -> int:
    """First year of the decade: 1940 of 1943; 479 BC of 473 BC, for BC years count down."""
    return year // 10 * 10 if year > 0 else 1 - ((1 - year) // 10 * 10 + 9)


def _century_of(year: int) -> int:
    """First year of the century as TIMEX3 has it: 1900 of 1943; 400 BC of 387 BC."""
    return year // 100 * 100 if year > 0 else 1 - ((-year) // 100 * 100 + 100)


def _by_quarters(point: Point, count: int) -> Point | None:
    if point.year is None:
        return None
    if point.part in QUARTERS:
        index = point.year * 4 + int(point.part[1]) - 1 + count
    elif point.month:
        index = point.year * 4 + (point.month - 1) // 3 + count
    else:
        return None
    return Point("part", index // 4, part=f"Q{index % 4 + 1}")


def _by_weekends(point: Point, count: int) -> Point | None:
    week = _by_weeks(point, count)
    return replace(week, grain="weekend") if week and week.grain == "week" else None


_SHIFTS: dict[str, Callable[[Point, int], Point | None]] = {
    "weekend": _by_weekends,
    "same": lambda point, _: point,
    "anniversary": _by_anniversaries,
    "day": _by_days,
    "week": _by_weeks,
    "month": _by_months,
    "quarter": _by_quarters,
    "year": _by_years,
    "decade": _by_decades,
    "century": _by_centuries,
}
