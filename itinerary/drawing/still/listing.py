"""The list of stops: as roomy as it can be, in as many columns as it must, and it says how many stops it leaves out."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from itinerary.drawing.still.colours import colours
from itinerary.drawing.still.fonts import Typesetter, clean
from itinerary.drawing.still.marks import Box, Mark
from itinerary.drawing.still.stops import is_doubtful, name_of
from itinerary.drawing.times import stay
from itinerary.model import Itinerary, Status, Visit
from itinerary.wording import country_name

_GUTTER = 16.0  # points between columns
_LONGEST = 80  # letters of a name in the list
_ASIDE = 0.88  # size of what is said aside, in sizes of the name
_ROOMY, _FEW = 13, 26  # entries for which a list at the side has two lines each, or one line in one column


@dataclass(frozen=True, slots=True)
class Entry:
    """A line of the list."""

    order: int
    name: str
    aside: str  # when, where, how far
    short: str  # when


@dataclass(frozen=True, slots=True)
class Plan:
    """How a list of `count` entries is set: letters of `size`, `rows` in each of `columns`."""

    count: int
    size: float
    columns: int
    rows: int
    two_lines: bool

    @property
    def row_height(self) -> float:
        """Points from one entry to the next."""
        return self.size * (2.75 if self.two_lines else 1.5)

    @property
    def height(self) -> float:
        """Points that the list takes."""
        used = min(self.rows, -(-self.count // self.columns))
        return used * self.row_height

    @property
    def shown(self) -> int:
        """Entries that have a place; the last place of a list that is too long says how many are left out."""
        places = self.rows * self.columns
        return self.count if self.count <= places else max(0, places - 1)


def plan(count: int, room: Box, size: float) -> Plan:
    """The roomiest list that shows all entries in the room; else the densest."""
    # share of the text size, two lines, least width of a column in letters' sizes
    options = ((1.0, True, 19.0), (0.92, True, 15.0), (0.95, False, 17.0), (0.85, False, 16.0), (0.75, False, 13.0),
               (0.66, False, 9.0), (0.58, False, 6.2))  # fmt: skip
    best = None
    for share, two_lines, least in options:
        letters = share * size
        columns = max(1, int((room.width + _GUTTER) / (least * size + _GUTTER)))
        best = Plan(count, letters, columns, 1, two_lines)
        best = Plan(count, letters, columns, max(1, int(room.height / best.row_height)), two_lines)
        if best.shown == count:
            return _even(best)
    assert best is not None
    return best


def _even(one: Plan) -> Plan:
    """With no more columns than it needs, filled evenly."""
    rows = max(1, -(-one.count // one.columns))
    return Plan(one.count, one.size, one.columns, min(one.rows, rows) if one.columns > 1 else one.rows, one.two_lines)


def entries_of(trip: Itinerary, setter: Typesetter) -> list[Entry]:
    """All stops in order, in words."""
    legs = [None, *trip.legs][: len(trip.visits)]
    found = []
    for order, (visit, leg) in enumerate(zip(trip.visits, legs, strict=True), 1):
        country = country_name(visit.place.country) if visit.place.kind.level != "country" else ""
        when = clean(stay(visit), 60)
        km = f"{leg.distance_km:,.0f} km" if leg else ""
        aside = " · ".join(part for part in (when, clean(country, 40), km, _remark(visit)) if part)
        found.append(Entry(order, name_of(visit, setter, _LONGEST), aside, when or _remark(visit)))
    return found


def _remark(visit: Visit) -> str:
    status = "" if visit.status is Status.VISITED else {Status.PASSED: "passed through"}.get(visit.status, str(visit.status))
    return ", ".join(part for part in (status, "doubtful" if is_doubtful(visit) else "") if part)


def widest(entries: Sequence[Entry], size: float, setter: Typesetter) -> float:
    """Points that the widest entry takes in a roomy list; many entries take all there is."""
    if len(entries) > _FEW:
        return float("inf")
    return max(_wide(entry, size, setter, two_lines=len(entries) <= _ROOMY) for entry in entries) + 2.4 * size


def _wide(entry: Entry, size: float, setter: Typesetter, *, two_lines: bool) -> float:
    """Points that an entry takes without its number."""
    name = setter.width(entry.name, size, "semibold")
    if two_lines:
        return max(name, setter.width(entry.aside, _ASIDE * size))
    return name + (setter.width(entry.short, _ASIDE * size) + size if entry.short else 0.0)


def list_marks(entries: Sequence[Entry], box: Box, look: Plan, setter: Typesetter) -> Iterator[Mark]:
    """The list in its box."""
    width = (box.width - (look.columns - 1) * _GUTTER) / look.columns
    for at, entry in enumerate(entries[: look.shown]):
        column, row = divmod(at, look.rows)
        yield from _entry(entry, Box(box.x + column * (width + _GUTTER), box.y + row * look.row_height, width, 0), look, setter)
    if look.shown < len(entries):
        column, row = divmod(look.shown, look.rows)
        start = (box.x + column * (width + _GUTTER), box.y + row * look.row_height + look.size)
        yield setter.set(f"and {len(entries) - look.shown:,} more", start, look.size, colours()["quiet"])


def _entry(entry: Entry, box: Box, look: Plan, setter: Typesetter) -> Iterator[Mark]:
    size, paint, foot = look.size, colours(), box.y + look.size
    number = str(entry.order)
    indent = size * (1.9 if look.two_lines else 1.75) + max(0, len(number) - 2) * 0.5 * size
    yield setter.set(number, (box.x + indent - 0.55 * size - setter.width(number, size, "semibold"), foot), size, paint["accent"],
                     face="semibold")  # fmt: skip
    room, aside = box.width - indent, "" if look.two_lines else entry.short
    aside_size = _ASIDE * size
    aside_width = setter.width(aside, aside_size) + size if aside else 0.0
    if aside_width > 0.6 * room or aside_width + setter.width(entry.name, size, "semibold") > room:
        aside_width = 0.0
    name = setter.shortened(entry.name, room - aside_width, size, "semibold")
    yield setter.set(name, (box.x + indent, foot), size, paint["ink"], face="semibold")
    if aside_width:
        yield setter.set(aside, (box.right - aside_width + size, foot), aside_size, paint["quiet"])
    if look.two_lines and entry.aside:
        told = setter.shortened(entry.aside, room, aside_size)
        yield setter.set(told, (box.x + indent, foot + 1.12 * size), aside_size, paint["quiet"])
