"""When holidays and feasts fall."""

from __future__ import annotations

from itinerary.dates.almanac import easter, nth_weekday
from itinerary.model import Day

_FIXED = {
    "christmas eve": (12, 24), "christmas": (12, 25), "boxing day": (12, 26), "new year's eve": (12, 31), "new year": (1, 1),
    "epiphany": (1, 6), "valentine": (2, 14), "candlemas": (2, 2), "lady day": (3, 25), "st george": (4, 23),
    "may day": (5, 1), "midsummer": (6, 24), "lammas": (8, 1), "michaelmas": (9, 29), "halloween": (10, 31),
    "all saints": (11, 1), "all souls": (11, 2), "guy fawkes": (11, 5), "martinmas": (11, 11), "bastille day": (7, 14), "st patrick": (3, 17),
    "independence day": (7, 4), "veterans day": (11, 11), "earth day": (4, 22),
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
