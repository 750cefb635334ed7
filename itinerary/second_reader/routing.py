"""The places of a journey chosen together: of namesakes those that make the way short, as far as they are likely at all."""

from __future__ import annotations

import math
from collections.abc import Sequence

from itinerary.model import Kind, Place
from itinerary.second_reader.hints import Option

# What a factor in likelihood weighs against a factor in distance; set on annotated journeys, read without fault.
_LIKELIHOOD = 0.5
_NEAR_KM = 50.0  # below this a way is short, whatever it is
# What a province costs that has a town of its name in it: travellers stop in towns.
_AREA_OF_TOWN = 1.5
_PROVINCES = frozenset({Kind.ADMIN1, Kind.ADMIN2, Kind.REGION})


def route(stops: Sequence[Sequence[Option]]) -> list[Option | None]:
    """For each stop the option taken, None where there is none; the cheapest way through all of them (Viterbi)."""
    layers = [(i, options) for i, options in enumerate(stops) if options]
    best: list[list[tuple[float, int]]] = []
    for n, (_, options) in enumerate(layers):
        before = layers[n - 1][1] if n else ()
        best.append([_cheapest(option, _own(option, options), before, best[n - 1] if n else []) for option in options])
    found: list[Option | None] = [None] * len(stops)
    at = min(range(len(best[-1])), key=lambda k: best[-1][k][0]) if best else 0
    for n in range(len(layers) - 1, -1, -1):
        index, options = layers[n]
        found[index] = options[at]
        at = best[n][at][1]
    return found


def _cheapest(option: Option, own: float, before: Sequence[Option], costs: Sequence[tuple[float, int]]) -> tuple[float, int]:
    """The cost of the journey up to an option, and which option of the stop before it comes from."""
    ways = [(cost + _way(other.place, option.place), k) for k, (other, (cost, _)) in enumerate(zip(before, costs, strict=True))]
    cost, origin = min(ways, default=(0.0, 0))
    return cost + own, origin


def _own(option: Option, others: Sequence[Option]) -> float:
    """What an option costs by itself."""
    place = option.place
    around = place.kind in _PROVINCES and any(o.place.kind is Kind.CITY and o.place.lies_in(place) for o in others)
    return -_LIKELIHOOD * math.log(option.chance) + _AREA_OF_TOWN * around


def _way(a: Place, b: Place) -> float:
    return math.log1p(_km(a, b) / _NEAR_KM)


def _km(a: Place, b: Place) -> float:
    """Kilometres on a sphere: good to half a percent, and quick enough for every pair."""
    lat1, lat2 = math.radians(a.coordinate.latitude), math.radians(b.coordinate.latitude)
    half_lat = math.sin((lat2 - lat1) / 2) ** 2
    half_lon = math.sin(math.radians(b.coordinate.longitude - a.coordinate.longitude) / 2) ** 2
    return 12_742 * math.asin(math.sqrt(min(1.0, half_lat + math.cos(lat1) * math.cos(lat2) * half_lon)))
