"""Where on a flat map the route lies: longitudes that follow the traveller over the antimeridian instead of jumping there.

A route of less than a full turn is drawn in one piece wherever it leads. One that winds further is drawn on a single world, whose
edge is put where the fewest legs have to be cut; a place then has one point on the map however often the traveller returns.
"""

from __future__ import annotations

from collections.abc import Sequence
from itertools import accumulate, pairwise

from itinerary.geodesy import TOLERANCE_KM, cut, track, unwrapped
from itinerary.model import Coordinate, Itinerary

Point = tuple[float, float]  # latitude, longitude; the longitude may lie outside -180..180
Line = list[Point]
Track = tuple[Coordinate, ...]

_WIDEST = 330.0  # degrees of longitude that one piece may cover
_EDGES = range(-180, 180, 15)  # degrees of longitude tried as the edge of a single world

_MANY_LEGS, _COARSE_KM = 300, 10.0  # beyond so many legs their lines may stray so far: they are seen from afar


def drawn(trip: Itinerary) -> tuple[list[Point], list[list[Line]]]:
    """A point for each stop and one or more lines for each leg, their middle in -180..180."""
    stops = [visit.place.coordinate for visit in trip.visits]
    tolerance = TOLERANCE_KM if len(trip.legs) <= _MANY_LEGS else _COARSE_KM
    tracks = [track(leg.origin.place.coordinate, leg.destination.place.coordinate, tolerance_km=tolerance) for leg in trip.legs]
    if not tracks:
        return [(stop.latitude, stop.longitude) for stop in stops], []
    whole = unwrapped(tuple(point for piece in tracks for point in piece))
    longitudes = [lon for _, lon in whole]
    if max(longitudes) - min(longitudes) <= _WIDEST:
        return _in_one_piece(whole, tracks)
    return _on_one_world(stops, tracks)


def _in_one_piece(whole: Line, tracks: Sequence[Track]) -> tuple[list[Point], list[list[Line]]]:
    longitudes = [lon for _, lon in whole]
    shift = -360.0 * round((min(longitudes) + max(longitudes)) / 720)
    ends = accumulate(len(piece) for piece in tracks)
    moved = [(lat, lon + shift) for lat, lon in whole]
    lines = [moved[end - len(piece) : end] for piece, end in zip(tracks, ends, strict=True)]
    return [lines[0][0], *(line[-1] for line in lines)], [[line] for line in lines]


def _on_one_world(stops: Sequence[Coordinate], tracks: Sequence[Track]) -> tuple[list[Point], list[list[Line]]]:
    edge = min(_EDGES, key=lambda degrees: (sum(_crossings(piece, degrees) for piece in tracks), abs(degrees + 180)))
    points = [(stop.latitude, _turned(stop, edge).longitude + edge + 180) for stop in stops]
    return points, [_lines(piece, edge) for piece in tracks]


def _crossings(piece: Track, edge: float) -> int:
    """How often a leg crosses the meridian `edge`."""
    degrees = [(point.longitude - edge) % 360 for point in piece]
    return sum(abs(b - a) > 180 for a, b in pairwise(degrees))


def _lines(piece: Track, edge: float) -> list[Line]:
    """A leg cut where it crosses the meridian `edge`, in longitudes edge..edge + 360."""
    parts = cut(tuple(_turned(point, edge) for point in piece))
    return [[(lat, lon + edge + 180) for lat, lon in part] for part in parts]


def _turned(point: Coordinate, edge: float) -> Coordinate:
    """The point on a globe turned so that the meridian `edge` is its antimeridian."""
    return Coordinate(point.latitude, (point.longitude - edge) % 360 - 180)
