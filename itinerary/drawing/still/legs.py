"""Legs on the sheet: their lines, their arrows, and where names had better not stand."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import pairwise
from math import atan2, cos, hypot, sin
from typing import TYPE_CHECKING

import numpy as np

from itinerary.drawing.still.badges import Badge
from itinerary.drawing.still.colours import colours
from itinerary.drawing.still.cutting import in_outline, lines_in
from itinerary.drawing.still.marks import Box, Mark, Pen, Shape
from itinerary.drawing.still.projections import Azimuthal
from itinerary.drawing.still.stops import Style, turns
from itinerary.drawing.still.view import View
from itinerary.model import Itinerary, Leg, Status

if TYPE_CHECKING:
    from itinerary.drawing.still.marks import Line
    from itinerary.drawing.still.projections import Array

_LINE_ROOM = 7.0  # points between the places along a leg that names stay away from
_ARROW_AT = 0.46  # of the way: the arrows of there and back then stand apart
_MOST_ARROWS = 200  # legs: the arrows of more would hide them
_SHORTEST_ARROW = 20.0  # points of a leg, without the badges at its ends, that has room for an arrow


@dataclass(frozen=True, slots=True, eq=False)
class DrawnLeg:
    """A leg and its lines on the sheet."""

    leg: Leg
    lines: tuple[Line, ...]

    @property
    def planned(self) -> bool:
        """Whether it has not been travelled yet."""
        return self.leg.destination.status is Status.PLANNED

    @property
    def doubtful(self) -> bool:
        """Whether something speaks against it, or the text leaves open where its end belongs."""
        return bool(self.leg.warnings) or not self.leg.destination.order_told


def drawn_legs(trip: Itinerary, legs: Sequence[Array], view: View) -> list[DrawnLeg]:
    """The legs on the sheet; on a world map one may come in two pieces, one at either edge."""
    found = []
    for leg, line in zip(trip.legs, legs, strict=True):
        pieces = [_visible(view, line + np.array([turn, 0.0])) for turn in turns(view, line)]
        placed = [view.place(piece[:, 1], piece[:, 0]) for piece in pieces]
        found.append(DrawnLeg(leg, tuple(part for one in placed for part in lines_in(one, view.box.grown(20)))))
    return found


def _visible(view: View, line: Array) -> Array:
    """The stretch of a line within the edges of a world map, and a point beyond either end."""
    if isinstance(view.projection, Azimuthal):
        return line
    seen = np.flatnonzero(np.abs(line[:, 0] - view.projection.longitude) <= 180)
    return line[max(0, seen[0] - 1) : seen[-1] + 2] if len(seen) else line[:0]


def leg_pen(style: Style, *, planned: bool, doubtful: bool) -> Pen:
    """Solid for what was travelled, dashed for what is planned, dotted in the colour of warnings for what is doubtful."""
    width = style.line
    dash = (1.1 * width, 2.2 * width) if doubtful else (4 * width, 2.6 * width) if planned else ()
    return Pen(colours()["warning" if doubtful else "accent"], width, dash)


def leg_marks(legs: Sequence[DrawnLeg], style: Style) -> Iterator[Mark]:
    """The lines of all legs, on a pale ground that lifts them from the base map."""
    for leg in legs:
        yield Shape(leg.lines, pen=Pen(colours()["land"], style.line + 1.8, opacity=0.75))
    for leg in legs:
        yield Shape(leg.lines, pen=leg_pen(style, planned=leg.planned, doubtful=leg.doubtful))


def arrow_marks(legs: Sequence[DrawnLeg], badges: Sequence[Badge], style: Style, outline: Line) -> Iterator[Mark]:
    """An arrow on each leg that is long enough for one; none where there are very many legs."""
    if len(legs) > _MOST_ARROWS:
        return
    boxes = [badge.box.grown(1) for badge in badges]
    for leg in legs:
        line = max(leg.lines, key=_length, default=None)
        if line is None or _length(line) < _SHORTEST_ARROW + style.badge:
            continue
        shape = _arrow(line, style, boxes, outline)
        if shape is not None:
            colour = colours()["warning" if leg.doubtful else "accent"]
            fill = colours()["paper"] if leg.planned else colour
            edge = Pen(colour, 0.9) if leg.planned else Pen(colours()["land"], 0.8)
            yield Shape((shape,), fill=fill, pen=edge, closed=True)


def _arrow(line: Line, style: Style, boxes: Sequence[Box], outline: Line) -> Line | None:
    """The head of an arrow around the first free place near the middle of a line; None when badges hide it all."""
    size = 2.0 + 1.9 * style.line
    for share in (_ARROW_AT, 0.56, 0.36, 0.66, 0.26):
        x, y, angle = along(line, share)
        box = Box(x - size, y - size, 2 * size, 2 * size)
        if in_outline(outline, box) and not any(box.touches(other) for other in boxes):
            turn = np.array([[cos(angle), sin(angle)], [-sin(angle), cos(angle)]])
            head = np.array([[-0.8, -0.85], [1.05, 0.0], [-0.8, 0.85], [-0.4, 0.0]]) * size
            turned: Line = head @ turn + np.array([x, y])
            return turned
    return None


def along(line: Line, share: float) -> tuple[float, float, float]:
    """The point `share` of the way along a line, and the direction there in radians."""
    lengths = np.hypot(*np.diff(line, axis=0).T)
    ends = np.cumsum(lengths)
    at = min(int(np.searchsorted(ends, share * ends[-1])), len(lengths) - 1)
    part = (share * ends[-1] - (ends[at] - lengths[at])) / max(lengths[at], 1e-9)
    (ax, ay), (bx, by) = line[at], line[at + 1]
    return float(ax + part * (bx - ax)), float(ay + part * (by - ay)), atan2(by - ay, bx - ax)


def _length(line: Line) -> float:
    return float(np.hypot(*np.diff(line, axis=0).T).sum())


def line_points(legs: Sequence[DrawnLeg]) -> Line:
    """Places along all legs that names had better not cover."""
    found = [np.zeros((0, 2))]
    for line in (line for leg in legs for line in leg.lines):
        for a, b in pairwise(line):
            count = max(1, int(hypot(*(b - a)) / _LINE_ROOM))
            found.append(a + (b - a) * (np.arange(count)[:, None] / count))
    return np.concatenate(found)
