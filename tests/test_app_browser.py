"""The dashboard in a real browser with the network cut: what a person sees, clicks and takes along."""

import os
import re
import shutil
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Browser, BrowserContext, Frame, FrameLocator, Locator, Page, expect, sync_playwright

from tests.__main__ import BROWSERS
from tests.conftest import ROOT

pytestmark = pytest.mark.browser

OUT = ROOT / "out"
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
    """What a page does that it should not: requests to others, errors on the console, dialogs."""

    def __init__(self, context: BrowserContext) -> None:
        self.foreign: list[str] = []
        self.errors: list[str] = []
        context.on("request", lambda request: self._request(request.url))
        context.on("console", lambda message: self.errors.append(message.text) if message.type == "error" else None)
        context.on("dialog", lambda dialog: (self.errors.append(dialog.message), dialog.dismiss()))
        context.on("weberror", lambda error: self.errors.append(str(error.error)))

    def _request(self, url: str) -> None:
        if not url.startswith(("http://127.0.0.1:", "ws://127.0.0.1:", "data:", "blob:", "file:", "about:")):
            self.foreign.append(url)


@pytest.fixture
def context(browser: Browser) -> Iterator[BrowserContext]:
    context = browser.new_context(viewport={"width": 1400, "height": 1000}, accept_downloads=True)
    yield context
    context.close()


@pytest.fixture
def watch(context: BrowserContext) -> Watch:
    return Watch(context)


@pytest.fixture
def page(address: str, context: BrowserContext, watch: Watch) -> Page:
    """The dashboard on the sample, its map drawn."""
    page = context.new_page()
    load(page, address)
    return page


def load(page: Page, address: str) -> None:
    """Open the dashboard and wait for the sample's stops, in the table and on the map."""
    page.goto(address)
    page.locator(".it-head").wait_for(timeout=FIRST_LOAD)
    expect(rows(page)).to_have_count(len(STOPS))
    expect(badges(the_map(page))).to_have_count(len(STOPS), timeout=20_000)


def the_map(page: Page) -> FrameLocator:
    return page.frame_locator("iframe").first


def badges(place: FrameLocator | Page) -> Locator:
    return place.locator(".stop-icon .badge")


def rows(page: Page) -> Locator:
    return page.locator("table.it-table:not(.it-plain) tbody tr")


def picture(page: Page, name: str) -> None:
    """The whole page as a picture in out/, for people to look at."""
    OUT.mkdir(exist_ok=True)
    width = page.evaluate("innerWidth")
    page.set_viewport_size(
        {"width": width, "height": page.evaluate("document.querySelector('[data-testid=stMain]').scrollHeight")}
    )
    page.wait_for_timeout(500)  # the map redraws itself
    page.screenshot(path=OUT / name)


def pwned(frames: list[Frame]) -> list[object]:
    return [frame.evaluate("window.pwned") for frame in frames]


def submit(page: Page, text: str) -> None:
    page.get_by_label("Text", exact=True).fill(text)
    page.get_by_role("button", name="Show the journey").click()


def test_the_sample_is_shown_without_a_request_to_anyone(page: Page, watch: Watch) -> None:
    assert [badge.inner_text() for badge in badges(the_map(page)).all()] == ["1", "2", "3"]
    assert [re.split(r"\n", row.locator("th").inner_text())[0] for row in rows(page).all()] == STOPS
    assert "17 September 2023" in rows(page).last.inner_text()
    assert page.locator(".it-numbers dd").first.inner_text() == "3"
    expect(page.locator(".it-text mark.visited").first).to_be_visible()
    picture(page, "dashboard-1400.png")
    assert (watch.foreign, watch.errors) == ([], [])


def test_a_marker_tells_its_stop_when_clicked(page: Page) -> None:
    badges(the_map(page)).first.click()
    expect(the_map(page).locator(".leaflet-popup")).to_contain_text("1. Komsomolsk-on-Amur")


def test_it_is_pleasant_on_a_phone(page: Page) -> None:
    page.set_viewport_size({"width": 400, "height": 800})
    load(page, page.url)
    assert page.evaluate("document.documentElement.scrollWidth <= innerWidth"), "nothing makes the page scroll sideways"
    widest = max(row.bounding_box()["width"] for row in rows(page).all())
    assert widest <= 400
    picture(page, "dashboard-400.png")


def test_it_is_pleasant_in_the_dark(address: str, browser: Browser) -> None:
    context = browser.new_context(viewport={"width": 1400, "height": 1000}, color_scheme="dark")
    page = context.new_page()
    load(page, address)
    red, green, blue = map(
        int, re.findall(r"\d+", page.evaluate("getComputedStyle(document.querySelector('.stApp')).backgroundColor"))[:3]
    )
    assert max(red, green, blue) < 64
    picture(page, "dashboard-dark.png")
    context.close()


def test_the_html_map_is_taken_along_and_opens_offline(page: Page, browser: Browser, tmp_path: Path) -> None:
    with page.expect_download() as download:
        page.get_by_role("button", name="HTML map").click()
    assert download.value.suggested_filename.endswith(".html")
    file = tmp_path / "map.html"
    download.value.save_as(file)
    assert file.stat().st_size < 1_000_000
    context = browser.new_context(viewport={"width": 1400, "height": 900}, offline=True)
    watch = Watch(context)
    taken = context.new_page()
    taken.goto(file.as_uri())
    expect(badges(taken)).to_have_count(len(STOPS))
    assert [badge.inner_text() for badge in badges(taken).all()] == ["1", "2", "3"]
    taken.screenshot(path=OUT / "export-1400.png")
    taken.set_viewport_size({"width": 400, "height": 800})
    taken.wait_for_timeout(500)
    taken.screenshot(path=OUT / "export-400.png")
    assert (watch.foreign, watch.errors) == ([], [])
    context.close()


@pytest.mark.parametrize("name", ["GeoJSON", "CSV"])
def test_the_other_files_are_taken_along(page: Page, name: str, tmp_path: Path) -> None:
    with page.expect_download() as download:
        page.get_by_role("button", name=name).click()
    download.value.save_as(tmp_path / "file")
    assert "Vladivostok" in (tmp_path / "file").read_text(encoding="utf-8-sig")


def test_hostile_text_shows_as_text_and_nothing_runs(page: Page, watch: Watch, browser: Browser, tmp_path: Path) -> None:
    submit(page, HOSTILE)
    expect(page.locator(".it-head h1")).to_contain_text(
        "</script><script>window.pwned = 1</script> ${window.pwned = 2}", timeout=30_000
    )
    expect(page.locator(".it-text")).to_contain_text(r'`back` \u0041 C:\path\2019 {{ 7*7 }} "><b>bold</b>')
    expect(rows(page)).to_have_count(2, timeout=20_000)
    expect(badges(the_map(page))).to_have_count(2, timeout=20_000)
    for badge in badges(the_map(page)).all():
        badge.click(force=True)
        expect(the_map(page).locator(".leaflet-popup").last).to_be_visible()
    expect(the_map(page).locator(".leaflet-popup").last).to_contain_text("Porto")
    assert set(pwned(page.frames)) == {None}
    with page.expect_download() as download:
        page.get_by_role("button", name="HTML map").click()
    download.value.save_as(tmp_path / "map.html")
    taken = browser.new_page()
    taken.goto((tmp_path / "map.html").as_uri())
    expect(badges(taken)).to_have_count(2)
    expect(taken.locator("body")).to_contain_text("</script><script>window.pwned = 1</script>")
    assert set(pwned(taken.frames)) == {None}
    assert (watch.foreign, watch.errors) == ([], [])


def test_a_text_that_cannot_be_used_leaves_the_page_usable(page: Page) -> None:
    submit(page, "   ")
    expect(page.get_by_test_id("stAlert")).to_contain_text("empty", timeout=20_000)
    page.get_by_role("button", name="Sample article").click()
    expect(rows(page)).to_have_count(len(STOPS), timeout=20_000)
    expect(page.get_by_test_id("stAlert")).to_have_count(0)


def test_another_session_sees_nothing_of_it(page: Page, address: str, browser: Browser) -> None:
    submit(page, "My secret: on Monday I went to Lisbon.")
    expect(page.locator(".it-text")).to_contain_text("My secret", timeout=20_000)
    other = browser.new_page()
    load(other, address)
    assert "secret" not in other.content()
    other.close()
