"""Stops in CSV or TSV, as spreadsheets, My Maps and this program write it."""

from __future__ import annotations

import csv
import io
import re
from collections.abc import Iterator
from pathlib import PurePath

from itinerary.errors import InputError
from itinerary.importing import columns, making
from itinerary.importing.checking import Unfit
from itinerary.importing.rows import Harvest, LookUp, harvested
from itinerary.model import Itinerary

_SEPARATORS = ",;\t|"
_TOLD_SEPARATOR = re.compile(r"sep=([,;\t|])", re.IGNORECASE)  # a first line that Excel heeds


def read(data: bytes, name: str, look_up: LookUp | None = None) -> Itinerary:
    """The trip of a table whose first line names the columns. Raises InputError for a table that tells no stops."""
    lines = _lines(_text(data), name)
    _, heading = next(lines, (1, []))
    known = columns.chosen(heading)
    if not known.keys() & {"name", "latitude", "wkt", "both"}:
        raise InputError(
            f"The first line of {name!r} names no column of places; begin it with a line like name,latitude,longitude,date."
        )
    harvest = Harvest(title=PurePath(name).stem)
    for number, cells in lines:
        where = f"line {number}"
        try:
            harvest.keep(columns.row_of(dict(zip(heading, cells, strict=False)), known, where))
        except Unfit as why:
            harvest.refuse(where, why)
    return making.trip(harvested(harvest, name), look_up)


def _text(data: bytes) -> str:
    """UTF-8 or UTF-16 by their marks, else UTF-8, else what old spreadsheets write in the west."""
    if data.startswith((b"\xff\xfe", b"\xfe\xff")):
        return data.decode("utf-16", "replace")
    try:
        return data.decode("utf-8-sig")
    except UnicodeDecodeError:
        return data.decode("cp1252", "replace")


def _lines(text: str, name: str) -> Iterator[tuple[int, list[str]]]:
    """Each row that is not empty, with the number of the line it begins on."""
    first, _, rest = text.partition("\n")
    begins = 1
    if told := _TOLD_SEPARATOR.fullmatch(first.strip()):
        begins, text = 2, rest
    separator = told[1] if told else max(_SEPARATORS, key=first.count)
    reader, before = csv.reader(io.StringIO(text, newline=""), delimiter=separator), begins
    try:
        for cells in reader:
            if any(cell.strip() for cell in cells):
                yield begins, cells
            begins = before + reader.line_num
    except csv.Error as error:
        raise InputError(f"{name!r} is no table from line {begins} on ({error}); save it as CSV again.") from error
