"""How sure a stop is that two readers agree on, or one of them alone tells."""

from __future__ import annotations

from itinerary.account import Account
from itinerary.model import Place

# How often a stop with a proof is right, by itself and where the answer puts it elsewhere; not calibrated.
_ALONE, _DISPUTED = 0.75, 0.4
# What the built-in reader's "no" takes away from a stop that only the answer has: below half, it is among the doubts.
_AGAINST = 0.6


def scored(own: Account, place: Place, *, disputed: bool = False) -> float:
    """The score (0..1) of the answer's stop at a place: higher where the built-in reader has a stop there too, else lower."""
    belief = _DISPUTED if disputed else _ALONE
    agreed = max((visit.score for visit in own.visits if visit.place.id == place.id), default=0.0)
    if agreed:
        return round(1 - (1 - belief) * (1 - agreed), 3)
    return round(belief * _AGAINST, 3)
