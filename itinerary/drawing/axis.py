"""Where the stops of a journey stand in time: along the calendar where the text tells enough days, else by their order."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from itinerary.model import Day, Itinerary, Precision, Visit

_DATED = 0.5  # share of the stops that must have a day for the axis to follow the calendar
_MOST_TICKS = 5  # labels that have room side by side on a telephone
_MONTHS = ("Jan", "Feb", "Mar", "Apr", "May", "June", "July", "Aug", "Sept", "Oct", "Nov", "Dec")
# Steps between ticks, the finest first: days, then months, then years.
_DAY_STEPS, _MONTH_STEPS, _YEAR_STEPS = (1, 2, 5, 10), (1, 2, 3, 6), (1, 2, 5, 10, 20, 50, 100, 200, 500, 1000, 2000, 5000)


@dataclass(frozen=True, slots=True)
class Stay:
    """Where a stop stands on the axis: from `start` to `end`, 0..1.

    `told` is False where its neighbours give the place; `exact` is True where the text tells its days, not a month or a year.
    """

    start: float
    end: float
    told: bool = False
    exact: bool = False


@dataclass(frozen=True, slots=True)
class Axis:
    """The stays of a journey in order, rising, and the ticks: pairs of a place 0..1 and its words. `dated`: by the calendar."""

    stays: tuple[Stay, ...]
    ticks: tuple[tuple[float, str], ...]
    dated: bool


def axis_of(trip: Itinerary) -> Axis:
    """The axis of a trip; without stops an empty one."""
    days = [_days(visit) for visit in trip.visits]
    known = [pair for pair in days if pair]
    if len(known) >= max(2, _DATED * len(days)) and (spans := _rising(days)):
        return _calendar(spans, trip.visits)
    last = max(1, len(days) - 1)
    return Axis(tuple(Stay(i / last, i / last) for i in range(len(days))), (), False)


def _days(visit: Visit) -> tuple[int, int] | None:
    known = [time for time in (visit.arrive, visit.depart) if time]
    return (known[0].earliest.number, max(known[0].earliest.number, known[-1].latest.number)) if known else None


def _exact(visit: Visit) -> bool:
    return all(time.precision is Precision.DAY for time in (visit.arrive, visit.depart) if time)


def _rising(days: Sequence[tuple[int, int] | None]) -> list[tuple[float, float]] | None:
    """A stretch for every stop, none before the one ahead of it, untold ones evenly between; None when all fall on one day."""
    latest, spans = float("-inf"), [(0.0, 0.0)] * len(days)
    known = [i for i, pair in enumerate(days) if pair]
    for i in known:
        first, last = days[i] or (0, 0)
        spans[i] = (max(latest, first), max(latest, first, last))
        latest = spans[i][0]
    for i, pair in enumerate(days):
        if not pair:
            at = _between(i, known, spans)
            spans[i] = (at, at)
    return spans if spans[known[-1]][1] > spans[known[0]][0] else None


def _between(i: int, known: Sequence[int], spans: Sequence[tuple[float, float]]) -> float:
    before, after = [k for k in known if k < i], [k for k in known if k > i]
    if not before or not after:
        return spans[after[0]][0] if after else spans[before[-1]][1]
    a, b = before[-1], after[0]
    start, end = spans[a][1], spans[b][0]
    return start + max(0.0, end - start) * (i - a) / (b - a)


def _calendar(spans: Sequence[tuple[float, float]], visits: Sequence[Visit]) -> Axis:
    first, last = min(start for start, _ in spans), max(end for _, end in spans)
    length = last - first
    stays = tuple(
        Stay((a - first) / length, (b - first) / length, _days(visit) is not None, _exact(visit))
        for (a, b), visit in zip(spans, visits, strict=True)
    )
    ticks = tuple(((day.number - first) / length, words) for day, words in _ticks(int(first), int(last)))
    return Axis(stays, ticks, True)


def _ticks(first: int, last: int) -> list[tuple[Day, str]]:
    """Round days with their words, as few as have room, from the first day to the last."""
    for candidates in _candidates(Day.from_number(first), Day.from_number(last)):
        inside = [(day, words) for day, words in candidates if first <= day.number <= last]
        if 1 <= len(inside) <= _MOST_TICKS:
            return inside
    return []


def _candidates(first: Day, last: Day) -> Iterator[list[tuple[Day, str]]]:
    length = last.number - first.number
    for step in _DAY_STEPS:
        if length <= step * _MOST_TICKS:
            days = [Day.from_number(n) for n in range(first.number, last.number + 1, step)]
            yield [(day, f"{day.day} {_MONTHS[day.month - 1]}") for day in days]
    for step in _MONTH_STEPS:
        if length <= step * 31 * _MOST_TICKS:
            months = [(y, m) for y in range(first.year, last.year + 1) for m in range(1, 13, step)]
            yield [(Day(y, m, 1), f"{_MONTHS[m - 1]} {year_words(y)}") for y, m in months]
    for step in _YEAR_STEPS:
        if length <= step * 366 * (_MOST_TICKS + 1):
            years = [y for y in range(first.year, last.year + 1) if (y if y > 0 else 1 - y) % step == 0]
            yield [(Day(y, 1, 1), year_words(y)) for y in years]


def year_words(year: int) -> str:
    """An astronomical year as readers write it.

    >>> year_words(1843), year_words(-43)
    ('1843', '44 BC')
    """
    return str(year) if year > 0 else f"{1 - year} BC"


def out_of_order(ranks: Sequence[int]) -> set[int]:
    """The fewest positions that break a rising order, so that all others rise.

    >>> sorted(out_of_order([3, 1, 2]))
    [0]
    """
    best: list[tuple[int, int | None]] = []  # for each position the longest rising run that ends there, and the one before it
    for i, rank in enumerate(ranks):
        longest = max(((best[j][0], j) for j in range(i) if ranks[j] < rank), default=(0, None))
        best.append((longest[0] + 1, longest[1]))
    at: int | None = max(range(len(best)), key=lambda i: best[i][0], default=None)
    kept = set()
    while at is not None:
        kept.add(at)
        at = best[at][1]
    return set(range(len(ranks))) - kept
