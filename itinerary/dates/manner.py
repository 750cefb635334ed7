"""How a text speaks of time: news from its day of publication, a story in its own time, a diary in both."""

from __future__ import annotations

import re
from collections.abc import Sequence
from enum import StrEnum

from itinerary.dates.readings import SHORT, Reading, Shift, Told
from itinerary.model import Day

# News names a few years of the past and many weekdays; a story of another time does the reverse.
_OLD_YEARS_PER_DEICTIC = 5
_DATED = 3  # a month or day of a past year is worth so many bare years: background seldom is told to the day
_RECENT = 5  # years; a text that speaks of nothing later, and of no "Sunday" or "yesterday", is no report
_BACKGROUND = 2  # bare years that even a short report may name
_SAID = re.compile(r"\b(?:said|says|told reporters)\b")
_AGENCY = re.compile(r"\((?:AP|AFP|UPI|CNN|Reuters|Xinhua|Bloomberg)\)|^[A-Z]{3,}[A-Z, .]* [-–—]+ ", re.MULTILINE)
_FIRST_PERSON = re.compile(r"\b(?:I|[Ww]e|[Mm]y|[Oo]ur|[Uu]s|[Mm]e)\b")
_QUOTED = re.compile(r"[\"“][^\"“”\n]{0,400}[\"”]")
_FIRST_PERSON_SHARE = 0.025  # of the words; travel blogs have 3 to 8 %, news outside its quotations at most 2 %
_SAMPLE = 60_000  # characters looked at


class Manner(StrEnum):
    """How a text anchors what it leaves open."""

    NEWS = "news"
    STORY = "story"
    DIARY = "diary"


def manner_of(text: str, readings: Sequence[Reading], published: Day | None) -> Manner:
    """The manner of a text, from the readings found in it."""
    if _is_personal(text):
        return Manner.DIARY
    if published is None:
        return Manner.STORY
    old = [r for r in readings if isinstance(r, Told) and r.year is not None and SHORT // 2 < r.year < published.year]
    told = sum(1 if r.grain in ("year", "decade", "century") else _DATED for r in old)
    spoken = sum(map(_is_deictic, readings)) + len(_SAID.findall(text, 0, _SAMPLE)) // 2 + bool(_AGENCY.search(text, 0, 400))
    if old and not spoken and max(r.year or 0 for r in old) < published.year - _RECENT:
        return Manner.STORY
    return Manner.STORY if told > _OLD_YEARS_PER_DEICTIC * spoken + _BACKGROUND else Manner.NEWS


def _is_personal(text: str) -> bool:
    sample = _QUOTED.sub("", text[:_SAMPLE])
    return len(_FIRST_PERSON.findall(sample)) > _FIRST_PERSON_SHARE * (sample.count(" ") + 1)


def _is_deictic(reading: Reading) -> bool:
    """Whether it speaks from the day of writing: "Sunday", "yesterday", "last week", "last summer"."""
    if isinstance(reading, Told):
        return bool(reading.weekday and not reading.day) or bool(reading.step)
    return isinstance(reading, Shift) and reading.origin == "speech"
