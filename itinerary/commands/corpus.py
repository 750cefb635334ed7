"""`python -m itinerary corpus INPUT -o OUT`: many texts into one dataset of journeys.

Exit status 0 when every document was read, 1 when some are in `errors`, 2 when the input or an option can't be used, 3 when the
run broke off and the same command goes on with it.
"""

from __future__ import annotations

import argparse
import os
import sys
import time
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import TYPE_CHECKING

from itinerary import environment
from itinerary.commands import PROGRAM, Parser, output, place_index
from itinerary.errors import InputError, OutputError

if TYPE_CHECKING:
    from itinerary.corpus import Report

_SOME_FAILED, _BROKE_OFF = 1, 3
_TIME_LIMIT = 120.0  # seconds; a book of 150,000 words takes about a minute
_LINE_EVERY = 60.0  # seconds between two lines about the progress where nobody watches


def parse(arguments: Sequence[str]) -> argparse.Namespace:
    """What to read and where to write. Raises InputError or OutputError for what can be refused at once."""
    options = _parser().parse_args(arguments)
    if options.workers is not None and options.workers < 1:
        raise InputError(f"--workers {options.workers} can do nothing; give 1 or more.")
    if options.time_limit < 0:
        raise InputError(f"--time-limit {options.time_limit:g} is no number of seconds; give one above 0, or 0 for no limit.")
    out = Path(options.output)
    if out.exists() and not out.is_dir():
        raise OutputError(f"The output {options.output!r} is a file; give the name of a folder.")
    if not out.absolute().parent.is_dir():
        raise OutputError(f"There is no folder {str(out.parent)!r} to make {out.name} in; make it first.")
    if Path(options.input).is_file() and not os.access(options.input, os.R_OK):
        raise InputError(f"The file {options.input!r} may not be read; change its rights or copy it.")
    return options


def _parser() -> Parser:
    parser = Parser(prog=f"{PROGRAM} corpus", description="Read many texts into one dataset of journeys (Parquet).",
                    epilog="A run that was stopped goes on where it was when the same command is given again.")  # fmt: skip
    parser.add_argument("input", help="a folder, a JSONL, CSV or Parquet file, or a pattern in quotes, as 'news/*.txt'")
    parser.add_argument("-o", "--output", metavar="FOLDER", required=True, help="where the dataset is, or will be")
    parser.add_argument("--text", metavar="COLUMN", default="text", help="column of the texts (default: text)")
    parser.add_argument("--id", metavar="COLUMN", help="column of their ids (default: id, else file and row)")
    parser.add_argument("--published", metavar="COLUMN", help="column of their days of publication (default: published, if any)")
    parser.add_argument("--workers", type=int, metavar="N", help="processes on this machine (default: one for each core)")
    parser.add_argument("--scheduler", metavar="ADDRESS", help="use the Dask cluster there, as tcp://host:8786")
    parser.add_argument("--time-limit", type=float, metavar="SECONDS", default=_TIME_LIMIT,
                        help=f"for one document (default: {_TIME_LIMIT:g}; 0 for none)")  # fmt: skip
    parser.add_argument("--add", action="store_true", help="let a dataset grow by the documents of another input")
    parser.add_argument("--index", action="store_true", help="also write index.html: every journey in a list, and on one map")
    return parser


def run(options: argparse.Namespace) -> int:
    """Read the corpus, write the dataset, tell what was found."""
    from itinerary import corpus

    columns = corpus.Columns(options.text, options.id, options.published)
    source = corpus.Source.open(options.input, columns)
    place_index.ready()
    work = corpus.Work(time_limit=options.time_limit or None)
    where = corpus.Cluster(options.workers, options.scheduler)
    try:
        report = corpus.run(source, Path(options.output), work, where=where, add=options.add, progress=_watched())
    except corpus.BrokenOff as error:
        environment.note("")
        output.remark(str(error))
        return _BROKE_OFF
    environment.note("")
    output.show(summary(report, options.output))
    if options.index:
        output.show(str(_index(options)))
    return _SOME_FAILED if report.errors else 0


def _index(options: argparse.Namespace) -> Path:
    from itinerary.corpus.index import write_index

    return write_index(Path(options.output))


def summary(report: Report, folder: str) -> str:
    """What a run found, in a few lines."""
    errors = [f"  {count:,} {kind}" for kind, count in report.errors.most_common()]
    before = f" ({report.before:,} were there before)" if report.before else ""
    told = f"{report.documents:,} documents{before}, {report.stops:,} stops, {report.km:,.0f} km"
    pace = f" in {_span(report.seconds)}, {report.rate:,.1f} documents/s" if report.documents else ""
    failed = [f"{sum(report.errors.values()):,} in {folder}/errors:", *errors] if errors else []
    return "\n".join([f"{folder}: {told}{pace}", *failed])


def _watched() -> Callable[[Report], None]:
    """A bar where somebody watches, a line a minute where not."""
    told = [time.monotonic()]

    def progress(report: Report) -> None:
        line = f"{report.share:4.0%}  {report.documents + report.before:,} documents, {report.rate:,.1f}/s, {_left(report)}"
        environment.note(f"  {place_index.drawn(report.share)} {line}")
        if not sys.stderr.isatty() and time.monotonic() - told[0] >= _LINE_EVERY:
            told[0] = time.monotonic()
            environment.say(line)

    return progress


def _left(report: Report) -> str:
    share = report.share - report.share_before
    return f"{_span(report.seconds * (1 - report.share) / share)} left" if share > 0 else "..."


def _span(seconds: float) -> str:
    """A length of time in words: 42 s, 7 min, 3.5 h."""
    if seconds < 90:
        return f"{seconds:.0f} s"
    return f"{seconds / 60:.0f} min" if seconds < 5400 else f"{seconds / 3600:.1f} h"
