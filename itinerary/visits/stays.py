"""From judged mentions to stays: which mentions open one, and which go on about it."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field

from itinerary.model import Place
from itinerary.visits.presence import Judged, can_open
from itinerary.visits.scene import kilometres

BEEN_THERE = 0.4  # probability of the place from which counting it pays: about half the F1 that is to be had
OPENS_AGAIN = 0.5  # probability of the stay from which a later mention opens a new one
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
    openings = sorted(_openings([j for j in judged if can_open(j.mention, j.signals)]), key=lambda j: j.mention.index)
    stays = [Stay(j) for j in openings]
    merged = list(_merged(stays))
    for j in judged:
        own = [s for s in merged if s.place.id == j.mention.place.id]
        if own and j.place >= BEEN_THERE:
            nearest = min(own, key=lambda s: abs(s.opening.mention.index - j.mention.index))
            if nearest.opening is not j:
                nearest.others.append(j)
    return tuple(merged)


def _openings(judged: Sequence[Judged]) -> Iterator[Judged]:
    """For each place visited its best opening, and every other mention that opens a stay anew."""
    by_place: dict[str, list[Judged]] = {}
    for j in judged:
        if j.place >= BEEN_THERE:
            by_place.setdefault(j.mention.place.id, []).append(j)
    for mentions in by_place.values():
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
