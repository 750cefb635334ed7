"""The exported page in a real browser that has no network."""

import datetime as dt
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import Any

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Browser, Page

from itinerary import drawing
from itinerary.model import Day, Itinerary, Kind, Status, TimeSpan
from tests.browsing import at_rest, chromium
from tests.builders import journey, place

pytestmark = pytest.mark.browser

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
    with chromium() as browser:
        yield browser


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


def test_nothing_of_a_text_ever_runs(opened: Callable[..., Opened]) -> None:
    told = [{"when_told": words, "mode": words, "reason": words, "traveller": words} for words in HOSTILE]
    stops = [(words, 10 + i, 10 * i, None, more) for i, (words, more) in enumerate(zip(HOSTILE, told, strict=True))]
    named = [place("x" + words, -10 - i, 10 * i) for i, words in enumerate(HOSTILE)]
    one = opened(journey(*stops, mentions=named, title=" ".join(HOSTILE), notes=HOSTILE))
    shown = [" ".join(words.replace("\x00", "\ufffd").split()) for words in HOSTILE]
    assert one.texts("h1") == [" ".join(shown)]
    assert one.texts(".stops strong") == shown
    one.page.get_by_label(f"Only mentioned ({len(HOSTILE)})").check()
    for i, words in enumerate(shown):
        one.page.locator("path.mention").nth(i).dispatch_event("click")
        one.page.locator(".stops button").nth(i).click()
        one.page.wait_for_function("(i) => document.querySelector('.leaflet-popup')?.textContent.includes(i + '. ')", arg=i + 1)
        assert words in " ".join(one.texts(".leaflet-popup .stop-text"))
    one.page.locator("path.leg-target").first.hover(force=True)
    one.page.get_by_role("combobox").fill("alert")
    assert (
        one.count("img, .map svg:not(.arrow):has(> :not(g):not(path)), .charts svg :is(script, image), a[href^=javascript]") == 0
    )
    assert one.troubles == []


def test_a_map_of_one_city_tells_where_in_the_world_it_lies(opened: Callable[..., Opened]) -> None:
    one = opened(journey(("Tower", 51.508, -0.076), ("Kew", 51.478, -0.29)), viewport={"width": 400, "height": 800})
    small = one.page.locator(".locator")
    assert small.get_attribute("aria-label") == "Where this is: near London"
    box, badges = small.bounding_box(), [badge.bounding_box() for badge in one.page.locator(".badge").all()]
    assert box and all(b and (b["x"] + b["width"] < box["x"] or b["y"] + b["height"] < box["y"]) for b in badges)


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
    zoom = one.page.evaluate("() => itineraryMap.getZoom()")
    one.page.locator(".stop-icon:has(.cluster)").first.press("Enter")
    one.page.wait_for_function("(zoom) => itineraryMap.getZoom() > zoom", arg=zoom)
    assert one.troubles == []


# --- the journey in time ----------------------------------------------------------------------------------------------

ANCIENT = (
    ("Rome", 41.9, 12.5, None, {"arrive": TimeSpan.of_day(Day(-48, 1, 10))}),
    ("Brindisi", 40.63, 17.94),
    ("Alexandria", 31.2, 29.92, None, {"arrive": TimeSpan.of_day(Day(-47, 10, 2))}),
)


def told(one: Opened) -> str:
    return one.texts(".time .told")[0]


def test_the_slider_goes_from_stop_to_stop_by_keyboard_in_any_year(opened: Callable[..., Opened]) -> None:
    one = opened(journey(*ANCIENT))
    slider = one.page.get_by_label("How far the journey is shown")
    assert (told(one), slider.get_attribute("data-scale")) == ("3. Alexandria · 2 October 48 BC", "calendar")
    slider.press("Home")
    assert (told(one), one.texts(".badge"), one.count("path.leg")) == ("1. Rome · 10 January 49 BC", ["1"], 0)
    slider.press("ArrowRight")
    assert told(one).startswith("2. Brindisi")
    assert (one.texts(".badge"), one.count("path.leg")) == (["1", "2"], 1)
    assert slider.get_attribute("aria-valuetext").startswith("2. Brindisi")
    slider.press("End")
    assert one.texts(".badge") == ["1", "2", "3"]
    assert one.troubles == []


def test_play_lets_the_route_grow_and_a_day_on_the_way_is_told(opened: Callable[..., Opened]) -> None:
    one = opened(journey(*LOOP))
    assert one.count("path.leg") == 2
    one.page.clock.install()
    one.page.clock.pause_at(dt.datetime.now() + dt.timedelta(hours=1))  # however busy the machine, the play goes by our clock
    one.page.get_by_role("button", name="Play the journey").click()
    one.page.clock.run_for(700)
    assert 1 < one.page.evaluate("() => itineraryMap.itinerary.time.now") < 2
    assert told(one).startswith("Lisbon → Seville · ") and " May 1843" in told(one)
    one.page.get_by_role("button", name="Pause").click()
    one.page.clock.run_for(700)
    assert one.count("path.leg") == 1


def test_a_journey_without_days_is_played_by_its_stops(opened: Callable[..., Opened]) -> None:
    one = opened(journey(*PACIFIC), reduced_motion="reduce")
    slider = one.page.get_by_label("How far the journey is shown")
    assert (slider.get_attribute("data-scale"), told(one)) == ("order", "3. Auckland")


# --- finding, switches, paper -----------------------------------------------------------------------------------------


def test_stops_and_mentions_are_found_by_their_names_without_accents(opened: Callable[..., Opened]) -> None:
    one = opened(journey(*LOOP, ("Cádiz", 36.53, -6.29), mentions=[place("Córdoba", 37.9, -4.8)]))
    box = one.page.get_by_role("combobox")
    box.fill("cadiz")
    assert one.texts("[role=option] strong") == ["Cádiz"]
    box.press("Enter")
    one.page.wait_for_selector(".leaflet-popup .stop-text")
    assert one.page.locator("#stop-4").get_attribute("class") == "visited now"
    box.fill("cordoba")
    box.press("Enter")
    assert one.count("path.mention.chosen") == 1
    one.page.get_by_label("Find in the list").fill("seville")
    assert one.page.locator(".stops li:visible strong").all_text_contents() == ["Seville"]
    assert one.troubles == []


def test_one_switch_turns_map_and_page_dark_and_one_into_miles(opened: Callable[..., Opened]) -> None:
    one = opened(journey(*LOOP), color_scheme="light")
    light = one.page.evaluate("() => getComputedStyle(document.body).backgroundColor")
    one.page.get_by_role("button", name="Light or dark").click()
    assert one.page.evaluate("() => getComputedStyle(document.body).backgroundColor") != light
    assert "dark" in (one.page.locator(".itinerary-map").get_attribute("class") or "")
    one.page.get_by_role("button", name="Show miles").click()
    assert one.texts(".leg [data-km]") == ["195 mi", "195 mi"]


def test_paper_has_the_whole_route_in_light(opened: Callable[..., Opened]) -> None:
    one = opened(journey(*PACIFIC), color_scheme="dark")
    one.page.evaluate("() => { view = itineraryMap.itinerary; view.time.at(1); dispatchEvent(new Event('beforeprint')); }")
    assert one.texts(".badge") == ["1", "2", "3"]
    assert "dark" not in (one.page.locator(".itinerary-map").get_attribute("class") or "")
    assert one.page.pdf(format="A4").startswith(b"%PDF")
    assert one.troubles == []


def test_a_country_is_filled_where_the_base_map_knows_it(opened: Callable[..., Opened]) -> None:
    france = ("France", 46, 2, None, {"kind": Kind.COUNTRY, "country": "FR", "radius_km": 500.0})
    unknown = ("Nowhere", 20, 2, None, {"kind": Kind.COUNTRY, "country": "XX", "radius_km": 300.0})
    one = opened(journey(france, unknown))
    assert one.page.evaluate("() => itineraryMap.itinerary.base._areas") == ["FR"]
    assert one.count("path.area") == 1
    assert "somewhere in this area" in one.texts(".legend")[0]


def test_what_is_doubtful_is_marked_and_explained(opened: Callable[..., Opened]) -> None:
    trip = journey(LOOP[0], ("Seville", 37.39, -5.98, None, {"score": 0.3, "order_told": False}))
    trip = replace(trip, legs=(replace(trip.legs[0], warnings=("too fast",)),))
    one = opened(trip)
    assert (one.count(".stop.doubt.open"), one.count("path.leg.doubt")) == (1, 1)
    assert one.texts(".legend .entry") == ["visited", "doubtful stop", "order not told", "doubtful leg"]
    assert one.texts(".stops .doubt") == ["too fast", "doubtful: certainty 30%", "order not told"]


@pytest.mark.parametrize(("stops", "scheme", "width"), [(LOOP, "light", 1400), (PACIFIC, "dark", 400), ((), "light", 400)])
def test_no_barrier_stands_in_anyone_s_way(stops: Any, scheme: str, width: int, opened: Callable[..., Opened]) -> None:
    one = opened(
        journey(*stops, mentions=[place("Madrid", 40.4, -3.7)], title="T"),
        color_scheme=scheme, viewport={"width": width, "height": 900}, bypass_csp=True,
    )  # fmt: skip
    if stops:
        one.page.locator(".stops button").first.click()
        one.page.wait_for_selector(".leaflet-popup .steps")
        one.page.get_by_role("combobox").fill("a")
    one.page.evaluate("() => document.querySelectorAll('details').forEach((one) => { one.open = true; })")
    at_rest(one.page)  # the popup has faded in: half transparent words have half the contrast
    result = Axe().run(one.page).response
    assert len(result["passes"]) > 30
    assert [(v["id"], [node["target"] for node in v["nodes"]]) for v in result["violations"]] == []
