"""One table of all formats, and the way from a trip to a file that is whole or absent."""

from __future__ import annotations

import json
import os
from collections.abc import Callable
from dataclasses import dataclass, replace
from pathlib import Path

from itinerary.errors import UnknownFormat
from itinerary.export.discretion import discreet
from itinerary.export.features import geojson
from itinerary.export.gpx import gpx
from itinerary.export.ics import ics, left_out
from itinerary.export.kml import kml, kmz
from itinerary.export.linked_places import linked_places
from itinerary.export.parquet import legs_parquet, stops_parquet
from itinerary.export.prose import markdown, text
from itinerary.export.schema_org import schema_org
from itinerary.export.sheets import xlsx
from itinerary.export.tables import legs_csv, stops_csv
from itinerary.export.tei import tei
from itinerary.export.web_annotations import web_annotations
from itinerary.files import target_of, write_whole
from itinerary.model import Itinerary


def _nothing(trip: Itinerary) -> str | None:
    return None


@dataclass(frozen=True, slots=True)
class Format:
    """A file format: what it is good for in a few words, its media type, and the function that makes its bytes.

    `binary` formats are no text. `remark` gives a sentence on what of a trip the format has no room for, else None.
    """

    description: str
    media_type: str
    encode: Callable[[Itinerary], bytes]
    binary: bool = False
    remark: Callable[[Itinerary], str | None] = _nothing

    def without_sentences(self) -> Format:
        """The same format, holding names and times of the text and none of its sentences."""
        bare = _bare_html if self.encode is _html else self.encode
        return replace(self, encode=lambda trip: bare(discreet(trip)))


def _geojson(trip: Itinerary) -> bytes:
    content = json.dumps(geojson(trip), ensure_ascii=False, allow_nan=False, indent=1)
    return content.encode("utf-8", "replace") + b"\n"


def _html(trip: Itinerary) -> bytes:
    from itinerary import drawing

    return drawing.page(trip).encode("utf-8", "replace")


def _bare_html(trip: Itinerary) -> bytes:
    from itinerary import drawing

    return drawing.page(trip, sentences=False).encode("utf-8", "replace")


def _project(trip: Itinerary) -> bytes:
    from itinerary import project, workspace

    return project.dumps(workspace.Workspace(trip))


def _png(trip: Itinerary) -> bytes:
    from itinerary.drawing import still

    return still.png(trip)


def _svg(trip: Itinerary) -> bytes:
    from itinerary.drawing import still

    return still.svg(trip)


def _pdf(trip: Itinerary) -> bytes:
    from itinerary.drawing import still

    return still.pdf(trip, "page")


# File ending -> format, in the order in which they are offered. An ending may have several parts.
FORMATS: dict[str, Format] = {
    ".html": Format("Map in one file, opens in any browser", "text/html", _html),
    ".itinerary.json": Format("The journey with its text, to go on working on it", "application/json", _project),
    ".geojson": Format("GeoJSON for map programs", "application/geo+json", _geojson),
    ".json": Format("The same as GeoJSON", "application/json", _geojson),
    ".gpx": Format("Route for navigation", "application/gpx+xml", gpx),
    ".kml": Format("Places and route for Google Earth and My Maps", "application/vnd.google-earth.kml+xml", kml),
    ".kmz": Format("The same, packed", "application/vnd.google-earth.kmz", kmz, binary=True),
    ".csv": Format("Table of stops for spreadsheets", "text/csv", stops_csv),
    ".legs.csv": Format("Table of legs for spreadsheets", "text/csv", legs_csv),
    ".xlsx": Format(
        "Excel workbook of stops, legs and mentions",
        "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet", xlsx, binary=True,
    ),
    ".parquet": Format("Stops as GeoParquet for data programs", "application/vnd.apache.parquet", stops_parquet, binary=True),
    ".legs.parquet": Format("Legs as Parquet for data programs", "application/vnd.apache.parquet", legs_parquet, binary=True),
    ".ics": Format("Stays for a calendar", "text/calendar", ics, remark=left_out),
    ".png": Format("Picture of the map for slides and the web", "image/png", _png, binary=True),
    ".svg": Format("Drawing of the map, sharp at any size", "image/svg+xml", _svg),
    ".pdf": Format("Map on a page for print", "application/pdf", _pdf, binary=True),
    ".md": Format("Notes in Markdown", "text/markdown", markdown),
    ".txt": Format("Notes in plain text", "text/plain", text),
    ".jsonld": Format("schema.org Trip for web pages", "application/ld+json", schema_org),
    ".lpf.json": Format("Linked Places gazetteer for historians", "application/geo+json", linked_places),
    ".anno.json": Format("W3C Web Annotations of the text", "application/ld+json", web_annotations),
    ".tei.xml": Format("TEI edition of the text with its places and times", "application/tei+xml", tei),
}  # fmt: skip


def ending_of(path: str | os.PathLike[str]) -> str:
    """The longest ending of `path` that names a format, in any case. Raises UnknownFormat, which lists the endings."""
    name = Path(path).name.lower()
    known = [ending for ending in FORMATS if name.endswith(ending) and len(name) > len(ending)]
    if not known:
        ending = Path(path).suffix.lower()
        named = f"No format has the ending {ending!r}" if ending else f"{os.fspath(path)!r} has no ending that names a format"
        raise UnknownFormat(f"{named}; use one of {', '.join(FORMATS)}.")
    return max(known, key=len)


def format_of(path: str | os.PathLike[str]) -> Format:
    """The format that the ending of `path` names. Raises UnknownFormat, which lists the endings."""
    return FORMATS[ending_of(path)]


def encoded(trip: Itinerary, ending: str) -> bytes:
    """The trip in the format with this ending ("gpx" or ".gpx"). Raises UnknownFormat."""
    return format_of(f"trip.{ending.removeprefix('.')}").encode(trip)


def render(trip: Itinerary, ending: str) -> str:
    """The same as text. Raises UnknownFormat, also for a format that is no text."""
    if format_of(f"trip.{ending.removeprefix('.')}").binary:
        raise UnknownFormat(f"The format {ending!r} is no text; use `encoded` for its bytes, or `write` for a file.")
    return encoded(trip, ending).decode("utf-8").removeprefix("\ufeff")


def write(trip: Itinerary, path: str | os.PathLike[str]) -> Path:
    """Write the trip to `path` in the format that its ending names; the file is there whole afterwards, or as it was before.

    Gives the path written. Raises UnknownFormat for an ending that no format has, OutputError where no file can be written.
    """
    encode = format_of(path).encode
    return write_whole(target_of(path), encode(trip))
