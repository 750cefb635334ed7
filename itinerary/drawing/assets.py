"""The files that a map carries: Leaflet, our scripts and styles, the base map, and the towns around a route."""

from __future__ import annotations

import base64
import csv
import json
import re
from collections.abc import Iterable, Iterator, Sequence
from functools import cache
from importlib.resources import files
from math import cos, radians
from pathlib import Path
from typing import Any

DATA = Path(__file__).resolve().parents[2] / "data"

_WORLD_TOWNS = 250  # largest towns of the world: enough names for any map of a continent
_NEAR_TOWNS = 250  # largest towns within the frame of the route
_TOWNS_A_STOP = 8  # largest towns around each stop
_AROUND_KM = 60.0
_FRAME_OF_ONE = 8.0  # degrees around a single stop that its map shows
_STOPS_WITH_TOWNS = 60  # a longer route shows enough names of its own

Town = tuple[str, float, float]  # name, latitude, longitude; largest first wherever several stand together


@cache
def script(name: str) -> str:
    """One of our own scripts or style sheets."""
    return (files("itinerary.drawing") / "static" / name).read_text(encoding="utf-8")


@cache
def leaflet(name: str) -> str:
    """leaflet.js or leaflet.css without the references to other files that they make."""
    text = (files("js_lib_leaflet") / "static" / "js_lib_leaflet" / name).read_text(encoding="utf-8").replace("\r", "")
    text = re.sub(r"//# sourceMappingURL=.*", "", text)
    return re.sub(r"(?:behavior|background-image): url\([^)]*\);", "", text) if name.endswith(".css") else text


@cache
def base_map() -> str:
    """A script that hands the base map to ours."""
    return f"window.itineraryBaseMap={in_script(json.loads((DATA / 'basemap.json').read_text(encoding='utf-8')))};"


def in_script(data: Any) -> str:
    """JSON that is safe inside a script element of a page: no letter of it can end the element or start another.

    Nor can it start an expression of a template: branca takes every finished script for a Jinja template once more, and would run
    what a text says between double braces, in Python.
    """
    text = json.dumps(data, ensure_ascii=True, separators=(",", ":"), allow_nan=False)
    text = text.replace("<", "\\u003c").replace(">", "\\u003e").replace("&", "\\u0026")
    return re.sub(r"\{(?=[{%#])", r"\\u007b", text)


def data_uri(media_type: str, text: str) -> str:
    """The text as an address that holds it whole."""
    return f"data:{media_type};base64,{base64.b64encode(text.encode()).decode('ascii')}"


@cache
def towns() -> tuple[Town, ...]:
    """All towns of 15,000 people or more, largest first."""
    with (DATA / "basemap_towns.csv").open(encoding="utf-8", newline="") as file:
        return tuple((row["name"], float(row["latitude"]), float(row["longitude"])) for row in csv.DictReader(file))


def towns_near(stops: Sequence[tuple[float, float]]) -> list[Town]:
    """The towns worth a name on the map of a route: the world's largest, those in its frame, and those around each stop."""
    found: dict[Town, None] = dict.fromkeys(towns()[:_WORLD_TOWNS])
    if stops:
        found.update(dict.fromkeys(_first(_NEAR_TOWNS, _in_frame(stops))))
    for stop in stops[:_STOPS_WITH_TOWNS]:
        found.update(dict.fromkeys(_first(_TOWNS_A_STOP, _around(stop))))
    return [town for town in towns() if town in found]


def _first(number: int, towns: Iterable[Town]) -> list[Town]:
    return [town for _, town in zip(range(number), towns, strict=False)]


def _in_frame(stops: Sequence[tuple[float, float]]) -> Iterator[Town]:
    lats, lons = [lat for lat, _ in stops], [lon for _, lon in stops]
    size = max(max(lats) - min(lats), max(lons) - min(lons))
    pad = 1 + 0.25 * size if size else _FRAME_OF_ONE
    west, width = min(lons) - pad, max(lons) - min(lons) + 2 * pad
    return (t for t in towns() if min(lats) - pad <= t[1] <= max(lats) + pad and (t[2] - west) % 360 <= width)


def _around(stop: tuple[float, float]) -> Iterator[Town]:
    lat, lon = stop
    reach = _AROUND_KM / 111.2  # km a degree of latitude
    wide = reach / max(0.1, cos(radians(lat)))
    return (t for t in towns() if abs(t[1] - lat) <= reach and abs((t[2] - lon + 180) % 360 - 180) <= wide)
