"""The dashboard's logic, run by Streamlit's own test harness: the sample, one's own text, and what can't be used."""

import datetime as dt
import re
from pathlib import Path

import pytest
import streamlit as st
from streamlit.testing.v1 import AppTest

from itinerary import pipeline
from itinerary.errors import InputError
from itinerary.model import Itinerary
from tests.conftest import ROOT

PATIENCE = 120  # seconds: the first run of all loads the language model


@pytest.fixture(autouse=True)
def nothing_remembered() -> None:
    """The cache outlives a session, so it would outlive a test."""
    st.cache_data.clear()


def opened() -> AppTest:
    return AppTest.from_file(str(ROOT / "app.py"), default_timeout=PATIENCE).run()


def shown(app: AppTest) -> str:
    """All HTML on the page."""
    return "".join(element.proto.body for element in app.get("html"))


def stops(app: AppTest) -> list[str]:
    return re.findall(r'<span class="it-badge \w+">\d+</span></td><th scope="row">(.*?)<', shown(app))


def said(app: AppTest) -> str:
    """The error on the page, without the backslashes that keep Markdown out of it."""
    return str(app.error[0].value).replace("\\", "")


def alive(app: AppTest) -> bool:
    """Whether the sample can still be asked for and is shown."""
    next(button for button in app.button if button.label == "Sample article").click().run()
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


def test_it_opens_on_the_sample_with_its_three_stops_in_order() -> None:
    app = opened()
    assert not app.exception and not app.error
    assert stops(app) == ["Komsomolsk-on-Amur", "Vladivostok", "Artyom"]
    assert "17 September 2023" in shown(app)


def test_without_a_publication_date_sunday_stays_a_weekday() -> None:
    app = opened()
    app.date_input[0].set_value(None).run()
    assert stops(app)[-1] == "Artyom"
    assert "Sunday</td>" in shown(app) and "17 September" not in shown(app)


def test_an_empty_text_is_told_in_one_sentence_and_the_session_lives() -> None:
    app = opened()
    app.text_area[0].set_value("").run()
    assert not app.exception
    assert len(app.error) == 1 and "empty" in said(app)
    assert alive(app)


def test_a_text_without_places_shows_an_empty_journey() -> None:
    app = opened()
    app.text_area[0].set_value("Nobody went anywhere, and nothing happened.").run()
    assert not app.exception and not app.error
    assert stops(app) == [] and "no place" in app.info[0].value


def test_what_the_library_refuses_is_shown_as_written(quick: list[tuple[str, dt.date | None]]) -> None:
    app = opened()
    app.text_area[0].set_value("REFUSE").run()
    assert not app.exception
    assert said(app) == "The text *says* [REFUSE]; give another one."
    assert app.text_area[0].value == "REFUSE", "what was typed is still there"
    assert alive(app)


def test_a_file_takes_the_place_of_the_text(quick: list[tuple[str, dt.date | None]]) -> None:
    app = opened()
    app.file_uploader[0].upload("diary.txt", "Grüße aus Zürich".encode("cp1252"), "text/plain").run()
    assert not app.exception
    assert quick[-1] == ("Grüße aus Zürich", None)


@pytest.mark.parametrize("content", [b"\x89PNG\r\n\x1a\n\0\0\0\rIHDR" + bytes(range(256)) * 20, b"\0" * 500])
def test_a_file_that_is_no_text_is_refused_and_the_text_stays(content: bytes, quick: list[tuple[str, dt.date | None]]) -> None:
    app = opened()
    before = app.text_area[0].value
    app.file_uploader[0].upload("picture.txt", content, "text/plain").run()
    assert not app.exception
    assert len(app.error) == 1 and said(app).startswith("picture.txt: ")
    assert app.text_area[0].value == before and alive(app)


def test_a_book_is_kept_beside_the_text_box(quick: list[tuple[str, dt.date | None]]) -> None:
    app = opened()
    app.file_uploader[0].upload("book.txt", b"She went to Oslo. " * 20_000, "text/plain").run()
    assert not app.exception
    assert len(quick[-1][0]) == 360_000
    assert not app.text_area and "360,000" in app.info[0].value
    assert alive(app) and app.text_area


def test_the_same_text_is_worked_on_once(quick: list[tuple[str, dt.date | None]]) -> None:
    app = opened()
    app.text_area[0].set_value("Ann went to Lerwick, and this sentence is read once.").run()
    worked = len(quick)
    app.run()
    app.run()
    assert len(quick) == worked


def test_two_sessions_do_not_see_each_others_text(quick: list[tuple[str, dt.date | None]]) -> None:
    one, two = opened(), opened()
    one.text_area[0].set_value("The first one's secret.").run()
    two.run()
    assert "secret" in one.text_area[0].value and "secret" not in two.text_area[0].value
    assert "secret" not in shown(two)


@pytest.mark.parametrize("published", [dt.date(1503, 5, 1), dt.date(1, 1, 1), None])
def test_any_publication_date_can_be_given(published: dt.date | None, quick: list[tuple[str, dt.date | None]]) -> None:
    app = opened()
    app.date_input[0].set_value(published).run()
    assert not app.exception
    assert quick[-1][1] == published or len(quick) == 1


def test_the_dashboard_asks_nobody_home() -> None:
    assert "gatherUsageStats = false" in Path(ROOT / ".streamlit" / "config.toml").read_text(encoding="utf-8")
