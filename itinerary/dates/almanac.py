"""Partly known times: how they are written as TIMEX3 and EDTF, which days they span, how one counts on from them."""

from __future__ import annotations

import calendar
import datetime as dt
from collections.abc import Callable
from dataclasses import dataclass, replace

from itinerary.model import Day, Precision, TimeSpan, days_in_month

FIRST_YEAR, LAST_YEAR = -9999, 9999
SEASONS = {"SP": (3, 5), "SU": (6, 8), "FA": (9, 11), "WI": (12, 14)}  # months; month 13 is January of the next year
HALVES = {"H1": (1, 6), "H2": (7, 12)}
QUARTERS = {f"Q{n}": (3 * n - 2, 3 * n) for n in range(1, 5)}
PARTS_OF_YEAR = SEASONS | HALVES | QUARTERS
# The share of a period that "early", "mid" and "late" cover: thirds, as English usage has it loosely.
MODIFIERS = {"early": (0, 1), "mid": (1, 2), "late": (2, 3)}
GRAINS = ("century", "decade", "year", "part", "month", "week", "day")


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
    if point.year is None or abs(count) > 1_000_000:
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
    assert p.year is not None
    return f"{p.year:04d}" if p.year >= 0 else f"-{-p.year:04d}"


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
    "decade": lambda p: _edtf_year(p)[:-1] + "X" if p.year > 0 else _edtf_year(p),
    "century": lambda p: _edtf_year(p)[:-2] + "XX" if p.year > 0 else _edtf_year(p),
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


def _years_bounds(p: Point, length: int) -> tuple[Day, Day] | None:
    assert p.year is not None
    last = p.year + length - 1
    return (Day(p.year, 1, 1), Day(last, 12, 31)) if last <= LAST_YEAR else None


_BOUNDS: dict[str, Callable[[Point], tuple[Day, Day] | None]] = {
    "day": _day_bounds,
    "week": _week_bounds,
    "weekend": _week_bounds,
    "month": lambda p: _months(p.year, p.month, p.month) if p.month else None,
    "part": lambda p: _months(p.year - p.ending, *PARTS_OF_YEAR[p.part]) if p.part in PARTS_OF_YEAR else None,
    "year": lambda p: _years_bounds(p, 1),
    "decade": lambda p: _years_bounds(p, 10),
    "century": lambda p: _years_bounds(p, 100),
}


def _narrowed(first: Day, last: Day, modifier: str) -> tuple[Day, Day]:
    low, high = MODIFIERS[modifier]
    length = last.number - first.number + 1
    return first.plus(length * low // 3), first.plus(max(length * high // 3 - 1, length * low // 3))


def easter(year: int) -> Day | None:
    """Easter Sunday: Gregorian from 1583 on, before that Julian as told; None outside 326..9999 (no common rule)."""
    if not 326 <= year <= LAST_YEAR:
        return None
    golden, moon = year % 19, (19 * (year % 19) + 15) % 30
    if year < 1583:
        step = moon + (2 * (year % 4) + 4 * (year % 7) - moon + 34) % 7 + 114
        return Day(year, step // 31, step % 31 + 1)
    century, rest = divmod(year, 100)
    epact = (19 * golden + century - century // 4 - (century - (century + 8) // 25 + 1) // 3 + 15) % 30
    lead = (32 + 2 * (century % 4) + 2 * (rest // 4) - epact - rest % 4) % 7
    late = (golden + 11 * epact + 22 * lead) // 451
    step = epact + lead - 7 * late + 114
    return Day(year, step // 31, step % 31 + 1)


def nth_weekday(year: int, month: int, weekday: int, n: int) -> Day | None:
    """The n-th such weekday (1 Monday .. 7 Sunday) of the month, n < 0 counts from the end; None outside years 1..9999."""
    if not 1 <= year <= LAST_YEAR:
        return None
    first, length = calendar.monthrange(year, month)
    days = list(range((weekday - 1 - first) % 7 + 1, length + 1, 7))
    return Day(year, month, days[n if n < 0 else n - 1])
