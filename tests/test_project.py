"""Claims about files that open again: nothing is lost, and nothing that they hold is trusted."""

import json
from dataclasses import replace

import pytest
from hypothesis import given, settings

from itinerary import project
from itinerary.errors import InputError, ItineraryError, OutputError
from itinerary.model import Itinerary, Mention, Resolution, Span, Toponym, Why
from itinerary.project import text
from tests import strategies
from tests.builders import LONDON, journey

LISBON, SEVILLE = ("Lisbon", 38.72, -9.14, "1843-05-03"), ("Seville", 37.39, -5.99)


# --- nothing is lost --------------------------------------------------------------------------------------------------


@settings(max_examples=60, deadline=None)
@given(strategies.itineraries())
def test_a_trip_written_and_read_is_the_same_trip(trip):
    written = text.dump(project.trip_to_json(trip))
    again = project.trip_from_json(text.parse(written))
    assert again == trip
    assert text.dump(project.trip_to_json(again)) == written


def test_legs_hang_on_the_very_visits_of_the_trip():
    trip = project.trip_from_json(project.trip_to_json(journey(LISBON, SEVILLE, LISBON)))
    assert [leg.origin for leg in trip.legs] == list(trip.visits[:-1])
    assert all(
        leg.origin is a and leg.destination is b for leg, a, b in zip(trip.legs, trip.visits, trip.visits[1:], strict=False)
    )


def test_two_places_with_one_id_stay_two():
    trip = journey(LISBON, SEVILLE)
    moved = replace(trip.visits[0].place, name="Lisboa")
    odd = replace(trip.visits[0], place=moved)
    legs = (replace(trip.legs[0], origin=odd),)
    trip = replace(trip, visits=(odd, trip.visits[1]), legs=legs)
    assert project.trip_from_json(project.trip_to_json(trip)) == trip


def test_a_text_with_half_a_surrogate_pair_comes_back():
    trip = Itinerary("a\ud800b")
    assert project.trip_from_json(text.parse(text.dump(project.trip_to_json(trip)))) == trip


def test_what_repeats_is_written_once():
    written = text.dump(project.trip_to_json(journey(LISBON, SEVILLE, LISBON, SEVILLE))).decode()
    assert written.count('"latitude"') == 2


def test_small_things_stand_on_one_line():
    written = text.dump(project.trip_to_json(journey(LISBON, SEVILLE))).decode()
    assert '"arrive": {"earliest": "1843-05-03", "latest": "1843-05-03", "precision": "day"}' in written
    assert max(len(line) for line in written.splitlines()) < 150


def test_a_number_that_is_none_is_not_written():
    mention = Mention(Resolution(Toponym(Span(0, 1), "a", ("a",)), LONDON, "why"), Why.MENTIONED, "", float("nan"))
    with pytest.raises(OutputError, match="can't be written"):
        text.dump(project.trip_to_json(Itinerary("a", mentions=(mention,))))


def test_a_trip_written_by_hand_needs_neither_defaults_nor_legs():
    written = project.trip_to_json(journey(LISBON, SEVILLE))
    del written["trip"]["legs"]
    assert round(project.trip_from_json(written).distance_km) == 313


# --- nothing is trusted -----------------------------------------------------------------------------------------------


def spoilt(path, value):
    """The JSON of a journey in which one value is another."""
    content = json.loads(json.dumps(project.trip_to_json(journey(LISBON, SEVILLE, mentions=[LONDON]))))
    holder = content
    for step in path[:-1]:
        holder = holder[step]
    holder[path[-1]] = value
    return content


@pytest.mark.parametrize(
    ("path", "value", "said"),
    [
        (("trip", "visits", 0, "score"), "high", r"trip\.visits\[0\]\.score should be a number, not 'high'"),
        (("trip", "visits", 0, "score"), True, "should be a number, not True"),
        (("trip", "visits", 0, "score"), float("nan"), "should be a number, not nan"),
        (("trip", "visits", 0, "score"), float("inf"), "should be a number, not inf"),
        (("trip", "visits", 0, "score"), 7, r"score 7\.0 of the visit to 'Lisbon' is not in 0\.\.1"),
        (("trip", "visits", 0, "rank"), 10**400, "a whole number, not a number that large"),
        (("trip", "visits", 0, "status"), "dreamt", "one of visited, planned, passed, not 'dreamt'"),
        (("trip", "visits", 0, "status"), ["visited"], "not a list"),
        (("trip", "visits", 0, "evidence"), [[0, "x"]], r"evidence\[0\] is wrong: a span is written \[start, end\]"),
        (("trip", "visits", 0, "evidence"), [[5, 5]], "0 <= start < end, not 5..5"),
        (("trip", "visits", 0, "evidence"), [[5, 5_000]], "characters 5 to 5000 of a text that has 73"),
        (("trip", "visits", 0, "mentions"), [], "has no mention"),
        (("trip", "visits", 0, "place"), "geonames:1", "'geonames:1' is not in the table of places"),
        (("trip", "visits", 0, "arrive", "earliest"), "1843-02-30", "there is no day 1843-2-30"),
        (("trip", "visits", 0, "arrive", "earliest"), 1843, "a day is written YYYY-MM-DD, not 1843"),
        (("trip", "visits", 0, "arived"), None, "a field 'arived' that this version does not know"),
        (("trip", "visits", 0), [], "should be fields by name, not a list"),
        (("trip", "visits"), {"0": 1}, "should be a list, not fields by name"),
        (("trip", "legs"), [], "one less than 2 visits"),
        (("trip", "legs", 0, "distance_km"), -1, "does not fit on Earth"),
        (("trip", "published"), "2023-13-01", "month 13 is not in 1..12"),
        (("trip", "travellers"), "Ada", "should be a list, not 'Ada'"),
        (("trip", "text"), 5, "trip.text should be words, not 5"),
        (("trip",), None, "trip should be fields by name, not None"),
        (("places", "test:Lisbon", "coordinate", "latitude"), 91, "latitude 91.0 is not in -90..90"),
        (("places", "test:Lisbon", "id"), "nowhere", "a place's id names its source"),
        (("places",), [], "should be places by name"),
        (("version",), 2, "update"),
        (("format",), "zip", "itinerary trip"),
    ],
)
def test_a_wrong_value_is_refused_in_one_sentence_that_says_where(path, value, said):
    with pytest.raises(InputError, match=said) as refused:
        project.trip_from_json(spoilt(path, value))
    assert "\n" not in str(refused.value) and len(str(refused.value)) < 300


@pytest.mark.parametrize("field", ["text", "visits"])
def test_a_missing_field_is_named_unless_it_has_a_default(field):
    content = project.trip_to_json(journey(LISBON))
    del content["trip"][field]
    if field == "visits":
        assert project.trip_from_json(content).visits == ()
    else:
        with pytest.raises(InputError, match="trip lacks 'text'"):
            project.trip_from_json(content)


@pytest.mark.parametrize(
    ("data", "said"),
    [
        (b"", "not JSON"),
        (b"\x00\xff", "not JSON"),
        (b"[NaN]", "NaN is not a number"),
        (b"[" * 200_000, "nested deeper"),
        (b"[" + b"1" * 5_000 + b"]", "not JSON"),
    ],
)
def test_bytes_that_are_no_json_are_refused(data, said):
    with pytest.raises(InputError, match=said):
        text.parse(data)


def test_too_much_is_refused_before_it_is_read(monkeypatch):
    monkeypatch.setattr(text, "LARGEST", 10)
    with pytest.raises(InputError, match="11 bytes"):
        text.parse(b"[1,2,3,4,5]")


@pytest.mark.parametrize("content", [None, 3, "x", [], {}, {"format": "itinerary trip", "version": 1}])
def test_other_json_is_refused(content):
    with pytest.raises(ItineraryError):
        project.trip_from_json(content)
