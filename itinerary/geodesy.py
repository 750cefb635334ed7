"""Distance and track on the WGS 84 ellipsoid.

A track is the line of a leg as a list of coordinates, dense enough that the straight pieces between them, drawn by longitude and
latitude as RFC 7946 has it or by Mercator, stay within a kilometre of the geodesic. Two forms are made of it: *unwrapped* for
drawing (longitudes run on past ±180, so that a line over the Pacific stays in one piece) and *cut* at the antimeridian for
exchange.
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import lru_cache
from itertools import pairwise
from math import cos, hypot, radians
from typing import Any

from geographiclib.geodesic import Geodesic
from geopy.distance import geodesic

from itinerary.model import Coordinate

TOLERANCE_KM = 1.0  # how far a drawn line may stray from the geodesic
_CAUTION = 0.8  # share of it used where the error is looked at, as it is seen at three points of a piece only
_KM_A_DEGREE = 111.32  # of the equator of WGS 84
# A correction changes two or three legs of a journey; the others are measured and drawn as before. The longest books have some
# thousand legs; a track has about 30 points, so that many take some 10 MB.
_LEGS_REMEMBERED = 4096


@lru_cache(_LEGS_REMEMBERED)
def distance_km(a: Coordinate, b: Coordinate) -> float:
    """Length in kilometres of the shortest line between two coordinates (Karney's geodesic, by geopy)."""
    return float(geodesic((a.latitude, a.longitude), (b.latitude, b.longitude)).kilometers)


@lru_cache(_LEGS_REMEMBERED)
def track(a: Coordinate, b: Coordinate, *, tolerance_km: float = TOLERANCE_KM) -> tuple[Coordinate, ...]:
    """The shortest line from `a` to `b`, both ends included, nowhere farther than the tolerance from the geodesic.

    Few points where the line is straight on a map, as along a meridian, many where it bends. Between antipodes one of the many
    shortest lines; over a pole the longitude jumps there, within the tolerance of it.
    """
    line = Geodesic.WGS84.InverseLine(a.latitude, a.longitude, b.latitude, b.longitude)
    ends = _At(0.0, a), _At(line.s13 / 1000, b)
    return (a, *_between(line, *ends, tolerance_km * _CAUTION), b)


@dataclass(frozen=True, slots=True)
class _At:
    """A point of a geodesic, `km` from its start."""

    km: float
    point: Coordinate


def _between(line: Any, first: _At, last: _At, tolerance: float) -> list[Coordinate]:
    """The points needed between two of a line, by halving until a straight piece is near enough."""
    length = last.km - first.km
    if length <= tolerance:
        return []
    inner = [_along(line, first.km + length * quarter / 4) for quarter in (1, 2, 3)]
    if max(_off_km(at.point, first.point, last.point) for at in inner) <= tolerance:
        return []
    middle = inner[1]
    return [*_between(line, first, middle, tolerance), middle.point, *_between(line, middle, last, tolerance)]


def _along(line: Any, km: float) -> _At:
    found = line.Position(1000 * km)
    return _At(km, Coordinate(found["lat2"], found["lon2"]))


def _off_km(point: Coordinate, a: Coordinate, b: Coordinate) -> float:
    """Distance of a point from the straight piece a-b of a map by longitude and latitude, in kilometres on the ground there."""
    scale = cos(radians(point.latitude))
    bx, by = _turned(b.longitude - a.longitude) * scale, b.latitude - a.latitude
    px, py = _turned(point.longitude - a.longitude) * scale, point.latitude - a.latitude
    square = bx * bx + by * by
    share = max(0.0, min(1.0, (px * bx + py * by) / square)) if square else 0.0
    return _KM_A_DEGREE * hypot(px - share * bx, py - share * by)


def _turned(degrees: float) -> float:
    """The same direction within half a turn."""
    return (degrees + 180) % 360 - 180


def unwrapped(points: tuple[Coordinate, ...]) -> list[tuple[float, float]]:
    """(latitude, longitude) pairs whose longitudes never jump by more than 180, so they may leave -180..180."""
    out: list[tuple[float, float]] = []
    for p in points:
        lon = p.longitude
        if out:
            lon += 360 * round((out[-1][1] - lon) / 360)
        out.append((p.latitude, lon))
    return out


def cut(points: tuple[Coordinate, ...]) -> list[list[tuple[float, float]]]:
    """The line as one or more parts of (latitude, longitude) pairs, none of which crosses the antimeridian."""
    parts: list[list[tuple[float, float]]] = [[(points[0].latitude, points[0].longitude)]]
    for a, b in pairwise(points):
        if abs(b.longitude - a.longitude) > 180:
            latitude, side = _crossing(a, b)
            parts[-1].append((latitude, side))
            parts.append([(latitude, -side)])
        parts[-1].append((b.latitude, b.longitude))
    return [part for part in parts if len(part) > 1]


def _crossing(a: Coordinate, b: Coordinate) -> tuple[float, float]:
    """Latitude at which the short piece a-b meets the antimeridian, and the longitude (±180) on `a`'s side."""
    side = 180.0 if a.longitude > 0 else -180.0
    to_line, beyond = side - a.longitude, b.longitude + side
    share = to_line / (to_line + beyond) if to_line + beyond else 0.0
    return a.latitude + share * (b.latitude - a.latitude), side
