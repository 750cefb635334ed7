"""Names looked up on the net: off unless asked for, politely, and never at the cost of what was found offline.

::

    names without a place ── memory (answers of earlier days) ─► known? ─┬──────────────► Resolution with its source and date
                                                                 └─ asking ─► service ─► replies ─┘

`asking` keeps to one request a second for all sessions of the user, tries again after passing troubles and turns the lasting
ones into one sentence; `transport` knows which machines may be asked; `replies` believes nothing that a server says before it
has looked; `memory` keeps answers and the pace in the user's cache folder; `fetching` gets a GeoNames dump file; `visiting` gets
the one page that the user names, over a `wire` to an address that was checked. Only names leave the machine, never the text.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, replace

from itinerary.model import Candidate, Form, Resolution
from itinerary.names import fold
from itinerary.online.asking import Answer, OnlineGeocoder, Trouble, geocoder
from itinerary.online.fetching import fetched
from itinerary.online.replies import Hit
from itinerary.online.visiting import fetch_page

__all__ = ["OnlineGeocoder", "fetch_page", "fetched", "geocoder", "helped"]

# The public server is no place for bulk: more names than a long article has are not asked for (at 1/s, two minutes).
_MOST_NAMES = 120
# Answers that are no place data may concern one odd name; so many in one text concern the server.
_PATIENCE = 3
# No place has a longer name.
_LONGEST_NAME = 200
# Not calibrated: a name that no gazetteer holds is as often a person, a ship or a street as the place that the net knows.
_SCORE = 0.5
# How much the share of the text's places in a hit's country weighs against its importance, both 0..1.
_COMPANY = 0.5


def helped(resolutions: Sequence[Resolution], geocoder: OnlineGeocoder) -> tuple[tuple[Resolution, ...], tuple[str, ...]]:
    """The resolutions, those of names that the gazetteer lacks filled in where the service knows them; and warnings.

    With `geocoder.everything` names with a place are asked for as well; the place found offline becomes a runner-up. At most
    one warning: whatever the service does, the offline result stands.
    """
    wanted = dict.fromkeys(r.toponym.lookups for r in resolutions if _is_asked_for(r, geocoder))
    enquiry = _Enquiry(geocoder)
    answers = {lookups: answer for lookups in wanted if (answer := enquiry.first(lookups))}
    shares = _shares(resolutions)
    filled = [
        _filled(r, answers[r.toponym.lookups], shares) if _is_asked_for(r, geocoder) and r.toponym.lookups in answers else r
        for r in resolutions
    ]
    return tuple(filled), tuple([enquiry.warning] if enquiry.warning else [])


def _is_asked_for(resolution: Resolution, geocoder: OnlineGeocoder) -> bool:
    """Adjectives and abbreviations are words of our lists or nothing; runners-up mean that the gazetteer has the name."""
    if resolution.toponym.form is not Form.NAME:
        return False
    return geocoder.everything or (resolution.place is None and not resolution.runners_up)


@dataclass(slots=True)
class _Enquiry:
    """The questions of one text: counts them, and falls silent once the service has shown that it won't answer."""

    geocoder: OnlineGeocoder
    asked: int = 0
    troubles: int = 0
    warning: str | None = None

    def first(self, lookups: Sequence[str]) -> Answer | None:
        """The answer to the first of the names that has one."""
        names = [name for name in lookups if len(name) <= _LONGEST_NAME and fold(name)]
        return next((answer for name in names if (answer := self._ask(name)) and answer.hits), None)

    def _ask(self, name: str) -> Answer | None:
        if self.troubles >= _PATIENCE:
            return None
        if self.asked >= _MOST_NAMES:
            self.warning = self.warning or f"Only {_MOST_NAMES} names were looked up online; the others are left as they were."
            return None
        self.asked += 1
        try:
            return self.geocoder.find(name)
        except Trouble as trouble:
            self.warning = self.warning or str(trouble)
            self.troubles += _PATIENCE if trouble.lasting else 1
            return None


def _shares(resolutions: Sequence[Resolution]) -> dict[str, float]:
    """For each country its share (0..1) of the places found offline."""
    countries = Counter(r.country for r in resolutions if r.country)
    return {country: count / countries.total() for country, count in countries.items()}


def _filled(resolution: Resolution, answer: Answer, shares: dict[str, float]) -> Resolution:
    """The likeliest of the hits in the place of what was, which becomes a runner-up."""

    def worth(hit: Hit) -> float:
        return hit.importance + _COMPANY * shares.get(hit.place.country or "", 0.0)

    best, *others = sorted(answer.hits, key=worth, reverse=True)
    former = [Candidate(resolution.place, min(resolution.score, 1 - _SCORE))] if resolution.place else []
    share = (1 - _SCORE) / (len(others) + 1)
    lacking = "" if resolution.place else "not in the gazetteer; "
    return replace(
        resolution,
        place=best.place,
        reason=f"{lacking}{answer.source} has it as “{best.label}” (asked on {answer.asked}{answer.credit})",
        score=resolution.toponym.score * _SCORE,
        runners_up=(*former, *(Candidate(hit.place, share) for hit in others), *resolution.runners_up),
        matched=answer.name,
    )
