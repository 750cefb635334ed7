"""The pages made of a dataset, as a reader sees them."""

from __future__ import annotations

import random
import shutil
from collections.abc import Iterator
from pathlib import Path
from statistics import median
from typing import Any

import pytest

from itinerary.__main__ import main
from itinerary.corpus import asking, dataset, flows, index
from itinerary.corpus.rows import rows_of, table_of
from itinerary.corpus.schema import TABLES
from itinerary.corpus.texts import Text
from tests.__main__ import BROWSERS
from tests.builders import journey

MANY = 100_000  # legs
BLINK = 300.0  # ms that the flows may add to the base map: what takes longer is felt as a wait
# Milliseconds from moving the map to the second frame after it, when the new picture is on the screen.
FRAMES = """async () => {
  const times = [], frame = () => new Promise((done) => requestAnimationFrame(done));
  for (let i = 0; i < 9; i++) {
    const began = performance.now();
    itineraryMap.panBy([7, 0], {animate: false});
    await frame(); await frame();
    times.push(performance.now() - began);
  }
  return times;
}"""


def written(folder: Path, **rows: list[dict[str, Any]]) -> Path:
    with dataset.opened(folder, dataset.Manifest("made by hand", "text", None, None)) as there:
        there.write({table: [table_of(table, rows.get(table, []))] for table in TABLES})
    return folder


def leg(number: int, a: tuple[str, float, float], b: tuple[str, float, float]) -> dict[str, Any]:
    def end(name: str, place: tuple[str, float, float]) -> dict[str, Any]:
        country = f"{chr(65 + int(place[2] + 180) // 14)}{chr(65 + int(place[1] + 90) // 7)}"
        told = {"place": place[0], "id": f"test:{place[0]}", "country": country, "latitude": place[1], "longitude": place[2]}
        return {f"{name}_{key}": value for key, value in told.items()}

    return {"document": str(number // 5), "leg": number % 5, **end("origin", a), **end("destination", b), "km": 1.0}


@pytest.fixture(scope="module")
def many(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A hundred thousand legs between ten thousand places, some much visited."""
    dice = random.Random(1843)
    places = [(f"Town {i}", dice.uniform(-55, 70), dice.uniform(-180, 180)) for i in range(10_000)]
    pick = lambda: places[min(int(dice.expovariate(1 / 1500)), len(places) - 1)]  # noqa: E731
    legs = [leg(i, pick(), pick()) for i in range(MANY)]
    documents = [{"document": "0", "occurrence": 1, "status": "read", "stops": 1}]
    return written(tmp_path_factory.mktemp("many"), legs=legs, documents=documents)


@pytest.fixture(scope="module")
def hostile(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Two journeys, one of them with names that try to be markup."""
    trips = {
        "a": journey(("<img src=x onerror=alert(1)>", 60.0, 10.0, None, {"country": "NO"}), ("</script>", 51.5, 0.0)),
        "b": journey(("Suva", -18.1, 178.4, None, {"country": "FJ"}), ("Apia", -13.8, -171.8, None, {"country": "WS"})),
    }
    found = [rows_of(Text(name), trip, 0.0) for name, trip in trips.items()]
    rows = {table: [row for one in found for row in one[table]] for table in TABLES}
    return written(tmp_path_factory.mktemp("hostile"), **rows)


def test_flows_are_added_up_at_three_grains(hostile: Path) -> None:
    grains = {grain.name: grain for grain in flows.flows_of(hostile)}
    (fiji,) = (f for f in grains["country"].flows if grains["country"].nodes[f.origin].name == "Fiji")
    assert grains["country"].nodes[fiji.destination].name == "Samoa"
    assert [len(grain.flows) for grain in grains.values()] == [2, 2, 2]


def test_no_leg_is_lost_when_they_are_added_up(many: Path) -> None:
    _, _, places = flows.flows_of(many)
    with asking.connected(many) as ask:
        ((moving,),) = ask.sql("SELECT count(*) FROM legs WHERE origin_id <> destination_id").rows
    assert sum(flow.legs for flow in places.flows) + places.left_out == moving


def test_the_pages_ask_nobody_for_anything(hostile: Path) -> None:
    for page in (flows.page(flows.flows_of(hostile)), index.page(hostile)):
        assert "default-src 'none'" in page
        assert "<img" not in page


def test_the_command_writes_the_map(hostile: Path, tmp_path: Path) -> None:
    assert main(["query", str(hostile), "flows", "-o", str(tmp_path / "flows.html")]) == 0
    assert "Flows between countries" in (tmp_path / "flows.html").read_text(encoding="utf-8")


# --- in a browser -----------------------------------------------------------------------------------------------------


@pytest.fixture(scope="module")
def browser() -> Iterator[Any]:
    from playwright.sync_api import sync_playwright

    path = next(found for name in BROWSERS if (found := shutil.which(name)))
    with sync_playwright() as playwright:
        yield playwright.chromium.launch(executable_path=path, args=["--no-sandbox", "--disable-gpu"])


@pytest.fixture
def page(browser: Any) -> Iterator[Any]:
    with browser.new_page(viewport={"width": 1280, "height": 800}) as page:
        errors: list[str] = []
        page.on("pageerror", lambda error: errors.append(str(error)))
        page.on("console", lambda message: errors.append(message.text) if message.type == "error" else None)
        yield page
        assert errors == []


@pytest.mark.browser
def test_a_map_of_a_hundred_thousand_legs_answers_in_a_blink(many: Path, tmp_path: Path, page: Any) -> None:
    (tmp_path / "flows.html").write_text(flows.page(flows.flows_of(many)), encoding="utf-8")
    page.goto(f"file://{tmp_path / 'flows.html'}")
    for zoom, what in ((2, "countries"), (5, "regions"), (8, "places")):
        page.evaluate(f"itineraryMap.setView([47, 8], {zoom}, {{animate: false}})")
        page.locator("#shown", has_text=f"flows between {what}").wait_for()
        page.evaluate("itineraryFlows.remove()")
        bare = median(page.evaluate(FRAMES))
        page.evaluate("itineraryFlows.addTo(itineraryMap)")
        assert median(page.evaluate(FRAMES)) < bare + BLINK, what


@pytest.mark.browser
def test_a_journey_is_found_and_shown(hostile: Path, tmp_path: Path, page: Any) -> None:
    (tmp_path / "index.html").write_text(index.page(hostile), encoding="utf-8")
    page.goto(f"file://{tmp_path / 'index.html'}")
    page.get_by_label("Find a journey").fill("suva")
    page.get_by_text("1 found.").wait_for()
    page.locator("#journeys button").click()
    assert page.locator("#journeys button").get_attribute("aria-pressed") == "true"
    centre = page.evaluate("itineraryMap.getCenter().lng")
    assert 178.4 < centre % 360 < 188.3  # between the two, over the antimeridian and not round the world
