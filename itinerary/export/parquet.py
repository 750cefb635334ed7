"""The stops or the legs as Parquet, with the meaning of each column in its metadata.

The stops are GeoParquet 1.1 as well: GeoPandas, QGIS and DuckDB open them as points on a map.
"""

from __future__ import annotations

import io
import json
import struct
from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING

import itinerary as package
from itinerary.export.tables import LEG_COLUMNS, MORE_STOP_COLUMNS, REAL, STOP_COLUMNS, WHOLE, Row, leg_rows, stop_rows
from itinerary.export.words import allowed, title
from itinerary.model import Itinerary

if TYPE_CHECKING:
    import pyarrow as pa

_GEOMETRY = {"geometry": "the place as a point, well-known binary"}
_GEO = {
    "version": "1.1.0",
    "primary_column": "geometry",
    "columns": {"geometry": {"encoding": "WKB", "geometry_types": ["Point"]}},
}


def stops_parquet(trip: Itinerary) -> bytes:
    """A row per stop, in order, by pyarrow; unknown is null."""
    rows = [row | {"geometry": _point(row)} for row in stop_rows(trip)]
    return _file(trip, rows, STOP_COLUMNS | MORE_STOP_COLUMNS | _GEOMETRY, {"geo": json.dumps(_GEO)})


def legs_parquet(trip: Itinerary) -> bytes:
    """A row per leg, in order; unknown is null."""
    return _file(trip, list(leg_rows(trip)), LEG_COLUMNS, {})


def _file(trip: Itinerary, rows: Sequence[Row], columns: Mapping[str, str], more: Mapping[str, str]) -> bytes:
    import pyarrow as pa
    import pyarrow.parquet as pq

    fields = [pa.field(name, _type(name), metadata={"description": says}) for name, says in columns.items()]
    about = {"title": title(trip), "generator": f"itinerary {package.__version__}", **more}
    table = pa.Table.from_pylist([_clean(row) for row in rows], pa.schema(fields, metadata=about))
    out = io.BytesIO()
    pq.write_table(table, out)
    return out.getvalue()


def _type(column: str) -> pa.DataType:
    import pyarrow as pa

    if column in REAL:
        return pa.float64()
    if column in WHOLE or column == "days":
        return pa.int64()
    return pa.binary() if column == "geometry" else pa.string()


def _clean(row: Row) -> Row:
    """Halves of surrogate pairs have no bytes in UTF-8."""
    return {name: allowed(value) if isinstance(value, str) else value for name, value in row.items()}


def _point(row: Row) -> bytes:
    """Well-known binary: little-endian, type 1, longitude and latitude."""
    return struct.pack("<BIdd", 1, 1, row["longitude"], row["latitude"])
