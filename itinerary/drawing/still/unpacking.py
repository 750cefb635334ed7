"""The base map out of its files, as arrays of longitude and latitude; data/basemap.README.md tells the format."""

from __future__ import annotations

import csv
import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING, Any

import numpy as np

from itinerary.drawing.still.cutting import densified

if TYPE_CHECKING:
    from itinerary.drawing.still.marks import Line

DATA = Path(__file__).resolve().parents[3] / "data"

_LETTERS = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_"
_LONGEST_PIECE = 1.0  # degrees: a straight border of many degrees is a curve on most maps


@dataclass(frozen=True, slots=True)
class Name:
    """A name of the base map; rank 0 is for a map of the world, 5 for one of a province."""

    text: str
    latitude: float
    longitude: float
    rank: int


@dataclass(frozen=True, slots=True, eq=False)
class BaseMap:
    """Lines of longitude and latitude in degrees, whose longitudes run on past ±180."""

    land: tuple[Line, ...]
    lakes: tuple[Line, ...]
    rivers: tuple[Line, ...]
    borders: tuple[Line, ...]
    countries: tuple[Name, ...]
    waters: tuple[Name, ...]


@cache
def base_map() -> BaseMap:
    """The coarse base map of the whole world."""
    packed = _packed()
    step = packed["step"]
    arcs = [unpacked(arc, step) for arc in packed["arcs"]]
    return BaseMap(
        land=tuple(_ring(numbers, arcs) for polygon in packed["land"] for numbers in polygon),
        lakes=tuple(unpacked(lake, step) for lake in packed["lakes"]),
        rivers=tuple(unpacked(river, step) for river in packed["rivers"]),
        borders=tuple(arcs[number] for number in packed["borders"]),
        countries=tuple(Name(name, lat, lon, rank) for name, lat, lon, rank in packed["countries"]),
        waters=tuple(Name(name, lat, lon, rank) for name, lat, lon, rank in packed["waters"]),
    )


@cache
def country_rings(code: str) -> tuple[Line, ...]:
    """The area of a country by its ISO 3166-1 alpha-2 code, () when the base map does not know it."""
    packed = _packed()
    areas = packed.get("areas", {}).get(code, ())
    needed = {number if number >= 0 else ~number for numbers in areas for number in numbers}
    arcs = {number: unpacked(packed["arcs"][number], packed["step"]) for number in needed}
    return tuple(_ring(numbers, arcs) for numbers in areas)


@cache
def _packed() -> dict[str, Any]:
    content: dict[str, Any] = json.loads((DATA / "basemap.json").read_text(encoding="utf-8"))
    return content


def coast_tiles() -> tuple[float, frozenset[tuple[int, int]]]:
    """The size of a tile of fine coast in degrees, and the western and southern edge of each."""
    return _coast()[:2]


@cache
def coast_tile(corner: tuple[int, int]) -> tuple[Line, ...]:
    """The land of one tile of fine coast."""
    _, _, step, rings = _coast()
    return tuple(unpacked(ring, step) for ring in rings[f"{corner[0]},{corner[1]}"])


@cache
def _coast() -> tuple[float, frozenset[tuple[int, int]], float, dict[str, list[str]]]:
    packed = json.loads((DATA / "basemap_coast.json").read_text(encoding="utf-8"))
    corners = (key.split(",") for key in packed["tiles"])
    return packed["tile"], frozenset((int(west), int(south)) for west, south in corners), packed["step"], packed["tiles"]


@cache
def towns() -> tuple[Name, ...]:
    """Towns of 15,000 people or more, largest first; the rank is their place in that order."""
    with (DATA / "basemap_towns.csv").open(encoding="utf-8", newline="") as file:
        rows = list(csv.DictReader(file))
    return tuple(Name(row["name"], float(row["latitude"]), float(row["longitude"]), at) for at, row in enumerate(rows))


def unpacked(letters: str, step: float) -> Line:
    """A packed line: differences in steps, zigzag coded, five bits a letter, the sixth set while a number goes on."""
    codes = np.frombuffer(letters.encode("ascii"), dtype=np.uint8)
    bits = _values()[codes]
    ends = np.flatnonzero(bits < 32)
    starts = np.concatenate([[0], ends[:-1] + 1])
    place = np.arange(len(bits)) - np.repeat(starts, ends - starts + 1)
    numbers = np.add.reduceat((bits & 31) << (5 * place), starts) if len(starts) else np.zeros(0, dtype=np.int64)
    signed = np.where(numbers & 1, -((numbers + 1) >> 1), numbers >> 1).reshape(-1, 2)
    return densified(np.cumsum(signed, axis=0) * step, _LONGEST_PIECE)


@cache
def _values() -> np.ndarray[tuple[int], np.dtype[np.int64]]:
    values = np.zeros(128, dtype=np.int64)
    for value, letter in enumerate(_LETTERS):
        values[ord(letter)] = value
    return values


def _ring(numbers: Sequence[int], arcs: Sequence[Line] | Mapping[int, Line]) -> Line:
    """Arcs put together, each shifted by whole turns to go on where the last one ended."""
    parts: list[Line] = []
    for number in numbers:
        arc = arcs[number] if number >= 0 else arcs[~number][::-1]
        turn = 360 * np.round((parts[-1][-1, 0] - arc[0, 0]) / 360) if parts else 0.0
        parts.append(arc[1 if parts else 0 :] + np.array([turn, 0.0]))
    return np.concatenate(parts)
