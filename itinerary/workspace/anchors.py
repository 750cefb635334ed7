"""Where a correction holds on to the text: the words, what stands around them, and where they stood.

A quote is found again after a small change of the text, as W3C's text quote and text position selectors are: the same words
at the same offset if the surroundings are the same, else the occurrence whose surroundings are most alike.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from difflib import SequenceMatcher
from itertools import islice

from itinerary.errors import InputError
from itinerary.model import Span

_AROUND = 32  # characters kept on either side, as Hypothesis and other annotation tools keep them
_NEAR = 8  # characters on either side that say most
_ALIKE = 0.6  # share of the surroundings that must be there again (0..1); unrelated English sentences share 0.3 to 0.5
_MOST = 30  # occurrences compared, those nearest to the old offset: a book may have thousands of "London"


@dataclass(frozen=True, slots=True)
class Quote:
    """A piece of a text by its words, the characters before and after it, and the offset where it began."""

    exact: str
    prefix: str = ""
    suffix: str = ""
    start: int = 0

    def __post_init__(self) -> None:
        if not self.exact or self.start < 0:
            raise InputError(f"A quote needs words and an offset of 0 or more, not {self.exact!r} at {self.start}.")

    @classmethod
    def of(cls, text: str, span: Span) -> Quote:
        """The quote of a span. Raises InputError for a span that is not in the text."""
        if span.end > len(text):
            raise InputError(f"The characters {span.start} to {span.end} lie outside a text of {len(text)}.")
        before, after = text[max(0, span.start - _AROUND) : span.start], text[span.end : span.end + _AROUND]
        return cls(span.of(text), before, after, span.start)

    def find(self, text: str) -> Span | None:
        """The span in `text`, which may be a changed one; None when the words, or all around them, are gone."""
        whole = self.prefix + self.exact + self.suffix
        moved = next(_nearest(whole, text, max(0, self.start - len(self.prefix))), None)
        if moved is not None:
            return self._span(moved + len(self.prefix))
        likeness = {start: self._likeness(start, text) for start in islice(_nearest(self.exact, text, self.start), _MOST)}
        best = max(likeness, key=likeness.__getitem__, default=0)  # of equals the nearest, which comes first
        return self._span(best) if likeness.get(best, 0.0) >= _ALIKE else None

    def _span(self, start: int) -> Span:
        return Span(start, start + len(self.exact))

    def _likeness(self, start: int, text: str) -> float:
        """Share (0..1) of the characters around that are there again, those close by counting twice."""
        end = start + len(self.exact)
        before, after = text[max(0, start - len(self.prefix)) : start], text[end : end + len(self.suffix)]
        alike = [
            (_alike(self.prefix[-width:], before[-width:]), _alike(self.suffix[:width], after[:width]))
            for width in (_NEAR, _AROUND)
        ]
        sides = len(self.prefix), len(self.suffix)  # a side at the edge of the text says little
        return sum(share * side for pair in alike for share, side in zip(pair, sides, strict=True)) / (2 * sum(sides) or 1)


def _nearest(words: str, text: str, at: int) -> Iterator[int]:
    """Where the words stand in the text, those nearest to the offset first; found only as far as they are asked for."""
    right, left = text.find(words, at), text.rfind(words, 0, min(len(text), at + len(words) - 1))
    while left >= 0 or right >= 0:
        if right < 0 or (left >= 0 and at - left <= right - at):
            yield left
            left = text.rfind(words, 0, left + len(words) - 1)
        else:
            yield right
            right = text.find(words, right + 1)


def _alike(a: str, b: str) -> float:
    return 1.0 if a == b else SequenceMatcher(None, a, b, autojunk=False).ratio()


@dataclass(frozen=True, slots=True)
class Anchor:
    """What a correction is about: a stop by one of its mentions (`whole`), one mention alone, or a stop without words by its key.

    A key stands where words can't: "hand:1", "hand:2", … for stops that the user put in; "read:3" for the third stop as read
    and "named:3" for the third mention, where a trip came without text or two of them share their words.
    """

    quote: Quote | None = None
    key: str | None = None
    whole: bool = True

    def __post_init__(self) -> None:
        if self.quote is None and not self.key:
            raise InputError("An anchor needs a quote of the text or the key of a stop.")

    def __str__(self) -> str:
        return f"“{self.quote.exact}”" if self.quote else str(self.key)
