"""Weigh the options of all groups, first each by itself, then again in the company of the others."""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass

from itinerary.geocoding.company import Company, kin_of, weights_of
from itinerary.geocoding.features import Features, alone
from itinerary.geocoding.grouping import Group
from itinerary.judging import Judge
from itinerary.model import Document, Toponym

# Times that the choices of the others are looked at again; a third round changes one choice in a thousand.
ROUNDS = 2


@dataclass(frozen=True, slots=True)
class Weighed:
    """A group with the features and the probability (0..1) of each option; what is missing to 1 is for "none of these"."""

    group: Group
    features: tuple[Features, ...]
    chances: tuple[float, ...]


def chances(judge: Judge, seen: Sequence[Features]) -> tuple[float, ...]:
    """Probabilities of options that exclude each other, "none of these" being one more with log-odds 0."""
    odds = [judge.bias + sum(judge.weights.get(name, 0.0) * value for name, value in row.items()) for row in seen]
    top = max([0.0, *odds])
    shares = [math.exp(o - top) for o in odds]
    total = sum(shares) + math.exp(-top)
    return tuple(s / total for s in shares)


def weigh(document: Document, toponyms: Sequence[Toponym], groups: Sequence[Group], judges: tuple[Judge, ...]) -> list[Weighed]:
    """Every group weighed by the first judge alone, then by each further judge in the company that the one before found."""
    own = [alone(group, document, toponyms) for group in groups]
    found = [Weighed(g, tuple(rows), chances(judges[0], rows)) for g, rows in zip(groups, own, strict=True)]
    weights = weights_of(groups, [max(toponyms[i].score for i in group.toponyms) for group in groups])
    kin = kin_of(groups, weights)
    for judge in judges[1:]:
        company = Company.of(groups, [w.chances for w in found], weights, kin)
        found = [_again(w.group, own[i], i, company, judge) for i, w in enumerate(found)]
    return found


def _again(group: Group, own: Sequence[Features], index: int, company: Company, judge: Judge) -> Weighed:
    rows = tuple(company.features(index, own))
    return Weighed(group, rows, chances(judge, rows))
