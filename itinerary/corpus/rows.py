"""An itinerary as rows of the dataset."""

from __future__ import annotations

import datetime as dt
import struct
from collections.abc import Iterator, Sequence
from typing import TYPE_CHECKING, Any

from itinerary.corpus.schema import schema
from itinerary.corpus.texts import Text
from itinerary.geodesy import cut, track
from itinerary.model import Coordinate, DateMention, Day, Itinerary, Leg, Mention, Place, TimeSpan, Visit

if TYPE_CHECKING:
    import pyarrow as pa

Rows = dict[str, list[dict[str, Any]]]  # by table

_WKB_POINT, _WKB_LINE, _WKB_LINES = 1, 2, 5
_COMMON_ERA = range(1, dt.MAXYEAR + 1)  # years that a date of Python, Arrow or SQL can have


def rows_of(text: Text, trip: Itinerary, seconds: float) -> Rows:
    """All that is told of one document, by table; `seconds` is what it took."""
    kms = [0.0, *(leg.distance_km for leg in trip.legs)]
    found: Rows = {
        "stops": [_stop(trip, number, visit, kms[number - 1]) for number, visit in enumerate(trip.visits, 1)],
        "legs": [_leg(number, leg) for number, leg in enumerate(trip.legs, 1)],
        "mentions": [_mention(mention) for mention in trip.mentions],
        "dates": [_date(mention) for mention in trip.dates],
        "errors": [],
        "documents": [_document(text, trip, seconds)],
    }
    return {table: [{"document": text.id, **row} for row in rows] for table, rows in found.items()}


def failure(text: Text, kind: str, reason: str, seconds: float = 0.0) -> Rows:
    """What is told of a document that could not be read."""
    about = {"document": text.id, "occurrence": text.occurrence}
    size = {"characters": len(text.content), "seconds": seconds, "stops": 0, "countries": 0, "km": 0.0}
    return {"errors": [{**about, "kind": kind, "reason": reason}], "documents": [{**about, "status": "failed", **size}]}


def table_of(name: str, rows: Sequence[dict[str, Any]]) -> pa.Table:
    """Rows as an Arrow table; what is not told is null, halves of surrogate pairs become question marks."""
    import pyarrow as pa

    try:
        return pa.Table.from_pylist(list(rows), schema=schema(name))
    except UnicodeEncodeError:
        return pa.Table.from_pylist([{key: _sayable(value) for key, value in row.items()} for row in rows], schema=schema(name))


def _sayable(value: Any) -> Any:
    if isinstance(value, list):
        return [_sayable(item) for item in value]
    return value.encode("utf-8", "replace").decode("utf-8") if isinstance(value, str) else value


# --- a row of each table ----------------------------------------------------------------------------------------------


def _document(text: Text, trip: Itinerary, seconds: float) -> dict[str, Any]:
    return {
        "occurrence": text.occurrence,
        "status": "read",
        "title": trip.title,
        "published": trip.published,
        "traveller": trip.traveller,
        "travellers": list(trip.travellers),
        "stops": len(trip.visits),
        "countries": len({visit.place.country for visit in trip.visits if visit.place.country}),
        "km": trip.distance_km,
        "days": trip.days,
        "characters": len(trip.text),
        "seconds": seconds,
    }


def _stop(trip: Itinerary, number: int, visit: Visit, km: float) -> dict[str, Any]:
    return {
        "stop": number,
        "name": visit.name,
        **_place(visit.place),
        "kind": str(visit.place.kind),
        "admin1": visit.place.admin1,
        "status": str(visit.status),
        "traveller": visit.traveller,
        **_times("arrive", visit.arrive),
        **_times("depart", visit.depart),
        "when_told": visit.when_told,
        "score": visit.score,
        "order_told": visit.order_told,
        "km": km,
        "evidence": " ".join(visit.evidence[0].of(trip.text).split()),
        "starts": visit.mentions[0].start,
        "ends": visit.mentions[0].end,
        "geometry": _point(visit.place.coordinate),
    }


def _place(place: Place | None) -> dict[str, Any]:
    if place is None:
        return {}
    where = place.coordinate
    told = {"place": place.name, "place_id": place.id, "country": place.country}
    return {**told, "latitude": where.latitude, "longitude": where.longitude}


def _times(end: str, when: TimeSpan | None) -> dict[str, Any]:
    if when is None:
        return {}
    return {end: when.isoformat(), f"{end}_from": _day(when.earliest), f"{end}_to": _day(when.latest)}


def _day(day: Day) -> dt.date | None:
    return dt.date(day.year, day.month, day.day) if day.year in _COMMON_ERA else None


def _leg(number: int, leg: Leg) -> dict[str, Any]:
    return {
        "leg": number,
        **_end("origin", leg.origin.place),
        **_end("destination", leg.destination.place),
        "km": leg.distance_km,
        "days": leg.days,
        "mode": leg.mode,
        "traveller": leg.destination.traveller,
        "status": str(leg.destination.status),
        "warnings": list(leg.warnings),
        "geometry": _lines(leg.origin.place.coordinate, leg.destination.place.coordinate),
    }


def _end(end: str, place: Place) -> dict[str, Any]:
    return {f"{end}_{'id' if name == 'place_id' else name}": value for name, value in _place(place).items()}


def _mention(mention: Mention) -> dict[str, Any]:
    found = mention.resolution
    told = {"name": found.name, "why": str(mention.why), "reason": mention.reason, "score": mention.score}
    return {**told, **_place(found.place), "starts": found.start, "ends": found.end}


def _date(mention: DateMention) -> dict[str, Any]:
    told = {"text": mention.surface, "value": mention.value, "type": mention.type}
    days = {"earliest": _day(mention.when.earliest), "latest": _day(mention.when.latest)} if mention.when else {}
    return {**told, **days, "starts": mention.start, "ends": mention.end}


# --- geometry, as well-known binary: little endian, longitude first ---------------------------------------------------


def _point(at: Coordinate) -> bytes:
    return struct.pack("<BIdd", 1, _WKB_POINT, at.longitude, at.latitude)


def _lines(origin: Coordinate, destination: Coordinate) -> bytes:
    pieces = cut(track(origin, destination))
    head = struct.pack("<BII", 1, _WKB_LINES, len(pieces))
    return head + b"".join(struct.pack("<BII", 1, _WKB_LINE, len(piece)) + b"".join(_pairs(piece)) for piece in pieces)


def _pairs(line: Sequence[tuple[float, float]]) -> Iterator[bytes]:
    return (struct.pack("<dd", longitude, latitude) for latitude, longitude in line)
