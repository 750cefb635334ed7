"""Trips made elsewhere, opened as itineraries: a project file, GeoJSON of any maker, GPX, CSV.

::

    bytes ─┬─ project ──────────────────────────────► Itinerary     nothing is lost
           ├─ own_geojson ──────────────────────────► Itinerary     the route is equal to the one written
           └─ table, gpx, points ─► Row… ─ making ──► Itinerary     a line of text per row proves its stop

`columns` knows the names that programs and people give to columns, `times` reads what stands in a cell, `checking` refuses.
What a file says is hostile input. A row that can't be used is told in the trip's notes by its line and the others are kept; a
file that holds no stop at all is refused in one sentence.
"""

from __future__ import annotations

from collections.abc import Callable
from pathlib import PurePath
from typing import TYPE_CHECKING

from itinerary.errors import InputError, UnknownFormat

if TYPE_CHECKING:
    from itinerary.importing.rows import LookUp
    from itinerary.model import Itinerary

__all__ = ["ENDINGS", "LARGEST_FILE", "can_open", "open_trip"]

# File endings that a trip is read from; what else there may be is a text, which is `reading`'s.
ENDINGS = (".itinerary.json", ".geojson", ".json", ".gpx", ".csv", ".tsv")
LARGEST_FILE = 50_000_000  # bytes: some hundred thousand stops, more than a map can show


def can_open(name: str) -> bool:
    """Whether the ending of a file's name is one that `open_trip` reads."""
    return PurePath(name).name.lower().endswith(ENDINGS)


def open_trip(data: bytes, name: str, *, look_up: LookUp | None = None) -> Itinerary:
    """The trip in a file, which `name` tells the kind of.

    `look_up` finds the place for a name in rows that give no coordinates: without it such rows are left out. Raises InputError,
    in one sentence, for what holds no trip; UnknownFormat for other endings.
    """
    if not can_open(name):
        raise UnknownFormat(f"{name!r} is no file of a trip; use one of {', '.join(ENDINGS)}.")
    if len(data) > LARGEST_FILE:
        raise InputError(f"{name!r} has more than {LARGEST_FILE // 1_000_000} MB; a file of stops is far smaller.")
    return _reader(name)(data, name, look_up)


def _reader(name: str) -> Callable[[bytes, str, LookUp | None], Itinerary]:
    from itinerary.importing import gpx, points, table

    if name.lower().endswith(".gpx"):
        return gpx.read
    return points.read if name.lower().endswith("json") else table.read
