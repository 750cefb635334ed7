"""What a text shows of itself: the day it was published or written, and how it writes dates in figures.

Only words that say so count: a label ("Published 17 September 2023"), the head of a report or a letter ("Paris, 3 May 1843"), a
full date on a line of its own near the beginning or the end. A text with several such lines is a diary or a plan: they date its
days, not itself.
"""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Iterator
from dataclasses import dataclass
from itertools import chain

_HEAD, _FOOT = 8, 4  # lines (not empty) at the beginning and at the end of a text where it may date itself
_LONGEST_LINE = 120  # characters; a longer one is a paragraph
_LONGEST_SCAN = 2_000_000  # characters that are searched for dates in figures and for other dated lines

_MONTHS = {
    name: number
    for number, names in enumerate(
        ("january jan", "february feb", "march mar", "april apr", "may", "june jun", "july jul", "august aug",
         "september sept sep", "october oct", "november nov", "december dec"), start=1)
    for name in names.split()
}  # fmt: skip
_MONTH = "(?:" + "|".join(sorted(_MONTHS, key=len, reverse=True)) + r")\b\.?"
_WEEKDAY = r"(?:(?:mon|tues|wednes|thurs|fri|satur|sun)day|(?:mon|tue|wed|thu|fri|sat|sun)\.?),?\s+"
_YEAR = r"[12]\d{3}(?!\d)"
_NUMBER = r"[0-3]?\d(?:st|nd|rd|th)?"
_DATE = (
    rf"(?:{_WEEKDAY})?(?:the\s+)?(?:(?P<day>{_NUMBER})\s+(?:day\s+)?(?:of\s+)?(?P<month>{_MONTH}),?\s+(?P<year>{_YEAR})"
    rf"|(?P<Month>{_MONTH})\s+(?P<Day>{_NUMBER}),?\s+(?P<Year>{_YEAR})"
    rf"|(?P<iso>{_YEAR}-\d\d-\d\d)(?!\d))"
)
_ANY_DATE = re.compile(r"\b" + _DATE, re.IGNORECASE)
# "Updated" is left out: the text was already there. So is a bare "Date", which a ticket or a plan uses for the journey.
_LABELLED = re.compile(
    r"(?:^|[|·•,;(–—.]\s*)(?P<words>(?:this \w+ was )?"
    r"(?:(?:first |originally )?published|posted|dated|written|sent|filed|publication date|date of publication)\b"
    r"(?:\s+(?:online|by\s+[^\d\n]{2,40}?|at\s+[^\d\n]{2,30}?|in\s+[^\d\n]{2,30}?))?\s*(?::|on\b|–|—|-|,)?\s*" + _DATE + ")",
    re.IGNORECASE,
)
# What heads a line of a plan, or tells another day than the first.
_NO_TOWN = r"(?!(?:Date|Day|Depart\w*|Arriv\w*|Start\w*|End\w*|From|To|On|Until|Since|Updated|Modified|Accessed|Retrieved)\b)"
_PLACE = _NO_TOWN + r"(?:[A-Z][\w.'’-]*(?:[ ,]+(?:[A-Z][\w.'’-]*|of|on|the|upon|de|la|le|am|an|der|den|sur)){0,5})"
_TIME = r"(?:[,.;]?\s*(?:at\s+)?\d{1,2}[:.]\d\d(?:\s*[ap]\.?m\.?)?(?:\s+[A-Z]{2,4})?)?"
_DATE_CASED = f"(?i:{_DATE})"
# A line with nothing but a date, or a place and a date: "Paris, 3 May 1843."
_ALONE = re.compile(rf"(?:(?:{_PLACE}[,.:]?|[Aa]t {_PLACE},)\s+)?{_DATE_CASED}{_TIME}\s*[.,:]?")
_BYLINE = re.compile(rf"[Bb]y [A-Z][^\d\n]{{2,60}}?[\s,|•·–—-]+{_DATE_CASED}{_TIME}\s*\.?")
_DATELINE = re.compile(rf"{_PLACE}[,.]?\s+{_DATE_CASED}\.?\s*(?:\([^()\n]{{2,30}}\)\s*)?(?:—|–|--|-\s|:\s)")
# "4 May." and "May 4th: ..." begin entries whose year is told once.
_ENTRY = re.compile(rf"(?:{_WEEKDAY})?(?:{_NUMBER}\s+(?:of\s+)?{_MONTH}|{_MONTH}\s+{_NUMBER})\s*(?:[.:,;–—-]|$)", re.IGNORECASE)
_FIGURES = re.compile(r"(?<![\w./-])(\d{1,2})([./-])(\d{1,2})\2(?:\d{4}|\d\d)(?!\.?\d|[/-])")


@dataclass(frozen=True, slots=True)
class Proposed:
    """A day on which a text seems to have been published or written, and the words that say so."""

    day: dt.date
    words: str


@dataclass(frozen=True, slots=True)
class ProposedOrder:
    """How a text writes dates in figures (`day_first`: 25/03/2019, else 03/25/2019), and the words that show it."""

    day_first: bool
    words: str


def proposed_date(text: str) -> Proposed | None:
    """The day on which a text says it was published or written; None when it doesn't, or says several."""
    head, foot = _edges(text)
    for line in chain(head, foot):
        found = _LABELLED.search(line) if len(line) <= _LONGEST_LINE else None
        if found and (day := _day(found)):
            return Proposed(day, found["words"])
    for line in head:
        found = _DATELINE.match(line)
        if found and (day := _day(found)):
            return Proposed(day, found.group().rstrip(" —–-:"))
        found = _BYLINE.fullmatch(line)
        if found and (day := _day(found)):
            return Proposed(day, found.group())
    return _only_dated_line(text, [*head[: _HEAD // 2], *foot])


def proposed_order(text: str) -> ProposedOrder | None:
    """The order of day and month that a text's own dates show; None when none or when they contradict each other."""
    shown: dict[bool, str] = {}
    for date in _FIGURES.finditer(text[:_LONGEST_SCAN]):
        first, second = int(date[1]), int(date[3])
        if 12 < first <= 31 and 1 <= second <= 12:
            shown.setdefault(True, date.group())
        elif 12 < second <= 31 and 1 <= first <= 12:
            shown.setdefault(False, date.group())
    return ProposedOrder(*next(iter(shown.items()))) if len(shown) == 1 else None


def _edges(text: str) -> tuple[list[str], list[str]]:
    """The first and the last lines that are not empty."""
    beginning = [line.strip() for line in text[:8_000].splitlines() if line.strip()]
    ending = [line.strip() for line in text[-4_000:].splitlines() if line.strip()]
    head = beginning[:_HEAD]
    return [line[:300] for line in head], [line[:300] for line in ending[-_FOOT:]]


def _only_dated_line(text: str, lines: list[str]) -> Proposed | None:
    """A line that is nothing but a date, with or without a place, if the text has no other of its kind."""
    for line in lines:
        found = _ALONE.fullmatch(line) if len(line) <= _LONGEST_LINE else None
        if found and (day := _day(found)):
            return None if sum(1 for _ in _dated_lines(text)) > 1 else Proposed(day, line.rstrip(".,:"))
    return None


def _dated_lines(text: str) -> Iterator[str]:
    """Lines that begin with a date or with a place and a date: the entries of a diary, the days of a plan."""
    for line in text[:_LONGEST_SCAN].splitlines():
        short = line.strip()[:_LONGEST_LINE]
        if _ANY_DATE.match(short) or _ALONE.fullmatch(short) or _ENTRY.match(short):
            yield short


def _day(found: re.Match[str]) -> dt.date | None:
    """The day that a match names; None when the calendar has none."""
    parts = found.groupdict()
    try:
        if parts["iso"]:
            return dt.date.fromisoformat(parts["iso"])
        month = (parts["month"] or parts["Month"]).rstrip(".").lower()
        number = re.sub(r"\D", "", parts["day"] or parts["Day"])
        return dt.date(int(parts["year"] or parts["Year"]), _MONTHS[month], int(number))
    except ValueError:
        return None
