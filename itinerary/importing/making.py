"""An itinerary made of rows: its text is a line per row, so that every stop has its line as evidence."""

from __future__ import annotations

from dataclasses import dataclass, field

from itinerary import legs
from itinerary.importing.rows import Harvest, LookUp, Row, empty
from itinerary.model import Coordinate, Itinerary, Kind, Place, Resolution, Span, TimeSpan, Toponym, Visit
from itinerary.wording import count, when


@dataclass(slots=True)
class Writing:
    """A text that grows line by line and tells where each piece of it stands."""

    lines: list[str] = field(default_factory=list)
    length: int = 0

    def add(self, line: str) -> Span:
        """Put a line at the end."""
        start = self.length
        self.lines.append(line)
        self.length += len(line) + 1
        return Span(start, start + len(line))

    @property
    def text(self) -> str:
        """All lines."""
        return "\n".join(self.lines) + "\n" if self.lines else ""


def trip(harvest: Harvest, look_up: LookUp | None) -> Itinerary:
    """The trip through the rows that have a place, in their order; the notes tell of the others. InputError when none has."""
    writing, places = Writing(), _Places(look_up)
    visits: list[Visit] = []
    for row in harvest.rows:
        place = places.of(row)
        if place is None:
            harvest.refuse(row.where, "it has no coordinates" + (", and its name is not known" if look_up else ""))
        else:
            visits.append(_visit(row, place, len(visits), writing))
    if not visits:
        raise empty(harvest, harvest.title or "the file")
    if places.looked_up:
        harvest.notes.append(f"{count(places.looked_up, 'place')} without coordinates: looked up by name, so look at them.")
    whose = tuple(dict.fromkeys(visit.traveller for visit in visits if visit.traveller))
    return Itinerary(
        text=writing.text,
        title=harvest.title,
        traveller=whose[0] if whose else None,
        travellers=whose,
        visits=tuple(visits),
        legs=legs.join(visits),
        notes=harvest.told(),
    )


class _Places:
    """The place of each row; rows of the same name and position share one."""

    def __init__(self, look_up: LookUp | None) -> None:
        self._look_up = look_up
        self._known: dict[tuple[object, ...], Place | None] = {}
        self.looked_up = 0

    def of(self, row: Row) -> Place | None:
        """The row's place; None when neither its coordinates nor its name tell it."""
        key = (row.name, row.at, row.country, row.place_id)
        if key not in self._known:
            self._known[key] = self._given(row) if row.at else self._found(row)
        return self._known[key]

    def _given(self, row: Row) -> Place:
        assert row.at is not None
        own = row.place_id if row.place_id and ":" in row.place_id else f"file:{len(self._known) + 1}"
        return Place(own, row.name, Coordinate(*row.at), Kind.LANDMARK, row.country)

    def _found(self, row: Row) -> Place | None:
        place = self._look_up(row.name, row.country) if self._look_up else None
        self.looked_up += place is not None
        return place


def _visit(row: Row, place: Place, rank: int, writing: Writing) -> Visit:
    times = " – ".join(dict.fromkeys(filter(None, (when(row.arrive), when(row.depart))))) or row.when_told or ""
    line = row.name + (f", {times}" if times else "") + (f": {row.description}" if row.description else "")
    proof = writing.add(line)
    return Visit(
        place=place,
        name=row.name,
        traveller=row.traveller,
        status=row.status,
        mentions=(mention(row.name, Span(proof.start, proof.start + len(row.name)), place),),
        evidence=(proof,),
        arrive=row.arrive,
        depart=_not_before(row.arrive, row.depart),
        when_told=None if row.arrive or row.depart else row.when_told,
        reason=f"{row.where} of the file",
        rank=rank,
        mode=row.mode,
    )


def mention(name: str, span: Span, place: Place | None, reason: str = "as the file has it") -> Resolution:
    """A name of the file with its place."""
    return Resolution(Toponym(span, name, (name,)), place, reason, 1.0 if place else 0.0)


def _not_before(arrive: TimeSpan | None, depart: TimeSpan | None) -> TimeSpan | None:
    """The departure, unless it is all before the arrival: then the file has it wrong, and it is left open."""
    return None if arrive and depart and depart.latest < arrive.earliest else depart
