"""Distance and track on the WGS 84 ellipsoid.

A track is the line of a leg as a list of coordinates. Two forms are made of it: *unwrapped* for drawing (longitudes run on
past ±180, so that a line over the Pacific stays in one piece) and *cut* at the antimeridian for exchange (RFC 7946).
"""

from itertools import pairwise

from geographiclib.geodesic import Geodesic
from geopy.distance import geodesic

from itinerary.model import Coordinate

# A piece of great circle this long (km) strays less than 2 km from its straight chord on a Mercator map at mid latitudes.
_PIECE_KM = 100.0


def distance_km(a: Coordinate, b: Coordinate) -> float:
    """Length in kilometres of the shortest line between two coordinates (Karney's geodesic, by geopy)."""
    return float(geodesic((a.latitude, a.longitude), (b.latitude, b.longitude)).kilometers)


def track(a: Coordinate, b: Coordinate) -> tuple[Coordinate, ...]:
    """The great-circle line from `a` to `b`, both ends included, a point at least every 100 km."""
    if a == b:
        return (a, b)
    line = Geodesic.WGS84.InverseLine(a.latitude, a.longitude, b.latitude, b.longitude)
    pieces = max(1, int(line.s13 / 1000 / _PIECE_KM) + 1)
    inner = (line.Position(line.s13 * i / pieces) for i in range(1, pieces))
    return (a, *(Coordinate(p["lat2"], p["lon2"]) for p in inner), b)


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
