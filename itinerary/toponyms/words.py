"""Words that stand inside or beside the names of places, read from the lists in `data/lexicons`."""

from __future__ import annotations

import csv
from functools import cache
from pathlib import Path

_LEXICONS = Path(__file__).parents[2] / "data" / "lexicons"


@cache
def group(name: str) -> frozenset[str]:
    """The words of a group of `name_words.csv`, in small letters without full stops.

    connector: stand inside names (Rio de Janeiro, Stoke-on-Trent); leading: a name goes on to the right (Lake Baikal); road:
    streets and lines; title: a person follows; body: with the place's name in front the name of people or of a work
    ("Edmonton Police"); direction: "northern"; speech: verbs of people; motion: verbs of being and going somewhere.
    """
    with (_LEXICONS / "name_words.csv").open(encoding="utf-8", newline="") as lines:
        return frozenset(row["word"] for row in csv.DictReader(lines) if row["group"] == name)


@cache
def heads() -> dict[str, tuple[str, ...]]:
    """Generic words for places with the kinds (names of `Kind` in small letters) they stand for: river -> ("river",)."""
    with (_LEXICONS / "place_heads.csv").open(encoding="utf-8", newline="") as lines:
        return {row["word"]: tuple(row["kinds"].split(" ")) for row in csv.DictReader(lines)}


def plain(word: str) -> str:
    """The form in which the lists hold a word: small letters, no full stop."""
    return word.lower().strip(".")
