"""Claims about a journey that is passed on without its text: no file tells more of it than names and times."""

from __future__ import annotations

import datetime as dt
import io
import re
import zipfile

import pyarrow.parquet as pq
import pytest
from hypothesis import given, settings

from itinerary import export, importing, pipeline
from itinerary.export.discretion import discreet
from itinerary.model import Itinerary
from tests.strategies import itineraries, tellings

PICTURES = (".png", ".pdf")  # bytes in which no words can be looked for; they never hold a sentence
WORDS = re.compile(r"\w+")


@pytest.fixture(scope="module")
def trip(sample: tuple[str, dt.date]) -> Itinerary:
    return pipeline.build(*sample)


def fours(text: str) -> set[str]:
    """Every four words that follow each other, whatever stands between them."""
    words = WORDS.findall(text.lower())
    return {" ".join(words[at : at + 4]) for at in range(len(words) - 3)}


def told(data: bytes, ending: str) -> str:
    """All words of a file."""
    if ending.endswith("parquet"):
        return str(pq.read_table(io.BytesIO(data)).to_pydict())
    if ending in (".xlsx", ".kmz"):
        with zipfile.ZipFile(io.BytesIO(data)) as archive:
            return " ".join(archive.read(name).decode(errors="replace") for name in archive.namelist())
    if ending == ".ics":
        data = re.sub(rb"\r?\n ", b"", data)  # long lines are folded
    return data.decode().replace("\\n", " ").replace("\\u", " ")


@pytest.mark.parametrize("ending", [ending for ending in export.FORMATS if ending not in PICTURES])
def test_no_four_words_of_a_sentence_stand_in_any_file(ending: str, trip: Itinerary) -> None:
    kept = [
        trip.title or "",
        *trip.travellers,
        *(found.name for found in trip.resolutions),
        *(date.surface for date in trip.dates),
    ]
    harmless = set[str]().union(*map(fours, kept))
    own = fours(told(export.FORMATS[ending].encode(Itinerary("")), ending))  # what the format itself says
    secret = fours(trip.text) - harmless - own
    assert len(secret) > 300
    open_file = fours(told(export.FORMATS[ending].encode(trip), ending))
    bare = fours(told(export.FORMATS[ending].without_sentences().encode(trip), ending))
    assert secret & bare == set()
    assert bool(secret & open_file) == (ending not in (".svg", ".legs.csv", ".legs.parquet"))


def test_the_journey_stays_the_same(trip: Itinerary) -> None:
    bare = discreet(trip)
    assert [(v.place, v.arrive, v.depart, v.name) for v in bare.visits] == [
        (v.place, v.arrive, v.depart, v.name) for v in trip.visits
    ]
    assert (bare.distance_km, bare.title, bare.traveller) == (trip.distance_km, trip.title, trip.traveller)
    opened = importing.open_trip(export.encoded(bare, "itinerary.json"), "x.itinerary.json")
    assert [v.place.name for v in opened.visits] == [v.place.name for v in trip.visits]


@pytest.mark.slow
@settings(max_examples=50, deadline=None)
@given(itineraries() | tellings())
def test_any_journey_can_be_told_so_and_every_name_stands_where_it_stood(any_trip: Itinerary) -> None:
    bare = discreet(any_trip)
    assert len(bare.text) == len(any_trip.text)
    assert all(r.toponym.span.of(bare.text) == r.toponym.span.of(any_trip.text) for r in any_trip.resolutions)
    assert all(d.span.of(bare.text) == d.span.of(any_trip.text) for d in any_trip.dates)
    assert discreet(bare) == bare
