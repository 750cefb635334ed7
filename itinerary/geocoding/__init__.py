"""Choose one place for each toponym from the candidates and the company it keeps: Toponym… -> Resolution…

`grouping` puts mentions of one name together and looks them up, `features` says what is to be seen about each option,
`company` what the other names of the text say about it, `choosing` weighs it all, `wording` says why.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

from itinerary import judging
from itinerary.geocoding.choosing import ROUNDS, Weighed, weigh
from itinerary.geocoding.grouping import groups
from itinerary.geocoding.wording import reason
from itinerary.judging import Judge
from itinerary.model import Candidate, Document, Resolution, Toponym

if TYPE_CHECKING:
    from itinerary.gazetteer import Gazetteer

__all__ = ["ROUNDS", "resolve"]

_RUNNERS_UP = 5
# Below this probability the likeliest place is rather wrong than right (see the trainer's table), and no place is better.
_LEAST = 0.25


def resolve(document: Document, toponyms: Sequence[Toponym], gazetteer: Gazetteer) -> tuple[Resolution, ...]:
    """One resolution per toponym, in the same order; without a known name the place is None and the reason says so.

    A score is the probability (0..1) that the mention names a place and that it is the one chosen.
    """
    together = judging.load("geocoding")
    judges = (judging.load("geocoding_alone"), *[together] * ROUNDS)
    found: dict[int, Resolution] = {}
    for weighed in weigh(document, toponyms, groups(document, toponyms, gazetteer), judges):
        found |= {i: _resolution(toponyms[i], weighed, together) for i in weighed.group.toponyms}
    return tuple(found[i] for i in range(len(toponyms)))


def _resolution(toponym: Toponym, weighed: Weighed, judge: Judge) -> Resolution:
    if not weighed.chances:
        return Resolution(toponym, None, f"{toponym.lookups[0]} is not in the gazetteer")
    options = weighed.group.options
    order = sorted(range(len(options)), key=lambda i: -weighed.chances[i])
    best = order[0]
    others = tuple(Candidate(options[i].place, weighed.chances[i]) for i in order[1 : _RUNNERS_UP + 1])
    score = toponym.score * weighed.chances[best]
    if weighed.chances[best] < _LEAST:
        likeliest = tuple(Candidate(options[i].place, weighed.chances[i]) for i in order[:_RUNNERS_UP])
        return Resolution(toponym, None, f"none of the {len(options)} known places fits the text", 0.0, likeliest)
    return Resolution(toponym, options[best].place, reason(weighed, best, judge), score, others, options[best].matched)
