"""Two readers' journeys through one text, set beside each other stop by stop."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum

from itinerary.geodesy import distance_km
from itinerary.model import Itinerary, Place, Visit
from itinerary.wording import country_name, when

_ONE_PLACE_KM = 8.0  # two points of one town: its centre, its station, its castle

_KM_A_DEGREE = 110.0  # of latitude, a little less than anywhere


class Difference(StrEnum):
    """In what two readers of one stop differ."""

    PLACE = "place"
    DATES = "dates"
    STATUS = "status"
    ORDER = "order"


@dataclass(frozen=True, slots=True)
class Pair:
    """A stop as the two readers have it: its index (from 0) in the visits of each, None where a reader has none.

    `sentence` says what they make of it, for a user who must choose.
    """

    first: int | None
    second: int | None
    differences: tuple[Difference, ...]
    sentence: str

    @property
    def agree(self) -> bool:
        """Whether both have the stop, in all the same way."""
        return self.first is not None and self.second is not None and not self.differences


@dataclass(frozen=True, slots=True)
class SideBySide:
    """Two journeys through one text, and their stops in pairs, in the order of the second with the first's in between."""

    first: Itinerary
    second: Itinerary
    pairs: tuple[Pair, ...]

    @property
    def agreement(self) -> float:
        """Share (0..1) of the pairs that both have, dates and all; 1 where neither has a stop."""
        return sum(pair.agree for pair in self.pairs) / len(self.pairs) if self.pairs else 1.0


def side_by_side(first: Itinerary, second: Itinerary) -> SideBySide:
    """The built-in reader's journey (`first`) beside a model's (`second`), both read out of the same text."""
    same = _aligned(first.visits, second.visits)
    moved = _moved(first.visits, second.visits, same)
    rows = _in_order(len(first.visits), len(second.visits), same | moved)
    pairs = [_pair(first.visits, second.visits, row, moved=row[0] in moved) for row in rows]
    return SideBySide(first, second, tuple(pairs))


# --- which stops are the same -----------------------------------------------------------------------------------------


def _likeness(a: Visit, b: Visit) -> int:
    """0 for different stops; 2 for one place, 1 for one name put in two places; 1 more where it is read off the same words."""
    words = any(x.toponym.span.overlaps(y.toponym.span) for x in a.mentions[:1] for y in b.mentions[:1])
    return 2 * _one_place(a.place, b.place) + words


def _one_place(a: Place, b: Place) -> bool:
    near = abs(a.coordinate.latitude - b.coordinate.latitude) < _ONE_PLACE_KM / _KM_A_DEGREE  # quick; rules nearly all out
    return a.id == b.id or (near and distance_km(a.coordinate, b.coordinate) <= _ONE_PLACE_KM)


def _aligned(first: Sequence[Visit], second: Sequence[Visit]) -> dict[int, int]:
    """Stops that both have in the same order, by index: the alignment that is most alike."""
    like = [[_likeness(a, b) for b in second] for a in first]
    best = [[0] * (len(second) + 1) for _ in range(len(first) + 1)]
    for i in range(len(first) - 1, -1, -1):
        for j in range(len(second) - 1, -1, -1):
            together = like[i][j] + best[i + 1][j + 1] if like[i][j] else 0
            best[i][j] = max(best[i + 1][j], best[i][j + 1], together)
    found, i, j = dict[int, int](), 0, 0
    while i < len(first) and j < len(second):
        if like[i][j] and best[i][j] == like[i][j] + best[i + 1][j + 1]:
            found[i] = j
            i, j = i + 1, j + 1
        elif best[i + 1][j] >= best[i][j + 1]:
            i += 1
        else:
            j += 1
    return found


def _moved(first: Sequence[Visit], second: Sequence[Visit], same: Mapping[int, int]) -> dict[int, int]:
    """Stops that both have, each at another point of the journey."""
    free = [j for j in range(len(second)) if j not in same.values()]
    found = dict[int, int]()
    for i in (i for i in range(len(first)) if i not in same):
        at = next((j for j in free if _likeness(first[i], second[j]) >= 2), None)
        if at is not None:
            found[i] = at
            free.remove(at)
    return found


def _in_order(firsts: int, seconds: int, same: Mapping[int, int]) -> list[tuple[int | None, int | None]]:
    """All pairs in the order of the second; what only the first has stands behind what it stood behind there."""
    rows: list[tuple[int | None, int | None]] = [(None, j) for j in range(seconds)]
    for i, j in same.items():
        rows[j] = (i, j)
    for i in (i for i in range(firsts) if i not in same):
        at = next((n + 1 for n, (one, _) in enumerate(rows) if i and one == i - 1), 0)
        rows.insert(at, (i, None))
    return rows


# --- what they make of it ---------------------------------------------------------------------------------------------


def _pair(first: Sequence[Visit], second: Sequence[Visit], row: tuple[int | None, int | None], *, moved: bool) -> Pair:
    i, j = row
    if i is None or j is None:
        who, visit = ("language model", second[j]) if i is None and j is not None else ("built-in reader", first[i or 0])
        return Pair(i, j, (), f"Only the {who} has a stop in {visit.name}.")
    told = dict(_differences(first[i], second[j]))
    if moved:
        told[Difference.ORDER] = "they have it at different points of the journey"
    sentence = f"Both have a stop in {second[j].name}" + "".join(f"; {words}" for words in told.values())
    return Pair(i, j, tuple(told), f"{sentence}.")


def _differences(a: Visit, b: Visit) -> Iterator[tuple[Difference, str]]:
    """What the built-in reader (a) and the model (b) make of one stop, as far as they differ."""
    if _likeness(a, b) < 2:
        yield Difference.PLACE, f"the built-in reader puts it in {_where(a)}, the language model in {_where(b)}"
    if (a.arrive, a.depart) != (b.arrive, b.depart):
        yield Difference.DATES, f"the built-in reader dates it {_dates(a)}, the language model {_dates(b)}"
    if a.status is not b.status:
        yield Difference.STATUS, f"{a.status.value} to the built-in reader, {b.status.value} to the language model"


def _where(visit: Visit) -> str:
    place = visit.place
    return ", ".join(dict.fromkeys(filter(None, (place.name, place.admin1, country_name(place.country)))))


def _dates(visit: Visit) -> str:
    told = [f"{word} {when(time)}" for word, time in (("from", visit.arrive), ("to", visit.depart)) if time]
    return " ".join(told) or (f"“{visit.when_told}”" if visit.when_told else "not at all")
