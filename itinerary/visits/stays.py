"""From judged mentions to stays: which mentions open one, and which go on about it."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from itertools import accumulate

from itinerary.model import Place
from itinerary.visits.presence import Judged, can_open
from itinerary.visits.scene import kilometres
from itinerary.visits.signals import STOP_OF_SCHEDULE

# Bounds of the probability from which a place counts as visited; within them the text itself decides, see `threshold`.
LEAST_SURE, MOST_SURE = 0.35, 0.55
_CAUTION = 1.15  # a false stop costs its reader more than a missed one, which is a click away among the mentions
OPENS_AGAIN = 0.4  # probability of the stay from which a later mention opens a new one
_ONE_PLACE_KM = 8.0  # two points of one town: its centre, its station, its castle
_GOING = frozenset({"motion", "arrive", "leave", "carry", "stay"})
_LISTED = frozenset({"in schedule", "day block", "under day block", "date in sentence"})  # signals that need no verb
_POINTS = ("city", "landmark")


@dataclass
class Stay:
    """The mentions of one stay; the first in `opening` opens it."""

    opening: Judged
    others: list[Judged] = field(default_factory=list)

    @property
    def place(self) -> Place:
        """Where."""
        return self.opening.mention.place


def stays_of(judged: Sequence[Judged]) -> tuple[Stay, ...]:
    """The stays in the order of telling."""
    sure = threshold(judged)
    candidates = [j for j in judged if j.place >= sure and can_open(j.mention, j.signals)]
    openings = sorted(_openings(candidates), key=lambda j: j.mention.index)
    stays = [Stay(j) for j in openings]
    merged = list(_without_holders(list(_merged(stays))))
    at: dict[str, list[Stay]] = {}
    for stay in merged:
        at.setdefault(stay.place.id, []).append(stay)
    for j in judged:
        if own := at.get(j.mention.place.id):
            nearest = min(own, key=lambda s: abs(s.opening.mention.index - j.mention.index))
            if nearest.opening is not j:
                nearest.others.append(j)
    return tuple(merged)


def threshold(judged: Sequence[Judged]) -> float:
    """The probability from which it pays to call a place visited: about half the best F1 to be expected in this text.

    In a text where little is certain, a likely place is worth drawing; in a clear one, it is not (Lipton, Elkan and Naryanaswamy
    2014, "Optimal thresholding of classifiers to maximize F1 measure").
    """
    places = {j.mention.place.id: j.place for j in judged}
    ranked = sorted(places.values(), reverse=True)
    expected = sum(ranked)
    best = max((2 * right / (count + expected) for count, right in enumerate(accumulate(ranked), 1)), default=0.0)
    return min(MOST_SURE, max(LEAST_SURE, _CAUTION * best / 2))


def _openings(judged: Sequence[Judged]) -> Iterator[Judged]:
    """For each place visited its best opening, and every other mention that opens a stay anew."""
    by_place: dict[str, list[Judged]] = {}
    for j in judged:
        by_place.setdefault(j.mention.place.id, []).append(j)
    for everything in by_place.values():
        scheduled = [j for j in everything if STOP_OF_SCHEDULE in j.signals]
        if scheduled:
            yield from scheduled
            continue
        # Where days are numbered, they are the journey, and what stands around them sums it up.
        mentions = [j for j in everything if "numbered day" in j.signals] or everything
        best = max(mentions, key=lambda j: (j.stay, -j.mention.index))
        yield best
        yield from (j for j in mentions if j is not best and j.stay >= OPENS_AGAIN and _moves(j))


def _moves(judged: Judged) -> bool:
    """Whether the mention tells of coming or going, as a new stay must; else it goes on about the one there was."""
    clause = judged.mention.clause
    going = clause.verb_class in _GOING or clause.noun_class == "trip"
    return going or bool(judged.signals.keys() & _LISTED)


def _merged(stays: Sequence[Stay]) -> Iterator[Stay]:
    """Neighbouring stays at one place are one."""
    last: Stay | None = None
    for stay in stays:
        if last is not None and same_spot(last.place, stay.place):
            last.others.append(stay.opening)
            if _finer(stay.place, last.place):
                last.opening, last.others[-1] = stay.opening, last.opening
            continue
        if last is not None:
            yield last
        last = stay
    if last is not None:
        yield last


def _without_holders(stays: Sequence[Stay]) -> Iterator[Stay]:
    """A country or region drops out beside a stay inside it: "he flew to Italy" and then "in Rome he met the Pope"."""
    for i, stay in enumerate(stays):
        beside = (*stays[max(0, i - 1) : i], *stays[i + 1 : i + 2])
        if stay.place.kind.level not in ("country", "region") or not any(s.place.lies_in(stay.place) for s in beside):
            yield stay


def same_spot(a: Place, b: Place) -> bool:
    """Whether two places are one for a traveller: the same, or points of one town."""
    if a.id == b.id:
        return True
    if a.kind.level not in _POINTS or b.kind.level not in _POINTS:
        return False
    return kilometres(a, b) <= max(_ONE_PLACE_KM, 0.8 * max(a.radius_km, b.radius_km) if a.country == b.country else 0)


def _finer(a: Place, b: Place) -> bool:
    """A town says more than a building in it to who looks for the stop on a map."""
    return a.kind.level == "city" and b.kind.level != "city"
