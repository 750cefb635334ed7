"""`python -m itinerary article.txt -o trip.html`: a text in, its itinerary out; or a trip in, the same trip in another format."""

from __future__ import annotations

import argparse
import datetime as dt
from collections.abc import Sequence
from itertools import pairwise

from itinerary import environment
from itinerary.commands import COMMANDS, PROGRAM, Parser, output, reader, results, sources
from itinerary.errors import InputError


def parse(arguments: Sequence[str]) -> argparse.Namespace:
    """The options; raises ItineraryError for what can be refused before anything is loaded."""
    options = _parser().parse_args(_apart(arguments))
    if options.published is not None:
        options.published = _date(options.published)
    if options.format and not options.output:
        options.output = ["-"]
    sources.check(options)
    reader.check(options)
    for target in options.output:
        results.check(target, options.source)
    return options


def _apart(given: Sequence[str]) -> list[str]:
    """The arguments, with `--online` never taking the text that may follow it for the address of a server."""
    return ["--online=" if a == "--online" and "://" not in b else a for a, b in pairwise([*given, ""])]


def _parser() -> Parser:
    parser = Parser(
        prog=PROGRAM,
        description="Give it a text that tells a journey, and see the journey.",
        epilog="\n".join(["commands:", *(f"  {PROGRAM} {name:10} {does}" for name, does in COMMANDS.items())]),
        formatter_class=argparse.RawDescriptionHelpFormatter,
    )
    parser.add_argument("source", metavar="text",
                        help="the file with the text (plain, .md, .html, .pdf, .docx, .eml), or with a trip (.itinerary.json, "
                             ".geojson, .gpx, .csv), which is then only converted; - reads standard input")  # fmt: skip
    parser.add_argument("--published", metavar="DATE",
                        help="when the text was published, as 2023-09-17: places weekdays in time; otherwise as the file "
                             "says")  # fmt: skip
    parser.add_argument("--traveller", metavar="NAME", help="whose journey; otherwise the text's main traveller")
    parser.add_argument("--dates", choices=("day-first", "month-first"),
                        help="how to read a date like 02/03/2019 where the text itself does not settle it")  # fmt: skip
    parser.add_argument("--online", metavar="URL", nargs="?", const="",
                        help="look up names that the place index lacks at this Nominatim server (without URL: OpenStreetMap's); "
                             "the names, not the text, leave this machine")  # fmt: skip
    parser.add_argument("--fetch", action="store_true",
                        help="allow the network to be asked for the text, which is then an address: https://...")  # fmt: skip
    parser.add_argument("-o", "--output", metavar="FILE", action="append", default=[],
                        help="write the itinerary; the ending tells the format (.html, .geojson, .csv, ...); may be repeated; "
                             "- writes to standard output; without -o a short table is printed")  # fmt: skip
    parser.add_argument("--format", metavar="ENDING",
                        help=f"the format for standard output, otherwise geojson; `{PROGRAM} formats` lists them")  # fmt: skip
    reader.add(parser)
    parser.add_argument("--no-sentences", dest="sentences", action="store_false",
                        help="leave the sentences of the text out of all that is written; its names and times stay")  # fmt: skip
    return parser


def _date(written: str) -> dt.date:
    try:
        return dt.date.fromisoformat(written)
    except ValueError:
        raise InputError(f"--published {written!r} is no date; write it as 2023-09-17.") from None


def run(options: argparse.Namespace) -> int:
    """Text or trip in, itinerary out."""
    from itinerary import summary

    if options.ask:
        sources.ask(options)
        return 0
    targets = results.targets(options.output, options.format, sentences=options.sentences)
    trip, notes = sources.trip(options)
    environment.note("")
    for note in [*notes, *([] if trip.visits else [_EMPTY]), *trip.notes]:
        output.remark(note)
    for target in targets:
        results.write(trip, target)
    if not targets:
        output.show(summary.table(trip))
    return 0


_EMPTY = "the text tells of no place that the traveller visited; the itinerary is empty."
