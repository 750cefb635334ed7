"""When holidays and feasts fall."""

from __future__ import annotations

import calendar

from itinerary.dates.almanac import FIRST_YEAR, LAST_YEAR, Point
from itinerary.model import Day

_FIXED = {
    "christmas eve": (12, 24), "christmas": (12, 25), "boxing day": (12, 26), "new year's eve": (12, 31), "new year": (1, 1),
    "epiphany": (1, 6), "valentine": (2, 14), "candlemas": (2, 2), "lady day": (3, 25), "st george": (4, 23),
    "may day": (5, 1), "midsummer": (6, 24), "lammas": (8, 1), "michaelmas": (9, 29), "halloween": (10, 31),
    "all saints": (11, 1), "all souls": (11, 2), "guy fawkes": (11, 5), "martinmas": (11, 11), "bastille day": (7, 14),
    "st patrick": (3, 17), "independence day": (7, 4), "veterans day": (11, 11), "earth day": (4, 22),
}  # fmt: skip
_FROM_EASTER = {
    "ash wednesday": -46, "palm sunday": -7, "maundy thursday": -3, "good friday": -2, "easter eve": -1, "easter": 0,
    "easter monday": 1, "ascension": 39, "pentecost": 49, "whit monday": 50, "corpus christi": 60,
}  # fmt: skip
_NTH = {  # month, weekday (1 Monday), which one: the days of the United States, whose newspapers name them most
    "thanksgiving": (11, 4, 4), "memorial day": (5, 1, -1), "labor day": (9, 1, 1), "presidents day": (2, 1, 3),
    "mlk day": (1, 1, 3),
}  # fmt: skip


def day_of(key: str, year: int) -> Day | None:
    """The day of the feast in that year, None when the rule does not reach the year."""
    if key in _FIXED:
        return Day(year, *_FIXED[key])
    if key in _NTH:
        return nth_weekday(year, *_NTH[key])
    sunday = easter(year)
    return sunday.plus(_FROM_EASTER[key]) if sunday else None


def point_of(key: str, year: int | None, clock: str) -> Point:
    """The feast as far as it can be placed: to the day when the year is known, else to what is the same every year."""
    if year is not None and FIRST_YEAR <= year <= LAST_YEAR:
        day = day_of(key, year)
        if day:
            return Point("day", day.year, day.month, day.day, clock=clock)
    month, date = _FIXED.get(key, (None, None))
    return Point("day", year, month, date, clock=clock)


def month_of(key: str) -> tuple[int | None, int | None]:
    """About when in the year it is: its month and day in a common year."""
    day = day_of(key, 2001)
    return (day.month, day.day) if day else (None, None)


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
