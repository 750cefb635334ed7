"""Places to choose from: found in the gazetteer by what the user types, or set on the map by hand."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Protocol

from itinerary.errors import InputError
from itinerary.model import Coordinate, Kind, Match, Place
from itinerary.names import fold
from itinerary.wording import country_name

_POINT = re.compile(r"\s*([+-]?\d{1,3}(?:\.\d{1,15})?)\s*°?\s*([NS]?)\s*[,;\s]\s*([+-]?\d{1,3}(?:\.\d{1,15})?)\s*°?\s*([EW]?)\s*")
_DIGITS = 5  # of a coordinate set by hand: about a metre
_LONGEST = 200  # characters of a search; no place is called more
_WIDE = 200  # places looked at before those that a second name ("…, Texas") leaves out
# Kinds whose value is no word that readers know.
_KINDS = {Kind.ADMIN1: "state or province", Kind.ADMIN2: "county or district"}


class Names(Protocol):
    """What a search needs of a gazetteer."""

    def candidates(self, names: Iterable[str], *, limit: int = ...) -> dict[str, tuple[Match, ...]]:
        """The places of each name, best first."""

    def search(self, prefix: str, limit: int = ...) -> tuple[Match, ...]:
        """The places whose names begin so, best first."""


@dataclass(frozen=True, slots=True)
class Found:
    """A place to choose, and what tells it from its namesakes: "Paris, Texas, United States · city · 24,839 inhabitants"."""

    place: Place
    label: str


def search(gazetteer: Names, text: str, limit: int = 10) -> tuple[Found, ...]:
    """The places that `text` may mean, the best known first: the whole name before names that begin so.

    What follows a comma ("Paris, Texas") narrows to a country, state or county; a pair of degrees ("48.85, 2.35" or
    "48.85 N, 2.35 E") gives that point. () for what names nothing.
    """
    point = _point(text[:_LONGEST])
    if point is not None:
        return (found(point),)
    name, *around = [part.strip() for part in text[:_LONGEST].split(",")]
    if not name:
        return ()
    within = [part for part in around if fold(part)]
    wide = _WIDE if within else limit
    matches = (*gazetteer.candidates([name], limit=wide)[name], *gazetteer.search(name, wide))
    places = {match.place.id: match.place for match in reversed(matches) if _lies_in(match.place, within)}
    ordered = dict.fromkeys(match.place.id for match in matches)
    return tuple(found(places[id]) for id in ordered if id in places)[:limit]


def found(place: Place) -> Found:
    """The place with the words that tell it from others of its name."""
    names = dict.fromkeys(filter(None, (place.name, place.admin2, place.admin1, country_name(place.country))))
    people = f" · {place.population:,} inhabitants" if place.population else ""
    return Found(place, f"{', '.join(names)} · {_KINDS.get(place.kind, place.kind.value)}{people}")


def hand_place(latitude: float, longitude: float, name: str | None = None) -> Place:
    """A place set by hand: a point of no known country. Its id is "hand:latitude,longitude". Raises InputError off the globe.

    >>> hand_place(48.85, 2.35).name
    '48.85° N, 2.35° E'
    """
    try:
        point = Coordinate(round(float(latitude), _DIGITS), round(float(longitude), _DIGITS))
    except (TypeError, ValueError) as error:
        raise InputError(f"That is no place on Earth: {error}.") from error
    sides = ("N" if point.latitude >= 0 else "S", "E" if point.longitude >= 0 else "W")
    written = f"{abs(point.latitude):g}° {sides[0]}, {abs(point.longitude):g}° {sides[1]}"
    return Place(f"hand:{point.latitude},{point.longitude}", (name or "").strip() or written, point, Kind.LANDMARK)


def _point(text: str) -> Place | None:
    """The place of a pair of degrees; None for other text, and for degrees that are not on Earth."""
    pair = _POINT.fullmatch(text)
    if pair is None:
        return None
    latitude = float(pair[1]) * (-1 if pair[2] == "S" else 1)
    longitude = float(pair[3]) * (-1 if pair[4] == "W" else 1)
    return hand_place(latitude, longitude) if abs(latitude) <= 90 and abs(longitude) <= 180 else None


def _lies_in(place: Place, within: list[str]) -> bool:
    """Whether each of the names is, or begins, the name or code of a container; half a word is not spelled out in folding."""
    containers = [name for name in (place.admin1, place.admin2, country_name(place.country), place.country) if name]
    return all(
        any(name.casefold().startswith(part.casefold()) or fold(name).startswith(fold(part)) for name in containers)
        for part in within
    )
