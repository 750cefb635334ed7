"""Day headings: "Day 3", "Day Four:", "Days 5-6 – Oslo". They number the days of a journey without naming a date."""

from __future__ import annotations

import re
from dataclasses import dataclass

from itinerary.dates.lexicon import MEANINGS
from itinerary.model import Span

LAST_DAY = 999  # no journey told day by day has more
_NUMBER = r"(?:[0-9]{1,3}(?![0-9])|[a-z]{3,9}(?:-[a-z]{3,6})?)"
_HEADING = re.compile(
    rf"^[ \t]*(?:[#*_•\-–—>|]{{1,6}}[ \t]*)?(?P<words>days?[ \t]{{0,3}}(?:no\.?[ \t]?|\#)?(?P<first>{_NUMBER})"
    rf"(?:[ \t]*(?:-|–|—|to|and|&|/)[ \t]*(?:day[ \t])?(?P<last>{_NUMBER}))?)(?=[ \t]*(?:$|[:.,;()|*_\-–—→>]|[A-Z]))",
    re.IGNORECASE | re.MULTILINE,
)


@dataclass(frozen=True, slots=True)
class DayHeading:
    """A heading that numbers a day ("Day 3") or several ("Days 5–6", then `last_number` is 6). `span` covers these words."""

    span: Span
    number: int
    last_number: int | None = None


def day_headings(text: str) -> tuple[DayHeading, ...]:
    """The day headings of a text, in order: lines that begin with "Day" and a number in figures or words. Day 0 counts."""
    found = []
    for line in _HEADING.finditer(text):
        first = _number(line["first"])
        if first is None or not 0 <= first <= LAST_DAY:
            continue
        last = _last_number(line, first)
        found.append(DayHeading(Span(line.start("words"), line.end("last" if last else "first")), first, last))
    return tuple(found)


def _last_number(line: re.Match[str], first: int) -> int | None:
    """The end of "Days 5 – 6" and "Day 5-6"; "Day 1 – 30 May" is no range."""
    if not line["last"] or (line["words"][3:4] not in "sS" and " " in line["words"][line.end("first") - line.start("words") :]):
        return None
    last = _number(line["last"])
    return last if last is not None and first < last <= LAST_DAY else None


def _number(words: str) -> int | None:
    if words.isascii() and words.isdigit():
        return int(words)
    total = 0
    for word in words.lower().split("-"):
        values = MEANINGS.get(word, {})
        worth = next((values[n] for n in ("ONES", "TENS") if n in values), None)
        if not isinstance(worth, int):
            return None
        total += worth
    return total
