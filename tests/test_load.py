"""Readers at once, for a moment: nothing is lost and nothing is mixed. `python -m tests.load` does it for long."""

import asyncio
import threading

import pytest

from itinerary.dashboard.background import Stopped, Tell, Work
from tests import load
from tests.browsing import served
from tests.visitor import SECRET, Visitor

FAIR = load.Tally(texts=1, corrections=[100.0] * 30, memory=[(float(second), 500.0) for second in range(120)])


def test_three_readers_at_once_lose_nothing_and_hear_nothing_of_one_another() -> None:
    with served() as (address, process):
        there = load.held(address, process, sessions=3, more=lambda tally: len(tally.corrections) < 60, pause=0.0)
        found = asyncio.run(there)
    assert load.broken(found) == []
    assert found.texts >= 3 and len(found.corrections) >= 60


async def corrected_meanwhile(address: str) -> tuple[dict[str, str], str, dict[str, str]]:
    """What the first journey and its text are once it was corrected while another text is read, and the journey of that text."""
    visitor = Visitor("Quillonabcdef")
    await visitor.enter(address)
    await visitor.idle()
    await visitor.show("On 3 May 1843 she left Oslo (notebook n1) for Bergen. " * 400)
    await visitor.correct(("status", {"order": 2, "status": "planned"}))
    first, text = visitor.statuses(), visitor.scene["text"]["whole"]
    await visitor.until(lambda: "notebook n1" in visitor.scene["text"].get("whole", ""))
    await visitor.leave()
    return first, text, visitor.statuses()


def test_a_correction_does_not_wait_for_a_text_that_is_read_meanwhile_nor_end_its_reading() -> None:
    with served() as (address, _):
        first, text, second = asyncio.run(corrected_meanwhile(address))
    assert "notebook" not in text and list(first.values()) == ["visited", "planned", "visited"]
    assert len(second) >= 2 and second != first


def test_work_tells_where_it_is_and_ends_at_the_next_stage_when_nobody_wants_it() -> None:
    go_on, begun = threading.Event(), threading.Event()

    def do(tell: Tell) -> str:
        tell("reading", 0.5)
        begun.set()
        assert go_on.wait(20)
        tell("finding places", 0.7)
        return "done"

    kept, ended = Work(do), Work(do)
    assert begun.wait(20) and not kept.wait(0)
    ended.stop()
    go_on.set()
    assert kept.wait(20) and ended.wait(20)
    assert (kept.outcome(), kept.stage, kept.share) == ("done", "finding places", 0.7)
    with pytest.raises(Stopped):
        ended.outcome()


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
