"""Cutting rings and lines to a frame, and leaving out points that nobody could see."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

if TYPE_CHECKING:
    from itinerary.drawing.still.marks import Box, Line


def ring_in(ring: Line, box: Box) -> Line:
    """The part of a ring inside the box, closed along its edges (Sutherland and Hodgman); empty when there is none."""
    for axis, bound, sign in ((0, box.x, 1), (0, box.right, -1), (1, box.y, 1), (1, box.bottom, -1)):
        ring = _half(ring, axis, bound, sign)
    return ring


def _half(ring: Line, axis: int, bound: float, sign: int) -> Line:
    """The part of a ring on one side of a line."""
    if not len(ring):
        return ring
    depth = sign * (ring[:, axis] - bound)
    inside = depth >= 0
    if inside.all():
        return ring
    following, deeper = np.roll(ring, -1, axis=0), np.roll(depth, -1)
    crossing = np.flatnonzero(inside != np.roll(inside, -1))
    share = (depth[crossing] / (depth[crossing] - deeper[crossing]))[:, None]
    met = ring[crossing] + share * (following[crossing] - ring[crossing])
    kept = np.flatnonzero(inside)
    order = np.argsort(np.concatenate([2 * kept, 2 * crossing + 1]), kind="stable")
    result: Line = np.concatenate([ring[kept], met])[order]
    return result


def lines_in(line: Line, box: Box) -> list[Line]:
    """The stretches of a line that come into the box, whole pieces kept at either end; none when it stays away."""
    if len(line) < 2:
        return []
    low, high = np.minimum(line[:-1], line[1:]), np.maximum(line[:-1], line[1:])
    seen = (high[:, 0] >= box.x) & (low[:, 0] <= box.right) & (high[:, 1] >= box.y) & (low[:, 1] <= box.bottom)
    if seen.all():
        return [line]
    edges = np.flatnonzero(np.diff(np.concatenate([[False], seen, [False]]).astype(np.int8)))
    return [line[start : end + 1] for start, end in zip(edges[::2], edges[1::2], strict=True)]


def in_outline(outline: Line, box: Box) -> bool:
    """Whether a box lies in a convex outline."""
    following = np.roll(outline, -1, axis=0) - outline
    to_point = box.outline()[:, None, :] - outline[None, :, :]
    turns = following[:, 0] * to_point[:, :, 1] - following[:, 1] * to_point[:, :, 0]
    return bool(np.all(turns >= -1e-9) or np.all(turns <= 1e-9))


def thinned(line: Line, least: float) -> Line:
    """The line without the points that lie nearer than `least` to the one before; both ends stay."""
    if len(line) < 3:
        return line
    grid = np.round(line / least)
    keep = np.any(grid[1:] != grid[:-1], axis=1)
    kept: Line = line[np.concatenate([[True], keep[:-1], [True]])]
    return kept


def smoothed(line: Line, *, closed: bool) -> Line:
    """The line with its corners cut twice (Chaikin), for what was simplified more coarsely than the map now shows it."""
    for _ in range(2):
        if len(line) < 3:
            return line
        a, b = (line, np.roll(line, -1, axis=0)) if closed else (line[:-1], line[1:])
        cut = np.stack([0.75 * a + 0.25 * b, 0.25 * a + 0.75 * b], axis=1).reshape(-1, 2)
        line = cut if closed else np.concatenate([line[:1], cut[1:-1], line[-1:]])
    return line


def densified(line: Line, longest: float) -> Line:
    """The line with points put in, so that no piece is longer than `longest` in either direction."""
    steps = np.maximum(1, np.ceil(np.abs(np.diff(line, axis=0)).max(axis=1, initial=0.0) / longest).astype(int))
    if len(line) < 2 or steps.max() == 1:
        return line
    positions = np.concatenate([[0.0], np.cumsum(np.repeat(1 / steps, steps))])
    index = np.arange(len(line), dtype=float)
    return np.column_stack([np.interp(positions, index, line[:, 0]), np.interp(positions, index, line[:, 1])])
