"""What the length of a trip says about its first and last day: "a six-day trip that began on Tuesday and ended on Sunday"."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace

from itinerary.dates.counting import of_day
from itinerary.dates.lexicon import MEANINGS
from itinerary.model import DateMention, Precision, TimeSpan

LONGEST_TRIP = 60  # days; over two months nobody tells the ends by weekday
_TRIP = re.compile(
    r"[- ](?:[\w-]{1,20} ){0,3}(?:trip|tour|visit|journey|voyage|expedition|trek|stay|swing|cruise|mission|ride|drive|hike)s?\b"
)
_BEGINS = re.compile(
    r"\b(?:began|begun|begins?|beginning|started|starts?|starting|set (?:out|off|sail)|left|leaves?|departed|departs?)\b"
)
_ENDS = re.compile(
    r"\b(?:ended|ends?|ending|concluded|concludes?|concluding|finished|finishes|wrapped up|returned|returns?|wound up)\b"
)
_REACH = 120  # characters before a weekday in which the verb must stand
_BREAK = re.compile(r"[.!?]\s|\n")


def with_trips(text: str, mentions: Sequence[DateMention]) -> tuple[DateMention, ...]:
    """The mentions, with the first and last day of a trip moved to agree with its length; day numbers where no date is known."""
    days = _length(text, mentions)
    first = _weekday_after(_BEGINS, _ENDS, text, mentions)
    last = _weekday_after(_ENDS, _BEGINS, text, mentions)
    if days is None or first is None or last is None or (_weekday(mentions[last]) - _weekday(mentions[first]) - days + 1) % 7:
        return tuple(mentions)
    result = list(mentions)
    result[first], result[last] = _agreed(mentions[first], mentions[last], days)
    return tuple(result)


def _length(text: str, mentions: Sequence[DateMention]) -> int | None:
    for mention in mentions:
        found = re.fullmatch(r"P([0-9]{1,3})([DW])", mention.value)
        if found and mention.type == "DURATION" and _TRIP.match(text, mention.end):
            days = int(found[1]) * (7 if found[2] == "W" else 1)
            return days if 2 <= days <= LONGEST_TRIP else None
    return None


def _weekday_after(verb: re.Pattern[str], other: re.Pattern[str], text: str, mentions: Sequence[DateMention]) -> int | None:
    for index, mention in enumerate(mentions):
        if not mention.rule.startswith("weekday"):
            continue
        before = _BREAK.split(text[max(0, mention.start - _REACH) : mention.start])[-1]
        if _last(verb, before) > _last(other, before):
            return index
    return None


def _last(verb: re.Pattern[str], words: str) -> int:
    return max((m.start() for m in verb.finditer(words)), default=-1)


def _weekday(mention: DateMention) -> int:
    found = (MEANINGS.get(word, {}).get("WEEKDAY") for word in mention.surface.lower().split())
    return next((n for n in found if isinstance(n, int)), 0)


def _agreed(first: DateMention, last: DateMention, days: int) -> tuple[DateMention, DateMention]:
    if last.when is None or last.when.precision is not Precision.DAY:
        return replace(first, anchor=f"day 1 of {days}"), replace(last, anchor=f"day {days} of {days}")
    begin = of_day(last.when.earliest.plus(1 - days))
    assert begin.date
    moved = replace(
        first, value=begin.timex, when=TimeSpan.of_day(begin.date), edtf=begin.edtf, anchor=f"{days} days before the end"
    )
    return moved, last
