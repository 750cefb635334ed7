"""How near an option lies to the other places of a text, as far as these are known.

A long text is no company to itself as a whole: the groups named most count everywhere, and those named just before and after.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from itinerary.geocoding.grouping import Group
from itinerary.geocoding.kin import AREAS, EARTH_KM, unit

_RADII = (30.0, 150.0, 700.0)  # km at which nearness fades to 1/e
_LOCAL_RADII = (50.0, 400.0)
_MOST_GROUPS = 400
_NEIGHBOURS, _MOST_NEIGHBOURS = 3, 12  # named before and after one mention; of all mentions together
_WORTH = 0.05  # options less likely than this don't count


@dataclass(frozen=True, slots=True)
class Near:
    """Points of the likely options on the unit sphere with their weights and groups, and each group's neighbours in the text."""

    groups: Sequence[Group]
    points: NDArray[np.float64]
    weights: NDArray[np.float64]
    owners: NDArray[np.int64]
    neighbours: Sequence[Sequence[int]]

    @classmethod
    def of(cls, groups: Sequence[Group], chances: Sequence[Sequence[float]], weights: Sequence[float]) -> Near:
        """Areas have no point that says where things in them are."""
        points, shares, owners = [], [], []
        for index in sorted(sorted(range(len(groups)), key=lambda i: -weights[i])[:_MOST_GROUPS]):
            for option, chance in zip(groups[index].options, chances[index], strict=True):
                if chance >= _WORTH and option.place.kind not in AREAS:
                    points.append(unit(option))
                    shares.append(weights[index] * chance)
                    owners.append(index)
        array = np.array(points).reshape(-1, 3)
        return cls(groups, array, np.array(shares), np.array(owners, dtype=np.int64), _neighbours(groups))

    def features(self, index: int) -> list[dict[str, float]]:
        """For each option of a group logarithms of 1 + the number of other places near, at several radii."""
        options, others = self.groups[index].options, self.owners != index
        rows: list[dict[str, float]] = [{"area": 1.0} if o.place.kind in AREAS else {} for o in options]
        if not options or not others.any():
            return [row | {"pointless": 1.0} for row in rows]
        here = np.array([unit(o) for o in options])
        km = EARTH_KM * np.arccos(np.clip(here @ self.points[others].T, -1.0, 1.0))
        near = {f"near={r:g}": np.log1p(np.exp(-km / r) @ self.weights[others]) for r in _RADII}
        near |= self._local(km, np.flatnonzero(others), index)
        return [row or {name: float(values[i]) for name, values in near.items()} for i, row in enumerate(rows)]

    def _local(self, km: NDArray[np.float64], points: NDArray[np.int64], index: int) -> dict[str, NDArray[np.float64]]:
        """How near the nearest neighbour is; `km` from each option to each of the `points`."""
        named = np.zeros(len(self.groups), dtype=bool)
        named[self.neighbours[index]] = True
        beside = named[self.owners[points]]
        km, weights = km[:, beside], np.minimum(1.0, self.weights[points[beside]])
        return {f"local={r:g}": (np.exp(-km / r) * weights).max(axis=1, initial=0.0) for r in _LOCAL_RADII}


def _neighbours(groups: Sequence[Group]) -> list[list[int]]:
    """For each group those named just before and after any of its mentions."""
    line = [i for _, i in sorted((t, i) for i, g in enumerate(groups) for t in g.toponyms)]
    near: list[dict[int, None]] = [{} for _ in groups]
    for at, index in enumerate(line):
        for other in line[max(0, at - _NEIGHBOURS) : at + _NEIGHBOURS + 1]:
            if other != index:
                near[index][other] = None
    return [list(others)[:_MOST_NEIGHBOURS] for others in near]
