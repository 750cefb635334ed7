"""Make basemap_coast.json, the finer coasts that a map carries around its stops.

    npm pack world-atlas@2.0.2
    python data/build_basemap_coast.py world-atlas-2.0.2.tgz

Land of Natural Earth 1:10m (public domain), cut into tiles of two degrees; tiles that hold nothing but land or sea are left out.
The same source gives the same bytes.
"""

from __future__ import annotations

import json
import sys
import tarfile
from collections.abc import Callable, Iterator, Sequence
from itertools import pairwise
from math import ceil, floor
from pathlib import Path

from build_basemap import Line, Point, Topology, encoded, simplified

TILE = 2.0  # degrees
MARGIN = 0.1  # degrees (two pixels where tiles first show) that land reaches beyond its tile: its cut is never seen as a coast
STEP = 0.0018  # degrees between grid lines of the stored coordinates, as fine as the source's own
TOLERANCE = 0.0015  # degrees a line may be moved to drop a point
SOUTHERNMOST = -60.0  # degrees; nobody needs the coast of Antarctica to the kilometre


def main(arguments: Sequence[str]) -> int:
    if len(arguments) != 1:
        print(__doc__)
        return 2
    with tarfile.open(arguments[0]) as tar:
        file = tar.extractfile("package/land-10m.json")
        assert file is not None
        land = Topology(json.load(file))
    content = {"source": "Natural Earth 1:10m", "step": STEP, "tile": TILE, "tiles": tiles(land)}
    path = Path(__file__).with_name("basemap_coast.json")
    path.write_text(json.dumps(content, separators=(",", ":")) + "\n", encoding="utf-8")
    return 0


def tiles(land: Topology) -> dict[str, list[str]]:
    """Packed rings by "west,south" of their tile, from south to north and west to east."""
    found: dict[tuple[int, int], list[Line]] = {}
    for polygon in land.polygons("land"):
        for numbers in polygon:
            ring = simplified(land.ring(numbers), TOLERANCE)
            if max(y for _, y in ring) > SOUTHERNMOST and len(ring) > 3:
                for key, piece in _pieces(ring):
                    found.setdefault(key, []).append(piece)
    coasts = {key: pieces for key, pieces in found.items() if not all(_is_frame(piece, key) for piece in pieces)}
    order = sorted(coasts, key=lambda key: (key[1], key[0]))
    return {f"{west},{south}": [encoded(piece, STEP) for piece in coasts[west, south]] for west, south in order}


def _pieces(ring: Line) -> Iterator[tuple[tuple[int, int], Line]]:
    """The ring cut into tiles, each piece in longitudes near its tile's west, which lies in -180..180."""
    for column, strip in _cut(ring, 0):
        for row, piece in _cut(strip, 1):
            west, south = column * TILE, row * TILE
            if south >= SOUTHERNMOST:
                turn = 360 * floor((west + 180) / 360)
                yield (int(west - turn), int(south)), [(x - turn, y) for x, y in piece]


def _cut(ring: Line, axis: int) -> Iterator[tuple[int, Line]]:
    """The parts of a ring in each band of an axis (0 longitude, 1 latitude), with a margin."""
    values = [point[axis] for point in ring]
    for band in range(floor(min(values) / TILE), ceil(max(values) / TILE)):
        low, high = band * TILE - MARGIN, (band + 1) * TILE + MARGIN
        part = _clipped(_clipped(ring, axis, lambda v, low=low: v - low), axis, lambda v, high=high: high - v)
        if len(part) > 3:
            yield band, part


def _clipped(ring: Line, axis: int, inside: Callable[[float], float]) -> Line:
    """Sutherland and Hodgman's: the ring without what lies where `inside` is negative."""
    out: Line = []
    for a, b in pairwise([*ring, ring[0]] if ring else []):
        da, db = inside(a[axis]), inside(b[axis])
        if (da < 0) != (db < 0):
            share = da / (da - db)
            out.append((a[0] + share * (b[0] - a[0]), a[1] + share * (b[1] - a[1])))
        if db >= 0:
            out.append(b)
    return out


def _is_frame(piece: Line, corner: Point) -> bool:
    """Whether the piece is nothing but the frame of its tile."""
    return all(_on_frame(point, corner) for point in piece)


def _on_frame(point: Point, corner: Point) -> bool:
    gaps = (min(abs(v - c + MARGIN), abs(v - c - TILE - MARGIN)) for v, c in zip(point, corner, strict=True))
    return min(gaps) < 1e-6


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
