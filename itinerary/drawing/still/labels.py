"""Where names go: beside their badges where there is room, else a little away on a thin line, else nowhere.

A pure function of boxes and points: no name touches another, a badge, or the edge, and few lie across a leg.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from math import cos, pi, sin
from typing import TYPE_CHECKING

import numpy as np

from itinerary.drawing.still.marks import Box

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from itinerary.drawing.still.marks import Line

    Boxes = NDArray[np.float64]  # n × 4: left, top, right, bottom

_GAP = 2.0  # points between a badge and its name
_AWAY = (9.0, 18.0, 30.0, 44.0)  # points between them with a line that leads there
_DIRECTIONS = 16
_LINE_COST = 1.4  # of covering one place along a leg
_LEADER_COST = 5.0  # of standing away from the badge
_MOST_COST = 16.0  # of a place that is still better than none


@dataclass(frozen=True, slots=True)
class Asked:
    """A badge and the size of the name that is to stand by it."""

    badge: Box
    width: float
    height: float


@dataclass(frozen=True, slots=True)
class Placed:
    """The box of a name, and the line that leads to it from its badge if it stands away."""

    box: Box
    leader: tuple[tuple[float, float], tuple[float, float]] | None = None


@dataclass(slots=True)
class _Taken:
    """What is in the way so far."""

    boxes: Boxes
    leaders: list[tuple[tuple[float, float], tuple[float, float]]]


def place_names(asked: Sequence[Asked], frame: Box, lines: Line, taken: Sequence[Box] = ()) -> list[Placed | None]:
    """A place for each name in the order asked, None where there is none. Those with the most neighbours choose first."""
    badges = [one.badge.grown(1.0) for one in asked]
    state = _Taken(_array([*badges, *taken]), [])
    found: list[Placed | None] = [None] * len(asked)
    centres = np.array([badge.centre for badge in badges]).reshape(-1, 2)
    crowd = [int(np.sum(np.all(np.abs(centres - centre) < 70, axis=1))) for centre in centres]
    for at in sorted(range(len(asked)), key=lambda i: (-crowd[i], i)):
        best = _best(asked[at], at, frame, lines, state)
        if best is not None:
            found[at] = best
            state.boxes = np.concatenate([state.boxes, _array([best.box])])
            if best.leader:
                state.leaders.append(best.leader)
    return found


def _best(one: Asked, own: int, frame: Box, lines: Line, state: _Taken) -> Placed | None:
    """The cheapest free place."""
    x, y = one.badge.centre
    near = lines[np.all(np.abs(lines - (x, y)) < 90 + one.width, axis=1)]
    best, least = None, _MOST_COST
    for cost, placed in _candidates(one):
        if cost >= least:
            continue
        if not frame.holds(placed.box) or _blocked(placed, own, state):
            continue
        cost += _LINE_COST * _covered(placed.box, near)
        if cost < least:
            best, least = placed, cost
    return best


def _candidates(one: Asked) -> Iterator[tuple[float, Placed]]:
    """Places around a badge with their cost, the usual ones first."""
    badge, width, height = one.badge, one.width, one.height
    x, y = badge.centre
    middle, centre = y - height / 2, x - width / 2
    right, left = badge.right + _GAP, badge.x - _GAP - width
    above, below = badge.y - 1 - height, badge.bottom + 1
    sides = [
        (0.0, right, middle), (0.6, left, middle), (1.0, centre, above), (1.0, centre, below), (1.4, right - _GAP, above + 1),
        (1.5, right - _GAP, below - 1), (1.7, left + _GAP, above + 1), (1.8, left + _GAP, below - 1),
    ]  # fmt: skip
    for cost, to_x, to_y in sides:
        yield cost, Placed(Box(to_x, to_y, width, height))
    for away in _AWAY:
        for turn in range(_DIRECTIONS):
            dx, dy = cos(2 * pi * turn / _DIRECTIONS), sin(2 * pi * turn / _DIRECTIONS)
            end = (x + dx * (badge.width / 2 + away), y + dy * (badge.height / 2 + away))
            box = Box(end[0] - width * (1 - dx) / 2, end[1] - height * (1 - dy) / 2, width, height)
            yield _LEADER_COST + away / 8, Placed(box, ((x, y), end))


def _blocked(placed: Placed, own: int, state: _Taken) -> bool:
    """Whether a place touches what is taken, or a line leads through it or it through others; the own badge is no hindrance."""
    box, boxes = placed.box, state.boxes
    hits = (box.x < boxes[:, 2]) & (boxes[:, 0] < box.right) & (box.y < boxes[:, 3]) & (boxes[:, 1] < box.bottom)
    hits[own] &= placed.leader is not None
    if hits.any():
        return True
    if any(bool(crossed(leader, _array([box.grown(1)]))[0]) for leader in state.leaders):
        return True
    if placed.leader is None:
        return False
    others = crossed(placed.leader, boxes)
    others[own] = False
    return bool(others.any()) or any(_cross(placed.leader, leader) for leader in state.leaders)


def crossed(line: tuple[tuple[float, float], tuple[float, float]], boxes: Boxes) -> NDArray[np.bool_]:
    """Which boxes a straight line goes through (the slab test)."""
    (ax, ay), (bx, by) = line
    dx, dy = (bx - ax) or 1e-9, (by - ay) or 1e-9
    tx = np.sort((boxes[:, [0, 2]] - ax) / dx, axis=1)
    ty = np.sort((boxes[:, [1, 3]] - ay) / dy, axis=1)
    enter, leave = np.maximum(tx[:, 0], ty[:, 0]), np.minimum(tx[:, 1], ty[:, 1])
    through: NDArray[np.bool_] = (enter < leave) & (leave > 0) & (enter < 1)
    return through


def _cross(a: tuple[tuple[float, float], tuple[float, float]], b: tuple[tuple[float, float], tuple[float, float]]) -> bool:
    """Whether two straight lines cross."""

    def side(p: tuple[float, float], q: tuple[float, float], r: tuple[float, float]) -> float:
        return (q[0] - p[0]) * (r[1] - p[1]) - (q[1] - p[1]) * (r[0] - p[0])

    return side(*a, b[0]) * side(*a, b[1]) < 0 and side(*b, a[0]) * side(*b, a[1]) < 0


def _covered(box: Box, points: Line) -> int:
    """How many places along legs a box covers."""
    x, y = points[:, 0], points[:, 1]
    return int(np.sum((x > box.x) & (x < box.right) & (y > box.y) & (y < box.bottom)))


def _array(boxes: Sequence[Box]) -> Boxes:
    return np.array([(box.x, box.y, box.right, box.bottom) for box in boxes], dtype=float).reshape(-1, 4)


def free(box: Box, taken: Sequence[Box], lines: Line) -> bool:
    """Whether a box touches nothing that is taken and covers no leg."""
    return not any(box.touches(other) for other in taken) and not _covered(box, lines)
