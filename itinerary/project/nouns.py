"""How the nouns are spelled in a file: days as ISO dates, spans as [start, end], places once each in a table of their own.

A leg is written without its ends: the first leg joins the first two visits, and so on. On reading, legs are hung on the very
visits of the trip; a file without legs (written by hand) gets them measured anew.
"""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Iterator, Mapping
from itertools import pairwise

from itinerary import legs
from itinerary.errors import InputError
from itinerary.model import Day, Itinerary, Leg, Place, Span, Visit
from itinerary.project.codec import Codec, Json, Spelling, expect, shown

_DAY = re.compile(r"(-?[0-9]{4})-([0-9]{2})-([0-9]{2})")
_ENDS = ("origin", "destination")


class Places:
    """The table of places that stands in a file once, with the key that each is called by: its id, numbered if taken."""

    def __init__(self) -> None:
        """An empty table."""
        self._keys: dict[Place, str] = {}
        self._places: dict[str, Place] = {}

    def key(self, place: Place) -> str:
        """What the place is called by; it is put into the table if it is not there."""
        if place not in self._keys:
            key, number = place.id, 1
            while key in self._places:
                key, number = f"{place.id}#{number + 1}", number + 1
            self._keys[place], self._places[key] = key, place
        return self._keys[place]

    def place(self, key: Json) -> Place:
        """The place called so. Raises ValueError where there is none."""
        if not isinstance(key, str) or key not in self._places:
            raise ValueError(f"{shown(key)} is not in the table of places")
        return self._places[key]

    def write(self) -> Json:
        """The table as JSON, by key."""
        codec = Codec(_SPELLINGS)
        return {key: codec.write_fields(place) for key, place in sorted(self._places.items())}

    @classmethod
    def read(cls, value: Json) -> Places:
        """The table that a file holds. Raises InputError."""
        expect(isinstance(value, dict), "places", "places by name", value)
        table, codec = cls(), Codec(_SPELLINGS)
        table._places = {key: codec.read_fields(Place, content, f"places[{key[:60]!r}]") for key, content in value.items()}
        return table


def codec_with(places: Places) -> Codec:
    """The codec of all nouns, which calls places by their keys in the table."""
    return Codec({**_SPELLINGS, Place: Spelling(places.key, places.place)})


def write_trip(trip: Itinerary, codec: Codec) -> dict[str, Json]:
    """The fields of a trip."""
    written = codec.write_fields(trip, leave_out=("legs",))
    joined = [codec.write_fields(leg, leave_out=_ENDS) for leg in trip.legs]
    return written | ({"legs": joined} if joined else {})


def read_trip(value: Json, codec: Codec, where: str) -> Itinerary:
    """The trip with these fields. Raises InputError for anything that is no trip."""
    expect(isinstance(value, dict), where, "fields by name", value)
    own = dict(value)
    joined = own.pop("legs", None)
    visits = codec.read(tuple[Visit, ...], own.pop("visits", []), f"{where}.visits")
    given = {"visits": visits, "legs": _read_legs(joined, visits, codec, f"{where}.legs")}
    trip: Itinerary = codec.read_fields(Itinerary, own, where, given)
    _refuse_outside(trip, where)
    return trip


def _read_legs(value: Json, visits: tuple[Visit, ...], codec: Codec, where: str) -> tuple[Leg, ...]:
    if value is None:
        return legs.join(visits)
    expect(isinstance(value, list) and len(value) == max(0, len(visits) - 1), where, f"one less than {len(visits)} visits", value)
    ends = pairwise(visits)
    return tuple(
        codec.read_fields(Leg, leg, f"{where}[{i}]", dict(zip(_ENDS, pair, strict=True)))
        for i, (leg, pair) in enumerate(zip(value, ends, strict=True))
    )


def _refuse_outside(trip: Itinerary, where: str) -> None:
    """A span beyond the end of the text would show the wrong words, or none."""
    outside = next((span for span in _spans(trip) if span.end > len(trip.text)), None)
    if outside is not None:
        raise InputError(
            f"This file can't be opened: {where} points to the characters {outside.start} to {outside.end} "
            f"of a text that has {len(trip.text)}."
        )


def _spans(trip: Itinerary) -> Iterator[Span]:
    yield from (resolution.toponym.span for resolution in trip.resolutions)
    yield from (span for visit in trip.visits for span in visit.evidence)
    yield from (date.span for date in trip.dates)


# --- small nouns ------------------------------------------------------------------------------------------------------


def _write_span(span: Span) -> Json:
    return [span.start, span.end]


def _read_span(value: Json) -> Span:
    if not isinstance(value, list) or len(value) != 2 or any(type(end) is not int for end in value):
        raise ValueError(f"a span is written [start, end], not {shown(value)}")
    return Span(*value)


def _read_day(value: Json) -> Day:
    written = _DAY.fullmatch(value) if isinstance(value, str) else None
    if written is None:
        raise ValueError(f"a day is written YYYY-MM-DD, not {shown(value)}")
    return Day(*(int(part) for part in written.groups()))


def _read_date(value: Json) -> dt.date:
    day = _read_day(value)
    return dt.date(day.year, day.month, day.day)


_SPELLINGS: Mapping[type, Spelling] = {
    Span: Spelling(_write_span, _read_span),
    Day: Spelling(Day.isoformat, _read_day),
    dt.date: Spelling(dt.date.isoformat, _read_date),
}
