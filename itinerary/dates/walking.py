"""The walk through a text: places each expression with the clock and moves the clock on."""

from __future__ import annotations

import re
from dataclasses import dataclass, field, replace

from itinerary.dates.almanac import LAST_JULIAN_YEAR, Point
from itinerary.dates.clock import NEARBY, Clock, Placed
from itinerary.dates.counting import of_day, shifted
from itinerary.dates.finding import Find
from itinerary.dates.headings import DayHeading
from itinerary.dates.judging import last_word
from itinerary.dates.manner import Manner
from itinerary.dates.readings import Fixed, Reading, Shift, Told
from itinerary.dates.tense import tense_at
from itinerary.model import DateMention, Day, Span

# What stands before "a day" when it means per day: "$2 a day", "30 sorties a day", "20 miles (32 km) a day".
_RATE = re.compile(r"(?:[0-9]|times|twice|once|percent|million|billion|[0-9][\w.,]* [a-z-]+s)(?: \([^()]*\))? $")
_RATES = {"P1D", "P1W", "P1M", "P1Y", "PT1H"}


_AFTER_HEAD = re.compile(r"\.?\s*(?:[-–—:|]|$)", re.MULTILINE)
_NEARBY = 150  # characters: one sentence further
JULIAN = "the Julian calendar, as told"
_BACKGROUND = ("year", "decade", "century")  # grains that news names in passing


@dataclass(slots=True)
class Walk:
    """Where the reader has come to: grows `mentions` group by group."""

    text: str
    clock: Clock
    headings: tuple[DayHeading, ...]
    asides: frozenset[int]
    mentions: list[DateMention] = field(default_factory=list)
    start: Day | None = None  # the day that "Day 1" stands for, once a heading with a date tells it
    dated: tuple[Point, int] | None = None  # the last date with a month and a year of its own, and where it ends
    seen: int = 0
    passed: int = 0

    def take(self, group: list[Find]) -> None:
        """Places the expressions of one row and moves the clock."""
        self.pass_headings(group[0].part.start)
        backwards = _winds_back(group)
        placed: list[DateMention] = []
        for index, find in reversed(list(enumerate(group))) if backwards else enumerate(group):
            if backwards and placed:
                find = _a_year_before(find, placed[-1])
            placed.append(self._mention(find, moves=self.seen + index not in self.asides))
        self.seen += len(group)
        if backwards:
            _tell_again(self.clock, placed[0])
            placed.reverse()
        elif len(group) == 2 and all(_is_year(find.reading) for find in group) and placed[0].when:
            # "1739–1741": the story begins in 1739.
            self.clock.tell(Point("year", placed[0].when.earliest.year), placed[0].surface)
        self.mentions += placed
        self._count_from(placed)

    def pass_headings(self, offset: int) -> None:
        """Puts the day headings before `offset` on the calendar when the first day is known."""
        while self.passed < len(self.headings) and self.headings[self.passed].span.start < offset:
            heading = self.headings[self.passed]
            self.passed += 1
            free = not self.mentions or self.mentions[-1].end <= heading.span.start
            point = shifted(of_day(self.start), "day", heading.number - 1) if self.start else None
            if point and free and heading.span.end <= offset:
                self.mentions.append(_written(heading.span, self.text, "day heading", Placed(point, "the first day")))
                self.clock.tell(point, heading.span.of(self.text))
                if point.date:
                    self.clock.enter(point.date)

    def _count_from(self, placed: list[DateMention]) -> None:
        """Learns the first day from a date on the line of a day heading."""
        if self.start or not self.passed:
            return
        heading, day = self.headings[self.passed - 1], placed[0].when
        line = self.text[heading.span.end : placed[0].start]
        if len(line) < 120 and "\n" not in line and day and day.earliest == day.latest and placed[0].type == "DATE":
            first = shifted(of_day(day.earliest), "day", 1 - heading.number)
            self.start = first.date if first else None

    def _nearby(self, offset: int) -> Point | None:
        """The date told just before, when it is of another year than the report."""
        published = self.clock.published
        if not self.dated or not published or self.dated[0].year == published.year:
            return None
        between = self.text[self.dated[1] : min(offset, self.dated[1] + _NEARBY)]
        return self.dated[0] if offset - self.dated[1] < _NEARBY and "\n" not in between else None

    def _names_a_year(self, find: Find, point: Point) -> bool:
        """Whether a year only tells apart what it stands with: "the campaign of 1873", "the 1988 bombing", any year in news."""
        if point.grain not in _BACKGROUND:
            return False
        words = find.part.start, self.text[find.part.start : find.part.end].lower()
        attribute = last_word(self.text, words[0]) == "of" or (
            words[1].startswith("the ") and not words[1].startswith("the year")
        )
        return self.clock.manner is Manner.NEWS or (attribute and find.rule == "year" and self.clock.story is not None)

    def _heads_a_line(self, span: Span) -> bool:
        """Whether a date stands at the head of a diary's entry: first on a short line or before a dash or colon."""
        line_start = self.text.rfind("\n", max(0, span.start - 41), span.start) + 1
        if span.start - line_start > 40 or (line_start == 0 and span.start > 40):
            return False
        line_end = self.text.find("\n", span.end, span.end + 60)
        return line_end >= 0 or span.end + 60 >= len(self.text) or bool(_AFTER_HEAD.match(self.text, span.end))

    def _fixed(self, span: Span, fixed: Fixed, rule: str) -> DateMention:
        value, kind = fixed.value, fixed.type
        if rule == "length" and _RATE.search(self.text[max(0, span.start - 40) : span.start]) and value in _RATES:
            kind = "SET"
        return DateMention(span, span.of(self.text), value, kind, rule=rule)

    def _mention(self, find: Find, *, moves: bool) -> DateMention:
        span, reading = Span(find.part.start, find.part.end), find.reading
        surface = span.of(self.text)
        if isinstance(reading, Fixed):
            return self._fixed(span, reading, find.rule)
        if isinstance(reading, Shift) and reading.unit == "same" and self.clock.story is None:
            return self._fixed(span, Fixed("PAST_REF", "DATE"), find.rule)
        tense = 0 if isinstance(reading, Told) and reading.year is not None else tense_at(self.text, span.start, span.end)
        self.clock.nearby = self._nearby(span.start)
        placed = self.clock.count(reading, tense) if isinstance(reading, Shift) else self.clock.place(reading, tense)
        if isinstance(reading, Told) and reading.others:
            return _undecided(span, self.text, find.rule, placed, reading)
        if isinstance(reading, Told) and reading.year is not None and placed.point.year:
            self.clock.announce(placed.point.year)
            self.dated = (placed.point, span.end) if placed.point.month else self.dated
        elif placed.anchor == NEARBY:
            self.dated = (placed.point, span.end)
        if isinstance(reading, Told) and placed.point.date and self._heads_a_line(span):
            self.clock.enter(placed.point.date)
        if moves and _carries(reading) and not self._names_a_year(find, placed.point):
            self.clock.tell(placed.point, surface)
        elif isinstance(reading, Told) and reading.year is not None:
            self.clock.glance(placed.point)
        return _written(span, self.text, find.rule, placed)


def _is_year(reading: Reading) -> bool:
    return isinstance(reading, Told) and reading.grain == "year"


def _carries(reading: Told | Shift) -> bool:
    """Whether the story goes on from here: not from a look back, a season or a feast whose year was a guess."""
    if isinstance(reading, Shift):
        planned = reading.origin == "speech" and reading.count != 0
        return reading.unit == "anniversary" or (reading.sign > 0 and reading.unit != "same" and not planned)
    return reading.year is not None or not (reading.part or reading.feast)


def _winds_back(group: list[Find]) -> bool:
    """Whether a range runs into the next year: "from October to March"."""
    told = [f.reading for f in group if isinstance(f.reading, Told)]
    if len(told) != 2 or any(t.year is not None or t.month is None for t in told):
        return False
    return (told[0].month or 0) > (told[1].month or 0)


def _a_year_before(find: Find, later: DateMention) -> Find:
    year = later.when.earliest.year - 1 if later.when else None
    return replace(find, reading=replace(find.reading, year=year)) if isinstance(find.reading, Told) else find


def _tell_again(clock: Clock, mention: DateMention) -> None:
    if mention.when:
        day = mention.when.latest
        clock.tell(Point("month", day.year, day.month), mention.surface)


def _undecided(span: Span, text: str, rule: str, placed: Placed, told: Told) -> DateMention:
    """A date in figures that may be read in two orders: both values, no day."""
    other = replace(placed.point, month=told.others[0][1], day=told.others[0][2])
    both = f"[{placed.point.edtf},{other.edtf}]" if placed.point.edtf and other.edtf else None
    mention = _written(span, text, rule, placed)
    return replace(mention, when=None, edtf=both, ambiguous=(other.timex,))


def _written(span: Span, text: str, rule: str, placed: Placed) -> DateMention:
    point = placed.point
    kind = "TIME" if point.clock else "DATE"
    julian = point.grain == "day" and point.year is not None and point.year <= LAST_JULIAN_YEAR
    anchor = placed.anchor or (JULIAN if julian else None)
    return DateMention(span, span.of(text), point.timex, kind, point.when, rule, anchor, point.edtf)
