"""Pieces of a formatted text, laid out as plain text in which headings, list items and table rows are still told apart."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from enum import Enum, auto

_BLANKS = re.compile(r"[^\S\n]+")
_LINE_ENDS = re.compile(r" ?\n[ \n]*")
_UNSEEN = re.compile("[\0\u00ad\u200b\u2060\ufeff]")  # among them the places where a browser may cut a word
_CELL = " | "  # between the cells of a row; what the headings of days and the pieces of a text know


class Form(Enum):
    """What a piece is in its text."""

    HEADING = auto()
    PARAGRAPH = auto()
    ITEM = auto()
    ROW = auto()


# Pieces that follow each other on neighbouring lines, without an empty one between them.
_CLOSE = {Form.ITEM, Form.ROW}


@dataclass(frozen=True, slots=True)
class Piece:
    """A heading, paragraph, list item or table row; a line end inside it is one that its writer made."""

    form: Form
    text: str


def row(cells: Iterable[str]) -> Piece:
    """A table row; empty cells at its ends are left out."""
    return Piece(Form.ROW, _CELL.join(" ".join(cell.split()) for cell in cells).strip(" |"))


def item(text: str, number: int | None = None) -> Piece:
    """A list item with its mark."""
    return Piece(Form.ITEM, f"{'-' if number is None else f'{number}.'} {tidy(text)}" if tidy(text) else "")


def tidy(text: str) -> str:
    """The text with each run of blanks as one blank, of line ends as one line end, and without what is there but not seen."""
    return _LINE_ENDS.sub("\n", _BLANKS.sub(" ", _UNSEEN.sub("", text))).strip()


def laid_out(pieces: Sequence[Piece], headline: str | None = None) -> str:
    """The pieces as plain text, under a headline unless the first of them says the same."""
    kept = [Piece(piece.form, words) for piece in pieces if (words := tidy(piece.text))]
    if headline and not (kept and _is_headline(kept[0].text, headline)):
        kept.insert(0, Piece(Form.HEADING, tidy(headline)))
    lines: list[str] = []
    for before, piece in zip([None, *kept], kept, strict=False):
        close = before is not None and before.form is piece.form and piece.form in _CLOSE
        lines.append(piece.text if close or before is None else f"\n{piece.text}")
    return "\n".join(lines)


def _is_headline(text: str, headline: str) -> bool:
    return " ".join(text.split()).casefold() == " ".join(headline.split()).casefold()
