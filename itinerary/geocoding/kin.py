"""Names that could all lie in one corner of the world probably do, even if each has a likelier option elsewhere.

Paris and Henry County have famous namesakes, but only in Tennessee does one lie in the other.
"""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from itinerary.geocoding.grouping import Group, Option
from itinerary.model import Kind

# Places whose one point says little about where things in them are.
AREAS = frozenset((Kind.COUNTRY, Kind.ADMIN1, Kind.CONTINENT, Kind.OCEAN, Kind.SEA, Kind.REGION, Kind.HISTORICAL))
EARTH_KM = 6371.0
_NEAR_KM = 50.0
_MOST_GROUPS = 400  # of a long text
_MOST_OPTIONS = 25  # of a group

Array = NDArray[np.float64]


@dataclass(frozen=True, slots=True)
class Kin:
    """The points of all options of all groups, likely or not; `weights` by group: a name with many namesakes proves little."""

    points: Array
    owners: NDArray[np.int64]
    weights: Array

    @classmethod
    def of(cls, groups: Sequence[Group], weights: Sequence[float]) -> Kin:
        """From the groups that weigh most."""
        heavy = sorted(range(len(groups)), key=lambda i: -weights[i])[:_MOST_GROUPS]
        rows, owners, rarity = [], [], np.zeros(len(groups))
        for index in heavy:
            options = [o for o in groups[index].options[:_MOST_OPTIONS] if o.place.kind not in AREAS]
            rows += [unit(o) for o in options]
            owners += [index] * len(options)
            rarity[index] = min(1.0, weights[index]) / math.sqrt(len(groups[index].options) or 1)
        return cls(np.array(rows).reshape(-1, 3), np.array(owners, dtype=np.int64), rarity)

    def degrees(self, options: Sequence[Option], index: int) -> list[float]:
        """For each option log2 of 1 + the weights of the other groups with an option within 50 km."""
        if not options or not len(self.points):
            return [0.0] * len(options)
        cosines = np.array([unit(o) for o in options]) @ self.points.T
        near = (cosines > math.cos(_NEAR_KM / EARTH_KM)) & (self.owners != index)
        return [self._sum(row) if o.place.kind not in AREAS else 0.0 for o, row in zip(options, near, strict=True)]

    def _sum(self, near: NDArray[np.bool_]) -> float:
        return math.log2(1 + float(self.weights[np.unique(self.owners[near])].sum()))


def unit(option: Option) -> tuple[float, float, float]:
    """The option's point on the unit sphere."""
    lat, lon = math.radians(option.place.coordinate.latitude), math.radians(option.place.coordinate.longitude)
    return (math.cos(lat) * math.cos(lon), math.cos(lat) * math.sin(lon), math.sin(lat))
