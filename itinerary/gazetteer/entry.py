"""One place on its way into the gazetteer, and what is guessed about it: prior and radius."""

from __future__ import annotations

import math
from collections.abc import Iterable
from dataclasses import dataclass, field

from itinerary.gazetteer.store import ALTERNATE, NAME
from itinerary.model import Kind
from itinerary.names import fold

# Inhabitants per km² of a built-up area, between Paris (20,000) and Houston (1,400).
_CITY_DENSITY = 3000.0
# How well known a place is, in powers of ten of inhabitants: what its kind adds to its own inhabitants,
_KIND_PRIOR: dict[Kind, float] = {
    Kind.CITY: 0.0, Kind.DISTRICT: -0.5, Kind.COUNTRY: 2.0, Kind.ADMIN1: -0.7, Kind.ADMIN2: -1.6,
}  # fmt: skip
# what its kind adds to the power of ten of its radius (km): a land 400 km wide is as well known as a city of a million,
_EXTENT_PRIOR: dict[Kind, float] = {
    Kind.OCEAN: 4.7, Kind.SEA: 4.5, Kind.REGION: 3.3, Kind.HISTORICAL: 3.0, Kind.STRAIT: 3.6, Kind.BAY: 3.5, Kind.DESERT: 3.3,
    Kind.RANGE: 3.3, Kind.RIVER: 2.6, Kind.LAKE: 3.2, Kind.ARCHIPELAGO: 3.2, Kind.ISLAND: 3.1, Kind.PENINSULA: 3.2,
}  # fmt: skip
# or its kind alone.
_FIXED_PRIOR: dict[Kind, float] = {Kind.CONTINENT: 9.5, Kind.CANAL: 5.0, Kind.MOUNTAIN: 4.8, Kind.AIRPORT: 4.0, Kind.RUIN: 4.5}
_OTHER_PRIOR = 4.6
# A settlement of our lists is there because texts name it, whatever its size: as if 2,000 people lived there.
_CURATED_PRIOR = 3.3
CAPITAL_BONUS = 1.0


@dataclass(slots=True)
class Entry:
    """A place being gathered: the fields of a Place, plus `names` (look-up key -> how it names the place).

    `admin1` and `admin2` are ids here; they become names when written.
    """

    id: str
    name: str
    lat: float
    lon: float
    kind: Kind
    country: str | None = None
    admin1: str | None = None
    admin2: str | None = None
    population: int = 0
    radius: float = 0.0
    capital: bool = False
    names: dict[str, int] = field(default_factory=dict)
    short: set[str] = field(default_factory=set)  # abbreviations as written: "D.C."
    demonyms: set[str] = field(default_factory=set)  # adjectives and inhabitants: "Georgians"
    within: tuple[str, ...] = ()  # containers before the subdivisions: a station's city
    beyond: tuple[str, ...] = ()  # containers after them: regions, the continent
    curated: bool = False  # stands in our own lists

    def add(self, names: Iterable[str], how: int) -> None:
        """Remember `names`; the strongest of several ways to match stays."""
        for name in names:
            key = fold(name)
            if key and how < self.names.get(key, ALTERNATE + 1):
                self.names[key] = how

    def named(self, *names: str) -> Entry:
        """The same entry with official names added."""
        self.add(names, NAME)
        return self

    @property
    def prior(self) -> float:
        """How likely the place is meant when nothing else is known, in powers of ten of inhabitants."""
        if self.kind in _KIND_PRIOR:
            bonus = CAPITAL_BONUS if self.capital else 0.0
            guess = math.log10(self.population + 100) + _KIND_PRIOR[self.kind] + bonus
            return max(guess, _CURATED_PRIOR) if self.curated else guess
        if self.kind is Kind.REGION and not self.curated:
            return math.log10(self.population + 300) - 0.5  # GeoNames has regions of every size under common words
        if self.kind in _EXTENT_PRIOR:
            return _EXTENT_PRIOR[self.kind] + math.log10(self.radius + 1)
        return _FIXED_PRIOR.get(self.kind, _OTHER_PRIOR)


def city_radius(population: int) -> float:
    """Kilometres from the centre to the edge of a built-up area with that many inhabitants, at least 1."""
    return max(1.0, math.sqrt(population / _CITY_DENSITY / math.pi))


def spread(centre: tuple[float, float], points: list[tuple[float, float]]) -> float:
    """Radius (km) around `centre` that holds 99 of 100 `points`; 0 without points. A flat map is good enough here."""
    squares = sorted(_square_km(centre, p) for p in points)
    return math.sqrt(squares[min(len(squares) - 1, int(len(squares) * 0.99))]) if squares else 0.0


def near_km(a: tuple[float, float], b: tuple[float, float]) -> float:
    """Approximate kilometres between two (latitude, longitude) pairs; good to a few per cent up to 1,000 km."""
    return math.sqrt(_square_km(a, b))


def _square_km(a: tuple[float, float], b: tuple[float, float]) -> float:
    east = (b[1] - a[1] + 180) % 360 - 180
    return ((b[0] - a[0]) * 111.2) ** 2 + (east * 111.2 * math.cos(math.radians((a[0] + b[0]) / 2))) ** 2
