"""Which countries and states the names of a text lie in, and what holds what, each name by how likely it is what it seems."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from itinerary.geocoding.grouping import Group, Option
from itinerary.geocoding.kin import AREAS
from itinerary.model import Kind

_WORTH = 0.05  # options less likely than this don't count

Chances = Sequence[Sequence[float]]  # of each group the probability of each option


@dataclass(frozen=True, slots=True)
class Mix:
    """Weights of the groups, summed up by what their options lie in: `held` by the id of a place, `countries` by ISO code.

    `naming` has for the id of a place the groups that may mean it, with the probability; `kinds` has its kind.
    """

    likely: Sequence[Sequence[tuple[Option, float]]]  # of each group the options that count, with their probabilities
    weights: Sequence[float]
    total: float
    spread: float  # 0..1: the share of the weights outside the state that holds most of them
    held: Mapping[str, float]
    countries: Mapping[str, float]
    naming: Mapping[str, Sequence[tuple[int, float]]]
    kinds: Mapping[str, Kind]

    @classmethod
    def of(cls, groups: Sequence[Group], chances: Chances, weights: Sequence[float]) -> Mix:
        """Count a text once."""
        held: dict[str, float] = defaultdict(float)
        countries: dict[str, float] = defaultdict(float)
        naming: dict[str, list[tuple[int, float]]] = defaultdict(list)
        kinds: dict[str, Kind] = {}
        states: dict[str | None, float] = defaultdict(float)
        likely = [_likely(group, of_group) for group, of_group in zip(groups, chances, strict=True)]
        for index, weight in enumerate(weights):
            for option, chance in likely[index]:
                place = option.place
                naming[place.id].append((index, chance))
                kinds[place.id] = place.kind
                countries[place.country or ""] += weight * chance
                states[state(option)] += weight * chance
                for id_ in {*place.parents, place.id}:
                    held[id_] += weight * chance
        total = sum(weights)
        spread = 1 - max((share for state, share in states.items() if state), default=0.0) / total if total else 1.0
        return cls(likely, weights, total, spread, held, countries, naming, kinds)

    def shares(self, option: Option, index: int) -> tuple[float, float, float]:
        """Shares (0..1) of the other groups that lie in the option's country, in its state, and in the option itself."""
        place, rest = option.place, self.total - self.weights[index]
        if rest <= 0:
            return 0.0, 0.0, 0.0
        country = self.countries.get(place.country, 0.0) - self._own(index, country=place.country) if place.country else 0.0
        home = state(option)
        in_state = self.held.get(home, 0.0) - self._own(index, holder=home) if home else 0.0
        holds = place.kind in AREAS or place.kind is Kind.ADMIN2
        inside = self.held.get(place.id, 0.0) - self._own(index, holder=place.id) if holds else 0.0
        return max(0.0, country / rest), max(0.0, in_state / rest), max(0.0, inside / rest)

    def _own(self, index: int, *, country: str | None = None, holder: str | None = None) -> float:
        """What group `index` itself adds to a sum."""
        likely = self.likely[index]
        if country:
            return self.weights[index] * sum(c for o, c in likely if o.place.country == country)
        return self.weights[index] * sum(c for o, c in likely if holder == o.place.id or holder in o.place.parents)

    def named(self, option: Option, index: int) -> tuple[float, float, float]:
        """Probabilities that other groups name the option's state or county, its country, and any other container."""
        state = country = other = 0.0
        for parent in option.place.parents:
            chance = max((c for i, c in self.naming.get(parent, ()) if i != index), default=0.0)
            kind = self.kinds.get(parent)
            if kind in (Kind.ADMIN1, Kind.ADMIN2):
                state = max(state, chance)
            elif kind is Kind.COUNTRY:
                country = max(country, chance)
            else:
                other = max(other, chance)
        return state, country, other


def _likely(group: Group, chances: Sequence[float]) -> list[tuple[Option, float]]:
    return [(option, chance) for option, chance in zip(group.options, chances, strict=True) if chance >= _WORTH]


def state(option: Option) -> str | None:
    """The id of the widest container below the country: the state; a state's own id; None where there is none."""
    place = option.place
    if place.kind is Kind.ADMIN1:
        return place.id
    if place.kind is Kind.COUNTRY or not place.admin1:
        return None
    step = 1 if place.admin2 and place.kind is not Kind.ADMIN2 else 0  # over the county
    return place.parents[step] if len(place.parents) > step + 1 else None
