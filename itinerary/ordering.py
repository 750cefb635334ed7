"""Put visits in time order: dates first, then what the words say, then the telling; what stays open is marked as open."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from itinerary.model import TimeSpan, Visit


def order(visits: Sequence[Visit]) -> tuple[Visit, ...]:
    """The visits in the order travelled, each with its rank.

    A visit without a time goes with the one told before it; visits whose times leave their order open keep the telling.
    """
    groups: list[list[Visit]] = []
    for visit in visits:
        if _time(visit) is not None or not groups:
            groups.append([visit])
        else:
            groups[-1].append(visit)
    ordered = [visit for group in _sorted(groups) for visit in group]
    return tuple(replace(visit, rank=rank) for rank, visit in enumerate(ordered, 1))


def _time(visit: Visit) -> TimeSpan | None:
    return visit.arrive or visit.depart


def _sorted(groups: Sequence[list[Visit]]) -> list[list[Visit]]:
    """Insertion by time: a group moves before those it certainly precedes, and never past one that leaves it open."""
    done: list[list[Visit]] = []
    for group in groups:
        at = len(done)
        while at > 0 and _before(group[0], done[at - 1][0]):
            at -= 1
        done.insert(at, group)
    return done


def _before(a: Visit, b: Visit) -> bool:
    first, second = _time(a), _time(b)
    return first is not None and second is not None and first.latest < second.earliest
