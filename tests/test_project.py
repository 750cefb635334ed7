"""Claims about files that open again: nothing is lost, and nothing that they hold is trusted."""

import json
import os
from dataclasses import replace
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from itinerary import project
from itinerary.errors import InputError, ItineraryError, OutputError
from itinerary.model import Itinerary, Mention, Resolution, Span, Status, Toponym, Why
from itinerary.project import file, text
from itinerary.workspace import SetPlace, Settings, SetTitle, Workspace, hand_place
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


# --- the project file -------------------------------------------------------------------------------------------------


@settings(max_examples=30, deadline=None)
@given(strategies.workspaces() | strategies.workspaces(strategies.itineraries()))
def test_a_workspace_saved_and_loaded_is_the_same_workspace(workspace):
    saved = project.dumps(workspace)
    again = project.load(saved)
    assert (again, again.trip, again.lost) == (workspace, workspace.trip, workspace.lost)
    assert project.dumps(again) == saved


def corrected():
    """A journey with a step of two corrections, and one undone."""
    start = Workspace(journey(LISBON, SEVILLE), Settings("South", "letter.txt", day_first=True))
    step = start.do(SetPlace(start.stop(0), hand_place(1, 2, "Here")), SetTitle("South"))
    return step.add(LONDON, status=Status.PLANNED).undo()


def files(folder):
    return [entry.name for entry in folder.iterdir()]


def test_a_project_is_saved_whole_and_opens_by_its_path(tmp_path):
    path = project.save(corrected(), tmp_path / f"trip{project.ENDING}")
    assert project.load(path) == project.load(str(path)) == corrected()
    assert files(tmp_path) == ["trip.itinerary.json"]


def test_a_project_is_not_saved_in_part(tmp_path, monkeypatch):
    path = project.save(Workspace(journey(LISBON)), tmp_path / "trip.itinerary.json")
    before = path.read_bytes()

    def full(handle):
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(os, "fsync", full)
    with pytest.raises(OutputError, match="the disk is full"):
        project.save(corrected(), path)
    assert path.read_bytes() == before and files(tmp_path) == ["trip.itinerary.json"]


def test_a_trip_written_by_itself_opens_as_a_workspace():
    trip = journey(LISBON, SEVILLE)
    assert project.load(text.dump(project.trip_to_json(trip))) == Workspace(trip)


def test_a_project_says_what_was_done_in_words():
    saved = json.loads(project.dumps(corrected()))
    assert [[correction["do"] for correction in step] for step in saved["done"]] == [["SetPlace", "SetTitle"]]
    assert saved["done"][0][0]["target"]["quote"]["exact"] == "Lisbon"
    assert saved["settings"] == {"name": "South", "source": "letter.txt", "day_first": True}
    assert saved["trip"]["text"] == corrected().read.text


def test_what_is_no_file_is_not_opened(tmp_path):
    with pytest.raises(InputError, match="There is no file"):
        project.load(tmp_path)
    with pytest.raises(InputError, match="There is no file"):
        project.load(tmp_path / "absent.itinerary.json")


@pytest.mark.parametrize(
    ("path", "value", "said"),
    [
        (("done",), {}, "done should be a list"),
        (("done",), [[]], r"done\[0\] should be a list of corrections"),
        (("done", 0, 0, "do"), "Explode", r"done\[0\]\[0\]\.do should be one of SetStatus"),
        (("done", 0, 0, "do"), [], "not a list"),
        (("done", 0, 0, "place"), "test:Nowhere", "not in the table of places"),
        (("done", 0, 0, "target"), {}, "An anchor needs a quote"),
        (("done", 0, 0, "target", "quote", "start"), -1, "an offset of 0 or more"),
        (("done", 0, 0, "target", "quote", "exact"), "", "A quote needs words"),
        (("done", 0, 0, "everywhere"), "yes", "true or false"),
        (("done", 0, 1, "colour"), "red", "a field 'colour' that this version does not know"),
        (("settings", "published"), "soon", "a day is written"),
        (("settings", "mood"), "soon", "a field 'mood'"),
        (("version",), 2, "newer version of the program"),
        (("version",), True, "version should be 1"),
    ],
)
def test_a_project_that_was_tampered_with_is_refused(path, value, said):
    content = json.loads(project.dumps(corrected()))
    holder = content
    for step in path[:-1]:
        holder = holder[step]
    holder[path[-1]] = value
    with pytest.raises(InputError, match=said):
        project.load(json.dumps(content).encode())


def test_more_steps_than_anybody_makes_are_refused(monkeypatch):
    monkeypatch.setattr(file, "_MOST_STEPS", 0)
    with pytest.raises(InputError, match="at most 0 steps"):
        project.load(project.dumps(corrected()))


def test_a_correction_that_holds_on_to_nothing_opens_and_is_reported():
    content = json.loads(project.dumps(corrected()))
    content["done"][0][0]["target"]["quote"] |= {"exact": "Atlantis", "start": 10**9}
    (lost,) = project.load(json.dumps(content).encode()).lost
    assert "Atlantis" in lost.sentence


def places_in(content, path=()):
    """The path of everything in a JSON value."""
    yield path
    steps = content.items() if isinstance(content, dict) else enumerate(content) if isinstance(content, list) else ()
    for step, inner in steps:
        yield from places_in(inner, (*path, step))


anything = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats() | st.sampled_from(("", "x", "visited", "9999-12-31", "hand:1")),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.sampled_from(("quote", "key", "start")), inner, max_size=2),
    max_leaves=4,
)


@settings(max_examples=150, deadline=None)
@given(st.data())
def test_whatever_stands_anywhere_the_file_opens_or_is_refused_in_a_sentence(data):
    content = {"all": json.loads(project.dumps(corrected()))}
    *way, last = ("all", *data.draw(st.sampled_from(list(places_in(content["all"])))))
    holder = content
    for step in way:
        holder = holder[step]
    holder[last] = data.draw(anything)
    try:
        opened = project.load(json.dumps(content["all"]).encode())
    except ItineraryError as refused:
        assert "\n" not in str(refused)
    else:
        assert project.load(project.dumps(opened)) == opened


# --- files of earlier versions ----------------------------------------------------------------------------------------


def test_a_file_that_the_first_version_saved_opens_for_ever():
    opened = project.load(Path(__file__).parent / "golden" / "version-1.itinerary.json")
    assert len({type(correction) for correction in opened.corrections()}) == 11  # one of each kind
    assert [visit.name for visit in opened.read.visits] == ["Lisbon", "Seville", "Toledo", "Lisbon", "Paris"]
    assert [visit.name for visit in opened.trip.visits] == ["Lisbon", "Lisbon", "Cadiz", "Toledo", "Seville", "Paris", "Rome"]
    assert opened.trip.visits[5].place.id == "hand:33.66,-95.56" and opened.trip.visits[6].status is Status.PLANNED
    assert (opened.trip.title, opened.trip.traveller, opened.trip.mentions) == ("Far south", "Ada Byron", ())
    assert (opened.settings.source, opened.lost, opened.can_redo) == ("letter.txt", (), True)
