"""Stops in GeoJSON of any maker: its points in order. What this program wrote goes to those who can read all of it."""

from __future__ import annotations

import json
from collections.abc import Iterator
from pathlib import PurePath
from typing import Any

from itinerary.errors import InputError
from itinerary.importing import columns, making, own_geojson
from itinerary.importing.checking import Unfit, quoted
from itinerary.importing.rows import Harvest, LookUp, Row, harvested, title_of
from itinerary.model import Itinerary

_ORDERS = ("order", "position", "seq", "sequence", "stop", "nr", "number")  # properties that tell the order of points


def read(data: bytes, name: str, look_up: LookUp | None = None) -> Itinerary:
    """The trip of a JSON file, whoever made it. Raises InputError for JSON without points."""
    content = _parsed(data, name)
    if "format" in content:  # a project, whose reader says itself what is wrong with it
        from itinerary import project

        return project.load(data).trip
    if own_geojson.is_own(content):
        return own_geojson.read(content, name)
    harvest = Harvest(title=title_of(_words(content, "name"), _words(content, "title"), PurePath(name).stem))
    found = [*_features(content)]
    if not found:
        raise InputError(f"{name!r} holds no points; a stop is a feature with a geometry of type Point.")
    for number, (position, properties) in enumerate(_ordered(found), 1):
        where = f"point {number}"
        try:
            harvest.keep(_row(position, properties, where))
        except Unfit as why:
            harvest.refuse(where, why)
    return making.trip(harvested(harvest, name), look_up)


def _parsed(data: bytes, name: str) -> dict[str, Any]:
    try:
        content = json.loads(data.decode("utf-8-sig"), parse_constant=_refuse)
    except (ValueError, RecursionError) as error:
        why = "it is nested too deep" if isinstance(error, RecursionError) else error
        raise InputError(f"{name!r} is no JSON that can be read ({why}); export it again.") from error
    if not isinstance(content, dict):
        raise InputError(f"{name!r} is no GeoJSON: it holds {quoted(content)}, not an object.")
    return content


def _refuse(constant: str) -> None:
    raise ValueError(f"{constant} is no number")


def _words(content: dict[str, Any], key: str) -> str | None:
    value = content.get(key)
    return value if isinstance(value, str) else None


def _features(content: dict[str, Any]) -> Iterator[tuple[Any, dict[str, Any]]]:
    """Position and properties of every point, in the order of the file."""
    features = content.get("features") if content.get("type") == "FeatureCollection" else [content]
    for feature in features if isinstance(features, list) else []:
        if not isinstance(feature, dict):
            continue
        bare = feature.get("type") != "Feature"
        geometry, properties = (feature, {}) if bare else (feature.get("geometry"), feature.get("properties"))
        for position in _positions(geometry):
            yield position, properties if isinstance(properties, dict) else {}


def _positions(geometry: Any) -> list[Any]:
    if not isinstance(geometry, dict):
        return []
    coordinates = geometry.get("coordinates")
    if geometry.get("type") == "Point":
        return [coordinates]
    return coordinates if geometry.get("type") == "MultiPoint" and isinstance(coordinates, list) else []


def _ordered(found: list[tuple[Any, dict[str, Any]]]) -> list[tuple[Any, dict[str, Any]]]:
    """In the order that a property tells where every point has it, else as in the file."""
    for key in _ORDERS:
        if all(isinstance(properties.get(key), int | float) for _, properties in found):
            return sorted(found, key=lambda point: point[1][key])
    return found


def _row(position: Any, properties: dict[str, Any], where: str) -> Row:
    if not isinstance(position, list) or len(position) < 2 or not all(_is_number(value) for value in position[:2]):
        raise Unfit(f"{quoted(position)} is no position")
    at = columns.checked(float(position[1]), float(position[0]))
    cells = {key: str(value) for key, value in properties.items() if isinstance(value, str) or _is_number(value)}
    return columns.row_of(cells, columns.chosen(cells), where, at)


def _is_number(value: Any) -> bool:
    return isinstance(value, int | float) and not isinstance(value, bool) and abs(value) < 1e9
