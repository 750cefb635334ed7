"""The map in a page of one's own, in a real browser: its handle, what it tells the page around it, and its calendar."""

import json
from collections.abc import Iterator
from typing import Any

import pytest
from playwright.sync_api import Page

from itinerary import drawing
from itinerary.model import Day, Itinerary
from tests.browsing import chromium
from tests.builders import journey

pytestmark = pytest.mark.browser

LOOP = (("Lisbon", 38.72, -9.14, "1843-05-03"), ("Seville", 37.39, -5.98, "1843-05-07"), ("Lisbon", 38.72, -9.14, "1843-06-21"))


@pytest.fixture(scope="module")
def blank() -> Iterator[Page]:
    """A page that carries the map's parts and nothing else."""
    with chromium() as browser:
        page = browser.new_page(viewport={"width": 1000, "height": 700}, reduced_motion="reduce")
        page.set_content(f'<!DOCTYPE html>{drawing.inline_assets()}<body><div id="map" style="height: 600px"></div>')
        yield page


def start(page: Page, trip: Itinerary) -> None:
    """Draw a trip on the blank page and note what the map tells of its reader."""
    page.evaluate(
        """(scene) => {
          if (window.view) view.destroy();
          window.heard = [];
          window.map = L.map("map", itineraryDraw.options);
          window.view = itineraryDraw(map, scene);
          for (const name of ["stop", "click", "deselect", "mention", "leg"]) {
            map.on("itinerary:" + name, (event) => heard.push([name, event.order ?? event.lat ?? event.index ?? null]));
          }
        }""",
        json.loads(json.dumps(drawing.scene_of(trip))),
    )


def heard(page: Page) -> list[Any]:
    """What the map told since the last time, and once what waits there had its turn: a popup that closes waits for another."""
    return page.evaluate("() => new Promise((done) => setTimeout(() => done(heard.splice(0)), 30))")  # type: ignore[no-any-return]


def test_the_page_around_the_map_hears_what_the_reader_does_and_nothing_else(blank: Page) -> None:
    start(blank, journey(*LOOP))
    blank.evaluate("() => view.select(2, {open: true})")
    assert heard(blank) == []
    blank.locator(".leaflet-popup .next").click()
    assert heard(blank) == [["stop", 3]]
    assert blank.evaluate("() => document.activeElement.className") == "previous"  # there is no next one
    blank.keyboard.press("Escape")
    assert heard(blank) == [["deselect", None]]
    blank.wait_for_function("() => !document.querySelector('.leaflet-popup')")
    blank.mouse.click(300, 120)
    ((kind, latitude),) = heard(blank)
    assert kind == "click" and -85 < latitude < 85


def test_other_data_leave_the_view_the_choice_and_the_time_as_they_were(blank: Page) -> None:
    start(blank, journey(*LOOP))
    blank.evaluate("() => { view.select(2); map.setView([40, -5], 7, {animate: false}); }")
    longer = drawing.scene_of(journey(*LOOP, ("Porto", 41.15, -8.61)))
    blank.evaluate("(scene) => view.update(scene)", longer)
    assert blank.locator(".badge").all_text_contents() == ["1 · 3", "2", "4"]
    assert blank.evaluate("() => [map.getCenter().lat, map.getZoom(), view.selected]") == [40, 7, 2]
    assert heard(blank) == []


def test_a_place_thought_of_comes_and_goes_and_the_view_comes_back(blank: Page) -> None:
    start(blank, journey(*LOOP))
    before = blank.evaluate("() => map.getCenter().lng")
    blank.evaluate("() => view.preview({at: [-18, 178], name: 'Fiji', note: '30 %'})")
    assert blank.locator(".ghost .name").text_content() == "Fiji · 30 %"
    blank.evaluate("() => view.preview(null)")
    assert blank.locator(".ghost").count() == 0
    assert blank.evaluate("() => map.getCenter().lng") == pytest.approx(before, abs=0.01)


@pytest.mark.parametrize(
    ("day", "words"),
    [(Day(1503, 2, 28), "28 February 1503"), (Day(2000, 2, 29), "29 February 2000"), (Day(0, 12, 31), "31 December 1 BC"),
     (Day(-4711, 3, 1), "1 March 4712 BC"), (Day(1900, 3, 1), "1 March 1900"), (Day(1, 1, 1), "1 January 1")],
)  # fmt: skip
def test_the_script_counts_days_as_the_model_does(day: Day, words: str, blank: Page) -> None:
    assert blank.evaluate("(number) => Itinerary.words.day(number)", day.number) == words
