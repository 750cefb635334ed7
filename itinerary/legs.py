"""Join neighbouring visits, measure the way between them and say what makes it doubtful.

Where a way is doubtful and a namesake of one of its ends lies by the route, the namesake is taken, once, and says so.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from itertools import pairwise

from itinerary.geodesy import distance_km
from itinerary.model import Candidate, Leg, Place, Precision, Resolution, TimeSpan, Visit

# Most kilometres a day that each way of travelling has ever made on a journey, a day's and a night's travel together.
_FASTEST_KM_A_DAY = {
    "on foot": 100,
    "horse": 250,
    "carriage": 350,
    "bicycle": 400,
    "ship": 1_200,
    "train": 4_000,
    "car": 1_800,
    "bus": 1_800,
    "balloon": 3_000,
    "flight": 20_000,
}
_BEFORE_RAILWAYS, _BEFORE_AIRLINES = 1830, 1920
_FASTEST_BEFORE = ((_BEFORE_RAILWAYS, 400), (_BEFORE_AIRLINES, 1_500))  # (year, km a day) by whatever was to be had
_FAR_KM = 4_000  # a hop this long without a word on how is worth a second look in a journey of short legs
_SURE = 0.9  # score from which a resolution is not asked again
_FAR_SHORTER = 0.1  # a namesake is taken when it shortens the way over it to this share


def join(visits: Sequence[Visit]) -> tuple[Leg, ...]:
    """The legs between neighbours, one fewer than the visits."""
    legs = [_leg(a, b) for a, b in pairwise(visits)]
    return tuple(_checked(leg, legs) for leg in legs)


def _leg(a: Visit, b: Visit) -> Leg:
    return Leg(a, b, round(distance_km(a.place.coordinate, b.place.coordinate), 3), _days(a, b), b.mode)


def _days(a: Visit, b: Visit) -> int | None:
    """Whole days from leaving one to reaching the other, None unless the text tells both to the day."""
    left, reached = a.depart or a.arrive, b.arrive or b.depart
    if left is None or reached is None or left.precision is not Precision.DAY or reached.precision is not Precision.DAY:
        return None
    days = reached.earliest.number - left.latest.number
    return days if days >= 0 else None


def _checked(leg: Leg, legs: Sequence[Leg]) -> Leg:
    warnings = tuple(w for w in (_too_fast(leg), _backwards(leg), _stray(leg, legs)) if w)
    return Leg(leg.origin, leg.destination, leg.distance_km, leg.days, leg.mode, warnings) if warnings else leg


def _too_fast(leg: Leg) -> str | None:
    if leg.days is None:
        return None
    fastest = _FASTEST_KM_A_DAY.get(leg.mode or "", 20_000)
    when = leg.destination.arrive or leg.origin.depart
    for year, speed in _FASTEST_BEFORE:
        if when and when.latest.year < year:
            fastest = min(fastest, speed)
    if leg.distance_km <= fastest * (leg.days + 1):
        return None
    how = f"by {leg.mode}" if leg.mode and leg.mode != "on foot" else (leg.mode or "at that time")
    days = "a day" if leg.days <= 1 else f"{leg.days} days"
    return f"{leg.distance_km:,.0f} km in {days} is more than anyone makes {how}"


def _backwards(leg: Leg) -> str | None:
    left, reached = _told(leg.origin), _told(leg.destination)
    if left and reached and reached.latest < left.earliest:
        return "the dates told run backwards here"
    return None


def _told(visit: Visit) -> TimeSpan | None:
    return visit.arrive or visit.depart


def _stray(leg: Leg, legs: Sequence[Leg]) -> str | None:
    """A long hop in a journey of short ones, to a place that was not sure in the first place."""
    if len(legs) < 3 or leg.mode is not None or leg.distance_km < _FAR_KM:
        return None
    usual = sorted(other.distance_km for other in legs)[len(legs) // 2]
    doubtful = min(max((m.score for m in v.mentions), default=0.0) for v in (leg.origin, leg.destination)) < 0.5
    if leg.distance_km > 10 * max(usual, 1.0) and doubtful:
        return f"{leg.distance_km:,.0f} km is far beyond the other legs: one of the two may be a namesake"
    return None


# --- a second look at namesakes ---------------------------------------------------------------------------------------


def second_look(visits: Sequence[Visit]) -> tuple[Visit, ...]:
    """The visits, with a runner-up in place of an unsure namesake that makes a leg doubtful, where that mends the route."""
    doubtful = {visit.mentions[0].toponym.span for leg in join(visits) if leg.warnings for visit in (leg.origin, leg.destination)}
    found = list(visits)
    for i, visit in enumerate(found):
        if visit.mentions[0].toponym.span in doubtful:
            found[i] = _mended(visit, [v.place for v in (*found[max(0, i - 1) : i], *found[i + 1 : i + 2])])
    return tuple(found)


def _mended(visit: Visit, neighbours: Sequence[Place]) -> Visit:
    unsure = max(visit.mentions, key=lambda r: r.score)
    if unsure.score >= _SURE or not unsure.runners_up or not neighbours:
        return visit
    way = _way(visit.place, neighbours)
    best = min(unsure.runners_up, key=lambda candidate: _way(candidate.place, neighbours))
    if _way(best.place, neighbours) > _FAR_SHORTER * way:
        return visit
    reason = f"{best.place.name} by the route, not its namesake {way:,.0f} km out of the way"
    mentions = tuple(_instead(r, best, reason) if r.place == visit.place else r for r in visit.mentions)
    return replace(visit, place=best.place, mentions=mentions)


def _way(place: Place, neighbours: Sequence[Place]) -> float:
    return sum(distance_km(place.coordinate, other.coordinate) for other in neighbours)


def _instead(resolution: Resolution, chosen: Candidate, reason: str) -> Resolution:
    """The resolution with the runner-up as its place, and the former place among the runners-up."""
    former = (Candidate(resolution.place, resolution.score),) if resolution.place else ()
    others = tuple(c for c in resolution.runners_up if c != chosen)
    return replace(resolution, place=chosen.place, score=chosen.score, reason=reason, runners_up=(*former, *others))
