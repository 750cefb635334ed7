"""Two or more trips side by side: which places they share, and where and when their travellers may have met.

Both at one place on one day is sure; whatever leaves a day open, a plan, or a place within another that is not small, is
"perhaps". Nothing is made up: where the text tells no time, the stops told before and after bound it.
"""

from __future__ import annotations

import math
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import combinations

from itinerary.errors import InputError
from itinerary.geodesy import distance_km
from itinerary.model import Coordinate, Day, Itinerary, Place, Precision, Status, TimeSpan, Visit
from itinerary.wording import when

# Two points of one town (km): its centre, its station, its castle.
_ONE_TOWN_KM = 8.0
# A region no wider than this (radius, km) is small enough for two people in it to have met.
_SMALL_KM = 60.0
# Days after the last time told (or before the first) in which a stay that the text leaves open is looked for.
_OPEN_DAYS = 366
# Of latitude, where it is shortest; a degree of longitude is that times the cosine of the latitude, or more.
_KM_A_DEGREE = 110.5
_POLAR = 89.0  # degrees


@dataclass(frozen=True, slots=True)
class Stay:
    """A stop of one of the trips: the trip by its name, the stop by its index in `visits`."""

    trip: str
    index: int
    visit: Visit


@dataclass(frozen=True, slots=True)
class Meeting:
    """Two stays at one place that share a day (`sure`) or may do so; `when` are the days it can have been, None when open."""

    place: Place
    stays: tuple[Stay, Stay]
    when: TimeSpan | None
    sure: bool
    sentence: str


@dataclass(frozen=True, slots=True)
class Shared:
    """A place where at least two of the trips stop, at whatever time; the stays in the order of the trips."""

    place: Place
    stays: tuple[Stay, ...]


@dataclass(frozen=True, slots=True)
class Comparison:
    """What trips have in common: meetings in order of time, the undated last; shared places, and stays that no other trip has."""

    meetings: tuple[Meeting, ...]
    shared: tuple[Shared, ...]
    alone: tuple[Stay, ...]


def compare(trips: Mapping[str, Itinerary]) -> Comparison:
    """The trips, by the names to call them, side by side. Raises InputError for fewer than two."""
    if len(trips) < 2:
        raise InputError(f"It takes two trips to compare, not {len(trips)}; open another one.")
    stays = [_stays(name, trip) for name, trip in trips.items()]
    everything = [stay for own in stays for stay in own]
    windows = {(s.trip, s.index): window for own in stays for s, window in zip(own, _windows(own), strict=True)}
    meetings = [m for a, b in combinations(stays, 2) for m in _meetings(a, b, windows)]
    shared = tuple(_shared(everything))
    together = {(stay.trip, stay.index) for place in shared for stay in place.stays}
    alone = tuple(stay for stay in everything if (stay.trip, stay.index) not in together)
    return Comparison(tuple(sorted(meetings, key=_by_time)), shared, alone)


def _stays(name: str, trip: Itinerary) -> list[Stay]:
    return [Stay(name, index, visit) for index, visit in enumerate(trip.visits)]


# --- where ------------------------------------------------------------------------------------------------------------


def same_place(a: Place, b: Place) -> bool:
    """Whether two stops are at one place: the same, points of one town, or a part of a town and the town."""
    return a.id == b.id or _holds(a, b, town=True) or _holds(b, a, town=True) or _one_town(a, b)


def _holds(outer: Place, inner: Place, *, town: bool) -> bool:
    """Whether `inner` lies in `outer`, which is a town or else a small region."""
    fits = outer.kind.level == "city" if town else 0 < outer.radius_km <= _SMALL_KM
    return fits and inner.lies_in(outer)


def _one_town(a: Place, b: Place) -> bool:
    if _clearly_apart(a.coordinate, b.coordinate) or {a.kind.level, b.kind.level} - {"city", "landmark"}:
        return False
    return distance_km(a.coordinate, b.coordinate) <= _ONE_TOWN_KM


def _clearly_apart(a: Coordinate, b: Coordinate) -> bool:
    """Cheap, and never wrong when it says yes: so many degrees of latitude, or of longitude, are longer than a town."""
    if abs(a.latitude - b.latitude) * _KM_A_DEGREE > _ONE_TOWN_KM:
        return True
    around, north = abs(a.longitude - b.longitude), max(abs(a.latitude), abs(b.latitude))
    # Near a pole the way around it is longer than the way across.
    return north < _POLAR and min(around, 360 - around) * math.cos(math.radians(north)) * _KM_A_DEGREE > _ONE_TOWN_KM


def _near(a: Place, b: Place) -> bool:
    return _holds(a, b, town=False) or _holds(b, a, town=False)


def _finer(a: Place, b: Place) -> Place:
    return a if a.lies_in(b) else b if b.lies_in(a) or b.radius_km < a.radius_km else a


def _shared(stays: Sequence[Stay]) -> Iterator[Shared]:
    """Places in the order in which they are first stopped at, with everybody's stays there."""
    groups: list[list[Stay]] = []
    for stay in stays:
        group = next((g for g in groups if same_place(g[0].visit.place, stay.visit.place)), None)
        if group is None:
            groups.append([stay])
        else:
            group.append(stay)
    return (Shared(group[0].visit.place, tuple(group)) for group in groups if len({stay.trip for stay in group}) > 1)


# --- when -------------------------------------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class _Window:
    """The days (by number) of a stay: it lies within `low`..`high`, None being open; `certain` are days it surely covers."""

    low: int | None
    high: int | None
    certain: tuple[int, int] | None


def _windows(stays: Sequence[Stay]) -> list[_Window]:
    """One per stay of a trip; what is not told is bounded by the neighbours that are."""
    visits = [stay.visit for stay in stays]
    lows, highs, bound = [], [], None
    for visit in visits:
        lows.append(visit.arrive.earliest.number if visit.arrive else bound)
        left = visit.depart or visit.arrive
        bound = left.earliest.number if left else bound
    bound = None
    for visit in reversed(visits):
        highs.append(visit.depart.latest.number if visit.depart else bound)
        reached = visit.arrive or visit.depart
        bound = reached.latest.number if reached else bound
    return [_window(visit, low, high) for visit, low, high in zip(visits, lows, reversed(highs), strict=True)]


def _window(visit: Visit, low: int | None, high: int | None) -> _Window:
    """The window, its open ends no farther than a stay is likely to last; a stay's own words go before its neighbours'."""
    if low is not None and high is not None and high < low:
        low, high = (low, None) if visit.arrive else (None, high) if visit.depart else (high, low)
    if low is None and high is not None:
        low = high - _OPEN_DAYS
    elif low is not None and high is None:
        high = (visit.arrive.latest.number if visit.arrive else low) + _OPEN_DAYS
    return _Window(low, high, _certain(visit))


def _certain(visit: Visit) -> tuple[int, int] | None:
    """First and last day that the traveller was surely there."""
    begin, end = visit.arrive or visit.depart, visit.depart or visit.arrive
    if visit.status is Status.PLANNED or begin is None or end is None:
        return None
    if begin is end and begin.earliest != begin.latest:
        return None  # some day of a month is no day
    return (begin.latest.number, end.earliest.number) if begin.latest <= end.earliest else None


def _meetings(a: Sequence[Stay], b: Sequence[Stay], windows: Mapping[tuple[str, int], _Window]) -> Iterator[Meeting]:
    for one in a:
        for other in b:
            same = same_place(one.visit.place, other.visit.place)
            if same or _near(one.visit.place, other.visit.place):
                first, second = (windows[stay.trip, stay.index] for stay in (one, other))
                if _may_overlap(first, second):
                    yield _meeting((one, other), (first, second), same=same)


def _may_overlap(a: _Window, b: _Window) -> bool:
    return not any(x.high is not None and y.low is not None and x.high < y.low for x, y in ((a, b), (b, a)))


def _meeting(stays: tuple[Stay, Stay], windows: tuple[_Window, _Window], *, same: bool) -> Meeting:
    both = [w.certain for w in windows if w.certain]
    days = (max(c[0] for c in both), min(c[1] for c in both)) if len(both) == 2 else (1, 0)
    sure = same and days[0] <= days[1]
    lows, highs = [w.low for w in windows if w.low is not None], [w.high for w in windows if w.high is not None]
    if not sure and lows and highs:
        days = (max(lows), min(highs))
    span = _span(*days) if sure or (lows and highs) else None
    place = _finer(stays[0].visit.place, stays[1].visit.place)
    return Meeting(place, stays, span, sure, _sentence(stays, place, span, sure=sure))


def _span(first: int, last: int) -> TimeSpan | None:
    """The days as a time; None for days beyond the calendar."""
    try:
        begin, end = Day.from_number(first), Day.from_number(last)
    except ValueError:
        return None
    return TimeSpan(begin, end, Precision.DAY if begin == end else Precision.RANGE)


def _sentence(stays: tuple[Stay, Stay], place: Place, span: TimeSpan | None, *, sure: bool) -> str:
    names = [f"{s.visit.traveller or 'the traveller'} ({s.trip})" for s in stays]
    who = " and ".join(names)
    if sure:
        return f"{who} were both in {place.name} on {when(span)}."
    planned = any(s.visit.status is Status.PLANNED for s in stays)
    why = "one of the two is only planned" if planned else "the days are not all told"
    return f"{who} may have met in {place.name}{f', {when(span)}' if span else ''}: {why}."


def _by_time(meeting: Meeting) -> tuple[bool, int, bool]:
    return meeting.when is None, meeting.when.earliest.number if meeting.when else 0, not meeting.sure
