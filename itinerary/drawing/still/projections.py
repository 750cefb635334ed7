"""From degrees to the plane. Units of the plane are radii of a spherical Earth; y points north.

Both projections keep areas true. Lambert's azimuthal one serves whatever lies within some 60 degrees of a point, over the
antimeridian and at the poles as well as elsewhere; Equal Earth serves journeys around the world.
"""

from __future__ import annotations

from dataclasses import dataclass
from math import cos, radians, sin, sqrt
from typing import TYPE_CHECKING

import numpy as np

if TYPE_CHECKING:
    from numpy.typing import NDArray

    Array = NDArray[np.float64]

EARTH_KM = 6371.0088  # mean radius of the WGS 84 ellipsoid

# Coefficients of Equal Earth: Šavrič, Patterson and Jenny, "The Equal Earth map projection" (2018).
_A1, _A2, _A3, _A4 = 1.340264, -0.081106, 0.000893, 0.003796
_ROOT = sqrt(3) / 2


@dataclass(frozen=True, slots=True)
class Azimuthal:
    """Lambert's azimuthal equal-area projection around a point.

    What is farther than `reach` degrees from that point is drawn at that distance, so that rings which leave the map stay closed.
    """

    latitude: float
    longitude: float
    reach: float = 120.0

    def project(self, latitude: Array, longitude: Array) -> Array:
        """x, y of each point."""
        lat, lon = np.radians(latitude), np.radians(longitude - self.longitude)
        lat0 = radians(self.latitude)
        east = np.cos(lat) * np.sin(lon)
        north = cos(lat0) * np.sin(lat) - sin(lat0) * np.cos(lat) * np.cos(lon)
        up = sin(lat0) * np.sin(lat) + cos(lat0) * np.cos(lat) * np.cos(lon)
        sideways = np.hypot(east, north)
        distance = np.minimum(np.arctan2(sideways, up), radians(self.reach))
        scale = 2 * np.sin(distance / 2) / np.where(sideways > 1e-12, sideways, 1.0)
        return np.column_stack([east * scale, north * scale])

    def disc(self, degrees: float) -> Array:
        """The circle of all points that many degrees away."""
        turn = np.linspace(0, 2 * np.pi, 241)[:-1]
        radius = 2 * sin(radians(degrees) / 2)
        return np.column_stack([radius * np.cos(turn), radius * np.sin(turn)])


@dataclass(frozen=True, slots=True)
class EqualEarth:
    """Equal Earth with the meridian `longitude` in the middle; longitudes may run on past the edges, by as much as they like."""

    longitude: float

    def project(self, latitude: Array, longitude: Array) -> Array:
        """x, y of each point."""
        theta = np.arcsin(_ROOT * np.sin(np.radians(latitude)))
        square = theta * theta
        six = square**3
        slope = _A1 + 3 * _A2 * square + six * (7 * _A3 + 9 * _A4 * square)
        x = np.radians(longitude - self.longitude) * np.cos(theta) / (_ROOT * slope)
        return np.column_stack([x, theta * (_A1 + _A2 * square + six * (_A3 + _A4 * square))])

    def edge(self) -> Array:
        """The outline of the whole world."""
        up = np.linspace(-90, 90, 91)
        lat = np.concatenate([up, up[::-1]])
        return self.project(lat, self.longitude + np.where(np.arange(182) < 91, -180.0, 180.0))


Projection = Azimuthal | EqualEarth


def unit_vectors(latitude: Array, longitude: Array) -> Array:
    """Points of the sphere as n × 3 vectors."""
    lat, lon = np.radians(latitude), np.radians(longitude)
    return np.column_stack([np.cos(lat) * np.cos(lon), np.cos(lat) * np.sin(lon), np.sin(lat)])


def degrees_of(vectors: Array) -> tuple[Array, Array]:
    """Latitude and longitude of vectors of any length."""
    x, y, z = vectors[:, 0], vectors[:, 1], vectors[:, 2]
    return np.degrees(np.arctan2(z, np.hypot(x, y))), np.degrees(np.arctan2(y, x))
