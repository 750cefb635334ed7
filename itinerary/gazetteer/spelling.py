"""Other spellings of a name that no gazetteer has: Hamburgh, Fochabars, Blue Fields, Moorshedabad.

One letter or space too many, too few, changed or swapped with its neighbour; or sounds written as earlier centuries and other
tongues wrote them. Only whole names of some length are tried: among short ones everything is near to something.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import replace
from typing import TYPE_CHECKING

from itinerary.names import fold

if TYPE_CHECKING:
    from itinerary.gazetteer.lookup import Gazetteer
    from itinerary.model import Match

_SHORTEST, _LONGEST = 6, 30  # letters of a name that is tried
_MOST_NAMES = 300  # unknown names of a text that are tried
_LETTERS = "abcdefghijklmnopqrstuvwxyz"
# What English travellers wrote for a sound, and what maps write today; changes of one letter are tried anyway.
_SOUNDS = (
    ("burgh", "burg"), ("oo", "u"), ("ou", "u"), ("ee", "i"), ("ei", "i"), ("aw", "a"), ("dt", "t"), ("th", "t"), ("ck", "k"),
    ("sh", "sch"), ("tch", "ch"), ("kh", "k"), ("k", "kh"), ("dj", "j"), ("ff", "v"), ("ph", "f"), ("que", "k"), ("wa", "ua"),
)  # fmt: skip


def respelt(names: Iterable[str], gazetteer: Gazetteer) -> dict[str, tuple[Match, ...]]:
    """For each name the usual (not the alternate) names of places one step away, best first; those without any are left out."""
    keys = [(name, key) for name in names if _SHORTEST <= len(key := fold(name)) <= _LONGEST and key.isascii()][:_MOST_NAMES]
    steps = {name: {*_one_step(key), *_other_sounds(key)} - {key} for name, key in keys}
    known = gazetteer.known({key for variants in steps.values() for key in variants})
    found = gazetteer.candidates(known, limit=5)
    out: dict[str, tuple[Match, ...]] = {}
    for name, variants in steps.items():
        usual = (match for key in sorted(variants & known) for match in found[key] if match.how != "alternate")
        if options := {match.place.id: replace(match, how="spelling") for match in usual}:
            out[name] = tuple(sorted(options.values(), key=lambda match: (-match.place.population, match.place.id)))
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


def _other_sounds(key: str) -> Iterator[str]:
    """`key` with one or two of the old ways to write a sound replaced wherever they stand."""
    once = {key.replace(old, new) for old, new in _SOUNDS if old in key}
    yield from once
    for respelling in once:
        yield from (respelling.replace(old, new) for old, new in _SOUNDS if old in respelling)
