"""`python -m itinerary article.txt -o trip.html`: a text in, its itinerary out."""

from __future__ import annotations

import argparse
import datetime as dt
import os
import sys
from collections.abc import Sequence
from itertools import pairwise
from pathlib import Path
from typing import TYPE_CHECKING

from itinerary import environment
from itinerary.commands import COMMANDS, PROGRAM, Parser, output, place_index
from itinerary.errors import InputError, OutputError, UnreadableText

if TYPE_CHECKING:
    from itinerary.model import Itinerary
    from itinerary.online import OnlineGeocoder

# No text of the longest accepted length has more bytes; a bound, so that /dev/zero is refused and not read for ever.
_MOST_BYTES = 80_000_000


# --- options ----------------------------------------------------------------------------------------------------------


def parse(arguments: Sequence[str]) -> argparse.Namespace:
    """The options; raises ItineraryError for what can be refused before anything is loaded."""
    options = _parser().parse_args(_apart(arguments))
    if options.published is not None:
        options.published = _date(options.published)
    if options.text != "-":
        _readable(Path(options.text))
    for target in options.output:
        if target != "-":
            _writable(Path(target), options.text)
    return options


def _apart(given: Sequence[str]) -> list[str]:
    """The arguments, with `--online` never taking the text that may follow it for the address of a server."""
    return ["--online=" if a == "--online" and "://" not in b else a for a, b in pairwise([*given, ""])]


def _parser() -> Parser:
    parser = Parser(
        prog=PROGRAM,
        description="Give it a text that tells a journey, and see the journey.",
        epilog="; ".join(f"`{PROGRAM} {name}` {does}" for name, does in COMMANDS.items()) + ".",
    )
    parser.add_argument("text", help="the file with the text; - reads standard input")
    parser.add_argument("--published", metavar="DATE", help="when the text was published, as 2023-09-17: places weekdays in time")
    parser.add_argument("--traveller", metavar="NAME", help="whose journey; otherwise the text's main traveller")
    parser.add_argument("--dates", choices=("day-first", "month-first"),
                        help="how to read a date like 02/03/2019 where the text itself does not settle it")  # fmt: skip
    parser.add_argument("--online", metavar="URL", nargs="?", const="",
                        help="look up names that the place index lacks at this Nominatim server (without URL: OpenStreetMap's); "
                             "the names, not the text, leave this machine")  # fmt: skip
    parser.add_argument("-o", "--output", metavar="FILE", action="append", default=[],
                        help="write the itinerary; the ending tells the format (.html, .geojson, .csv, ...); may be repeated; "
                             "- writes GeoJSON to standard output; without -o a short table is printed")  # fmt: skip
    return parser


def _date(written: str) -> dt.date:
    try:
        return dt.date.fromisoformat(written)
    except ValueError:
        raise InputError(f"--published {written!r} is no date; write it as 2023-09-17.") from None


def _readable(path: Path) -> None:
    if path.is_dir():
        raise InputError(f"{str(path)!r} is a folder; give the path of a text file, or - for standard input.")
    if not path.exists():
        raise InputError(f"There is no file {str(path)!r}; give the path of a text file, or - for standard input.")
    if not os.access(path, os.R_OK):
        raise InputError(f"The file {str(path)!r} may not be read; change its rights or copy it.")


def _writable(path: Path, text: str) -> None:
    if path.is_dir():
        raise OutputError(f"The output {str(path)!r} is a folder; give the name of a file in it.")
    if text != "-" and path.exists() and path.samefile(text):
        raise OutputError(f"The output {str(path)!r} is the text itself; give it another name.")
    if not path.suffix:
        raise OutputError(f"The output {str(path)!r} has no ending to tell its format; add one, as in trip.html.")
    if not path.parent.is_dir():
        raise OutputError(f"There is no folder {str(path.parent)!r} to write {path.name} into; make it first.")
    if not os.access(path.parent, os.W_OK) or (path.exists() and not os.access(path, os.W_OK)):
        raise OutputError(f"The output {str(path)!r} may not be written; choose another place.")


# --- the work ---------------------------------------------------------------------------------------------------------


def run(options: argparse.Namespace) -> int:
    """Text in, itinerary out."""
    from itinerary import export, summary

    for target in options.output:
        if target != "-":
            export.format_of(target)
    trip = _built(options)
    environment.note("")
    for note in _remarks(trip):
        output.remark(note)
    for target in options.output:
        _write(trip, target)
    if not options.output:
        output.show(summary.table(trip))
    return 0


def _built(options: argparse.Namespace) -> Itinerary:
    from itinerary import pipeline

    helper = _online(options.online)
    data = _text(options.text)
    place_index.ready()
    return pipeline.build(
        data,
        options.published,
        options.traveller,
        online=helper,
        day_first=options.dates and options.dates == "day-first",
        progress=output.progress,
    )


def _online(server: str | None) -> OnlineGeocoder | None:
    """The online help asked for, after saying what it sends; None, and no code of the network loaded, without the option."""
    if server is None:
        return None
    from itinerary import online

    helper = online.geocoder(server or None)
    environment.say(f"Names that the place index lacks are looked up at {helper.source}: they, not the text, leave this machine.")
    return helper


def _text(source: str) -> str:
    from itinerary import reading

    try:
        if source == "-":
            data = sys.stdin.buffer.read(_MOST_BYTES + 1)
        else:
            with Path(source).open("rb") as file:
                data = file.read(_MOST_BYTES + 1)
    except OSError as error:
        raise UnreadableText(f"{source!r} can't be read ({error.strerror}); try another file.") from error
    if len(data) > _MOST_BYTES:
        raise UnreadableText(f"{source!r} holds more than {_MOST_BYTES // 1_000_000} MB; give a part of it at a time.")
    return reading.decode(data)


def _write(trip: Itinerary, target: str) -> None:
    from itinerary import export, summary

    if target == "-":
        output.show(export.render(trip, "geojson").rstrip())
    else:
        export.write(trip, target)
        output.show(f"{target}: {summary.totals(trip)}")


def _remarks(trip: Itinerary) -> list[str]:
    empty = [] if trip.visits else ["the text tells of no place that the traveller visited; the itinerary is empty."]
    return [*empty, *trip.notes]
