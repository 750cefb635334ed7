"""The dashboard in a real browser with the network cut: what a person sees, clicks, drags and takes along."""

import re
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Browser, BrowserContext, Frame, FrameLocator, Locator, Page, expect

from tests.browsing import at_rest, chromium, dashboard, download, drag, fill, pick, press, quiet, unfold

pytestmark = pytest.mark.browser

STOPS = ["Komsomolsk-on-Amur", "Vladivostok", "Artyom"]
FIRST_LOAD = 120_000  # ms: the server's first session loads the language model
HOSTILE = r"""Ann's trip </script><script>window.pwned = 1</script> ${window.pwned = 2} `${window.pwned = 3}`

<img src=x onerror="window.pwned = 4"> On 3 May 2019 Ann arrived in Lisbon </textarea><svg onload="window.pwned = 5">,
where she stayed.
Then she travelled to Porto `back` \u0041 C:\path\2019 {{ 7*7 }} "><b>bold</b> and visited the town.
![x](http://example.org/x.png) $x^2$ <!--
"""


@pytest.fixture(scope="module")
def address() -> Iterator[str]:
    with dashboard() as address:
        yield address


@pytest.fixture(scope="module")
def browser() -> Iterator[Browser]:
    """A browser to which every name but this machine's is unknown, so that nothing can be fetched even by accident."""
    with chromium("--host-resolver-rules=MAP * ~NOTFOUND, EXCLUDE 127.0.0.1") as browser:
        yield browser


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
    """What the tab does from now on; it has left the page of the test before."""
    page, watch = tab
    page.goto("about:blank")
    for seen in (watch.foreign, watch.errors, watch.sent):
        seen.clear()
    return watch


@pytest.fixture
def window(tab: tuple[Page, Watch], watch: Watch) -> Page:
    """The tab as it is opened: nothing on it yet, wide and light."""
    page = tab[0]
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
    expect(rows(page)).to_have_count(len(STOPS))
    expect(badges(page)).to_have_count(len(STOPS))
    quiet(page)


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
    more(page, order)
    expect(page.get_by_role("button", name="Delete: ")).to_be_visible()  # the foot of the panel
    quiet(page)


def more(page: Page, order: int) -> None:
    """Open the panel from the card of the stop that is chosen."""
    card(page).locator(".more").click()
    expect(page.get_by_role("heading", name=f"{order} · ")).to_be_visible()


def mark_as(page: Page, status: str) -> None:
    """Say of the stop that is chosen whether it was visited, passed or planned, and see it so in the list."""
    card(page).get_by_role("button", name=status).click()
    expect(journey(page).locator(f"#stops li.{status.lower()}")).to_have_count(1)


def undo(page: Page) -> Locator:
    return journey(page).locator("button.undo")


def submit(page: Page, text: str) -> None:
    """Show the journey of a text."""
    fill(quiet(page).get_by_label("Text", exact=True), text)
    page.get_by_role("button", name="Show the journey").click()


def inside(page: Page) -> Frame:
    """The component's own page, for what only a script can ask."""
    return next(frame for frame in page.frames if "itinerary_journey" in frame.url)


def view_of(page: Page) -> Any:
    """Middle and zoom of the map."""
    return inside(page).evaluate("(m => [m.getCenter().lat, m.getCenter().lng, m.getZoom()])(window.itineraryMap)")


# --- seen -------------------------------------------------------------------------------------------------------------


def test_the_sample_is_shown_without_a_request_to_anyone(page: Page, watch: Watch) -> None:
    assert badges(page).all_inner_texts() == ["1", "2", "3"]
    assert names(page) == STOPS
    assert "17 September 2023" in rows(page).last.inner_text()
    assert page.locator(".it-numbers dd").first.inner_text() == "3"
    expect(journey(page).locator("#text mark.visited").first).to_be_visible()
    assert (watch.foreign, watch.errors) == ([], [])


def test_a_stop_chosen_in_one_place_shows_in_the_other_two_without_the_server(page: Page, watch: Watch) -> None:
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


def test_what_is_opened_on_the_map_stays_open_when_the_page_is_drawn_again(page: Page) -> None:
    badges(page).first.click()
    expect(card(page)).to_contain_text(STOPS[0])  # which makes the page higher, so that it is drawn again
    unfold(page, "Preferences")
    page.get_by_text("Let the map use the network").click()
    expect(page.get_by_role("combobox", name="Base map")).to_be_enabled()
    quiet(page)
    expect(journey(page).locator(".leaflet-popup")).to_contain_text(STOPS[0])


def test_a_correction_redraws_and_leaves_the_view_of_the_map(page: Page) -> None:
    choose(page, 2)
    still = "m => { m.stop(); m.itinerary.touch(); m.setView([50, 130], 5, {animate: false}); }"
    inside(page).evaluate(f"({still})(window.itineraryMap)")
    before = view_of(page)
    mark_as(page, "Planned")
    expect(journey(page).locator(".stop.planned .badge")).to_have_count(1)
    assert view_of(page) == before
    page.keyboard.press("Control+z")
    expect(journey(page).locator("#stops li.planned")).to_have_count(0)
    expect(undo(page)).to_be_disabled()


def test_a_row_is_dragged_to_another_place_and_moved_by_key(page: Page) -> None:
    drag(page, rows(page).nth(2).locator(".handle"), rows(page).first)
    expect(undo(page)).to_be_enabled()
    expect(rows(page).first).to_contain_text("Artyom")
    rows(page).first.locator("button.stop").focus()
    page.keyboard.press("Alt+ArrowDown")
    expect(rows(page).nth(1)).to_contain_text("Artyom")
    expect(rows(page).nth(1).locator("button.stop")).to_be_focused()


def test_a_click_on_the_map_puts_a_stop_there(page: Page) -> None:
    correct(page, 1)
    page.get_by_role("button", name="Choose on the map").click()
    expect(journey(page).locator("#picking")).to_contain_text("Komsomolsk")
    before = rows(page).nth(1).locator(".km").inner_text()
    quiet(page)
    sea = journey(page).locator("#map")
    box = sea.bounding_box()
    assert box
    sea.click(position={"x": box["width"] * 0.25, "y": box["height"] * 0.4})
    expect(journey(page).locator("#picking")).to_be_hidden()
    expect(rows(page).nth(1).locator(".km")).not_to_have_text(before)


def test_another_place_is_searched_and_taken(page: Page) -> None:
    correct(page, 3)
    fill(page.get_by_role("textbox", name="Another place"), "Nakhodka")
    page.get_by_role("textbox", name="Another place").press("Enter")
    expect(journey(page).locator(".leaflet-container")).to_contain_text("Nakhodka")
    quiet(page).get_by_role("button", name="Take this place").click()
    expect(rows(page).nth(2).locator("strong")).to_have_text("Nakhodka")


# --- in and out -------------------------------------------------------------------------------------------------------


def test_a_reload_keeps_texts_and_corrections_and_no_other_session_sees_them(page: Page, address: str, browser: Browser) -> None:
    submit(page, "My secret: on Monday I went to Lisbon.")
    expect(journey(page).locator("#text")).to_contain_text("My secret")
    choose(page, 1)
    mark_as(page, "Passed")
    quiet(page).reload()
    expect(journey(page).locator("#text")).to_contain_text("My secret")
    expect(journey(page).locator("#stops li.passed")).to_have_count(1)
    other = browser.new_page()
    load(other, address)
    assert "secret" not in other.content() + inside(other).content()
    other.close()


def test_journeys_are_compared_on_one_map(page: Page) -> None:
    submit(page, "On 17 September 2023 Ann came to Vladivostok. The next day she flew to Seoul.")
    expect(rows(page)).to_have_count(2)
    press(page, "tab", "Compare")
    compared = page.frame_locator('iframe[title*="itinerary_compare"]')
    expect(compared.locator(".pin")).to_have_count(5)
    expect(page.get_by_text("Vladivostok on 2023-09-17")).to_be_visible()


def test_the_journey_is_drawn_in_time_and_a_stop_chosen_there_is_turned_to(page: Page) -> None:
    press(page, "tab", "Understand")
    figures = page.frame_locator('iframe[title*="itinerary_figures"]')
    expect(figures.locator("figure")).to_have_count(3)
    figures.locator("g[data-order='2']").first.click()
    expect(page.get_by_text("2 · Vladivostok")).to_be_visible()


@pytest.mark.parametrize(("name", "ending"), [("HTML", ".html"), ("CSV", ".csv"), ("Save", ".itinerary.json")])
def test_files_are_taken_along(page: Page, name: str, ending: str, tmp_path: Path) -> None:
    press(page, "tab", "Take along")
    file = download(page, name)
    assert file.suggested_filename.endswith(ending)
    file.save_as(tmp_path / "file")
    assert "Vladivostok" in (tmp_path / "file").read_text(encoding="utf-8-sig")


def test_a_saved_itinerary_is_dropped_and_opens(page: Page, tmp_path: Path) -> None:
    choose(page, 1)
    mark_as(page, "Passed")
    press(page, "tab", "Take along")
    download(page, "Save").save_as(tmp_path / "trip.itinerary.json")
    press(page, "tab", "Journey")
    undo(page).click()
    expect(journey(page).locator("#stops li.passed")).to_have_count(0)
    press(page, "radio", "File")
    page.locator('input[type="file"]').set_input_files(tmp_path / "trip.itinerary.json")
    expect(journey(page).locator("#stops li.passed")).to_have_count(1)


def test_hostile_text_shows_as_text_and_nothing_runs(page: Page, watch: Watch) -> None:
    submit(page, HOSTILE)
    title = "</script><script>window.pwned = 1</script> ${window.pwned = 2}"
    expect(page.locator(".it-head h1")).to_contain_text(title)
    expect(journey(page).locator("#text")).to_contain_text(r'`back` \u0041 C:\path\2019 {{ 7*7 }} "><b>bold</b>')
    expect(rows(page)).to_have_count(2)
    expect(badges(page)).to_have_count(2)
    for order in (1, 2):
        choose(page, order)
        badges(page).nth(order - 1).click(force=True)
        expect(journey(page).locator(".leaflet-popup").last).to_be_visible()
    more(page, 2)
    expect(page.get_by_text("2 · Porto")).to_be_visible()
    assert {frame.evaluate("window.pwned") for frame in page.frames} == {None}
    assert (watch.foreign, watch.errors) == ([], [])


def test_long_work_says_what_it_does_and_can_be_cancelled(page: Page) -> None:
    submit(page, "She took the coach from Leeds to York and saw the minster there. " * 3_000)
    expect(page.locator(".st-key-work")).to_contain_text("reading")
    page.get_by_role("button", name="Cancel").click()
    expect(page.get_by_role("progressbar")).to_have_count(0)
    assert names(page) == STOPS
    expect(page.get_by_label("Text", exact=True)).to_have_value(
        re.compile("^She took the coach")
    )  # what was typed is still there


def test_a_map_of_others_is_asked_for_only_when_the_reader_turns_the_network_on(page: Page, watch: Watch) -> None:
    unfold(page, "Preferences")
    page.get_by_text("Let the map use the network").click()
    expect(page.get_by_role("combobox", name="Base map")).to_be_enabled()
    assert watch.foreign == []
    pick(page, "Base map", "OpenStreetMap")
    expect(journey(page).locator(".leaflet-control-attribution")).to_contain_text("© OpenStreetMap contributors")
    assert watch.foreign and all(url.startswith("https://tile.openstreetmap.org/") for url in watch.foreign)


def test_too_large_a_file_is_refused_before_it_is_sent(page: Page, tmp_path: Path) -> None:
    press(page, "radio", "File")
    with (tmp_path / "large.txt").open("wb") as file:
        file.truncate(21_000_000)
    page.locator('input[type="file"]').set_input_files(tmp_path / "large.txt")
    expect(page.get_by_text("20.0MB or smaller")).to_be_visible()
    expect(rows(page)).to_have_count(len(STOPS))


def test_a_text_that_cannot_be_used_is_told_and_the_page_stays_usable(page: Page) -> None:
    submit(page, "   ")
    expect(page.get_by_test_id("stAlert")).to_contain_text("empty")
    expect(rows(page)).to_have_count(len(STOPS))
    submit(page, "Ann went to Lisbon.")
    expect(rows(page)).to_have_count(1)
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
    at_rest(inside(window))
    assert barriers(window, rules) == []
    more(window, 2)
    at_rest(inside(window))
    assert barriers(quiet(window), rules) == []


def test_everything_is_reached_by_keyboard(page: Page) -> None:
    frame = inside(page)
    journey(page).locator("#stops button.stop").first.focus()
    page.keyboard.press("Enter")
    expect(card(page)).to_contain_text(STOPS[0])
    mark = journey(page).locator("#text mark[data-order='3']").first
    mark.focus()
    page.keyboard.press("Enter")
    expect(card(page)).to_contain_text(STOPS[2])
    quiet(page)
    card(page).get_by_role("button", name="Planned").focus()
    page.keyboard.press("Space")
    expect(journey(page).locator("#stops li.planned")).to_have_count(1)
    expect(card(page).get_by_role("button", name="Planned")).to_be_focused()
    assert frame.evaluate("getComputedStyle(document.activeElement).outlineStyle") == "solid", "the focus is seen"


def test_it_is_pleasant_on_a_phone(address: str, window: Page) -> None:
    page = window
    page.set_viewport_size({"width": 400, "height": 800})
    load(page, address)
    assert page.evaluate("document.documentElement.scrollWidth <= innerWidth"), "nothing makes the page scroll sideways"
    assert inside(page).evaluate("document.documentElement.scrollWidth <= innerWidth")
    assert max(box["width"] for row in rows(page).all() if (box := row.bounding_box())) <= 400
    choose(page, 2)
    more(page, 2)
    expect(page.get_by_text("2 · Vladivostok")).to_be_in_viewport()  # the side panel unfolds by itself
    quiet(page).get_by_role("button", name="Choose on the map").click()
    expect(page.get_by_text("2 · Vladivostok")).not_to_be_in_viewport()  # and leaves the map free
    expect(journey(page).locator("#picking")).to_contain_text("Vladivostok")


def test_it_is_dark_where_the_reader_s_system_is(address: str, window: Page) -> None:
    page = window
    page.emulate_media(color_scheme="dark")
    load(page, address)
    for place in (page.locator(".stApp"), journey(page).locator("body")):
        colour = place.evaluate("element => getComputedStyle(element).backgroundColor")
        assert max(int(part) for part in re.findall(r"\d+", colour)[:3]) < 64
