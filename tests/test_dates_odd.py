"""What the temporal tagger makes of texts that nobody would write: in time, without an error, and with nothing made up."""

from __future__ import annotations

import datetime as dt
import time

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from itinerary.dates import find
from itinerary.model import Precision

FRIDAY = dt.date(2013, 3, 22)

HOSTILE = ["9" * 40_000, "1/" * 3_000, "May " * 2_000, "1 " * 2_000, ", " * 9_000, "the " * 9_000, '"' * 9_000,
           "\n" * 9_000, "Day 1\n" * 1_000, "3 May 1843 " * 500, "10:" * 2_000, "a.m. " * 2_000, "1,111" * 2_000,
           "twenty-" * 2_000]  # fmt: skip


@pytest.mark.parametrize("text", HOSTILE, ids=lambda t: t[:6])
def test_twice_the_text_takes_about_twice_the_time(text: str) -> None:
    find(text[:100])
    once, twice = _seconds(text), _seconds(text + text)
    assert twice < 3 * once + 0.1  # seconds; a quadratic pattern would take four times as long, an exponential one for ever


def _seconds(text: str) -> float:
    best = float("inf")
    for _ in range(2):
        start = time.process_time()
        find(text)
        best = min(best, time.process_time() - start)
    return best


BAD = ["30 February 2020", "31/31/2020", "year 0", "in 99999", "25:61", "0/0/0000", "2020-13-45", "the 99th of May",
       "500000000 days later", "In 9999. 500 years later.", "In 1 BC. 30000 years earlier.", "Day 0\nDay 99999"]  # fmt: skip


@pytest.mark.parametrize("text", BAD)
@pytest.mark.parametrize("published", [None, dt.date(1, 1, 1), dt.date(9999, 12, 31), dt.date(2500, 1, 1)])
def test_impossible_dates_are_neither_errors_nor_dates(text: str, published: dt.date | None) -> None:
    assert not [m for m in find(text, published) if m.when and m.when.precision is Precision.DAY]


WORDS = st.sampled_from(
    [
        "the",
        "of",
        "in",
        "on",
        "to",
        "May",
        "march",
        "3",
        "7th",
        "1843",
        "44",
        "BC",
        "Sunday",
        "next",
        "last",
        "week",
        "days",
        "later",
        "ago",
        ",",
        "-",
        "–",
        ".",
        "/",
        "(",
        ")",
        "two",
        "a",
        "few",
        "early",
        "night",
        "10:30",
        "p.m.",
        "spring",
        "quarter",
        "Easter",
        "Christmas",
        "decade",
        "1840s",
        "'17",
        "02/03/2019",
        "today",
        "now",
        "\n",
    ]
)


@settings(max_examples=200, deadline=None)
@given(st.one_of(st.text(max_size=80), st.lists(WORDS, max_size=25).map(" ".join)), st.none() | st.dates())
def test_mentions_lie_in_the_text_in_order_and_apart(text: str, published: dt.date | None) -> None:
    end = 0
    for mention in find(text, published):
        assert mention.start >= end
        assert text[mention.start : mention.end] == mention.surface
        assert mention.value and mention.rule
        end = mention.end
