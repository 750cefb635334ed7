"""Times for stops: the answer quotes words, our own dates say which day they mean."""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Sequence
from dataclasses import dataclass

from itinerary.model import DateMention, Span, TimeSpan
from itinerary.second_reader.proving import Proven
from itinerary.second_reader.searching import Searchable

_RANGE = re.compile(r"\s*(?:to|and|&|until|till|through|thru|-|–|—)\s*", re.IGNORECASE)
_OPEN = 60  # characters of words without a day that are shown


@dataclass(frozen=True, slots=True)
class Times:
    """Arrival and departure, or the words of a time without a day; `unproved` are words that the text does not have."""

    arrive: TimeSpan | None = None
    depart: TimeSpan | None = None
    told: str | None = None
    unproved: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Calendar:
    """The text with its expressions of time, in text order."""

    text: str
    searchable: Searchable
    dates: Sequence[DateMention]

    def times(self, stop: Proven) -> Times:
        """When a stop was, as far as the words that the answer quotes tell it."""
        arrive, depart = self._found(stop.told.arrive, stop), self._found(stop.told.depart, stop)
        asked = ((stop.told.arrive, arrive), (stop.told.depart, depart))
        unproved = tuple(words for words, span in asked if words and span is None)
        came, left = self._range(arrive)
        went = self._range(depart)
        left = went[1] or went[0] or left
        if came is not None and left is not None and left.latest < came.earliest:
            left = None
        return Times(came, left, None if came or left else self._open(arrive or depart), unproved)

    def _found(self, words: str | None, stop: Proven) -> Span | None:
        return self.searchable.nearest(words, stop.quote) if words else None

    def _range(self, span: Span | None) -> tuple[TimeSpan | None, TimeSpan | None]:
        """The time in some words, and its end where they tell a range."""
        found = self._in(span) if span else []
        dated = [date for date in found if date.when is not None]
        if not dated:
            return None, None
        first, *others = dated
        ends = others and _RANGE.fullmatch(self.text, first.end, others[0].start)
        return first.when, others[0].when if ends else None

    def _in(self, span: Span) -> list[DateMention]:
        low = bisect_left(self.dates, span.start, key=lambda date: date.end - 1)
        high = bisect_left(self.dates, span.end, key=lambda date: date.start)
        return [date for date in self.dates[low:high] if date.type in ("DATE", "TIME")]

    def _open(self, span: Span | None) -> str | None:
        """The words of a time that has no day."""
        if span is None:
            return None
        first = next(iter(self._in(span)), None)
        return first.told if first else " ".join(span.of(self.text).split())[:_OPEN]
