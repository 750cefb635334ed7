"""Reads time out of English prose: finds every expression of time and places it on the calendar, inventing nothing.

::

    words ─ lexer ─► letters ─ grammar ─► matches ─ judging, finding ─► readings ─ walking, clock ─► DateMention…
    lexicon, meanings          rows_*, macros       building, numeric              manner, tense, asides, years,
                                                                                   weekdays, counting, feasts, trips

===========  ==========================================================================================================
lexicon      the words of time by class; `meanings` says what one word may be
grammar      rows and macros: patterns whose letters are words; `building` says what a row's fields mean
judging      which finds are no times after all: "May said", "1500 troops"
manner       whether a text speaks as news, as a story of another time or as a diary
clock        places what is told, from the time the story has reached or from the day of publication
almanac      partly known times: TIMEX3, EDTF and the days they span; `counting` counts on from them
headings     "Day 3": headings that number the days of a journey
===========  ==========================================================================================================

A new expression is one row in a `rows_*` module and one line in the tests; a new word is one entry in `lexicon`.
"""

from __future__ import annotations

import datetime as dt
from typing import TYPE_CHECKING

from itinerary.dates.headings import DayHeading, day_headings
from itinerary.dates.tagging import tag
from itinerary.model import DateMention, Day

if TYPE_CHECKING:
    from spacy.tokens import Doc

__all__ = ["DayHeading", "day_headings", "find"]


def find(
    text: str, published: dt.date | None = None, *, day_first: bool | None = None, parse: Doc | None = None
) -> tuple[DateMention, ...]:
    """Every expression of time in `text`, in order, none overlapping.

    `published` anchors "yesterday" and "on Sunday"; without it and without a date told before, those stay open: `when` is None
    and the TIMEX3 value holds X. `day_first` settles "02/03/2019" where the text itself does not; with neither the mention
    lists the other reading in `ambiguous`. `parse` is not needed.
    """
    return tag(text, Day.from_date(published) if published else None, day_first)
