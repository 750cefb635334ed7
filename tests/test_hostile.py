"""Whatever a text or a file says, it stays words: in every file that is written, on every page, in every program after us."""

import csv
import io
import json
import re
import time
import unicodedata
import zipfile
from collections.abc import Callable, Iterator
from dataclasses import replace
from html.parser import HTMLParser
from typing import Any

import openpyxl
import pyarrow.parquet as pq
import pypdfium2
import pytest
from fastkml.validator import get_schema_parser
from icalendar import Calendar
from lxml import etree
from markdown_it import MarkdownIt
from PIL import Image
from playwright.sync_api import Browser, Page

from itinerary import drawing, export, importing, legs, pipeline, project, summary
from itinerary.errors import InputError
from itinerary.model import Itinerary
from itinerary.workspace import SetTitle, SetTraveller, Workspace
from tests import hostile
from tests.browsing import chromium
from tests.builders import timespan
from tests.test_export_formats import SCHEMAS

# What a spreadsheet takes for the beginning of a formula, once it has thrown away what cannot be seen.
FORMULA = tuple("=+-@")
FORBIDDEN_IN_PDF = re.compile(rb"/(?:JavaScript|JS|Launch|URI|SubmitForm|EmbeddedFile|OpenAction|AA)\b")
# All that an event of ours may say.
EVENT = {
    "CATEGORIES", "CLASS", "DESCRIPTION", "DTEND", "DTSTAMP", "DTSTART", "GEO", "LOCATION", "STATUS", "SUMMARY", "TRANSP", "UID",
}  # fmt: skip
LONGEST = 20.0  # s for a word of a megabyte in any one format, on a machine that has much to do


@pytest.fixture(scope="module")
def trip() -> Itinerary:
    """Every string in every field."""
    return hostile.trip(hostile.STRINGS)


@pytest.fixture(scope="module")
def files(trip: Itinerary) -> dict[str, bytes]:
    """The trip in every format."""
    return {ending: form.encode(trip) for ending, form in export.FORMATS.items()}


# --- read -------------------------------------------------------------------------------------------------------------


def sound(trip: Itinerary, text: str) -> None:
    """Every span is a piece of the text, and what is said of the journey can be written down."""
    assert trip.text == text
    assert all(found.toponym.span.of(text) == found.name for found in trip.resolutions)
    assert all(date.span.of(text) == date.surface for date in trip.dates)
    assert json.loads(json.dumps(trip.to_geojson(), allow_nan=False))["type"] == "FeatureCollection"


def test_the_corpus_is_as_large_as_promised() -> None:
    assert len(hostile.STRINGS) >= 150
    assert len(set(hostile.STRINGS)) == len(hostile.STRINGS)
    assert max(len(words.encode("utf-8", "surrogatepass")) for words in hostile.LONG.values()) >= 1_000_000


@pytest.mark.parametrize("kind", hostile.BY_KIND)
def test_a_journey_is_read_in_spite_of_the_words_around_it(kind: str) -> None:
    text = hostile.tale(hostile.BY_KIND[kind])
    read = pipeline.build(text, "1843-06-01")
    sound(read, text)
    assert {"Bergen", "Oslo"} <= {found.name for found in read.resolutions}


@pytest.mark.parametrize("kind", hostile.BY_KIND)
def test_words_by_themselves_are_a_text_or_one_sentence(kind: str) -> None:
    for words in hostile.BY_KIND[kind]:
        try:
            sound(pipeline.build(words), words)
        except InputError as refusal:
            assert "\n" not in str(refusal)
        pipeline.find_dates(words)


@pytest.mark.parametrize("kind", hostile.LONG)
def test_a_word_without_end_hides_neither_town_nor_day(kind: str) -> None:
    most = 20_000 if kind == "joiners" else 1_000_000  # each of these is a word of its own to the parser
    text = f"On 3 May 1843 Ann left Oslo {hostile.LONG[kind][:most]} and sailed to Bergen."
    began = time.process_time()
    read = pipeline.build(text)
    sound(read, text)
    assert {"Oslo", "Bergen"} == {found.name for found in read.resolutions if found.place}
    assert [date.value for date in read.dates if not date.surface.isdigit()] == ["1843-05-03"]
    assert time.process_time() - began < LONGEST


def test_orders_to_a_machine_are_words_to_this_one() -> None:
    plain = "Ann left Bergen on 3 May 1843 and arrived in Oslo on 9 May."
    stops = [visit.name for visit in pipeline.build(plain).visits]
    assert stops == ["Bergen", "Oslo"]
    for words in hostile.ORDERS:
        assert [visit.name for visit in pipeline.build(f"{plain}\n\n{words}").visits][:2] == stops


# --- written: data ----------------------------------------------------------------------------------------------------


def test_every_format_takes_every_string(files: dict[str, bytes]) -> None:
    assert files.keys() == export.FORMATS.keys()
    for ending, data in files.items():
        assert data
        if not export.FORMATS[ending].binary:
            data.decode("utf-8")


@pytest.mark.parametrize("ending", [e for e in export.FORMATS if "json" in e])
def test_json_of_any_kind_is_json_that_the_strictest_reader_takes(ending: str, files: dict[str, bytes]) -> None:
    def refuse(constant: str) -> None:
        raise ValueError(constant)

    assert json.loads(files[ending].decode("utf-8"), parse_constant=refuse)


def test_a_project_gives_every_letter_back() -> None:
    words = [words for words in hostile.STRINGS if words != hostile.TWO_HALVES]
    corrected = Workspace(hostile.trip(words))
    for said in words[::8]:
        corrected = corrected.do(SetTitle(said), SetTraveller(said))
    opened = project.load(project.dumps(corrected))
    assert opened == corrected
    assert opened.trip.title == words[::8][-1]


def test_two_halves_of_a_letter_side_by_side_move_no_offset_of_a_project() -> None:
    trip = hostile.trip([hostile.TWO_HALVES, "Oslo"])
    opened = project.load(project.dumps(Workspace(trip))).read
    assert opened.text == trip.text.replace("\ude00", "\ufffd")
    assert opened.visits[1] == trip.visits[1]


def visible(cell: str) -> str:
    """The cell as a program may see it that is generous with what nobody sees and with wide letters."""
    shown = unicodedata.normalize("NFKC", cell)
    return "".join(c for c in shown if not (c.isspace() or unicodedata.category(c)[0] in "CZ" or c == "\ufffd"))


def is_number(cell: str) -> bool:
    return re.fullmatch(r"-?\d+(\.\d+)?(e-\d+)?", cell) is not None


@pytest.mark.parametrize("ending", [".csv", ".legs.csv"])
def test_no_cell_of_a_table_is_a_formula_and_no_row_is_torn(ending: str, trip: Itinerary, files: dict[str, bytes]) -> None:
    rows = list(csv.reader(io.StringIO(files[ending].decode("utf-8-sig"), newline=""), strict=True))
    assert len(rows) == 1 + len(trip.visits if ending == ".csv" else trip.legs)
    assert {len(row) for row in rows} == {len(rows[0])}
    assert [cell for row in rows for cell in row if visible(cell).startswith(FORMULA) and not is_number(cell)] == []


def test_nothing_in_a_workbook_computes_or_leads_elsewhere(trip: Itinerary, files: dict[str, bytes]) -> None:
    book = openpyxl.load_workbook(io.BytesIO(files[".xlsx"]))
    cells = [cell for sheet in book for row in sheet.iter_rows() for cell in row]
    assert {cell.data_type for cell in cells} <= {"s", "n"}
    assert [cell for cell in cells if cell.hyperlink] == []
    assert book["Stops"].max_row == 1 + len(trip.visits)
    with zipfile.ZipFile(io.BytesIO(files[".xlsx"])) as parts:
        xml = b"".join(parts.read(name) for name in parts.namelist() if name.endswith((".xml", ".rels")))
    assert b"<f>" not in xml and b"TargetMode=" not in xml and b"externalLink" not in xml


def test_parquet_has_a_row_per_stop_and_leg(trip: Itinerary, files: dict[str, bytes]) -> None:
    assert pq.read_table(io.BytesIO(files[".parquet"])).num_rows == len(trip.visits)
    assert pq.read_table(io.BytesIO(files[".legs.parquet"])).num_rows == len(trip.legs)


# --- written: for other programs --------------------------------------------------------------------------------------


@pytest.mark.parametrize("ending", [".gpx", ".tei.xml"])
def test_xml_stays_valid(ending: str, files: dict[str, bytes]) -> None:
    schema = etree.RelaxNG(etree.parse(SCHEMAS / f"{ending[1:4]}.rng"))
    assert schema.validate(etree.fromstring(files[ending])), schema.error_log


def test_kml_stays_valid_and_its_balloons_hold_no_markup_of_the_text(trip: Itinerary, files: dict[str, bytes]) -> None:
    with zipfile.ZipFile(io.BytesIO(files[".kmz"])) as archive:
        packed = [archive.read(name) for name in archive.namelist() if name.endswith(".kml")]
    assert packed == [files[".kml"]]
    root, schema = etree.fromstring(files[".kml"]), get_schema_parser()
    assert schema.validate(root), schema.error_log
    balloons = [element.text or "" for element in root.iter("{*}description")]
    assert len(balloons) >= len(trip.visits)
    assert [tag for balloon in balloons for tag in elements(balloon) if tag not in ("p", "b", "i", "br")] == []


def test_a_calendar_holds_its_own_events_and_no_others(trip: Itinerary, files: dict[str, bytes]) -> None:
    assert Calendar.from_ical(files[".ics"]).walk("VEVENT") == []  # no stop is known to the day
    whole = Calendar.from_ical(export.FORMATS[".ics"].encode(with_days(trip)))
    events = whole.walk("VEVENT")
    assert len(events) == len(trip.visits)
    assert len(whole.walk()) == 1 + len(events)
    assert {name for event in events for name in event} <= EVENT


def with_days(trip: Itinerary) -> Itinerary:
    """The same stops, each on a day."""
    visits = tuple(replace(visit, arrive=timespan("1843-05-03")) for visit in trip.visits)
    return replace(trip, visits=visits, legs=legs.join(visits))


def elements(markup: str) -> list[str]:
    """The names of all elements that a browser would make of it."""
    found: list[str] = []
    parser = HTMLParser()
    parser.handle_starttag = lambda tag, attributes: found.append(tag)  # type: ignore[method-assign]
    parser.feed(markup)
    parser.close()
    return found


def test_markdown_shows_the_words_and_obeys_none(files: dict[str, bytes]) -> None:
    shown = elements(MarkdownIt("commonmark", {"html": True}).enable("table").render(files[".md"].decode()))
    assert set(shown) <= {"h1", "h2", "p", "ol", "ul", "li", "strong", "em", "table", "thead", "tbody", "tr", "th", "td", "br"}


def test_a_drawing_holds_shapes_and_letters_alone(files: dict[str, bytes]) -> None:
    tags = {element.tag.split("}")[1] for element in etree.fromstring(files[".svg"]).iter() if isinstance(element.tag, str)}
    assert tags <= {"svg", "title", "desc", "defs", "clipPath", "path", "rect", "g", "text"}
    attributes = {name for element in etree.fromstring(files[".svg"]).iter() for name in element.attrib}
    assert not {name for name in attributes if name.lower().startswith("on") or "href" in name}


def test_pictures_open_and_a_printed_page_can_do_nothing(files: dict[str, bytes]) -> None:
    Image.open(io.BytesIO(files[".png"])).verify()
    assert len(pypdfium2.PdfDocument(files[".pdf"])) >= 1
    assert not FORBIDDEN_IN_PDF.search(files[".pdf"])


@pytest.mark.parametrize("ending", [".itinerary.json", ".geojson", ".gpx", ".csv"])
def test_what_was_written_opens_again_with_all_its_stops(ending: str, trip: Itinerary, files: dict[str, bytes]) -> None:
    opened = importing.open_trip(files[ending], f"trip{ending}")
    assert len(opened.visits) == len(trip.visits)
    for again in (".geojson", ".csv", ".gpx"):
        assert export.encoded(opened, again)


def test_a_terminal_gets_letters_and_no_commands(trip: Itinerary) -> None:
    shown = summary.table(trip)
    assert [c for c in set(shown) if unicodedata.category(c) == "Cc" and c != "\n"] == []
    assert max(map(len, shown.splitlines())) < 20_000


@pytest.mark.parametrize("kind", hostile.LONG)
def test_no_format_chokes_on_a_word_without_end(kind: str) -> None:
    trip = hostile.trip([hostile.LONG[kind]])
    for ending in (".html", ".md", ".kml", ".tei.xml", ".svg", ".xlsx", ".ics", ".csv"):
        began = time.process_time()
        assert export.encoded(trip, ending)
        assert time.process_time() - began < LONGEST, ending
    assert drawing.highlighted(trip)
    assert len(summary.table(trip)) < 3_000_000


# --- looked at --------------------------------------------------------------------------------------------------------


@pytest.fixture(scope="module")
def browser() -> Iterator[Browser]:
    with chromium() as browser:
        yield browser


@pytest.fixture
def look(browser: Browser, tmp_path: Any) -> Iterator[Callable[[str], tuple[Page, list[str]]]]:
    """Opens a page; the list holds what it did that it must not: requests, dialogs, errors, words on the console."""
    context = browser.new_context(viewport={"width": 1280, "height": 800})
    context.set_offline(True)

    def open_page(html: str) -> tuple[Page, list[str]]:
        page, troubles = context.new_page(), []
        target = tmp_path / f"page{len(context.pages)}.html"
        target.write_text(html, encoding="utf-8", errors="replace")
        page.on("request", lambda r: None if r.url.startswith((target.as_uri(), "data:")) else troubles.append(r.url[:99]))
        page.on("dialog", lambda dialog: (troubles.append(f"dialog {dialog.message}"), dialog.dismiss()))
        page.on("pageerror", lambda error: troubles.append(str(error)))
        page.on("console", lambda message: troubles.append(message.text))
        page.goto(target.as_uri())
        return page, troubles

    yield open_page
    context.close()


def ran(page: Page) -> bool:
    """Whether any of the scripts in the strings got to run."""
    return bool(page.evaluate(f"() => '{hostile.FLAG}' in window"))


def too_wide(page: Page) -> float:
    """Pixels by which the page is wider than the window."""
    return float(page.evaluate("() => document.documentElement.scrollWidth - document.documentElement.clientWidth"))


@pytest.mark.browser
def test_on_the_exported_page_nothing_runs_and_nothing_is_out_of_place(
    trip: Itinerary, files: dict[str, bytes], look: Any
) -> None:
    page, troubles = look(files[".html"].decode())
    page.wait_for_selector(".leaflet-container .leaflet-control-scale")
    assert page.locator(".stops strong").count() == len(trip.visits)
    for n in range(0, len(trip.visits), 24):
        page.locator(".stops button").nth(n).click()
        page.wait_for_function("n => document.querySelector('.leaflet-popup')?.textContent.includes(n + '. ')", arg=n + 1)
    assert (ran(page), troubles, too_wide(page)) == (False, [], 0)
    lefts = page.locator(".stops > li").evaluate_all("rows => [...new Set(rows.map(row => row.getBoundingClientRect().left))]")
    assert len(lefts) == 1  # no row has left the list


@pytest.mark.browser
def test_without_any_policy_to_help_nothing_runs_either(trip: Itinerary, files: dict[str, bytes], look: Any) -> None:
    rendered = MarkdownIt("commonmark", {"html": True}).render(files[".md"].decode())
    text = drawing.highlighted(trip, interactive=True)
    svg = re.sub(r"^<\?xml[^>]*>", "", files[".svg"].decode())
    page, troubles = look(
        f"<!DOCTYPE html><meta charset=utf-8><title>x</title>{drawing.inline_assets()}<div id=map style='height:400px'></div>"
        f"<script type=application/ld+json>{files['.jsonld'].decode()}</script>"
        f"<main>{text}</main><section>{rendered}</section>{svg}{export.notebook(trip)}<footer>end</footer>"
    )
    scene = json.loads(json.dumps(drawing.scene_of(trip)))
    page.evaluate("scene => { itineraryDraw(L.map('map').setView([0, 0], 2), scene) }", scene)
    page.wait_for_selector("#map .stop-icon")
    assert page.locator("main mark.place").count() == page.evaluate("text => text.split('<mark class=\"place ').length - 1", text)
    assert page.locator("footer").inner_text() == "end"
    assert page.locator(":is(main, section) :is(script, img, iframe, svg, style, form, a)").count() == 0
    assert (ran(page), troubles) == (False, [])


@pytest.mark.browser
def test_a_word_without_end_leaves_the_page_in_shape(look: Any) -> None:
    page, troubles = look(drawing.page(hostile.trip([hostile.LONG["wide letters"], "Oslo"])))
    page.wait_for_selector(".leaflet-container .leaflet-control-scale")
    assert (ran(page), troubles, too_wide(page)) == (False, [], 0)
    box = page.locator(".leaflet-container").first.bounding_box()
    assert box and box["height"] > 200 and box["y"] < 800
