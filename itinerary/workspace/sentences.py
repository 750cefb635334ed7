"""The sentence around a place in a text, by its punctuation alone: evidence for a stop that the user found."""

from __future__ import annotations

import re

from itinerary.model import Span

# A blank line, or a full stop with a space and what may begin a sentence; not after an initial or a short title ("St.", "Mr.").
_BREAK = re.compile(r"\n\s*\n|(?<![A-Z])(?<!\b[A-Z][a-z])[.!?]['\"”’)]*\s+(?=['\"“‘(]*[^\W_a-z])")
_FARTHEST = 600  # characters to either side: what is longer is no sentence that anybody wants to read


def sentence_around(text: str, span: Span) -> Span:
    """The sentence that holds the span, without the white space around it; at least the span itself.

    >>> text = "He left. Dr. Ito saw Kyoto twice. Then rain."
    >>> sentence_around(text, Span(21, 26)).of(text)
    'Dr. Ito saw Kyoto twice.'
    """
    low, high = max(0, span.start - _FARTHEST), min(len(text), span.end + _FARTHEST)
    start = max((found.end() for found in _BREAK.finditer(text, low, span.start + 1) if found.end() <= span.start), default=low)
    found_end = _BREAK.search(text, span.end, high)
    end = found_end.start() + len(found_end[0].rstrip()) if found_end else high
    while start < span.start and text[start].isspace():
        start += 1
    while end > span.end and text[end - 1].isspace():
        end -= 1
    return Span(start, end)
