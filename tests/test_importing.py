"""Trips made elsewhere, opened."""

import contextlib
import json
from dataclasses import replace
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from itinerary import export, importing
from itinerary.errors import InputError, UnknownFormat
from itinerary.export.words import plain
from itinerary.importing import times
from itinerary.model import Itinerary, Precision, Status, TimeSpan
from tests.builders import BERGEN, journey, place, timespan
from tests.strategies import itineraries

LISBON = ("Lisbon", 38.72, -9.14, "1843-05-03", {"depart": timespan("1843-05-07")})
SEVILLE = ("Seville", 37.39, -5.98, "1843-05")
TOLEDO = ("Toledo", 39.86, -4.02, None, {"when_told": "Sunday", "status": Status.PLANNED})
ALL = (LISBON, SEVILLE, TOLEDO)


def opened(content: str | bytes | dict[str, Any], name: str = "trip.csv", **more: Any) -> Itinerary:
    data = json.dumps(content) if isinstance(content, dict) else content
    return importing.open_trip(data.encode() if isinstance(data, str) else data, name, **more)


def told(trip: Itinerary) -> list[tuple[str, float, float, str | None, str | None]]:
    return [
        (v.name, v.place.coordinate.latitude, v.place.coordinate.longitude, v.arrive and v.arrive.isoformat(),
         v.depart and v.depart.isoformat())
        for v in trip.visits
    ]  # fmt: skip


def proofs(trip: Itinerary) -> list[str]:
    return [visit.evidence[0].of(trip.text) for visit in trip.visits]


# --- tables -----------------------------------------------------------------------------------------------------------


def test_a_table_opens_as_a_trip_and_each_line_proves_its_stop() -> None:
    trip = opened(
        "name,latitude,longitude,date,notes\nLisbon,38.72,-9.14,1843-05-03,fine weather\nSeville,37.39,-5.98,1843-05,\n"
    )
    assert told(trip) == [("Lisbon", 38.72, -9.14, "1843-05-03", None), ("Seville", 37.39, -5.98, "1843-05", None)]
    assert proofs(trip) == ["Lisbon, 1843-05-03: fine weather", "Seville, 1843-05"]
    assert [m.toponym.span.of(trip.text) for v in trip.visits for m in v.mentions] == ["Lisbon", "Seville"]
    assert round(trip.legs[0].distance_km) == 314
    assert (trip.title, trip.notes) == ("trip", ())


@pytest.mark.parametrize(
    "table",
    [
        "Title;Lat;Lng;Arrival;Departure\nLisbon;38,72;-9,14;3 May 1843;7 May 1843\n",
        "Place\tY\tX\tStart date\tEnd date\nLisbon\t38.72\t-9.14\t1843-05-03\t1843-05-07\n",
        "WKT,name,when\nPOINT (-9.14 38.72),Lisbon,3–7 May 1843\n",
        'City,Coordinates,Date\nLisbon,"38.72, -9.14",1843-05-03/1843-05-07\n',
        "stop|latitude|longitude|check-in|check-out\nLisbon|38.72N|9.14 W|1843-05-03T10:00:00Z|7.5.1843\n",
    ],
)
def test_columns_are_recognised_by_the_names_that_people_and_programs_give_them(table: str) -> None:
    assert told(opened(table)) == [("Lisbon", 38.72, -9.14, "1843-05-03", "1843-05-07")]


def test_old_and_new_spreadsheets_write_their_letters_in_several_ways() -> None:
    table = "name,lat,lon\nMalmö,55.6,13.0\n"
    for encoding in ("utf-8", "utf-8-sig", "utf-16", "cp1252"):
        assert opened(table.encode(encoding)).visits[0].name == "Malmö"


def test_bad_rows_are_told_by_their_line_and_the_others_kept() -> None:
    table = 'name,lat,lon\nLisbon,38.72,-9.14\n"Two\nlines",north,1\n\nSeville,37.39,-5.98\nNowhere,91,0\n,,\nBlank,,\n'
    trip = opened(table)
    assert [visit.name for visit in trip.visits] == ["Lisbon", "Seville"]
    assert trip.notes == (
        "Line 3 was left out: latitude “north” is no number of degrees.",
        "Line 7 was left out: latitude 91 is not between -90 and 90.",
        "Line 9 was left out: it has no coordinates.",
    )


def test_a_first_line_that_names_the_separator_is_heeded_and_counted() -> None:
    trip = opened("sep=;\r\nname;lat;lon\r\nLisbon;38,72;-9,14\r\nNowhere;x;y\r\n")
    assert told(trip) == [("Lisbon", 38.72, -9.14, None, None)]
    assert trip.notes[0].startswith("Line 4 was left out")


def test_only_so_many_bad_rows_are_told_one_by_one() -> None:
    trip = opened("name,lat,lon\nLisbon,38.72,-9.14\n" + "x,nan,nan\n" * 50)
    assert (len(trip.notes), trip.notes[-1]) == (21, "30 more rows were left out.")


@pytest.mark.parametrize("value", [1e-05, -0.0012345678901234567, 170.00000000000003])
def test_numbers_are_read_as_programs_write_them(value: float) -> None:
    assert opened(f"name,lat,lon\nA,0,{value}\n").visits[0].place.coordinate.longitude == value


def test_a_row_without_coordinates_is_looked_up_and_that_is_told() -> None:
    trip = opened(
        "place,country,date\nBergen,NO,1843\n", look_up=lambda name, country: {("Bergen", "NO"): BERGEN}.get((name, country))
    )  # type: ignore[arg-type]
    assert trip.visits[0].place == BERGEN
    assert trip.notes == ("1 place without coordinates: looked up by name, so look at them.",)


def test_a_place_met_twice_is_one_place() -> None:
    first, _, last = opened("name,lat,lon\nOslo,59.9,10.7\nBergen,60.4,5.3\nOslo,59.9,10.7\n").visits
    assert first.place == last.place


def test_a_departure_before_the_arrival_is_left_open() -> None:
    assert told(opened("name,lat,lon,arrive,depart\nA,1,1,1843-05-07,1843-05-03\n")) == [("A", 1, 1, "1843-05-07", None)]


def test_our_own_table_opens_again_and_no_apostrophe_is_left() -> None:
    trip = journey(*ALL, ("=cmd", 1.0, 1.0), title="South")
    back = opened(export.encoded(trip, "csv"))
    assert told(back) == told(trip)
    assert [v.when_told for v in back.visits] == [None, None, "Sunday", None]
    assert [v.status for v in back.visits] == [v.status for v in trip.visits]


@pytest.mark.parametrize(
    ("cell", "first", "last", "precision"),
    [
        ("1843", "1843-01-01", "1843-12-31", Precision.YEAR),
        ("184X", "1840-01-01", "1849-12-31", Precision.DECADE),
        ("18XX", "1800-01-01", "1899-12-31", Precision.CENTURY),
        ("[1843-05-03..1843-05-09]", "1843-05-03", "1843-05-09", Precision.RANGE),
        ("summer 1843", "1843-06-01", "1843-08-31", Precision.SEASON),
        ("-0043-03-15", "-0043-03-15", "-0043-03-15", Precision.DAY),
        ("17/09/2023", "2023-09-17", "2023-09-17", Precision.DAY),
    ],
)
def test_a_cell_tells_its_time_in_many_ways(cell: str, first: str, last: str, precision: Precision) -> None:
    assert times.stay(cell, "")[0] == TimeSpan(times.day(first), times.day(last), precision)


@pytest.mark.parametrize("cell", ["Sunday", "02/03/2019", "1843-02-31", "soon after 1843 perhaps", "9" * 10_000])
def test_what_tells_no_day_stays_as_told(cell: str) -> None:
    assert times.stay(cell, "") == (None, None, cell[:80])


# --- GPX --------------------------------------------------------------------------------------------------------------


def test_our_own_gpx_opens_again() -> None:
    trip = opened(export.encoded(journey(*ALL, mentions=[place("Rome", 41.9, 12.5)], title="South"), "gpx"), "x.gpx")
    assert told(trip)[0] == ("Lisbon", 38.72, -9.14, "1843-05-03", "1843-05-07")
    assert [v.status for v in trip.visits] == [Status.VISITED, Status.VISITED, Status.PLANNED]
    assert (trip.title, trip.notes) == ("South", ("1 waypoint beside the route: not taken for stops.",))


def gpx(inner: str) -> str:
    return f'<gpx xmlns="http://www.topografix.com/GPX/1/0" version="1.0">{inner}</gpx>'


def test_waypoints_alone_are_stops() -> None:
    trip = opened(
        gpx('<wpt lat="1" lon="2"><name>A</name><time>2021-05-03T08:00:00Z</time></wpt><wpt lat="x" lon="2"/>'), "x.gpx"
    )
    assert told(trip) == [("A", 1, 2, "2021-05-03", None)]
    assert trip.notes == ("Point 2 was left out: lat “x” is no number of degrees.",)


def test_of_a_track_the_ends_are_taken_and_that_is_told() -> None:
    points = "".join(f'<trkpt lat="{n}" lon="0"/>' for n in range(9))
    trip = opened(gpx(f"<trk><trkseg>{points}</trkseg></trk>"), "x.gpx")
    assert [visit.place.coordinate.latitude for visit in trip.visits] == [0, 8]
    assert "recorded track" in trip.notes[0]


# --- GeoJSON ----------------------------------------------------------------------------------------------------------


def feature(geometry: Any, **properties: Any) -> dict[str, Any]:
    return {"type": "Feature", "geometry": geometry, "properties": properties}


def point(longitude: Any, latitude: Any) -> dict[str, Any]:
    return {"type": "Point", "coordinates": [longitude, latitude]}


def test_points_of_any_maker_are_stops_in_the_order_told() -> None:
    features = [
        feature(point(2, 1), Title="B", order=2, date="2021"),
        feature(point(4, 3), Title="A", order=1),
        feature({"type": "LineString", "coordinates": [[1, 1], [2, 2]]}, order=None),
    ]
    trip = opened({"type": "FeatureCollection", "name": "Two", "features": features}, "x.geojson")
    assert told(trip) == [("A", 3, 4, None, None), ("B", 1, 2, "2021", None)]
    assert trip.title == "Two"


@pytest.mark.parametrize("bare", [feature(point(2, 1)), point(2, 1), {"type": "MultiPoint", "coordinates": [[2, 1]]}])
def test_a_single_geometry_is_a_stop_named_by_its_position(bare: dict[str, Any]) -> None:
    assert told(opened(bare, "x.json")) == [("1.0000, 2.0000", 1, 2, None, None)]


def test_a_point_that_is_nowhere_is_left_out() -> None:
    features = [feature(point(2, 1)), feature(point(None, 1)), feature(point(200, 1)), feature(None), 7, feature(point(1e999, 0))]
    trip = opened(json.dumps({"type": "FeatureCollection", "features": features}).replace("Infinity", "1e999"), "x.geojson")
    assert len(trip.visits) == 1 and len(trip.notes) == 3


def route(trip: Itinerary) -> dict[str, Any]:
    """All of a trip but where things stand in the text."""

    def bare(visit: Any) -> Any:
        return replace(visit, mentions=(), evidence=(), by_hand=True)

    return {
        "visits": [bare(visit) for visit in trip.visits],
        "by hand": [visit.by_hand for visit in trip.visits],
        "sentences": [[line for span in visit.evidence if (line := plain(span.of(trip.text)))] for visit in trip.visits],
        "legs": [(leg.distance_km, leg.days, leg.mode, leg.warnings) for leg in trip.legs],
        "mentions": sorted(
            (m.resolution.name, m.resolution.place.id if m.resolution.place else "", m.why, m.reason, m.score)
            for m in trip.mentions
        ),
        "about": (trip.title, trip.published, trip.traveller, trip.travellers, trip.notes),
    }


@settings(max_examples=40, deadline=None)
@given(itineraries())
def test_our_own_geojson_is_read_back_to_an_equal_route(trip: Itinerary) -> None:
    back = opened(export.encoded(trip, "geojson"), "trip.geojson")
    expected = route(trip)
    for number, visit in enumerate(trip.visits):
        if not visit.by_hand and not expected["sentences"][number]:  # nothing but blanks proved it: its name does now
            expected["sentences"][number] = [plain(visit.name)] if plain(visit.name) else []
    assert route(back) == expected


def test_reading_back_twice_changes_nothing_more() -> None:
    once = opened(export.encoded(journey(*ALL, mentions=[place("Rome", 41.9, 12.5)]), "geojson"), "trip.geojson")
    assert opened(export.encoded(once, "geojson"), "trip.geojson") == once


def test_our_own_geojson_that_someone_has_spoilt_keeps_what_can_be_read() -> None:
    content = export.geojson(journey(*ALL))
    content["features"][1]["properties"]["status"] = "eaten"
    content["features"][2]["properties"]["name"] = {"a": 1}
    trip = opened(content, "trip.geojson")
    assert [visit.name for visit in trip.visits] == ["Lisbon"]
    assert trip.notes == (
        "Stop 2 was left out: 'eaten' is not a valid Status.",
        "Stop 3 was left out: name “{'a': 1}” is no text.",
    )


# --- hostile files ----------------------------------------------------------------------------------------------------

LAUGHS = '<!DOCTYPE gpx [<!ENTITY a "ha"><!ENTITY b "&a;&a;&a;">]><gpx><wpt lat="1" lon="1"><name>&b;</name></wpt></gpx>'


@pytest.mark.parametrize(
    ("name", "content"),
    [
        ("x.gpx", LAUGHS),
        ("x.gpx", '<!DOCTYPE gpx SYSTEM "file:///etc/passwd"><gpx/>'),
        ("x.gpx", "<gpx>"),
        ("x.gpx", b"\xff\xfe\x00"),
        ("x.gpx", "<kml/>"),
        ("x.gpx", gpx("")),
        ("x.gpx", gpx('<wpt lat="NaN" lon="1"/>')),
        ("x.csv", ""),
        ("x.csv", "name,lat,lon\n"),
        ("x.csv", "a,b,c\n1,2,3\n"),
        ("x.csv", "name,lat,lon\nA,inf,0\n"),
        ("x.csv", 'name,lat,lon\n"' + "x" * 200_000),
        ("x.csv", "name,lat,lon\n" + "A,1,1\n" * 20_001),
        ("x.csv", b"\x89PNG\r\n\x1a\n\0\0\0"),
        ("x.json", "[" * 100_000),
        ("x.json", "[1]"),
        ("x.json", '{"type": "Point", "coordinates": [NaN, 0]}'),
        ("x.json", '{"type": "FeatureCollection", "features": "many"}'),
        ("x.json", '{"itinerary": {"generator": "itinerary 9", "title": 5}, "features": []}'),
        ("x.json", '{"itinerary": {"generator": "itinerary 9", "published": "soon"}, "features": []}'),
        ("x.json", '{"itinerary": {"generator": "itinerary 9"}, "features": [7]}'),
    ],
)
def test_what_holds_no_trip_is_refused_in_a_sentence(name: str, content: str | bytes) -> None:
    with pytest.raises(InputError) as refusal:
        opened(content, name)
    assert 20 < len(str(refusal.value)) < 300


def test_a_file_that_is_too_large_is_refused_unread(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(importing, "LARGEST_FILE", 10)
    with pytest.raises(InputError, match="far smaller"):
        opened("name,lat,lon\n")


def test_another_ending_is_refused_with_the_ones_there_are() -> None:
    with pytest.raises(UnknownFormat, match=r"\.gpx"):
        opened("x", "x.docx")


@settings(max_examples=60, deadline=None)
@given(st.sampled_from(importing.ENDINGS), st.binary(max_size=60), st.integers(0, 3000), st.integers(0, 20))
def test_whatever_is_damaged_opens_or_is_refused(ending: str, noise: bytes, start: int, length: int) -> None:
    whole = export.encoded(journey(*ALL, title="South"), {".tsv": ".csv"}.get(ending, ending))
    damaged = whole[: start % len(whole)] + noise + whole[start % len(whole) + length :]
    with contextlib.suppress(InputError):
        assert export.encoded(opened(damaged, f"trip{ending}"), "geojson")
