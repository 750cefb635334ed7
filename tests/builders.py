"""Small itineraries for tests, built without any text analysis.

>>> trip = journey(("Lisbon", 38.7, -9.1, "1843-05-03"), ("Seville", 37.4, -6.0))
>>> [visit.name for visit in trip.visits], round(trip.distance_km)
(['Lisbon', 'Seville'], 308)
"""

from __future__ import annotations

from collections.abc import Sequence
from itertools import pairwise
from typing import Any

from itinerary.geodesy import distance_km
from itinerary.model import (
    Coordinate,
    Day,
    Itinerary,
    Kind,
    Leg,
    Mention,
    Place,
    Precision,
    Resolution,
    Span,
    Status,
    TimeSpan,
    Toponym,
    Visit,
    Why,
    days_in_month,
)

TEXT = "Ann’s summer\n\nAnn sailed from Bergen to Lerwick on 3 May 1843. She will go on to Reykjavik. London said nothing."
BERGEN = Place("geonames:3161732", "Bergen", Coordinate(60.39, 5.32), Kind.CITY, "NO", population=285_911)
LERWICK = Place("geonames:2644605", "Lerwick", Coordinate(60.15, -1.15), Kind.CITY, "GB", population=6_958)
REYKJAVIK = Place("geonames:3413829", "Reykjavík", Coordinate(64.14, -21.9), Kind.CITY, "IS", population=118_918)
LONDON = Place("geonames:2643743", "London", Coordinate(51.51, -0.13), Kind.CITY, "GB", population=8_961_989)

Stop = tuple[Any, ...]  # (name, latitude, longitude) or (name, latitude, longitude, date) or (…, date, overrides of Visit)


def timespan(date: str) -> TimeSpan:
    """The days of an ISO date of any precision: "1843-05-03", "1843-05" or "1843"."""
    parts = [int(part) for part in date.split("-")]
    if len(parts) == 3:
        return TimeSpan.of_day(Day(*parts))
    first, last = (parts[1], parts[1]) if len(parts) == 2 else (1, 12)
    precision = Precision.MONTH if len(parts) == 2 else Precision.YEAR
    return TimeSpan(Day(parts[0], first, 1), Day(parts[0], last, days_in_month(parts[0], last)), precision)


def place(name: str, latitude: float, longitude: float, **more: Any) -> Place:
    """A city of no country unless told otherwise; the same name gives the same place."""
    return Place(f"test:{name}", name, Coordinate(latitude, longitude), more.pop("kind", Kind.CITY), **more)


def resolution(name: str, where: Place | None, text: str = TEXT, start: int = 0) -> Resolution:
    """The first mention of `name` in the text at or after `start`, resolved to the place."""
    at = text.index(name, start)
    return Resolution(Toponym(Span(at, at + len(name)), name, (name,)), where, "the only place of that name", 0.9)


def visit(name: str, where: Place, status: Status = Status.VISITED, arrive: TimeSpan | None = None, text: str = TEXT) -> Visit:
    """A stay of Ann's proved by the sentence around the first mention of `name`."""
    found = resolution(name, where, text)
    start = text.rfind(".", 0, found.start) + 1 or text.rfind("\n", 0, found.start) + 1
    sentence = Span(start, text.find(".", found.end) + 1 or len(text))
    return Visit(where, name, "Ann", status, (found,), (sentence,), arrive)


def joined(*visits: Visit, km: float = 350.0) -> dict[str, tuple[Visit, ...] | tuple[Leg, ...]]:
    """Visits and the legs between them, as an Itinerary takes them."""
    return {"visits": visits, "legs": tuple(Leg(a, b, km) for a, b in pairwise(visits))}


def journey(*stops: Stop, mentions: Sequence[Place] = (), country: str | None = None, **more: Any) -> Itinerary:
    """An itinerary through the stops, its text one sentence per stop and per mentioned place."""
    places = [place(s[0], s[1], s[2], **_of_place(s, country)) for s in stops]
    sentences = [f"They came to {p.name}." for p in places] + [f"News of {p.name} reached them." for p in mentions]
    text = "\n\n".join(sentences)
    at, visits = 0, []
    for stop, where, sentence in zip(stops, places, sentences, strict=False):
        visits.append(_visit(stop, where, text, Span(at, at + len(sentence))))
        at += len(sentence) + 2
    named = tuple(Mention(resolution(p.name, p, text, at), Why.MENTIONED, "nobody went there") for p in mentions)
    legs = tuple(Leg(a, b, distance_km(a.place.coordinate, b.place.coordinate)) for a, b in pairwise(visits))
    return Itinerary(text, visits=tuple(visits), legs=legs, mentions=named, traveller="Ada", travellers=("Ada",), **more)


_PLACE_FIELDS = ("kind", "radius_km", "country", "population")


def _of_place(stop: Stop, country: str | None) -> dict[str, Any]:
    given = stop[4] if len(stop) > 4 else {}
    return {"country": country} | {key: given[key] for key in _PLACE_FIELDS if key in given}


def _visit(stop: Stop, where: Place, text: str, sentence: Span) -> Visit:
    date = stop[3] if len(stop) > 3 else None
    given = {key: value for key, value in (stop[4] if len(stop) > 4 else {}).items() if key not in _PLACE_FIELDS}
    details = {"status": Status.VISITED, "arrive": timespan(date) if date else None, "traveller": "Ada", "score": 0.9} | given
    return Visit(
        where, where.name, mentions=(resolution(where.name, where, text, sentence.start),), evidence=(sentence,), **details
    )
