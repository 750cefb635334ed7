"""From text to mentions: runs the grammar, keeps what stands, lets the clock place it."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, replace
from functools import cache

from itinerary.dates import rows_calendar, rows_lengths, rows_relative
from itinerary.dates.almanac import Point
from itinerary.dates.asides import asides_of
from itinerary.dates.clock import SHORT_YEARS, Clock, Placed
from itinerary.dates.grammar import Grammar, Match, Part
from itinerary.dates.judging import is_time
from itinerary.dates.lexer import lex
from itinerary.dates.macros import MACROS
from itinerary.dates.readings import Fixed, Reading, Shift, Told
from itinerary.dates.tense import tense_at
from itinerary.model import DateMention, Day, Span, days_in_month

# News names a few years of the past and many weekdays; a story of another time does the reverse.
_OLD_YEARS_PER_DEICTIC = 3


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


def tag(text: str, published: Day | None, day_first: bool | None) -> tuple[DateMention, ...]:
    """The mentions of a text, in order."""
    groups = list(read(text))
    clock = Clock(published, _is_narrative([find for group in groups for find in group], published))
    asides = asides_of([find.reading for group in groups for find in group])
    number, mentions = 0, []
    for group in groups:
        backwards = _winds_back(group)
        placed: list[DateMention] = []
        for index, find in reversed(list(enumerate(group))) if backwards else enumerate(group):
            if backwards and placed:
                find = _a_year_before(find, placed[-1])
            placed.append(_mention(text, find, clock, moves=number + index not in asides))
        number += len(group)
        if backwards:
            _tell_again(clock, placed[0])
        mentions += reversed(placed) if backwards else placed
    return tuple(mentions)


def _tell_again(clock: Clock, mention: DateMention) -> None:
    if mention.when:
        day = mention.when.latest
        clock.tell(Point("month", day.year, day.month), mention.surface)


def _winds_back(group: list[Find]) -> bool:
    """Whether a range runs into the next year: "from October to March"."""
    told = [f.reading for f in group if isinstance(f.reading, Told)]
    if len(told) != 2 or any(t.year is not None or t.month is None for t in told):
        return False
    return (told[0].month or 0) > (told[1].month or 0)


def _a_year_before(find: Find, later: DateMention) -> Find:
    year = later.when.earliest.year - 1 if later.when else None
    return replace(find, reading=replace(find.reading, year=year)) if isinstance(find.reading, Told) else find


def read(text: str) -> Iterator[list[Find]]:
    """The expressions of a text with their readings, not yet placed; those of one row together."""
    rows = grammar()
    for match in rows.matches(lex(text, rows.alphabet, {})):
        if is_time(match, text):
            group = list(_readings(match, text))
            if group:
                yield group


def _readings(match: Match, text: str) -> Iterator[Find]:
    readings = [match.row.build(part.fields) for part in match.parts]
    if len(readings) > 1 and match.row.lend:
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
    year = told.year if told.year is not None and told.year > SHORT_YEARS else 2000
    return told.day > days_in_month(year, told.month)


def _lent(readings: list[Reading | None]) -> list[Reading | None]:
    """Expressions of one row fill each other's gaps: "3 – 7 May 1843"."""
    told = [r for r in readings if isinstance(r, Told)]
    if len(told) != len(readings):
        return readings
    months = [t.month for t in told if t.month]
    years = [t.year for t in told if t.year is not None and t.year > SHORT_YEARS]
    filled: list[Reading | None] = []
    for t in told:
        if t.clock and not t.day and told[-1].day:
            t = replace(told[-1], clock=t.clock, weekday=told[-1].weekday)
        if t.month is None and t.day and months:
            t = replace(t, month=months[-1] if t is told[0] else months[0])
        filled.append(_with_year(t, years, told))
    return filled


def _with_year(t: Told, years: list[int], told: list[Told]) -> Told:
    if not years:
        return t
    last = told[-1]
    if t.year is None:
        earlier = t is not last and t.month and last.month and t.month > last.month
        return replace(t, year=years[-1] - 1 if earlier else years[0] if t is last else years[-1])
    if t.year <= SHORT_YEARS:
        return _completed(t, years[0])
    return replace(t, year=1 - t.year) if t.year > 0 >= years[-1] else t


def _completed(t: Told, first: int) -> Told:
    assert t.year is not None
    year = first // 100 * 100 + t.year + 100_000
    return replace(t, year=year if year >= first else year + 100)


def _is_narrative(finds: list[Find], published: Day | None) -> bool:
    if published is None:
        return True
    readings = [f.reading for f in finds]
    old = sum(1 for r in readings if isinstance(r, Told) and r.year is not None and SHORT_YEARS < r.year < published.year)
    return old > _OLD_YEARS_PER_DEICTIC * sum(map(_is_deictic, readings))


def _is_deictic(reading: Reading) -> bool:
    """Whether it speaks from the day of writing: "Sunday", "yesterday", "last week"."""
    if isinstance(reading, Told):
        return bool(reading.weekday and not reading.day)
    return isinstance(reading, Shift) and reading.origin == "speech"


def _mention(text: str, find: Find, clock: Clock, *, moves: bool) -> DateMention:
    start, end = find.part.start, find.part.end
    span, surface, reading = Span(start, end), text[start:end], find.reading
    if isinstance(reading, Fixed):
        return DateMention(span, surface, reading.value, reading.type, rule=find.rule)
    tense = 0 if isinstance(reading, Told) and reading.year is not None else tense_at(text, start, end)
    if isinstance(reading, Shift):
        placed = clock.count(reading, tense)
    else:
        placed = clock.place(reading, tense)
    if moves and _carries(reading):
        clock.tell(placed.point, surface)
    elif isinstance(reading, Told) and reading.year is not None:
        clock.glance(placed.point, surface)
    return _written(span, surface, find.rule, placed)


def _carries(reading: Told | Shift) -> bool:
    """Whether the story goes on from here: not from a look back, a season or a feast whose year was a guess."""
    if isinstance(reading, Shift):
        return reading.sign > 0 and reading.unit != "same"
    return reading.year is not None or not (reading.part or reading.feast)


def _written(span: Span, surface: str, rule: str, placed: Placed) -> DateMention:
    point: Point = placed.point
    return DateMention(
        span, surface, point.timex, "TIME" if point.clock else "DATE", point.when, rule, placed.anchor, point.edtf
    )  # fmt: skip
