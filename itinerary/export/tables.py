"""The itinerary as tables: a row per stop or per leg, and the stops as CSV that a spreadsheet can open without harm."""

from __future__ import annotations

import csv
import io
from collections.abc import Iterator, Sequence
from typing import TYPE_CHECKING, Any

from itinerary.export.features import iso
from itinerary.export.words import evidence
from itinerary.model import Itinerary

if TYPE_CHECKING:
    import pandas as pd

# Columns of the table of stops, in order. Text, whole numbers (order), degrees WGS 84, kilometres, probability (score).
STOP_COLUMNS = (
    "order", "name", "place", "country", "status", "arrive", "depart", "when_told", "latitude", "longitude",
    "km", "cumulative_km", "traveller", "evidence", "score",
)  # fmt: skip
LEG_COLUMNS = ("from", "to", "from_name", "to_name", "distance_km", "days", "mode", "warnings")
_NUMBERS = {"order": "int64", "from": "int64", "to": "int64", "days": "Int64"} | dict.fromkeys(
    ("latitude", "longitude", "km", "cumulative_km", "score", "distance_km"), "float64"
)

# A spreadsheet reads a cell that begins with one of these as a formula.
_FORMULA_STARTS = ("=", "+", "-", "@", "\t", "\r", "\n")


def frame(trip: Itinerary) -> pd.DataFrame:
    """A row per stop, in order. `km` is the leg that ends here, `cumulative_km` the way since the first stop (both 0 there).

    Dates are ISO 8601 text at the precision told; what is unknown is None.
    """
    return _frame(list(stop_rows(trip)), STOP_COLUMNS)


def legs_frame(trip: Itinerary) -> pd.DataFrame:
    """A row per leg, in order: `from` and `to` are stop orders, `warnings` one sentence or several joined by "; "."""
    return _frame(list(_leg_rows(trip)), LEG_COLUMNS)


def _frame(rows: list[dict[str, Any]], columns: Sequence[str]) -> pd.DataFrame:
    """Numbers as numbers, text as objects: pandas' own text type would turn None into NaN."""
    import pandas as pd

    table = {name: [row[name] for row in rows] for name in columns}
    return pd.DataFrame({name: pd.Series(cells, dtype=_NUMBERS.get(name, object)) for name, cells in table.items()})


def stop_rows(trip: Itinerary) -> Iterator[dict[str, Any]]:
    """The rows of `frame` as dicts, without pandas."""
    travelled = 0.0
    for order, visit in enumerate(trip.visits, 1):
        km = trip.legs[order - 2].distance_km if order > 1 else 0.0
        travelled += km
        yield {
            "order": order,
            "name": visit.name,
            "place": visit.place.name,
            "country": visit.place.country,
            "status": str(visit.status),
            "arrive": iso(visit.arrive),
            "depart": iso(visit.depart),
            "when_told": visit.when_told,
            "latitude": visit.place.coordinate.latitude,
            "longitude": visit.place.coordinate.longitude,
            "km": round(km, 3),
            "cumulative_km": round(travelled, 3),
            "traveller": visit.traveller,
            "evidence": evidence(trip, visit),
            "score": round(visit.score, 4),
        }


def _leg_rows(trip: Itinerary) -> Iterator[dict[str, Any]]:
    for order, leg in enumerate(trip.legs, 1):
        yield {
            "from": order,
            "to": order + 1,
            "from_name": leg.origin.name,
            "to_name": leg.destination.name,
            "distance_km": leg.distance_km,
            "days": leg.days,
            "mode": leg.mode,
            "warnings": "; ".join(leg.warnings),
        }


def csv_bytes(trip: Itinerary) -> bytes:
    """The table of stops as CSV: UTF-8 with a mark (so that Excel reads accents), CRLF, no cell that is run as a formula."""
    out = io.StringIO(newline="")
    writer = csv.DictWriter(out, STOP_COLUMNS)
    writer.writeheader()
    writer.writerows({name: _harmless(value) for name, value in row.items()} for row in stop_rows(trip))
    return b"\xef\xbb\xbf" + out.getvalue().encode("utf-8", "replace")


def _harmless(value: Any) -> Any:
    """Text that would start a formula gets a leading apostrophe; numbers stay numbers, unknown stays empty."""
    if isinstance(value, str) and value.startswith(_FORMULA_STARTS):
        return "'" + value
    return value
