"""The tables of the dataset, column by column. The words for each column travel in the files, as field metadata.

Rows belong together by `document`. Days are dates where the calendar of the common era can say them; the ISO text beside them
keeps the precision told. `geometry` is well-known binary, longitude first, as GeoParquet 1.1 has it.
"""

from __future__ import annotations

import json
from functools import cache
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    import pyarrow as pa

Column = tuple[str, str, str]  # name, type, meaning

_DOCUMENT: Column = ("document", "text", "id of the text")
_SPAN: tuple[Column, ...] = (("starts", "int", "first character in the text"), ("ends", "int", "character after the last"))
_POINT: tuple[Column, ...] = (("latitude", "float", "degrees WGS 84"), ("longitude", "float", "degrees WGS 84"))

# The documents come last: what a part holds counts from the moment its documents are there.
TABLES: dict[str, tuple[Column, ...]] = {
    "stops": (
        _DOCUMENT,
        ("stop", "int", "number of the stop in its journey, from 1"),
        ("name", "text", "the place as the text names it"),
        ("place", "text", "the usual name"),
        ("place_id", "text", "id in its source, as geonames:2013348"),
        ("kind", "text", "what the place is: city, country, island, ..."),
        ("country", "text", "ISO 3166-1 alpha-2; empty for seas and what spans several"),
        ("admin1", "text", "state or province"),
        *_POINT,
        ("status", "text", "visited, planned or passed"),
        ("traveller", "text", "whose stay it is"),
        ("arrive", "text", "arrival as ISO text at the precision told"),
        ("depart", "text", "departure, likewise"),
        ("arrive_from", "day", "first day on which the arrival may have been"),
        ("arrive_to", "day", "last such day"),
        ("depart_from", "day", "first day on which the departure may have been"),
        ("depart_to", "day", "last such day"),
        ("when_told", "text", "words for a time that has no place on the calendar"),
        ("score", "float", "probability of the stay, 0 to 1"),
        ("order_told", "bool", "false where the text leaves the order open"),
        ("km", "float", "kilometres from the stop before; 0 for the first"),
        ("evidence", "text", "the sentence that proves the stay"),
        *_SPAN,
        ("geometry", "geometry", "Point"),
    ),
    "legs": (
        _DOCUMENT,
        ("leg", "int", "number of the leg, from 1; it leads from the stop of that number to the next"),
        *((f"{end}_{name}", kind, f"{meaning}, where the leg {does}")
          for end, does in (("origin", "begins"), ("destination", "ends"))
          for name, kind, meaning in (("place", "text", "name of the place"), ("id", "text", "its id"),
                                      ("country", "text", "its country"), *_POINT)),
        ("km", "float", "length along the great circle, kilometres"),
        ("days", "int", "days from departure to arrival"),
        ("mode", "text", "how: train, ship, ..."),
        ("traveller", "text", "who travelled"),
        ("status", "text", "status of the stop that it leads to"),
        ("warnings", "texts", "what makes the leg doubtful"),
        ("geometry", "geometry", "MultiLineString, cut at the antimeridian"),
    ),
    "mentions": (
        _DOCUMENT,
        ("name", "text", "the place as the text names it"),
        ("place", "text", "the usual name; empty when no gazetteer knows it"),
        ("place_id", "text", "id in its source"),
        ("country", "text", "ISO 3166-1 alpha-2"),
        *_POINT,
        ("why", "text", "why it is no stop, as one word"),
        ("reason", "text", "the same as a sentence"),
        ("score", "float", "probability that it was a stop after all"),
        *_SPAN,
    ),
    "dates": (
        _DOCUMENT,
        ("text", "text", "the words"),
        ("value", "text", "TIMEX3 value"),
        ("type", "text", "DATE, TIME, DURATION or SET"),
        ("earliest", "day", "first day meant, where the calendar knows it"),
        ("latest", "day", "last day meant"),
        *_SPAN,
    ),
    "errors": (
        _DOCUMENT,
        ("occurrence", "int", "1, or the how manieth document of that id it was"),
        ("kind", "text", "unreadable, unusable, duplicate id, time limit, worker lost or failed"),
        ("reason", "text", "what happened, as a sentence"),
    ),
    "documents": (
        _DOCUMENT,
        ("occurrence", "int", "1, or the how manieth document of that id it was"),
        ("status", "text", "read or failed"),
        ("title", "text", "headline of the text"),
        ("published", "day", "day of publication"),
        ("traveller", "text", "whose journey was read"),
        ("travellers", "texts", "everybody who travels in the text"),
        ("stops", "int", "number of stops"),
        ("countries", "int", "number of their countries"),
        ("km", "float", "length of the journey, kilometres"),
        ("days", "int", "days from first to last, both counted"),
        ("characters", "int", "length of the text"),
        ("seconds", "float", "what it took to read"),
    ),
}  # fmt: skip

_GEOMETRIES = {"stops": "Point", "legs": "MultiLineString"}


@cache
def schema(table: str) -> pa.Schema:
    """The Arrow schema of a table."""
    import pyarrow as pa

    types = {"text": pa.string(), "texts": pa.list_(pa.string()), "int": pa.int64(), "float": pa.float64(), "bool": pa.bool_(),
             "day": pa.date32(), "geometry": pa.binary()}  # fmt: skip
    fields = [pa.field(name, types[kind], metadata={"meaning": meaning}) for name, kind, meaning in TABLES[table]]
    return pa.schema(fields, metadata=_geo(_GEOMETRIES[table]) if table in _GEOMETRIES else None)


def _geo(kind: str) -> dict[str, str]:
    """What makes a Parquet file a GeoParquet one; without a `crs` it is longitude and latitude on WGS 84."""
    column = {"encoding": "WKB", "geometry_types": [kind]}
    return {"geo": json.dumps({"version": "1.1.0", "primary_column": "geometry", "columns": {"geometry": column}})}
