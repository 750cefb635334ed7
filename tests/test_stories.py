"""The quality gate: annotated stories are read at least as well as before. Also claims about the annotations and the scorer.

`python -m tests.stories_score` shows the figures, story by story; with `--raise` it lifts the floors to them.
"""

import datetime as dt
import json
import re
from dataclasses import replace
from itertools import pairwise

import pytest

from itinerary.model import Coordinate
from itinerary.pipeline import build
from tests import stories_score as gate
from tests.stories_score import Gold, Stop, Story, score

CORPUS = gate.stories()
STOP_KEYS = {
    "name",
    "modern",
    "country",
    "lat",
    "lon",
    "tolerance_km",
    "level",
    "arrive",
    "depart",
    "status",
    "group",
    "evidence",
}
STORY_KEYS = {"id", "title", "source", "licence", "published", "traveller", "stops", "not_visited", "notes"}
LEVELS = {"landmark", "city", "region", "country", "water"}
STATUSES = {"visited", "planned", "en_route"}
REASONS = {
    "metonym",
    "demonym",
    "mentioned",
    "dateline",
    "origin_of_other",
    "other_traveller",
    "past_trip",
    "hypothetical",
    "container",
}


# --- the annotations --------------------------------------------------------------------------------------------------


def faults(story: Story) -> list[str]:
    """What is wrong with an annotation, in words."""
    told = story.annotation
    found = [] if set(told) == STORY_KEYS else [f"keys {sorted(set(told) ^ STORY_KEYS)}"]
    found += [] if told["id"] == story.id else [f"id {told['id']}"]
    found += [] if story.genre in gate.GENRES else [f"genre {story.genre}"]
    found += [] if 120 <= len(story.text.split()) <= 350 else [f"{len(story.text.split())} words"]
    found += [] if told["title"] == story.text.split("\n")[0] else ["the title is not the first line"]
    for stop in told["stops"]:
        found += _stop_faults(stop, story.text)
    for place in told["not_visited"]:
        found += [] if place["name"] in story.text and place["why"] in REASONS else [f"not visited: {place}"]
    return found + _order_faults(told["stops"]) + _date_faults(told)


def _stop_faults(stop: dict, text: str) -> list[str]:
    holds = {
        "keys": set(stop) == STOP_KEYS,
        "name": stop["name"] in text,
        "evidence": bool(stop["evidence"]) and stop["evidence"] in text,
        "coordinates": -90 <= stop["lat"] <= 90 and -180 <= stop["lon"] <= 180,
        "tolerance": 0 < stop["tolerance_km"] <= 2500,
        "country": re.fullmatch("[A-Z]{2}", stop["country"]) is not None,
        "level": stop["level"] in LEVELS,
        "status": stop["status"] in STATUSES,
    }
    return [f"{what} of {stop['name']}" for what, held in holds.items() if not held]


def _order_faults(stops: list[dict]) -> list[str]:
    groups = [stop["group"] for stop in stops]
    steps = all(b - a in (0, 1) for a, b in pairwise([0, *groups]))
    found = [] if steps and (not groups or groups[0] == 1) else [f"groups {groups}"]
    dated = [stop for stop in stops if stop["arrive"]]
    for a, b in pairwise(dated):
        digits = min(len(a["arrive"]), len(b["arrive"]))
        found += [] if a["arrive"][:digits] <= b["arrive"][:digits] else [f"{b['name']} is dated before {a['name']}"]
    return found


def _date_faults(told: dict) -> list[str]:
    dates = [told["published"], *(stop[when] for stop in told["stops"] for when in ("arrive", "depart"))]
    found = [f"date {date}" for date in dates if date and not _is_date(date)]
    for stop in told["stops"]:
        if stop["arrive"] and stop["depart"]:
            digits = min(len(stop["arrive"]), len(stop["depart"]))
            found += (
                [] if stop["arrive"][:digits] <= stop["depart"][:digits] else [f"{stop['name']} is left before it is reached"]
            )
    return found


def _is_date(text: str) -> bool:
    try:
        return bool(re.fullmatch(r"\d{4}(-\d\d){0,2}", text)) and bool(dt.date.fromisoformat(text + "-01-01"[: 10 - len(text)]))
    except ValueError:
        return False


@pytest.mark.parametrize("story", CORPUS, ids=lambda story: story.id)
def test_an_annotation_is_in_order(story):
    assert faults(story) == []


def test_the_corpus_holds_all_genres_and_its_traps():
    assert len(CORPUS) >= 24
    assert {story.genre for story in CORPUS} == gate.GENRES
    assert sum(not story.stops for story in CORPUS) >= 2, "texts that tell no journey"
    assert sum(len({stop.name for stop in story.stops}) < len(story.stops) for story in CORPUS) >= 10, "returns to a place"
    assert {place["why"] for story in CORPUS for place in story.annotation["not_visited"]} >= REASONS - {"dateline"}
    assert {file.stem for file in gate.STORIES.glob("*-*.json")} == {story.id for story in CORPUS}, "a text for each annotation"


@pytest.mark.parametrize(
    ("key", "value", "fault"),
    [
        ("evidence", "he flew to the moon", "evidence of Oslo"),
        ("lat", 91.0, "coordinates of Oslo"),
        ("group", 3, "groups"),
        ("arrive", "2024-02-30", "date 2024-02-30"),
        ("arrive", "2025", "is dated before Oslo"),
        ("status", "dreamt", "status of Oslo"),
    ],
)
def test_a_slip_in_an_annotation_is_found(key, value, fault):
    story = next(story for story in CORPUS if story.id == "news-halvorsen-black-sea")
    told = json.loads(json.dumps(story.annotation))
    told["stops"][0][key] = value
    assert any(fault in found for found in faults(replace(story, annotation=told)))


# --- the scorer -------------------------------------------------------------------------------------------------------


def story(*names: str, groups: tuple[int, ...] = (), optional: str = "", arrive: str | None = None) -> Story:
    """A story whose stop A lies at 0° E on the equator, B at 1° E, and so on; 111 km apart, 25 km tolerance."""
    ranks = groups or tuple(range(1, len(names) + 1))
    golds = (Gold(n, _at(n), 25.0, arrive, rank, n == optional) for n, rank in zip(names, ranks, strict=True))
    return Story("news-made-up", "", None, tuple(golds), {})


def stops(names: str, arrive: str | None = None, score: float = 1.0) -> list[Stop]:
    return [Stop(name, _at(name), arrive, score) for name in names]


def _at(name: str) -> Coordinate:
    return Coordinate(0.0, float(ord(name) - ord("A")))


@pytest.mark.parametrize(
    ("gold", "predicted", "route", "stop"),
    [
        (story(*"ABC"), "ABC", 1.0, 1.0),
        (story(*"ABC"), "", 0.0, 0.0),
        (story(), "", 1.0, 1.0),
        (story(), "A", 0.0, 0.0),
        (story(*"ABC"), "CAB", 2 / 3, 1.0),
        (story(*"ABA"), "AB", 0.8, 0.8),
        (story(*"ABA"), "BA", 0.8, 0.8),
        (story(*"AB"), "ABCD", 2 / 3, 2 / 3),
        (story(*"ABCD", groups=(1, 2, 2, 3)), "ACBD", 1.0, 1.0),
        (story(*"ABC", optional="B"), "AC", 1.0, 1.0),
        (story(*"ABC", optional="B"), "ABC", 1.0, 1.0),
        (story(*"ABC", optional="B"), "AB", 0.8, 0.8),
    ],
)
def test_a_route_is_worth_what_it_has_in_order(gold, predicted, route, stop):
    found = score(gold, stops(predicted))
    assert (found.route_f1, found.stop_f1) == pytest.approx((route, stop))


def test_a_required_stop_is_preferred_to_an_optional_one_in_the_same_place():
    assert score(story(*"AA", optional="A"), stops("A")).route_f1 == 1.0
    wide = replace(story("A", "B"), stops=(replace(story("A", optional="A").stops[0], tolerance_km=200.0), story("B").stops[0]))
    assert score(wide, stops("B")).route_f1 == 1.0


def test_false_and_missed_stops_are_named():
    found = score(story(*"ABC"), stops("AXC"))
    assert (found.false, found.missed) == (["X"], ["B"])


@pytest.mark.parametrize(
    ("gold", "said", "dates", "invented"),
    [
        ("1843-05", "1843-05-03", 1.0, 0.0),
        ("1843-05-03", "1843-05", 0.0, 0.0),
        ("1843", None, 0.0, 0.0),
        (None, "1843", 1.0, 1.0),
        (None, None, 1.0, 0.0),
    ],
)
def test_a_date_is_right_at_the_precision_told(gold, said, dates, invented):
    found = gate.figures([score(story("A", arrive=gold), stops("A", said))])
    assert (found["dates"], found["invented"]) == (dates, invented)


def test_a_story_that_breaks_the_program_costs_its_points_and_is_named():
    def fail(text, published):
        raise RuntimeError("no such luck")

    (found,) = gate.measure(fail, [story(*"AB")])
    assert (found.route_f1, found.error) == (0.0, "RuntimeError: no such luck")
    assert "no such luck" in gate.worst([found])


def test_reliability_compares_scores_with_what_came_true():
    found = score(story(*"AB"), [*stops("AB", score=0.9), *stops("XY", score=0.1), *stops("Z", score=1.0)])
    low, high = gate.reliability([found])
    assert (low[2], low[4]) == (2, 0.0)
    assert (high[2], high[4]) == (3, pytest.approx(2 / 3))


def test_floors_only_rise_while_the_corpus_is_the_same():
    old = {"corpus": "x", "route_f1": 0.70, "false": 1.0}
    better, worse = {"route_f1": 0.80, "false": 0.5}, {"route_f1": 0.60, "false": 2.0}
    assert gate.raised(better, old, "x") == {"corpus": "x", "route_f1": 0.78, "false": 0.6}
    assert gate.raised(worse, old, "x") == old
    assert gate.raised(worse, old, "y") == {"corpus": "y", "route_f1": 0.58, "false": 2.1}


def test_a_figure_on_the_wrong_side_is_told():
    limits = {"corpus": "x", "route_f1": 0.70, "false": 1.0}
    assert gate.broken({"route_f1": 0.70, "false": 1.0}, limits) == []
    low, high = gate.broken({"route_f1": 0.69, "false": 1.2}, limits)
    assert "below its floor" in low and "above its ceiling" in high


# --- the gate ---------------------------------------------------------------------------------------------------------


def test_the_floors_are_those_of_this_corpus():
    limits = gate.floors()
    assert limits.keys() == {"corpus", *gate.MARGINS}
    assert limits["corpus"] == gate.digest(), "the stories changed: run `python -m tests.stories_score --raise`"


def test_the_stories_are_read_at_least_as_well_as_before():
    scores = gate.measure(build, CORPUS)
    found = gate.broken(gate.figures(scores), gate.floors())
    assert not found, "\n".join([*found, "The worst stories:", gate.worst(scores)])
    assert not [s.error for s in scores if s.error]
