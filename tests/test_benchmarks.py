"""The commands that measure measure what they say."""

from __future__ import annotations

import time

import itinerary
from itinerary.model import Coordinate
from tests import bench, bench_corpus, peers
from tests.stories_score import Stop, stories


def test_the_articles_of_the_corpus_are_always_the_same_and_short() -> None:
    first, again = list(bench_corpus.articles(5)), list(bench_corpus.articles(5))
    assert first == again
    assert len({article["id"] for article in first}) == 5
    assert all(100 < len(article["text"].split()) < 600 for article in first)


def test_every_step_of_the_pipeline_is_timed() -> None:
    spent: dict[str, float] = {}
    with bench.stopwatches(spent):
        itinerary.build("Ann left Oslo on 3 May 1843. Two days later she was in Bergen.")
    assert set(spent) == set(bench.STEPS)
    assert all(seconds >= 0 for seconds in spent.values())


def test_the_median_of_works_done_in_turn_tells_slow_from_quick() -> None:
    found = bench.measured({"quick": lambda: None, "slow": lambda: sum(range(300_000))}, 3)
    assert found["quick"] < found["slow"]


def test_a_tool_that_gives_every_stop_finds_all_and_one_that_gives_none_finds_none() -> None:
    told = stories()[:4]
    right = peers.measured_places("all", lambda story: [Stop(g.name, g.where) for g in story.stops], told)
    wrong = peers.measured_places("none", lambda story: [Stop("nowhere", Coordinate(-60.0, -150.0))], told)
    assert (right.found, right.false, right.route) == (1.0, 0.0, 1.0)
    assert (wrong.found, wrong.false) == (0.0, 1.0)


def test_dates_are_right_when_the_day_of_an_arrival_is_among_them() -> None:
    told = stories()[:4]
    line = peers.measured_dates("all", lambda story: [f"{g.arrive}TMO" for g in story.stops if g.arrive], told)
    assert line.dates == 1.0


def test_the_table_has_a_line_for_each_tool() -> None:
    lines = [peers.Line("one", 0.5, 1.25, 0.75, None, 0.1), peers.Line("other", None, None, None, 0.5, 12.0)]
    assert peers.table(lines).splitlines()[2:] == [
        "| one | 0.50 | 1.2 | 0.75 |  | 0.100 |",
        "| other |  |  |  | 0.50 | 12.000 |",
    ]


def test_what_a_process_takes_is_its_processor_time_and_its_memory() -> None:
    start = time.perf_counter()
    spent, megabytes = bench.process("-c", "x = b'x' * 80_000_000")
    assert spent < time.perf_counter() - start + 0.5
    assert megabytes > 80


def test_the_memory_of_a_process_is_not_that_of_the_one_that_measures() -> None:
    held = b"x" * 150_000_000
    _, megabytes = bench.process("-c", "pass")
    assert megabytes < len(held) / 1e6
