"""One table of all formats, and the way from a trip to a file that is whole or absent."""

from __future__ import annotations

import contextlib
import errno
import json
import os
import tempfile
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

from itinerary.errors import OutputError, UnknownFormat
from itinerary.export.features import geojson
from itinerary.export.gpx import gpx
from itinerary.export.ics import ics
from itinerary.export.kml import kml
from itinerary.export.prose import markdown, text
from itinerary.export.tables import csv_bytes
from itinerary.model import Itinerary


@dataclass(frozen=True, slots=True)
class Format:
    """A file format: what it is good for in a few words, its media type, and the function that makes its bytes."""

    description: str
    media_type: str
    encode: Callable[[Itinerary], bytes]


def _geojson(trip: Itinerary) -> bytes:
    content = json.dumps(geojson(trip), ensure_ascii=False, allow_nan=False, indent=1)
    return content.encode("utf-8", "replace") + b"\n"


def _html(trip: Itinerary) -> bytes:
    from itinerary import drawing

    return drawing.page(trip).encode("utf-8", "replace")


FORMATS: dict[str, Format] = {
    ".html": Format("Map in one file, opens in any browser", "text/html", _html),
    ".geojson": Format("GeoJSON for map programs", "application/geo+json", _geojson),
    ".json": Format("The same as GeoJSON", "application/json", _geojson),
    ".csv": Format("Table of stops for spreadsheets", "text/csv", csv_bytes),
    ".gpx": Format("Route for navigation", "application/gpx+xml", gpx),
    ".kml": Format("Places and route for Google Earth and My Maps", "application/vnd.google-earth.kml+xml", kml),
    ".ics": Format("Stays for a calendar", "text/calendar", ics),
    ".md": Format("Notes in Markdown", "text/markdown", markdown),
    ".txt": Format("Notes in plain text", "text/plain", text),
}


def format_of(path: str | os.PathLike[str]) -> Format:
    """The format that the ending of `path` names, in any case. Raises UnknownFormat, which lists the endings."""
    ending = Path(path).suffix.lower()
    if ending not in FORMATS:
        named = f"No format has the ending {ending!r}" if ending else f"{os.fspath(path)!r} has no ending that names a format"
        raise UnknownFormat(f"{named}; use one of {', '.join(FORMATS)}.")
    return FORMATS[ending]


def render(trip: Itinerary, ending: str) -> str:
    """The trip in the format with this ending ("geojson" or ".geojson") as text. Raises UnknownFormat."""
    return format_of(f"trip.{ending.removeprefix('.')}").encode(trip).decode("utf-8").removeprefix("\ufeff")


def write(trip: Itinerary, path: str | os.PathLike[str]) -> Path:
    """Write the trip to `path` in the format that its ending names; the file is there whole afterwards, or as it was before.

    Gives the path written. Raises UnknownFormat for an ending that no format has, OutputError where no file can be written.
    """
    encode = format_of(path).encode
    target = Path(path)
    if target.is_dir():
        raise OutputError(f"{str(target)!r} is a folder; give the name of a file.")
    if not target.absolute().parent.is_dir():
        raise OutputError(f"The folder of {str(target)!r} does not exist; make it first or give another one.")
    data = encode(trip)
    try:
        _replace(target, data)
    except OSError as error:
        raise OutputError(_sentence(target, error)) from error
    return target


def _replace(target: Path, data: bytes) -> None:
    """Write beside the target, then rename: nobody ever sees half a file."""
    target = target.resolve()
    handle, name = tempfile.mkstemp(dir=target.parent, prefix=f".{target.name[:40]}.", suffix=".part")
    try:
        with os.fdopen(handle, "wb") as out:
            out.write(data)
            out.flush()
            os.fsync(out.fileno())
        Path(name).chmod(_mode(target))
        Path(name).replace(target)
    except BaseException:
        with contextlib.suppress(OSError):
            Path(name).unlink()
        raise


def _mode(target: Path) -> int:
    """Permissions of the file that is replaced, else what the process gives new files (a temporary file has 0600)."""
    with contextlib.suppress(OSError):
        return target.stat().st_mode & 0o777
    mask = os.umask(0)
    os.umask(mask)
    return 0o666 & ~mask


def _sentence(target: Path, error: OSError) -> str:
    reasons = {
        errno.ENOSPC: "the disk is full; free some space or write elsewhere",
        errno.EDQUOT: "the disk quota is used up; free some space or write elsewhere",
        errno.EACCES: "you may not write there; choose another folder",
        errno.EPERM: "you may not write there; choose another folder",
        errno.EROFS: "that disk is read-only; choose another folder",
        errno.ENAMETOOLONG: "the name is too long; choose a shorter one",
    }
    reason = reasons.get(error.errno or 0, f"{error.strerror or error}; try another place")
    return f"{str(target)!r} can't be written: {reason}."
