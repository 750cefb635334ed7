"""What a map knows of the country around a route: towns worth a name, and fine coasts near the stops."""

from __future__ import annotations

import csv
import json
from collections.abc import Iterator, Sequence
from functools import cache, lru_cache
from itertools import islice
from math import cos, floor, radians
from typing import Any

from itinerary.drawing.assets import DATA

_WORLD_TOWNS = 250  # largest towns of the world: enough names for any map of a continent
_NEAR_TOWNS = 250  # largest towns within the frame of the route
_TOWNS_A_STOP = 8  # largest towns around each stop
_AROUND_KM = 60.0
_KM_A_DEGREE = 111.2  # of latitude
_FRAME_OF_ONE = 8.0  # degrees around a single stop that its map shows
_STOPS_WITH_TOWNS = 60  # a longer route shows enough names of its own
_REMEMBERED = 2048  # stops and frames whose towns are not looked for again when another stop is corrected

_COAST_FRAME = 20.0  # degrees: the map of a route wider than this shows fine coasts around its stops only
_COAST_KM = 80.0  # around a stop
_COAST_LETTERS = 200_000  # most that fine coasts may add to a page

Point = tuple[float, float]  # latitude, longitude
Town = tuple[str, float, float]  # name, latitude, longitude; largest first wherever several stand together


@cache
def towns() -> tuple[Town, ...]:
    """All towns of 15,000 people or more, largest first."""
    with (DATA / "basemap_towns.csv").open(encoding="utf-8", newline="") as file:
        return tuple((row["name"], float(row["latitude"]), float(row["longitude"])) for row in csv.DictReader(file))


@cache
def _ranks() -> dict[Town, int]:
    """Where each town stands among all: to put a few in order takes less than to go through the whole world."""
    return {town: rank for rank, town in enumerate(towns())}


def towns_near(stops: Sequence[Point]) -> list[Town]:
    """The towns worth a name on the map of a route: the world's largest, those in its frame, and those around each stop."""
    found: dict[Town, None] = dict.fromkeys(towns()[:_WORLD_TOWNS])
    if stops:
        found.update(dict.fromkeys(_in_frame(*_frame(stops))))
    for stop in stops[:_STOPS_WITH_TOWNS]:
        found.update(dict.fromkeys(_around(stop)))
    return sorted(found, key=_ranks().__getitem__)


def coast_near(stops: Sequence[Point]) -> dict[str, Any]:
    """The tiles of fine coast around the stops and, for a short route, in its whole frame, as many as the page has room for."""
    coast = _coast()
    left, tiles = _COAST_LETTERS, {}
    for key in dict.fromkeys(key for box in _coast_boxes(stops) for key in _tiles_in(*box, int(coast["tile"]))):
        rings = coast["tiles"].get(key)
        if rings and (left := left - sum(map(len, rings))) >= 0:
            tiles[key] = rings
    return {"step": coast["step"], "tile": coast["tile"], "tiles": tiles}


@cache
def _coast() -> dict[str, Any]:
    content: dict[str, Any] = json.loads((DATA / "basemap_coast.json").read_text(encoding="utf-8"))
    return content


def _coast_boxes(stops: Sequence[Point]) -> Iterator[tuple[float, float, float, float]]:
    """South, west, north, east of what deserves a fine coast, the nearest to the stops first."""
    for lat, lon in stops:
        reach = _COAST_KM / _KM_A_DEGREE
        wide = reach / max(0.1, cos(radians(lat)))
        yield lat - reach, lon - wide, lat + reach, lon + wide
    lats, lons = [lat for lat, _ in stops], [lon for _, lon in stops]
    if stops and max(max(lats) - min(lats), max(lons) - min(lons)) <= _COAST_FRAME:
        pad = 1 + 0.5 * max(max(lats) - min(lats), max(lons) - min(lons))
        yield min(lats) - pad, min(lons) - pad, max(lats) + pad, max(lons) + pad


def _tiles_in(south: float, west: float, north: float, east: float, size: int) -> Iterator[str]:
    for row in range(floor(south / size), floor(north / size) + 1):
        for column in range(floor(west / size), floor(east / size) + 1):
            yield f"{(column * size + 180) % 360 - 180},{row * size}"


def _frame(stops: Sequence[Point]) -> tuple[float, float, float, float]:
    """South, west, north and width in degrees of the map that shows all stops."""
    lats, lons = [lat for lat, _ in stops], [lon for _, lon in stops]
    size = max(max(lats) - min(lats), max(lons) - min(lons))
    pad = 1 + 0.25 * size if size else _FRAME_OF_ONE
    return min(lats) - pad, min(lons) - pad, max(lats) + pad, max(lons) - min(lons) + 2 * pad


@lru_cache(_REMEMBERED)
def _in_frame(south: float, west: float, north: float, width: float) -> tuple[Town, ...]:
    inside = (t for t in towns() if south <= t[1] <= north and (t[2] - west) % 360 <= width)
    return tuple(islice(inside, _NEAR_TOWNS))


@lru_cache(_REMEMBERED)
def _around(stop: Point) -> tuple[Town, ...]:
    lat, lon = stop
    reach = _AROUND_KM / _KM_A_DEGREE
    wide = reach / max(0.1, cos(radians(lat)))
    near = (t for t in towns() if abs(t[1] - lat) <= reach and abs((t[2] - lon + 180) % 360 - 180) <= wide)
    return tuple(islice(near, _TOWNS_A_STOP))
