"""The other places of a text, as far as they are known: which countries they lie in, what holds what, what is near.

Every group counts by the logarithm of its mentions and, for each of its options, by the probability that the option is meant.
A long text is no company to itself as a whole: nearness counts the groups named most and those named just before and after.
"""

from __future__ import annotations

import math
from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass, field

import numpy as np
from numpy.typing import NDArray

from itinerary.geocoding.grouping import Group, Option
from itinerary.geocoding.kin import AREAS, EARTH_KM, Kin, unit
from itinerary.model import Kind

_RADII = (30.0, 150.0, 700.0)  # km at which nearness fades to 1/e
_LOCAL_RADII = (50.0, 400.0)
_MOST_POINTS = 400  # groups of a long text that count as company everywhere
_NEIGHBOURS = 3  # groups named before and after that count as neighbours
_WORTH = 0.05  # options less likely than this are no company

Array = NDArray[np.float64]


@dataclass(slots=True)
class Company:
    """The groups of a text with a probability for each option. Build it anew when the probabilities change."""

    groups: Sequence[Group]
    chances: Sequence[Sequence[float]]
    trust: Sequence[float]  # probability that each group names a place at all
    weights: list[float] = field(init=False)
    countries: dict[str, float] = field(init=False)
    holders: dict[str, float] = field(init=False)
    named_by: dict[str, list[tuple[int, float]]] = field(init=False)
    kinds: dict[str, Kind] = field(init=False)
    total: float = field(init=False)
    points: Array = field(init=False)
    point_weights: Array = field(init=False)
    point_groups: NDArray[np.int64] = field(init=False)
    neighbours: list[list[int]] = field(init=False)
    kin: Kin = field(init=False)

    def __post_init__(self) -> None:
        self.weights = [t * (1 + math.log(len(g.toponyms))) for g, t in zip(self.groups, self.trust, strict=True)]
        self._count()
        self._place()
        self._line_up()
        self.kin = Kin.of(self.groups, self.weights)

    # --- who lies where -----------------------------------------------------------------------------------------------

    def _count(self) -> None:
        self.holders, self.named_by, self.total = defaultdict(float), defaultdict(list), 0.0
        self.countries, self.kinds = defaultdict(float), {}
        for index, (group, chances) in enumerate(zip(self.groups, self.chances, strict=True)):
            weight = self.weights[index]
            self.total += weight
            for option, chance in zip(group.options, chances, strict=True):
                if chance < _WORTH:
                    continue
                self.named_by[option.place.id].append((index, chance))
                self.kinds[option.place.id] = option.place.kind
                for holder in {*option.place.parents, option.place.id}:
                    self.holders[holder] += weight * chance
                if option.place.country:
                    self.countries[option.place.country] += weight * chance

    def _own(self, index: int, holds: str, *, country: bool = False) -> float:
        """What group `index` itself adds to a count."""
        pairs = zip(self.groups[index].options, self.chances[index], strict=True)
        counted = (
            c
            for o, c in pairs
            if c >= _WORTH and (o.place.country == holds if country else holds == o.place.id or holds in o.place.parents)
        )
        return self.weights[index] * sum(counted)

    def shares(self, option: Option, index: int) -> tuple[float, float]:
        """Shares (0..1) of the other groups that lie in the option's country and in the same next container but country."""
        place, rest = option.place, self.total - self.weights[index]
        if rest <= 0 or not place.country:
            return 0.0, 0.0
        country = self.countries[place.country] - self._own(index, place.country, country=True)
        state = self._state(option)
        admin = self.holders[state] - self._own(index, state) if state else 0.0
        return max(0.0, country / rest), max(0.0, admin / rest)

    @staticmethod
    def _state(option: Option) -> str | None:
        """The id of the widest container below the country: the state; a state's own id."""
        place = option.place
        if place.kind is Kind.ADMIN1:
            return place.id
        if place.kind is Kind.COUNTRY or not place.admin1:
            return None
        step = 1 if place.admin2 and place.kind is not Kind.ADMIN2 else 0  # over the county
        return place.parents[step] if len(place.parents) > step + 1 else None

    def named(self, option: Option, index: int) -> tuple[float, float]:
        """Probabilities that another group names the option's state or county, and its country."""
        admin = country = 0.0
        for parent in option.place.parents:
            chance = max((c for i, c in self.named_by.get(parent, ()) if i != index), default=0.0)
            if self.kinds.get(parent) in (Kind.ADMIN1, Kind.ADMIN2):
                admin = max(admin, chance)
            elif self.kinds.get(parent) is Kind.COUNTRY:
                country = max(country, chance)
        return admin, country

    def held(self, option: Option, index: int) -> float:
        """Share (0..1) of the other groups that lie within the option."""
        rest = self.total - self.weights[index]
        if rest <= 0 or option.place.kind not in (*AREAS, Kind.ADMIN2):
            return 0.0
        return max(0.0, (self.holders[option.place.id] - self._own(index, option.place.id)) / rest)

    # --- who is near --------------------------------------------------------------------------------------------------

    def _place(self) -> None:
        """Points of all that is no area, on the unit sphere."""
        heavy = sorted(range(len(self.groups)), key=lambda i: -self.weights[i])[:_MOST_POINTS]
        rows, weights, owners = [], [], []
        for index in sorted(heavy):
            for option, chance in zip(self.groups[index].options, self.chances[index], strict=True):
                if chance >= _WORTH and option.place.kind not in AREAS:
                    rows.append(unit(option))
                    weights.append(self.weights[index] * chance)
                    owners.append(index)
        self.points = np.array(rows).reshape(-1, 3)
        self.point_weights = np.array(weights)
        self.point_groups = np.array(owners, dtype=np.int64)

    def _line_up(self) -> None:
        """For each group those named just before and after any of its mentions."""
        order = sorted((t, i) for i, g in enumerate(self.groups) for t in g.toponyms)
        line = [i for _, i in order]
        near: list[dict[int, None]] = [{} for _ in self.groups]
        for at, index in enumerate(line):
            for other in line[max(0, at - _NEIGHBOURS) : at + _NEIGHBOURS + 1]:
                if other != index:
                    near[index][other] = None
        self.neighbours = [list(others)[:12] for others in near]

    def pointed(self, index: int) -> bool:
        """Whether any other group has a point that can be near."""
        return bool((self.point_groups != index).any())

    def kinship(self, index: int) -> list[float]:
        """For each option of a group how many other names have some option near (logarithm)."""
        return self.kin.degrees(self.groups[index].options, index)

    def nearness(self, index: int) -> list[dict[str, float]]:
        """For each option of a group logarithms of 1 + the number of other places near, at several radii."""
        options = self.groups[index].options
        others = self.point_groups != index
        if not options or not others.any():
            return [{"area": 1.0} if o.place.kind in AREAS else {} for o in options]
        here = np.array([unit(o) for o in options])
        km = EARTH_KM * np.arccos(np.clip(here @ self.points[others].T, -1.0, 1.0))
        weights, owners = self.point_weights[others], self.point_groups[others]
        near = {f"near={r:g}": np.log1p(np.exp(-km / r) @ weights) for r in _RADII}
        beside = np.minimum(1.0, weights) * np.isin(owners, self.neighbours[index])
        near |= {f"local={r:g}": (np.exp(-km / r) * beside).max(axis=1) for r in _LOCAL_RADII}
        rows = [{name: float(values[i]) for name, values in near.items()} for i in range(len(options))]
        return [{"area": 1.0} if o.place.kind in AREAS else row for o, row in zip(options, rows, strict=True)]
