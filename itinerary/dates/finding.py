"""From text to readings: runs the grammar, keeps what stands, lets the parts of a range fill each other's gaps."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, replace
from functools import cache

from itinerary.dates import rows_calendar, rows_lengths, rows_relative
from itinerary.dates.almanac import LAST_JULIAN_YEAR
from itinerary.dates.grammar import Grammar, Match, Part
from itinerary.dates.judging import is_time
from itinerary.dates.lexer import lex
from itinerary.dates.macros import MACROS
from itinerary.dates.readings import SHORT, Reading, Told
from itinerary.model import days_in_month

_NAMED_YEAR = re.compile(r"(?:['’]s)?[\"”]?(?: [A-Z][\w-]{1,20}[\"”]?){1,3} of ([12][0-9]{3})\b")


@cache
def grammar() -> Grammar:
    """The rows, made ready once."""
    return Grammar(rows_calendar.ROWS + rows_relative.ROWS + rows_lengths.ROWS, MACROS)


@dataclass(frozen=True, slots=True)
class Find:
    """An expression with its reading."""

    part: Part
    rule: str
    reading: Reading


def read(text: str) -> Iterator[list[Find]]:
    """The expressions of a text with their readings, not yet placed; those of one row together."""
    rows = grammar()
    for match in rows.matches(lex(text, rows.alphabet, {})):
        if is_time(match, text):
            group = list(_readings(match, text))
            if group:
                yield group


def ordered(groups: list[list[Find]], day_first: bool | None) -> list[list[Find]]:
    """The groups with all-figure dates read in one order, when `day_first` or dates that allow one order only tell it."""
    if day_first is None:
        day_first = _order_told([find for group in groups for find in group])
    return groups if day_first is None else [[_in_order(find, day_first) for find in group] for group in groups]


def _order_told(finds: list[Find]) -> bool | None:
    """Which order the unambiguous dates in figures have; None when there are none or they disagree."""
    orders = set()
    for find in finds:
        if find.rule in ("numeric date", "slashed date") and isinstance(find.reading, Told) and not find.reading.others:
            figures = [int(n) for n in re.findall(r"[0-9]+", find.part.figures)]
            if len(figures) > 1 and figures[0] <= 31 and figures[0] != figures[1]:
                orders.add(figures[0] == find.reading.day)
    return orders.pop() if len(orders) == 1 else None


def _in_order(find: Find, day_first: bool) -> Find:
    told = find.reading
    if not isinstance(told, Told) or not told.others:
        return find
    if not day_first:
        return replace(find, reading=replace(told, others=()))
    year, month, day = told.others[0]
    return replace(find, reading=replace(told, year=None if told.year is None else year, month=month, day=day, others=()))


def _readings(match: Match, text: str) -> Iterator[Find]:
    readings = list(match.readings)
    if len(readings) > 1:
        readings = _lent(readings)
    for part, reading in zip(match.parts, readings, strict=True):
        if isinstance(reading, Told) and reading.year is None:
            reading = _with_year_behind(reading, text, part.end)
        if reading is not None and not (isinstance(reading, Told) and _impossible(reading)):
            yield Find(part, match.row.name, reading)


def _with_year_behind(told: Told, text: str, end: int) -> Told:
    """ "the March Revolution of 1848", "the Spring Offensive of 1918"."""
    behind = _NAMED_YEAR.match(text, end)
    return replace(told, year=int(behind[1])) if behind and told.day is None and not told.weekday else told


def _impossible(told: Told) -> bool:
    if told.day is None or told.month is None:
        return False
    year = told.year if told.year is not None and told.year > SHORT // 2 else 2000
    if told.month == 2 and year % 4 == 0 and year <= LAST_JULIAN_YEAR:
        return told.day > 29  # every fourth year was a leap year
    return told.day > days_in_month(year, told.month)


def _lent(readings: list[Reading | None]) -> list[Reading | None]:
    """Expressions of one row fill each other's gaps: "3 – 7 May 1843"."""
    told = [r for r in readings if isinstance(r, Told)]
    if len(told) != len(readings):
        return readings
    months = [t.month for t in told if t.month]
    years = [t.year for t in told if t.year is not None and t.year > SHORT // 2]
    filled: list[Reading | None] = []
    for t in told:
        if t.clock and not t.day and not t.weekday:
            t = replace(told[-1], clock=t.clock)
        if t.month is None and t.day and months:
            t = replace(t, month=months[-1] if t is told[0] else months[0])
        filled.append(_with_year(t, years, told[-1]))
    return filled


def _with_year(t: Told, years: list[int], last: Told) -> Told:
    if not years:
        return t
    if t.year is None:
        earlier = t is not last and t.month and last.month and t.month > last.month
        return replace(t, year=years[-1] - 1 if earlier else years[0] if t is last else years[-1])
    if t.year <= SHORT // 2:
        return _completed(t, years[0])
    return replace(t, year=1 - t.year) if t.year > 0 >= years[-1] else t


def _completed(t: Told, first: int) -> Told:
    """The short end of "1915–17" and of "1899–02"."""
    assert t.year is not None
    year = first // 100 * 100 + t.year - SHORT
    return replace(t, year=year if year >= first else year + 100)
