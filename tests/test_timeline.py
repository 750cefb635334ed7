"""The journey in time: axis, stays, distance and order, read without a browser."""

import re
from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from itinerary.drawing import timeline
from itinerary.drawing.axis import axis_of, out_of_order
from itinerary.model import Day, Itinerary, Leg, Precision, Status, TimeSpan
from tests.builders import journey, visit
from tests.builders import place as somewhere

DATED = (("Lisbon", 38.72, -9.14, "1843-05-03"), ("Seville", 37.39, -5.98), ("Cádiz", 36.53, -6.29, "1843-05-23"))
HOSTILE = "</svg><script>alert(1)</script>\" onload='x' & \x00"


def test_a_stop_without_a_day_lies_between_its_neighbours() -> None:
    axis = axis_of(journey(*DATED))
    assert axis.dated
    assert [stay.start for stay in axis.stays] == [0.0, 0.5, 1.0]
    assert [(stay.told, stay.exact) for stay in axis.stays] == [(True, True), (False, True), (True, True)]


def test_a_journey_with_too_few_days_goes_by_the_order_of_its_stops() -> None:
    axis = axis_of(journey(("A", 0, 0, "1843"), ("B", 1, 1), ("C", 2, 2), ("D", 3, 3)))
    assert not axis.dated and axis.ticks == ()
    assert [stay.start for stay in axis.stays] == pytest.approx([0, 1 / 3, 2 / 3, 1])


def test_years_before_christ_have_ticks_of_their_own() -> None:
    times = [TimeSpan(Day(year, 1, 1), Day(year, 12, 31), Precision.YEAR) for year in (-48, -44, 3)]
    stops = [(name, 1, 1, None, {"arrive": time}) for name, time in zip("ABC", times, strict=True)]
    words = [words for _, words in axis_of(journey(*stops)).ticks]
    assert words == ["40 BC", "30 BC", "20 BC", "10 BC"]


@pytest.mark.parametrize("days", [1, 9, 40, 200, 900, 20_000, 700_000])
def test_any_length_of_journey_has_a_few_ticks_within_it(days: int) -> None:
    first = Day(1503, 2, 11)
    ends = [TimeSpan.of_day(first), TimeSpan.of_day(first.plus(days))]
    axis = axis_of(journey(*((n, 1, 1, None, {"arrive": time}) for n, time in zip("AB", ends, strict=True))))
    assert 1 <= len(axis.ticks) <= 6
    assert all(0 <= share <= 1 and words for share, words in axis.ticks)


@given(st.lists(st.one_of(st.none(), st.integers(-500_000, 800_000)), max_size=12))
def test_the_stays_of_any_journey_rise_within_the_axis(days: list[int | None]) -> None:
    stops = [
        (f"P{i}", 1, 1, None, {"arrive": None if day is None else TimeSpan.of_day(Day.from_number(day))})
        for i, day in enumerate(days)
    ]
    stays = axis_of(journey(*stops)).stays
    assert len(stays) == len(days)
    assert all(0 <= stay.start <= stay.end <= 1 for stay in stays)
    assert all(a.start <= b.start + 1e-9 for a, b in pairwise(stays))


def test_a_row_for_every_stop_and_a_line_for_every_leg() -> None:
    figure = timeline.stays(journey(*DATED))
    assert re.findall(r'data-order="(\d+)"', figure) == ["1", "2", "3"]
    assert figure.count('class="way"') == 2
    assert figure.count("untold") == 1
    assert "1. Lisbon · 3 May 1843" in figure


def test_a_month_is_a_vague_bar_and_a_day_is_not() -> None:
    figure = timeline.stays(journey(("Lisbon", 38.72, -9.14, "1843-05"), ("Cádiz", 36.53, -6.29, "1843-07-01")))
    assert re.findall(r'<rect class="([^"]+)"', figure) == ["bar visited vague"]


def test_words_stand_where_no_leg_goes() -> None:
    drawn = timeline.stays(journey(*DATED))
    dots = [float(y) for y in re.findall(r'<circle [^>]*cy="([^"]+)"', drawn)]
    words = re.findall(r'<text x="[^"]+" y="([^"]+)" dx="([^"]+)" text-anchor="(start|end)"', drawn)
    sides = [
        "above right" if float(y) < dot and int(dx) > 0 else "below left" for dot, (y, dx, _) in zip(dots, words, strict=True)
    ]
    assert sides == ["above right", "below left", "below left"]  # legs come from the upper left and leave to the lower right
    assert [anchor for *_, anchor in words] == ["start", "end", "end"]


def test_the_distance_ends_at_the_length_of_the_whole_way() -> None:
    trip = journey(*DATED)
    assert f"{trip.distance_km:,.0f} km in 2 legs" in timeline.distance(trip)
    assert f"{trip.distance_km * 0.621371:,.0f} mi in 2 legs" in timeline.distance(trip, miles=True)


def test_a_leg_to_a_planned_stop_is_dashed() -> None:
    trip = journey(("A", 0, 0), ("B", 1, 1, None, {"status": Status.PLANNED}))
    assert timeline.distance(trip).count("climb planned") == 1
    assert timeline.stays(trip).count("way planned") == 1


def test_only_the_stop_told_out_of_order_stands_out() -> None:
    text = "They reached Bergen. Before, they saw Lerwick and London."
    visits = tuple(visit(name, somewhere(name, 60, i), text=text) for i, name in enumerate(("Lerwick", "London", "Bergen")))
    legs = tuple(Leg(a, b, 100.0) for a, b in pairwise(visits))
    figure = timeline.order(Itinerary(text, visits=visits, legs=legs))
    moved = re.findall(r'<g data-order="(\d)"><title>[^<]*</title><line class="slope moved"', figure)
    assert moved == ["3"] and "1 of 3 stops told out of order" in figure


@given(st.permutations(range(9)))
def test_what_is_left_without_the_stops_out_of_order_rises(ranks: list[int]) -> None:
    moved = out_of_order(ranks)
    kept = [rank for i, rank in enumerate(ranks) if i not in moved]
    assert kept == sorted(kept) and kept


@pytest.mark.parametrize("figure", [timeline.stays, timeline.distance, timeline.order])
def test_nothing_of_a_text_becomes_markup_and_nothing_has_nothing_to_show(figure) -> None:  # type: ignore[no-untyped-def]
    drawn = figure(journey((HOSTILE, 1, 1, None, {"when_told": HOSTILE}), ("Rome", 41.9, 12.5)))
    assert "<script" not in drawn and drawn.count("</svg>") == 1 and "onload='" not in drawn
    assert figure(Itinerary("no journey")) == ""
    assert "style=" not in drawn


def test_two_thousand_stops_stay_within_a_page() -> None:
    figure = timeline.stays(journey(*((f"Place {i}", i % 60, i % 180) for i in range(2000))))
    assert int(re.findall(r'height="(\d+)"', figure)[0]) < 5000
    assert len(figure) < 1_200_000
