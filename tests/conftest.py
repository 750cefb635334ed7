"""Subjects that many tests share: a small journey made by hand, and the texts of the project."""

import datetime as dt
import json
from itertools import pairwise
from pathlib import Path

import pytest

from itinerary.model import (
    Coordinate,
    Day,
    Itinerary,
    Kind,
    Leg,
    Mention,
    Place,
    Resolution,
    Span,
    Status,
    TimeSpan,
    Toponym,
    Visit,
    Why,
)

ROOT = Path(__file__).resolve().parent.parent
SAMPLES = ROOT / "data" / "samples"

TEXT = "Ann’s summer\n\nAnn sailed from Bergen to Lerwick on 3 May 1843. She will go on to Reykjavik. London said nothing."
BERGEN = Place("geonames:3161732", "Bergen", Coordinate(60.39, 5.32), Kind.CITY, "NO", population=285_911)
LERWICK = Place("geonames:2644605", "Lerwick", Coordinate(60.15, -1.15), Kind.CITY, "GB", population=6_958)
REYKJAVIK = Place("geonames:3413829", "Reykjavík", Coordinate(64.14, -21.9), Kind.CITY, "IS", population=118_918)
LONDON = Place("geonames:2643743", "London", Coordinate(51.51, -0.13), Kind.CITY, "GB", population=8_961_989)


def resolution(name: str, place: Place | None, text: str = TEXT) -> Resolution:
    """The first mention of `name` in `text`, resolved to `place`."""
    start = text.index(name)
    return Resolution(Toponym(Span(start, start + len(name)), name, (name,)), place, "the only place of that name", 0.9)


def visit(name: str, place: Place, status: Status = Status.VISITED, arrive: TimeSpan | None = None, text: str = TEXT) -> Visit:
    """A stay proved by the sentence around the first mention of `name`."""
    found = resolution(name, place, text)
    start = text.rfind(".", 0, found.start) + 1 or text.rfind("\n", 0, found.start) + 1
    sentence = Span(start, text.find(".", found.end) + 1 or len(text))
    return Visit(place, name, "Ann", status, (found,), (sentence,), arrive)


def joined(*visits: Visit, km: float = 350.0) -> dict[str, tuple[Visit, ...] | tuple[Leg, ...]]:
    """Visits and the legs between them, as an Itinerary takes them."""
    return {"visits": visits, "legs": tuple(Leg(a, b, km) for a, b in pairwise(visits))}


@pytest.fixture
def journey() -> Itinerary:
    """Bergen, Lerwick on a known day, Reykjavik planned; London only mentioned."""
    day = TimeSpan.of_day(Day(1843, 5, 3))
    visits = (visit("Bergen", BERGEN), visit("Lerwick", LERWICK, arrive=day), visit("Reykjavik", REYKJAVIK, Status.PLANNED))
    london = Mention(resolution("London", LONDON), Why.METONYM, "“London said” speaks of a government")
    parts = joined(*visits, km=359.4)
    return Itinerary(TEXT, "Ann’s summer", None, "Ann", ("Ann",), mentions=(london,), **parts)  # type: ignore[arg-type]


@pytest.fixture(scope="session")
def sample() -> tuple[str, dt.date]:
    """The sample article and its publication date."""
    entry = json.loads((SAMPLES / "index.json").read_text(encoding="utf-8"))[0]
    return (SAMPLES / entry["file"]).read_text(encoding="utf-8"), dt.date.fromisoformat(entry["published"])
