"""Reads time out of English prose: finds every expression of time and places it on the calendar, inventing nothing.

::

    lexicon ─► lexer ─► grammar (rows_*) ─► judging ─► clock ─► DateMention…
    words      letters  what is told         is it?     when?

`find` is the whole of it. A new expression is one row in a `rows_*` module and one test; a new word one entry in `lexicon`.
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
