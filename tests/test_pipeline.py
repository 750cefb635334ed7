"""Claims about the whole way from a text to an itinerary: what it takes, what it refuses, and that it is the same every time."""

import datetime as dt
import json
from concurrent.futures import ThreadPoolExecutor

import pytest

from itinerary import pipeline
from itinerary.errors import InputError
from itinerary.model import Itinerary

TRIP = """Ann’s summer

Ann Smith left Bergen on 3 May 1843. On 5 May she arrived in Lerwick and stayed there for a week. London said nothing.

From Lerwick she sailed to Aberdeen. She will go on to Edinburgh."""


@pytest.fixture(scope="module")
def trip():
    return pipeline.build(TRIP)


# --- the publication day ----------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    "given", ["2023-09-17", " 2023-09-17\n", "20230917", dt.date(2023, 9, 17), dt.datetime(2023, 9, 17, 23, 59)]
)
def test_a_publication_day_is_taken_as_a_date_a_time_or_text(given):
    day = pipeline.publication_day(given)
    assert day == dt.date(2023, 9, 17)
    assert type(day) is dt.date


@pytest.mark.parametrize("given", [None, "", "  "])
def test_no_publication_day_is_none(given):
    assert pipeline.publication_day(given) is None


@pytest.mark.parametrize("given", ["17.9.2023", "2023-02-30", "yesterday", 2023, "2023"])
def test_what_is_no_publication_day_is_told_with_an_example(given):
    with pytest.raises(InputError, match="YYYY-MM-DD") as error:
        pipeline.build(TRIP, given)
    assert repr(given) in str(error.value)


def test_characters_behind_a_publication_day_are_not_overlooked():
    with pytest.raises(InputError, match="20230917xx"):
        pipeline.publication_day("20230917xx")


# --- texts that tell nothing ------------------------------------------------------------------------------------------


@pytest.mark.parametrize("work", [pipeline.build, pipeline.geoparse])
@pytest.mark.parametrize("text", ["", "  \n ", "\0"])
def test_an_empty_text_is_an_error(work, text):
    with pytest.raises(InputError, match="empty"):
        work(text)


@pytest.mark.parametrize("work", [pipeline.build, pipeline.geoparse, pipeline.find_dates])
def test_bytes_are_an_error_that_says_what_to_do(work):
    with pytest.raises(InputError, match=r"not bytes; .*decode"):
        work(b"Ann left Bergen.")


def test_a_text_without_places_gives_an_empty_itinerary():
    journey = pipeline.build("The soup was good and nobody complained.")
    assert (journey.visits, journey.legs, journey.mentions, journey.distance_km, journey.days) == ((), (), (), 0, None)


# --- hostile texts ----------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    "text",
    [
        "Ann\0 left\x1b[31m Bergen\x07 for Oslo.",
        "\u202eAnn left Bergen\u202c for \u2067Oslo\u2069.",
        "Ann 😀 left 👨‍👩‍👧 Bergen 🇳🇴 for Oslo ✈️.",
        "Ann left Bergen for " + "x" * 10_000 + " and Oslo.",
        "A" * 10_000,
        "<script>alert('Bergen')</script> Ann left <b>Bergen</b> for Oslo. ${x} {{y}} %s ]]> --",
        "\udc80Ann left Bergen\udfff for Oslo.",
        "(" * 300 + "Bergen" + ")" * 300,
        "In year 99999999999999999999 on 99/99/9999 Ann left Bergen for Oslo for 999999999999 days.",
        "Bergen " * 500,
        "Bergen|Oslo|3 May\n" * 50,
        "1" * 5_000,
    ],
    ids=["control", "bidi", "emoji", "long", "longest", "markup", "surrogates", "deep", "numbers", "repeated", "table", "digits"],
)
def test_hostile_texts_are_read_like_any_other(text):
    journey = pipeline.build(text, "2023-09-17")
    assert journey.text == text
    assert all(r.toponym.span.of(text) == r.name for r in journey.resolutions)
    assert all(date.span.of(text) == date.surface for date in journey.dates)
    assert json.loads(json.dumps(journey.to_geojson()))["type"] == "FeatureCollection"


@pytest.mark.parametrize("odd", ["\0", "\u202e", "😀", "\u00ad"])
def test_an_odd_character_hides_no_stop(odd):
    assert [v.name for v in pipeline.build(f"Ann {odd} left Bergen {odd} and travelled to Oslo.").visits] == ["Bergen", "Oslo"]


# --- what comes out ---------------------------------------------------------------------------------------------------


def test_a_text_becomes_a_journey(trip):
    assert [v.name for v in trip.visits] == ["Bergen", "Lerwick", "Aberdeen", "Edinburgh"]
    assert (trip.title, trip.traveller, trip.text) == ("Ann’s summer", "Ann Smith", TRIP)
    assert "London" in [m.resolution.name for m in trip.mentions]


def test_evidence_and_mentions_are_pieces_of_the_text(trip):
    for visit in trip.visits:
        assert visit.name in [r.toponym.span.of(TRIP) for r in visit.mentions]
        opening = visit.mentions[0].toponym.span
        assert any(sentence.covers(opening) for sentence in visit.evidence)
        assert all(0 <= s.start < s.end <= len(TRIP) for s in visit.evidence)
    assert all(r.toponym.span.of(TRIP) == r.name for r in trip.resolutions)
    assert all(date.span.of(TRIP) == date.surface for date in trip.dates)


def test_the_parts_agree_with_the_whole(trip):
    assert [r.toponym.span for r in pipeline.geoparse(TRIP)] == [r.toponym.span for r in trip.resolutions]
    assert [d.surface for d in pipeline.find_dates(TRIP)] == [d.surface for d in trip.dates]


def test_the_same_text_gives_the_same_answer(trip):
    assert pipeline.build(TRIP).to_geojson() == trip.to_geojson()


def test_four_threads_get_the_same_answer(trip):
    with ThreadPoolExecutor(4) as pool:
        journeys: list[Itinerary] = list(pool.map(pipeline.build, [TRIP] * 8))
    assert all(journey.to_geojson() == trip.to_geojson() for journey in journeys)


def test_progress_tells_every_stage_in_order():
    heard = []
    pipeline.build(TRIP, progress=lambda stage, share: heard.append((stage, share)))
    stages = list(dict.fromkeys(stage for stage, _ in heard))
    assert stages == ["reading", "finding dates", "finding places", "judging visits", "done"]
    assert all(0 <= share <= 1 for _, share in heard)
    assert heard[-1] == ("done", 1.0)
