"""The pieces of a text: paragraphs, headings, list items, table rows; the headline and the dateline among them."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from statistics import median

from itinerary.model import Span

_LINE = re.compile(r"[^\n]*\n?")
_LIST_ITEM = re.compile(r"\s*(?:[-*•·–—|#>]|\(?\d{1,3}[.):/]|day\b|\d{1,2}:\d\d)", re.IGNORECASE)
_SENTENCE_END = re.compile(r"[.!?;,:][\"')\]]*\s*$")
_DATELINE = re.compile(
    r"\s*(?P<place>[A-Z][A-Z.'’ -]{2,30}(?:, [A-Z][\w. ]{1,20}?)?|[A-Z][\w.'’-]+(?: [A-Z][\w.'’-]+){0,2})"
    r"(?P<rest>(?:,? (?:[A-Z][a-z]{2,8}\.? \d{1,2}|\d{1,2} [A-Z][a-z]{2,8})\.?)?(?:,? \d{4})?(?: ?\([^()\n]{2,30}\))?)"
    r"\s*(?:—|–|--|-(?= )|:(?= [A-Z]))"
)
_LONGEST_TITLE = 160  # characters


def blocks(text: str) -> Iterator[Span]:
    """Paragraphs, headings, list items and table rows, without the white space around them."""
    paragraph: list[Span] = []
    for match in _LINE.finditer(text):
        if match.start() == match.end():
            break
        if match.group().strip():
            paragraph.append(_trimmed(text, match.start(), match.end()))
        else:
            yield from _joined(text, paragraph)
            paragraph = []
    yield from _joined(text, paragraph)


def _trimmed(text: str, start: int, end: int) -> Span:
    piece = text[start:end]
    return Span(start + len(piece) - len(piece.lstrip()), start + len(piece.rstrip()))


def _joined(text: str, lines: list[Span]) -> Iterator[Span]:
    """Lines of one paragraph: one block where the writer's editor wrapped it, else a block each."""
    if not _is_wrapped(text, lines):
        yield from lines
        return
    start = lines[0].start
    for line, following in zip(lines, [*lines[1:], None], strict=True):
        if following is None or _LIST_ITEM.match(following.of(text)):
            yield Span(start, line.end)
            start = following.start if following else line.end


def _is_wrapped(text: str, lines: list[Span]) -> bool:
    """Hard-wrapped prose has full lines of like length, most of which end, and many begin, in the middle of a sentence."""
    if len(lines) < 2:
        return False
    full = [line.end - line.start for line in lines[:-1]]
    broken = sum(1 for line in lines[:-1] if not _SENTENCE_END.search(line.of(text)))
    going_on = sum(1 for line in lines[1:] if text[line.start].islower())
    even = 35 <= median(full) <= 110 and max(full) <= 130 and max(full) - min(full) <= 60
    return even and broken * 2 >= len(full) and going_on * 3 >= len(full)


def title(text: str, pieces: Sequence[Span]) -> Span | None:
    """The headline: a short first block that ends like no sentence; None when there is none."""
    if len(pieces) < 2 or pieces[0].end - pieces[0].start > _LONGEST_TITLE:
        return None
    return None if re.search(r"[.:;,][\"')]*$", pieces[0].of(text)) else pieces[0]


def dateline(text: str, pieces: Sequence[Span]) -> Span | None:
    """The place of an opening "ROME, June 3 (AP) —" within the first three blocks."""
    for block in pieces[:3]:
        match = _DATELINE.match(text, block.start, min(block.end, block.start + 90))
        place = match["place"].partition(",")[0] if match else ""
        if match and (place.isupper() or match["rest"] or text[match.end() - 1] == ":"):
            return Span(match.start("place"), match.start("place") + len(place))
    return None
