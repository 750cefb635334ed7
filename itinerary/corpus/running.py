"""A run: the texts of a source that the dataset lacks, read by the cluster, and written part by part by this process alone.

One writer makes "none lost, none twice" simple: a document counts when its part is there, and a part is there whole or not at
all. Workers need neither the source nor the dataset, so they may be anywhere.
"""

from __future__ import annotations

import time
from collections import Counter
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING, Any

from itinerary.corpus import engine
from itinerary.corpus.dataset import Dataset, Manifest, opened
from itinerary.corpus.engine import BrokenOff
from itinerary.corpus.schema import TABLES
from itinerary.corpus.sources import Source
from itinerary.corpus.texts import Batch, Text, batches
from itinerary.corpus.work import Work
from itinerary.errors import InputError, OutputError

if TYPE_CHECKING:
    import pyarrow as pa

# A part is written when it holds so many documents or is so old: at most this much work is done again after a kill.
_PART_DOCUMENTS = 2_000
_PART_SECONDS = 30.0


@dataclass(slots=True)
class Report:
    """How far a run is and what it found; a run goes on with it until the end.

    `share` of the input (0..1) is done, `share_before` of it before this run, which `before` counts in documents. `errors` counts
    by kind, those of earlier runs too.
    """

    documents: int = 0
    before: int = 0
    stops: int = 0
    km: float = 0.0
    share: float = 0.0
    share_before: float = 0.0
    seconds: float = 0.0
    errors: Counter[str] = field(default_factory=Counter)

    @property
    def rate(self) -> float:
        """Documents a second in this run."""
        return self.documents / self.seconds if self.seconds else 0.0


@dataclass(frozen=True, slots=True)
class Cluster:
    """Where the work is done: so many processes of this machine (None: one for each core), or at a scheduler's workers."""

    workers: int | None = None
    scheduler: str | None = None


def run(
    source: Source,
    folder: Path,
    work: Work | None = None,
    *,
    where: Cluster | None = None,
    add: bool = False,
    progress: Callable[[Report], None] = lambda report: None,
) -> Report:
    """Read every text of the source into the dataset in `folder`, or what is missing there, and tell what was found.

    `add` lets a dataset grow by another source. Raises InputError for an empty source, OutputError when the dataset can't be
    written, BrokenOff when the cluster goes away; what was done by then is kept.
    """
    manifest = Manifest(source.name, source.columns.text, source.columns.id, source.columns.published)
    where = where or Cluster()
    with opened(folder, manifest, add=add) as dataset:
        done = dataset.done()
        report = Report(errors=dataset.errors())
        texts = _missing(source, done, report)
        first = next(texts, None)
        if first is None:
            if not report.before:
                raise InputError(f"There is no text in {source.name!r}; give a source that holds some.")
            return report
        work = work or Work()
        with engine.cluster(work, workers=where.workers, scheduler=where.scheduler) as client:
            _work(engine.results(client, work, batches(_chained(first, texts))), dataset, report, progress)
    return report


def _missing(source: Source, done: set[bytes], report: Report) -> Iterator[Text]:
    """The texts that the dataset lacks."""
    for text in source.texts():
        if text.key in done:
            report.before += 1
            report.share = report.share_before = max(report.share_before, text.share)
        else:
            yield text


def _chained(first: Text, rest: Iterator[Text]) -> Iterator[Text]:
    yield first
    yield from rest


def _work(
    found: Iterator[tuple[Batch, dict[str, pa.Table]]],
    dataset: Dataset,
    report: Report,
    progress: Callable[[Report], None],
) -> None:
    """Write what comes back, part by part; also what came before anything went wrong."""
    start = time.monotonic()
    part = _Part(dataset)
    try:
        for batch, tables in found:
            part.add(batch, tables)
            _count(report, batch, tables)
            report.seconds = time.monotonic() - start
            progress(report)
    finally:
        part.write()
        report.seconds = time.monotonic() - start


class _Part:
    """Rows that wait to be written together."""

    def __init__(self, dataset: Dataset) -> None:
        self._dataset = dataset
        self._clear()

    def add(self, batch: Batch, tables: dict[str, pa.Table]) -> None:
        for table in TABLES:
            self._tables[table].append(tables[table])
        self._documents += len(batch)
        if self._documents >= _PART_DOCUMENTS or time.monotonic() - self._since >= _PART_SECONDS:
            self.write()

    def write(self) -> None:
        tables, documents = self._tables, self._documents
        self._clear()  # first: what can't be written once is not tried again
        if not documents:
            return
        try:
            self._dataset.write(tables)
        except OutputError as error:
            raise BrokenOff(f"{error} What was done is kept, and the same command goes on from there.") from error

    def _clear(self) -> None:
        self._tables: dict[str, list[Any]] = {table: [] for table in TABLES}
        self._documents, self._since = 0, time.monotonic()


def _count(report: Report, batch: Batch, tables: dict[str, pa.Table]) -> None:
    import pyarrow.compute as pc

    report.documents += len(batch)
    report.stops += tables["stops"].num_rows
    report.km += pc.sum(tables["legs"]["km"]).as_py() or 0.0
    report.errors.update(tables["errors"]["kind"].to_pylist())
    report.share = max(report.share, max(text.share for text in batch))
