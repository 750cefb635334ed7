"""What the dashboard is made of, tested without a browser: formats, desk and store, scenes, events, corrections in words."""

import datetime as dt
import json
import re
from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from itinerary import comparing
from itinerary.dashboard import comparison, component, mending, panels, samples, scenes, sending, words
from itinerary.dashboard.desk import MOST_SHEETS, Desk, Task
from itinerary.dashboard.formats import Manner
from itinerary.dashboard.mending import Target
from itinerary.dashboard.state import plain
from itinerary.dashboard.store import Store, is_token, new_token
from itinerary.model import Coordinate, Day, Itinerary, Kind, Place, Status, TimeSpan
from itinerary.workspace import SetPlace, SetStatus, Workspace
from tests import builders
from tests.builders import BERGEN, joined, visit
from tests.conftest import ROOT

TOKYO = Place("geonames:1850147", "Tokyo", Coordinate(35.69, 139.69), Kind.CITY, "JP")
FRISCO = Place("geonames:5391959", "San Francisco", Coordinate(37.77, -122.42), Kind.CITY, "US")


def sheet_of(desk: Desk, text: str) -> str:
    """Put a trip without stops on the desk; gives its key."""
    desk.put(Task(text), Workspace(Itinerary(text)))
    assert desk.current
    return desk.current


# --- formats ----------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("locale", "distance", "day"),
    [
        ("en-US", "1,000 mi", "May 3, 1843"), ("en-IE", "1,609 km", "3 May 1843"), ("de-DE", "1.609 km", "3 May 1843"),
        ("fr", "1\u202f609 km", "3 May 1843"), ("de-CH", "1’609 km", "3 May 1843"), (None, "1,609 km", "3 May 1843"),
        ("zh-Hant-TW", "1,609 km", "3 May 1843"), ("nonsense_locale", "1,609 km", "3 May 1843"),
    ],
)  # fmt: skip
def test_numbers_and_dates_are_written_as_the_reader_s_browser_says(locale: str | None, distance: str, day: str) -> None:
    manner = Manner.of(locale)
    assert manner.distance(1609.344).replace("\u00a0", " ") == distance
    assert manner.time(TimeSpan.of_day(Day(1843, 5, 3))) == day


def test_the_reader_s_choice_of_unit_goes_before_the_browser_s() -> None:
    assert Manner.of("en-US").measuring("km").distance(2) == "2\u00a0km"


def test_months_go_first_in_ranges_too() -> None:
    manner = Manner(month_first=True)
    assert manner.dates("3–7 May 1843") == "May 3–7, 1843"
    assert manner.dates("between 3 and 7 May 1843") == "between May 3 and 7, 1843"
    assert manner.dates("15 March 44 BC") == "March 15, 44 BC"
    assert manner.dates("May 1843") == "May 1843"


# --- desk and store ---------------------------------------------------------------------------------------------------


def test_a_text_that_lies_on_the_desk_is_not_read_again() -> None:
    desk = Desk()
    first = sheet_of(desk, "one")
    sheet_of(desk, "two")
    desk.ask(Task("one", asked_at="file"))
    assert desk.current == first and desk.tasks == []
    desk.ask(Task("one", published=dt.date(2020, 1, 1)))
    assert len(desk.tasks) == 1, "with another date it is another question"


def test_a_desk_holds_so_many_trips_and_no_more() -> None:
    desk = Desk()
    for number in range(MOST_SHEETS + 30):
        sheet_of(desk, f"text {number}")
    assert len(desk.sheets) == MOST_SHEETS
    assert "text 49" in {sheet.task.text for sheet in desk.sheets.values()}


def test_when_a_trip_leaves_its_neighbour_is_looked_at() -> None:
    desk = Desk()
    one, two, three = (sheet_of(desk, text) for text in ("one", "two", "three"))
    desk.current = two
    desk.remove(two)
    assert desk.current == three
    desk.remove(three)
    assert desk.current == one
    desk.remove(one)
    assert desk.current is None and desk.sheet is None


def test_settings_that_change_keep_the_place_and_the_corrections(journey: Itinerary) -> None:
    desk = Desk()
    workspace = Workspace(journey)
    desk.put(Task(journey.text), workspace.do(SetStatus(workspace.stop(0), Status.PASSED)))
    key = desk.current
    assert desk.sheet
    desk.put(replace(desk.sheet.task, day_first=True, place=key), desk.sheet.workspace.reread(journey))
    assert desk.current == key and len(desk.sheets) == 1
    assert desk.sheet.workspace.trip.visits[0].status is Status.PASSED


def test_the_store_lets_the_longest_unused_desk_go() -> None:
    store = Store(most_desks=2, most_letters=1000)
    desks = {name: Desk() for name in "abc"}
    for name, desk in desks.items():
        sheet_of(desk, "x" * 10)
        store.keep(name, desk)
    assert store.find("a") is None and store.find("b") is desks["b"] and store.find("c") is desks["c"]
    sheet_of(desks["c"], "x" * 2000)
    store.keep("c", desks["c"])
    assert len(store) == 1 and store.find("c") is desks["c"], "too long a desk stays alone: it is the one in use"


def test_a_desk_s_name_cannot_be_guessed() -> None:
    assert len({new_token() for _ in range(100)}) == 100
    assert is_token(new_token()) and not is_token("") and not is_token(None) and not is_token("../../etc/passwd")


# --- what the component is told ---------------------------------------------------------------------------------------


def test_rows_say_what_the_map_shows(journey: Itinerary) -> None:
    told = scenes.arguments(journey, Manner())
    assert [stop["name"] for stop in told["stops"]] == ["Bergen", "Lerwick", "Reykjavík"]
    assert [stop["order"] for stop in told["stops"]] == [stop["order"] for stop in told["scene"]["stops"]]
    assert told["stops"][1]["when"] == "3 May 1843" and told["stops"][1]["km"] == "359\u00a0km"
    assert told["names"][0]["name"] == "London"
    json.dumps(told, allow_nan=False)


def test_a_stop_without_a_day_says_between_which_days_it_lies() -> None:
    trip = builders.journey(("Bern", 46.9, 7.4, "1843-05-03"), ("Thun", 46.8, 7.6), ("Brig", 46.3, 8.0, "1843-05-09"))
    told = scenes.arguments(trip, Manner())["stops"]
    assert [stop["when"] for stop in told] == ["3 May 1843", "between 3 and 9 May 1843", "9 May 1843"]
    assert [stop["inferred"] for stop in told] == [False, True, False]


def test_every_row_has_a_name_of_its_own(journey: Itinerary) -> None:
    twice = replace(journey, **joined(*journey.visits[:2], journey.visits[0], journey.visits[1]))
    keys = [stop["key"] for stop in scenes.arguments(twice, Manner())["stops"]]
    assert len(set(keys)) == 4


def test_an_empty_journey_can_be_shown() -> None:
    told = scenes.arguments(Itinerary("Nothing."), Manner())
    assert told["stops"] == []


def test_after_the_first_time_only_the_paragraphs_that_changed_are_sent() -> None:
    paragraphs = [f"<p>{number}</p>" for number in range(8)]
    first = sending.sent("trip", "".join(paragraphs), None)
    assert first.message["whole"] == "".join(paragraphs)
    second = sending.sent("trip", "".join([*paragraphs[:3], "<p><mark>3</mark></p>", *paragraphs[4:]]), first)
    assert second.message["changes"] == {3: "<p><mark>3</mark></p>"} and second.message["base"] == first.version
    for other in (sending.sent("another", "<p>x</p>", second), sending.sent("trip", "<p>x</p>" * 8, second)):
        assert "whole" in other.message and other.version not in (first.version, second.version)


def test_a_stop_put_in_by_hand_has_no_sentence_and_says_so(journey: Itinerary) -> None:
    workspace = Workspace(journey).add(TOKYO, at=0)
    row = scenes.arguments(workspace.trip, Manner())["stops"][0]
    assert row["name"] == "Tokyo" and row["sentence"] == "Put in by hand."


def test_journeys_on_either_side_of_the_pacific_are_drawn_side_by_side() -> None:
    east, west = (Workspace(Itinerary("")).add(place).trip for place in (TOKYO, FRISCO))
    found = comparing.compare({"A": east, "B": west})
    told = comparison.arguments([("one", east), ("two", west)], found, units="km")
    points = [trip["stops"][0]["at"][1] for trip in told["trips"]]
    assert abs(points[0] - points[1]) < 180
    assert told["ground"]["stops"] == [] and told["meetings"] == []


# --- events -----------------------------------------------------------------------------------------------------------


def test_an_event_is_heard_once_however_often_it_is_sent() -> None:
    state: dict[str, object] = {}
    first = {"run": "a", "events": [{"number": 1, "kind": "undo"}]}
    both = {"run": "a", "events": [{"number": 1, "kind": "undo"}, {"number": 2, "kind": "redo"}]}
    assert [event.kind for event in component.fresh(first, state)] == ["undo"]
    assert [event.kind for event in component.fresh(both, state)] == ["redo"]
    assert component.fresh(both, state) == []
    again = {"run": "b", "events": [{"number": 1, "kind": "undo"}]}
    assert [event.kind for event in component.fresh(again, state)] == ["undo"], "a page that was loaded again counts from 1"


@given(
    st.recursive(
        st.none() | st.booleans() | st.integers() | st.text(max_size=5),
        lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.sampled_from(["run", "events", "number", "kind"]), inner),
        max_leaves=8,
    )
)
def test_whatever_a_browser_sends_is_events_or_nothing(value: object) -> None:
    for event in component.fresh(value, {}):
        assert isinstance(event.kind, str)


@pytest.mark.parametrize("name", ["journey", "figures", "compare"])
def test_a_component_s_page_names_no_other_address(name: str) -> None:
    page = component.page(name)
    fetched = re.findall(
        r"""(?:src|href)\s*=\s*["'](?!data:|#|https://(?:www\.openstreetmap|opentopomap|leafletjs))([^"']+)""", page
    )
    assert [address for address in fetched if "://" in address and "w3.org" not in address and "leaflet" not in address] == []
    assert "$" + "scripts" not in page and "bridge" in page


# --- corrections ------------------------------------------------------------------------------------------------------


def test_what_is_chosen_is_followed_through_a_correction(journey: Itinerary) -> None:
    before = Workspace(journey)
    after = before.move(2, 0)
    assert mending.followed(before.trip, Target("order", 3), after.trip) == Target("order", 1)
    gone = mending.with_status(before, Target("order", 3), None)
    now = mending.followed(before.trip, Target("order", 3), gone.trip)
    assert now and now.kind == "mention" and mending.name_of(gone.trip, now) == "Reykjavik"


def test_a_name_that_became_a_stop_is_followed_there(journey: Itinerary) -> None:
    before = Workspace(journey)
    after = mending.with_status(before, Target("mention", 0), Status.VISITED)
    now = mending.followed(before.trip, Target("mention", 0), after.trip)
    assert now and now.kind == "order" and after.trip.visits[now.number - 1].place.name == "London"


def test_a_stop_put_in_by_hand_that_was_not_visited_is_gone(journey: Itinerary) -> None:
    workspace = Workspace(journey).add(TOKYO, at=0)
    assert len(mending.with_status(workspace, Target("order", 1), None).trip.visits) == 3


@pytest.mark.parametrize("number", [-1, 0, 4, 99])
def test_a_stop_that_is_not_there_is_no_target(number: int, journey: Itinerary) -> None:
    assert not Target("order", number).within(journey) and Target("order", 3).within(journey)
    assert not Target("mention", 1).within(journey) and not Target("date", 0).within(journey) and Target("add").within(journey)


def test_steps_are_told_in_words(journey: Itinerary) -> None:
    workspace = Workspace(journey)
    stop = workspace.stop(0)
    told = mending.described((SetStatus(stop, Status.PLANNED), SetPlace(stop, TOKYO)))
    assert told.startswith("“Bergen” is planned; “Bergen” is Tokyo")
    assert mending.described(workspace.add(TOKYO).done[-1]) == "added Tokyo"
    assert mending.described(workspace.move(0, 1).done[-1]) == "moved “Bergen”"


# --- words and panels -------------------------------------------------------------------------------------------------


def test_the_component_has_words_for_all_that_it_says() -> None:
    static = (component.files("itinerary.dashboard") / "static").iterdir()
    scripts = "".join(file.read_text(encoding="utf-8") for file in static if file.name in ("journey.js", "card.js", "stops.js"))
    html = (component.files("itinerary.dashboard") / "static" / "journey.html").read_text(encoding="utf-8")
    used = set(re.findall(r"words\.(\w+)", scripts)) | set(re.findall(r'data-(?:label|words)="(\w+)"', html))
    assert used <= set(words.for_component())


def test_no_word_is_said_nowhere() -> None:
    source = "".join(file.read_text(encoding="utf-8") for file in (ROOT / "itinerary" / "dashboard").glob("*.py"))
    # Said by the name of what is chosen.
    chosen = ("tab_", "panel_", "add_", "status_", "units_", "base_", "reader_way_", "differ_", "who_", "choice_")
    said = set(re.findall(r"[\"'](\w+)[\"']", source.replace(source_of_words(), "")))
    assert [key for key in words.every() if key not in said | set(words.COMPONENT) and not key.startswith(chosen)] == []


def source_of_words() -> str:
    return (ROOT / "itinerary" / "dashboard" / "words.py").read_text(encoding="utf-8")


def test_words_from_a_text_cannot_be_markup(journey: Itinerary) -> None:
    hostile = replace(journey, title="<script>alert(1)</script>", traveller="<b>Ann</b>")
    shown = panels.heading(hostile, Manner()) + panels.numbers(hostile, Manner()) + panels.mentioned(hostile)
    assert "<script" not in shown and "<b>" not in shown and "&lt;script&gt;" in shown
    assert plain("*a* [b](c) $x$ :red[y] <i>") == r"\*a\* \[b\]\(c\) \$x\$ \:red\[y\] \<i\>"


def test_numbers_tell_days_only_where_they_are_known(journey: Itinerary) -> None:
    assert "day" not in panels.numbers(journey, Manner())
    first = visit("Bergen", BERGEN, arrive=TimeSpan.of_day(Day(1843, 5, 1)))
    last = replace(journey.visits[2], arrive=TimeSpan.of_day(Day(1843, 5, 7)))
    whole = replace(journey, **joined(first, journey.visits[1], last))
    assert "<dt>days</dt><dd>7</dd>" in panels.numbers(whole, Manner())


def test_the_samples_are_six_and_of_six_kinds() -> None:
    assert len(samples.all_samples()) == 6
    assert all(samples.is_sample(samples.task(sample).text) for sample in samples.all_samples())
    assert not samples.is_sample("My own text.")
