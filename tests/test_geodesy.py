"""Claims about distance and track: known lengths, lines over the antimeridian and near the poles."""

from itertools import pairwise
from math import asin, cos, radians, sin, sqrt

import pytest
from geographiclib.geodesic import Geodesic
from hypothesis import given
from hypothesis import strategies as st

from itinerary.geodesy import cut, distance_km, track, unwrapped
from itinerary.model import LONGEST_GEODESIC_KM, Coordinate

PARIS, LONDON = Coordinate(48.8566, 2.3522), Coordinate(51.5074, -0.1278)
TOKYO, LOS_ANGELES = Coordinate(35.68, 139.69), Coordinate(34.05, -118.24)
SUVA, APIA = Coordinate(-18.14, 178.44), Coordinate(-13.83, -171.77)
EAST, WEST = Coordinate(0.0, 179.0), Coordinate(0.0, -179.0)

anywhere = st.builds(Coordinate, st.floats(-90, 90), st.floats(-180, 180))


@pytest.mark.parametrize(
    ("a", "b", "km"),
    [
        (Coordinate(0, 0), Coordinate(0, 1), 111.319),  # a degree of the equator, 2 pi 6378.137 / 360
        (Coordinate(0, 0), Coordinate(90, 0), 10_001.966),  # the quarter meridian of WGS 84
        (Coordinate(0, 0), Coordinate(0, 180), 20_003.931),  # shorter over a pole than along the equator
        (PARIS, LONDON, 343.9),
        (EAST, WEST, 222.639),
        (PARIS, PARIS, 0.0),
    ],
)
def test_distances_are_those_of_the_ellipsoid(a, b, km):
    assert distance_km(a, b) == pytest.approx(km, abs=0.05)
    assert distance_km(b, a) == pytest.approx(distance_km(a, b))


@given(anywhere, anywhere)
def test_no_two_points_are_farther_apart_than_the_earth_allows(a, b):
    assert 0 <= distance_km(a, b) <= LONGEST_GEODESIC_KM


# --- track ------------------------------------------------------------------------------------------------------------


def off_km(line, a, b):
    """Greatest distance of the geodesic from the line drawn straight, by longitude and latitude, from point to point."""
    geodesic, at, worst = Geodesic.WGS84.InverseLine(a.latitude, a.longitude, b.latitude, b.longitude), 0.0, 0.0
    for p, q in pairwise(line):
        length = 1000 * distance_km(p, q)
        found = (geodesic.Position(at + length * i / 7) for i in range(1, 7))
        worst = max(worst, *(from_piece_km(f["lat2"], f["lon2"], p, q) for f in found))
        at += length
    return worst


def from_piece_km(latitude, longitude, p, q):
    """Distance of a point from a straight piece of a map, by narrowing down the nearest point of the piece."""
    turn = (q.longitude - p.longitude + 180) % 360 - 180

    def off(share):
        return on_sphere_km(latitude, longitude, p.latitude + share * (q.latitude - p.latitude), p.longitude + share * turn)

    low, high = 0.0, 1.0
    for _ in range(40):
        third = (high - low) / 3
        low, high = (low, high - third) if off(low + third) < off(high - third) else (low + third, high)
    return off(low)


def on_sphere_km(lat1, lon1, lat2, lon2):
    """Haversine's formula; short distances come out right to half a per cent."""
    half = sin(radians(lat2 - lat1) / 2) ** 2
    return 2 * 6371.0 * asin(sqrt(half + cos(radians(lat1)) * cos(radians(lat2)) * sin(radians(lon2 - lon1) / 2) ** 2))


@pytest.mark.parametrize(
    ("a", "b"),
    [
        (PARIS, LONDON),
        (TOKYO, LOS_ANGELES),
        (SUVA, APIA),
        (Coordinate(-33.87, 151.21), Coordinate(-33.45, -70.67)),  # Sydney to Santiago, past the Antarctic
        (Coordinate(60.19, 24.94), Coordinate(61.22, -149.9)),  # Helsinki to Anchorage, near the pole
        (Coordinate(80, 100), Coordinate(80, -80.5)),
        (Coordinate(45, 10), Coordinate(-45, -170)),  # antipodes
        (Coordinate(1, 0), Coordinate(-1, 179.3)),  # nearly so
        (Coordinate(90, 0), Coordinate(50, 70)),
    ],
)
def test_a_drawn_line_stays_within_a_kilometre_of_the_geodesic(a, b):
    line = track(a, b)
    assert (line[0], line[-1]) == (a, b)
    assert off_km(line, a, b) <= 1.0


def test_the_points_of_a_track_lie_on_the_geodesic():
    assert sum(distance_km(p, q) for p, q in pairwise(track(TOKYO, LOS_ANGELES))) == pytest.approx(
        distance_km(TOKYO, LOS_ANGELES), abs=1e-6
    )


def test_a_line_that_is_straight_on_the_map_needs_few_points_and_one_that_bends_many():
    assert len(track(Coordinate(-60, 20), Coordinate(60, 20))) == 2
    assert len(track(Coordinate(0, 10), Coordinate(0, 100))) == 2
    assert 15 < len(track(TOKYO, LOS_ANGELES)) < 150


def test_a_coarser_tolerance_needs_fewer_points():
    assert len(track(TOKYO, LOS_ANGELES, tolerance_km=20)) < len(track(TOKYO, LOS_ANGELES)) / 3


def test_a_track_bends_towards_the_pole():
    assert max(p.latitude for p in track(TOKYO, LOS_ANGELES)) > 45


def test_a_track_to_where_one_is_has_no_way_between():
    assert track(PARIS, PARIS) == (PARIS, PARIS)


@given(anywhere, anywhere)
def test_any_track_begins_and_ends_where_it_should_and_is_as_long_as_the_way(a, b):
    line = track(a, b)
    assert (line[0], line[-1]) == (a, b)
    assert sum(distance_km(p, q) for p, q in pairwise(line)) == pytest.approx(distance_km(a, b), abs=1e-3)
    assert len(line) < 1000


# --- unwrapped --------------------------------------------------------------------------------------------------------


def test_a_line_over_the_pacific_is_drawn_in_one_piece():
    line = unwrapped(track(TOKYO, LOS_ANGELES))
    assert line[0][1] == pytest.approx(139.69)
    assert line[-1][1] == pytest.approx(360 - 118.24)
    assert all(0 < b[1] - a[1] < 180 for a, b in pairwise(line))


def test_westwards_the_longitudes_fall_below_minus_180():
    assert unwrapped((WEST, EAST)) == [(0.0, -179.0), (0.0, -181.0)]


def test_a_line_that_crosses_nothing_stays_as_it_is():
    assert unwrapped((PARIS, LONDON)) == [(48.8566, 2.3522), (51.5074, -0.1278)]


@given(st.lists(anywhere, min_size=1, max_size=8))
def test_unwrapping_keeps_the_points_and_never_jumps(points):
    line = unwrapped(tuple(points))
    assert all(abs(b[1] - a[1]) <= 180 for a, b in pairwise(line))
    for (latitude, longitude), point in zip(line, points, strict=True):
        assert latitude == point.latitude
        assert (longitude - point.longitude) / 360 == pytest.approx(round((longitude - point.longitude) / 360), abs=1e-9)


# --- cut --------------------------------------------------------------------------------------------------------------


def test_a_line_over_the_antimeridian_is_cut_on_it():
    assert cut((EAST, WEST)) == [[(0.0, 179.0), (0.0, 180.0)], [(0.0, -180.0), (0.0, -179.0)]]
    assert cut((WEST, EAST)) == [[(0.0, -179.0), (0.0, -180.0)], [(0.0, 180.0), (0.0, 179.0)]]


def test_the_cut_lies_between_the_latitudes_of_its_ends():
    first, second = cut((SUVA, APIA))
    assert first[-1][0] == second[0][0]
    assert -18.14 < first[-1][0] < -13.83
    assert first[-1][0] == pytest.approx(-18.14 + (180 - 178.44) / (360 - 178.44 - 171.77) * (18.14 - 13.83))


def test_a_line_that_crosses_nothing_stays_whole():
    assert cut(track(PARIS, LONDON)) == [unwrapped(track(PARIS, LONDON))]


def test_a_line_past_the_pole_is_cut_once_at_most():
    parts = cut(track(Coordinate(80, 100), Coordinate(80, -80.5)))
    assert max(latitude for part in parts for latitude, _ in part) > 89
    assert len(parts) <= 2


@given(anywhere, anywhere)
def test_the_parts_of_a_cut_line_stay_in_range_and_never_jump(a, b):
    for part in cut(track(a, b)):
        assert len(part) >= 2
        assert all(-90 <= latitude <= 90 and -180 <= longitude <= 180 for latitude, longitude in part)
        assert all(abs(q[1] - p[1]) <= 180 for p, q in pairwise(part))


@given(st.lists(anywhere, min_size=2, max_size=8))
def test_parts_meet_on_the_antimeridian_at_one_latitude(points):
    parts = cut(tuple(points))
    assert parts[0][0] == (points[0].latitude, points[0].longitude)
    for before, after in pairwise(parts):
        assert before[-1][0] == after[0][0]
        assert before[-1][1] == -after[0][1]
