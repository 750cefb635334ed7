"""Subjects that many tests share: a small journey made by hand, and the texts of the project."""

import datetime as dt
import json
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

from itinerary.model import Day, Itinerary, Mention, Status, TimeSpan, Why
from tests.builders import BERGEN, LERWICK, LONDON, REYKJAVIK, TEXT, joined, resolution, visit
from tests.nearby import geocoder, service, time  # noqa: F401  # fixtures

ROOT = Path(__file__).resolve().parent.parent
SAMPLES = ROOT / "data" / "samples"


# What takes a second or more on an idle machine, by file or by name; `python3 -m tests --quick` leaves it out.
SLOW = frozenset({
    "test_app.py", "test_load.py", "test_corpus.py", "test_corpus_pages.py", "test_corpus_questions.py", "test_documents_fuzz.py",
    "test_dump.py",
    "test_benchmarks.py", "test_hostile.py", "test_notebook_browser.py", "test_stories.py", "test_samples.py",
    "test_fast_path.py",
    "test_two_builds_at_once_give_one_whole_file", "test_every_place_of_our_lists_is_found",
    "test_every_point_lies_in_the_country_or_sea_it_claims", "test_a_real_environment_is_made_and_the_second_time_found",
    "test_an_interrupted_set_up_is_begun_afresh", "test_twice_the_text_takes_about_twice_the_time",
    "test_mentions_lie_in_the_text_in_order_and_apart", "test_a_book_takes_time_in_proportion_to_its_length",
    "test_a_word_document_that_unpacks_without_end_is_refused", "test_any_trips_can_be_compared_either_way_round",
    "test_any_journey_on_earth_can_be_drawn", "test_a_reader_that_was_taken_over_could_do_nothing",
    "test_hostile_text_names_no_place_and_raises_nothing", "test_undo_after_do_is_identity",
    "test_every_geometry_of_any_trip_lies_on_earth", "test_without_a_publication_date_sunday_stays_a_weekday",
    "test_a_trip_written_and_read_is_the_same_trip", "test_no_two_points_are_farther_apart_than_the_earth_allows",
    "test_a_book_that_broke_off_goes_on_where_it_was",
    "test_the_sample_gives_its_three_stops", "test_a_full_standard_output_is_told_in_one_line",
})  # fmt: skip

# One of them that a quick look can't do without.
QUICK = frozenset({"test_it_opens_on_the_sample_with_its_three_stops_in_order"})


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Mark what is slow, and give what needs a browser a second try when the machine stalled."""
    for item in items:
        name = getattr(item, "originalname", item.name)
        if {item.path.name, name} & SLOW and name not in QUICK:
            item.add_marker(pytest.mark.slow)
        if item.get_closest_marker("browser"):
            item.add_marker(pytest.mark.flaky(reruns=1, condition=_stalled))


def _stalled(error: BaseException | None) -> bool:
    """Whether a test ended because the browser did not answer in half a minute: a machine that stalls, not a wrong answer.

    Such a test runs once more, which the output shows (RERUN). A claim that does not hold is an AssertionError and never runs
    again, and whoever waits for what never comes fails the second time, too.
    """
    from playwright.sync_api import TimeoutError as Stalled

    return isinstance(error, Stalled)


@pytest.fixture(autouse=True)
def _own_main() -> Iterator[None]:
    """Streamlit's test runner leaves the app as `__main__`, which processes started later would run anew."""
    main = sys.modules["__main__"]
    yield
    sys.modules["__main__"] = main


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
