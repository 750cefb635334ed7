"""Rings and lines of the Earth on the sheet, whatever the projection does to them: cut, turned inside out, or come in again."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from typing import TYPE_CHECKING

import numpy as np

from itinerary.drawing.still.cutting import densified, lines_in, ring_in, smoothed, thinned
from itinerary.drawing.still.marks import Box
from itinerary.drawing.still.projections import Azimuthal, degrees_of, unit_vectors

if TYPE_CHECKING:
    from itinerary.drawing.still.marks import Line
    from itinerary.drawing.still.view import View

FRAME_ROOM = 6.0  # points beyond the frame that are drawn, so that no edge of a cut shows

_FINEST = 0.4  # points: what lies nearer than this is one point
_SMALLEST = 0.8  # points: smaller islands and lakes are left out
_WIDE_TURN = 0.2  # radians around the horizon from which a chord would cut into the map


def rings_on(view: View, rings: Iterable[Line], *, smooth: bool = False) -> tuple[Line, ...]:
    """Rings of longitude and latitude as far as the view shows them. Their cuts lie outside the frame."""
    frame = view.box.grown(FRAME_ROOM)
    placed = _azimuthal(view, view.projection, rings) if isinstance(view.projection, Azimuthal) else _world(view, rings)
    some = (thinned(smoothed(ring, closed=True) if smooth else ring, _FINEST) for ring in placed)
    return tuple(kept for ring in some if len(kept := ring_in(ring, frame)) > 2)


def lines_on(view: View, lines: Iterable[Line], *, smooth: bool = False) -> tuple[Line, ...]:
    """Lines of longitude and latitude as far as the view shows them."""
    lines, frame = list(lines), view.box.grown(FRAME_ROOM)
    placed = (part for shift in view.shifts for one in _placed(view, lines, shift) for part in _this_side(view, one))
    placed = (part for part in placed if meets(part, view.box))
    some = (thinned(smoothed(line, closed=False) if smooth else line, _FINEST) for line in placed)
    return tuple(part for line in some for part in lines_in(line, frame))


def goes_around(ring: Line) -> bool:
    """Whether a ring goes round a pole, as Antarctica does."""
    return bool(abs(ring[-1, 0] - ring[0, 0]) > 180)


def meets(placed: Line, box: Box) -> bool:
    """Whether a line comes near the box and is large enough to be seen."""
    (left, top), (right, bottom) = placed.min(axis=0), placed.max(axis=0)
    near = left < box.right and right > box.x and top < box.bottom and bottom > box.y
    return bool(near and max(right - left, bottom - top) >= _SMALLEST)


def _placed(view: View, lines: Sequence[Line], shift: float = 0.0) -> list[Line]:
    """Each line on the sheet; all are projected at once, which is faster by far."""
    if not lines:
        return []
    every = np.concatenate(lines)
    return np.split(view.place(every[:, 1], every[:, 0] + shift), np.cumsum([len(line) for line in lines])[:-1])


def _this_side(view: View, placed: Line) -> Iterator[Line]:
    """The stretches of a line that are nearer than what an azimuthal map draws at its utmost distance."""
    if not isinstance(view.projection, Azimuthal):
        yield placed
        return
    near = np.hypot(placed[:, 0] - view.origin[0], placed[:, 1] - view.origin[1]) < _far(view, view.projection)
    edges = np.flatnonzero(np.diff(np.concatenate([[False], near, [False]]).astype(np.int8)))
    yield from (placed[start:end] for start, end in zip(edges[::2], edges[1::2], strict=True) if end - start > 1)


def _far(view: View, projection: Azimuthal) -> float:
    """Points from the middle to what is drawn at the utmost distance, nearly."""
    return float(2 * np.sin(np.radians(projection.reach) / 2)) * view.scale * 0.98


def _world(view: View, rings: Iterable[Line]) -> Iterator[Line]:
    """Rings on a map of the world, once more where they leave it on one side."""
    closed = [_with_foot(ring) if goes_around(ring) else ring for ring in rings]
    return (ring for shift in view.shifts for ring in _placed(view, closed, shift) if meets(ring, view.box))


def _azimuthal(view: View, projection: Azimuthal, rings: Iterable[Line]) -> Iterator[Line]:
    """Rings on an azimuthal map. One around the point opposite the middle is inside out: it is drawn as a hole in everything."""
    rings = list(rings)
    lat, lon = degrees_of(-unit_vectors(np.array([projection.latitude]), np.array([projection.longitude])))
    for ring, placed in zip(rings, _placed(view, rings), strict=True):
        inside_out = _holds(_with_foot(ring) if goes_around(ring) else ring, float(lat[0]), float(lon[0]))
        if inside_out:
            yield _far_around(view)
        if inside_out or meets(placed, view.box):
            yield _bent(view, projection, np.concatenate([placed, placed[:1]]))


def _with_foot(ring: Line) -> Line:
    """A ring around the South Pole closed by way of the pole."""
    return np.concatenate([ring, [[ring[-1, 0], -90.0], [ring[0, 0], -90.0]]])


def _holds(ring: Line, latitude: float, longitude: float) -> bool:
    """Whether a point lies in a ring of longitude and latitude, by the crossings of a line to the east."""
    if not ring[:, 1].min() <= latitude <= ring[:, 1].max():
        return False
    a, b = ring, np.roll(ring, -1, axis=0)
    across = np.flatnonzero((a[:, 1] > latitude) != (b[:, 1] > latitude))
    a, b = a[across], b[across]
    met = a[:, 0] + (latitude - a[:, 1]) / (b[:, 1] - a[:, 1]) * (b[:, 0] - a[:, 0])
    return any(bool(np.sum(met > longitude + turn) % 2) for turn in (-360, 0, 360))


def _bent(view: View, projection: Azimuthal, placed: Line) -> Line:
    """With points put in where a piece goes far around the horizon, as its chord would cut through the map."""
    x, y = placed[:, 0] - view.origin[0], placed[:, 1] - view.origin[1]
    far = _far(view, projection)
    radius = np.hypot(x, y)
    if radius.max() < far:
        return placed
    angle = np.unwrap(np.arctan2(y, x))
    if not np.any((np.abs(np.diff(angle)) > _WIDE_TURN) & (radius[1:] > far) & (radius[:-1] > far)):
        return placed
    polar = densified(np.column_stack([angle, radius / far]), _WIDE_TURN / 2)
    distance = polar[:, 1] * far
    return np.column_stack([view.origin[0] + distance * np.cos(polar[:, 0]), view.origin[1] + distance * np.sin(polar[:, 0])])


def _far_around(view: View) -> Line:
    """A frame beyond everything."""
    far = view.scale * 4
    return Box(view.origin[0] - far, view.origin[1] - far, 2 * far, 2 * far).outline()
