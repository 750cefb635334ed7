"""`python -m itinerary query OUT whereabouts "Ida Pfeiffer"`: questions to a dataset that `corpus` made."""

from __future__ import annotations

import argparse
import csv
import datetime as dt
import io
import json
from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Any

from itinerary.commands import PROGRAM, Parser, output
from itinerary.errors import InputError, UnknownFormat

if TYPE_CHECKING:
    from itinerary.corpus.asking import Answer, Period, Questions

_WIDEST = 40  # letters of a column in the terminal
_MOST = 200  # rows in the terminal; a file gets all
_ENDINGS = (".csv", ".json", ".html")


def parse(arguments: Sequence[str]) -> argparse.Namespace:
    """The question. Raises InputError for a day that is none, UnknownFormat for an ending that no answer has."""
    options = _parser().parse_args(arguments)
    for name in ("first", "last"):
        if written := getattr(options, name, None):
            setattr(options, name, _day(written))
    if options.output and Path(options.output).suffix.lower() not in _ENDINGS:
        raise UnknownFormat(f"No answer is written as {options.output!r}; use a name that ends in .csv, .json or .html.")
    if options.output and options.output.lower().endswith(".html") and options.question != "flows":
        raise UnknownFormat("Only `flows` makes a map; write this answer as .csv or .json.")
    return options


def _parser() -> Parser:
    parser = Parser(prog=f"{PROGRAM} query", description="Ask a dataset that `corpus` made.")
    parser.add_argument("dataset", help="the folder of the dataset")
    asked = parser.add_subparsers(dest="question", required=True, metavar="QUESTION")
    file, period = Parser(add_help=False), Parser(add_help=False)
    file.add_argument("-o", "--output", metavar="FILE", help="write the answer as .csv or .json, flows also as .html")
    period.add_argument("--from", dest="first", metavar="DATE", help="not before this day, as 1843-05-01")
    period.add_argument("--to", dest="last", metavar="DATE", help="not after this day")
    where = asked.add_parser("whereabouts", parents=[file, period], help="where somebody was, day by day")
    where.add_argument("who", help="name or part of a name")
    met = asked.add_parser("meetings", parents=[file, period], help="who may have met whom: one place, one day")
    met.add_argument("who", nargs="?", default="", help="name or part of a name; otherwise everybody")
    met.add_argument("--within", type=int, default=31, metavar="DAYS", help="only stays known to so many days (default: 31)")
    through = asked.add_parser("through", parents=[file, period], help="all journeys through a place, a state or a country")
    through.add_argument("place", help="name or id of the place")
    asked.add_parser("flows", parents=[file], help="how many legs lead from country to country; .html makes a map")
    asked.add_parser("sql", parents=[file], help="an SQL query of your own").add_argument("query")
    return parser


def _day(written: str) -> dt.date:
    try:
        return dt.date.fromisoformat(written)
    except ValueError:
        raise InputError(f"{written!r} is no date; write it as 1843-05-01.") from None


def run(options: argparse.Namespace) -> int:
    """Ask, and print or write the answer."""
    from itinerary import files
    from itinerary.corpus import asking

    with asking.connected(Path(options.dataset)) as questions:
        if not options.output:
            output.show(table(_answer(questions, options)))
            return 0
        ending = Path(options.output).suffix.lower()
        text = _map(options) if ending == ".html" else _ENCODERS[ending](_answer(questions, options))
    output.show(str(files.write_whole(options.output, text.encode("utf-8", "replace"))))
    return 0


def _answer(questions: Questions, options: argparse.Namespace) -> Answer:
    if options.question == "whereabouts":
        return questions.whereabouts(options.who, _period(options))
    if options.question == "meetings":
        return questions.meetings(options.who, _period(options), within=options.within)
    if options.question == "through":
        return questions.through(options.place, _period(options))
    return questions.flows() if options.question == "flows" else questions.sql(options.query)


def _period(options: argparse.Namespace) -> Period:
    from itinerary.corpus.asking import Period

    return Period(options.first or dt.date.min, options.last or dt.date.max)


def _map(options: argparse.Namespace) -> str:
    from itinerary.corpus import flows

    return flows.page(flows.flows_of(Path(options.dataset)))


# --- answers as text --------------------------------------------------------------------------------------------------


def table(answer: Answer) -> str:
    """The answer with a line for each row, as many as a reader looks through."""
    if not answer.rows:
        return "nothing found"
    rows = [[_cell(value) for value in row] for row in (answer.columns, *answer.rows[:_MOST])]
    widths = [max(map(len, column)) for column in zip(*rows, strict=True)]
    lines = ["  ".join(cell.ljust(width) for cell, width in zip(row, widths, strict=True)).rstrip() for row in rows]
    more = len(answer.rows) - _MOST
    return "\n".join([*lines, f"... and {more:,} more; -o answer.csv writes all"] if more > 0 else lines)


def _cell(value: Any) -> str:
    """A value in one short line, without letters that could command the terminal."""
    text = "" if value is None else f"{value:.2f}".rstrip("0").rstrip(".") if isinstance(value, float) else str(value)
    text = " ".join("".join(letter if letter.isprintable() else " " for letter in text).split())
    return text if len(text) <= _WIDEST else f"{text[: _WIDEST - 1]}…"


def _csv(answer: Answer) -> str:
    out = io.StringIO(newline="")
    writer = csv.writer(out)
    writer.writerow(answer.columns)
    writer.writerows([_harmless(value) for value in row] for row in answer.rows)
    return out.getvalue()


def _harmless(value: Any) -> Any:
    """Text that a spreadsheet would run as a formula, with an apostrophe before it."""
    return f"'{value}" if isinstance(value, str) and value.startswith(("=", "+", "-", "@", "\t", "\r")) else value


def _json(answer: Answer) -> str:
    rows = [dict(zip(answer.columns, row, strict=True)) for row in answer.rows]
    return json.dumps(rows, ensure_ascii=False, indent=1, default=str) + "\n"


_ENCODERS = {".csv": _csv, ".json": _json}
