"""Printed pages back into running text: heads and feet dropped, lines joined to paragraphs, words put together again."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from itertools import pairwise
from statistics import median

_EDGE = 2  # lines at the head and at the foot of a page among which its furniture is looked for
_OFTEN = 3  # pages with the same line at their edge make it furniture; in a text of two pages both
_TITLE = 1.2  # how much larger than the heads of the pages a title is set that they repeat
_FEW = 4  # fewer distances between lines tell nothing of the usual one
_SOFT = "\u00ad"  # a hyphen that the end of a line made
_FIGURES = re.compile(r"^\d+(?=\s)|\b\d+(?:\s*(?:of|/)\s*\d+)?$")  # where a page's number stands beside other words
_PAGE_NUMBER = re.compile(r"(?:page\s*)?[-–—\s]*(?:\d{1,4}|[ivxl]{1,7})[-–—\s]*(?:(?:of|/)\s*\d{1,4})?", re.IGNORECASE)
# What a browser prints over and under a page: "3/5/24, 9:15 PM The voyage" and "https://example.org/x 1/4".
_BROWSER = re.compile(r"\d{1,2}[/.]\d{1,2}[/.]\d{2,4},? \d{1,2}:\d\d\b.*|(?:https?|file)://\S+(?: \d+/\d+)?")
_YEAR = re.compile(r"1\d{3}|20\d\d")  # more likely a heading than a page's number
_MARK = re.compile(r"(?:[-*•·‣▪–—]|\(?\d{1,3}[.)])\s|day\s+\d", re.IGNORECASE)
_BULLET = re.compile(r"^[•·‣▪]\s*")
_SENTENCE_END = re.compile(r"[.!?:;…][\"'”’)\]]*$")
_BROKEN = re.compile(r"[^\W\d_][-\u00ad]$")
_WORD = re.compile(r"[^\W\d_]+(?:-[^\W\d_]+)*")
# How paragraphs show (shares of the line's height): a gap between lines, another size of type, an indented first line.
_GAP, _SIZE, _INDENT = 0.65, 0.12, 0.6


@dataclass(frozen=True, slots=True)
class Line:
    """A printed line: its words and its box on the page (points, y upwards)."""

    text: str
    left: float
    right: float
    top: float
    bottom: float

    @property
    def height(self) -> float:
        """Height of its type (points), at least 1."""
        return max(self.top - self.bottom, 1.0)


def without_furniture(pages: Sequence[Sequence[Line]]) -> list[list[Line]]:
    """The pages without the lines that come back at their heads and feet: titles of chapters, numbers of pages."""
    seen = Counter(key for page in pages for key in {_key(page, at) for at in _edges(page)})
    often = min(_OFTEN, max(len(pages), 2))
    numbered = sum(any(_is_number(page[at].text) for at in _edges(page)) for page in pages)
    small = _smallest(pages)

    def goes(page: Sequence[Line], at: int) -> bool:
        words = page[at].text
        if page is pages[0] and page[at].height > _TITLE * small[_key(page, at)]:
            return False  # the title, which smaller heads repeat
        return seen[_key(page, at)] >= often or (numbered > 1 and _is_number(words)) or bool(_BROWSER.fullmatch(words))

    kept = []
    for page in pages:
        head = next((n for n in range(min(_EDGE, len(page))) if not goes(page, n)), min(_EDGE, len(page)))
        foot = next((n for n in range(min(_EDGE, len(page) - head)) if not goes(page, len(page) - 1 - n)), _EDGE)
        kept.append(list(page[head : max(head, len(page) - foot)]))
    return kept


def _smallest(pages: Iterable[Sequence[Line]]) -> dict[tuple[bool, str], float]:
    """For each line at the edges the smallest type (points) that it is set in on any page."""
    heights: dict[tuple[bool, str], float] = {}
    for page in pages:
        for at in _edges(page):
            heights[_key(page, at)] = min(heights.get(_key(page, at), page[at].height), page[at].height)
    return heights


def _edges(page: Sequence[Line]) -> set[int]:
    """Places of the lines that may be furniture."""
    return {at for at in range(len(page)) if at < _EDGE or at >= len(page) - _EDGE}


def _key(page: Sequence[Line], at: int) -> tuple[bool, str]:
    """What makes a line at the edge the same on two pages: head or foot, and its words, whatever the numbers."""
    words = page[at].text
    return at < _EDGE, words if _YEAR.search(words) else _FIGURES.sub("0", words).casefold()


def _is_number(text: str) -> bool:
    return bool(_PAGE_NUMBER.fullmatch(text)) and not _YEAR.fullmatch(text.strip())


def flowing(pages: Iterable[Sequence[Line]]) -> str:
    """The text of the pages, an empty line between its paragraphs."""
    paragraphs: list[str] = []
    broken = False  # whether the last paragraph was cut by the end of its page
    known = _Words(pages := list(pages))
    for page in pages:
        for paragraph in _paragraphs(page):
            words = known.joined(paragraph)
            if broken and paragraphs and (words[:1].islower() or _BROKEN.search(paragraphs[-1])):
                paragraphs[-1] = known.together(paragraphs[-1], words)
            else:
                paragraphs.append(words)
            broken = False
        broken = bool(paragraphs) and not _SENTENCE_END.search(paragraphs[-1])
    return "\n\n".join(_BULLET.sub("- ", paragraph.replace(_SOFT, "")) for paragraph in paragraphs)


def _paragraphs(page: Sequence[Line]) -> Iterator[list[Line]]:
    """The lines of a page, a list for each paragraph, heading, item or row."""
    gap = _usual_gap(page)
    paragraph: list[Line] = []
    for line in page:
        if paragraph and _begins(line, paragraph, page, gap):
            yield paragraph
            paragraph = []
        paragraph.append(line)
    if paragraph:
        yield paragraph


def _usual_gap(page: Sequence[Line]) -> float:
    """Distance between neighbouring lines (points), the usual one; 0 when there are too few to tell."""
    steps = [above.bottom - below.bottom for above, below in pairwise(page)]
    downwards = [step for step in steps if step > 0]
    return median(downwards) if len(downwards) >= _FEW else 0.0


def _begins(line: Line, paragraph: Sequence[Line], page: Sequence[Line], gap: float) -> bool:
    """Whether a line begins something new after the lines of `paragraph`."""
    above, height = paragraph[-1], min(line.height, paragraph[-1].height)
    if _MARK.match(line.text):
        return True
    if abs(line.height - above.height) > _SIZE * max(line.height, above.height) + 1:
        return True  # a heading
    step = above.bottom - line.bottom
    if step > max(gap, height) + _GAP * height:
        return True
    if _BROKEN.search(above.text):
        return False
    if line.left - above.left > _INDENT * height and _SENTENCE_END.search(above.text):
        return True
    goes_on = line.text[0].islower() and not _SENTENCE_END.search(above.text)
    return not goes_on and (step < -height or _fits(line, above, page))  # in the next column, or broken on purpose


def _fits(line: Line, above: Line, page: Sequence[Line]) -> bool:
    """Whether the first word of a line had room at the end of the one above: then its writer broke the line on purpose."""
    width = (line.right - line.left) / max(len(line.text), 1)
    word = len(line.text.split(maxsplit=1)[0]) + 1
    column = [other.right for other in page if abs(other.left - above.left) < 3 * above.height]
    # A whole word more, for type whose letters differ in width and for lines set ragged.
    return above.right + (word + 4) * width < max(column)


class _Words:
    """The words of a document, to decide about hyphens at line ends."""

    def __init__(self, pages: Iterable[Sequence[Line]]) -> None:
        lines = (line.text for page in pages for line in page)
        self._seen = Counter(word.casefold() for line in lines for word in _WORD.findall(line.rstrip("-" + _SOFT)))

    def joined(self, lines: Sequence[Line]) -> str:
        """The lines of a paragraph as one."""
        words = lines[0].text
        for line in lines[1:]:
            words = self.together(words, line.text)
        return words

    def together(self, first: str, second: str) -> str:
        """Two lines as one, a word that was cut between them whole again."""
        if not _BROKEN.search(first) or not second[:1].isalpha():
            return f"{first} {second}"
        start, end = _WORD.findall(first.rstrip("-" + _SOFT))[-1], _WORD.findall(second)[0]
        whole, parted = self._seen[(start + end).casefold()], self._seen[f"{start}-{end}".casefold()]
        keeps = parted > whole or (end[0].isupper() and not whole) or ("-" in start and not whole)
        return first[:-1] + ("-" if keeps else "") + second
