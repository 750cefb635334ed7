"""The command line: `python -m itinerary article.txt --published 2023-09-17 -o trip.html`.

Exit status 0 when an itinerary was made (an empty one too, with a note on standard error), 2 for input or options that can't
be used, with one line that says what to do. Options are read before anything heavy is loaded.
"""

from __future__ import annotations

import argparse
import datetime as dt
import os
import sys
from collections.abc import Callable, Sequence
from itertools import pairwise
from pathlib import Path
from typing import TYPE_CHECKING, NoReturn

from itinerary import environment
from itinerary.errors import InputError, ItineraryError, OutputError, UnreadableText

if TYPE_CHECKING:
    from itinerary.model import Itinerary
    from itinerary.online import OnlineGeocoder

_PROGRAM = "python3 -m itinerary"
_COMMANDS = ("dashboard", "gazetteer")
_CANNOT = 2  # exit status for input and options that can't be used
# No text of the longest accepted length has more bytes; a bound, so that /dev/zero is refused and not read for ever.
_MOST_BYTES = 80_000_000


def main(arguments: Sequence[str] | None = None) -> int:
    """Run the command line and return its exit status; never a traceback for what a user can mend."""
    given = list(sys.argv[1:] if arguments is None else arguments)
    try:
        return _run(given)
    except ItineraryError as error:
        environment.note("")
        print(f"itinerary: {' '.join(str(error).split())}", file=sys.stderr)
        return _CANNOT
    except BrokenPipeError:  # the reader of our output went away, as `| head` does
        _silence()
        return 0
    except KeyboardInterrupt:
        return 130


def _run(given: list[str]) -> int:
    command = given[0] if given[:1] and given[0] in _COMMANDS else "trace"
    options = _PARSERS[command]().parse_args(_apart(given) if command == "trace" else given[1:])
    if command == "trace":
        _check(options)
    environment.enter("itinerary", given, environment.REQUIREMENTS)
    return int(_ACTIONS[command](options))


# --- options ----------------------------------------------------------------------------------------------------------


def _apart(given: list[str]) -> list[str]:
    """The arguments, with `--online` never taking the text that may follow it for the address of a server."""
    return ["--online=" if a == "--online" and "://" not in b else a for a, b in pairwise([*given, ""])]


class _Parser(argparse.ArgumentParser):
    """Says what is wrong in one line."""

    def error(self, message: str) -> NoReturn:
        self.exit(_CANNOT, f"itinerary: {message}; `{_PROGRAM} --help` shows the options.\n")


def _trace_parser() -> argparse.ArgumentParser:
    parser = _Parser(
        prog=_PROGRAM,
        description="Give it a text that tells a journey, and see the journey.",
        epilog=f"`{_PROGRAM} dashboard` opens the dashboard; `{_PROGRAM} gazetteer` builds the place index.",
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


def _dashboard_parser() -> argparse.ArgumentParser:
    parser = _Parser(prog=f"{_PROGRAM} dashboard", description="Open the dashboard on the sample article.")
    parser.add_argument("--port", type=int, help="port on this machine (otherwise the first free one from 8501 on)")
    parser.add_argument("--no-browser", action="store_true", help="only print the address")
    return parser


def _gazetteer_parser() -> argparse.ArgumentParser:
    parser = _Parser(prog=f"{_PROGRAM} gazetteer", description="Build the place index that names are looked up in.")
    parser.add_argument("--rebuild", action="store_true", help="build it anew even if there is a good one")
    parser.add_argument(
        "--import",
        "--geonames",
        metavar="FILE",
        dest="places",
        help="build a larger one from GeoNames' own dump (allCountries or cities500; .txt or .zip; path or URL)",
    )
    parser.add_argument("--alternates", metavar="FILE", help="with --import: its file alternateNamesV2 (path or URL)")
    return parser


def _check(options: argparse.Namespace) -> None:
    """Refuse what can be refused before anything is loaded."""
    if options.published is not None:
        options.published = _date(options.published)
    if options.text != "-":
        _readable(Path(options.text))
    for output in options.output:
        if output != "-":
            _writable(Path(output), options.text)


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


# --- what the commands do ---------------------------------------------------------------------------------------------


def _trace(options: argparse.Namespace) -> int:
    """Text in, itinerary out."""
    from itinerary import export, pipeline, summary

    for output in options.output:
        if output != "-":
            export.format_of(output)
    helper = _online(options.online)
    data = _text(options.text)
    _place_index()
    day_first = options.dates and options.dates == "day-first"
    trip = pipeline.build(data, options.published, options.traveller, online=helper, day_first=day_first, progress=_progress)
    environment.note("")
    for note in _remarks(trip):
        print(f"itinerary: {note}", file=sys.stderr)
    for output in options.output:
        _write(trip, output)
    if not options.output:
        _print(summary.table(trip))
    return 0


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


def _write(trip: Itinerary, output: str) -> None:
    from itinerary import export, summary

    if output == "-":
        _print(export.render(trip, "geojson").rstrip())
    else:
        export.write(trip, output)
        _print(f"{output}: {summary.totals(trip)}")


def _print(text: str) -> None:
    """Write to standard output at once, so that a full disk behind it is noticed here."""
    try:
        sys.stdout.reconfigure(errors="replace")  # type: ignore[union-attr]
        print(text, flush=True)
    except BrokenPipeError:
        raise
    except OSError as error:
        _silence()
        raise OutputError(f"Standard output can't be written ({error.strerror}); send it elsewhere.") from error


def _silence() -> None:
    """Let what is still buffered go nowhere: written at the end, it would fail once more and change the exit status."""
    os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())


def _remarks(trip: Itinerary) -> list[str]:
    empty = [] if trip.visits else ["the text tells of no place that the traveller visited; the itinerary is empty."]
    return [*empty, *trip.notes]


def _progress(stage: str, share: float | None = None) -> None:
    environment.note(stage if share is None else f"{stage} {share:.0%}")


def _dashboard(options: argparse.Namespace) -> int:
    from itinerary import serving

    _place_index()
    return serving.serve(options.port, browser=not options.no_browser)


def _gazetteer(options: argparse.Namespace) -> int:
    from itinerary import gazetteer

    if options.alternates and not options.places:
        raise InputError("--alternates adds names to the places of --import; give both.")
    if options.places:
        progress = _progress_bar("Making a larger place index (allCountries takes a while) ...")
        places = _local(options.places, progress)
        alternates = _local(options.alternates, progress) if options.alternates else None
        own = gazetteer.build_from_dump(places, alternates=alternates, progress=progress)
        print(f"The place index is {own}; set ITINERARY_GAZETTEER to this path to use it")
        return 0
    print(f"The place index is {_place_index(rebuild=options.rebuild)}")
    return 0


def _local(source: str, progress: Callable[[int, int, str], None]) -> Path:
    """The path of a file given by path or by address; fetched in the second case."""
    if "://" not in source:
        return Path(source)
    from itinerary import online

    return online.fetched(source, progress=progress)


def _place_index(*, rebuild: bool = False) -> Path:
    """Where the place index is, after building it unless a good one is there."""
    from itinerary import gazetteer

    if (own := os.environ.get("ITINERARY_GAZETTEER")) and not rebuild:
        return gazetteer.Gazetteer.open(own).path
    return gazetteer.build(progress=_progress_bar(), force=rebuild)


def _progress_bar(sentence: str = "Building the place index (once, under a minute) ...") -> Callable[[int, int, str], None]:
    """A progress callback: one sentence at first, then a bar where somebody watches."""
    told: list[str] = []

    def progress(done: int, total: int, stage: str) -> None:
        if not told:
            environment.say(sentence)
        told.append(stage)
        environment.note("" if done >= total else f"  {_bar(done / total)} {stage}")

    return progress


def _bar(share: float) -> str:
    """Twenty characters wide: [########............]."""
    return f"[{'#' * round(share * 20):.<20}]"


_PARSERS = {"trace": _trace_parser, "dashboard": _dashboard_parser, "gazetteer": _gazetteer_parser}
_ACTIONS = {"trace": _trace, "dashboard": _dashboard, "gazetteer": _gazetteer}


if __name__ == "__main__":
    sys.exit(main())
