"""From text to mentions: reads the expressions, decides how the text speaks of time, and walks through it."""

from __future__ import annotations

from bisect import bisect_right
from collections import Counter
from collections.abc import Iterable, Sequence

from itinerary.dates.almanac import Point
from itinerary.dates.asides import asides_of
from itinerary.dates.clock import Clock
from itinerary.dates.finding import Find, ordered, read
from itinerary.dates.headings import DayHeading, day_headings
from itinerary.dates.manner import Manner, manner_of
from itinerary.dates.readings import SHORT, Told
from itinerary.dates.trips import with_trips
from itinerary.dates.walking import Walk
from itinerary.model import DateMention, Day

_TITLE = 100  # characters; a longer first line is a paragraph
_AGES = ("decade", "century")
# Rules that in this manner tell no time: "the former president", "spend the night", "by the time we came".
_IDLE = {
    Manner.NEWS: frozenset(("former", "night", "the story's time")),
    Manner.DIARY: frozenset(("the story's time",)),
    Manner.STORY: frozenset[str](),
}


def tag(text: str, published: Day | None, day_first: bool | None) -> tuple[DateMention, ...]:
    """The mentions of a text, in order."""
    headings = day_headings(text)
    groups = ordered(_outside(headings, read(text)), day_first)
    manner = manner_of(text, [find.reading for group in groups for find in group], published)
    groups = [group for group in groups if group[0].rule not in _IDLE[manner]]
    start = _first_year(text, groups, manner, published)
    asides = asides_of([find.reading for group in groups for find in group], start.year if start else None)
    walk = Walk(text, Clock(published, manner, start), headings, asides)
    for group in groups:
        walk.take(group)
    walk.pass_headings(len(text))
    return with_trips(text, walk.mentions)


def _outside(headings: Sequence[DayHeading], groups: Iterable[list[Find]]) -> list[list[Find]]:
    """The groups without what lies in a day heading: the 1 of "Day 1 – 30 May" is no day of May."""
    starts = [heading.span.start for heading in headings]
    kept = []
    for group in groups:
        outside = [find for find in group if not _lies_in(find, headings, starts)]
        kept += [outside] if outside else []
    return kept


def _lies_in(find: Find, headings: Sequence[DayHeading], starts: list[int]) -> bool:
    before = bisect_right(starts, find.part.start) - 1
    return before >= 0 and find.part.start < headings[before].span.end


def _first_year(text: str, groups: list[list[Find]], manner: Manner, published: Day | None) -> Point | None:
    """The year a story starts in before it tells one: the title's, the first with a month, the most frequent one."""
    if manner is Manner.NEWS or (manner is Manner.DIARY and published):
        return None
    told = [(f.part.start, f.reading) for group in groups for f in group if isinstance(f.reading, Told)]
    years = [(at, t.grain, t.year) for at, t in told if t.year is not None and t.year > SHORT // 2 and t.grain not in _AGES]
    if not years:
        return None
    first_line = text.lstrip().split("\n", 1)[0]
    end = text.find(first_line) + len(first_line) if len(first_line) <= _TITLE else 0
    title = [year for at, _, year in years if at < end]
    dated = [year for _, grain, year in years if grain != "year"]
    return Point("year", (title or dated or [Counter(year for _, _, year in years).most_common(1)[0][0]])[0])
