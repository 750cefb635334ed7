"""How long a user waits: seconds from the dashboard command to the first map, on a machine that is set up.

    python -m tests.first_map

Starts the dashboard as the README says, opens it in Chromium and waits for the numbered stops on the map; then pastes the same
text with a small change, so that nothing is remembered, and waits for the new map (the time that a user's own text takes).
"""

import re
import shutil
import subprocess
import sys
import time

from playwright.sync_api import Page, sync_playwright

from tests.__main__ import BROWSERS
from tests.conftest import ROOT, SAMPLES

PATIENCE = 300_000  # ms


def main() -> None:
    """Print the three times."""
    path = next(found for name in BROWSERS if (found := shutil.which(name)))
    command = [sys.executable, "-m", "itinerary", "dashboard", "--no-browser"]
    with sync_playwright() as playwright:
        page = playwright.chromium.launch(executable_path=path, args=["--no-sandbox"]).new_page()
        began = time.perf_counter()
        with subprocess.Popen(command, cwd=ROOT, stdout=subprocess.PIPE, text=True) as server:
            try:
                _measure(page, began, server)
            finally:
                server.terminate()


def _measure(page: Page, began: float, server: subprocess.Popen[str]) -> None:
    found = re.search(r"http://\S+", server.stdout.readline() if server.stdout else "")
    assert found, "the dashboard did not start"
    _tell("to the address", began)
    page.goto(found.group())
    _wait_for_map(page)
    _tell("to the first map", began)
    text = (SAMPLES / "kim-russia.txt").read_text(encoding="utf-8").replace("six drones", "half a dozen drones")
    page.get_by_label("Text", exact=True).fill(text)
    again = time.perf_counter()
    page.get_by_role("button", name="Show the journey").click()
    page.locator(".it-head h1", has_text="half a dozen").wait_for(timeout=PATIENCE)
    _wait_for_map(page)
    _tell("from a pasted text of 364 words to its map", again)


def _wait_for_map(page: Page) -> None:
    page.frame_locator("iframe").first.locator(".stop-icon .badge").first.wait_for(timeout=PATIENCE)


def _tell(what: str, since: float) -> None:
    print(f"{what}: {time.perf_counter() - since:.1f} s", flush=True)


if __name__ == "__main__":
    main()
