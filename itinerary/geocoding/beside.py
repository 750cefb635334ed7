"""The names just before and after a name: which countries and states they lie in.

A long journey crosses many lands; what counts for a stop on the way is where its neighbours in the text lie.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from itinerary.geocoding.grouping import Group, Option
from itinerary.geocoding.mix import Chances, state

_WORTH = 0.05  # options less likely than this don't count

Shares = Mapping[str, float]


@dataclass(frozen=True, slots=True)
class Beside:
    """Of each group its neighbours in the text and, by ISO code and by a state's id, the probability that it lies there."""

    neighbours: Sequence[Sequence[int]]
    weights: Sequence[float]
    countries: Sequence[Shares]
    states: Sequence[Shares]

    @classmethod
    def of(
        cls, groups: Sequence[Group], chances: Chances, weights: Sequence[float], neighbours: Sequence[Sequence[int]]
    ) -> Beside:
        """Sum the options of each group up once; a name of many mentions is still one neighbour."""
        countries: list[Shares] = []
        states: list[Shares] = []
        for group, likely in zip(groups, chances, strict=True):
            in_country: dict[str, float] = defaultdict(float)
            in_state: dict[str, float] = defaultdict(float)
            for option, chance in zip(group.options, likely, strict=True):
                if chance >= _WORTH:
                    in_country[option.place.country or ""] += chance
                    in_state[state(option) or ""] += chance
            countries.append(in_country)
            states.append(in_state)
        return cls(neighbours, [min(1.0, w) for w in weights], countries, states)

    def features(self, option: Option, index: int) -> dict[str, float]:
        """Shares (0..1) of the neighbours in the option's country and in its state; nothing for what lies in no country."""
        country, home = option.place.country, state(option)
        out = {"beside=country": self._share(self.countries, country, index)} if country else {}
        return out | ({"beside=state": self._share(self.states, home, index)} if home else {})

    def _share(self, lie_in: Sequence[Shares], where: str, index: int) -> float:
        around = self.neighbours[index]
        total = sum(self.weights[i] for i in around)
        return sum(self.weights[i] * lie_in[i].get(where, 0.0) for i in around) / total if total else 0.0
