"""What must hold of the bytes of a written file, by its ending: that it is what it says it is."""

from __future__ import annotations

import csv
import io
import json
import zipfile
from collections.abc import Callable
from functools import cache
from html.parser import HTMLParser
from pathlib import Path
from typing import Any

from icalendar import Calendar
from lxml import etree

from itinerary import export

SCHEMAS = Path(__file__).parent / "schemas"


@cache
def schema(name: str) -> Any:
    """How GPX and TEI must look; KML's own schema."""
    from fastkml.validator import get_schema_parser

    return get_schema_parser() if name == "kml" else etree.RelaxNG(etree.parse(SCHEMAS / f"{name}.rng"))


def _is_json(data: bytes) -> None:
    def refuse(constant: str) -> None:
        raise ValueError(constant)

    assert json.loads(data.decode(), parse_constant=refuse) is not None


def _is_table(data: bytes) -> None:
    assert len({len(row) for row in csv.reader(io.StringIO(data.decode("utf-8-sig"), newline=""), strict=True)}) == 1


def _is_valid(name: str) -> Callable[[bytes], None]:
    def check(data: bytes) -> None:
        assert schema(name).validate(etree.fromstring(data)), schema(name).error_log

    return check


def _is_packed(data: bytes) -> None:
    assert zipfile.ZipFile(io.BytesIO(data)).testzip() is None


def _is_page(data: bytes) -> None:
    parser = HTMLParser()
    parser.feed(data.decode())
    parser.close()


def _is_text(data: bytes) -> None:
    assert data.decode()


# Ending -> what must hold of its bytes; pictures are drawn by a target of their own.
VALID: dict[str, Callable[[bytes], object]] = {
    **{ending: _is_json for ending in export.FORMATS if "json" in ending},
    ".csv": _is_table, ".legs.csv": _is_table, ".gpx": _is_valid("gpx"), ".kml": _is_valid("kml"), ".tei.xml": _is_valid("tei"),
    ".kmz": _is_packed, ".xlsx": _is_packed, ".ics": Calendar.from_ical, ".html": _is_page, ".md": _is_text, ".txt": _is_text,
    ".parquet": len, ".legs.parquet": len,
}  # fmt: skip
PICTURES = (".png", ".svg", ".pdf")
