"""What the text proves of an answer: a stop whose quote or name does not stand in it is none."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import islice

from itinerary.model import Span
from itinerary.second_reader.answer import Told
from itinerary.second_reader.searching import Searchable

# Where a model adds to the name what the text does not have: "Paris, France", "Siam (Thailand)".
_ADDED = re.compile(r"\s*[,(\[].*$")
_ARTICLE = re.compile(r"^the\s+", re.IGNORECASE)
_ELIDED = re.compile(r"\s*(?:\[\s*)?(?:\.{3,}|…)(?:\s*\])?\s*")
_FEWEST_WORDS = 2  # of each piece of a quote with something left out
_FEWEST_WITHOUT_NAME = 4  # of a quote that does not hold the name: fewer say nothing
_MOST_PLACES = 50  # where one quote may stand
_FARTHEST = 600  # characters between the first and the last piece of such a quote


@dataclass(frozen=True, slots=True)
class Proven:
    """A stop with the places in the text that prove it."""

    told: Told
    name: Span
    quote: Span


@dataclass(frozen=True, slots=True)
class Dropped:
    """A stop left out, and why in a few words."""

    told: Told
    why: str


def proved(text: Searchable, stops: Sequence[Told]) -> tuple[tuple[Proven, ...], tuple[Dropped, ...]]:
    """The stops with proof, in the order told, each once, and those left out."""
    kept: dict[tuple[Span, Span, str | None, str | None], Proven] = {}
    dropped: list[Dropped] = []
    for told in stops:
        found = _proof(text, told, {one.name for one in kept.values()})
        if isinstance(found, Dropped):
            dropped.append(found)
            continue
        key = (found.name, found.quote, told.arrive, told.depart)  # "there and back" is one mention, at two times
        if key in kept:
            dropped.append(Dropped(told, "it is told twice"))
        kept.setdefault(key, found)
    return tuple(kept.values()), tuple(dropped)


def _proof(text: Searchable, told: Told, used: set[Span]) -> Proven | Dropped:
    quotes = list(islice(_quotes(text, told.quote), _MOST_PLACES))
    if not quotes:
        return Dropped(told, "its quote is not in the text")
    found = [(name, quote) for quote in quotes for name in [_name_in(text, told.name, quote)] if name]
    if not found:
        enough = len(told.quote.split()) >= _FEWEST_WITHOUT_NAME
        elsewhere = _elsewhere(text, told.name, quotes[0]) if enough else None
        if elsewhere is None:
            return Dropped(told, "the text does not name it")
        found = [(elsewhere, quotes[0])]
    name, quote = next((pair for pair in found if pair[0] not in used), found[0])
    return Proven(told, name, quote)


def _quotes(text: Searchable, quote: str) -> Iterator[Span]:
    """Where a quote stands; one with something left out, where all its pieces follow each other closely."""
    whole = list(text.all(quote))
    pieces = [piece for piece in _ELIDED.split(quote) if len(piece.split()) >= _FEWEST_WORDS]
    if whole or len(pieces) < 2:
        yield from whole
        return
    for first in text.all(pieces[0]):
        last: Span | None = first
        for piece in pieces[1:]:
            reach = Span(last.end, first.end + _FARTHEST) if last else None
            last = next(text.all(piece, within=reach), None) if reach else None
        if last:
            yield Span(first.start, last.end)


def _name_in(text: Searchable, name: str, quote: Span) -> Span | None:
    """The name inside its quote, with its own capitals and accents if it stands so."""
    for written in _forms(name):
        for exact in (True, False):
            if found := next(text.all(written, exact=exact, within=quote), None):
                return found
    return None


def _elsewhere(text: Searchable, name: str, quote: Span) -> Span | None:
    """The name before or after its quote, which says only "there" or "the town"; with its own capitals."""
    return next((found for written in _forms(name) if (found := text.nearest(written, quote, exact=True))), None)


def _forms(name: str) -> list[str]:
    """The name, and without what may have been added to it."""
    return list(dict.fromkeys(filter(None, (name, _ADDED.sub("", name), _ARTICLE.sub("", name)))))
