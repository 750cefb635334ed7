"""Each format opened with the library that its users would open it with, or held to its published schema."""

import io
import json
import zipfile
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path
from typing import Any

import geopandas
import openpyxl
import pandas as pd
import pyarrow.parquet as pq
import pytest
from edtf import parse_edtf
from fastkml import KML
from fastkml.validator import get_schema_parser
from hypothesis import given, settings
from lxml import etree
from shapely.geometry import shape

from itinerary import export
from itinerary.model import DateMention, Day, Itinerary, Kind, Precision, Span, Status, TimeSpan
from tests.builders import journey, place, timespan
from tests.strategies import itineraries
from tests.test_export import HOSTILE, PACIFIC, encoded, spain

SCHEMAS = Path(__file__).parent / "schemas"
TEI = {"t": "http://www.tei-c.org/ns/1.0"}
STAY = ("Lisbon", 38.72, -9.14, "1843-05-03", {"depart": timespan("1843-05-07"), "country": "PT"})
WEEK = TimeSpan(Day(2023, 9, 11), Day(2023, 9, 17), Precision.WEEK)


def by_hand(trip: Itinerary) -> Itinerary:
    """The trip with stops that the user put in: no word of the text proves them."""
    visits = tuple(replace(visit, mentions=(), evidence=(), by_hand=True) for visit in trip.visits)
    legs = tuple(replace(leg, origin=a, destination=b) for leg, a, b in zip(trip.legs, visits, visits[1:], strict=False))
    return replace(trip, visits=visits, legs=legs)


def written(trip: Itinerary, ending: str) -> Any:
    return json.loads(encoded(trip, ending))


# --- whatever the trip, the schema holds ------------------------------------------------------------------------------


def valid(trip: Itinerary) -> None:
    kml = get_schema_parser()
    assert kml.validate(etree.fromstring(encoded(trip, ".kml"))), kml.error_log
    for ending, name in ((".gpx", "gpx"), (".tei.xml", "tei")):
        schema = etree.RelaxNG(etree.parse(SCHEMAS / f"{name}.rng"))
        assert schema.validate(etree.fromstring(encoded(trip, ending))), schema.error_log


@pytest.mark.parametrize(
    "trip", [spain(), by_hand(spain()), journey((HOSTILE, 1e-7, -180.0), title=HOSTILE), Itinerary("Nothing.")]
)
def test_gpx_kml_and_tei_are_valid_against_their_schemas(trip: Itinerary) -> None:
    valid(trip)


@settings(max_examples=25, deadline=None)
@given(itineraries())
def test_any_trip_at_all_is_valid_in_every_format_of_xml(trip: Itinerary) -> None:
    valid(trip)


@pytest.mark.parametrize("ending", [e for e in export.FORMATS if e not in (".png", ".pdf", ".svg")])
def test_stops_put_in_by_hand_can_be_written(ending: str) -> None:
    assert encoded(by_hand(spain()), ending)


# --- tables -----------------------------------------------------------------------------------------------------------


def sheet(trip: Itinerary, name: str) -> list[tuple[Any, ...]]:
    book = openpyxl.load_workbook(io.BytesIO(encoded(trip, ".xlsx")))
    return [tuple(cell.value for cell in row) for row in book[name].iter_rows()]


def test_excel_has_a_sheet_each_of_stops_legs_and_mentions() -> None:
    stops, legs, mentions = (sheet(spain(), name) for name in ("Stops", "Legs", "Mentions"))
    assert [row[1] for row in stops] == ["name", "Lisbon", "Seville", "Toledo"]
    assert [(row[2], row[3]) for row in legs[1:]] == [("Lisbon", "Seville"), ("Seville", "Toledo")]
    assert mentions[1][:3] == ("Rome", "Rome", "IT")
    assert {row[1] for row in sheet(spain(), "Columns")[1:]} >= {*stops[0], *legs[0], *mentions[0]}


def test_nothing_in_excel_is_a_formula_a_link_or_a_number_made_of_text() -> None:
    names = ["=HYPERLINK(1)", "+1", "@x", "https://a.example", "123"]
    trip = journey(*((name, 1.0, 1.0) for name in names))
    book = openpyxl.load_workbook(io.BytesIO(encoded(trip, ".xlsx")))
    cells = [row[1] for row in book["Stops"].iter_rows(min_row=2)]
    assert [(cell.value, cell.data_type, cell.hyperlink) for cell in cells] == [(name, "s", None) for name in names]


def test_a_sentence_too_long_for_a_cell_is_cut() -> None:
    trip = journey(("Lisbon" + "x" * 40_000, 1.0, 1.0))
    assert len(sheet(trip, "Stops")[1][1]) == 32_767


def test_parquet_opens_in_pandas_with_the_rows_of_the_frame_and_says_what_columns_hold() -> None:
    data = encoded(spain(), ".parquet")
    frame = pd.read_parquet(io.BytesIO(data))
    assert frame["name"].tolist() == ["Lisbon", "Seville", "Toledo"]
    assert frame["km"].round().tolist() == [0, 314, 323]
    schema = pq.read_schema(io.BytesIO(data))
    assert all(schema.field(name).metadata[b"description"] for name in schema.names)
    assert schema.metadata[b"title"] == b"South"


def test_parquet_of_stops_opens_in_geopandas_as_points() -> None:
    frame = geopandas.read_parquet(io.BytesIO(encoded(spain(), ".parquet")))
    assert [(p.x, p.y) for p in frame.geometry] == [(-9.14, 38.72), (-5.98, 37.39), (-4.02, 39.86)]
    assert frame.crs == "OGC:CRS84"


def test_parquet_of_legs_opens_in_pandas() -> None:
    assert pd.read_parquet(io.BytesIO(encoded(spain(), ".legs.parquet")))["to_name"].tolist() == ["Seville", "Toledo"]


# --- maps -------------------------------------------------------------------------------------------------------------


def test_geopandas_reads_the_trip_itself() -> None:
    frame = geopandas.GeoDataFrame.from_features(journey(*PACIFIC))
    assert frame["kind"].tolist() == ["stop"] * 3 + ["leg"] * 2
    assert frame.geometry.is_valid.all() and frame.geometry.iloc[3].geom_type == "MultiLineString"
    assert [(p.x, p.y) for p in frame.geometry[:3]] == [(-157.86, 21.3), (178.44, -18.14), (174.76, -36.85)]


@pytest.mark.parametrize(
    ("ending", "layer", "names"),
    [
        (".geojson", None, ["Lisbon", "Seville", "Toledo"]),
        (".gpx", "route_points", ["1. Lisbon", "2. Seville", "3. Toledo"]),
        (".kml", "Stops", ["1. Lisbon", "2. Seville", "3. Toledo"]),
    ],
)
def test_what_qgis_opens_files_with_finds_the_stops(ending: str, layer: str | None, names: list[str], tmp_path: Path) -> None:
    frame = geopandas.read_file(export.write(spain(), tmp_path / f"trip{ending}"), layer=layer)
    stops = frame[frame.geometry.geom_type == "Point"][:3]
    assert stops.rename(columns={"Name": "name"})["name"].tolist() == names
    assert [(p.x, p.y) for p in stops.geometry] == [(-9.14, 38.72), (-5.98, 37.39), (-4.02, 39.86)]


@settings(max_examples=20, deadline=None)
@given(itineraries())
def test_every_geometry_of_any_trip_lies_on_earth(trip: Itinerary) -> None:
    for feature in export.geojson(trip)["features"]:
        west, south, east, north = shape(feature["geometry"]).bounds
        assert -180 <= west <= east <= 180 and -90 <= south <= north <= 90


def test_kmz_holds_the_kml_and_google_earths_reader_finds_the_folders() -> None:
    with zipfile.ZipFile(io.BytesIO(encoded(spain(), ".kmz"))) as archive:
        assert archive.namelist() == ["doc.kml"]
        assert archive.read("doc.kml") == encoded(spain(), ".kml")
    (document,) = KML.from_string(encoded(spain(), ".kml")).features
    assert [folder.name for folder in document.features] == ["Stops", "Route", "Only mentioned"]
    first = document.features[0].features[0]
    assert (first.name, first.style_url.url, first.geometry.coords) == ("1. Lisbon", "#visited", ((-9.14, 38.72),))
    assert str(first.times.begin) == "1843-05-03"


# --- the web of data --------------------------------------------------------------------------------------------------


# schema.org's types that a trip of ours may use, with those of their properties that it may have, and what these may hold.
PLACE = {"name": str, "sameAs": str, "address": "PostalAddress", "geo": "GeoCoordinates", "event": "Event"}
VOCABULARY: dict[str, dict[str, Any]] = {
    "Trip": {"name": str, "description": str, "tripOrigin": "Place", "itinerary": ("ItemList", "Place"), "subTrip": "Trip"},
    "ItemList": {"itemListOrder": str, "numberOfItems": int, "itemListElement": "ListItem"},
    "ListItem": {"position": int, "description": str, "item": "Place"},
    "PostalAddress": {"addressCountry": str},
    "GeoCoordinates": {"latitude": float, "longitude": float},
    "Event": {"name": str, "startDate": str, "endDate": str},
    "Place": PLACE,
}
PLACES = {
    "City", "Country", "Continent", "AdministrativeArea", "OceanBodyOfWater", "SeaBodyOfWater", "LakeBodyOfWater",
    "RiverBodyOfWater", "Canal", "Waterfall", "Mountain", "Park", "Airport", "TrainStation", "LandmarksOrHistoricalBuildings",
}  # fmt: skip


def keeps_to_vocabulary(node: Any, expected: Any) -> bool:
    """Whether a value is what a property may hold: a plain value, or an object of a type, or a list of such."""
    if isinstance(node, list):
        return all(keeps_to_vocabulary(item, expected) for item in node)
    if isinstance(expected, type):
        return isinstance(node, expected)
    kind = "Place" if node["@type"] in PLACES else node["@type"]
    known = VOCABULARY[kind]
    return kind in (expected if isinstance(expected, tuple) else (expected,)) and all(
        keeps_to_vocabulary(value, known[name]) for name, value in node.items() if name != "@type"
    )


def test_schema_org_trip_keeps_to_the_vocabulary() -> None:
    trip = journey(STAY, ("Sea", 1.0, 1.0, None, {"kind": Kind.SEA}), title="South")
    content = written(trip, ".jsonld")
    assert content.pop("@context") == "https://schema.org"
    assert keeps_to_vocabulary(content, "Trip")
    first, second = content["itinerary"]["itemListElement"]
    assert (first["position"], first["item"]["name"], first["item"]["address"]["addressCountry"]) == (1, "Lisbon", "PT")
    assert first["item"]["event"] == {
        "@type": "Event", "name": "Stay in Lisbon", "startDate": "1843-05-03", "endDate": "1843-05-07",
    }  # fmt: skip
    assert (second["item"]["@type"], "event" in second["item"]) == ("SeaBodyOfWater", False)


def test_a_trip_for_a_web_page_cannot_end_the_script_that_it_stands_in() -> None:
    assert b"<" not in encoded(journey((HOSTILE, 1, 1), title=HOSTILE), ".jsonld")


def test_every_kind_of_place_has_a_type_in_the_vocabulary() -> None:
    trip = journey(*((kind, 1.0, 1.0, None, {"kind": kind}) for kind in Kind))
    for element in written(trip, ".jsonld")["itinerary"]["itemListElement"]:
        assert keeps_to_vocabulary(element["item"], "Place")


def test_linked_places_has_a_feature_per_place_with_all_that_the_format_requires() -> None:
    back = ("Lisbon", 38.72, -9.14, None, {"arrive": WEEK, "country": "PT"})
    content = written(journey(STAY, ("Seville", 37.39, -5.98), back), ".lpf.json")
    assert content["type"] == "FeatureCollection" and content["@context"].startswith("https://")
    lisbon, seville = content["features"]
    for feature in (lisbon, seville):
        assert {"@id", "type", "properties", "names", "geometry"} <= feature.keys()
        assert feature["properties"]["title"] and feature["properties"]["fclasses"] == ["P"]
        assert all(name["toponym"] for name in feature["names"]) and feature["names"][0]["citations"][0]["@id"]
    assert (lisbon["properties"]["title"], lisbon["properties"]["ccodes"]) == ("Lisbon (Portugal)", ["PT"])
    assert lisbon["when"]["timespans"] == [
        {"start": {"in": "1843-05-03"}, "end": {"in": "1843-05-07"}},
        {"start": {"earliest": "2023-09-11", "latest": "2023-09-17"}},
    ]
    assert "when" not in seville
    assert geopandas.GeoDataFrame.from_features(content).geometry.tolist() == [shape(f["geometry"]) for f in (lisbon, seville)]


def annotated(trip: Itinerary) -> Iterator[dict[str, Any]]:
    content = written(trip, ".anno.json")
    assert (content["@context"], content["type"]) == ("http://www.w3.org/ns/anno.jsonld", "AnnotationCollection")
    assert (content["first"]["type"], content["total"]) == ("AnnotationPage", len(content["first"]["items"]))
    yield from content["first"]["items"]


MOTIVATIONS = {"identifying", "tagging", "describing", "commenting", "linking", "classifying"}


def test_annotations_keep_to_the_model_and_point_at_their_words_by_quote_and_position() -> None:
    trip = spain()
    trip = replace(
        trip, dates=(DateMention(Span(0, 4), "They", "1843-05-03", "DATE", timespan("1843-05-03"), edtf="1843-05-03"),)
    )
    items = list(annotated(trip))
    quotes = []
    for item in items:
        assert item["type"] == "Annotation" and item["id"].startswith("urn:uuid:") and item["motivation"] in MOTIVATIONS
        assert all(
            body["purpose"] in MOTIVATIONS and body["type"] in ("TextualBody", "SpecificResource") for body in item["body"]
        )
        quote, position = item["target"]["selector"]
        start, end = position["start"], position["end"]
        assert (quote["type"], position["type"]) == ("TextQuoteSelector", "TextPositionSelector")
        assert trip.text[start:end] == quote["exact"]
        assert trip.text[:start].endswith(quote["prefix"]) and trip.text[end:].startswith(quote["suffix"])
        quotes.append(quote["exact"])
    assert quotes == ["They", "Lisbon", "Seville", "Toledo", "Rome"]
    assert len({item["id"] for item in items}) == 5
    assert items[1]["body"][1]["source"] == "geo:38.720000,-9.140000"


def test_a_text_without_a_name_has_no_annotations() -> None:
    assert written(Itinerary("Nothing."), ".anno.json")["total"] == 0


# --- editions ---------------------------------------------------------------------------------------------------------


def test_tei_holds_the_text_letter_by_letter_with_its_places_and_times_marked() -> None:
    text = "Ann was in\nLisbon on 3 May 1843.\n\n  She rested.\n \nThen <home> & away"
    when = DateMention(Span(21, 31), "3 May 1843", "1843-05-03", "DATE", timespan("1843-05-03"))
    lisbon = journey(STAY).visits[0]
    found = replace(lisbon.mentions[0], toponym=replace(lisbon.mentions[0].toponym, span=Span(11, 17)))
    trip = Itinerary(text, visits=(replace(lisbon, mentions=(found,), evidence=(Span(0, 31),)),), dates=(when,))
    root = etree.fromstring(encoded(trip, ".tei.xml"))
    paragraphs = ["".join(p.itertext()) for p in root.findall(".//t:body/t:p", TEI)]
    assert paragraphs == ["Ann was in\nLisbon on 3 May 1843.", "She rested.", "Then <home> & away"]
    assert root.find(".//t:body//t:placeName", TEI).attrib == {"ref": "#place-1", "type": "visited"}
    assert root.find(".//t:body//t:date", TEI).get("when") == "1843-05-03"
    assert root.findtext(".//t:listPlace/t:place/t:location/t:geo", namespaces=TEI) == "38.720000 -9.140000"
    stop = root.find(".//t:listEvent/t:event", TEI)
    assert (stop.get("from"), stop.get("to"), stop.get("where")) == ("1843-05-03", "1843-05-07", "#place-1")
    assert stop.findtext("t:desc", namespaces=TEI) == "Ann was in Lisbon on 3 May 1843"


def test_a_rough_time_lies_between_two_days_in_tei() -> None:
    root = etree.fromstring(encoded(journey(("Lisbon", 1, 1, None, {"arrive": WEEK})), ".tei.xml"))
    stop = root.find(".//t:event", TEI)
    assert (stop.get("notBefore"), stop.get("notAfter")) == ("2023-09-11", "2023-09-17")


# --- times ------------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("when", "expected"),
    [
        (timespan("1843-05-03"), "1843-05-03"),
        (timespan("1843-05"), "1843-05"),
        (timespan("1843"), "1843"),
        (TimeSpan(Day(1840, 1, 1), Day(1849, 12, 31), Precision.DECADE), "184X"),
        (TimeSpan(Day(1800, 1, 1), Day(1899, 12, 31), Precision.CENTURY), "18XX"),
        (TimeSpan(Day(1801, 1, 1), Day(1900, 12, 31), Precision.CENTURY), "[1801-01-01..1900-12-31]"),
        (TimeSpan(Day(1843, 6, 1), Day(1843, 8, 31), Precision.SEASON), "[1843-06-01..1843-08-31]"),
        (WEEK, "[2023-09-11..2023-09-17]"),
        (TimeSpan.of_day(Day(-43, 3, 15)), "-0043-03-15"),
    ],
)
def test_times_are_told_in_edtf_that_its_own_reader_takes(when: TimeSpan, expected: str) -> None:
    stop = export.geojson(journey(("Lisbon", 1, 1, None, {"arrive": when})))["features"][0]["properties"]
    assert stop["arrive_edtf"] == expected
    assert parse_edtf(expected)


# --- notebooks --------------------------------------------------------------------------------------------------------


def test_a_notebook_gets_the_map_in_a_frame_of_its_own_that_reaches_nothing() -> None:
    shown = journey((HOSTILE, 1, 1), title='"><script>')._repr_html_()
    (frame,) = etree.HTML(shown).findall(".//iframe")
    assert frame.get("sandbox") == "allow-scripts" and frame.get("title") == '"><script>'
    assert frame.get("srcdoc").lower().startswith("<!doctype html") and len(etree.HTML(shown).findall(".//script")) == 0


def test_a_trip_without_stops_is_a_sentence_in_a_notebook() -> None:
    assert Itinerary("x", title="<b>")._repr_html_() == "<p>&lt;b&gt;: no stops.</p>"


# --- pictures ---------------------------------------------------------------------------------------------------------


def test_pictures_are_made_by_the_map(monkeypatch: pytest.MonkeyPatch) -> None:
    from itinerary.drawing import still

    for kind in ("png", "svg", "pdf"):
        monkeypatch.setattr(still, kind, lambda trip, size="slide", kind=kind: f"{kind} {size}".encode())
    assert [encoded(spain(), ending) for ending in (".png", ".svg", ".pdf")] == [b"png slide", b"svg slide", b"pdf page"]


def test_status_is_told_by_style() -> None:
    styles = [e.text for e in etree.fromstring(encoded(spain(), ".kml")).iterfind(".//{*}Folder[1]/{*}Placemark/{*}styleUrl")]
    assert styles == ["#visited", "#visited", f"#{Status.PLANNED}"]


def test_mentions_of_a_place_keep_their_reason_in_excel() -> None:
    trip = journey(("Oslo", 59.9, 10.7), mentions=[place("=Rome", 41.9, 12.5)])
    assert sheet(trip, "Mentions")[1][6] == "nobody went there"
