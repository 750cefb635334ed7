"""Names longer than what the gazetteer knows: generic words beside a name belong to it, and roads are names of their own."""

from __future__ import annotations

from typing import TYPE_CHECKING

from itinerary.toponyms.runs import Piece, is_weighty
from itinerary.toponyms.words import group, heads, plain

if TYPE_CHECKING:
    from spacy.tokens import Doc, Token

# Heads that say what a place is without being a part of its name when written small: "Punjab province", "the Kursk region".
_DESCRIBING = frozenset(("admin1", "admin2", "city", "region", "historical", "country", "district", "port", "border"))


def road(parse: Doc, piece: Piece) -> tuple[int, int] | None:
    """Start and end of the road whose name the piece is or begins: "Memphis St.", "North Cooper Street"."""
    if end := _road_end(parse, piece.end):
        return capitals_before(parse, piece.start), end
    return (piece.start, piece.end) if is_road(parse[piece.end - 1]) and piece.end - piece.start > 1 else None


def headed(parse: Doc, piece: Piece, telling: set[int]) -> tuple[int, int]:
    """Start and end of the piece with what belongs to it: "Laurel | County", "Lake | Ullswater", "Artyom | -Primorsky-1"."""
    return _start_with_head(parse, piece.start), _end_with_head(parse, _past_hyphens(parse, piece.end, telling))


def _past_hyphens(parse: Doc, end: int, telling: set[int]) -> int:
    """Past hyphens and the capitalised words or numbers behind them; "Russia-Turkey" are two names, each telling by itself."""
    while end + 1 < len(parse) and parse[end].text == "-" and not parse[end - 1].whitespace_ and not parse[end].whitespace_:
        following = parse[end + 1]
        if end + 1 in telling or not (is_weighty(following) or following.text[0].isdigit()):
            break
        end += 2
    return end


def is_road(token: Token) -> bool:
    """Whether a name that ends with this word names a street or a line."""
    return plain(token.text) in group("road")


def _road_end(parse: Doc, end: int) -> int | None:
    """The end of a road's name that goes on at token `end`: "Memphis | St.", "Old | Mill Road"."""
    for i in range(end, min(end + 3, len(parse))):
        if not is_weighty(parse[i]) or parse[i].is_sent_start:
            return None
        if is_road(parse[i]):
            return i + 1
    return None


def capitals_before(parse: Doc, start: int) -> int:
    """The first of the names written directly before token `start`, or `start`."""
    while (
        start > 0 and parse[start - 1].text[0].isupper() and parse[start - 1].pos_ == "PROPN" and not parse[start].is_sent_start
    ):
        start -= 1
    return start


def _start_with_head(parse: Doc, start: int) -> int:
    if start >= 1 and _leads(parse[start - 1]):
        return start - 1
    return start - 2 if start >= 2 and parse[start - 1].lower_ == "of" and _leads(parse[start - 2]) else start


def _leads(token: Token) -> bool:
    return token.text[0].isupper() and plain(token.text) in group("leading")


def _end_with_head(parse: Doc, end: int) -> int:
    """Past capitalised words up to a head: "Edmonton | International Airport"; past one small head: "Gobi | desert"."""
    for i in range(end, min(end + 3, len(parse))):
        token = parse[i]
        if token.is_sent_start:
            break
        kinds = heads().get(plain(token.text))
        if kinds and (is_weighty(token) or (i == end and not _DESCRIBING.intersection(kinds))):
            return i + 1
        if not is_weighty(token):
            break
    return end


def is_generic(name: str) -> bool:
    """Whether a name is nothing but directions and generic words: the "Far North" of Queensland, a "Court" or "Point"."""
    words = [plain(word) for word in name.split()]
    return all(w in group("direction") or w in heads() or w in group("body") or w in group("road") for w in words)
