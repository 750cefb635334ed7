"""A journey to be passed on without the text that tells it: only its names and its times are left of the sentences."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import replace
from itertools import pairwise

from itinerary.model import Itinerary, Span

_WORDS = re.compile(r"\S(?:[^\n]*\S)?")


def discreet(trip: Itinerary) -> Itinerary:
    """The same journey; of its text names, times and marks between them are left, each where it stood.

    What was left out shows as "…", where it was no word as spaces. Reasons and notes, which may quote the text, are gone; title,
    traveller and words for open times ("on a Sunday") stay.

    >>> from itinerary.export.discretion import _veiled
    >>> _veiled("She left Oslo on 3 May.", [Span(9, 13), Span(17, 22)])
    '   …     Oslo …  3 May.'
    """
    kept = [*(found.toponym.span for found in trip.resolutions), *(date.span for date in trip.dates)]
    visits = tuple(replace(visit, reason="") for visit in trip.visits)
    legs = (
        replace(leg, origin=origin, destination=destination)
        for leg, (origin, destination) in zip(trip.legs, pairwise(visits), strict=True)
    )
    mentions = tuple(replace(mention, reason="") for mention in trip.mentions)
    return replace(trip, text=_veiled(trip.text, kept), visits=visits, legs=tuple(legs), mentions=mentions, notes=())


def _veiled(text: str, kept: Iterable[Span]) -> str:
    """The text, as long as it was, with words only in the spans."""
    pieces, at = [], 0
    for span in sorted(kept):
        if span.end > at:
            start = max(span.start, at)
            pieces += [_hidden(text[at:start]), text[start : span.end]]
            at = span.end
    return "".join([*pieces, _hidden(text[at:])])


def _hidden(between: str) -> str:
    """What stands between two names, line by line: marks as they are, words as dots."""
    return _WORDS.sub(lambda found: _dotted(found.group()), between)


def _dotted(told: str) -> str:
    if not re.search(r"\w", told):
        return told
    return "…".center(len(told))
