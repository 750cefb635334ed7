"""Claims about the nouns: what each refuses to be, how days are counted, how times are written."""

import datetime as dt

import pytest
from hypothesis import given
from hypothesis import strategies as st

from itinerary.model import (
    LONGEST_GEODESIC_KM,
    Coordinate,
    DateMention,
    Day,
    Itinerary,
    Kind,
    Leg,
    Mention,
    Place,
    Precision,
    Resolution,
    Span,
    Status,
    TimeSpan,
    Toponym,
    Visit,
    Why,
    days_in_month,
)
from tests.builders import BERGEN, LERWICK, LONDON, REYKJAVIK, TEXT, joined, journey, resolution, timespan, visit

FIRST, LAST = Day(-9999, 1, 1).number, Day(9999, 12, 31).number
ONE_DAY = TimeSpan.of_day(Day(1843, 5, 3))
HERE = visit("Bergen", BERGEN)
THERE = visit("Lerwick", LERWICK)
FOUND = resolution("Bergen", BERGEN)


# --- what may not be --------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("make", "value"),
    [
        (lambda: Span(-1, 4), "-1..4"),
        (lambda: Span(7, 7), "7..7"),
        (lambda: Span(9, 3), "9..3"),
        (lambda: Coordinate(90.5, 0), "latitude 90.5"),
        (lambda: Coordinate(float("nan"), 0), "latitude nan"),
        (lambda: Coordinate(0, -180.5), "longitude -180.5"),
        (lambda: Coordinate(0, float("inf")), "longitude inf"),
        (lambda: Place("2013348", "Vladivostok", Coordinate(43, 132), Kind.CITY), "'2013348'"),
        (lambda: Place("test:1", "", Coordinate(43, 132), Kind.CITY), "test:1 has no name"),
        (lambda: Place("test:2", "Ur", Coordinate(31, 46), Kind.RUIN, population=-5), "test:2"),
        (lambda: Place("test:3", "Ur", Coordinate(31, 46), Kind.RUIN, radius_km=-0.1), "test:3"),
        (lambda: Toponym(Span(0, 4), "Bergen", ("Bergen",)), "'Bergen' does not fill"),
        (lambda: Toponym(Span(0, 6), "Bergen", ()), "'Bergen' has nothing to look up"),
        (lambda: Toponym(Span(0, 6), "Bergen", ("Bergen",), score=1.5), "score 1.5 of 'Bergen'"),
        (lambda: Resolution(FOUND.toponym, None, ""), "'Bergen' gives no reason"),
        (lambda: Resolution(FOUND.toponym, None, "unknown", -0.2), "score -0.2 of 'Bergen'"),
        (lambda: Day(10_000, 1, 1), "year 10000"),
        (lambda: Day(-10_000, 1, 1), "year -10000"),
        (lambda: Day(1843, 13, 1), "month 13"),
        (lambda: Day(1843, 0, 1), "month 0"),
        (lambda: Day(1900, 2, 29), "1900-2-29"),
        (lambda: Day(1843, 4, 31), "1843-4-31"),
        (lambda: Day(1843, 4, 0), "1843-4-0"),
        (lambda: TimeSpan(Day(1843, 5, 4), Day(1843, 5, 3), Precision.DAY), r"day=4\) is after Day\(year=1843, month=5, day=3"),
        (lambda: DateMention(Span(0, 5), "May", "1843-05", "DATE"), "'May' does not fill"),
        (lambda: DateMention(Span(0, 3), "May", "1843-05", "MONTH"), "unknown type 'MONTH' of 'May'"),
        (lambda: Visit(BERGEN, "Bergen", "Ann", Status.VISITED, (), (Span(0, 5),)), "'Bergen' has no mention"),
        (lambda: Visit(BERGEN, "Bergen", "Ann", Status.VISITED, (FOUND,), ()), "'Bergen' has no evidence"),
        (lambda: Visit(BERGEN, "Bergen", "Ann", Status.VISITED, (FOUND,), (Span(0, 5),), score=2.0), "score 2.0 .* 'Bergen'"),
        (lambda: Leg(HERE, THERE, -1.0), "-1.0 km"),
        (lambda: Leg(HERE, THERE, LONGEST_GEODESIC_KM + 1), "20004.932 km"),
        (lambda: Leg(HERE, THERE, float("nan")), "nan km"),
        (lambda: Itinerary(TEXT, visits=(HERE, THERE)), "2 visits need as many legs less one"),
        (lambda: Itinerary(TEXT, visits=(HERE, THERE), legs=(Leg(THERE, HERE, 359.0),)), "from 'Bergen' to 'Lerwick'"),
    ],
)
def test_a_noun_refuses_to_be_wrong_and_names_the_value(make, value):
    with pytest.raises(ValueError, match=value):
        make()


def test_the_ends_of_the_ranges_are_allowed():
    assert Coordinate(-90, 180).longitude == 180
    assert Leg(HERE, THERE, LONGEST_GEODESIC_KM).distance_km == LONGEST_GEODESIC_KM
    assert Itinerary("Nobody went anywhere.").visits == ()


def test_nouns_do_not_change():
    with pytest.raises(AttributeError):
        BERGEN.name = "Bjørgvin"


# --- spans, places ----------------------------------------------------------------------------------------------------


def test_spans_that_only_touch_share_no_character():
    assert not Span(0, 4).overlaps(Span(4, 8))
    assert Span(0, 5).overlaps(Span(4, 8))
    assert Span(0, 8).covers(Span(4, 8))
    assert not Span(4, 8).covers(Span(3, 8))


def test_only_places_of_geonames_have_its_number():
    assert BERGEN.geonameid == 3161732
    assert Place("ours:3161732", "Bergen", Coordinate(60, 5), Kind.CITY).geonameid is None
    assert Resolution(FOUND.toponym, None, "unknown").geonameid is None


def test_an_unresolved_name_is_nowhere_and_not_at_zero():
    lost = Resolution(FOUND.toponym, None, "unknown")
    assert (lost.latitude, lost.longitude, lost.country) == (None, None, None)


@pytest.mark.parametrize(
    ("kind", "level"),
    [(Kind.COUNTRY, "country"), (Kind.ISLAND, "region"), (Kind.PORT, "city"), (Kind.LAKE, "water"), (Kind.RUIN, "landmark")],
)
def test_kinds_are_grouped_for_drawing(kind, level):
    assert kind.level == level


# --- days -------------------------------------------------------------------------------------------------------------


@given(st.integers(FIRST, LAST))
def test_a_day_comes_back_from_its_number(number):
    assert Day.from_number(number).number == number


@given(st.dates())
def test_days_are_counted_as_the_standard_library_counts_them(date):
    assert Day.from_date(date).number == date.toordinal()
    assert Day.from_date(date).isoformat() == date.isoformat()


@given(st.integers(FIRST, LAST - 1))
def test_the_next_day_is_later(number):
    day = Day.from_number(number)
    assert day < day.plus(1)
    assert day.plus(1).plus(-1) == day


def test_the_year_before_1_is_0_and_a_leap_year():
    assert Day(1, 1, 1).plus(-1) == Day(0, 12, 31)
    assert Day(1, 1, 1).plus(-1).number == 0
    assert days_in_month(0, 2) == 29
    assert Day(0, 2, 28).plus(1) == Day(0, 2, 29)


def test_the_ides_of_march_lie_in_astronomical_year_minus_43():
    ides = Day(-43, 3, 15)
    assert ides.isoformat() == "-0043-03-15"
    assert Day(-43, 1, 1).number - Day(-44, 1, 1).number == 366
    assert ides < Day(-42, 1, 1) < Day(1, 1, 1)


@pytest.mark.parametrize("number", [FIRST - 1, LAST + 1])
def test_beyond_9999_years_there_is_no_day(number):
    with pytest.raises(ValueError, match="10000"):
        Day.from_number(number)


def test_centuries_are_leap_years_only_every_400_years():
    assert [days_in_month(year, 2) for year in (1900, 2000, 2100, -400)] == [28, 29, 28, 29]


# --- times ------------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("told", "precision", "written"),
    [
        ("1843-05-03", Precision.DAY, "1843-05-03"),
        ("1843-05", Precision.MONTH, "1843-05"),
        ("1843", Precision.YEAR, "1843"),
        ("1843", Precision.SEASON, "1843"),
        ("1843-05", Precision.WEEK, None),
        ("1843", Precision.DECADE, None),
        ("1843", Precision.RANGE, None),
    ],
)
def test_a_time_is_written_as_exactly_as_it_was_told(told, precision, written):
    days = timespan(told)
    assert TimeSpan(days.earliest, days.latest, precision).isoformat() == written


def test_a_year_before_christ_keeps_its_sign():
    assert TimeSpan(Day(-43, 1, 1), Day(-43, 12, 31), Precision.YEAR).isoformat() == "-0043"


def test_times_have_no_order():
    with pytest.raises(TypeError):
        assert TimeSpan.of_day(Day(1900, 1, 1)) > ONE_DAY


# --- the journey ------------------------------------------------------------------------------------------------------


def trip(*times):
    """Bergen, Lerwick, … reached at these times."""
    places = (("Bergen", BERGEN), ("Lerwick", LERWICK), ("Reykjavik", REYKJAVIK))
    visits = [visit(name, place, arrive=time) for (name, place), time in zip(places, times, strict=False)]
    return Itinerary(TEXT, **joined(*visits))


def test_a_journey_lasts_from_its_first_day_to_its_last_both_counted():
    assert trip(ONE_DAY, None, TimeSpan.of_day(Day(1843, 5, 12))).days == 10
    assert trip(ONE_DAY, ONE_DAY).days == 1
    assert trip(ONE_DAY).days == 1


@pytest.mark.parametrize("times", [(), (None, ONE_DAY), (ONE_DAY, None), (ONE_DAY, timespan("1843-06")), (timespan("1843"),)])
def test_a_journey_with_an_open_end_has_no_length_in_days(times):
    assert trip(*times).days is None


def test_every_toponym_is_told_once_and_in_text_order():
    mentions = tuple(
        Mention(r, Why.MENTIONED, "only named") for r in (resolution("London", LONDON), resolution("Bergen", BERGEN))
    )
    journey = Itinerary(TEXT, mentions=mentions, **joined(visit("Lerwick", LERWICK), visit("Bergen", BERGEN)))
    assert [r.name for r in journey.resolutions] == ["Bergen", "Lerwick", "London"]


def test_the_route_is_as_long_as_its_legs():
    assert Itinerary(TEXT, **joined(HERE, THERE, HERE, km=100.5)).distance_km == 201.0


def test_a_date_of_the_calendar_becomes_a_day():
    assert Day.from_date(dt.date(1843, 5, 3)) == ONE_DAY.earliest


# --- bounds -----------------------------------------------------------------------------------------------------------


def test_an_undated_visit_lies_between_the_dated_ones_around_it():
    trip = journey(("Lisbon", 38.7, -9.1, "1843-05-03"), ("Évora", 38.6, -7.9), ("Seville", 37.4, -6.0, "1843-05-09"))
    first, bounds, last = trip.bounds
    assert (first, last) == (None, None)
    assert bounds is not None and (bounds.earliest.isoformat(), bounds.latest.isoformat()) == ("1843-05-03", "1843-05-09")


def test_without_a_dated_visit_on_both_sides_there_are_no_bounds():
    assert journey(("Lisbon", 38.7, -9.1, "1843-05-03"), ("Évora", 38.6, -7.9)).bounds == (None, None)
    backwards = journey(("Lisbon", 38.7, -9.1, "1843-05-09"), ("Évora", 38.6, -7.9), ("Seville", 37.4, -6.0, "1843-05-03"))
    assert backwards.bounds == (None, None, None)
