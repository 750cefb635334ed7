"""The dashboard in a real browser with the network cut: what a person sees, clicks, drags and takes along."""

import os
import re
import shutil
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Browser, BrowserContext, FrameLocator, Locator, Page, expect, sync_playwright

from tests.__main__ import BROWSERS
from tests.conftest import ROOT

pytestmark = pytest.mark.browser

OUT = ROOT / "out"
STOPS = ["Komsomolsk-on-Amur", "Vladivostok", "Artyom"]
FIRST_LOAD = 120_000  # ms: the server's first session loads the language model
PATIENCE = 30_000  # ms: for anything else on a machine that has much to do
HOSTILE = r"""Ann's trip </script><script>window.pwned = 1</script> ${window.pwned = 2} `${window.pwned = 3}`

<img src=x onerror="window.pwned = 4"> On 3 May 2019 Ann arrived in Lisbon </textarea><svg onload="window.pwned = 5">,
where she stayed.
Then she travelled to Porto `back` \u0041 C:\path\2019 {{ 7*7 }} "><b>bold</b> and visited the town.
![x](http://example.org/x.png) $x^2$ <!--
"""


@pytest.fixture(scope="module")
def address() -> Iterator[str]:
    """A dashboard started as the README says, on a free port."""
    command = [sys.executable, "-m", "itinerary", "dashboard", "--no-browser"]
    with subprocess.Popen(command, cwd=ROOT, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True) as server:
        assert server.stdout
        line = server.stdout.readline()
        found = re.search(r"http://127\.0\.0\.1:\d+", line)
        try:
            assert found, f"no address in {line!r}"
            yield found.group()
        finally:
            server.terminate()
            server.communicate(timeout=20)


@pytest.fixture(scope="module")
def browser() -> Iterator[Browser]:
    path = next((found for name in BROWSERS if (found := shutil.which(name))), None)
    assert path, "no Chromium here: run `python3 -m tests`, which installs one or says how"
    # The rule makes every name but this machine's unknown, so nothing can be fetched even by accident; root needs no-sandbox.
    options = ["--host-resolver-rules=MAP * ~NOTFOUND, EXCLUDE 127.0.0.1", *(["--no-sandbox"] if os.geteuid() == 0 else [])]
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=path, args=options)
        yield browser
        browser.close()


class Watch:
    """What a page does: requests to others, errors on the console, dialogs, and what it sends to the server."""

    def __init__(self, context: BrowserContext, page: Page) -> None:
        self.foreign: list[str] = []
        self.errors: list[str] = []
        self.sent: list[object] = []
        page.on("websocket", lambda socket: socket.on("framesent", lambda frame: self.sent.append(frame)))
        context.on("request", lambda request: self._request(request.url))
        context.on("console", lambda message: self.errors.append(message.text) if message.type == "error" else None)
        context.on("dialog", lambda dialog: (self.errors.append(dialog.message), dialog.dismiss()))
        context.on("weberror", lambda error: self.errors.append(str(error.error)))

    def _request(self, url: str) -> None:
        if not url.startswith(("http://127.0.0.1:", "ws://127.0.0.1:", "data:", "blob:", "file:", "about:")):
            self.foreign.append(url)


@pytest.fixture(scope="module")
def tab(browser: Browser) -> Iterator[tuple[Page, Watch]]:
    """One tab for all tests, so that the dashboard's scripts are read and compiled once."""
    context = browser.new_context(accept_downloads=True, locale="en-IE")
    page = context.new_page()
    yield page, Watch(context, page)
    context.close()


@pytest.fixture
def watch(tab: tuple[Page, Watch]) -> Watch:
    watch = tab[1]
    for seen in (watch.foreign, watch.errors, watch.sent):
        seen.clear()
    return watch


@pytest.fixture
def window(tab: tuple[Page, Watch], watch: Watch) -> Page:
    """The tab as it is opened: nothing on it yet, wide and light."""
    page = tab[0]
    page.goto("about:blank")
    page.set_viewport_size({"width": 1400, "height": 1400})
    page.emulate_media(color_scheme="light")
    return page


@pytest.fixture
def page(address: str, window: Page) -> Page:
    """A session of its own on the sample, its map drawn."""
    load(window, address)
    return window


def load(page: Page, address: str) -> None:
    """Open the dashboard and wait for the sample's stops, in the list and on the map."""
    page.goto(address)
    page.locator(".it-head").wait_for(timeout=FIRST_LOAD)
    expect(rows(page)).to_have_count(len(STOPS), timeout=PATIENCE)
    expect(badges(page)).to_have_count(len(STOPS), timeout=PATIENCE)


def journey(page: Page) -> FrameLocator:
    """The component with map, text and stops."""
    return page.frame_locator('iframe[title*="itinerary_journey"]')


def badges(page: Page) -> Locator:
    return journey(page).locator(".stop-icon .badge")


def rows(page: Page) -> Locator:
    return journey(page).locator("#stops li")


def names(page: Page) -> list[str]:
    return rows(page).locator("strong").all_inner_texts()


def choose(page: Page, order: int) -> None:
    """Choose a stop in the list."""
    rows(page).nth(order - 1).locator("button.stop").click()


def card(page: Page) -> Locator:
    return journey(page).locator("#card")


def correct(page: Page, order: int) -> None:
    """Open the panel that corrects a stop."""
    choose(page, order)
    card(page).locator(".more").click()
    expect(page.get_by_role("heading", name=f"{order} · ")).to_be_visible(timeout=PATIENCE)
    expect(page.get_by_role("button", name="Delete: ")).to_be_visible(timeout=PATIENCE)  # the foot of the panel


def undo(page: Page) -> Locator:
    return journey(page).locator("button.undo")


def submit(page: Page, text: str) -> None:
    page.get_by_label("Text", exact=True).fill(text)
    page.get_by_role("button", name="Show the journey").click()


def view_of(page: Page) -> Any:
    """Middle and zoom of the map."""
    return page.frames[-1].evaluate("(m => [m.getCenter().lat, m.getCenter().lng, m.getZoom()])(window.itineraryMap)")


def quiet(page: Page) -> Page:
    """Once Streamlit has nothing more to do: nobody is as quick as a test."""
    expect(page.locator('[data-testid="stApp"][data-test-script-state="notRunning"]')).to_have_count(1, timeout=PATIENCE)
    expect(page.get_by_test_id("stStatusWidget")).to_have_count(0, timeout=PATIENCE)
    return page


# --- seen -------------------------------------------------------------------------------------------------------------


def test_the_sample_is_shown_without_a_request_to_anyone(page: Page, watch: Watch) -> None:
    assert badges(page).all_inner_texts() == ["1", "2", "3"]
    assert names(page) == STOPS
    assert "17 September 2023" in rows(page).last.inner_text()
    assert page.locator(".it-numbers dd").first.inner_text() == "3"
    expect(journey(page).locator("#text mark.visited").first).to_be_visible()
    assert (watch.foreign, watch.errors) == ([], [])


def test_a_stop_chosen_in_one_place_shows_in_the_other_two_without_the_server(page: Page, watch: Watch) -> None:
    quiet(page)
    assert watch.sent, "what is sent is heard"
    watch.sent.clear()
    choose(page, 2)
    expect(journey(page).locator("#text mark.now").first).to_have_text("Vladivostok")
    expect(card(page)).to_contain_text("Vladivostok")
    journey(page).locator("#text mark[data-order='1']").first.click()
    expect(rows(page).first).to_have_class(re.compile("now"))
    choose(page, 2)
    badges(page).first.click()
    expect(rows(page).first).to_have_class(re.compile("now"))
    expect(journey(page).locator(".leaflet-popup")).to_contain_text(STOPS[0])
    assert watch.sent == []


def test_a_correction_redraws_and_leaves_the_view_of_the_map(page: Page) -> None:
    choose(page, 2)
    still = "m => { m.stop(); m.itinerary.touch(); m.setView([50, 130], 5, {animate: false}); }"
    page.frames[-1].evaluate(f"({still})(window.itineraryMap)")
    before = view_of(page)
    card(page).get_by_role("button", name="Planned").click()
    expect(journey(page).locator("#stops li.planned")).to_have_count(1, timeout=PATIENCE)
    expect(journey(page).locator(".stop.planned .badge")).to_have_count(1)
    assert view_of(page) == before
    page.keyboard.press("Control+z")
    expect(journey(page).locator("#stops li.planned")).to_have_count(0, timeout=PATIENCE)
    expect(undo(page)).to_be_disabled()


def test_a_row_is_dragged_to_another_place_and_moved_by_key(page: Page) -> None:
    handle, aim = rows(page).nth(2).locator(".handle").bounding_box(), rows(page).first.bounding_box()
    assert handle and aim
    page.mouse.move(handle["x"] + 8, handle["y"] + 8)
    page.mouse.down()
    page.mouse.move(aim["x"] + 300, aim["y"] + 5, steps=6)
    page.mouse.up()
    expect(undo(page)).to_be_enabled(timeout=PATIENCE)
    expect(rows(page).first).to_contain_text("Artyom")
    rows(page).first.locator("button.stop").focus()
    page.keyboard.press("Alt+ArrowDown")
    expect(rows(page).nth(1)).to_contain_text("Artyom", timeout=PATIENCE)
    expect(rows(page).nth(1).locator("button.stop")).to_be_focused()


def test_a_click_on_the_map_puts_a_stop_there(page: Page) -> None:
    correct(page, 1)
    quiet(page).get_by_role("button", name="Choose on the map").click()
    expect(journey(page).locator("#picking")).to_contain_text("Komsomolsk", timeout=PATIENCE)
    before = rows(page).nth(1).locator(".km").inner_text()
    box = journey(page).locator("#map").bounding_box()
    assert box
    page.mouse.click(box["x"] + box["width"] * 0.25, box["y"] + box["height"] * 0.4)
    expect(journey(page).locator("#picking")).to_be_hidden(timeout=PATIENCE)
    expect(rows(page).nth(1).locator(".km")).not_to_have_text(before, timeout=PATIENCE)


def test_another_place_is_searched_and_taken(page: Page) -> None:
    correct(page, 3)
    quiet(page).get_by_role("textbox", name="Another place").fill("Nakhodka")
    page.get_by_role("textbox", name="Another place").press("Enter")
    expect(journey(page).locator(".leaflet-container")).to_contain_text("Nakhodka", timeout=PATIENCE)
    page.get_by_role("button", name="Take this place").click()
    expect(rows(page).nth(2).locator("strong")).to_have_text("Nakhodka", timeout=PATIENCE)


# --- in and out -------------------------------------------------------------------------------------------------------


def test_a_reload_keeps_texts_and_corrections_and_no_other_session_sees_them(page: Page, address: str, browser: Browser) -> None:
    submit(page, "My secret: on Monday I went to Lisbon.")
    expect(journey(page).locator("#text")).to_contain_text("My secret", timeout=PATIENCE)
    choose(page, 1)
    card(page).get_by_role("button", name="Passed").click()
    expect(journey(page).locator("#stops li.passed")).to_have_count(1, timeout=PATIENCE)
    quiet(page).reload()
    expect(journey(page).locator("#text")).to_contain_text("My secret", timeout=PATIENCE)
    expect(journey(page).locator("#stops li.passed")).to_have_count(1, timeout=PATIENCE)
    other = browser.new_page()
    load(other, address)
    assert "secret" not in other.content() + other.frames[-1].content()
    other.close()


def test_journeys_are_compared_on_one_map(page: Page) -> None:
    submit(page, "On 17 September 2023 Ann came to Vladivostok. The next day she flew to Seoul.")
    expect(rows(page)).to_have_count(2, timeout=PATIENCE)
    page.get_by_role("tab", name="Compare").click()
    compared = page.frame_locator('iframe[title*="itinerary_compare"]')
    expect(compared.locator(".pin")).to_have_count(5, timeout=PATIENCE)
    expect(page.get_by_text("Vladivostok on 2023-09-17")).to_be_visible()


def test_the_journey_is_drawn_in_time_and_a_stop_chosen_there_is_turned_to(page: Page) -> None:
    page.get_by_role("tab", name="Understand").click()
    figures = page.frame_locator('iframe[title*="itinerary_figures"]')
    expect(figures.locator("figure")).to_have_count(3, timeout=PATIENCE)
    figures.locator("g[data-order='2']").first.click()
    expect(page.get_by_text("2 · Vladivostok")).to_be_visible(timeout=PATIENCE)


@pytest.mark.parametrize(("name", "ending"), [("HTML", ".html"), ("CSV", ".csv"), ("Save", ".itinerary.json")])
def test_files_are_taken_along(page: Page, name: str, ending: str, tmp_path: Path) -> None:
    page.get_by_role("tab", name="Take along").click()
    with page.expect_download(timeout=PATIENCE) as download:
        page.get_by_role("button", name=name, exact=True).click()
    assert download.value.suggested_filename.endswith(ending)
    download.value.save_as(tmp_path / "file")
    assert "Vladivostok" in (tmp_path / "file").read_text(encoding="utf-8-sig")


def test_a_saved_itinerary_is_dropped_and_opens(page: Page, tmp_path: Path) -> None:
    choose(page, 1)
    card(page).get_by_role("button", name="Passed").click()
    expect(journey(page).locator("#stops li.passed")).to_have_count(1, timeout=PATIENCE)
    page.get_by_role("tab", name="Take along").click()
    with page.expect_download(timeout=PATIENCE) as download:
        page.get_by_role("button", name="Save", exact=True).click()
    download.value.save_as(tmp_path / "trip.itinerary.json")
    page.get_by_role("tab", name="Journey").click()
    undo(page).click()
    expect(journey(page).locator("#stops li.passed")).to_have_count(0, timeout=PATIENCE)
    page.get_by_role("radio", name="File").click()
    page.locator('input[type="file"]').set_input_files(tmp_path / "trip.itinerary.json")
    expect(journey(page).locator("#stops li.passed")).to_have_count(1, timeout=PATIENCE)


def test_hostile_text_shows_as_text_and_nothing_runs(page: Page, watch: Watch) -> None:
    submit(page, HOSTILE)
    title = "</script><script>window.pwned = 1</script> ${window.pwned = 2}"
    expect(page.locator(".it-head h1")).to_contain_text(title, timeout=PATIENCE)
    expect(journey(page).locator("#text")).to_contain_text(r'`back` \u0041 C:\path\2019 {{ 7*7 }} "><b>bold</b>')
    expect(rows(page)).to_have_count(2, timeout=PATIENCE)
    expect(badges(page)).to_have_count(2, timeout=PATIENCE)
    for order in (1, 2):
        choose(page, order)
        badges(page).nth(order - 1).click(force=True)
        expect(journey(page).locator(".leaflet-popup").last).to_be_visible()
    card(page).locator(".more").click()
    expect(page.get_by_text("2 · Porto")).to_be_visible(timeout=PATIENCE)
    assert {frame.evaluate("window.pwned") for frame in page.frames} == {None}
    assert (watch.foreign, watch.errors) == ([], [])


def test_long_work_says_what_it_does_and_can_be_cancelled(page: Page) -> None:
    submit(page, "She took the coach from Leeds to York and saw the minster there. " * 3_000)
    expect(page.locator(".st-key-work")).to_contain_text("reading", timeout=PATIENCE)
    page.get_by_role("button", name="Cancel").click()
    expect(page.get_by_role("progressbar")).to_have_count(0, timeout=PATIENCE)
    assert names(page) == STOPS
    assert page.get_by_label("Text", exact=True).input_value().startswith("She took the coach"), "what was typed is still there"


def test_a_map_of_others_is_asked_for_only_when_the_reader_turns_the_network_on(page: Page, watch: Watch) -> None:
    quiet(page).get_by_text("Preferences").click()
    page.get_by_text("Let the map use the network").click()
    expect(page.get_by_role("combobox", name="Base map")).to_be_enabled(timeout=PATIENCE)
    quiet(page).get_by_role("combobox", name="Base map").click()
    assert watch.foreign == []
    page.get_by_role("option", name="OpenStreetMap").click()
    expect(journey(page).locator(".leaflet-control-attribution")).to_contain_text(
        "© OpenStreetMap contributors", timeout=PATIENCE
    )
    assert watch.foreign and all(url.startswith("https://tile.openstreetmap.org/") for url in watch.foreign)


def test_too_large_a_file_is_refused_before_it_is_sent(page: Page, tmp_path: Path) -> None:
    page.get_by_role("radio", name="File").click()
    with (tmp_path / "large.txt").open("wb") as file:
        file.truncate(21_000_000)
    page.locator('input[type="file"]').set_input_files(tmp_path / "large.txt")
    expect(page.get_by_text("20.0MB or smaller")).to_be_visible(timeout=PATIENCE)
    expect(rows(page)).to_have_count(len(STOPS))


def test_a_text_that_cannot_be_used_is_told_and_the_page_stays_usable(page: Page) -> None:
    submit(page, "   ")
    expect(page.get_by_test_id("stAlert")).to_contain_text("empty", timeout=PATIENCE)
    expect(rows(page)).to_have_count(len(STOPS))
    submit(page, "Ann went to Lisbon.")
    expect(rows(page)).to_have_count(1, timeout=PATIENCE)
    expect(page.get_by_test_id("stAlert")).to_have_count(0)


# --- for everyone -----------------------------------------------------------------------------------------------------


def barriers(page: Page, rules: tuple[str, ...] = ()) -> list[str]:
    """What axe finds grave on the whole page and in our components, by all its rules or by those named."""
    options = {"runOnly": {"type": "rule", "values": list(rules)}} if rules else None
    found = Axe().run(page, options=options).response["violations"]
    return [
        f"{rule['id']}: {node['html'][:160]}"
        for rule in found if rule["impact"] in ("serious", "critical")
        for node in rule["nodes"]
    ]  # fmt: skip


# In the dark only the colours are others.
@pytest.mark.parametrize(("scheme", "rules"), [("light", ()), ("dark", ("color-contrast",))])
def test_axe_finds_no_grave_barrier(address: str, window: Page, scheme: Any, rules: tuple[str, ...]) -> None:
    window.emulate_media(color_scheme=scheme)
    load(window, address)
    choose(window, 2)
    assert barriers(window, rules) == []
    card(window).locator(".more").click()
    expect(window.get_by_text("2 · Vladivostok")).to_be_visible(timeout=PATIENCE)
    assert barriers(quiet(window), rules) == []


def test_everything_is_reached_by_keyboard(page: Page) -> None:
    frame = page.frames[-1]
    journey(page).locator("#stops button.stop").first.focus()
    page.keyboard.press("Enter")
    expect(card(page)).to_contain_text(STOPS[0])
    mark = journey(page).locator("#text mark[data-order='3']").first
    mark.focus()
    page.keyboard.press("Enter")
    expect(card(page)).to_contain_text(STOPS[2])
    card(page).get_by_role("button", name="Planned").focus()
    page.keyboard.press("Space")
    expect(journey(page).locator("#stops li.planned")).to_have_count(1, timeout=PATIENCE)
    expect(card(page).get_by_role("button", name="Planned")).to_be_focused()
    assert frame.evaluate("getComputedStyle(document.activeElement).outlineStyle") == "solid", "the focus is seen"


def test_it_is_pleasant_on_a_phone(address: str, window: Page) -> None:
    page = window
    page.set_viewport_size({"width": 400, "height": 800})
    load(page, address)
    assert page.evaluate("document.documentElement.scrollWidth <= innerWidth"), "nothing makes the page scroll sideways"
    assert page.frames[-1].evaluate("document.documentElement.scrollWidth <= innerWidth")
    assert max(box["width"] for row in rows(page).all() if (box := row.bounding_box())) <= 400
    choose(page, 2)
    card(page).locator(".more").click()
    expect(page.get_by_text("2 · Vladivostok")).to_be_in_viewport(timeout=PATIENCE)  # the side panel unfolds by itself
    page.get_by_role("button", name="Choose on the map").click()
    expect(page.get_by_text("2 · Vladivostok")).not_to_be_in_viewport(timeout=PATIENCE)  # and leaves the map free
    expect(journey(page).locator("#picking")).to_contain_text("Vladivostok")


def test_it_is_dark_where_the_reader_s_system_is(address: str, window: Page) -> None:
    page = window
    page.emulate_media(color_scheme="dark")
    load(page, address)
    for place in (page.locator(".stApp"), journey(page).locator("body")):
        colour = place.evaluate("element => getComputedStyle(element).backgroundColor")
        assert max(int(part) for part in re.findall(r"\d+", colour)[:3]) < 64
