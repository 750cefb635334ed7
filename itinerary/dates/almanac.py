"""Partly known times: how they are written as TIMEX3 and EDTF, and which days they span."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable
from dataclasses import dataclass, replace

from itinerary.model import Day, Precision, TimeSpan, days_in_month

FIRST_YEAR, LAST_YEAR = -9999, 9999
LAST_JULIAN_YEAR = 1582  # dates up to it are taken as told, which means the Julian calendar; none is converted
SEASONS = {"SP": (3, 5), "SU": (6, 8), "FA": (9, 11), "WI": (12, 14)}  # months; month 13 is January of the next year
HALVES = {"H1": (1, 6), "H2": (7, 12)}
QUARTERS = {f"Q{n}": (3 * n - 2, 3 * n) for n in range(1, 5)}
PARTS_OF_YEAR = SEASONS | HALVES | QUARTERS
# The share of a period that "early", "mid" and "late" cover: thirds, as English usage has it loosely.
MODIFIERS = {"early": (0, 1), "mid": (1, 2), "late": (2, 3)}


@dataclass(frozen=True, slots=True)
class Point:
    """A time as far as it is known. `year` is astronomical (1 BC is 0); `grain` says what the finest unit told is.

    `part` is a season, half or quarter ("SU", "H1", "Q3"), `week` an ISO week (1..53), `clock` what follows the day in TIMEX3
    ("TNI", "T10:00"), `modifier` early, mid or late, `rough` whether the text says "about".
    A decade or century is held by its first year.
    """

    grain: str
    year: int | None = None
    month: int | None = None
    day: int | None = None
    part: str | None = None
    week: int | None = None
    weekday: int | None = None
    clock: str = ""
    modifier: str | None = None
    rough: bool = False
    ending: bool = False  # a winter named by the year it ends in

    @property
    def date(self) -> Day | None:
        """The day, None unless known to the day and real."""
        if self.grain != "day" or self.year is None or self.month is None or self.day is None:
            return None
        if not FIRST_YEAR <= self.year <= LAST_YEAR or not 1 <= self.day <= days_in_month(self.year, self.month):
            return None
        return Day(self.year, self.month, self.day)

    @property
    def timex(self) -> str:
        """The TIMEX3 value, with X for what is open."""
        return _TIMEX[self.grain](self) + self.clock

    @property
    def when(self) -> TimeSpan | None:
        """The days it may fall on, None while open."""
        if self.year is None or not FIRST_YEAR <= self.year <= LAST_YEAR:
            return None
        bounds = _BOUNDS[self.grain](self)
        if bounds is None:
            return None
        first, last = _narrowed(*bounds, self.modifier) if self.modifier and self.grain != "day" else bounds
        return TimeSpan(first, last, _PRECISION[self.grain])

    @property
    def edtf(self) -> str | None:
        """The EDTF string, None while open."""
        if self.when is None:
            return None
        return _EDTF[self.grain](self) + ("~" if self.rough else "")

    def at(self, clock: str) -> Point:
        """The same time with a part of the day."""
        return replace(self, clock=clock)


# --- writing ----------------------------------------------------------------------------------------------------------


def _year(year: int | None) -> str:
    if year is None:
        return "XXXX"
    return f"{year:04d}" if year > 0 else f"BC{1 - year:04d}"


def _two(number: int | None) -> str:
    return "XX" if number is None else f"{number:02d}"


def _timex_day(p: Point) -> str:
    if p.weekday and p.day is None:
        return f"{_year(p.year)}-WXX-{p.weekday}"
    return f"{_year(p.year)}-{_two(p.month)}-{_two(p.day)}"


def _timex_part(p: Point) -> str:
    return f"{_year(p.year)}-{p.part}"


_TIMEX: dict[str, Callable[[Point], str]] = {
    "day": _timex_day,
    "week": lambda p: f"{_year(p.year)}-W{_two(p.week)}",
    "weekend": lambda p: f"{_year(p.year)}-W{_two(p.week)}-WE",
    "month": lambda p: f"{_year(p.year)}-{_two(p.month)}",
    "part": _timex_part,
    "year": lambda p: _year(p.year),
    "decade": lambda p: _year(p.year if p.year is None or p.year > 0 else p.year + 9)[:-1],
    "century": lambda p: _year(p.year if p.year is None or p.year > 0 else p.year + 99)[:-2],
}


def _edtf_year(p: Point) -> str:
    year = p.year or 0
    return f"{year:04d}" if year >= 0 else f"-{-year:04d}"


def _edtf_years(p: Point, open_figures: int) -> str:
    """ "184X"; EDTF has no such form for years before 1, there the first year stands for all."""
    written = _edtf_year(p)
    return written[:-open_figures] + "X" * open_figures if p.year and p.year > 0 else written


def _edtf_part(p: Point) -> str:
    codes = {"SP": 21, "SU": 22, "FA": 23, "WI": 24, "Q1": 33, "Q2": 34, "Q3": 35, "Q4": 36, "H1": 40, "H2": 41}
    return f"{_edtf_year(p)}-{codes[p.part or 'SP']}"


def _edtf_week(p: Point) -> str:
    return f"{p.when.earliest.isoformat()}/{p.when.latest.isoformat()}" if p.when else ""


_EDTF: dict[str, Callable[[Point], str]] = {
    "day": lambda p: f"{_edtf_year(p)}-{_two(p.month)}-{_two(p.day)}",
    "week": _edtf_week,
    "weekend": _edtf_week,
    "month": lambda p: f"{_edtf_year(p)}-{_two(p.month)}",
    "part": _edtf_part,
    "year": _edtf_year,
    "decade": lambda p: _edtf_years(p, 1),
    "century": lambda p: _edtf_years(p, 2),
}


# --- spanning ---------------------------------------------------------------------------------------------------------

_PRECISION = {
    "day": Precision.DAY,
    "week": Precision.WEEK,
    "weekend": Precision.RANGE,
    "month": Precision.MONTH,
    "part": Precision.SEASON,
    "year": Precision.YEAR,
    "decade": Precision.DECADE,
    "century": Precision.CENTURY,
}


def _months(year: int, first: int, last: int) -> tuple[Day, Day] | None:
    """From the first day of month `first` to the last of month `last`; months above 12 lie in the next year."""
    y1, m1 = year + (first - 1) // 12, (first - 1) % 12 + 1
    y2, m2 = year + (last - 1) // 12, (last - 1) % 12 + 1
    if y2 > LAST_YEAR:
        return None
    return Day(y1, m1, 1), Day(y2, m2, days_in_month(y2, m2))


def _day_bounds(p: Point) -> tuple[Day, Day] | None:
    if p.date:
        return p.date, p.date
    if p.day is None and p.weekday is None and p.month and p.year is not None:
        return _months(p.year, p.month, p.month)
    return None


def _week_bounds(p: Point) -> tuple[Day, Day] | None:
    if p.week is None or p.year is None or not 1 < p.year < LAST_YEAR:
        return None
    if p.week > dt.date(p.year, 12, 28).isocalendar().week:
        return None
    monday = Day.from_date(dt.date.fromisocalendar(p.year, p.week, 1))
    return monday.plus(5) if p.grain == "weekend" else monday, monday.plus(6)


def _part_bounds(p: Point, first: int | None, last: int | None) -> tuple[Day, Day] | None:
    if p.year is None or first is None or last is None or p.year - p.ending < FIRST_YEAR:
        return None
    return _months(p.year - p.ending, first, last)


def _years_bounds(p: Point, length: int) -> tuple[Day, Day] | None:
    assert p.year is not None
    last = p.year + length - 1
    return (Day(p.year, 1, 1), Day(last, 12, 31)) if last <= LAST_YEAR else None


_BOUNDS: dict[str, Callable[[Point], tuple[Day, Day] | None]] = {
    "day": _day_bounds,
    "week": _week_bounds,
    "weekend": _week_bounds,
    "month": lambda p: _part_bounds(p, p.month, p.month),
    "part": lambda p: _part_bounds(p, *PARTS_OF_YEAR.get(p.part or "", (None, None))),
    "year": lambda p: _years_bounds(p, 1),
    "decade": lambda p: _years_bounds(p, 10),
    "century": lambda p: _years_bounds(p, 100),
}


def _narrowed(first: Day, last: Day, modifier: str) -> tuple[Day, Day]:
    low, high = MODIFIERS[modifier]
    length = last.number - first.number + 1
    return first.plus(length * low // 3), first.plus(max(length * high // 3 - 1, length * low // 3))
