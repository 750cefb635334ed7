"""The places of a text that need no judge, and how well a doubtful name fits in with them.

A name that the recogniser labels as a place and that the gazetteer knows in full is firm. "Split" is a town in a text full of
Croatian towns.
"""

from __future__ import annotations

import math
from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np
from numpy.typing import NDArray

from itinerary.model import Kind

if TYPE_CHECKING:
    from itinerary.model import Match, Place

_MOST_FIRM = 300  # names that count; the commonest of a long text
_MOST_OPTIONS = 8  # candidates of the doubtful name that are tried
_FADE_KM = 120.0  # nearness falls to 1/e
_EARTH_KM = 6371.0
_AREAS = frozenset((Kind.COUNTRY, Kind.CONTINENT, Kind.OCEAN, Kind.ADMIN1, Kind.SEA))

Vector = tuple[float, float, float]


@dataclass(frozen=True, slots=True)
class Firm:
    """Names of firm places with points on the unit sphere, and how many lie in each country."""

    names: tuple[str, ...]
    points: NDArray[np.float64]  # a row for each name
    countries: Counter[str]

    @classmethod
    def of(cls, places: Iterable[tuple[str, Place]]) -> Firm:
        """From names with the best known place of each; a name given twice counts once but sooner."""
        given = list(places)
        counted, best = Counter(name for name, _ in given), dict(given)
        names = [name for name, _ in counted.most_common(_MOST_FIRM)]
        countries = Counter(best[name].country or "" for name in names)
        local = [name for name in names if best[name].kind not in _AREAS]
        return cls(tuple(local), np.array([_unit(best[name]) for name in local]).reshape(-1, 3), countries)

    def fit(self, name: str, options: Sequence[Match]) -> tuple[float, float]:
        """Nearness (0..1) of the nearest option to a firm place of another name, and the share of those in the same country."""
        others = np.array([n != name for n in self.names], dtype=bool)
        tried = [match.place for match in options[:_MOST_OPTIONS]]
        total = sum(self.countries.values())
        country = max((self.countries[p.country or ""] for p in tried if p.country), default=0) / total if total else 0.0
        if not others.any():
            return 0.0, country
        a, b, c = self.points[others].T
        cosine = max((float((x * a + y * b + z * c).max()) for x, y, z in map(_unit, tried)), default=-1.0)
        return math.exp(-_EARTH_KM * math.acos(max(-1.0, min(1.0, cosine))) / _FADE_KM), country


def _unit(place: Place) -> Vector:
    lat, lon = math.radians(place.coordinate.latitude), math.radians(place.coordinate.longitude)
    return (math.cos(lat) * math.cos(lon), math.cos(lat) * math.sin(lon), math.sin(lat))
