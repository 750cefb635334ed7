"""Generic words in and beside a name say what kind of place it is: Lake Geneva, Kursk region, the port of Piraeus."""

from __future__ import annotations

import csv
import re
from collections.abc import Iterator, Sequence
from functools import cache
from pathlib import Path

from itinerary.model import Document, Kind, Toponym

_HEADS = Path(__file__).parents[2] / "data" / "lexicons" / "place_heads.csv"
_WORD = re.compile(r"[^\W\d_]+")
_OF_BEFORE = re.compile(r"([^\W\d_]+) of (?:the )?$")
_LOCATIVE = re.compile(r"\b(?:at|to|from|via|near|reach(?:ed|ing)?|left|leaving|towards?|for)\s+$", re.IGNORECASE)
_BEHIND = re.compile(r"^ ([^\W\d_]+)")
_DIRECTION = re.compile(
    r"(?:north|south|east|west|central|upper|lower|inner|outer|mid|far|greater|old|new)+(?:ern)?", re.IGNORECASE
)
_REACH = 30  # characters looked at on either side


@cache
def _kinds() -> dict[str, frozenset[Kind]]:
    with _HEADS.open(encoding="utf-8", newline="") as lines:
        rows = csv.DictReader(lines)
        return {row["word"]: frozenset(Kind[kind.upper()] for kind in row["kinds"].split(" ")) for row in rows}


def hinted_kinds(document: Document, toponyms: Sequence[Toponym]) -> frozenset[Kind]:
    """The kinds that words in or beside any of the mentions of a name point to; empty when none does."""
    return frozenset(kind for t in toponyms[:20] for word in _heads(document.text, t) for kind in _kinds().get(word, ()))


def _heads(text: str, toponym: Toponym) -> Iterator[str]:
    words = _WORD.findall(toponym.surface.lower())
    if len(words) > 1:
        yield from (words[0], words[-1])
    start, end = toponym.span.start, toponym.span.end
    if before := _OF_BEFORE.search(text[max(0, start - _REACH) : start]):
        yield before[1].lower()
    if (behind := _BEHIND.match(text[end : end + _REACH])) and behind[1] != "in":
        yield behind[1].lower()


def located(document: Document, toponyms: Sequence[Toponym]) -> float:
    """Share (0..1) of the mentions with a word right in front that somebody at or on the way to a town would use."""
    seen = toponyms[:20]
    return sum(bool(_LOCATIVE.search(document.text[max(0, t.span.start - _REACH) : t.span.start])) for t in seen) / len(seen)


def leftover(surface: str, matched: str) -> str:
    """What a name has beyond the part that was found.

    "direction" for "northern Iraq", "Direction" for "East London", "head water" for "Lake Ullswater" ("head landmark" for
    "Piraeus station"; see `Kind.level`), "number" for "Primorsky-1",
    "name" for anything that might make it another place ("Buena Esperanza"), "small" for words in small letters.
    """
    known = {word.lower() for word in _WORD.findall(matched)}
    words = [word for word in _WORD.findall(surface) if word.lower() not in known]
    if not words:
        return "number"
    if all(_DIRECTION.fullmatch(word) for word in words):
        return "direction" if all(word.islower() for word in words) else "Direction"
    heads = [word.lower() for word in words if word.lower() in _kinds()]
    if heads and all(word.lower() in _kinds() or word.lower() in ("of", "the") for word in words):
        return f"head {min(kind.level for kind in _kinds()[heads[-1]])}"
    return "small" if all(word.islower() for word in words) else "name"
