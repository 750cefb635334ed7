"""One table of all formats, and the way from a trip to a file that is whole or absent."""

from __future__ import annotations

import json
import os
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

from itinerary.errors import UnknownFormat
from itinerary.export.features import geojson
from itinerary.export.gpx import gpx
from itinerary.export.ics import ics
from itinerary.export.kml import kml
from itinerary.export.prose import markdown, text
from itinerary.export.tables import csv_bytes
from itinerary.files import target_of, write_whole
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
    return write_whole(target_of(path), encode(trip))
