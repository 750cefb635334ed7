"""The itinerary as an Excel workbook: sheets of stops, legs and mentions, and one that says what the columns hold."""

from __future__ import annotations

import datetime as dt
import io
from collections.abc import Iterable, Mapping
from typing import TYPE_CHECKING, Any

from itinerary.export.tables import (
    LEG_COLUMNS,
    MENTION_COLUMNS,
    MORE_STOP_COLUMNS,
    STOP_COLUMNS,
    Row,
    leg_rows,
    mention_rows,
    stop_rows,
)
from itinerary.export.words import plain, title
from itinerary.model import Itinerary

if TYPE_CHECKING:
    from xlsxwriter import Workbook
    from xlsxwriter.format import Format
    from xlsxwriter.worksheet import Worksheet

# A workbook says when it was made; a fixed moment keeps the same trip the same file.
_MADE = dt.datetime(2000, 1, 1)
_LONGEST_CELL = 32_767  # characters: Excel's own limit
_WIDTHS = {"evidence": 70, "reason": 50, "warnings": 50, "place": 24, "name": 24, "from_name": 24, "to_name": 24}
_USUAL_WIDTH = 13  # characters
# Text stays text, whatever it looks like: no formula, no link, no number is made of it.
_AS_TEXT = {"strings_to_formulas": False, "strings_to_urls": False, "strings_to_numbers": False}


def xlsx(trip: Itinerary) -> bytes:
    """The workbook, by XlsxWriter; cells that the text fills are text, never a formula."""
    from xlsxwriter import Workbook

    out = io.BytesIO()
    book = Workbook(out, {"in_memory": True, **_AS_TEXT})
    book.set_properties({"title": title(trip)[:255], "created": _MADE})
    tables: dict[str, tuple[Mapping[str, str], Iterable[Row]]] = {
        "Stops": (STOP_COLUMNS | MORE_STOP_COLUMNS, stop_rows(trip)),
        "Legs": (LEG_COLUMNS, leg_rows(trip)),
        "Mentions": (MENTION_COLUMNS, mention_rows(trip)),
    }
    bold = book.add_format({"bold": True})
    for name, (columns, rows) in tables.items():
        _sheet(book.add_worksheet(name), columns, rows, bold)
    _guide(book, {name: columns for name, (columns, _) in tables.items()}, bold)
    book.close()
    return out.getvalue()


def _sheet(sheet: Worksheet, columns: Mapping[str, str], rows: Iterable[Row], bold: Format) -> None:
    sheet.freeze_panes(1, 0)
    last = 0
    for column, name in enumerate(columns):
        sheet.set_column(column, column, _WIDTHS.get(name, _USUAL_WIDTH))
        sheet.write_string(0, column, name, bold)
    for last, row in enumerate(rows, 1):
        for column, name in enumerate(columns):
            _cell(sheet, last, column, row[name])
    sheet.autofilter(0, 0, max(1, last), len(columns) - 1)


def _cell(sheet: Worksheet, row: int, column: int, value: Any) -> None:
    """A number, a text, or nothing where the value is unknown."""
    if isinstance(value, int | float):
        sheet.write_number(row, column, value)
    elif value is not None:
        sheet.write_string(row, column, plain(value)[:_LONGEST_CELL])


def _guide(book: Workbook, tables: Mapping[str, Mapping[str, str]], bold: Format) -> None:
    """A row per column of the other sheets."""
    sheet = book.add_worksheet("Columns")
    sheet.set_column(0, 1, 16)
    sheet.set_column(2, 2, 70)
    rows = [(table, column, says) for table, columns in tables.items() for column, says in columns.items()]
    for number, row in enumerate([("sheet", "column", "holds"), *rows]):
        sheet.write_row(number, 0, row, bold if number == 0 else None)
