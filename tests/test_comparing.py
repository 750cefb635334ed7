"""Claims about trips side by side: who shares what, and who met whom for sure, perhaps or never."""

from dataclasses import replace

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from itinerary.comparing import compare, same_place
from itinerary.errors import InputError
from itinerary.geodesy import distance_km
from itinerary.model import Coordinate, Kind, Status
from itinerary.wording import when
from tests import strategies
from tests.builders import journey, place, timespan

ROME, OSLO, BERN = ("Rome", 41.9, 12.5), ("Oslo", 59.9, 10.7), ("Bern", 46.9, 7.4)


def stop(where, arrive=None, depart=None, **more):
    return (*where, arrive, {"depart": timespan(depart)} | more if depart else more)


def meetings(one, other):
    """What is said of two trips, each given by its stops."""
    return compare({"a": journey(*one), "b": journey(*other)}).meetings


def test_two_who_are_in_a_town_on_one_day_were_both_there():
    (met,) = meetings(
        [stop(ROME, "1843-05-01", "1843-05-09")], [stop(OSLO, "1843-05-01"), stop(ROME, "1843-05-07", "1843-05-12")]
    )
    assert (met.sure, when(met.when), met.place.name) == (True, "1843-05-07/1843-05-09", "Rome")
    assert met.sentence == "Ada (a) and Ada (b) were both in Rome on 1843-05-07/1843-05-09."
    assert [stay.index for stay in met.stays] == [0, 1]


def test_who_had_left_before_the_other_came_was_not_met():
    assert meetings([stop(ROME, "1843-05-01", "1843-05-06")], [stop(ROME, "1843-05-07", "1843-05-12")]) == ()


def test_an_open_end_makes_it_perhaps_and_the_next_stop_bounds_it():
    open_end = [stop(ROME, "1843-05-01"), stop(BERN, "1843-06-01")]
    (met,) = meetings(open_end, [stop(ROME, "1843-05-20", "1843-07-01")])
    assert (met.sure, when(met.when)) == (False, "1843-05-20/1843-06-01")
    assert "may have met in Rome, 1843-05-20/1843-06-01: the days are not all told" in met.sentence
    assert meetings(open_end, [stop(ROME, "1843-06-02")]) == ()


def test_a_stay_without_any_time_is_bounded_by_the_stops_around_it():
    between = [stop(OSLO, "1843-05-01"), stop(ROME), stop(BERN, "1843-06-01")]
    assert [when(met.when) for met in meetings(between, [stop(ROME, "1843-05-20")])] == ["1843-05-20/1843-06-01"]
    assert meetings(between, [stop(ROME, "1843-04-20", "1843-04-30")]) == ()


def test_trips_without_any_time_may_have_met_at_an_open_time():
    (met,) = meetings([stop(ROME)], [stop(ROME)])
    assert (met.sure, met.when) == (False, None)
    assert met.sentence == "Ada (a) and Ada (b) may have met in Rome: the days are not all told."


def test_an_open_stay_does_not_last_for_centuries():
    assert meetings([stop(ROME, "1843-05-01")], [stop(ROME, "2019-05-01")]) == ()
    assert meetings([stop(OSLO, "1843-05-01"), stop(ROME)], [stop(ROME, "2019-05-01")]) == ()


def test_some_day_of_a_month_is_not_a_day_in_common():
    (met,) = meetings([stop(ROME, "1843-05")], [stop(ROME, "1843-05-07")])
    assert met.sure is False


def test_a_plan_is_never_sure():
    (met,) = meetings([stop(ROME, "1843-05-07", status=Status.PLANNED)], [stop(ROME, "1843-05-07")])
    assert met.sure is False and "only planned" in met.sentence


def test_dates_told_backwards_do_not_stop_the_comparison():
    assert meetings([stop(ROME, "1843-05-07"), stop(OSLO, "1843-05-01")], [stop(ROME, "1843-05-07")])[0].sure


def test_meetings_come_in_order_of_time_the_undated_last():
    one = [stop(OSLO), stop(ROME, "1843-06-01"), stop(BERN, "1843-05-01")]
    found = meetings(one, [stop(BERN, "1843-05-01"), stop(ROME, "1843-06-01")])
    assert [met.place.name for met in found] == ["Bern", "Rome"]


def test_shared_places_count_whatever_the_time():
    found = compare({"a": journey(ROME, OSLO, ROME), "b": journey(BERN, ROME), "c": journey(OSLO)})
    assert [(shared.place.name, [(s.trip, s.index) for s in shared.stays]) for shared in found.shared] == [
        ("Rome", [("a", 0), ("a", 2), ("b", 1)]),
        ("Oslo", [("a", 1), ("c", 0)]),
    ]
    assert [(stay.trip, stay.visit.name) for stay in found.alone] == [("b", "Bern")]


@pytest.mark.parametrize(
    ("other", "same"),
    [
        (place("Trastevere", 41.89, 12.47), True),  # 3 km away
        (place("Vatican Museums", 41.95, 12.6, kind=Kind.LANDMARK, parents=("test:Rome",)), True),
        (place("Ostia", 41.73, 12.28), False),
        (place("Lazio", 41.9, 12.5, kind=Kind.ADMIN1), False),
        (place("Italy", 41.9, 12.5, kind=Kind.COUNTRY), False),
    ],
)
def test_a_place_is_the_same_within_a_town(other, same):
    rome = place(*ROME, parents=("test:Lazio", "test:Italy"))
    assert same_place(rome, other) is same_place(other, rome) is same


@settings(max_examples=100, deadline=None)
@given(strategies.coordinates, st.floats(-0.2, 0.2), st.floats(-180, 180))
def test_points_of_one_town_are_one_place_wherever_they_lie(a, north, east):
    b = Coordinate(max(-90.0, min(90.0, a.latitude + north)), (a.longitude + east + 180) % 360 - 180)
    near = distance_km(a, b) <= 8
    assert same_place(place("a", a.latitude, a.longitude), place("b", b.latitude, b.longitude)) is near


@pytest.mark.parametrize(("longitude", "same"), [(180.0, True), (-179.95, True), (-179.0, False)])
def test_a_town_may_lie_on_the_antimeridian(longitude, same):
    assert same_place(place("a", -16.8, 179.99), place("b", -16.8, longitude)) is same


def test_within_a_small_region_it_is_perhaps_within_a_large_one_never():
    def parted(radius):
        island = (*OSLO, "1843-05-07", {"kind": Kind.ISLAND, "radius_km": radius})
        trips = {"a": journey((*ROME, "1843-05-07")), "b": journey(island)}
        trips["a"] = inside(trips["a"], "test:Oslo")
        return [(met.sure, met.place.name) for met in compare(trips).meetings]

    assert (parted(20.0), parted(400.0), parted(0.0)) == ([(False, "Rome")], [], [])


def inside(trip, parent):
    """The trip with its only stop within a place."""
    (only,) = trip.visits
    return replace(trip, visits=(replace(only, place=replace(only.place, parents=(parent,))),))


@pytest.mark.parametrize("trips", [{}, {"a": journey(ROME)}])
def test_it_takes_two_trips(trips):
    with pytest.raises(InputError, match="It takes two trips"):
        compare(trips)


@settings(max_examples=30, deadline=None)
@given(strategies.tellings() | strategies.itineraries(), strategies.itineraries())
def test_any_trips_can_be_compared_either_way_round(one, other):
    there, back = compare({"a": one, "b": other}), compare({"b": other, "a": one})
    assert {(m.sure, m.when, frozenset((s.trip, s.index) for s in m.stays)) for m in there.meetings} == {
        (m.sure, m.when, frozenset((s.trip, s.index) for s in m.stays)) for m in back.meetings
    }
    assert all(len({stay.trip for stay in shared.stays}) == 2 for shared in there.shared)
