"""The small map in a corner that tells where on Earth a small frame lies."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace
from math import cos, radians
from typing import TYPE_CHECKING

import numpy as np

from itinerary.drawing.still.colours import colours
from itinerary.drawing.still.fonts import Typesetter
from itinerary.drawing.still.marks import Box, Mark, Pen, Shape
from itinerary.drawing.still.projections import Azimuthal
from itinerary.drawing.still.terrain import terrain
from itinerary.drawing.still.unpacking import towns
from itinerary.drawing.still.view import View

if TYPE_CHECKING:
    from itinerary.drawing.still.marks import Line

_LOCATED_KM = 900.0  # a frame lower than this needs a small map
_DEGREES = 13.0  # from the middle of the small map to its edge
_TOWN_KM, _LEAST_REACH_KM = 60.0, 8.0  # height of a frame that gets the name of a town, and how far off that town may be
_GAP = 6.0  # points to the edges of the frame
_MOST_HIDDEN = 12  # places along legs that it may cover


def locator(view: View, badges: Sequence[Box], points: Line) -> View | None:
    """The small map where it hides least of the route; None when the frame is not small or no corner is free."""
    if not isinstance(view.projection, Azimuthal) or view.km_a_point * view.box.height > _LOCATED_KM:
        return None
    box, room = view.box, min(0.27 * view.box.height, 0.2 * view.box.width, 96.0)
    sides, heights = (box.right - room - _GAP, box.x + _GAP), (box.bottom - room - _GAP, box.y + _GAP)
    corners = [Box(x, y, room, room) for x in sides for y in heights]

    def hidden(corner: Box) -> int:
        covered = np.all((points > (corner.x, corner.y)) & (points < (corner.right, corner.bottom)), axis=1)
        return 50 * sum(badge.touches(corner.grown(4)) for badge in badges) + int(np.sum(covered))

    best = min(corners, key=hidden)
    return _around(view.projection, best) if hidden(best) < _MOST_HIDDEN else None


def _around(projection: Azimuthal, box: Box) -> View:
    """A round map of the lands around the middle of a projection."""
    around = Azimuthal(projection.latitude, projection.longitude, 60.0)
    disc = around.disc(_DEGREES)
    scale = box.width / 2 / float(disc[:, 0].max())
    return View(around, scale, box.centre, box, disc * scale * np.array([1, -1]) + np.array(box.centre), framed=False)


def locator_marks(small: View, view: View, setter: Typesetter) -> Iterator[Mark]:
    """The small map with the frame of the large one, and the name of the town there when the frame is no larger than a town."""
    paint = colours()
    ring = np.concatenate([small.outline, small.outline[:1]])
    yield Shape((ring,), fill=paint["paper"], pen=Pen(paint["paper"], 5.0), closed=True, clip=None)
    yield from (_fine(shape) for shape in terrain(small))
    yield Shape((ring,), pen=Pen(paint["coast"], 0.9), clip=None)
    width = max(3.2, view.box.width * view.km_a_point / small.km_a_point)
    height = max(3.2, view.box.height * view.km_a_point / small.km_a_point)
    x, y = small.box.centre
    frame, pen = Box(x - width / 2, y - height / 2, width, height), Pen(paint["accent"], 1.1)
    yield Shape((frame.outline(),), fill=paint["accent"], fill_opacity=0.35, pen=pen, closed=True, clip="locator")
    town, size = _town(view), 0.1 * small.box.width
    if town:
        name = setter.shortened(town, 0.9 * small.box.width, size, "semibold")
        start = (x - setter.width(name, size, "semibold") / 2, y - 0.6 * size)
        yield setter.set(name, start, size, paint["ink"], face="semibold", halo=paint["land"])


def _fine(shape: Shape) -> Shape:
    """A shape of the base map with lines fit for a small map."""
    pen = shape.pen and replace(shape.pen, width=0.6 * shape.pen.width, dash=tuple(0.6 * length for length in shape.pen.dash))
    return replace(shape, pen=pen, clip="locator")


def _town(view: View) -> str | None:
    """The largest town near the middle of a frame that is no larger than a town."""
    reach = view.box.height * view.km_a_point
    if reach > _TOWN_KM or not isinstance(view.projection, Azimuthal):
        return None
    lat, lon = view.projection.latitude, view.projection.longitude
    degrees = max(reach, _LEAST_REACH_KM) / 111.0
    wide = degrees / max(0.05, cos(radians(lat)))
    near = (t for t in towns() if abs(t.latitude - lat) < degrees and abs((t.longitude - lon + 180) % 360 - 180) < wide)
    return next((town.text for town in near), None)
