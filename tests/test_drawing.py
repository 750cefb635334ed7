"""The route map, its page and the marked text, read without a browser."""

import html
import json
import re
import time
from dataclasses import replace
from itertools import pairwise
from typing import Any

import pytest

from itinerary import drawing
from itinerary.drawing import assets, surroundings
from itinerary.drawing.scene import scene
from itinerary.drawing.times import stay
from itinerary.model import DateMention, Itinerary, Kind, Leg, Span, Status
from tests.builders import journey, place, timespan

HOSTILE = "</script><script>alert(1)</script> ${alert(2)} `x` C:\\path\\2019 <img src=x onerror=alert(3)> & \"q\" 'p' \u2028"
PACIFIC = (("San Francisco", 37.77, -122.42), ("Honolulu", 21.3, -157.86), ("Suva", -18.14, 178.44), ("Auckland", -36.85, 174.76))
AROUND = (("London", 51.5, -0.1), ("Suez", 30.0, 32.5), ("Bombay", 19.0, 72.8), ("Yokohama", 35.4, 139.6),
          ("San Francisco", 37.77, -122.42), ("New York", 40.7, -74.0), ("London", 51.5, -0.1))  # fmt: skip


def longitudes(trip: Itinerary) -> list[float]:
    return [stop["at"][1] for stop in scene(trip)["stops"]]


def visible(page: str) -> str:
    """The page without its scripts and styles."""
    return re.sub(r"<(script|style)>.*?</\1>", "", page, flags=re.DOTALL)


# --- the scene --------------------------------------------------------------------------------------------------------


def test_a_route_over_the_pacific_runs_on_past_180() -> None:
    west = longitudes(journey(*PACIFIC))
    assert west == sorted(west, reverse=True)
    assert max(west) - min(west) < 63


@pytest.mark.parametrize("stops", [PACIFIC, AROUND, PACIFIC[::-1]])
def test_every_leg_begins_and_ends_at_the_marker_of_a_stop(stops: Any) -> None:
    drawn = scene(journey(*stops))
    for leg, a, b in zip(drawn["legs"], drawn["stops"], drawn["stops"][1:], strict=False):
        assert (leg["lines"][0][0], leg["lines"][-1][-1]) == (a["at"], b["at"])


@pytest.mark.parametrize("stops", [PACIFIC, AROUND])
def test_no_line_jumps_across_the_map(stops: Any) -> None:
    lines = [line for leg in scene(journey(*stops))["legs"] for line in leg["lines"]]
    assert max(abs(b[1] - a[1]) for line in lines for a, b in pairwise(line)) < 10


def test_a_journey_around_the_world_is_drawn_on_one_world_and_home_is_one_place() -> None:
    drawn = scene(journey(*AROUND))
    assert drawn["stops"][0]["at"] == drawn["stops"][-1]["at"]
    assert sum(len(leg["lines"]) for leg in drawn["legs"]) == len(drawn["legs"]) + 1


def test_a_country_is_an_area_and_a_city_a_point() -> None:
    trip = journey(("Fiji", -17.8, 178, None, {"kind": Kind.COUNTRY, "radius_km": 200.0}), ("Suva", -18.14, 178.44))
    assert [stop["radius"] for stop in scene(trip)["stops"]] == [200.0, 0.0]


def test_an_area_of_unknown_size_is_no_precise_point() -> None:
    assert scene(journey(("Siam", 15, 100, None, {"kind": Kind.HISTORICAL})))["stops"][0]["radius"] > 0


def test_a_mentioned_place_lies_on_the_side_of_the_world_where_the_route_is() -> None:
    drawn = scene(journey(*PACIFIC, mentions=[place("Sydney", -33.9, 151.2)]))
    assert drawn["mentions"][0]["at"][1] == pytest.approx(151.2 - 360)


def test_a_mention_of_a_stop_is_no_second_place() -> None:
    lisbon = ("Lisbon", 38.72, -9.14)
    assert scene(journey(lisbon, mentions=[place(*lisbon)]))["mentions"] == []


# --- times ------------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("arrive", "depart", "words"),
    [
        ("1843-05-03", "1843-05-07", "3–7 May 1843"),
        ("1843-05-03", "1843-06-07", "3 May – 7 June 1843"),
        ("1843-12-30", "1844-01-02", "30 December 1843 – 2 January 1844"),
        ("1843-05", "1843-07", "May 1843 – July 1843"),
        ("1843", None, "1843"),
        (None, "1843-05-07", "until 7 May 1843"),
        (None, None, "Sunday"),
    ],
)
def test_a_stay_is_told_as_a_reader_would(arrive: str | None, depart: str | None, words: str) -> None:
    told = {"arrive": arrive and timespan(arrive), "depart": depart and timespan(depart), "when_told": "Sunday"}
    assert stay(journey(("Lisbon", 38.72, -9.14, None, told)).visits[0]) == words


# --- map and page -----------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("stops", [(), PACIFIC[:1], PACIFIC])
def test_neither_map_nor_page_names_an_address(stops: Any) -> None:
    trip = journey(*stops)
    for source in (drawing.route_map(trip).get_root().render(), drawing.page(trip)):
        assert re.findall(r"""(?:src|href|srcset|action|data)=["'](?!data:|#)[^"']*""", visible(source)) == []


def test_no_style_sheet_names_an_address() -> None:
    for name, sheet in assets.styles():
        assert re.findall(r"url\((?!data:)[^)]*\)|@import", sheet) == [], name


def test_the_page_is_under_a_megabyte_for_a_hundred_stops() -> None:
    trip = journey(*((f"Place {i}", (i * 37) % 120 - 60, (i * 53) % 360 - 180) for i in range(100)))
    assert len(drawing.page(trip).encode()) < 1_000_000


def test_the_same_trip_gives_the_same_map_and_page() -> None:
    first, second = journey(*PACIFIC), journey(*PACIFIC)
    assert drawing.page(first) == drawing.page(second)
    assert drawing.route_map(first).get_root().render() == drawing.route_map(second).get_root().render()


def test_two_trips_on_one_page_have_two_maps() -> None:
    assert drawing.route_map(journey(*PACIFIC)).get_name() != drawing.route_map(journey(*AROUND)).get_name()


def test_the_policy_allows_the_scripts_that_are_there_and_nothing_else() -> None:
    page = drawing.page(journey(*PACIFIC))
    policy = re.search(r'Content-Security-Policy" content="([^"]+)"', page)
    assert policy is not None
    assert policy[1].startswith("default-src 'none'; script-src 'sha256-")
    assert policy[1].count("'sha256-") == len(re.findall(r"<(?:script|style)>", page))
    assert "unsafe" not in policy[1]


def test_the_list_tells_every_stop_in_order_with_dates_way_and_sentence() -> None:
    trip = journey(
        ("Lisbon", 38.72, -9.14, "1843-05-03"), ("Seville", 37.39, -5.98, None, {"status": Status.PLANNED}), country="PT"
    )
    items = re.findall(r'<li class="(\w+)" id="stop-(\d+)">(.*?)</li>', visible(drawing.page(trip)), re.DOTALL)
    assert [(status, order) for status, order, _ in items] == [("visited", "1"), ("planned", "2")]
    assert "3 May 1843 · Portugal" in items[0][2]
    assert "314 km" in items[1][2] and "They came to Seville.</blockquote>" in items[1][2]


def test_the_page_carries_title_source_and_version() -> None:
    page = drawing.page(journey(*PACIFIC, title="Told & retold"), title=None)
    assert "<title>Told &amp; retold</title>" in page
    assert re.search(r'<meta name="generator" content="itinerary [\d.]+">', page)
    assert '<h1 dir="auto">Mine</h1>' in drawing.page(journey(*PACIFIC), title="Mine")


def test_hostile_text_is_only_ever_text_on_the_page() -> None:
    trip = journey(
        (HOSTILE, 1, 1, None, {"when_told": HOSTILE}), title=HOSTILE, notes=(HOSTILE,), mentions=[place("x" + HOSTILE, 2, 2)]
    )
    page = drawing.page(trip)
    assert "<img" not in page and "alert(1)</script>" not in page
    assert html.escape("<img src=x onerror=alert(3)>") in page


def test_hostile_text_can_not_leave_the_script_it_travels_in() -> None:
    packed = assets.in_script({"text": HOSTILE})
    assert not re.search(r"[<>&\u2028\u2029]", packed)
    assert json.loads(packed) == {"text": HOSTILE}


@pytest.mark.parametrize("words", ["{{ 7 * 7 }}", "{% for x in (1, 2) %}", "{# gone #}", "{{{7*7}}}", "{{ lipsum.__globals__ }}"])
def test_no_text_is_taken_for_a_template(words: str) -> None:
    trip = journey((words, 1, 1), title=words)
    assert json.dumps(words)[1:-1] in drawing.route_map(trip).get_root().render().replace("\\u007b", "{")
    assert f'<h1 dir="auto">{html.escape(words)}</h1>' in drawing.page(trip)


def test_towns_of_the_neighbourhood_are_on_the_map_of_a_city() -> None:
    names = {name for name, _, _ in surroundings.towns_near([(51.5, -0.13), (51.48, 0.0)])}
    assert {"London", "Tokyo", "Watford"} <= names


def test_fine_coasts_lie_around_the_stops_even_beyond_the_antimeridian() -> None:
    assert "-124,36" in surroundings.coast_near([(37.77, -122.42)])["tiles"]
    assert "176,-18" in surroundings.coast_near([(-17.8, 178.0 - 360)])["tiles"]


def test_fine_coasts_never_fill_the_page() -> None:
    tiles = surroundings.coast_near([(lat, lon) for lat in range(-50, 70, 2) for lon in range(-180, 180, 4)])["tiles"]
    assert 100_000 < sum(len(ring) for rings in tiles.values() for ring in rings) <= 200_000


def test_a_stop_put_in_by_hand_is_drawn_without_a_sentence() -> None:
    read = journey(("Lisbon", 38.72, -9.14), ("Évora", 38.57, -7.9))
    added = replace(read.visits[1], by_hand=True, mentions=(), evidence=(), score=0.0)
    trip = Itinerary(read.text, visits=(read.visits[0], added), legs=(Leg(read.visits[0], added, 110.0),))
    stop = scene(trip)["stops"][1]
    assert (stop["byHand"], stop["text"], stop["doubt"]) == (True, "", False)
    assert visible(drawing.page(trip)).count("<blockquote") == 1
    assert drawing.highlighted(trip).count("<mark") == 1


def test_the_days_of_a_stop_are_numbers_in_any_year() -> None:
    dated = scene(journey(("Rome", 41.9, 12.5, "1843-05-03"), ("Ostia", 41.7, 12.3, "1843-06"), ("Gaeta", 41.2, 13.6)))["stops"]
    assert dated[1]["days"][0] - dated[0]["days"][0] == 29
    assert [stop["exact"] for stop in dated] == [True, False, False]
    assert dated[2]["days"] is None


def test_a_page_without_sentences_holds_none() -> None:
    trip = journey(*PACIFIC)
    assert "They came to Suva." in drawing.page(trip)
    assert "They came to" not in drawing.page(trip, sentences=False)


def test_the_page_says_where_the_text_is_from() -> None:
    page = drawing.page(journey(*PACIFIC), source="diary of <Ann>")
    assert '<meta name="dcterms.source" content="diary of &lt;Ann&gt;">' in page
    assert "source: diary of &lt;Ann&gt;" in visible(page)


def test_the_parts_for_a_page_of_one_s_own_ask_for_nothing_and_know_no_trip() -> None:
    parts = drawing.inline_assets()
    assert "itineraryDraw" in parts and parts.count("<script>") == parts.count("</script>")
    assert re.findall(r"""(?:src|href)=["'](?!data:|#)""", re.sub(r"<script>.*?</script>", "", parts, flags=re.DOTALL)) == []


# --- the marked text --------------------------------------------------------------------------------------------------


def test_places_and_dates_are_marked_by_what_they_are() -> None:
    trip = journey(("Lisbon", 38.72, -9.14, "1843-05-03"), mentions=[place("Rome", 41.9, 12.5)])
    at = trip.text.index("came")
    dated = Itinerary(
        trip.text, visits=trip.visits, mentions=trip.mentions, dates=(DateMention(Span(at, at + 4), "came", "P1D", "DURATION"),)
    )
    assert drawing.highlighted(dated) == (
        '<p>They <mark class="date" data-date="0" title="P1D, open on the calendar">came</mark> to '
        '<mark class="place visited" data-order="1" title="Stop 1: Lisbon · visited · 3 May 1843">Lisbon</mark>.</p>'
        '<p>News of <mark class="place mentioned" data-mention="0" '
        'title="Rome · only mentioned · nobody went there">Rome</mark> reached them.</p>'
    )


def test_the_traveller_is_marked_as_a_whole_word_only() -> None:
    marked = drawing.highlighted(Itinerary("Ada met Adalbert. Ada left.", traveller="Ada", travellers=("Ada", "")))
    assert marked.count('<mark class="traveller" title="Traveller: Ada">Ada</mark>') == marked.count("<mark") == 2


def test_marks_can_be_reached_by_keyboard_where_a_page_asks_for_it() -> None:
    trip = journey(("Lisbon", 38.72, -9.14), mentions=[place("Rome", 41.9, 12.5)])
    marks = re.findall(r"<mark[^>]*>", drawing.highlighted(trip, interactive=True))
    assert len(marks) == 2 and all('tabindex="0" role="button"' in mark for mark in marks)


def test_paragraphs_and_line_ends_are_kept() -> None:
    assert drawing.highlighted(Itinerary("One\ntwo\n\n\n  three\r\n")) == "<p>One<br>two</p><p>three</p>"


def test_marks_that_overlap_do_not_nest() -> None:
    trip = journey(("Lisbon", 38.72, -9.14))
    start = trip.visits[0].mentions[0].start
    date = DateMention(Span(start, start + 7), "Lisbon.", "P1D", "DURATION")
    marked = drawing.highlighted(Itinerary(trip.text, visits=trip.visits, dates=(date,)))
    assert marked.count("<mark") == marked.count("</mark>") == 1


def test_hostile_text_is_escaped_inside_and_outside_of_marks() -> None:
    trip = journey((HOSTILE + "\n", 1, 1, None, {"reason": '" onmouseover="alert(1)\n\n<b>'}))
    marked = drawing.highlighted(trip)
    assert re.sub(r'</?p>|<br>|</mark>|<mark class="[a-z ]+"(?: data-\w+="\d+")? title="[^"<>]*">', "", marked).count("<") == 0
    assert 'onmouseover="' not in marked


def test_a_long_text_is_marked_in_a_moment() -> None:
    trip = journey(*PACIFIC)
    long = Itinerary(trip.text + "\n\nword <b> & more\n" * 300_000, visits=trip.visits, legs=trip.legs)
    start = time.process_time()
    assert drawing.highlighted(long).count("<mark") == 4
    assert time.process_time() - start < 6  # seconds; takes about one
