"""The itinerary as a notebook shows it, in a real browser."""

import pytest

from tests.browsing import chromium
from tests.builders import journey

pytestmark = pytest.mark.browser

HOSTILE = "</iframe><script>parent.document.title = 'taken'</script><img src=x onerror=\"top.document.title = 'taken'\">"


def test_a_notebook_shows_the_map_and_what_the_text_says_reaches_nothing_around_it() -> None:
    trip = journey(("Lisbon", 38.72, -9.14, "1843-05-03"), (HOSTILE, 37.39, -5.98), title=HOSTILE)
    with chromium() as browser:
        page = browser.new_page()
        troubles: list[str] = []
        page.on("pageerror", lambda error: troubles.append(str(error)))
        page.set_content(f"<title>Notebook</title><main>{trip._repr_html_()}</main>")
        frame = page.frame_locator("main > iframe")
        frame.locator(".leaflet-container .leaflet-control-scale").first.wait_for()
        assert "Lisbon" in frame.locator("body").inner_text()
        assert (page.title(), page.locator("main > *").count(), troubles) == ("Notebook", 1, [])
