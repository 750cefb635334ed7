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


@dataclass(frozen=True, slots=True)
class Company:
    """A text's groups seen four ways. Built anew when the probabilities change."""

    groups: Sequence[Group]
    mix: Mix
    near: Near
    kin: Kin
    beside: Beside

    @classmethod
    def of(cls, groups: Sequence[Group], chances: Chances, trust: Sequence[float]) -> Company:
        """From the probabilities of the options and, as `trust`, the probability that each group names a place at all."""
        weights = [t * (1 + math.log(len(g.toponyms))) for g, t in zip(groups, trust, strict=True)]
        near = Near.of(groups, chances, weights)
        beside = Beside.of(groups, chances, weights, near.neighbours)
        return cls(groups, Mix.of(groups, chances, weights), near, Kin.of(groups, weights), beside)

    def features(self, index: int, own: Sequence[Features]) -> list[Features]:
        """The `own` features of each option of group number `index` and those in company; see `features` for their meaning."""
        options = self.groups[index].options
        near, kin = self.near.features(index), self.kin.degrees(options, index)
        rows = [
            row | self._shares(o, index) | self.beside.features(o, index) | n
            for o, row, n in zip(options, own, near, strict=True)
        ]
        wide = [row.get("behind", 0.0) * self.mix.spread for row in rows]
        return [row | {"kin": k, "behind,wide": w} for row, k, w in zip(rows, kin, wide, strict=True)]

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
