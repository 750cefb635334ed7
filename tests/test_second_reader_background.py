"""Claims about asking while the page goes on, and about going on after the process was killed."""

import os
import re
import signal
import subprocess
import sys
import threading
import time
from collections.abc import Callable
from pathlib import Path

import pytest

from itinerary.online.chat import chat
from itinerary.second_reader import Asked, Asker, Asking, background
from tests.answers import STOPS, TEXT, answer, gives, hangs, says, serving, trickles
from tests.conftest import ROOT

SOON = 20.0  # s: on a machine that has much to do
GOOD = says(answer(*STOPS))


def asking(url: str, text: str = TEXT, *, within: float = 30.0, **more) -> Asking:
    return Asking(Asker(Asked(chat(url, "tiny", answer_in=within), None), text), **more)


def until(holds: Callable[[], object]) -> None:
    """Wait until something holds."""
    latest = time.monotonic() + SOON
    while not holds():
        assert time.monotonic() < latest, "it never came"
        time.sleep(0.01)


def test_the_page_goes_on_while_a_model_is_asked():
    free = threading.Event()

    def waits(handler, asked):
        free.wait(SOON)
        GOOD(handler, asked)

    with serving(waits) as server:
        job = asking(server.url)
        until(lambda: server.asked)
        assert not job.done and job.answer is None
        assert job.stage == f"asking tiny at {server.url.removeprefix('http://')} about the text"
        free.set()
        assert job.wait(SOON)
    assert job.trouble is None and [stop.name for stop in job.answer.stops] == ["Bergen", "Lerwick", "Aberdeen", "London"]


def test_it_can_be_cancelled_at_once():
    with serving(hangs) as server:
        job = asking(server.url)
        until(lambda: server.asked)
        job.cancel()
        assert job.wait(SOON)
    assert job.answer is None and "as you wished" in job.trouble


def test_nobody_s_question_is_asked_no_further():
    """A page that was closed must not go on spending somebody's money."""
    now = [0.0]
    with serving(hangs) as server:
        job = asking(server.url, clock=lambda: now[0])
        until(lambda: server.asked)
        now[0] = background._UNWATCHED - 1
        job.look()
        now[0] = background._UNWATCHED + 1
        assert not job.wait(0.2), "somebody has looked meanwhile"
        assert job.seconds == background._UNWATCHED + 1
        now[0] = 2 * background._UNWATCHED + 1
        assert job.wait(SOON)
    assert job.trouble == background._LEFT


@pytest.mark.parametrize(("act", "sentence"), [(gives(401), "wants another key"), (says("no"), "gave no list of stops")])
def test_trouble_is_told_where_the_page_looks(act, sentence):
    with serving(act) as server:
        job = asking(server.url)
        assert job.wait(SOON)
    assert job.answer is None and sentence in job.trouble


@pytest.mark.parametrize(("act", "sentence"), [(hangs, "did not answer"), (trickles, "did not answer within")])
def test_nobody_waits_longer_than_the_user_allows(act, sentence):
    with serving(act) as server:
        job = asking(server.url, within=0.3)
        assert job.wait(SOON)
    assert job.answer is None and sentence in job.trouble


def test_a_fault_of_ours_is_told_too(caplog):
    class Broken:
        name = "broken"

        def complete(self, *_, **__):
            raise ZeroDivisionError

    job = Asking(Asker(Asked(Broken(), None), TEXT))
    assert job.wait(SOON)
    assert job.trouble == "The model could not be asked because of a fault in the program (ZeroDivisionError)."
    assert "ZeroDivisionError" in caplog.text


# --- killed -----------------------------------------------------------------------------------------------------------

LONG = "\n\n".join(f"On day {n} we walked on. {'The rain fell on the road and the fields. ' * 40}" for n in range(60))
RUN = """
import sys
from pathlib import Path
from itinerary.online.chat import chat
from itinerary.second_reader import Asked, Memory
print(len(Asked(chat(sys.argv[1], "tiny"), Memory(Path(sys.argv[2]))).answer(Path(sys.argv[3]).read_text()).stops))
"""


def test_a_run_that_was_killed_goes_on_with_the_part_that_was_not_answered(tmp_path: Path):
    (tmp_path / "book.txt").write_text(LONG, encoding="utf-8")
    stuck, killed = threading.Event(), threading.Event()

    def until_the_fifth(handler, asked):
        if len(server.asked) == 5:
            stuck.set()
            killed.wait(SOON)
        says(answer())(handler, asked)

    with serving(until_the_fifth) as server:
        command = [sys.executable, "-c", RUN, server.url, str(tmp_path / "answers"), str(tmp_path / "book.txt")]
        with subprocess.Popen(command, cwd=ROOT, stdout=subprocess.DEVNULL) as first:
            assert stuck.wait(SOON)
            os.kill(first.pid, signal.SIGKILL)
        killed.set()
        assert len(list((tmp_path / "answers").iterdir())) == 4
        subprocess.run(command, cwd=ROOT, check=True, stdout=subprocess.DEVNULL, timeout=SOON)
        told = [re.search(r"part (\d+) of (\d+)", asked["messages"][1]["content"]).groups() for asked in server.asked]
    count = int(told[0][1])
    assert [int(part) for part, _ in told] == [1, 2, 3, 4, 5, *range(5, count + 1)]
    assert count > 6
