"""The other names of a text as company: what they say about each option of a name.

Every group counts by the logarithm of its mentions, by how surely it names a place at all and, for each of its options, by the
probability that the option is meant.
"""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass

from itinerary.geocoding.beside import Beside
from itinerary.geocoding.grouping import Group, Option
from itinerary.geocoding.kin import Kin
from itinerary.geocoding.mix import Chances, Mix
from itinerary.geocoding.near import Near

Features = dict[str, float]
_SMALLEST_SHARE = 0.01  # of the names of a text: below it a share says no more
# What stands for the share of a place that lies in no country: seas and regions are neither at home nor abroad.
_NO_COUNTRY, _NO_STATE = 0.3, 0.1


def weights_of(groups: Sequence[Group], trust: Sequence[float]) -> list[float]:
    """How much each group counts; `trust` is the probability that it names a place at all."""
    return [t * (1 + math.log(len(g.toponyms))) for g, t in zip(groups, trust, strict=True)]


def kin_of(groups: Sequence[Group], weights: Sequence[float]) -> list[list[float]]:
    """Of each group the degree of kinship of each option."""
    kin = Kin.of(groups, weights)
    return [kin.degrees(group.options, index) for index, group in enumerate(groups)]


@dataclass(frozen=True, slots=True)
class Company:
    """A text's groups seen four ways. Built anew when the probabilities change."""

    groups: Sequence[Group]
    mix: Mix
    near: Near
    kin: Sequence[Sequence[float]]  # of each group the degree of each option: see `Kin.degrees`
    beside: Beside

    @classmethod
    def of(cls, groups: Sequence[Group], chances: Chances, weights: Sequence[float], kin: Sequence[Sequence[float]]) -> Company:
        """From the probabilities of the options; weights and kin hold whatever these are."""
        near = Near.of(groups, chances, weights)
        beside = Beside.of(groups, chances, weights, near.neighbours)
        return cls(groups, Mix.of(groups, chances, weights), near, kin, beside)

    def features(self, index: int, own: Sequence[Features]) -> list[Features]:
        """The `own` features of each option of group number `index` and those in company; see `features` for their meaning."""
        options = self.groups[index].options
        near, spread = self.near.features(index), self.mix.spread
        return [
            {**row, **self._shares(option, index), **self.beside.features(option, index), **n,
             "kin": kin, "behind,wide": row.get("behind", 0.0) * spread}
            for option, row, n, kin in zip(options, own, near, self.kin[index], strict=True)
        ]  # fmt: skip

    def _shares(self, option: Option, index: int) -> Features:
        country, state, inside = self.mix.shares(option, index)
        state_named, country_named, other_named = self.mix.named(option, index)
        at_home = option.place.country is not None
        return {
            "country": math.log(country + _SMALLEST_SHARE if at_home else _NO_COUNTRY),
            "admin": math.log(state + _SMALLEST_SHARE if at_home else _NO_STATE),
            "admin_named": state_named,
            "country_named": country_named,
            "other_named": other_named,
            "holds": inside,
        }
