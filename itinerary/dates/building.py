"""What the fields of a row mean: the functions that a row names as its last column."""

from __future__ import annotations

import re
from collections.abc import Callable
from typing import cast

from itinerary.dates.grammar import Fields
from itinerary.dates.readings import SHORT, Fixed, Reading, Shift, Told
from itinerary.model import days_in_month

Build = Callable[[Fields], Reading | None]
SMALL = {"hour", "minute", "second", "moment"}
_CODES = {"day": "P{}D", "week": "P{}W", "month": "P{}M", "year": "P{}Y", "decade": "P{}DE", "century": "P{}CE",
          "quarter": "P{}Q", "hour": "PT{}H", "minute": "PT{}M", "second": "PT{}S", "moment": "PT{}S", "night": "P{}D",
          "weekend": "P{}WE"}  # fmt: skip


def _int(fields: Fields, name: str) -> int | None:
    value = fields.get(name)
    return int(value) if isinstance(value, (int, float)) else None


def _str(fields: Fields, name: str) -> str | None:
    value = fields.get(name)
    return value if isinstance(value, str) else None


def month_of(fields: Fields) -> int | None:
    """The month, whichever class it was read as."""
    return next((m for n in ("mon", "cmon", "month", "maybe", "shortmon") if (m := _int(fields, n))), None)


def year_of(fields: Fields) -> int | None:
    """The year, whichever class it was read as."""
    tail = _int(fields, "tail")
    year = next((y for n in ("year", "anyyear") if (y := _int(fields, n)) is not None), None)
    return tail + SHORT if year is None and tail is not None else year


def clock_of(fields: Fields) -> str:
    """The time of day."""
    return _str(fields, "clock") or _str(fields, "part") or ""


def calendar(fields: Fields) -> Told | None:
    """A date as far as it is told."""
    if fields.get("clock") == "":
        return None  # "25:61"
    month, day = month_of(fields), _int(fields, "day")
    grain = "day" if day or ("wday" in fields and not month) else "month" if month else "year"
    if "weekday" in fields or (grain == "year" and year_of(fields) is None and "tail" not in fields):
        grain = "day"
    return Told(
        grain,
        year_of(fields),
        month,
        day,
        weekday=_int(fields, "weekday") or _int(fields, "wday"),
        clock=clock_of(fields),
        modifier=_str(fields, "modifier"),
        rough=bool(fields.get("rough")),
        step=_int(fields, "step"),
    )


def month_end(fields: Fields) -> Told | None:
    """ "the last day of December"; February's only where the year is told."""
    month, year = month_of(fields), year_of(fields)
    if month is None or (month == 2 and year is None):
        return None
    return Told("day", year, month, days_in_month(year if year and year > SHORT // 2 else 2001, month))


def stepping(step: int) -> Build:
    """A calendar date whose year (or week) lies `step` away from the context's."""
    return lambda fields: calendar({**fields, "step": step})


def season(step: int | None = None) -> Build:
    """A season."""

    def build(fields: Fields) -> Told:
        return Told("part", year_of(fields), part=_str(fields, "season"), modifier=_str(fields, "modifier"), step=step)

    return build


def autumn(fields: Fields) -> Told:
    """ "the fall", a word that needs company to be a season."""
    return Told("part", part="FA", modifier=_str(fields, "modifier"))


def fraction(kind: str, number: int | None = None) -> Build:
    """The n-th quarter ("Q") or half ("H") of a year."""

    def build(fields: Fields) -> Told | None:
        n = number or _int(fields, "ordinal") or 0
        if not 1 <= n <= (4 if kind == "Q" else 2):
            return None
        return Told("part", year_of(fields), part=f"{kind}{n}", step=_int(fields, "step"))

    return build


def decade(fields: Fields) -> Told | None:
    """ "the 1840s", "the '40s" (century from the context)."""
    words = _str(fields, "decade") or _str(fields, "shortdecade") or ""
    figures = int(re.sub(r"\D", "", words) or 0)
    if "decade" in fields:
        return Told("decade", figures, modifier=_str(fields, "modifier"))
    return Told("decade", figures + SHORT, modifier=_str(fields, "modifier"))


def century(fields: Fields) -> Told | None:
    """ "the 16th century" is held by its first year."""
    n = _int(fields, "ordinal") or 0
    if not 1 <= n <= 21:
        return None
    year = 1 - 100 * n if "bc" in fields else 100 * (n - 1)
    return Told("century", year, modifier=_str(fields, "modifier"))


def feast(key: str) -> Build:
    """A holiday."""
    return lambda fields: Told("day", year_of(fields), feast=key, clock=clock_of(fields))


def iso(fields: Fields) -> Told | None:
    """ "2019-03-02", with or without a time."""
    year, month, day = (int(x) for x in cast(str, fields["iso"])[:10].split("-"))
    if year < 1 or not 1 <= month <= 12 or not 1 <= day <= days_in_month(year, month):
        return None
    clock = cast(str, fields["iso"])[10:16]
    return Told("day", year, month, day, clock=clock if len(clock) == 6 else "")


def shift(sign: int, origin: str, unit: str | None = None, count: int | None = -1) -> Build:
    """So many units after (`sign` 1) or before (-1) the origin; `unit` and `count` where the words don't give them."""

    def build(fields: Fields) -> Reading | None:
        told = unit or _str(fields, "unit") or _str(fields, "units") or "day"
        if fields.get("clock") == "":
            return None  # "25:61"
        if count != -1 and (told == "night" or told in SMALL):
            return None  # "that night" is a part of a day, "this second" no time at all
        number = fields.get("count") if count == -1 else count
        if number is None or told in SMALL:
            return Fixed("FUTURE_REF" if sign > 0 else "PAST_REF", "DATE") if told not in SMALL else _hours(fields)
        assert isinstance(number, (int, float))
        return _shift(told, number, sign, origin, fields)

    return build


def _hours(fields: Fields) -> Fixed | None:
    return Fixed("XXXX-XX-XXTXX", "TIME") if fields else None


def _shift(unit: str, number: float, sign: int, origin: str, fields: Fields) -> Shift | None:
    if number > 100_000:
        return None
    unit, number = {"fortnight": ("week", 2 * number), "night": ("day", number)}.get(unit, (unit, number))
    if number != int(number):
        smaller = {
            "year": ("month", 12),
            "decade": ("year", 10),
            "century": ("year", 100),
            "month": ("week", 4),
            "week": ("day", 7),
        }
        unit, factor = smaller.get(unit, (unit, 1))
        number = number * factor
    if unit == "season":
        return None
    clock = clock_of(fields)
    return Shift(unit, sign * int(number), origin, sign, clock, _str(fields, "modifier"), _int(fields, "weekday"))


def length(fields: Fields) -> Fixed | None:
    """How long: P3W, PXD."""
    unit = _str(fields, "unit") or _str(fields, "units") or ""
    number = fields.get("count", 1 if "unit" in fields else None)
    if "units" in fields and number == 1:
        number = None  # "a months-long trek"
    if unit == "fortnight":
        unit, number = "week", 2 * number if isinstance(number, (int, float)) else None
    if isinstance(number, (int, float)) and number > 999 and "unit" in fields:
        return None  # "the 2012 season"
    if unit not in _CODES or (unit in ("second", "moment") and "unit" in fields):
        return None
    if unit == "quarter" and not (isinstance(number, (int, float)) and number >= 2):
        return None
    told = "X" if number is None else f"{number:g}"
    return Fixed(_CODES[unit].format(told.replace("0.5", ".5") if told == "0.5" else told), "DURATION")


def every(fields: Fields) -> Fixed | None:
    """How often: P1D, XXXX-WXX-7."""
    weekday = _int(fields, "weekdays") or _int(fields, "weekday")
    if weekday:
        return Fixed(f"XXXX-WXX-{weekday}", "SET")
    part = _str(fields, "season")
    if part:
        return Fixed(f"XXXX-{part}", "SET")
    clock = _str(fields, "parts") or _str(fields, "part")
    if clock:
        return Fixed(f"XXXX-XX-XX{clock}", "SET")
    told = length(fields)
    return Fixed(told.value, "SET") if told else None


def open_part(fields: Fields) -> Fixed:
    """A part of some day: "at night"."""
    return Fixed(f"XXXX-XX-XX{clock_of(fields)}", "TIME")


def fixed(value: str, type_: str = "DATE") -> Build:
    """A value that the words alone give."""
    return lambda fields: Fixed(value, type_)


def that_time(fields: Fields) -> Shift | None:
    """The time the story has reached, as finely as it is known."""
    return Shift("same", 0, "story")
