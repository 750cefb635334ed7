"""What lies in what, where no source says it: stations in cities, towns on islands."""

from __future__ import annotations

import math
from collections import defaultdict
from collections.abc import Iterable, Iterator

from itinerary.gazetteer.entry import Entry, near_km
from itinerary.model import Kind

# Things that stand at one spot of a city, or just outside of it.
POINTS = frozenset(
    {Kind.AIRPORT, Kind.STATION, Kind.PORT, Kind.LANDMARK, Kind.SPACEPORT, Kind.BASE, Kind.DISTRICT, Kind.BORDER, Kind.RUIN}
)
# How far (km) beyond the built-up area of its city such a thing may stand.
_OUTSIDE_KM = {Kind.AIRPORT: 25.0, Kind.SPACEPORT: 15.0, Kind.BASE: 8.0}
_OUTSIDE_OTHERS_KM = 3.0
# The nearest town within this distance (km) tells the subdivision.
_SUBDIVISION_KM = 30.0
# Share of an area's bounding radius that surely lies in it: islands fill their circle better than regions.
_SURE = {Kind.ISLAND: 0.8, Kind.ARCHIPELAGO: 0.9, Kind.REGION: 0.5, Kind.PENINSULA: 0.5, Kind.VALLEY: 0.4}
_WIDEST_AREA_KM = 800.0


class Grid:
    """Entries by squares of one degree, to find those near a point."""

    def __init__(self, entries: Iterable[Entry]) -> None:
        """Sort the entries into their squares."""
        self._squares: dict[tuple[int, int], list[Entry]] = defaultdict(list)
        for entry in entries:
            self._squares[math.floor(entry.lat), math.floor(entry.lon)].append(entry)

    def near(self, lat: float, lon: float, km: float) -> Iterator[tuple[float, Entry]]:
        """(distance in km, entry) of every entry within `km`, in no order."""
        tall = km / 111.2
        wide = min(180.0, tall / max(0.02, math.cos(math.radians(min(89.0, abs(lat) + tall)))))
        for y in range(math.floor(lat - tall), math.floor(lat + tall) + 1):
            for x in range(math.floor(lon - wide), math.floor(lon + wide) + 1):
                for entry in self._squares.get((y, (x + 180) % 360 - 180), ()):
                    away = near_km((lat, lon), (entry.lat, entry.lon))
                    if away <= km:
                        yield away, entry


def place_points(entries: dict[str, Entry]) -> None:
    """Give each station, airport, landmark… its city and subdivisions."""
    cities = Grid(e for e in entries.values() if e.kind is Kind.CITY)
    for entry in entries.values():
        if entry.kind in POINTS:
            _place_point(entry, cities)


def _place_point(entry: Entry, cities: Grid) -> None:
    outside = _OUTSIDE_KM.get(entry.kind, _OUTSIDE_OTHERS_KM)
    near = [(km, c) for km, c in cities.near(entry.lat, entry.lon, 60.0) if entry.country in (None, c.country)]
    holders = [(km, c) for km, c in near if km <= c.radius + outside]
    city = max((c for _, c in holders), key=lambda c: (c.population, c.id), default=None)
    nearest = min(near, key=lambda pair: (pair[0], pair[1].id), default=None)
    if city is not None:
        entry.within = (city.id,)
    source = city or (nearest[1] if nearest and nearest[0] <= _SUBDIVISION_KM else None)
    if source is not None and entry.country is not None:
        entry.admin1, entry.admin2 = source.admin1, source.admin2


def fill_areas(entries: dict[str, Entry]) -> None:
    """Put cities and points into the islands, peninsulas and regions of our own lists that surely hold them."""
    grid = Grid(e for e in entries.values() if e.kind is Kind.CITY or e.kind in POINTS)
    areas = [e for e in entries.values() if e.curated and e.kind in _SURE and 0 < e.radius <= _WIDEST_AREA_KM]
    for area in sorted(areas, key=lambda e: (-e.radius, e.id)):
        for _, entry in grid.near(area.lat, area.lon, area.radius * _SURE[area.kind]):
            if area.country in (None, entry.country):
                entry.beyond = (area.id, *entry.beyond)
