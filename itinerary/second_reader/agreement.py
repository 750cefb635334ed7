"""How sure a stop is that two readers agree on, or one of them alone tells."""

from __future__ import annotations

from itinerary.account import Account
from itinerary.model import Place

# How often a stop with a proof is right; not calibrated.
_ALONE = 0.75
# Most for a stop that the answer puts where no place of its name is known: right reading or not, the place is in doubt.
_DISPUTED = 0.45
# What the built-in reader's "no" takes away from a stop that only the answer has: below half, it is among the doubts.
_AGAINST = 0.6


def scored(own: Account, place: Place, *, disputed: bool = False) -> float:
    """The score (0..1) of the answer's stop at a place: higher where the built-in reader has a stop there too, else lower."""
    agreed = max((visit.score for visit in own.visits if visit.place.id == place.id), default=0.0)
    belief = 1 - (1 - _ALONE) * (1 - agreed) if agreed else _ALONE * _AGAINST
    return round(min(belief, _DISPUTED) if disputed else belief, 3)
