"""Where a trip comes from: a text in a file, on a page or on standard input, or a file that holds a trip already."""

from __future__ import annotations

import argparse
import datetime as dt
import os
import sys
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING

from itinerary import environment, importing
from itinerary.commands import output, place_index, reader
from itinerary.errors import InputError, UnreadableText

if TYPE_CHECKING:
    from itinerary.model import Itinerary, Place
    from itinerary.online import OnlineGeocoder
    from itinerary.reading import Source

# No text of the longest accepted length has more bytes; a bound, so that /dev/zero is refused and not read for ever.
_MOST_BYTES = 80_000_000
_ONLY_FOR_TEXTS = ("published", "traveller", "dates", "online", "ask", "answer", "reader")  # options that say how to read a text


def check(options: argparse.Namespace) -> None:
    """Refuse, before anything is loaded, what can't be read or must not be asked for. Raises InputError."""
    source = options.source
    if _is_address(source):
        if not options.fetch:
            raise InputError(
                f"{source} is on the network; add --fetch to allow asking for it, or save the page and give the file."
            )
    elif source != "-":
        _readable(Path(source))
        useless = [name for name in _ONLY_FOR_TEXTS if getattr(options, name) is not None]
        if importing.can_open(source) and useless:
            raise InputError(f"{source!r} holds a trip, not a text to read; leave out --{useless[0]}.")


def _is_address(source: str) -> bool:
    return "://" in source and not Path(source).exists()


def _readable(path: Path) -> None:
    if path.is_dir():
        raise InputError(f"{str(path)!r} is a folder; give the path of a text file, or - for standard input.")
    if not path.exists():
        raise InputError(f"There is no file {str(path)!r}; give the path of a text file, or - for standard input.")
    if not os.access(path, os.R_OK):
        raise InputError(f"The file {str(path)!r} may not be read; change its rights or copy it.")


def trip(options: argparse.Namespace) -> tuple[Itinerary, list[str]]:
    """The trip, and sentences on how it came about. Raises ItineraryError."""
    if options.source != "-" and not _is_address(options.source) and importing.can_open(options.source):
        return importing.open_trip(_bytes(options.source), options.source, look_up=_look_up), []
    return _read(options)


# --- texts ------------------------------------------------------------------------------------------------------------


def _read(options: argparse.Namespace) -> tuple[Itinerary, list[str]]:
    from itinerary import pipeline

    helper = _online(options.online)
    source, published, notes = _dated_source(options)
    second = reader.chosen(options, source.text)
    place_index.ready()
    found = pipeline.build(
        source.text,
        published,
        options.traveller,
        online=helper,
        day_first=options.dates and options.dates == "day-first",
        progress=output.progress,
        reader=second,
    )
    return (found if found.title or not source.title else replace(found, title=source.title)), notes


def ask(options: argparse.Namespace) -> None:
    """Write the question about the text for a chat window. Raises ItineraryError."""
    source, published, _ = _dated_source(options)
    reader.ask(options.ask, source.text, published, options.traveller)


def _dated_source(options: argparse.Namespace) -> tuple[Source, dt.date | None, list[str]]:
    """The document, when it was published as far as that is known, and what there is to say about both."""
    source = _source(options.source)
    published, notes = options.published, list(source.notes)
    if published is None and source.published:
        published = source.published
        notes.append(f"published {published}, as {source.dated_by} says; --published sets another day.")
    return source, published, notes


def _source(given: str) -> Source:
    """The document, read by what it is."""
    if _is_address(given):
        from itinerary import online

        environment.say(f"Asking {given} for the text.")
        return online.fetch_page(given)
    from itinerary import reading

    return reading.open_document(_bytes(given), "" if given == "-" else given)


def _online(server: str | None) -> OnlineGeocoder | None:
    """The online help asked for, after saying what it sends; None, and no code of the network loaded, without the option."""
    if server is None:
        return None
    from itinerary import online

    helper = online.geocoder(server or None)
    environment.say(f"Names that the place index lacks are looked up at {helper.source}: they, not the text, leave this machine.")
    return helper


def _bytes(source: str) -> bytes:
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
    return data


# --- trips ------------------------------------------------------------------------------------------------------------


def _look_up(name: str, country: str | None) -> Place | None:
    """The best known place of a name; the place index is made ready for the first one."""
    from itinerary import pipeline

    place_index.ready()
    found = pipeline.shared_gazetteer().candidates([name])[name]
    return next((match.place for match in found if country in (None, match.place.country)), None)
