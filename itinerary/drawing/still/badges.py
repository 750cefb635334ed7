"""Badges: numbered pills at the stops, shared by stops that are too near to each other, pushed apart where they overlap."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from math import hypot

import numpy as np

from itinerary.drawing.still.colours import colours
from itinerary.drawing.still.fonts import Typesetter
from itinerary.drawing.still.marks import Box, Mark, Pen, Pill, Shape
from itinerary.drawing.still.stops import LONGEST_NAME, Stop, Style, name_of
from itinerary.model import Status

_NEAR = 0.95  # badges: stops nearer than this share one
_HIDDEN = 0.42  # of a badge that another may hide before they become one
_PUSHES = 40  # rounds of pushing badges apart


@dataclass(frozen=True, slots=True)
class Badge:
    """Stops that are too near to each other for badges of their own, or the same place."""

    stops: tuple[Stop, ...]
    box: Box
    text: str
    name: str
    anchor: tuple[float, float]  # the middle of its places; the badge may stand a little aside

    @property
    def status(self) -> Status:
        """The best that happened there: visited, then planned, then passed."""
        return next(s for s in (Status.VISITED, Status.PLANNED, Status.PASSED) if any(x.visit.status is s for x in self.stops))

    @property
    def doubtful(self) -> bool:
        """Whether all that is known of it is in doubt."""
        return all(stop.doubtful for stop in self.stops)


def badges_of(stops: Sequence[Stop], style: Style, setter: Typesetter) -> list[Badge]:
    """Badges in the order of their first stops; stops closer than a badge share one, and the rest make room for each other."""
    gathered: list[list[Stop]] = []
    for stop in stops:
        near = [group for group in gathered if _apart(group[0].at, stop.at) < style.badge * _NEAR]
        if near:
            min(near, key=lambda group, at=stop.at: _apart(group[0].at, at)).append(stop)  # type: ignore[misc]
        else:
            gathered.append([stop])
    badges = [_badge(tuple(group), style, setter) for group in gathered]
    while pair := _hidden(badges):
        first, second = badges[pair[0]], badges.pop(pair[1])
        both = sorted((*first.stops, *second.stops), key=lambda stop: stop.order)
        badges[pair[0]] = _badge(tuple(both), style, setter)
    return _with_room(badges, style.badge)


def _apart(a: tuple[float, float], b: tuple[float, float]) -> float:
    return hypot(a[0] - b[0], a[1] - b[1])


def _badge(stops: tuple[Stop, ...], style: Style, setter: Typesetter) -> Badge:
    places = list(dict.fromkeys(stop.at for stop in stops))
    x, y = (sum(values) / len(places) for values in zip(*places, strict=True))
    small = all(stop.visit.status is Status.PASSED for stop in stops)
    height = style.badge * (0.82 if small else 1.0)
    text = numbers([stop.order for stop in stops], style.numbers)
    width = max(height, setter.width(text, style.digits, "semibold") + 0.5 * height)
    return Badge(stops, Box(x - width / 2, y - height / 2, width, height), text, _name(stops, setter), (x, y))


def _hidden(badges: Sequence[Badge]) -> tuple[int, int] | None:
    """The pair of badges of which one hides most of the other, if it hides too much."""
    boxes = np.array([(b.box.x, b.box.y, b.box.right, b.box.bottom) for b in badges]).reshape(-1, 4)
    wide = np.minimum(boxes[:, None, 2], boxes[None, :, 2]) - np.maximum(boxes[:, None, 0], boxes[None, :, 0])
    high = np.minimum(boxes[:, None, 3], boxes[None, :, 3]) - np.maximum(boxes[:, None, 1], boxes[None, :, 1])
    area = (boxes[:, 2] - boxes[:, 0]) * (boxes[:, 3] - boxes[:, 1])
    share = np.triu(np.maximum(wide, 0) * np.maximum(high, 0) / np.minimum(area[:, None], area[None, :]), 1)
    if not share.size or share.max() < _HIDDEN:
        return None
    first, second = divmod(int(share.argmax()), len(badges))
    return first, second


def _with_room(badges: Sequence[Badge], most: float) -> list[Badge]:
    """The badges pushed apart where they overlap, none by more than `most`."""
    if not badges:
        return []
    home = np.array([badge.box.centre for badge in badges])
    half = np.array([(badge.box.width / 2, badge.box.height / 2) for badge in badges]) + 1.2
    order = np.arange(len(badges))
    earlier = np.sign(order[:, None] - order[None, :])[:, :, None]  # which way to go where two lie upon each other
    moved = home.copy()
    for _ in range(_PUSHES):
        away = moved[:, None, :] - moved[None, :, :]
        lap = half[:, None, :] + half[None, :, :] - np.abs(away)
        touching = np.all(lap > 0, axis=2) & (order[:, None] != order[None, :])
        if not touching.any():
            break
        shorter = lap == lap.min(axis=2, keepdims=True)
        push = lap * shorter * np.where(away == 0, earlier, np.sign(away))
        moved += 0.3 * np.sum(np.where(touching[:, :, None], push, 0.0), axis=1)
        far = np.maximum(1.0, np.hypot(*(moved - home).T) / most)
        moved = home + (moved - home) / far[:, None]
    return [_moved(badge, float(x), float(y)) for badge, (x, y) in zip(badges, moved, strict=True)]


def _moved(badge: Badge, x: float, y: float) -> Badge:
    width, height = badge.box.width, badge.box.height
    return replace(badge, box=Box(x - width / 2, y - height / 2, width, height))


def numbers(orders: Sequence[int], most: int = 3) -> str:
    """Numbers as short as can be, at most so many or runs of them.

    >>> numbers([3, 7]), numbers([3, 4, 5, 9]), numbers([1, 5, 9, 14, 20])
    ('3, 7', '3–5, 9', '1, 5, 9 +2')
    """
    runs: list[list[int]] = []
    for order in orders:
        if runs and order == runs[-1][-1] + 1:
            runs[-1].append(order)
        else:
            runs.append([order])
    told = [f"{run[0]}–{run[-1]}" if len(run) > 2 else ", ".join(map(str, run)) for run in runs]
    shown, rest = told[:most], sum(map(len, runs[most:]))
    return ", ".join(shown) + (f" +{rest}" if rest else "")


def _name(stops: Sequence[Stop], setter: Typesetter) -> str:
    names = list(dict.fromkeys(name_of(stop.visit, setter) for stop in stops))
    if len(names) == 2 and len(", ".join(names)) <= LONGEST_NAME:
        return ", ".join(names)
    return names[0] if len(names) == 1 else f"{names[0]} + {len(names) - 1} more"


def badge_marks(badges: Sequence[Badge], style: Style, setter: Typesetter) -> Iterator[Mark]:
    """The badges with their numbers, those that stand aside on a short line."""
    paint = colours()
    aside = [badge for badge in badges if _apart(badge.anchor, badge.box.centre) > 2]
    yield Shape(tuple(np.array([badge.anchor, badge.box.centre]) for badge in aside), pen=Pen(paint["accent"], style.line))
    for badge in badges:
        full = badge.status is Status.VISITED and not badge.doubtful
        colour = paint["warning" if badge.doubtful else "accent"]
        fill, ink = (colour, paint["on-accent"]) if full else (paint["paper"], colour)
        edge = Pen(colour, 1.0, (2.4, 1.5) if badge.status is Status.PLANNED else ())
        yield Pill(badge.box.grown(1.0), paint["paper"])
        yield Pill(badge.box if full else badge.box.grown(-0.5), fill, None if full else edge)
        size = style.digits * badge.box.height / style.badge
        x, y = badge.box.centre
        width = setter.width(badge.text, size, "semibold")
        yield setter.set(badge.text, (x - width / 2, y + 0.33 * size), size, ink, face="semibold")
