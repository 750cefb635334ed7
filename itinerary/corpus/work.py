"""What a worker does with a batch: each text read, each failure told, and nothing left behind in the worker's memory."""

from __future__ import annotations

import datetime as dt
import gc
import os
import threading
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager, nullcontext
from dataclasses import dataclass
from functools import cache
from typing import TYPE_CHECKING, Any, Protocol

import itinerary as package
from itinerary.corpus.rows import Rows, failure, rows_of, table_of
from itinerary.corpus.schema import TABLES
from itinerary.corpus.texts import Batch, Text
from itinerary.errors import InputError, ItineraryError, SetupError, UnreadableText
from itinerary.model import Itinerary

if TYPE_CHECKING:
    import pyarrow as pa
    from spacy.language import Language

_STUCK = 86  # exit status of a worker that ended itself

# So many words met, the model is loaded anew: 1 s of work after half an hour of it. The words of a batch are forgotten with it,
# but the tables in which they stood keep their size, about 50 bytes for every new word (measured with 1.2 million).
_WORDS = 1_000_000


class Build(Protocol):
    """A stand-in for `itinerary.build`."""

    def __call__(self, text: str, published: dt.date | str | None, *, progress: Callable[[str, float], None]) -> Itinerary:
        """The journey of a text."""


class _TooLong(Exception):
    """The text has taken longer than its time limit."""


@dataclass(frozen=True, slots=True)
class Work:
    """How each text is read: `time_limit` in seconds for one text, None for no limit; `build` stands in for the pipeline's.

    A text that is stuck where nobody asks for the time (in one C function, one regular expression) gets twice the limit and
    `grace` seconds; then the worker ends itself, and the run learns which text it was by reading its batch one by one.
    """

    time_limit: float | None = None
    grace: float = 5.0
    build: Build | None = None

    def ready(self) -> str:
        """Load the model and open the place index; the version of the program. Raises SetupError where that fails."""
        if self.build is None:
            from itinerary import pipeline, reading

            reading.language()
            pipeline.shared_gazetteer()
        return package.__version__

    def __call__(self, batch: Batch) -> dict[str, pa.Table]:
        """The rows of every text of the batch, by table."""
        rows: Rows = {table: [] for table in TABLES}
        with _turn(), self._forgetting():
            for text in batch:
                for table, found in self._rows(text).items():
                    rows[table] += found
        return {table: table_of(table, found) for table, found in rows.items()}

    def _rows(self, text: Text) -> Rows:
        """The rows of one text; whatever goes wrong with it is told in its rows."""
        if text.occurrence > 1:
            return failure(
                text, "duplicate id", f"there are {text.occurrence} documents of the id {text.id!r}; the first was read"
            )
        if text.fault:
            return failure(text, "unreadable", text.fault)
        start = time.perf_counter()
        try:
            with self._limited() as progress:
                trip = self._build()(*_opened(text), progress=progress)
            return rows_of(text, trip, time.perf_counter() - start)
        except SetupError:
            raise
        except Exception as error:
            return failure(text, *_told(error), seconds=time.perf_counter() - start)

    @contextmanager
    def _limited(self) -> Iterator[Callable[[str, float], None]]:
        """A progress callback that raises `_TooLong` after the limit; a text that never calls it takes its worker along."""
        if self.time_limit is None:
            yield lambda stage, share: None
            return
        limit, end = self.time_limit, time.monotonic() + self.time_limit

        def progress(stage: str, share: float) -> None:
            if time.monotonic() > end:
                raise _TooLong(f"the text took longer than {limit:g} s; raise --time-limit to read it")

        watch = threading.Timer(2 * limit + self.grace, os._exit, (_STUCK,))
        watch.daemon = True
        watch.start()
        try:
            yield progress
        finally:
            watch.cancel()

    def _build(self) -> Build:
        if self.build is not None:
            return self.build
        from itinerary import pipeline

        return pipeline.build

    def _forgetting(self) -> Any:
        """Words met in this batch alone are forgotten after it: spaCy would keep every new one for ever."""
        if self.build is not None:
            return nullcontext()
        return _model().memory_zone()


def _model() -> Language:
    """The language model, fresh when the one at hand has met too many words."""
    from itinerary import reading

    if len(reading.language().vocab) > _WORDS:  # counts every word ever met, also those forgotten since
        reading.language.cache_clear()
        gc.collect()  # the old one goes before the new one comes
    return reading.language()


def _opened(text: Text) -> tuple[str, dt.date | str | None]:
    """What to read and when it was published; a file may be a document of any kind that `reading` knows, and tell its day."""
    if isinstance(text.content, str):
        return text.content, text.published
    from itinerary import reading

    source = reading.open_document(text.content, text.id)
    return source.text, text.published or source.published


def _told(error: Exception) -> tuple[str, str]:
    """The kind and the sentence for a failure."""
    if isinstance(error, _TooLong):
        return "time limit", str(error)
    if isinstance(error, ItineraryError):
        return ("unreadable" if isinstance(error, UnreadableText) else "unusable" if isinstance(error, InputError) else "failed",
                str(error))  # fmt: skip
    return "failed", " ".join(f"{type(error).__name__}: {error}".split())[:500]


@cache
def _turn() -> threading.Lock:
    """The words of a batch are forgotten together, so a process reads one batch at a time, however many threads it has."""
    return threading.Lock()
