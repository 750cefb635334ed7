"""Claims about distance and track: known lengths, lines over the antimeridian and near the poles."""

from itertools import pairwise

import pytest
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


def test_a_track_has_its_ends_and_a_point_every_100_km():
    line = track(PARIS, LONDON)
    assert (line[0], line[-1], len(line)) == (PARIS, LONDON, 5)
    assert all(distance_km(a, b) <= 100.001 for a, b in pairwise(line))
    assert sum(distance_km(a, b) for a, b in pairwise(line)) == pytest.approx(distance_km(PARIS, LONDON))


def test_a_track_bends_towards_the_pole():
    assert max(p.latitude for p in track(TOKYO, LOS_ANGELES)) > 45


def test_a_track_to_where_one_is_has_no_way_between():
    assert track(PARIS, PARIS) == (PARIS, PARIS)


@given(anywhere, anywhere)
def test_any_track_is_made_of_short_pieces(a, b):
    assert all(distance_km(p, q) <= 100.001 for p, q in pairwise(track(a, b)))


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
