"""The dashboard's logic, run by Streamlit's own test harness: texts in, corrections, several trips, and what can't be used."""

import datetime as dt
import re
from pathlib import Path
from typing import Any

import pytest
import streamlit as st
from streamlit.testing.v1 import AppTest

from itinerary import pipeline, project
from itinerary.dashboard import events, state
from itinerary.dashboard.component import Event
from itinerary.dashboard.desk import Desk, Task
from itinerary.errors import InputError
from itinerary.model import Itinerary, Status
from tests import documents
from tests.conftest import ROOT

BOMB = documents.docx("x" * 200_000_000)  # 0.2 MB packed
PATIENCE = 120  # seconds: the first run of all loads the language model


@pytest.fixture(autouse=True)
def nothing_remembered() -> None:
    """The samples' trips outlive a session, so they would outlive a test."""
    st.cache_resource.clear()


def opened() -> AppTest:
    return AppTest.from_file(str(ROOT / "app.py"), default_timeout=PATIENCE).run()


def trip(app: AppTest) -> Itinerary:
    """The journey that is looked at."""
    return app.session_state.desk.sheet.workspace.trip


def stops(app: AppTest) -> list[str]:
    return [visit.place.name for visit in trip(app).visits]


def shown(app: AppTest) -> str:
    """All HTML on the page."""
    return "".join(element.proto.body for element in app.get("html"))


def said(app: AppTest) -> list[str]:
    """The errors on the page, without the backslashes that keep Markdown out of them."""
    return [str(error.value).replace("\\", "") for error in app.error]


def press(app: AppTest, label: str) -> AppTest:
    return next(button for button in app.button if button.label.replace("\\", "") == label).click().run()


def field(app: AppTest, label: str) -> Any:
    return next(field for field in app.text_input if field.label == label)


def turn_to(app: AppTest, key: str, choice: str) -> AppTest:
    app.session_state[key] = choice
    return app.run()


def paste(app: AppTest, text: str) -> AppTest:
    app.text_area[0].set_value(text).run()
    return press(app, "Show the journey")


def upload(app: AppTest, name: str, content: bytes) -> AppTest:
    if not app.file_uploader:
        turn_to(app, "way", "file")
    return app.file_uploader[0].upload(name, content, "application/octet-stream").run()


def alive(app: AppTest) -> bool:
    """Whether a sample can still be asked for and is shown."""
    turn_to(app, "way", "sample")
    next(button for button in app.button if str(button.key).startswith("sample ")).click().run()
    return not app.exception and not app.error and bool(shown(app))


@pytest.fixture
def quick(monkeypatch: pytest.MonkeyPatch, journey: Itinerary) -> list[tuple[str, dt.date | None]]:
    """A library that answers at once; it refuses the word REFUSE. The list gets what it was asked."""
    asked: list[tuple[str, dt.date | None]] = []

    def build(text: str, published: dt.date | None = None, traveller: str | None = None, **_: object) -> Itinerary:
        asked.append((text, published))
        if "REFUSE" in text:
            raise InputError("The text *says* [REFUSE]; give another one.")
        return journey

    monkeypatch.setattr(pipeline, "build", build)
    return asked


@pytest.fixture
def happen(monkeypatch: pytest.MonkeyPatch) -> Any:
    """Lets the reader do something in the component, which AppTest can't draw: heard before the app runs, as in the browser."""
    desk = state.desk

    def happen(app: AppTest, kind: str, **content: object) -> AppTest:
        waiting = [Event(kind, content)]

        def heard() -> Desk:
            if waiting:
                events.act(waiting.pop())
            return desk()

        monkeypatch.setattr(state, "desk", heard)
        app.run()
        monkeypatch.setattr(state, "desk", desk)
        return app

    return happen


# --- in ---------------------------------------------------------------------------------------------------------------


def test_it_opens_on_the_sample_with_its_three_stops_in_order() -> None:
    app = opened()
    assert not app.exception and not app.error
    assert stops(app) == ["Komsomolsk-on-Amur", "Vladivostok", "Artyom"]
    assert "17 September 2023" in shown(app)


def test_without_a_publication_date_sunday_stays_a_weekday() -> None:
    app = opened()
    app.date_input[0].set_value(None).run()
    assert stops(app)[-1] == "Artyom"
    assert trip(app).published is None and trip(app).visits[-1].when_told == "Sunday"


def test_an_empty_text_is_told_in_one_sentence_and_the_session_lives() -> None:
    app = paste(opened(), "")
    assert not app.exception
    assert len(said(app)) == 1 and "empty" in said(app)[0]
    assert len(stops(app)) == 3, "the trip that was there stays"
    assert alive(app)


def test_a_text_without_places_shows_an_empty_journey() -> None:
    app = paste(opened(), "Nobody went anywhere, and nothing happened.")
    assert not app.exception and not app.error
    assert stops(app) == [] and "no place" in app.info[0].value


def test_what_the_library_refuses_is_shown_as_written(quick: list[tuple[str, dt.date | None]]) -> None:
    app = paste(opened(), "REFUSE")
    assert not app.exception
    assert said(app) == ["The text *says* [REFUSE]; give another one."]
    assert app.text_area[0].value == "REFUSE", "what was typed is still there"
    assert alive(app)


def test_a_text_that_was_read_leaves_room_for_the_next(quick: list[tuple[str, dt.date | None]]) -> None:
    app = paste(opened(), "Ann went to Lerwick.")
    assert quick[-1][0] == "Ann went to Lerwick." and app.text_area[0].value == ""


def test_a_text_typed_while_another_is_read_is_not_thrown_away(quick: list[tuple[str, dt.date | None]]) -> None:
    app = opened()
    app.text_area[0].set_value("What is typed meanwhile.").run()
    app.session_state.desk.tasks = [Task("What was pasted before.", asked_at="paste")]
    app.run()
    assert quick[-1][0] == "What was pasted before."
    assert app.text_area[0].value == "What is typed meanwhile."


def test_the_publication_date_of_a_pasted_text_is_proposed_and_can_be_changed(quick: list[tuple[str, dt.date | None]]) -> None:
    app = paste(opened(), "Paris, 3 May 1843\n\nDear Ann, on Monday I went to Lerwick.")
    assert quick[-1][1] == dt.date(1843, 5, 3)
    assert any("3 May 1843" in str(caption.value) for caption in app.caption)
    app.date_input[0].set_value(dt.date(1843, 5, 4)).run()
    assert quick[-1][1] == dt.date(1843, 5, 4) and len(app.session_state.desk.sheets) == 2


def test_files_become_trips_of_their_own(quick: list[tuple[str, dt.date | None]]) -> None:
    app = upload(opened(), "diary.txt", "Grüße aus Zürich".encode("cp1252"))
    assert not app.exception
    assert quick[-1] == ("Grüße aus Zürich", None)
    assert len(app.session_state.desk.sheets) == 2, "the sample is still there"


@pytest.mark.parametrize(
    ("name", "content"),
    [
        ("locked.pdf", documents.locked_pdf()), ("scan.pdf", documents.pdf([[]])), ("bomb.docx", BOMB),
        ("empty.html", b"<html><body><script>1</script></body></html>"), ("empty.eml", b""), ("table.csv", b"a,b\n1,2\n"),
        ("odd.itinerary.json", b"[1]"),
    ],
    ids=lambda value: value if isinstance(value, str) else "",
)  # fmt: skip
def test_a_document_that_cannot_be_used_is_told_in_one_sentence(name: str, content: bytes, quick: list[Any]) -> None:
    app = upload(opened(), name, content)
    assert not app.exception
    assert len(said(app)) == 1 and said(app)[0].startswith(f"{name}: ") and len(said(app)[0]) < 400
    assert len(app.session_state.desk.sheets) == 1


@pytest.mark.parametrize("content", [b"\x89PNG\r\n\x1a\n\0\0\0\rIHDR" + bytes(range(256)) * 20, b"\0" * 500])
def test_a_file_that_is_no_text_is_refused_and_the_trips_stay(content: bytes, quick: list[tuple[str, dt.date | None]]) -> None:
    app = upload(opened(), "picture.txt", content)
    assert not app.exception
    assert len(said(app)) == 1 and said(app)[0].startswith("picture.txt: ")
    assert len(app.session_state.desk.sheets) == 1 and alive(app)


def test_the_same_text_is_worked_on_once(quick: list[tuple[str, dt.date | None]]) -> None:
    app = paste(opened(), "Ann went to Lerwick, and this sentence is read once.")
    worked = len(quick)
    app.run()
    paste(app, "Ann went to Lerwick, and this sentence is read once.")
    assert len(quick) == worked and len(app.session_state.desk.sheets) == 2


def test_nothing_is_fetched_unless_the_reader_allows_it() -> None:
    app = turn_to(opened(), "way", "web")
    fetch = next(button for button in app.button if button.label == "Fetch the page")
    assert fetch.disabled
    field(app, "Address of a page").set_value("http://127.0.0.1/secret").run()
    next(toggle for toggle in app.toggle if "fetch" in toggle.label).set_value(True).run()
    press(app, "Fetch the page")
    assert not app.exception and len(said(app)) == 1, "an address of this machine is refused in one sentence"


@pytest.mark.parametrize("published", [dt.date(1503, 5, 1), dt.date(1, 1, 1), None])
def test_any_publication_date_can_be_given(published: dt.date | None, quick: list[tuple[str, dt.date | None]]) -> None:
    app = opened()
    app.date_input[0].set_value(published).run()
    assert not app.exception
    assert quick[-1][1] == published


# --- several trips, several sessions ----------------------------------------------------------------------------------


def test_one_trip_is_looked_at_and_the_others_wait(quick: list[tuple[str, dt.date | None]]) -> None:
    app = paste(opened(), "Ann went to Lerwick.")
    first, second = app.session_state.desk.sheets
    assert app.session_state.desk.current == second
    app.radio[0].set_value(app.radio[0].options[0]).run()
    assert app.session_state.desk.current == first
    press(app, "Remove this trip")
    assert list(app.session_state.desk.sheets) == [second] and app.session_state.desk.current == second


def test_two_sessions_do_not_see_each_others_text(quick: list[tuple[str, dt.date | None]]) -> None:
    one, two = opened(), opened()
    one.text_area[0].set_value("The first one's secret.").run()
    press(one, "Show the journey")
    two.run()
    assert "secret" in one.session_state.desk.sheet.task.text
    assert all("secret" not in sheet.task.text for sheet in two.session_state.desk.sheets.values())
    assert one.query_params["desk"] != two.query_params["desk"]


def test_a_reload_keeps_the_work_and_a_wrong_name_gives_nothing_away(quick: list[tuple[str, dt.date | None]]) -> None:
    app = paste(opened(), "Ann went to Lerwick.")
    again = AppTest.from_file(str(ROOT / "app.py"), default_timeout=PATIENCE)
    again.query_params["desk"] = app.query_params["desk"]
    assert "Ann went to Lerwick." in [sheet.task.text for sheet in again.run().session_state.desk.sheets.values()]
    guessed = AppTest.from_file(str(ROOT / "app.py"), default_timeout=PATIENCE)
    guessed.query_params["desk"] = "x" * 22
    assert len(guessed.run().session_state.desk.sheets) == 1


def test_a_text_typed_but_not_shown_waits_while_another_part_is_open_and_over_a_reload(quick: list[Any]) -> None:
    app = opened()
    app.text_area[0].set_value("Ann went to Bergen").run()
    turn_to(turn_to(app, "panel", "mend"), "panel", "text")
    assert app.text_area[0].value == "Ann went to Bergen"
    again = AppTest.from_file(str(ROOT / "app.py"), default_timeout=PATIENCE)
    again.query_params["desk"] = app.query_params["desk"]
    assert again.run().text_area[0].value == "Ann went to Bergen"
    assert press(again, "Show the journey").text_area[0].value == ""


# --- corrections ------------------------------------------------------------------------------------------------------


def test_a_stop_is_corrected_in_the_component_and_the_correction_undone(quick: list[Any], happen: Any) -> None:
    app = happen(opened(), "status", order=2, status="planned")
    assert trip(app).visits[1].status is Status.PLANNED
    happen(app, "undo")
    assert trip(app).visits[1].status is Status.VISITED
    happen(app, "redo")
    assert trip(app).visits[1].status is Status.PLANNED
    assert len(quick) == 1, "the language model was asked for the first reading alone"


def test_a_row_is_moved(quick: list[Any], happen: Any) -> None:
    app = opened()
    names = stops(app)
    happen(app, "move", order=3, to=1)
    assert stops(app) == [names[2], names[0], names[1]]


def test_a_name_only_mentioned_becomes_a_stop(quick: list[Any], happen: Any) -> None:
    app = happen(opened(), "status", mention=0, status="visited")
    assert "London" in stops(app)


@pytest.mark.parametrize(
    ("kind", "content"),
    [
        ("status", {"order": 99, "status": "visited"}), ("status", {"order": 1, "status": "eaten"}), ("status", {}),
        ("move", {"order": 1, "to": 99}), ("move", {"order": "1", "to": 2}), ("open", {"mention": -1}), ("open", {"order": None}),
        ("pick", {"lat": 91, "lon": 0}), ("nonsense", {}), ("undo", {}), ("cancel", {}),
    ],
)  # fmt: skip
def test_an_event_that_does_not_fit_changes_nothing(kind: str, content: dict[str, object], quick: list[Any], happen: Any) -> None:
    app = opened()
    before = trip(app)
    happen(app, kind, **content)
    assert not app.exception and trip(app) == before


def test_another_place_is_searched_seen_and_taken(quick: list[Any], happen: Any) -> None:
    app = happen(opened(), "open", order=2)
    field(app, "Another place").set_value("Paris, Texas").run()
    assert app.session_state.preview["name"] == "Paris", "it is seen on the map before it is taken"
    press(app, "Take this place")
    place = trip(app).visits[1].place
    assert (place.name, place.country) == ("Paris", "US")


def test_a_click_on_the_map_puts_the_stop_there(quick: list[Any], happen: Any) -> None:
    app = happen(opened(), "open", order=2)
    press(app, "Choose on the map")
    assert app.session_state.picking
    happen(app, "pick", lat=60.5, lon=-1.25)
    point = trip(app).visits[1].place.coordinate
    assert (point.latitude, point.longitude) == (60.5, -1.25) and not app.session_state.picking


def test_dates_are_corrected_and_nonsense_is_told_beside_them(quick: list[Any], happen: Any) -> None:
    app = happen(opened(), "open", order=2)
    field(app, "Left").set_value("1843-05").run()
    depart = trip(app).visits[1].depart
    assert depart and depart.isoformat() == "1843-05"
    field(app, "Left").set_value("yesterday").run()
    assert len(said(app)) == 1 and trip(app).visits[1].depart == depart


def test_a_stop_is_added_by_hand_where_the_reader_says(quick: list[Any], happen: Any) -> None:
    app = turn_to(opened(), "panel", "mend")
    press(app, "Add a stop")
    field(app, "Another place").set_value("Lisbon").run()
    next(box for box in app.selectbox if box.label == "It comes after").set_value(0).run()
    press(app, "Add the stop")
    assert stops(app)[0] == "Lisbon" and trip(app).visits[0].by_hand


def test_stops_are_joined_and_deleted(quick: list[Any], happen: Any) -> None:
    app = happen(opened(), "open", order=1)
    names = stops(app)
    press(app, f"Join with 2. {names[1]}")
    assert len(stops(app)) == 2
    happen(app, "undo")
    happen(app, "open", order=3)
    press(app, "Delete: it is no place at all")
    assert stops(app) == names[:2]


def test_a_doubt_leads_to_its_mend_and_can_be_settled(happen: Any) -> None:
    text = "On 3 May 2019 Ann left Berlin. She arrived in Springfield. On 4 May she flew to Tokyo. The text is dated 02/03/2019."
    app = turn_to(paste(opened(), text), "panel", "mend")
    doubts = [button for button in app.button if str(button.key).startswith("doubt ")]
    assert doubts
    doubts[0].click().run()
    assert app.session_state.target is not None
    press(app, "Back")
    before = len(doubts)
    next(button for button in app.button if str(button.key).startswith("accept ")).click().run()
    assert len([button for button in app.button if str(button.key).startswith("doubt ")]) == before - 1


def test_what_02_03_2019_means_is_asked_and_can_be_said(happen: Any) -> None:
    app = paste(opened(), "On 02/03/2019 Ann arrived in Lisbon. She left for Porto on 05/03/2019.")
    happen(app, "open", order=1)
    for meant, day in (("2 March", "2019-03-02"), ("3 February", "2019-02-03")):
        order = next(box for box in app.selectbox if box.label == "02/03/2019 means")
        order.select(meant).run()
        arrive = trip(app).visits[0].arrive
        assert not app.exception and arrive and arrive.isoformat() == day


def test_a_saved_itinerary_opens_again_with_its_corrections(quick: list[Any], happen: Any) -> None:
    app = happen(opened(), "status", order=1, status="passed")
    saved = project.dumps(app.session_state.desk.sheet.workspace)
    other = upload(opened(), "trip.itinerary.json", saved)
    assert not other.exception and not other.error
    assert trip(other).visits[0].status is Status.PASSED
    upload(other, "broken.itinerary.json", saved[: len(saved) // 2])
    assert len(said(other)) == 1 and trip(other).visits[0].status is Status.PASSED


def test_a_trip_made_elsewhere_opens_and_can_be_corrected(happen: Any) -> None:
    rows = b"name,latitude,longitude,date\nOslo,59.91,10.75,1843-05-03\nBergen,60.39,5.32,1843-05-09\n"
    app = upload(opened(), "stops.csv", rows)
    assert not app.exception and stops(app) == ["Oslo", "Bergen"]
    happen(app, "move", order=2, to=1)
    assert stops(app) == ["Bergen", "Oslo"]


def test_an_edited_text_keeps_its_place_and_its_corrections(happen: Any) -> None:
    app = paste(opened(), "On 3 May 2019 Ann arrived in Lisbon. On 5 May she arrived in Porto.")
    happen(app, "status", order=2, status="planned")
    press(app, "Edit the text")
    assert app.text_area[0].value.startswith("On 3 May 2019")
    paste(app, "On 3 May 2019 Ann arrived in Lisbon. On 5 May she arrived in Porto. On 9 May she arrived in Madrid.")
    assert stops(app) == ["Lisbon", "Porto", "Madrid"] and len(app.session_state.desk.sheets) == 2
    assert trip(app).visits[1].status is Status.PLANNED


def test_a_fault_in_the_program_is_told_and_the_session_lives(monkeypatch: pytest.MonkeyPatch, quick: list[Any]) -> None:
    app = opened()
    monkeypatch.setattr(pipeline, "build", lambda *_, **__: 1 / 0)
    paste(app, "Ann went to Lerwick.")
    assert not app.exception and "ZeroDivisionError" in said(app)[0]
    assert len(app.session_state.desk.sheets) == 1


# --- the rest ---------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("view", ["Understand", "Compare", "Take along"])
def test_every_view_opens(view: str, quick: list[Any]) -> None:
    app = turn_to(opened(), "view", view)
    assert not app.exception and not app.error


def test_the_dashboard_asks_nobody_home() -> None:
    assert "gatherUsageStats = false" in Path(ROOT / ".streamlit" / "config.toml").read_text(encoding="utf-8")


def test_no_word_of_the_interface_stands_outside_the_list_of_words() -> None:
    for file in (ROOT / "itinerary" / "dashboard").glob("*.py"):
        calls = re.findall(
            r"st\.(?:button|caption|subheader|info|toggle|text_input|selectbox)\(\s*[\"']\w", file.read_text("utf-8")
        )
        assert calls == [], file.name
