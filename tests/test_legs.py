"""Claims about legs: how far, how long, and what makes one doubtful."""

from dataclasses import replace

import pytest

from itinerary.legs import join, second_look
from itinerary.model import Candidate, Coordinate, Kind, Place, Resolution
from tests.builders import BERGEN, LERWICK, LONDON, REYKJAVIK, journey, place, timespan, visit

LISBON, MOSCOW = ("Lisbon", 38.72, -9.14), ("Moscow", 55.75, 37.62)  # 3,900 km apart


def leg(origin, destination, mode=None, **more):
    """The leg from Lisbon, reached or left on one day, to Moscow, reached on another."""
    first, last = journey((*LISBON, origin, more), (*MOSCOW, destination, {"mode": mode})).visits
    return join((first, last))[0]


def test_legs_join_neighbours_and_are_one_fewer():
    visits = journey(LISBON, MOSCOW, ("Riga", 56.95, 24.11)).visits
    legs = join(visits)
    assert [(a.origin.name, a.destination.name) for a in legs] == [("Lisbon", "Moscow"), ("Moscow", "Riga")]
    assert all(a.origin is b and a.destination is c for a, b, c in zip(legs, visits, visits[1:], strict=False))


@pytest.mark.parametrize("count", [0, 1])
def test_nobody_travels_between_fewer_than_two_places(count):
    assert join(journey(LISBON, MOSCOW).visits[:count]) == ()


def test_distances_are_kilometres_over_the_ellipsoid():
    bergen_lerwick, lerwick_bergen = join((visit("Bergen", BERGEN), visit("Lerwick", LERWICK), visit("Bergen", BERGEN)))
    assert bergen_lerwick.distance_km == pytest.approx(358, abs=3)
    assert bergen_lerwick.distance_km == lerwick_bergen.distance_km


# --- days -------------------------------------------------------------------------------------------------------------


def test_days_run_from_leaving_to_reaching():
    assert leg("1843-05-01", "1843-06-20", depart=timespan("1843-05-10")).days == 41
    assert leg("2019-05-03", "2019-05-03", mode="flight").days == 0


@pytest.mark.parametrize(
    ("origin", "destination"), [(None, "1843-06-20"), ("1843-05-03", None), ("1843-05", "1843-06-20"), ("1843-05-03", "1843")]
)
def test_a_leg_with_an_open_end_lasts_unknown_days(origin, destination):
    assert leg(origin, destination).days is None


def test_a_leg_is_travelled_as_its_destination_was_reached():
    assert (leg(None, None, mode="train").mode, leg(None, None).mode) == ("train", None)


# --- warnings ---------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("mode", "left", "reached", "doubtful"),
    [
        ("flight", "2019-05-03", "2019-05-03", False),
        ("train", "2019-05-03", "2019-05-04", False),
        ("ship", "2019-05-03", "2019-05-04", True),
        ("ship", "2019-05-03", "2019-05-06", False),
        ("on foot", "2019-05-03", "2019-06-03", True),
        ("on foot", "2019-05-03", "2019-06-13", False),
        ("horse", "2019-05-03", "2019-05-13", True),
        (None, "2019-05-03", "2019-05-04", False),
    ],
)
def test_nobody_goes_faster_than_the_way_of_travelling_allows(mode, left, reached, doubtful):
    warnings = leg(left, reached, mode=mode).warnings
    assert any("more than anyone makes" in w for w in warnings) == doubtful


@pytest.mark.parametrize(
    ("left", "reached", "doubtful"),
    [
        ("1743-05-03", "1743-05-10", True),  # 490 km a day on the roads of 1743
        ("1743-05-03", "1743-05-20", False),
        ("1843-05-03", "1843-05-04", True),  # 1,950 km a day by the first railways
        ("1843-05-03", "1843-05-10", False),
        ("1953-05-03", "1953-05-04", False),
    ],
)
def test_nobody_goes_faster_than_the_age_allows(left, reached, doubtful):
    assert bool(leg(left, reached).warnings) == doubtful


def test_a_warning_tells_the_distance_the_time_and_the_means():
    (warning,) = leg("2019-05-03", "2019-05-04", mode="ship").warnings
    assert warning.startswith("3,9")
    assert warning.endswith("km in a day is more than anyone makes by ship")


def test_dates_that_run_backwards_are_doubtful_and_last_no_days():
    found = leg("2019-05-03", "2019-05-01")
    assert found.days is None
    assert found.warnings == ("the dates told run backwards here",)


def test_dates_that_only_may_run_backwards_are_not_doubtful():
    assert leg("2019-05-20", "2019-05").warnings == ()


def test_a_long_hop_to_an_unsure_place_among_short_legs_may_be_a_namesake():
    far = Place("test:far", "London", Coordinate(-33.9, 151.2), Kind.CITY)
    sure = [visit("Bergen", BERGEN), visit("Lerwick", LERWICK), visit("Bergen", BERGEN), visit("London", far)]
    found = sure[-1].mentions[0]
    unsure = replace(sure[-1], mentions=(Resolution(found.toponym, far, "the largest of that name", 0.2),))
    assert join(sure)[-1].warnings == ()
    assert "namesake" in join([*sure[:-1], unsure])[-1].warnings[0]


def test_an_undated_leg_of_middling_length_is_not_doubtful():
    assert all(not a.warnings for a in join((visit("London", LONDON), visit("Reykjavik", REYKJAVIK), visit("Bergen", BERGEN))))


# --- a second look at namesakes ---------------------------------------------------------------------------------------


def wrong_namesake(score):
    """A day's way from Lisbon to Évora and on to a Seville overseas, with the Spanish one as runner-up."""
    trip = journey((*LISBON, "2019-05-03"), ("Évora", 38.57, -7.91, "2019-05-03"), ("Seville", 41.01, -81.86, "2019-05-03"))
    right = place("Seville in Spain", 37.39, -5.98)
    last = trip.visits[-1]
    unsure = replace(last.mentions[0], score=score, runners_up=(Candidate(right, 0.3),))
    return right, (*trip.visits[:-1], replace(last, mentions=(unsure,), mode="car"))


def test_a_namesake_by_the_route_stands_in_for_one_across_the_ocean():
    right, visits = wrong_namesake(score=0.5)
    mended = second_look(visits)
    assert [visit.place for visit in mended] == [visits[0].place, visits[1].place, right]
    told = mended[-1].mentions[0]
    assert "namesake" in told.reason and told.runners_up[0].place == visits[-1].place
    assert not any(leg.warnings for leg in join(mended))


def test_a_place_that_is_sure_stays_however_far():
    _, visits = wrong_namesake(score=0.95)
    assert second_look(visits) == visits


def test_a_route_without_doubt_is_left_alone():
    visits = journey(LISBON, ("Évora", 38.57, -7.91)).visits
    assert second_look(visits) == visits
