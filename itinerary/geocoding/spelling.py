"""Other spellings of a name that no gazetteer has: Hamburgh, Fochabars, Blue Fields.

One letter or space too many, too few, changed or swapped with its neighbour. Only whole names of some length are tried: among
short ones everything is near to something.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import TYPE_CHECKING

from itinerary.names import fold

if TYPE_CHECKING:
    from itinerary.gazetteer import Gazetteer
    from itinerary.model import Match

_SHORTEST, _LONGEST = 6, 30  # letters of a name that is tried
_MOST_NAMES = 300  # unknown names of a text that are tried
_LETTERS = "abcdefghijklmnopqrstuvwxyz"


def respelt(names: Iterable[str], gazetteer: Gazetteer) -> dict[str, tuple[Match, ...]]:
    """For each name the usual (not the alternate) names of places one step away; names without any are left out."""
    keys = [(name, key) for name in names if _SHORTEST <= len(key := fold(name)) <= _LONGEST and key.isascii()][:_MOST_NAMES]
    steps = {name: set(_one_step(key)) for name, key in keys}
    known = gazetteer.known({key for variants in steps.values() for key in variants})
    found = gazetteer.candidates(known, limit=5)
    out: dict[str, tuple[Match, ...]] = {}
    for name, variants in steps.items():
        usual = (match for key in sorted(variants & known) for match in found[key] if match.how != "alternate")
        if options := {match.place.id: match for match in usual}:
            out[name] = tuple(options.values())
    return out


def _one_step(key: str) -> Iterator[str]:
    """Every key that one omission, insertion, change or swap makes of `key`."""
    for i in range(len(key) + 1):
        head, tail = key[:i], key[i:]
        yield from (head + letter + tail for letter in _LETTERS + " ")
        if tail:
            yield head + tail[1:]
            yield from (head + letter + tail[1:] for letter in _LETTERS)
        if len(tail) > 1:
            yield head + tail[1] + tail[0] + tail[2:]
