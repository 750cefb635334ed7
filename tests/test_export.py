"""What comes out as files and tables."""

import csv
import errno
import io
import json
import os
import xml.etree.ElementTree as ET
from dataclasses import replace
from pathlib import Path
from typing import Any

import gpxpy
import pytest
from icalendar import Calendar

from itinerary import export
from itinerary.errors import OutputError, UnknownFormat
from itinerary.export import formats
from itinerary.model import Day, Itinerary, Precision, Status, TimeSpan
from tests.builders import journey, place, timespan

HOSTILE = "</script><script>alert(1)</script> ${alert(2)} `x` \\u0041 C:\\path\\2019 <![CDATA[ ]]> & \"q\" 'p' \u2028 \x00 \ud800"
LISBON = ("Lisbon", 38.72, -9.14, "1843-05-03")
SEVILLE = ("Seville", 37.39, -5.98, "1843-05")
TOLEDO = ("Toledo", 39.86, -4.02, None, {"when_told": "Sunday", "status": Status.PLANNED})
PACIFIC = (("Honolulu", 21.3, -157.86), ("Suva", -18.14, 178.44), ("Auckland", -36.85, 174.76))


def spain(**more: Any) -> Itinerary:
    return journey(LISBON, SEVILLE, TOLEDO, mentions=[place("Rome", 41.9, 12.5, country="IT")], title="South", **more)


def features(trip: Itinerary, kind: str) -> list[dict[str, Any]]:
    return [f for f in export.geojson(trip)["features"] if f["properties"]["kind"] == kind]


def encoded(trip: Itinerary, ending: str) -> bytes:
    return export.FORMATS[ending].encode(trip)


# --- GeoJSON ----------------------------------------------------------------------------------------------------------


def test_a_stop_is_a_point_longitude_first_with_all_that_is_known() -> None:
    first, second, third = features(spain(), "stop")
    assert first["geometry"] == {"type": "Point", "coordinates": [-9.14, 38.72]}
    told = first["properties"]
    assert (told["order"], told["name"], told["arrive"], told["depart"]) == (1, "Lisbon", "1843-05-03", None)
    assert (told["status"], told["traveller"], told["evidence"]) == ("visited", "Ada", "They came to Lisbon.")
    assert second["properties"]["arrive"] == "1843-05"
    assert (third["properties"]["arrive"], third["properties"]["when_told"]) == (None, "Sunday")


def test_the_offsets_of_a_stop_cover_its_name_in_the_text() -> None:
    trip = spain()
    assert [trip.text[s["properties"]["start"] : s["properties"]["end"]] for s in features(trip, "stop")] == [
        "Lisbon", "Seville", "Toledo",
    ]  # fmt: skip


def test_a_leg_joins_neighbours_by_their_orders() -> None:
    legs = [leg["properties"] for leg in features(spain(), "leg")]
    assert [(leg["from"], leg["to"]) for leg in legs] == [(1, 2), (2, 3)]
    assert [round(leg["distance_km"]) for leg in legs] == [314, 323]
    assert legs[0]["mode"] is None


def test_a_leg_over_the_antimeridian_is_cut_there() -> None:
    over, beside = features(journey(*PACIFIC), "leg")
    assert over["geometry"]["type"] == "MultiLineString"
    east, west = over["geometry"]["coordinates"]
    assert (east[-1][0], west[0][0]) == (-180.0, 180.0)
    assert beside["geometry"]["type"] == "LineString"


def test_no_longitude_leaves_its_range() -> None:
    text = json.dumps(export.geojson(journey(*PACIFIC)))
    lines = [f["geometry"]["coordinates"] for f in json.loads(text)["features"] if f["properties"]["kind"] == "leg"]
    points = [p for line in lines for part in (line if isinstance(line[0][0], list) else [line]) for p in part]
    assert all(-180 <= lon <= 180 and -90 <= lat <= 90 for lon, lat in points)


def test_a_place_only_mentioned_says_why() -> None:
    (rome,) = features(spain(), "mention")
    assert (rome["properties"]["name"], rome["properties"]["why"]) == ("Rome", "mentioned")


def test_a_mention_without_a_coordinate_is_told_but_gets_no_point() -> None:
    trip = spain()
    lost = replace(trip.mentions[0], resolution=replace(trip.mentions[0].resolution, place=None))
    collection = export.geojson(replace(trip, mentions=(lost,)))
    assert [entry["name"] for entry in collection["itinerary"]["unresolved"]] == ["Rome"]
    assert len(collection["features"]) == 5


def test_an_empty_trip_is_an_empty_collection() -> None:
    assert export.geojson(Itinerary(""))["features"] == []


def test_a_decade_is_no_iso_date() -> None:
    forties = TimeSpan(Day(1840, 1, 1), Day(1849, 12, 31), Precision.DECADE)
    assert features(journey(("Lisbon", 38.72, -9.14, None, {"arrive": forties})), "stop")[0]["properties"]["arrive"] is None


# --- tables -----------------------------------------------------------------------------------------------------------


def test_the_frame_has_a_row_per_stop_and_adds_up_the_way() -> None:
    frame = export.frame(spain())
    assert list(frame.columns) == [
        "order", "name", "place", "country", "status", "arrive", "depart", "when_told", "latitude", "longitude",
        "km", "cumulative_km", "traveller", "evidence", "score",
    ]  # fmt: skip
    assert list(frame["km"].round()) == [0, 314, 323]
    assert frame["cumulative_km"].iloc[-1] == pytest.approx(spain().distance_km, abs=0.01)


def test_unknown_is_none_in_the_frame_not_a_number() -> None:
    frame = export.frame(spain())
    assert frame["arrive"].tolist() == ["1843-05-03", "1843-05", None]
    assert frame["country"].tolist() == [None, None, None]


def test_an_empty_trip_has_a_frame_with_all_columns() -> None:
    assert (len(export.frame(Itinerary(""))), len(export.legs_frame(Itinerary("")))) == (0, 0)
    assert "evidence" in export.frame(Itinerary("")).columns


def test_the_legs_frame_names_both_ends() -> None:
    legs = export.legs_frame(spain())
    assert legs[["from_name", "to_name"]].to_numpy().tolist() == [["Lisbon", "Seville"], ["Seville", "Toledo"]]


@pytest.mark.parametrize("start", ["=", "+", "-", "@", "\t", "\r"])
def test_no_text_becomes_a_formula_in_a_spreadsheet(start: str) -> None:
    trip = journey((f"{start}HYPERLINK(1)", 38.72, -9.14))
    (row,) = csv.DictReader(io.StringIO(encoded(trip, ".csv").decode("utf-8-sig"), newline=""))
    assert row["name"].startswith("'" + start)


def test_numbers_stay_numbers_in_csv() -> None:
    rows = list(csv.DictReader(io.StringIO(encoded(spain(), ".csv").decode("utf-8-sig"), newline="")))
    assert float(rows[0]["longitude"]) == -9.14
    assert [row["arrive"] for row in rows] == ["1843-05-03", "1843-05", ""]


# --- formats of other programs ----------------------------------------------------------------------------------------


def test_gpx_read_back_has_the_route_and_the_mention_and_no_track() -> None:
    back = gpxpy.parse(encoded(spain(), ".gpx").decode())
    assert [(p.latitude, p.longitude, p.name) for p in back.routes[0].points][:2] == [
        (38.72, -9.14, "1. Lisbon"), (37.39, -5.98, "2. Seville"),
    ]  # fmt: skip
    assert [w.name for w in back.waypoints] == ["Rome"]
    assert back.tracks == []


def test_gpx_knows_no_meridian_of_plus_180() -> None:
    assert gpxpy.parse(encoded(journey(("Line", 0, 180)), ".gpx").decode()).routes[0].points[0].longitude == -180


def test_kml_keeps_times_as_exact_as_they_were_told() -> None:
    root = ET.fromstring(encoded(spain(), ".kml"))
    times = [[child.text for child in span] for span in root.iter("{http://www.opengis.net/kml/2.2}TimeSpan")]
    assert times == [["1843-05-03", "1843-05-03"], ["1843-05", "1843-05"]]


def test_kml_has_a_folder_each_for_stops_route_and_mentions() -> None:
    root = ET.fromstring(encoded(spain(), ".kml"))
    space = {"k": "http://www.opengis.net/kml/2.2"}
    sizes = {
        f.findtext("k:name", namespaces=space): len(f.findall("k:Placemark", space)) for f in root.iter(f"{{{space['k']}}}Folder")
    }
    assert sizes == {"Stops": 3, "Route": 2, "Only mentioned": 1}


def test_markup_in_a_text_is_shown_not_obeyed_by_what_reads_the_kml() -> None:
    root = ET.fromstring(encoded(journey(("<b>Bold</b>", 1, 1)), ".kml"))
    description = root.findtext(".//{*}Placemark/{*}description") or ""
    assert "&lt;b&gt;Bold&lt;/b&gt;" in description


def test_a_stay_known_to_the_day_is_an_event_that_ends_the_day_after() -> None:
    stay = {"arrive": timespan("1843-05-03"), "depart": timespan("1843-05-07")}
    calendar = Calendar.from_ical(encoded(journey(("Lisbon", 38.72, -9.14, None, stay), SEVILLE), ".ics"))
    (event,) = calendar.walk("VEVENT")
    assert (event.start.isoformat(), event.end.isoformat()) == ("1843-05-03", "1843-05-08")
    assert event["summary"] == "1. Lisbon"
    assert calendar["x-wr-caldesc"] == "1 stop left out: the text does not tell the day."


def test_a_day_before_christ_is_left_out_of_the_calendar() -> None:
    ides = {"arrive": TimeSpan.of_day(Day(-43, 3, 15))}
    calendar = Calendar.from_ical(encoded(journey(("Rome", 41.9, 12.5, None, ides)), ".ics"))
    assert calendar.walk("VEVENT") == []


def test_prose_tells_the_route_in_a_line() -> None:
    text = encoded(spain(), ".txt").decode()
    assert "1. Lisbon, 3 May 1843 → 314 km → 2. Seville, May 1843 → 323 km → 3. Toledo, Sunday, planned" in text


def test_markdown_escapes_what_would_be_markup() -> None:
    assert r"**\[a\]\(javascript:b\) \<img\>**" in encoded(journey(("[a](javascript:b) <img>", 1, 1)), ".md").decode()


# Pictures take a second each and have tests of their own.
WRITTEN = [ending for ending in export.FORMATS if ending not in (".png", ".svg", ".pdf")]


@pytest.mark.parametrize("ending", WRITTEN)
def test_the_same_trip_gives_the_same_bytes(ending: str) -> None:
    assert encoded(spain(), ending) == encoded(spain(), ending)


@pytest.mark.parametrize("ending", WRITTEN)
def test_no_text_is_too_odd_to_be_written(ending: str) -> None:
    trip = journey((HOSTILE, 38.72, -9.14, "1843-05-03"), SEVILLE, title=HOSTILE, notes=(HOSTILE,))
    data = encoded(trip, ending)
    assert data
    if not export.FORMATS[ending].binary:
        assert data.decode("utf-8")
    if ending in (".gpx", ".kml", ".tei.xml"):
        ET.fromstring(data)


@pytest.mark.parametrize("ending", WRITTEN)
def test_an_empty_trip_can_be_written(ending: str) -> None:
    assert encoded(Itinerary("Nothing."), ending)


# --- files ------------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("ending", WRITTEN)
def test_every_format_is_found_by_its_ending_in_any_case(ending: str, tmp_path: Path) -> None:
    target = tmp_path / f"trip{ending.upper()}"
    assert export.write(spain(), target) == target
    assert target.read_bytes() == encoded(spain(), ending)


@pytest.mark.parametrize("name", ["trip.xyz", "trip"])
def test_an_unknown_ending_is_refused_with_the_ones_there_are(name: str, tmp_path: Path) -> None:
    with pytest.raises(UnknownFormat, match=r"use one of \.html, "):
        export.write(spain(), tmp_path / name)


def test_a_folder_is_no_file(tmp_path: Path) -> None:
    (tmp_path / "trip.csv").mkdir()
    with pytest.raises(OutputError, match="is a folder"):
        export.write(spain(), tmp_path / "trip.csv")


def test_a_missing_folder_is_named(tmp_path: Path) -> None:
    with pytest.raises(OutputError, match="does not exist; make it first"):
        export.write(spain(), tmp_path / "nowhere" / "trip.csv")


@pytest.mark.parametrize(
    ("code", "words"), [(errno.ENOSPC, "disk is full"), (errno.EACCES, "may not write"), (errno.EIO, "try another place")]
)
def test_a_disk_that_fails_leaves_the_old_file_and_nothing_else(
    code: int, words: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    target = tmp_path / "trip.csv"
    target.write_text("old")

    def fail(handle: int) -> None:
        raise OSError(code, os.strerror(code))

    monkeypatch.setattr(formats.os, "fsync", fail)
    with pytest.raises(OutputError, match=words):
        export.write(spain(), target)
    assert {file.name: file.read_text() for file in tmp_path.iterdir()} == {"trip.csv": "old"}


def test_an_interrupted_write_leaves_nothing(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def stop(handle: int) -> None:
        raise KeyboardInterrupt

    monkeypatch.setattr(formats.os, "fsync", stop)
    with pytest.raises(KeyboardInterrupt):
        export.write(spain(), tmp_path / "trip.csv")
    assert list(tmp_path.iterdir()) == []


def test_a_written_file_keeps_the_permissions_of_the_one_it_replaces(tmp_path: Path) -> None:
    target = tmp_path / "trip.csv"
    target.write_text("old")
    target.chmod(0o640)
    export.write(spain(), target)
    assert target.stat().st_mode & 0o777 == 0o640


def test_text_of_a_format_can_be_had_without_a_file() -> None:
    assert json.loads(export.render(spain(), "geojson")) == export.geojson(spain())
    assert export.render(spain(), ".csv").startswith("order,name")
