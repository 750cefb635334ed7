"""The exported page in a real browser that has no network."""

import os
import shutil
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import Browser, Page, sync_playwright

from itinerary import drawing
from itinerary.model import Itinerary, Status
from tests.builders import journey, place

pytestmark = pytest.mark.browser

CHROMIUM = next(filter(None, map(shutil.which, ("chromium", "chromium-browser", "google-chrome", "google-chrome-stable"))), None)
HOSTILE = (
    "</script><script>alert(1)</script><img src=x onerror=alert(2)>",
    "${alert(3)} `${alert(4)}` {{alert(5)}} {% raw %} {# x #} {{{7*7}}}",
    "C:\\path\\2019 \\u003cimg src=x onerror=alert(6)\\u003e \\",
    "javascript:alert(7) <a href='javascript:alert(8)'>x</a>",
    '" onmouseover="alert(9)" \' onfocus=\'alert(10)\' autofocus tabindex=1 x="',
    "<!-- --><svg onload=alert(11)> ]]> \u2028 alert(12) \u2029 \x00 end",
)
LOOP = (("Lisbon", 38.72, -9.14, "1843-05-03"), ("Seville", 37.39, -5.98, "1843-05-07"), ("Lisbon", 38.72, -9.14, "1843-06-21"))
PACIFIC = (("Honolulu", 21.3, -157.86), ("Suva", -18.14, 178.44), ("Auckland", -36.85, 174.76, None, {"status": Status.PLANNED}))


@dataclass
class Opened:
    """A page and what must never happen on it."""

    page: Page
    troubles: list[str] = field(default_factory=list)

    def count(self, selector: str) -> int:
        return self.page.locator(selector).count()

    def texts(self, selector: str) -> list[str]:
        return self.page.locator(selector).all_text_contents()


@pytest.fixture(scope="module")
def browser() -> Iterator[Browser]:
    if CHROMIUM is None:
        if os.environ.get("CI"):
            pytest.fail("No Chromium is installed; type: apt-get install -y chromium")
        pytest.skip("no Chromium is installed; type: apt-get install -y chromium")
    with sync_playwright() as playwright:
        arguments = ["--no-sandbox", "--disable-gpu", "--disable-background-networking"]
        yield playwright.chromium.launch(executable_path=CHROMIUM, args=arguments)


@pytest.fixture
def opened(browser: Browser, tmp_path: Path) -> Iterator[Callable[..., Opened]]:
    contexts = []

    def open_page(trip: Itinerary, **context: Any) -> Opened:
        contexts.append(browser.new_context(**({"viewport": {"width": 1400, "height": 900}} | context)))
        contexts[-1].set_offline(True)
        target = tmp_path / "trip.html"
        target.write_text(drawing.page(trip), encoding="utf-8")
        one = Opened(contexts[-1].new_page())
        watch(one, target.as_uri())
        one.page.goto(target.as_uri())
        one.page.wait_for_selector(".leaflet-container .leaflet-control-scale")
        return one

    yield open_page
    for context in contexts:
        context.close()


def watch(one: Opened, address: str) -> None:
    """Note every request but the page itself, every dialog, every error and complaint."""
    one.page.on("request", lambda r: None if r.url == address or r.url.startswith("data:") else one.troubles.append(r.url))
    one.page.on("dialog", lambda dialog: (one.troubles.append(f"dialog {dialog.message}"), dialog.dismiss()))
    one.page.on("pageerror", lambda error: one.troubles.append(str(error)))
    one.page.on("console", lambda message: one.troubles.append(message.text))


def test_a_loop_has_two_markers_three_items_and_two_legs(opened: Callable[..., Opened]) -> None:
    one = opened(journey(*LOOP))
    assert one.texts(".badge") == ["1 · 3", "2"]
    assert one.texts(".stops strong") == ["Lisbon", "Seville", "Lisbon"]
    assert (one.count("path.leg"), one.count(".arrow")) == (2, 2)
    assert one.troubles == []


def test_land_is_drawn_under_the_route(opened: Callable[..., Opened]) -> None:
    one = opened(journey(*LOOP))
    colours = one.page.evaluate(
        """() => {
          const canvas = document.querySelector("canvas");
          const pixels = canvas.getContext("2d").getImageData(0, 0, canvas.width, canvas.height).data;
          const seen = new Map();
          for (let i = 0; i < pixels.length; i += 400) {
            const key = pixels[i + 3] < 9 ? "sea" : "drawn";
            seen.set(key, (seen.get(key) || 0) + 1);
          }
          return Object.fromEntries(seen);
        }"""
    )
    assert colours["drawn"] > 1000 and colours["sea"] > 1000


def test_the_whole_route_is_in_view_over_the_pacific(opened: Callable[..., Opened]) -> None:
    one = opened(journey(*PACIFIC))
    frame = one.page.locator(".leaflet-container").bounding_box()
    boxes = [badge.bounding_box() for badge in one.page.locator(".badge").all()]
    assert frame and all(box and frame["x"] < box["x"] < frame["x"] + frame["width"] for box in boxes)
    assert boxes[0] and boxes[1] and boxes[0]["x"] > boxes[1]["x"]  # Honolulu lies east of Fiji
    assert one.count("path.leg.planned[stroke-dasharray]") == 1


def test_a_click_in_the_list_opens_the_stop_on_the_map(opened: Callable[..., Opened]) -> None:
    one = opened(journey(*LOOP))
    one.page.locator(".stops").get_by_role("button", name="Seville").click()
    one.page.wait_for_selector(".leaflet-popup .stop-text")
    assert "They came to Seville." in one.texts(".leaflet-popup .stop-text")[0]
    assert one.page.locator("#stop-2").get_attribute("class") == "visited now"
    assert one.troubles == []


def test_a_marker_opened_by_keyboard_shows_its_stop_in_the_list(opened: Callable[..., Opened]) -> None:
    one = opened(journey(*LOOP))
    one.page.locator(".stop-icon").first.focus()
    one.page.keyboard.press("Enter")
    one.page.wait_for_selector(".leaflet-popup .stop-text")
    assert len(one.texts(".leaflet-popup .stop-text")) == 2
    assert one.page.locator(".stops li.now").get_attribute("id") == "stop-1"


def test_places_only_mentioned_are_off_until_asked_for(opened: Callable[..., Opened]) -> None:
    one = opened(journey(*LOOP, mentions=[place("Madrid", 40.4, -3.7)]))
    assert one.count("path.mention") == 0
    one.page.get_by_label("Only mentioned (1)").check()
    assert one.count("path.mention") == 1


@pytest.mark.parametrize("words", HOSTILE)
def test_nothing_of_a_text_ever_runs(words: str, opened: Callable[..., Opened]) -> None:
    stops = [
        (words, 10, 10, None, {"when_told": words, "mode": words, "reason": words, "traveller": words}),
        ("Rome", 41.9, 12.5),
    ]
    trip = journey(*stops, mentions=[place("x" + words, 20, 20)], title=words, notes=(words,))
    one = opened(trip)
    shown = " ".join(words.replace("\x00", "\ufffd").split())
    assert one.texts("h1") == [shown]
    assert one.texts(".stops strong")[0] == shown
    one.page.get_by_label("Only mentioned (1)").check()
    one.page.locator("path.mention").dispatch_event("click")
    one.page.locator(".stops button").first.click()
    one.page.wait_for_selector(".leaflet-popup .stop-text")
    assert shown in one.texts(".leaflet-popup .stop-text")[0]
    one.page.locator("path.leg-target").first.hover(force=True)
    one.page.wait_for_timeout(150)
    assert one.count("img, main svg:not(.arrow):has(> :not(g):not(path)), a[href^=javascript]") == 0
    assert one.troubles == []


def test_the_policy_stops_a_script_that_is_not_ours(opened: Callable[..., Opened]) -> None:
    one = opened(journey(*LOOP))
    one.page.evaluate(
        "() => { const s = document.createElement('script'); s.textContent = 'window.ran = 1'; document.body.append(s); }"
    )
    assert one.page.evaluate("() => window.ran") is None
    assert any("Content Security Policy" in trouble for trouble in one.troubles)


@pytest.mark.parametrize("stops", [(), LOOP[:1]])
def test_a_trip_of_no_stop_or_one_has_a_map_too(stops: Any, opened: Callable[..., Opened]) -> None:
    one = opened(journey(*stops))
    assert one.count(".badge") == len(stops)
    assert one.troubles == []


def test_the_poles_and_the_antimeridian_itself_are_no_end_of_the_map(opened: Callable[..., Opened]) -> None:
    one = opened(journey(("South Pole", -90, 0), ("Taveuni", -16.8, 180), ("North Pole", 90, 0), ("Alert", 82.5, -62.3)))
    assert one.texts(".badge") == ["1", "2", "3", "4"]
    frame = one.page.locator(".leaflet-container").bounding_box()
    boxes = [badge.bounding_box() for badge in one.page.locator(".badge").all()]
    assert frame and all(box and frame["x"] <= box["x"] <= frame["x"] + frame["width"] for box in boxes)
    assert one.troubles == []


def test_names_written_right_to_left_keep_their_direction(opened: Callable[..., Opened]) -> None:
    one = opened(journey(("القاهرة", 30.0, 31.2), ("🏝️ Malta", 35.9, 14.5), title="رحلة"))
    assert one.page.locator("h1").evaluate("(e) => getComputedStyle(e).direction") == "rtl"
    assert one.texts(".stops strong") == ["القاهرة", "🏝️ Malta"]


def test_on_a_telephone_nothing_is_wider_than_the_screen(opened: Callable[..., Opened]) -> None:
    one = opened(journey(*LOOP, ("A" * 200, 40, -3), title="B" * 200), viewport={"width": 400, "height": 800})
    assert one.page.evaluate("() => document.documentElement.scrollWidth") == 400
    box = one.page.locator(".leaflet-container").bounding_box()
    assert box and box["width"] == 400 and box["height"] > 300


def test_two_thousand_stops_are_drawn_in_a_few_seconds(opened: Callable[..., Opened]) -> None:
    stops = [(f"Place {i}", 60 - (i % 100), (i * 0.15) - 150) for i in range(2000)]
    one = opened(journey(*stops))
    assert one.count(".stops li") == 2000
    assert 20 < one.count(".badge") < 400
    assert sum(int(text) for text in one.texts(".cluster .badge")) <= 2000
    assert one.troubles == []
