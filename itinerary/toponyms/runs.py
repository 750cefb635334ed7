"""Capitalised runs of a parse, and the pieces of them that a gazetteer may know.

A run goes on over the small words and hyphens that names hold (Stoke-on-Trent, Rio de Janeiro), so a piece is any stretch of a
run that begins and ends with a word of weight.
"""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

from itinerary.names import fold
from itinerary.toponyms.words import group

if TYPE_CHECKING:
    from spacy.tokens import Doc, Token

_LONGEST_PIECE = 9  # tokens: "Sankt - Georgen - am - Lamm" has seven
_LONGEST_NAME = 60  # characters; no name in a gazetteer is longer and in use
_MOST_CONNECTORS = 3  # between two words of weight: "- on -", "de la"


@dataclass(frozen=True, slots=True)
class Piece:
    """Tokens start to end (not included) of a parse, what is written there, and its look-up key."""

    start: int
    end: int
    text: str
    key: str


def is_weighty(token: Token) -> bool:
    """Whether a token can begin a name: a capital letter in front, or behind an apostrophe as in `Akká."""
    text = token.text
    return text[0].isupper() or (len(text) > 2 and not text[0].isalnum() and text[1].isupper()) or _is_uncased(text)


def _is_uncased(text: str) -> bool:
    """Letters of scripts that know no capitals."""
    return text.isalpha() and not text[0].islower() and text.lower() == text.upper()


def _is_inner(token: Token) -> bool:
    """Whether a name can end here though it could not begin: d'Alene, al-Hasakah's parts, Primorsky-1."""
    text = token.text
    return (text[0] in "dl'" and "'" in text[:2] and len(text) > 3) or (
        text.isdigit() and token.i > 0 and token.nbor(-1).text == "-"
    )


def _connects(token: Token) -> bool:
    return token.lower_ in group("connector") or (token.is_space and "\n" not in token.text)


def runs(parse: Doc) -> Iterator[list[int]]:
    """Token indices of each run, connectors included, never across a sentence."""
    run: list[int] = []
    waiting: list[int] = []
    for token in parse:
        if token.is_sent_start and run:
            yield run
            run, waiting = [], []
        if is_weighty(token) or (run and _is_inner(token)):
            run += [*waiting, token.i] if run else [token.i]
            waiting = []
        elif run and _connects(token) and len(waiting) < _MOST_CONNECTORS:
            waiting.append(token.i)
        elif run:
            yield run
            run, waiting = [], []
    if run:
        yield run


def pieces(parse: Doc, run: Sequence[int]) -> Iterator[Piece]:
    """Every stretch of a run that may be a name, with its key; longest first from each start."""
    weighty = [i for i in run if is_weighty(parse[i])]
    ends = [i for i in run if is_weighty(parse[i]) or _is_inner(parse[i])]
    for start in weighty:
        for end in reversed(ends[bisect_left(ends, start) : bisect_left(ends, start + _LONGEST_PIECE)]):
            text = parse[start : end + 1].text
            if len(text) <= _LONGEST_NAME and (key := fold(text)):
                yield Piece(start, end + 1, text, key)


def longest(known: Iterable[Piece]) -> list[Piece]:
    """The known pieces of a run that don't overlap, the longest (then the first) taken first; in text order."""
    taken: list[Piece] = []
    tokens: set[int] = set()
    for piece in sorted(known, key=lambda p: (p.start - p.end, p.start)):
        if tokens.isdisjoint(range(piece.start, piece.end)):
            taken.append(piece)
            tokens.update(range(piece.start, piece.end))
    return sorted(taken, key=lambda p: p.start)
