"""A model asked in the background, for a page that goes on meanwhile: looked at now and then, cancelled at any time."""

from __future__ import annotations

import datetime as dt
import logging
import time
from collections.abc import Callable
from dataclasses import dataclass, replace
from threading import Event, Thread

from itinerary.errors import ItineraryError
from itinerary.second_reader.answer import Answer
from itinerary.second_reader.asking import Asked

_LOG = logging.getLogger(__name__)
# Seconds without a look after which nobody is waiting any more: a browser wakes a hidden page once a minute.
_UNWATCHED = 300.0
_LEFT = "Nobody looked at the page any more, so the model was asked no further; asked again, it goes on where it was."


@dataclass(frozen=True, slots=True)
class Asker:
    """What is asked: the reader, and the text with the day it was published and whose journey is wanted."""

    reader: Asked
    text: str
    published: dt.date | None = None
    traveller: str | None = None


class Asking:
    """A text being asked about. `stage` and `share` (0..1) say how far it is; when `done`, there is `answer` or `trouble`."""

    def __init__(self, asker: Asker, *, clock: Callable[[], float] = time.monotonic) -> None:
        """Starts at once. `clock` gives seconds; only differences count."""
        self.stage, self.share = f"asking {asker.reader.model.name}", 0.0
        self.answer: Answer | None = None
        self.trouble: str | None = None
        self._clock, self._began, self._looked, self._stopped = clock, clock(), clock(), Event()
        self._thread = Thread(target=self._ask, args=(asker,), daemon=True, name="asking")
        self._thread.start()

    @property
    def done(self) -> bool:
        """Whether there is an answer, or none to be had."""
        return self.answer is not None or self.trouble is not None

    @property
    def seconds(self) -> float:
        """Since it began."""
        return self._clock() - self._began

    def look(self) -> None:
        """Say that somebody is still waiting; without that it ends by itself after a while."""
        self._looked = self._clock()

    def cancel(self) -> None:
        """Ask no further. What is answered already is kept in the reader's memory."""
        self._stopped.set()

    def wait(self, seconds: float) -> bool:
        """Whether it was done within so many seconds."""
        self._thread.join(seconds)
        return self.done

    def _ask(self, asker: Asker) -> None:
        reader = replace(asker.reader, progress=self._hear, cancelled=self._unwanted)
        try:
            self.answer = reader.answer(asker.text, asker.published, asker.traveller)
        except ItineraryError as error:
            self.trouble = _LEFT if self._is_left() and not self._stopped.is_set() else str(error)
        except Exception as fault:  # of ours: whoever waits must hear of it
            _LOG.exception("a model could not be asked")
            self.trouble = f"The model could not be asked because of a fault in the program ({type(fault).__name__})."

    def _hear(self, stage: str, share: float) -> None:
        self.stage, self.share = stage, share

    def _unwanted(self) -> bool:
        return self._stopped.is_set() or self._is_left()

    def _is_left(self) -> bool:
        return self._clock() - self._looked > _UNWATCHED
