"""The base map under the route: sea, land, lakes, rivers and borders of what the view shows."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from math import floor, log2
from typing import TYPE_CHECKING

import numpy as np

from itinerary.drawing.still.colours import colours
from itinerary.drawing.still.cutting import densified, lines_in, ring_in
from itinerary.drawing.still.marks import Box, Pen, Shape
from itinerary.drawing.still.projections import Azimuthal
from itinerary.drawing.still.rings import goes_around, lines_on, meets, rings_on
from itinerary.drawing.still.unpacking import base_map, coast_tile, coast_tiles
from itinerary.drawing.still.view import View

if TYPE_CHECKING:
    from itinerary.drawing.still.marks import Line

_RIVER_ZOOMS = (2.6, 8.6)  # rivers and lakes are too many below, too coarse above
_COAST_ZOOM = 5.0  # fine coasts show from this zoom on
_SMOOTH_ZOOM = 3.5  # rivers and lakes are smoothed from this zoom on: their corners would be seen
_FINE_PIECE = 0.25  # degrees: the edge of a tile is a curve
_SEAM = 0.01  # degrees by which the sea of a tile laps over the next, and its land four times as far: so no seam shows
_EDGE = 0.003  # degrees: the antimeridian cuts land along the very edge of a tile, and that is no shore
_NETS = ((1.5, 30.0), (2.5, 20.0), (3.5, 10.0), (5.0, 5.0))  # zoom up to which meridians stand so many degrees apart


def zoom_of(view: View) -> float:
    """The zoom of a web map of the same scale: 0 shows the world on 256 points."""
    return log2(40_075 / 256 / view.km_a_point) - 0.5  # the half is for middle latitudes, which web maps show larger


def terrain(view: View) -> Iterator[Shape]:
    """The base map without its names, from the bottom up."""
    paint, zoom, base = colours(), zoom_of(view), base_map()
    yield Shape((view.outline,), fill=paint["sea"], closed=True)
    fine = _fine_corners(view) if zoom >= _COAST_ZOOM else []
    yield from _net(view, zoom)
    yield from _land(view, None if fine else Pen(paint["coast"], 0.6))
    for corner in fine:
        yield from _fine_tile(view, corner)
    smooth = zoom >= _SMOOTH_ZOOM
    if _RIVER_ZOOMS[0] <= zoom <= _RIVER_ZOOMS[1]:
        yield Shape(lines_on(view, base.rivers, smooth=smooth), pen=Pen(paint["river"], 0.9))
    if zoom <= _RIVER_ZOOMS[1]:
        shore = Pen(paint["coast"], 0.6)
        yield Shape(rings_on(view, base.lakes, smooth=smooth), fill=paint["water"], pen=shore, closed=True)
    yield Shape(lines_on(view, base.borders), pen=Pen(paint["border"], 0.7, (2.6, 1.8)))


def _land(view: View, shore: Pen | None) -> Iterator[Shape]:
    """The land; Antarctica apart, which is filled as far as the pole but has no shore there."""
    fill, land = colours()["land"], base_map().land
    polar = [ring for ring in land if goes_around(ring)]
    yield Shape(rings_on(view, polar), fill=fill, closed=True)
    yield Shape(rings_on(view, (ring for ring in land if not goes_around(ring))), fill=fill, pen=shore, closed=True)
    if shore:
        yield Shape(lines_on(view, polar), pen=shore)


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
    yield Shape(lines_on(view, lines), pen=Pen(colours()["river"], 0.5, opacity=0.7))


# --- fine coasts ------------------------------------------------------------------------------------------------------


def _closed(ring: Line) -> Line:
    return np.concatenate([ring, ring[:1]])


def _cut(rings: Iterable[Line], box: Box) -> Iterator[Line]:
    return (kept for ring in rings if len(kept := ring_in(ring, box)) > 2)


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
    return [corner for corner in corners if corner in tiles and _tilemeets(view, corner, size)]


def _tilemeets(view: View, corner: tuple[int, int], size: float) -> bool:
    frame = densified(_closed(Box(*corner, size, size).outline()), _FINE_PIECE)
    return meets(view.place(frame[:, 1], frame[:, 0]), view.box)


def _fine_tile(view: View, corner: tuple[int, int]) -> Iterator[Shape]:
    """Sea and then its own land in place of the coarse one."""
    paint, size = colours(), coast_tiles()[0]
    tile = Box(*corner, size, size)
    sea = rings_on(view, [densified(_closed(tile.grown(_SEAM).outline()), _FINE_PIECE)])
    land = (densified(_closed(ring), _FINE_PIECE) for ring in _cut(coast_tile(corner), tile.grown(4 * _SEAM)))
    inner = tile.grown(-_EDGE)
    shore = (densified(part, _FINE_PIECE) for ring in coast_tile(corner) for part in lines_in(_closed(ring), inner))
    yield Shape(sea, fill=paint["sea"], closed=True)
    yield Shape(rings_on(view, land), fill=paint["land"], closed=True)
    yield Shape(lines_on(view, shore), pen=Pen(paint["coast"], 0.6))
