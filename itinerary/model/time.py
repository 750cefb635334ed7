"""Days, stretches of days, and the expressions that tell them."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass
from enum import StrEnum
from functools import total_ordering
from typing import Self

from itinerary.model.checks import require
from itinerary.model.text import Span


@total_ordering
@dataclass(frozen=True, slots=True)
class Day:
    """A day of the proleptic Gregorian calendar with astronomical years: 1 BC is year 0, 2 BC is -1; -9999..9999."""

    year: int
    month: int
    day: int

    def __post_init__(self) -> None:
        require(-9999 <= self.year <= 9999, f"year {self.year} is not in -9999..9999")
        require(1 <= self.month <= 12, f"month {self.month} is not in 1..12")
        require(1 <= self.day <= days_in_month(self.year, self.month), f"there is no day {self.year}-{self.month}-{self.day}")

    def __lt__(self, other: Day) -> bool:
        return (self.year, self.month, self.day) < (other.year, other.month, other.day)

    @classmethod
    def from_date(cls, date: dt.date) -> Day:
        """The same day as a `datetime.date`."""
        return cls(date.year, date.month, date.day)

    @classmethod
    def from_number(cls, number: int) -> Day:
        """The day with this `number`; ValueError beyond the years -9999..9999."""
        shift = -((number - 1) // _DAYS_IN_400_YEARS)
        date = dt.date.fromordinal(number + shift * _DAYS_IN_400_YEARS)
        return cls(date.year - 400 * shift, date.month, date.day)

    @property
    def number(self) -> int:
        """Days counted from 0001-01-01 = 1, as `date.toordinal` counts them; 0 and below are BC."""
        shift = -((self.year - 1) // 400)
        return dt.date(self.year + 400 * shift, self.month, self.day).toordinal() - shift * _DAYS_IN_400_YEARS

    def plus(self, days: int) -> Day:
        """The day that many days later (earlier if negative)."""
        return Day.from_number(self.number + days)

    def isoformat(self) -> str:
        """YYYY-MM-DD; years before 1 with a minus sign, as EDTF writes them."""
        sign = "-" if self.year < 0 else ""
        return f"{sign}{abs(self.year):04d}-{self.month:02d}-{self.day:02d}"


_DAYS_IN_400_YEARS = 146_097


def days_in_month(year: int, month: int) -> int:
    """Length of a month in the proleptic Gregorian calendar, any astronomical year."""
    if month == 2:
        return 29 if year % 4 == 0 and (year % 100 != 0 or year % 400 == 0) else 28
    return 30 if month in (4, 6, 9, 11) else 31


class Precision(StrEnum):
    """How exactly a text tells a time."""

    DAY = "day"
    WEEK = "week"
    MONTH = "month"
    SEASON = "season"
    YEAR = "year"
    DECADE = "decade"
    CENTURY = "century"
    RANGE = "range"  # two ends of any precision


@dataclass(frozen=True, slots=True)
class TimeSpan:
    """The days something may have happened on, both ends included. No order: intervals are only partly ordered."""

    earliest: Day
    latest: Day
    precision: Precision

    def __post_init__(self) -> None:
        require(self.earliest <= self.latest, f"{self.earliest} is after {self.latest}")

    @classmethod
    def of_day(cls, day: Day) -> Self:
        """One known day."""
        return cls(day, day, Precision.DAY)

    def isoformat(self) -> str | None:
        """YYYY-MM-DD, YYYY-MM or YYYY, at the precision told; None for what ISO can't say in one of these."""
        day = self.earliest.isoformat()
        if self.precision is Precision.DAY:
            return day
        if self.precision is Precision.MONTH:
            return day[:-3]
        return day[:-6] if self.precision in (Precision.YEAR, Precision.SEASON) else None


@dataclass(frozen=True, slots=True)
class DateMention:
    """An expression of time. `value` is TIMEX3 ("2023-09-17", "1843-05", "P6D", "XXXX-WXX-7"); `type` DATE, TIME, DURATION, SET.

    `when` is None when the calendar days are open. `rule` names the pattern that read it, `anchor` what it was counted from.
    `edtf` is the Extended Date/Time Format string of `when`, None when open.
    """

    span: Span
    surface: str
    value: str
    type: str
    when: TimeSpan | None = None
    rule: str = ""
    anchor: str | None = None
    edtf: str | None = None
    ambiguous: tuple[str, ...] = ()  # the other readings, as TIMEX3 values: "02/03/2019"

    def __post_init__(self) -> None:
        require(len(self.surface) == self.span.end - self.span.start, f"{self.surface!r} does not fill {self.span}")
        require(self.type in ("DATE", "TIME", "DURATION", "SET"), f"unknown type {self.type!r} of {self.surface!r}")

    @property
    def start(self) -> int:
        """Offset of the first character."""
        return self.span.start

    @property
    def end(self) -> int:
        """Offset after the last character."""
        return self.span.end

    @property
    def text(self) -> str:
        """The words as written."""
        return self.surface

    @property
    def told(self) -> str:
        """The words, with the day's number where the length of the journey gives one: "Sunday (day 6 of 6)"."""
        return f"{self.surface} ({self.anchor})" if self.anchor and self.anchor.startswith("day ") else self.surface
