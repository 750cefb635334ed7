"""A long text in parts that overlap, each as long as a model can take."""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Sequence

from itinerary.model import Span

_PARAGRAPH = re.compile(r"\n\s*\n")
OVERLAP = 0.08  # of a part: what the one before it said last, so that no sentence loses what it leans on
_SHORTEST = 2_000  # characters of a part


def parts(text: str, longest: int) -> tuple[Span, ...]:
    """Pieces of at most about `longest` characters that together are the text, cut between paragraphs where there are any."""
    longest = max(_SHORTEST, longest)
    starts = [found.end() for found in _PARAGRAPH.finditer(text)]
    found, start, end = list[Span](), 0, 0
    while end < len(text):
        end = len(text) if len(text) - start <= longest else _cut(text, starts, start, start + longest)
        found.append(Span(start, end))
        start = max(start + 1, _back(starts, end, round(end - longest * OVERLAP)))
    return tuple(found)


def _cut(text: str, starts: Sequence[int], start: int, end: int) -> int:
    """The last beginning of a paragraph before `end`, else of a sentence or a word; not in the first half of the part."""
    half = (start + end) // 2
    block = starts[max(0, bisect_right(starts, end) - 1)] if starts else 0
    if block > half:
        return block
    sentence, word = text.rfind(". ", half, end) + 2, text.rfind(" ", half, end) + 1
    return sentence if sentence > half else word if word > half else end


def _back(starts: Sequence[int], end: int, wanted: int) -> int:
    """Where the next part begins: at a paragraph shortly before the end of this one, where there is one."""
    at = bisect_right(starts, wanted)
    return starts[at] if at < len(starts) and starts[at] < end else wanted
