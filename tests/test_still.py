"""Still maps: what stands on the sheet, whether it can be read, and that the files are what they say."""

import random
import threading
from functools import cache
from io import BytesIO
from itertools import combinations, pairwise
from math import hypot
from xml.etree import ElementTree

import numpy as np
import pypdfium2
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from PIL import Image

from itinerary.drawing.still import SIZES, pdf, png, svg
from itinerary.drawing.still.badges import numbers
from itinerary.drawing.still.colours import colours
from itinerary.drawing.still.fonts import Typesetter, clean
from itinerary.drawing.still.labels import Asked, place_names
from itinerary.drawing.still.marks import Box, Shape, Sheet, Words
from itinerary.drawing.still.projections import Azimuthal, EqualEarth
from itinerary.drawing.still.sheet import sheet_of
from itinerary.drawing.still.stops import stops_of, subject_of
from itinerary.drawing.still.terrain import terrain
from itinerary.drawing.still.unpacking import base_map, country_rings, towns
from itinerary.drawing.still.view import View, great_circle, view_of
from itinerary.errors import InputError
from itinerary.model import Itinerary, Kind, Status
from tests.builders import journey

FRAME = Box(0, 0, 600, 400)
EMPTY = Itinerary("", title="Nothing")
PACIFIC = journey(
    ("Tokyo", 35.68, 139.69, "2024-03-01"), ("Honolulu", 21.3, -157.85), ("Papeete", -17.53, -149.57), ("Suva", -18.14, 178.44)
)
ARCTIC = journey(("Tromsø", 69.65, 18.96), ("North Pole", 90.0, 0.0), ("Nome", 64.5, -165.4), ("Murmansk", 68.97, 33.08))
ANTARCTIC = journey(("Ushuaia", -54.8, -68.3), ("South Pole", -90.0, 0.0), ("McMurdo", -77.85, 166.67))
CITY = journey(
    ("Tour Eiffel", 48.8584, 2.2945, None, {"kind": Kind.LANDMARK}), ("Louvre", 48.8606, 2.3376), ("Notre-Dame", 48.853, 2.3499)
)
WORLD = journey(
    ("London", 51.5, -0.13, "1872-10-02"), ("Suez", 29.97, 32.55), ("Bombay", 19.08, 72.88), ("Singapore", 1.35, 103.82),
    ("Yokohama", 35.44, 139.64), ("San Francisco", 37.77, -122.42), ("New York", 40.71, -74.0), ("London", 51.5, -0.13),
)  # fmt: skip
JOURNEYS = {"Pacific": PACIFIC, "Arctic": ARCTIC, "Antarctic": ANTARCTIC, "city": CITY, "world": WORLD}
HOSTILE = "$\\frac{1}{0}$ <script>&\"' ]]> {{x}} %s \x00\x1b[31m \u202egnp \ud800 C:\\new"


@cache
def of_europe(number: int) -> Itinerary:
    """A journey to so many towns of Europe in no sensible order."""
    found = [town for town in towns() if 36 < town.latitude < 62 and -9 < town.longitude < 30][:400]
    chosen = random.Random(4).sample(found, number)
    return journey(*((town.text, town.latitude, town.longitude) for town in chosen))


def view(trip: Itinerary) -> View:
    return view_of(subject_of(trip), FRAME, (60, 40))


def texts(sheet: Sheet) -> list[str]:
    return [mark.text for mark in sheet.marks if isinstance(mark, Words)]


@cache
def shown(trip: Itinerary, size: str = "slide") -> Sheet:
    return sheet_of(trip, SIZES[size])


# --- layout ------------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("size", SIZES)
@pytest.mark.parametrize("trip", [*JOURNEYS.values(), of_europe(40)], ids=[*JOURNEYS, "forty stops"])
def test_names_touch_neither_each_other_nor_badges_nor_the_edge_of_the_map(trip: Itinerary, size: str) -> None:
    sheet = shown(trip, size)
    assert not [pair for pair in combinations(sheet.labels, 2) if pair[0].touches(pair[1])]
    assert not [(label, badge) for label in sheet.labels for badge in sheet.badges if label.touches(badge)]
    assert all(sheet.map_box.holds(label) for label in sheet.labels)


@pytest.mark.parametrize("trip", JOURNEYS.values(), ids=JOURNEYS)
def test_all_stops_lie_in_the_frame_with_room_around_them(trip: Itinerary) -> None:
    seen = view(trip)
    assert all(FRAME.grown(-10).holds(Box(*stop.at, 0, 0)) for stop in stops_of(trip, seen))


def test_a_name_without_room_beside_its_badge_stands_away_on_a_line_and_one_without_any_room_nowhere() -> None:
    badge, wall = Box(100, 100, 14, 14), [Box(60, 80, 38, 60), Box(116, 80, 60, 60), Box(98, 80, 18, 18), Box(98, 116, 18, 24)]
    away = place_names([Asked(badge, 30, 10)], Box(0, 0, 300, 300), np.zeros((0, 2)), wall[2:])
    assert away[0] is not None
    assert not any(away[0].box.touches(one) for one in wall[2:])
    assert place_names([Asked(badge, 90, 10)], Box(90, 90, 40, 40), np.zeros((0, 2))) == [None]


def test_a_name_rather_hides_no_leg() -> None:
    line = np.column_stack([np.linspace(114, 160, 12), np.full(12, 107.0)])  # a leg that leaves to the right
    (placed,) = place_names([Asked(Box(100, 100, 14, 14), 30, 10)], Box(0, 0, 300, 300), line)
    assert placed is not None
    assert not np.any(
        (line > (placed.box.x, placed.box.y)).all(axis=1) & (line < (placed.box.right, placed.box.bottom)).all(axis=1)
    )


def test_stops_at_one_place_and_stops_too_near_to_each_other_share_a_badge() -> None:
    there_and_back = journey(("Oslo", 59.91, 10.75), ("Bergen", 60.39, 5.32), ("Oslo", 59.91, 10.75), ("Askøy", 60.4, 5.25))
    sheet = shown(there_and_back)
    assert len(sheet.badges) == 2
    assert {"1, 3", "2, 4", "Oslo", "Bergen, Askøy"} <= set(texts(sheet))


def test_badges_of_many_stops_make_room_for_each_other() -> None:
    badges = shown(of_europe(60)).badges
    hidden = [pair for pair in combinations(badges, 2) if pair[0].grown(-1.5).touches(pair[1].grown(-1.5))]
    assert len(hidden) <= 2


def test_the_numbers_of_a_badge_are_short() -> None:
    assert numbers([1, 2, 3, 9]) == "1–3, 9"
    assert numbers(range(1, 40, 2)) == "1, 3, 5 +17"


@pytest.mark.parametrize("size", ["slide", "page"])
def test_the_list_names_every_stop_of_a_hundred(size: str) -> None:
    trip = of_europe(100)
    words = set(texts(shown(trip, size)))
    assert {str(order) for order in range(1, 101)} <= words
    assert sum(visit.name in words for visit in trip.visits) > 90  # a few are shortened


def test_a_list_that_is_too_long_says_how_many_stops_it_leaves_out() -> None:
    assert any(text.startswith("and ") and text.endswith(" more") for text in texts(shown(of_europe(300), "small")))


def test_a_small_picture_lists_only_the_stops_whose_names_have_no_room() -> None:
    assert "2 km" not in texts(shown(CITY, "small"))
    assert len([text for text in texts(shown(CITY, "small")) if text == "Louvre"]) == 1


def test_title_traveller_dates_distance_scale_and_source_are_told() -> None:
    words = " | ".join(
        texts(shown(journey(("Oslo", 59.91, 10.75, "1843-05-03"), ("Bergen", 60.39, 5.32, "1843-05-07"), title="North")))
    )
    for part in ("North", "Ada · 3–7 May 1843 · 2 stops · 306 km (190 miles)", "50 km", "Natural Earth", "CC BY 4.0"):
        assert part in words


def test_planned_doubtful_and_passed_stops_are_told_apart_and_explained() -> None:
    trip = journey(
        ("A", 40.0, 0.0), ("B", 41.0, 2.0, None, {"status": Status.PASSED}), ("C", 42.0, 0.0, None, {"order_told": False}),
        ("D", 41.0, -2.0, None, {"status": Status.PLANNED}),
    )  # fmt: skip
    words = texts(shown(trip))
    assert {"travelled", "planned", "doubtful", "passed through"} <= set(words)
    assert "planned" not in texts(shown(CITY))


def test_a_country_is_tinted_within_its_borders_and_explained() -> None:
    spain = ("Spain", 40.0, -4.0, None, {"kind": Kind.COUNTRY, "country": "ES", "radius_km": 500.0})
    sheet = shown(journey(("Lisbon", 38.72, -9.14), spain))
    assert "somewhere in this area" in texts(sheet)
    assert len(country_rings("ES")) > 3
    assert country_rings("XX") == ()


def test_an_empty_trip_is_a_map_of_the_world_with_the_title() -> None:
    assert {"Nothing", "The text tells of no place that its traveller visited.", "Indian Ocean"} <= set(texts(shown(EMPTY)))


def test_a_visit_put_in_by_hand_has_no_sentence_and_is_drawn_all_the_same() -> None:
    by_hand = {"by_hand": True, "score": 1.0}
    assert "Rome" in texts(shown(journey(("Rome", 41.9, 12.5, None, by_hand))))


# --- projections -------------------------------------------------------------------------------------------------------


def test_the_projection_follows_the_extent_of_the_route() -> None:
    assert isinstance(view(WORLD).projection, EqualEarth)
    for trip in (PACIFIC, ARCTIC, ANTARCTIC, CITY):
        assert isinstance(view(trip).projection, Azimuthal)
    polar = view(ARCTIC).projection
    assert isinstance(polar, Azimuthal)
    assert polar.latitude > 75


def test_a_route_over_the_antimeridian_is_drawn_in_one_piece() -> None:
    points = [stop.at for stop in stops_of(PACIFIC, view(PACIFIC))]
    assert points[0][0] < points[3][0] < points[1][0]  # Tokyo, Suva, Honolulu from west to east
    assert all(hypot(a[0] - b[0], a[1] - b[1]) < 400 for a, b in pairwise(points))


def test_a_leg_that_leaves_a_world_map_comes_in_on_the_other_side() -> None:
    world = view(WORLD)
    line = great_circle((35.44, 139.64), (37.77, -122.42))
    placed = world.place(line[:, 1], line[:, 0])
    assert placed[:, 0].max() > 590  # eastwards out of the map, not back over Asia
    assert np.abs(np.diff(placed[:, 0])).max() < 30


def test_azimuthal_distances_are_true_at_the_middle_and_areas_everywhere() -> None:
    projection = Azimuthal(52.0, 10.0)
    near = projection.project(np.array([52.0, 53.0]), np.array([10.0, 10.0]))
    assert near[1, 1] - near[0, 1] == pytest.approx(np.radians(1), rel=1e-4)
    radius = hypot(*projection.project(np.array([-38.0]), np.array([10.0]))[0])
    assert np.pi * radius**2 == pytest.approx(2 * np.pi, rel=1e-6)  # the hemisphere


def test_equal_earth_keeps_the_area_of_the_earth() -> None:
    edge = EqualEarth(10.0).edge()
    following = np.roll(edge, -1, axis=0)
    area = abs(float(np.sum(edge[:, 0] * following[:, 1] - following[:, 0] * edge[:, 1]))) / 2
    assert area == pytest.approx(4 * np.pi, rel=1e-3)


def test_great_circles_reach_their_ends_also_between_antipodes_and_at_one_place() -> None:
    for start, end in (
        ((0.0, 0.0), (0.0, 180.0)),
        ((90.0, 0.0), (-90.0, 0.0)),
        ((10.0, 20.0), (10.0, 20.0)),
        ((5.0, 179.0), (5.0, -179.0)),
    ):
        line = great_circle(start, end)
        assert line[0].tolist() == [start[1], start[0]]
        assert (line[-1, 1], (line[-1, 0] - end[1]) % 360) == (end[0], 0)
        assert np.all(np.isfinite(line))


@pytest.mark.parametrize(("trip", "sea", "land"), [
    (ARCTIC, (85.0, -140.0), (65.0, 100.0)), (ANTARCTIC, (-60.0, -130.0), (-80.0, -120.0)),
    (PACIFIC, (5.0, -170.0), (-25.0, 134.0)),
    (WORLD, (0.0, -30.0), (50.0, 100.0)),
], ids=["Arctic", "Antarctic", "Pacific", "world"])  # fmt: skip
def test_land_is_land_and_sea_is_sea_on_every_projection(
    trip: Itinerary, sea: tuple[float, float], land: tuple[float, float]
) -> None:
    seen = view(trip)
    filled = [ring for shape in terrain(seen) if shape.fill == colours()["land"] for ring in shape.lines]
    assert inside(filled, seen.point(*sea)) == 0
    assert inside(filled, seen.point(*land)) != 0


def inside(rings: list[np.ndarray], at: tuple[float, float]) -> int:
    """How often the rings go round a point."""
    turns = 0
    for ring in rings:
        a, b = ring, np.roll(ring, -1, axis=0)
        side = (b[:, 0] - a[:, 0]) * (at[1] - a[:, 1]) - (at[0] - a[:, 0]) * (b[:, 1] - a[:, 1])
        turns += int(np.sum((a[:, 1] <= at[1]) & (b[:, 1] > at[1]) & (side > 0)))
        turns -= int(np.sum((a[:, 1] > at[1]) & (b[:, 1] <= at[1]) & (side < 0)))
    return turns


def test_rings_of_the_base_map_turn_so_that_lakes_in_the_land_stay_holes() -> None:
    areas = [
        float(np.sum(ring[:, 0] * np.roll(ring[:, 1], -1) - np.roll(ring[:, 0], -1) * ring[:, 1])) for ring in base_map().land
    ]
    assert sum(area < 0 for area in areas) > 0.99 * len(areas)


COORDINATES = st.one_of(
    st.tuples(st.floats(-90, 90), st.floats(-180, 180)),
    st.tuples(st.sampled_from([90.0, -90.0, 0.0, 89.99]), st.sampled_from([180.0, -180.0, 0.0, 179.99])),
    st.tuples(st.floats(48.0, 48.01), st.floats(2.0, 2.01)),
)


@settings(max_examples=12, deadline=None, derandomize=True)
@given(st.lists(COORDINATES, min_size=1, max_size=6), st.sampled_from(sorted(SIZES)), st.sampled_from([0.0, 900.0]))
def test_any_journey_on_earth_can_be_drawn(places: list[tuple[float, float]], size: str, radius: float) -> None:
    more = {"kind": Kind.COUNTRY if radius else Kind.CITY, "radius_km": radius, "country": "RU"}
    trip = journey(*((f"S{at}", lat, lon, None, more) for at, (lat, lon) in enumerate(places)))
    sheet = sheet_of(trip, SIZES[size])
    lines = [line for mark in sheet.marks if isinstance(mark, Shape) for line in mark.lines]
    assert all(np.all(np.isfinite(line)) for line in lines)
    assert all(sheet.map_box.grown(1).holds(Box(*badge.centre, 0, 0)) for badge in sheet.badges)
    assert not [pair for pair in combinations(sheet.labels, 2) if pair[0].touches(pair[1])]


# --- files -------------------------------------------------------------------------------------------------------------


def test_a_png_has_the_pixels_of_its_size() -> None:
    picture = Image.open(BytesIO(png(PACIFIC)))
    assert picture.size == (1920, 1080)
    assert len(picture.convert("RGB").resize((96, 54)).getcolors(96 * 54) or []) > 50
    assert Image.open(BytesIO(png(CITY, "small"))).size == (1200, 950)


def test_a_pdf_is_one_page_with_text_that_can_be_searched() -> None:
    document = pypdfium2.PdfDocument(pdf(journey(("Łódź", 51.76, 19.46), ("Москва", 55.75, 37.62), title="East"), "page"))
    assert len(document) == 1
    assert document[0].get_size() == (595, 842)
    words = document[0].get_textpage().get_text_range()
    assert all(name in words for name in ("East", "Łódź", "Москва"))
    assert document.get_metadata_dict()["CreationDate"] == ""


def test_an_svg_keeps_its_text_and_refers_to_nothing_outside() -> None:
    content = svg(PACIFIC)
    root = ElementTree.fromstring(content)
    assert "Honolulu" in {element.text for element in root.iter("{http://www.w3.org/2000/svg}text")}
    assert {element.tag.split("}")[1] for element in root.iter()} <= {
        "svg",
        "title",
        "desc",
        "defs",
        "clipPath",
        "path",
        "rect",
        "g",
        "text",
    }
    addresses = [
        v for e in root.iter() for k, v in e.attrib.items() if "href" in k or ("url(" in v and not v.startswith("url(#"))
    ]
    assert addresses == []
    assert b"http" not in content.replace(b"http://www.w3.org/2000/svg", b"").replace(
        b"http://www.w3.org/XML/1998/namespace", b""
    )


@pytest.mark.parametrize("encode", [png, svg, pdf])
def test_hostile_words_are_drawn_as_words(encode: object) -> None:
    trip = journey((HOSTILE, 48.0, 2.0), ("x" * 5000, 49.0, 3.0), title=HOSTILE, country="$$")
    assert callable(encode)
    content = encode(trip, "small")
    if encode is svg:
        root = ElementTree.fromstring(content)
        assert any("$\\frac{1}{0}$ <script>&" in (element.text or "") for element in root.iter())
        assert not [element for element in root.iter() if element.tag.endswith("script")]
        assert max(len(element.text or "") for element in root.iter()) < 200
    if encode is pdf:
        assert "\\frac{1}{0}" in pypdfium2.PdfDocument(content)[0].get_textpage().get_text_range()


def test_text_is_cleaned_of_what_no_drawing_can_hold() -> None:
    assert clean("a\x00b\u202ec\ud800d\ufffee\u200bf") == "a b c d e f"
    assert len(clean("Z" + "\u0301" * 400)) <= 5
    assert len(clean("wo" * 9000, 50)) == 50
    assert clean("!" * 9000) == "!" * 20


def test_letters_that_no_font_has_are_shortened_and_arabic_stays_whole() -> None:
    setter = Typesetter()
    lacking = "\U00013000\U00013001"  # hieroglyphs
    assert setter.set(lacking, (0, 0), 10, "#000000").text in ("…", lacking)
    assert len(setter.set("القاهرة", (0, 0), 10, "#000000").runs) == 1
    assert Typesetter(any_letter=True).set(lacking, (0, 0), 10, "#000000").text == lacking


@pytest.mark.parametrize("encode", [png, svg, pdf])
def test_the_same_trip_gives_the_same_bytes_in_all_threads(encode: object) -> None:
    assert callable(encode)
    first, found = encode(CITY, "small"), []
    threads = [threading.Thread(target=lambda: found.append(encode(CITY, "small"))) for _ in range(2)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert found == [first, first]


def test_a_size_that_does_not_exist_is_refused_by_name() -> None:
    with pytest.raises(InputError, match=r"poster.*slide, page, small"):
        png(EMPTY, "poster")
