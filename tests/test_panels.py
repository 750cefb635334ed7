"""The numbers and tables around the map."""

import re
from collections.abc import Callable
from dataclasses import replace

import pytest

from itinerary import panels
from itinerary.model import Day, Itinerary, Precision, TimeSpan
from tests.conftest import BERGEN, LERWICK, LONDON, joined, visit

HOSTILE = '</script><img src=x onerror=alert(1)> ${alert(1)} `a` \\u0041 & "quoted"'


def cells(html: str) -> list[list[str]]:
    """The text of each cell of each row."""
    rows = re.findall(r"<tr>(.*?)</tr>", html)
    return [[re.sub(r"<[^>]+>", " ", cell).strip() for cell in re.findall(r"<t[hd][^>]*>(.*?)</t[hd]>", row)] for row in rows]


def test_a_row_tells_place_country_days_kilometres_and_the_proof(journey: Itinerary) -> None:
    head, bergen, lerwick, reykjavik = cells(panels.stops(journey))
    assert head == ["", "Place", "Arrived", "Left", "km", "Total km", "The text says"]
    assert bergen[:6] == ["1", "Bergen Norway", "", "", "", "0"]
    assert lerwick[2:6] == ["3 May 1843", "", "359", "359"]
    assert lerwick[6] == "Ann sailed from Bergen to Lerwick on 3 May 1843."
    assert reykjavik[1] == "Reykjavík Iceland · “Reykjavik” · planned"


def test_a_weekday_without_a_date_is_shown_as_told(journey: Itinerary) -> None:
    sunday = replace(journey.visits[0], when_told="Sunday")
    assert cells(panels.stops(Itinerary(journey.text, visits=(sunday,))))[1][2] == "Sunday"


def test_numbers_count_stops_countries_days_and_kilometres(journey: Itinerary) -> None:
    facts = re.findall(r"<dt>(.*?)</dt><dd>(.*?)</dd>", panels.numbers(journey))
    assert facts[:3] == [("stops", "3"), ("countries", "3"), ("kilometres", "719")]
    assert facts[3][0].startswith("longest leg, Bergen")


def test_days_are_told_when_the_first_and_the_last_are_known(journey: Itinerary) -> None:
    assert "day" not in panels.numbers(journey), "a known day in the middle tells nothing about the length"
    first = replace(journey.visits[0], depart=TimeSpan.of_day(Day(1843, 5, 3)))
    last = replace(journey.visits[2], arrive=TimeSpan.of_day(Day(1843, 5, 9)))
    assert "day" not in panels.numbers(replace(journey, **joined(first, *journey.visits[1:])))
    assert "<dt>days</dt><dd>7</dd>" in panels.numbers(replace(journey, **joined(first, journey.visits[1], last)))


def test_what_was_only_mentioned_says_why(journey: Itinerary) -> None:
    assert cells(panels.mentioned(journey))[1] == [
        "London", "London, United Kingdom", "stands for a government “London said” speaks of a government",
    ]  # fmt: skip


@pytest.mark.parametrize("draw", [panels.heading, panels.numbers, panels.stops, panels.mentioned])
def test_hostile_text_shows_as_text(draw: Callable[[Itinerary], str], journey: Itinerary) -> None:
    text = f"{HOSTILE} Bergen Lerwick London."
    places = {"Bergen": BERGEN, "Lerwick": LERWICK, "London": LONDON}
    stays = [visit(name, replace(place, name=HOSTILE), text=text) for name, place in places.items()]
    stays[0] = replace(stays[0], name=HOSTILE, when_told=HOSTILE)
    mentions = tuple(replace(mention, reason=HOSTILE) for mention in journey.mentions)
    html = draw(Itinerary(text, HOSTILE, traveller=HOSTILE, mentions=mentions, notes=(HOSTILE,), **joined(*stays)))  # type: ignore[arg-type]
    assert "<img" not in html and "</script" not in html
    assert "&lt;img" in html


def test_a_span_of_days_is_told_with_both_ends(journey: Itinerary) -> None:
    week = TimeSpan(Day(1843, 5, 1), Day(1843, 5, 7), Precision.WEEK)
    stay = replace(journey.visits[0], arrive=week)
    assert cells(panels.stops(Itinerary(journey.text, visits=(stay,))))[1][2] == "1–7 May 1843"
