"""Reading in a thread of its own: the page hears every click while a long text is read, and none of them begins it anew."""

from __future__ import annotations

import threading
from collections.abc import Callable
from concurrent.futures import Future
from typing import Generic, TypeVar

Tell = Callable[[str, float], None]
_Outcome = TypeVar("_Outcome")


class Stopped(BaseException):
    """Nobody waits for the outcome any more."""


class Work(Generic[_Outcome]):
    """Something under way: the stage it is in, its share of the whole, and what comes of it."""

    def __init__(self, do: Callable[[Tell], _Outcome]) -> None:
        self.stage, self.share = "", 0.0
        self._outcome: Future[_Outcome] = Future()
        self._ended, self._unwanted = threading.Event(), threading.Event()
        threading.Thread(target=self._run, args=(do,), daemon=True, name="reading").start()

    def wait(self, seconds: float) -> bool:
        """Whether it has ended, after so many seconds at the latest."""
        return self._ended.wait(seconds)

    def outcome(self) -> _Outcome:
        """What came of it. Raises what it raised."""
        return self._outcome.result()

    def stop(self) -> None:
        """End it at the next stage that it tells."""
        self._unwanted.set()

    def _run(self, do: Callable[[Tell], _Outcome]) -> None:
        try:
            self._outcome.set_result(do(self._tell))
        except BaseException as error:  # whatever it is, it is told to those who wait
            self._outcome.set_exception(error)
        finally:
            self._ended.set()

    def _tell(self, stage: str, share: float) -> None:
        if self._unwanted.is_set():
            raise Stopped
        self.stage, self.share = stage, share
