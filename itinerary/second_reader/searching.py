"""Words looked for in the text: white space, typographic signs, accents and, for quotes, capitals make no difference."""

from __future__ import annotations

import re
import unicodedata
from array import array
from bisect import bisect_left
from collections.abc import Iterator
from dataclasses import dataclass

from itinerary.model import Span

_SIGNS = {**dict.fromkeys("’‘ʼ‛′`´", "'"), **dict.fromkeys("“”„‟«»″", '"'), **dict.fromkeys("‐‑‒–—―−", "-"), "…": "..."}
_UNSEEN = frozenset("\u00ad\u200b\u200c\u200d\u2060\ufeff")
_ODD = re.escape("".join([*_SIGNS, *_UNSEEN])) + "\u0300-\u036f"  # the last are accents that stand behind their letters
_PIECES = re.compile(rf"\s+|[{_ODD}]|[^\s{_ODD}]+")
# What a writer puts around or at the end of words that he quotes.
_AROUND = " \t\r\n\"'.,;:!?-*_[]"


@dataclass(frozen=True, slots=True)
class Searchable:
    """A text with its signs made plain; `bare` has neither capitals nor accents. `offsets` lead back into the text."""

    plain: str
    bare: str
    offsets: array[int]

    @classmethod
    def of(cls, text: str) -> Searchable:
        """The text made ready."""
        plain, offsets = _plain(text)
        return cls(plain, _bare(plain), offsets)

    def all(self, words: str, *, exact: bool = False, within: Span | None = None) -> Iterator[Span]:
        """Where whole words stand, in text order; `exact`: with the same capitals and accents. Nothing for no words."""
        wanted, held = (_plain(words)[0], self.plain) if exact else (_bare(_plain(words)[0]), self.bare)
        wanted = wanted.strip(_AROUND)
        low = bisect_left(self.offsets, within.start) if within else 0
        high = bisect_left(self.offsets, within.end) if within else len(held)
        at = held.find(wanted, low, high) if wanted else -1
        while at >= 0:
            end = at + len(wanted)
            if _edge(held, at) and _edge(held, end):
                yield Span(self.offsets[at], self.offsets[end - 1] + 1)
            at = held.find(wanted, at + 1, high)

    def nearest(self, words: str, near: Span, *, exact: bool = False) -> Span | None:
        """The occurrence inside `near`, else the last before it, else the first after it; None when there is none."""
        found = list(self.all(words, exact=exact))
        inside = [span for span in found if near.covers(span)]
        before = [span for span in found if span.end <= near.end]
        return inside[0] if inside else before[-1] if before else next(iter(found), None)


def _edge(held: str, at: int) -> bool:
    """Whether neither a word nor a number runs on over this place: "June 3" stands in "June 3d"."""
    if at in (0, len(held)):
        return True
    a, b = held[at - 1], held[at]
    return not (a.isalnum() and b.isalnum()) or a.isdigit() is not b.isdigit()


def _plain(text: str) -> tuple[str, array[int]]:
    pieces: list[str] = []
    offsets = array("L")
    for found in _PIECES.finditer(text):
        start, piece = found.start(), found.group()
        if piece[0].isspace():
            pieces.append(" ")
            offsets.append(start)
        elif piece in _UNSEEN or unicodedata.combining(piece[0]):
            continue
        elif piece in _SIGNS:
            pieces.append(_SIGNS[piece])
            offsets.extend([start] * len(_SIGNS[piece]))
        else:
            pieces.append(piece)
            offsets.extend(range(start, start + len(piece)))
    return "".join(pieces), offsets


def _bare(plain: str) -> str:
    """Small letters without accents, as many as there were."""
    if plain.isascii():
        return plain.lower()
    return plain.translate({ord(c): _base(c) for c in set(plain)})


def _base(letter: str) -> str:
    small = "".join(c for c in unicodedata.normalize("NFKD", letter) if not unicodedata.combining(c)).lower()
    return small if len(small) == 1 else letter
