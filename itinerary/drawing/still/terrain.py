"""The base map under the route: sea, land, lakes, rivers and borders of what the view shows."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence
from math import floor, log2
from typing import TYPE_CHECKING

import numpy as np

from itinerary.drawing.still.colours import colours
from itinerary.drawing.still.cutting import densified, lines_in, ring_in, smoothed, thinned
from itinerary.drawing.still.marks import Box, Pen, Shape
from itinerary.drawing.still.projections import Azimuthal, degrees_of, unit_vectors
from itinerary.drawing.still.unpacking import base_map, coast_tile, coast_tiles
from itinerary.drawing.still.view import View

if TYPE_CHECKING:
    from itinerary.drawing.still.marks import Line

_FINEST = 0.4  # points: what lies nearer than this is one point
_SMALLEST = 0.8  # points: smaller islands and lakes are left out
FRAME_ROOM = 6.0  # points beyond the frame that are drawn, so that no edge of a cut shows
_RIVER_ZOOMS = (2.6, 8.6)  # rivers and lakes are too many below, too coarse above
_COAST_ZOOM = 5.0  # fine coasts show from this zoom on
_SMOOTH_ZOOM = 3.5  # rivers and lakes are smoothed from this zoom on: their corners would be seen
_SEAM = 0.01  # degrees by which tiles of fine coast overlap, so that no seam shows
_NETS = ((1.5, 30.0), (2.5, 20.0), (3.5, 10.0), (5.0, 5.0))  # zoom up to which meridians stand so many degrees apart


def zoom_of(view: View) -> float:
    """The zoom of a web map of the same scale: 0 shows the world on 256 points."""
    return log2(40_075 / 256 / view.km_a_point) - 0.5  # the half is for middle latitudes, which web maps show larger


def terrain(view: View) -> Iterator[Shape]:
    """The base map without its names, from the bottom up."""
    paint, zoom = colours(), zoom_of(view)
    yield Shape((view.outline,), fill=paint["sea"], closed=True)
    fine = _fine_corners(view) if zoom >= _COAST_ZOOM else []
    yield from _net(view, zoom)
    yield from _areas(view, base_map().land, paint["land"], None if fine else paint["coast"])
    for corner in fine:
        yield from _fine_tile(view, corner)
    if _RIVER_ZOOMS[0] <= zoom <= _RIVER_ZOOMS[1]:
        yield _lines(view, _smooth(base_map().rivers, zoom, closed=False), Pen(paint["river"], 0.9))
    if zoom <= _RIVER_ZOOMS[1]:
        yield from _areas(view, _smooth(base_map().lakes, zoom, closed=True), paint["water"], paint["coast"])
    yield _lines(view, base_map().borders, Pen(paint["border"], 0.7, (2.6, 1.8)))


def _smooth(lines: Sequence[Line], zoom: float, *, closed: bool) -> Iterable[Line]:
    return (smoothed(line, closed=closed) for line in lines) if zoom >= _SMOOTH_ZOOM else lines


def _areas(view: View, rings: Iterable[Line], fill: str, coast: str | None) -> Iterator[Shape]:
    """Rings filled and, with a colour for it, their shore. Cuts lie outside the frame, so that they may be drawn as shores."""
    frame = view.box.grown(FRAME_ROOM)
    pen = Pen(coast, 0.6) if coast else None
    plain: list[Line] = []
    polar: list[Line] = []
    for ring in rings:
        (polar if _goes_around(ring) else plain).append(ring)
    for some, edge in ((polar, None), (plain, pen)):
        filled = rings_on(view, some)
        yield Shape(tuple(_kept(filled, lambda ring: ring_in(ring, frame))), fill=fill, pen=edge, closed=True)
    if pen and polar:
        yield _lines(view, polar, pen)


def _goes_around(ring: Line) -> bool:
    """Whether a ring goes round a pole, as Antarctica does."""
    return bool(abs(ring[-1, 0] - ring[0, 0]) > 180)


def _with_foot(ring: Line) -> Line:
    """A ring around the South Pole closed by way of the pole."""
    return np.concatenate([ring, [[ring[-1, 0], -90.0], [ring[0, 0], -90.0]]])


def rings_on(view: View, rings: Iterable[Line]) -> Iterator[Line]:
    """Rings of longitude and latitude on the sheet, those that the view shows."""
    return (placed for ring in rings for placed in _ring(view, ring))


def _ring(view: View, ring: Line) -> Iterator[Line]:
    """A ring on the sheet, as often as the view shows it."""
    closed = _with_foot(ring) if _goes_around(ring) else ring
    if isinstance(view.projection, Azimuthal):
        placed = view.place(ring[:, 1], ring[:, 0])
        inside_out = _holds_antipode(view.projection, closed)
        if inside_out:
            yield _far_around(view)
        if inside_out or _meets(placed, view.box):
            yield thinned(_bent(view, _closed(placed)), _FINEST)
        return
    for shift in view.shifts:
        placed = view.place(closed[:, 1], closed[:, 0] + shift)
        if _meets(placed, view.box):
            yield thinned(placed, _FINEST)


def _bent(view: View, placed: Line) -> Line:
    """With points put in where a piece goes far around the horizon, as its chord would cut through the map."""
    if not isinstance(view.projection, Azimuthal):
        return placed
    x, y = placed[:, 0] - view.origin[0], placed[:, 1] - view.origin[1]
    radius, angle = np.hypot(x, y), np.unwrap(np.arctan2(y, x))
    far = 2 * np.sin(np.radians(view.projection.reach) / 2) * view.scale * 0.98
    wide = (np.abs(np.diff(angle)) > 0.2) & (radius[1:] > far) & (radius[:-1] > far)
    if not wide.any():
        return placed
    polar = densified(np.column_stack([angle, np.minimum(radius / far, 2.0)]), 0.1)
    return np.column_stack([
        view.origin[0] + polar[:, 1] * far * np.cos(polar[:, 0]), view.origin[1] + polar[:, 1] * far * np.sin(polar[:, 0])
    ])  # fmt: skip


def _holds_antipode(projection: Azimuthal, ring: Line) -> bool:
    """Whether the point opposite the middle of the map lies in a ring, which is then drawn inside out."""
    lat, lon = degrees_of(-unit_vectors(np.array([projection.latitude]), np.array([projection.longitude])))
    return any(_inside(ring, float(lon[0]) + shift, float(lat[0])) for shift in (-360, 0, 360))


def _inside(ring: Line, x: float, y: float) -> bool:
    """Whether a point lies in a ring, by the crossings of a line to the east."""
    if not (ring[:, 0].min() <= x <= ring[:, 0].max() and ring[:, 1].min() <= y <= ring[:, 1].max()):
        return False
    a, b = ring, np.roll(ring, -1, axis=0)
    across = np.flatnonzero((a[:, 1] > y) != (b[:, 1] > y))
    a, b = a[across], b[across]
    met = a[:, 0] + (y - a[:, 1]) / (b[:, 1] - a[:, 1]) * (b[:, 0] - a[:, 0])
    return bool(np.sum(met > x) % 2)


def _far_around(view: View) -> Line:
    """A frame beyond everything."""
    far = view.scale * 4
    return Box(view.origin[0] - far, view.origin[1] - far, 2 * far, 2 * far).outline()


def _lines(view: View, lines: Iterable[Line], pen: Pen) -> Shape:
    """Lines on the sheet as far as the view shows them."""
    found, frame = [], view.box.grown(FRAME_ROOM)
    for line in lines:
        for shift in view.shifts:
            placed = view.place(line[:, 1], line[:, 0] + shift)
            if _meets(placed, view.box):
                found += lines_in(thinned(placed, _FINEST), frame)
    return Shape(tuple(found), pen=pen)


def _meets(placed: Line, box: Box) -> bool:
    """Whether a line comes near the box and is large enough to be seen."""
    (left, top), (right, bottom) = placed.min(axis=0), placed.max(axis=0)
    near = left < box.right and right > box.x and top < box.bottom and bottom > box.y
    return bool(near and max(right - left, bottom - top) >= _SMALLEST)


def _kept(rings: Iterable[Line], cut: Callable[[Line], Line]) -> Iterator[Line]:
    return (kept for ring in rings if len(kept := cut(ring)) > 2)


def _closed(ring: Line) -> Line:
    return np.concatenate([ring, ring[:1]])


# --- meridians and parallels ------------------------------------------------------------------------------------------


def _net(view: View, zoom: float) -> Iterator[Shape]:
    """Meridians and parallels in the sea, which show how a map of a large part of the Earth is bent."""
    apart = next((degrees for least, degrees in _NETS if zoom <= least), None)
    if apart is None:
        return
    fine = np.arange(-90 + apart / 2, 90.01 - apart / 2, 1.0)
    reach = np.concatenate([[-90 + apart], fine[(fine > -90 + apart) & (fine < 90 - apart)], [90 - apart]])
    round_the_world = np.arange(-180, 181, 2.0)
    lines = [np.column_stack([np.full(len(reach), lon), reach]) for lon in np.arange(-180, 180, apart)]
    lines += [np.column_stack([round_the_world, np.full(181, lat)]) for lat in np.arange(-90 + apart, 90, apart)]
    if isinstance(view.projection, Azimuthal):
        lines = [part for line in lines for part in _on_this_side(view.projection, line)]
    yield _lines(view, lines, Pen(colours()["river"], 0.5, opacity=0.7))


def _on_this_side(projection: Azimuthal, line: Line) -> Iterator[Line]:
    """The stretches of a line within the reach of a projection."""
    middle = unit_vectors(np.array([projection.latitude]), np.array([projection.longitude]))[0]
    near = unit_vectors(line[:, 1], line[:, 0]) @ middle > np.cos(np.radians(projection.reach - 2))
    edges = np.flatnonzero(np.diff(np.concatenate([[False], near, [False]]).astype(np.int8)))
    return (line[start:end] for start, end in zip(edges[::2], edges[1::2], strict=True) if end - start > 1)


# --- fine coasts ------------------------------------------------------------------------------------------------------


def _fine_corners(view: View) -> list[tuple[int, int]]:
    """The tiles of fine coast that the view may show."""
    size, tiles = coast_tiles()
    if not isinstance(view.projection, Azimuthal):
        return []
    reach = np.hypot(view.box.width, view.box.height) / 2 * view.km_a_point / 111.0 + size
    lat, lon = view.projection.latitude, view.projection.longitude
    wide = 179.0 if abs(lat) + reach > 88 else min(179.0, reach / np.cos(np.radians(abs(lat) + reach)))
    steps = int(size)
    rows = range(steps * floor((lat - reach) / size), int(lat + reach) + 1, steps)
    columns = range(steps * floor((lon - wide) / size), int(lon + wide) + 1, steps)
    corners = dict.fromkeys(((column + 180) % 360 - 180, row) for row in rows for column in columns)
    return [corner for corner in corners if corner in tiles and _tile_meets(view, corner, size)]


def _tile_meets(view: View, corner: tuple[int, int], size: float) -> bool:
    frame = densified(_closed(Box(*corner, size, size).outline()), 0.25)
    return _meets(view.place(frame[:, 1], frame[:, 0]), view.box)


def _fine_tile(view: View, corner: tuple[int, int]) -> Iterator[Shape]:
    """Sea and then its own land in place of the coarse one."""
    paint, size = colours(), coast_tiles()[0]
    tile = Box(*corner, size, size)
    frame, sheet = tile.grown(_SEAM), view.box.grown(FRAME_ROOM)
    land = list(_kept(coast_tile(corner), lambda ring: ring_in(ring, frame)))
    shore = [part for ring in coast_tile(corner) for part in lines_in(_closed(ring), tile)]

    def placed(line: Line) -> Line:
        line = densified(line, 0.25)
        return thinned(view.place(line[:, 1], line[:, 0]), _FINEST)

    sea = ring_in(placed(_closed(frame.outline())), sheet)
    yield Shape((sea,), fill=paint["sea"], closed=True)
    yield Shape(tuple(_kept(map(placed, map(_closed, land)), lambda ring: ring_in(ring, sheet))), fill=paint["land"], closed=True)
    yield Shape(tuple(part for line in shore for part in lines_in(placed(line), sheet)), pen=Pen(paint["coast"], 0.6))
