"""A real browser for tests that look at drawn pages, the dashboard to look at, and a hand that waits as people do.

A test is quicker than any hand: it clicks while a part of the page still unfolds, or before the server has said its last word.
What such a click opens may close again at once (a list of options closes when what holds it scrolls). So the helpers here begin
only when the page is at rest, see to it that what they did has come true, and do it again where it has not.
"""

import os
import re
import shutil
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager

import pytest
from playwright.sync_api import Browser, Download, Error, Frame, Locator, Page, expect, sync_playwright

from tests.__main__ import BROWSERS
from tests.conftest import ROOT

CHROMIUM = next(filter(None, map(shutil.which, BROWSERS)), None)
PATIENCE = 30_000  # ms: for anything on a machine that has much to do
ATTEMPT = 3_000  # ms: for one of several attempts, which cost nothing when they are repeated
_WAIT_FOR_END = 20  # seconds that a dashboard gets to stop
_AT_REST = """() => document.getAnimations().every(
  (one) => one.playState !== "running" || one.effect.getComputedTiming().endTime === Infinity)"""


@contextmanager
def chromium(*options: str) -> Iterator[Browser]:
    """The Chromium of this machine; without one the test is left out, or fails where all tests must run."""
    if CHROMIUM is None:
        if os.environ.get("CI"):
            pytest.fail("No Chromium is installed; type: apt-get install -y chromium")
        pytest.skip("no Chromium is installed; type: apt-get install -y chromium")
    expect.set_options(timeout=PATIENCE)
    with sync_playwright() as playwright:
        arguments = ["--no-sandbox", "--disable-gpu", "--disable-background-networking", *options]
        browser = playwright.chromium.launch(executable_path=CHROMIUM, args=arguments, timeout=4 * PATIENCE)
        yield browser
        browser.close()


@contextmanager
def dashboard() -> Iterator[str]:
    """The address of a dashboard started as the README says, on a free port."""
    with served() as (address, _):
        yield address


@contextmanager
def served() -> Iterator[tuple[str, int]]:
    """The same with the number of its process."""
    command = [sys.executable, "-m", "itinerary", "dashboard", "--no-browser"]
    with (
        tempfile.TemporaryFile("w+") as said,  # a file takes all that is said; a pipe that nobody reads stops who writes
        subprocess.Popen(command, cwd=ROOT, stdout=subprocess.PIPE, stderr=said, text=True) as server,
    ):
        assert server.stdout
        try:
            found = re.search(r"http://127\.0\.0\.1:\d+", server.stdout.readline())
            said.seek(0)
            assert found, f"the dashboard did not start: {said.read()}"
            yield found.group(), server.pid
        finally:
            server.terminate()
            server.wait(_WAIT_FOR_END)
            said.seek(0)
            sys.stderr.write(said.read())


# --- at rest ----------------------------------------------------------------------------------------------------------


def at_rest(view: Page | Frame) -> None:
    """Once nothing unfolds, slides or fades any more; what turns for ever does not count."""
    view.wait_for_function(_AT_REST, timeout=PATIENCE)


def quiet(page: Page) -> Page:
    """Once Streamlit has nothing more to do and nothing on the page moves."""
    expect(page.locator('[data-testid="stApp"][data-test-script-state="notRunning"]')).to_have_count(1)
    expect(page.get_by_test_id("stStatusWidget")).to_have_count(0)
    at_rest(page)
    return page


def insist(act: Callable[[], object], outcome: Callable[[], object]) -> None:
    """Act until the outcome has come (it fails within `ATTEMPT` when it is not there); raises the last failure after `PATIENCE`.

    Only for what may be done twice: opening, choosing, turning to.
    """
    end = time.monotonic() + PATIENCE / 1000
    while True:
        try:
            act()
            outcome()
        except (AssertionError, Error):
            if time.monotonic() > end:
                raise
        else:
            return


# --- what a hand does -------------------------------------------------------------------------------------------------


def unfold(page: Page, name: str) -> None:
    """Open a part of the page that is folded away."""
    fold = page.locator("details", has=page.locator("summary", has_text=name))

    def act() -> None:
        if fold.get_attribute("open") is None:
            fold.locator("summary").click(timeout=ATTEMPT)

    quiet(page)
    insist(act, lambda: expect(fold).to_have_attribute("open", "", timeout=ATTEMPT))
    quiet(page)


def pick(page: Page, box: str, option: str) -> None:
    """Choose an option of a select box."""
    control, offered = page.get_by_role("combobox", name=box), page.get_by_role("option", name=option)

    def act() -> None:
        quiet(page)
        if not offered.is_visible():
            control.click(timeout=ATTEMPT)
        offered.click(timeout=ATTEMPT)

    expect(control).to_be_enabled()
    insist(act, lambda: expect(control).to_have_value(option, timeout=ATTEMPT))


def press(page: Page, role: str, name: str) -> None:
    """Turn to a tab, or choose one of several ("radio")."""
    button = quiet(page).get_by_role("tab" if role == "tab" else "radio", name=name)
    state = {"tab": "aria-selected", "radio": "aria-checked"}[role]
    insist(
        lambda: button.click(timeout=ATTEMPT),
        lambda: expect(button).to_have_attribute(state, "true", timeout=ATTEMPT),
    )
    quiet(page)


def fill(field: Locator, text: str) -> None:
    """Write into a field, which a page that is still being drawn may empty again."""
    insist(lambda: field.fill(text, timeout=ATTEMPT), lambda: expect(field).to_have_value(text, timeout=ATTEMPT))


def download(page: Page, button: str, *, patience: float = PATIENCE) -> Download:
    """What a button gives to take along."""
    quiet(page)
    with page.expect_download(timeout=patience) as coming:
        page.get_by_role("button", name=button, exact=True).click()
    return coming.value


def drag(page: Page, what: Locator, to: Locator) -> None:
    """Take hold of something and let it go over the upper half of something else."""
    what.hover()
    page.mouse.down()
    box = to.bounding_box()
    assert box
    page.mouse.move(box["x"] + box["width"] / 2, box["y"] + 5, steps=6)
    page.mouse.up()
