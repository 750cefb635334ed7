"""How a corpus run scales: `python -m tests.bench_corpus [--documents N] [--small N]`.

Short articles are made by putting paragraphs of the stories and samples together anew, always the same ones. Measured are

overhead     one worker behind the engine beside a plain loop over the same articles: processor seconds of all processes,
             less those of a run over two articles, which is what starting and loading take
throughput   two workers beside one, elapsed; and what that comes to when both cores are free for them: twice the processor
             seconds of one worker's run, divided by those of the two (loading left out)
memory       the most that a worker held with the small corpus beside the most with the large one, and on the way there
to the end   the large corpus, with what its dataset weighs

Elapsed times mean something on a machine that does nothing else.
"""

from __future__ import annotations

import argparse
import json
import os
import random
import sys
import tempfile
import threading
import time
import warnings
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from itinerary import corpus
from itinerary.corpus.sources import Source
from itinerary.corpus.texts import batches

ROOT = Path(__file__).resolve().parents[1]
ARTICLE = (120, 260)  # words
LOOK = 0.25  # seconds between two looks at the workers' memory
STATIONS = (500, 1_000, 2_000, 5_000, 10_000, 15_000, 20_000, 50_000, 100_000)  # documents after which the memory is noted


def articles(number: int, seed: int = 1843) -> Iterator[dict[str, str]]:
    """So many short articles, each a few paragraphs of the project's own texts."""
    dice = random.Random(seed)
    files = [*sorted((ROOT / "tests" / "stories").glob("*.txt")), *sorted((ROOT / "data" / "samples").glob("*.txt"))]
    paragraphs = [part for file in files for part in file.read_text(encoding="utf-8").split("\n\n") if len(part.split()) > 12]
    for index in range(number):
        wanted, text = dice.randint(*ARTICLE), ""
        while len(text.split()) < wanted:
            text += dice.choice(paragraphs).strip() + "\n\n"
        published = f"{dice.randint(1990, 2024)}-{dice.randint(1, 12):02d}-{dice.randint(1, 28):02d}"
        yield {"id": f"article-{index:06d}", "text": text, "published": published}


def written(folder: Path, number: int) -> Path:
    """The articles as JSON lines."""
    path = folder / f"{number}.jsonl"
    path.write_text("".join(json.dumps(article) + "\n" for article in articles(number)), encoding="utf-8")
    return path


class Workers:
    """The most memory (MB) that a process of our own making held, looked at while a run goes on; `curve` has it by documents."""

    def __init__(self) -> None:
        self.peak = 0.0
        self.curve: dict[int, float] = {}
        self._stop = threading.Event()

    @contextmanager
    def watched(self) -> Iterator[None]:
        thread = threading.Thread(target=self._look, daemon=True)
        thread.start()
        try:
            yield
        finally:
            self._stop.set()
            thread.join()

    def note(self, report: corpus.Report) -> None:
        """Remember the most so far when the run has come to the next station."""
        for station in STATIONS:
            if report.documents >= station:
                self.curve.setdefault(station, self.peak)

    def _look(self) -> None:
        import psutil

        while not self._stop.wait(LOOK):
            for child in psutil.Process().children(recursive=True):
                try:
                    self.peak = max(self.peak, child.memory_info().rss / 1e6)
                except psutil.Error:
                    continue


def spent() -> float:
    """Processor seconds so far, of this process and of those that it started and that have ended."""
    times = os.times()
    return times.user + times.system + times.children_user + times.children_system


def plain_loop(source: Path) -> tuple[float, float]:
    """Elapsed and processor seconds of the same work in this process, without an engine."""
    work = corpus.Work(time_limit=120)
    work.ready()
    start, used = time.monotonic(), spent()
    for batch in batches(Source.open(str(source)).texts()):
        work(batch)
    return time.monotonic() - start, spent() - used


def run(source: Path, folder: Path, workers: int) -> tuple[corpus.Report, Workers, float]:
    """A run's report, the memory of its workers, and the processor seconds of all."""
    memory, used = Workers(), spent()
    work, where = corpus.Work(time_limit=120), corpus.Cluster(workers)
    with memory.watched():
        report = corpus.run(Source.open(str(source)), folder, work, where=where, progress=memory.note)
    return report, memory, spent() - used


def compare(folder: Path, number: int) -> float:
    """Print overhead and throughput with so many articles; the most memory of one of two workers in MB."""
    small = written(folder, number)
    loop, used = plain_loop(small)
    print(f"plain loop      {number:>7,} documents  {number / loop:6.1f}/s  {used:.1f} processor s", flush=True)
    _, _, loading = run(written(folder, 2), folder / "loading", 1)
    one, memory, used_one = run(small, folder / "one", 1)
    print(f"one worker      {one.documents:>7,} documents  {one.rate:6.1f}/s  {memory.peak:5.0f} MB  {used_one - loading:.1f} "
          f"processor s ({(used_one - loading) / used - 1:+.0%}), {loading:.1f} more for loading", flush=True)  # fmt: skip
    two, memory, used_two = run(small, folder / "two", 2)
    free = 2 * (used_one - loading) / (used_two - 2 * loading)
    print(f"two workers     {two.documents:>7,} documents  {two.rate:6.1f}/s  {memory.peak:5.0f} MB a worker  "
          f"{two.rate / one.rate:.2f} × one, {two.rate * loop / number:.2f} × the loop, {free:.2f} × by processor time",
          flush=True)  # fmt: skip
    return memory.peak


def to_the_end(folder: Path, number: int, before: float) -> None:
    """Print how a large corpus goes, beside the most memory `before` with the small one."""
    report, memory, used = run(written(folder, number), folder / "large", 2)
    size = sum(file.stat().st_size for file in (folder / "large").rglob("*.parquet"))
    print(f"to the end      {report.documents:>7,} documents  {report.rate:6.1f}/s  {memory.peak:5.0f} MB a worker  "
          f"{memory.peak / before - 1:+.0%} beside the small corpus  {size / report.documents:,.0f} bytes a document  "
          f"{report.errors.total()} errors  {used:.0f} processor s", flush=True)  # fmt: skip
    print("memory by then  " + "  ".join(f"{station:,}: {peak:.0f} MB" for station, peak in memory.curve.items()), flush=True)


def main(arguments: list[str]) -> int:
    """Print the figures."""
    parser = argparse.ArgumentParser(prog="python -m tests.bench_corpus")
    parser.add_argument("--documents", type=int, default=20_000, help="of the large corpus")
    parser.add_argument("--small", type=int, default=1_000, help="of the small one")
    options = parser.parse_args(arguments)
    warnings.simplefilter("ignore")
    with tempfile.TemporaryDirectory() as name:
        memory = compare(Path(name), options.small)
        if options.documents > options.small:
            to_the_end(Path(name), options.documents, memory)
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
