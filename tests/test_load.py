"""Readers at once, for a moment: nothing is lost and nothing is mixed. `python -m tests.load` does it for long."""

import asyncio

import pytest

from tests import load
from tests.browsing import served
from tests.visitor import SECRET

FAIR = load.Tally(texts=1, corrections=[100.0] * 30, memory=[(float(second), 500.0) for second in range(120)])


def test_three_readers_at_once_lose_nothing_and_hear_nothing_of_one_another() -> None:
    with served() as (address, process):
        there = load.held(address, process, sessions=3, more=lambda tally: len(tally.corrections) < 60, pause=0.0)
        found = asyncio.run(there)
    assert load.broken(found) == []
    assert found.texts >= 3 and len(found.corrections) >= 60


@pytest.mark.parametrize(
    "broken",
    [
        {"lost": ["Lerwick"]},
        {"foreign": ["Quillonabcdef"]},
        {"troubles": ["no"]},
        {"memory": [*FAIR.memory, *[(200.0, 600.0)] * 15]},
    ],
)
def test_a_broken_promise_is_told(broken: dict[str, list[object]]) -> None:
    assert load.broken(FAIR) == []
    kept = {"texts": FAIR.texts, "corrections": FAIR.corrections, "memory": FAIR.memory}
    assert len(load.broken(load.Tally(**{**kept, **broken}))) == 1  # type: ignore[arg-type]


def test_a_secret_word_is_heard_in_what_a_page_is_sent() -> None:
    assert SECRET.findall(b'{"whole": "<mark>Quillonabcdef</mark> wrote"}') == [b"Quillonabcdef"]
    assert not any(SECRET.search(text.encode()) for text in load.stories())
