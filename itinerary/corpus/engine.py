"""Batches to workers and results back, with Dask: a cluster of this machine's cores, or the one whose scheduler is named.

No more batches are under way than the workers can hold ready, so the memory in use does not grow with the corpus. Texts that
were with a worker when it died are read again, at the very end and one at a time: the text that takes its worker along again
is to blame, and no other.
"""

from __future__ import annotations

import logging
import os
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from queue import Empty, SimpleQueue
from typing import TYPE_CHECKING

import itinerary as package
from itinerary.corpus.rows import failure, table_of
from itinerary.corpus.schema import TABLES
from itinerary.corpus.texts import Batch, Text
from itinerary.corpus.work import Work
from itinerary.errors import InputError, ItineraryError, SetupError

if TYPE_CHECKING:
    import pyarrow as pa
    from distributed import Client, Future

_AHEAD = 2  # batches for each thread of a worker: one in work, one at hand when that is done
_PULSE = 5.0  # seconds between two looks at whether the cluster is still there
# Seconds without any worker after which a run breaks off; a nanny starts a new one in less, even on a busy machine.
_NOBODY = 180.0
_ANSWER = 20.0  # seconds that a scheduler is given to answer

# A worker's death is the first reason to suspect the texts it held; Dask itself tries a batch once more. The rest leaves the
# cores to the work. Dask has workers give every freed page back at once, and the next text fetch it again (3,000 page faults a
# text, 6 % of its time); it takes a picture of every stack a hundred times a second, which nobody here looks at, and asks each
# process fifty times a second whether it is late.
_SETTINGS = {
    # One thread of a worker does the work: more than one heap would only keep what others have freed.
    "distributed.nanny.pre-spawn-environ.MALLOC_ARENA_MAX": 1,
    "distributed.nanny.pre-spawn-environ.MALLOC_TRIM_THRESHOLD_": None,
    # What workers say of one another goes to a terminal that is not theirs.
    "distributed.nanny.pre-spawn-environ.DASK_DISTRIBUTED__LOGGING__DISTRIBUTED": "critical",
    "distributed.worker.profile.enabled": False,
    "distributed.worker.memory.monitor-interval": "500ms",
    "distributed.admin.tick.interval": "1s",
    "distributed.admin.system-monitor.interval": "5s",
    "distributed.admin.system-monitor.gil.enabled": False,
    "distributed.scheduler.allowed-failures": 1,
    "distributed.comm.timeouts.connect": f"{_ANSWER}s",
}


class BrokenOff(ItineraryError):
    """The run could not go on; what was done is kept, and the same command continues it."""


@contextmanager
def cluster(work: Work, *, workers: int | None = None, scheduler: str | None = None) -> Iterator[Client]:
    """A client of a cluster whose workers are able to do the work.

    Without a `scheduler` ("tcp://…") it is one of `workers` processes on this machine (as many as it has cores), ended with the
    context. Raises InputError when no scheduler answers there, SetupError when its workers can't work.
    """
    import dask
    from distributed import Client, LocalCluster

    with dask.config.set(_SETTINGS), _environment_kept(), _quiet():
        if scheduler is None:
            with (
                LocalCluster(
                    n_workers=workers or _cores(), threads_per_worker=1, dashboard_address="127.0.0.1:0", processes=True
                ) as local,
                Client(local, set_as_default=False) as client,
            ):
                _check(client, work)
                yield client
        else:
            with _connected(scheduler) as client:
                _check(client, work)
                yield client


@contextmanager
def _environment_kept() -> Iterator[None]:
    """What Dask puts into the environment for its workers does not stay in that of this process."""
    before = dict(os.environ)
    try:
        yield
    finally:
        for name in os.environ.keys() - before.keys():
            del os.environ[name]
        os.environ.update(before)


@contextmanager
def _quiet() -> Iterator[None]:
    """Dask's own lines about workers that come and go are left out: what matters of it stands in `errors`."""
    loggers = [
        logging.getLogger(name) for name in ("distributed", "distributed.nanny", "distributed.scheduler", "distributed.core")
    ]
    levels = [logger.level for logger in loggers]
    for logger in loggers:
        logger.setLevel(logging.CRITICAL)
    try:
        yield
    finally:
        for logger, level in zip(loggers, levels, strict=True):
            logger.setLevel(level)


def _cores() -> int:
    """Cores that this process may use."""
    return len(os.sched_getaffinity(0)) if hasattr(os, "sched_getaffinity") else os.cpu_count() or 1


def _connected(scheduler: str) -> Client:
    from distributed import Client

    try:
        return Client(scheduler, timeout=_ANSWER, set_as_default=False)
    except (OSError, ValueError, TimeoutError) as error:
        raise InputError(
            f"No Dask scheduler answers at {scheduler!r}; start one with `dask scheduler` and workers with "
            "`dask worker ADDRESS --nthreads 1`, or leave --scheduler out to use this machine."
        ) from error


def _check(client: Client, work: Work) -> None:
    """Let every worker that is there get ready. Raises SetupError when there is none or one can't."""
    try:
        client.wait_for_workers(1, timeout=_NOBODY)
        versions = client.run(work.ready, nanny=False)
    except TimeoutError:
        raise SetupError(f"The scheduler has had no worker for {_NOBODY:.0f} s; start one with `dask worker`.") from None
    except ItineraryError:
        raise
    except Exception as error:
        raise SetupError(
            f"The workers can't read texts ({type(error).__name__}: {error}); install the same version of itinerary there."
        ) from error
    if others := set(versions.values()) - {package.__version__}:
        raise SetupError(f"A worker has itinerary {others.pop()}, this is {package.__version__}; install the same version there.")


def results(client: Client, work: Work, batches: Iterable[Batch]) -> Iterator[tuple[Batch, dict[str, pa.Table]]]:
    """Each batch with its rows by table, as they are done. Raises BrokenOff when the cluster goes away."""
    under_way = _UnderWay(client, work)
    suspects: list[Text] = []
    try:
        for batch in batches:
            while under_way.full:
                yield from under_way.settled(suspects)
            under_way.submit(batch)
        while under_way.count:
            yield from under_way.settled(suspects)
        yield from _alone(client, work, suspects)
    except (ItineraryError, GeneratorExit, KeyboardInterrupt):
        raise
    except Exception as error:
        if client.status == "running":
            raise
        raise _gone() from error


def _alone(client: Client, work: Work, suspects: list[Text]) -> Iterator[tuple[Batch, dict[str, pa.Table]]]:
    """Texts whose worker died, one at a time; the one with which it dies again is a failure."""
    under_way = _UnderWay(client, work)
    for text in suspects:
        under_way.submit((text,))
        again: list[Text] = []
        while under_way.count:
            yield from under_way.settled(again)
        for _ in again:
            rows = failure(text, "worker lost", "the worker died or was stuck with this text: out of memory, time or a crash")
            yield (text,), {table: table_of(table, rows.get(table, [])) for table in TABLES}


class _UnderWay:
    """The batches that were handed over and are not back yet."""

    def __init__(self, client: Client, work: Work) -> None:
        self._client, self._work = client, work
        self._batches: dict[str, Batch] = {}
        self._futures: dict[str, Future] = {}
        self._back: SimpleQueue[Future] = SimpleQueue()

    @property
    def count(self) -> int:
        return len(self._batches)

    @property
    def full(self) -> bool:
        threads: int = sum(self._client.nthreads().values())
        return self.count >= _AHEAD * max(1, threads)

    def submit(self, batch: Batch) -> None:
        future = self._client.submit(self._work, batch, pure=False)
        self._batches[future.key], self._futures[future.key] = batch, future
        future.add_done_callback(self._back.put)

    def settled(self, suspects: list[Text]) -> Iterator[tuple[Batch, dict[str, pa.Table]]]:
        """The next batch that is back with its rows; nothing, and its texts among the suspects, when its worker died."""
        from distributed import KilledWorker

        future = self._next()
        batch = self._batches.pop(future.key)
        del self._futures[future.key]
        try:
            yield batch, future.result(timeout=_ANSWER)
        except KilledWorker:
            suspects += batch

    def _next(self) -> Future:
        waited = 0.0
        while True:
            try:
                return self._back.get(timeout=_PULSE)
            except Empty:
                waited = 0.0 if self._client.status == "running" and self._client.nthreads() else waited + _PULSE
                if self._client.status != "running":
                    raise _gone() from None
                if waited >= _NOBODY:
                    raise BrokenOff(
                        f"The cluster has had no worker for {_NOBODY:.0f} s; what was done is kept, the same command goes on."
                    ) from None


def _gone() -> BrokenOff:
    return BrokenOff("The scheduler went away in the middle; what was done is kept, and the same command goes on from there.")
