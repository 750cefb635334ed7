"""How long a user waits: seconds from the dashboard command to the first map, on a machine that is set up.

    python -m tests.first_map

Starts the dashboard as the README says, opens it in Chromium and waits for the numbered stops on the map; then pastes the same
text with a small change, so that nothing is remembered, and waits for the new map (the time that a user's own text takes).
"""

import time

from playwright.sync_api import Page

from tests.browsing import chromium, dashboard
from tests.conftest import SAMPLES

PATIENCE = 300_000  # ms


def main() -> None:
    """Print the three times."""
    with chromium() as browser:
        page = browser.new_page()
        began = time.perf_counter()
        with dashboard() as address:
            _measure(page, began, address)


def _measure(page: Page, began: float, address: str) -> None:
    _tell("to the address", began)
    page.goto(address)
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
