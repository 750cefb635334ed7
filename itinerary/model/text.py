"""The text: its pieces, and the text with its parse."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from itinerary.model.checks import require

if TYPE_CHECKING:
    from spacy.tokens import Doc
    from spacy.tokens import Span as Tokens


@dataclass(frozen=True, slots=True, order=True)
class Span:
    """A piece of the text: characters start to end, end not included."""

    start: int
    end: int

    def __post_init__(self) -> None:
        require(0 <= self.start < self.end, f"a span needs 0 <= start < end, not {self.start}..{self.end}")

    def of(self, text: str) -> str:
        """The characters of `text` that the span covers."""
        return text[self.start : self.end]

    def overlaps(self, other: Span) -> bool:
        """Whether the two share a character."""
        return self.start < other.end and other.start < self.end

    def covers(self, other: Span) -> bool:
        """Whether every character of `other` lies in this span."""
        return self.start <= other.start and other.end <= self.end


@dataclass(frozen=True, slots=True)
class Document:
    """A text as given, with its parse: `blocks` are paragraphs, headings, list items and table rows in order.

    `title` and `dateline` are the spans of the headline and of an opening "ROME, June 3 —", or None.
    """

    text: str
    parse: Doc
    blocks: tuple[Span, ...]
    title: Span | None = None
    dateline: Span | None = None

    def tokens(self, span: Span) -> Tokens:
        """The tokens that share a character with `span`."""
        found = self.parse.char_span(span.start, span.end, alignment_mode="expand")
        require(found is not None, f"{span} lies outside a text of {len(self.text)} characters")
        return found  # type: ignore[return-value]  # require has seen to None

    def sentence_at(self, offset: int) -> Span:
        """The sentence that holds the character at `offset`."""
        sentence = self.tokens(Span(offset, offset + 1))[0].sent
        return Span(sentence.start_char, max(sentence.end_char, sentence.start_char + 1))
