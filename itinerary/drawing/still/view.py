"""Which part of the Earth the map shows and how: the projection chosen from where the route lies, and its place on the sheet."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from math import acos, cos, degrees, hypot, radians, sin
from typing import TYPE_CHECKING

import numpy as np

from itinerary.drawing.still.cutting import ring_in
from itinerary.drawing.still.marks import Box
from itinerary.drawing.still.projections import EARTH_KM, Azimuthal, EqualEarth, Projection, degrees_of, unit_vectors

if TYPE_CHECKING:
    from itinerary.drawing.still.marks import Line
    from itinerary.drawing.still.projections import Array

# Degrees from the middle of the route to its farthest point. Beyond these Lambert's projection bends shapes too much; near a
# pole it goes further, as any other map tears the pole apart.
_FARTHEST, _FARTHEST_POLAR = 60.0, 92.0
_POLAR = 70.0  # degrees of latitude from which a route counts as polar
_CORNER = 95.0  # degrees from the middle to a corner of the frame: beyond, the map is shown as a disc
_DISC, _DISC_ROOM = 90.0, 9.0  # degrees: the smallest disc, and how far it goes on beyond the route
_CLOSE = 1.2  # times the scale of a whole disc: a closer map shows a part of the disc
_EDGES = range(-180, 180, 10)  # meridians tried as the middle of a world map
_USUAL_MIDDLE = 10.0  # of a world map: it cuts the Bering Strait and no continent
_LEAST_KM = 3.0  # height of the smallest frame
_WORLD_LATITUDES = (-56.0, 78.0)  # a map of the world shows these in any case


@dataclass(frozen=True, slots=True, eq=False)
class View:
    """A projection on the sheet: `scale` points a radius of the Earth, its origin at `origin`, clipped to `outline`."""

    projection: Projection
    scale: float
    origin: tuple[float, float]
    box: Box
    outline: Line
    framed: bool  # whether the map fills its box

    def place(self, latitude: Array, longitude: Array) -> Line:
        """Points on the sheet."""
        flat = self.projection.project(latitude, longitude) * self.scale
        return np.column_stack([self.origin[0] + flat[:, 0], self.origin[1] - flat[:, 1]])

    def point(self, latitude: float, longitude: float) -> tuple[float, float]:
        """One point on the sheet, on a world map within its edges."""
        if isinstance(self.projection, EqualEarth):
            longitude -= 360 * round((longitude - self.projection.longitude) / 360)
        (found,) = self.place(np.array([latitude]), np.array([longitude]))
        return float(found[0]), float(found[1])

    @property
    def km_a_point(self) -> float:
        """Kilometres that a point of the sheet stands for; on a map of the world, along the equator."""
        if isinstance(self.projection, EqualEarth):
            left, right = self.projection.project(np.zeros(2), np.array([-1.0, 1.0]) + self.projection.longitude)
            return float(radians(2) * EARTH_KM / (right[0] - left[0]) / self.scale)
        return EARTH_KM / self.scale

    @property
    def shifts(self) -> tuple[float, ...]:
        """Degrees of longitude by which each line is drawn again, so that what leaves on one side comes in on the other."""
        return (-360.0, 0.0, 360.0) if isinstance(self.projection, EqualEarth) else (0.0,)


@dataclass(frozen=True, slots=True, eq=False)
class Subject:
    """What has to be seen: points in degrees, the lines of the legs, and the least height of the frame in kilometres."""

    latitudes: Array
    longitudes: Array
    legs: Sequence[Array]  # n × 2, longitude and latitude
    least_km: float = _LEAST_KM


def view_of(subject: Subject, box: Box, room: tuple[float, float]) -> View:
    """The view that shows the subject in the box with `room` to the sides and above and below it, in points."""
    if not len(subject.latitudes):
        return _world(EqualEarth(_USUAL_MIDDLE), np.zeros((0, 2)), box)
    vectors = unit_vectors(subject.latitudes, subject.longitudes)
    middle, reach = _cap(vectors)
    polar = bool(np.abs(subject.latitudes).max() > _POLAR)
    if reach > (_FARTHEST_POLAR if polar else _FARTHEST):
        projection = EqualEarth(_middle_meridian(subject.legs))
        return _world(projection, _flat(projection, subject), box)
    lat, lon = degrees_of(middle[None, :])
    return _near(Azimuthal(float(lat[0]), float(lon[0])), subject, box, room, reach)


def _near(projection: Azimuthal, subject: Subject, box: Box, room: tuple[float, float], reach: float) -> View:
    """A frame around the route; where the frame would reach beyond the horizon, the disc or as much of it as the frame holds."""
    view = _fitted(projection, _flat(projection, subject), box, room, subject.least_km / EARTH_KM)
    corners = (box.outline() - np.array(view.origin)) / view.scale
    if max(hypot(*corner) for corner in corners) <= 2 * sin(radians(_CORNER) / 2):
        return view
    horizon = max(_DISC, reach + _DISC_ROOM)
    wider = Azimuthal(projection.latitude, projection.longitude, min(170.0, horizon + 25))
    whole = min(box.width, box.height) / 2 / (2 * sin(radians(horizon) / 2))
    scale, origin = (view.scale, view.origin) if view.scale > _CLOSE * whole else (whole, box.centre)
    outline = ring_in(wider.disc(horizon) * scale * np.array([1, -1]) + np.array(origin), box)
    return View(wider, scale, origin, box, outline, framed=False)


def _fitted(projection: Projection, flat: Array, box: Box, room: tuple[float, float], least: float) -> View:
    low, high = flat.min(axis=0), flat.max(axis=0)
    width, height = float(high[0] - low[0]), float(high[1] - low[1])
    space = max(20.0, box.width - 2 * room[0]), max(20.0, box.height - 2 * room[1])
    scale = min(space[0] / max(width, 1e-9), space[1] / max(height, 1e-9), box.height / least)
    middle = (low + high) / 2
    x, y = box.centre
    origin = (x - float(middle[0]) * scale, y + float(middle[1]) * scale)
    return View(projection, scale, origin, box, box.outline(), framed=True)


def _world(projection: EqualEarth, flat: Array, box: Box) -> View:
    """The whole width of the world; as much of its height as the box has room for, the route in any case."""
    edge = projection.edge()
    bounds = projection.project(np.array(_WORLD_LATITUDES), np.full(2, projection.longitude))
    points = np.concatenate([edge[np.abs(edge[:, 1]) < 1e-9], bounds, flat])
    scale = min(box.width / float(np.ptp(edge[:, 0])), box.height / float(np.ptp(points[:, 1])))
    low, high = float(points[:, 1].min()), float(points[:, 1].max())
    spare = box.height / scale - (high - low)
    if spare > 0:  # show what is left of the poles as far as there is room
        low, high = max(float(edge[:, 1].min()), low - spare / 2), min(float(edge[:, 1].max()), high + spare / 2)
    x, y = box.centre
    origin = (x, y + (low + high) / 2 * scale)
    outline = ring_in(edge * scale * np.array([1, -1]) + np.array(origin), box)
    return View(projection, scale, origin, box, outline, framed=False)


def _flat(projection: Projection, subject: Subject) -> Array:
    longitudes = subject.longitudes
    if isinstance(projection, EqualEarth):
        longitudes = (longitudes - projection.longitude + 180) % 360 - 180 + projection.longitude
    return projection.project(subject.latitudes, longitudes)


def _cap(vectors: Array) -> tuple[Array, float]:
    """The middle of the smallest cap that holds all points, nearly, and its radius in degrees (Bădoiu and Clarkson's steps)."""
    middle = vectors.mean(axis=0)
    middle = middle / np.linalg.norm(middle) if np.linalg.norm(middle) > 1e-6 else vectors[0]
    best, farthest = middle, -2.0
    for step in range(2, 400):
        nearness = vectors @ middle
        at = int(nearness.argmin())
        if nearness[at] > farthest:
            best, farthest = middle, float(nearness[at])
        middle = middle + (vectors[at] - middle) / step
        length = float(np.linalg.norm(middle))
        middle = middle / length if length > 1e-9 else vectors[at]
    return best, degrees(acos(max(-1.0, min(1.0, farthest))))


def _middle_meridian(legs: Sequence[Array]) -> float:
    """The middle that lets the edge of the map cut the fewest legs, then the one nearest to the usual."""

    def cost(middle: float) -> tuple[int, float]:
        cuts = sum(int(np.sum(np.abs(np.diff((leg[:, 0] - middle + 180) % 360)) > 180)) for leg in legs)
        return cuts, abs((middle - _USUAL_MIDDLE + 180) % 360 - 180)

    return min((float(edge) for edge in _EDGES), key=cost)


def great_circle(start: tuple[float, float], end: tuple[float, float]) -> Array:
    """The shortest line between two points (latitude, longitude) as longitudes, running on, and latitudes; a point a degree.

    On the sphere: it strays from that on the ellipsoid by less than the line is wide. Between antipodes it goes by the pole.
    """
    a, b = unit_vectors(np.array([start[0], end[0]]), np.array([start[1], end[1]]))
    angle = float(np.arctan2(np.linalg.norm(np.cross(a, b)), a @ b))
    if angle < 1e-9:
        return np.array([[start[1], start[0]], [end[1], end[0]]])
    aside = b - a * (a @ b)
    if np.linalg.norm(aside) < 1e-6:
        aside = np.array([0.0, 0.0, 1.0]) - a * a[2]
    if np.linalg.norm(aside) < 1e-6:
        aside = np.array([1.0, 0.0, 0.0])
    aside = aside / np.linalg.norm(aside)
    turn = np.linspace(0, angle, max(2, int(degrees(angle)) + 2))[:, None]
    lat, lon = degrees_of(a * np.cos(turn) + aside * np.sin(turn))
    lat[[0, -1]], lon[[0, -1]] = (start[0], end[0]), (start[1], end[1])
    return np.column_stack([np.unwrap(lon, period=360), lat])


def circle(latitude: float, longitude: float, km: float) -> tuple[Array, Array]:
    """Latitudes and longitudes of the points that many kilometres away."""
    middle = unit_vectors(np.array([latitude]), np.array([longitude]))[0]
    lon, lat = radians(longitude), radians(latitude)
    east = np.array([-sin(lon), cos(lon), 0.0])
    north = np.array([-sin(lat) * cos(lon), -sin(lat) * sin(lon), cos(lat)])
    turn = np.linspace(0, 2 * np.pi, 73)[:-1, None]
    away = min(km / EARTH_KM, 3.0)
    return degrees_of(cos(away) * middle + sin(away) * (np.cos(turn) * north + np.sin(turn) * east))
