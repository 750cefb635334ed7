"""The quiet names of the base map: countries, waters, towns. The great come first; a name that would touch another stays away."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from math import hypot
from typing import TYPE_CHECKING

import numpy as np

from itinerary.drawing.still.colours import colours
from itinerary.drawing.still.cutting import in_outline
from itinerary.drawing.still.fonts import Typesetter
from itinerary.drawing.still.labels import free
from itinerary.drawing.still.marks import Box, Mark, Pill, Words
from itinerary.drawing.still.terrain import zoom_of
from itinerary.drawing.still.unpacking import Name, base_map, towns
from itinerary.drawing.still.view import View

if TYPE_CHECKING:
    from itinerary.drawing.still.marks import Line

# The zoom from which names of each rank show: a little later than on the interactive map, as nobody can move a still one.
_COUNTRY_ZOOM = (1.2, 2.6, 3.4, 4.2, 5.2, 6.5)
_WATER_ZOOM = (0.8, 2.5, 3.2, 4.4, 5.2)
_TOWN_ZOOM = 3.9
_MOST_TOWNS = 28
_TRIED_TOWNS = 400  # the largest towns in the frame
_SAME_NAME = 260.0  # points between two places of one name (an ocean has several)


@dataclass(frozen=True, slots=True)
class Ground:
    """What names have to keep clear of, and what is named already."""

    view: View
    setter: Typesetter
    size: float
    taken: Sequence[Box]
    lines: Line
    named: frozenset[str]


def base_names(ground: Ground) -> Iterator[Mark]:
    """Names of the base map with the dots of towns."""
    zoom, paint, taken = zoom_of(ground.view), colours(), list(ground.taken)
    countries = [name for name in base_map().countries if zoom >= _COUNTRY_ZOOM[min(name.rank, 5)]]
    waters = [name for name in base_map().waters if zoom >= _WATER_ZOOM[min(name.rank, 4)]]
    yield from _areas(ground, countries, taken, (paint["country-name"], paint["land"], "semibold"))
    yield from _areas(ground, waters, taken, (paint["water-name"], paint["sea"], "italic"))
    if zoom >= _TOWN_ZOOM:
        yield from _towns(ground, taken)


def _areas(ground: Ground, names: Sequence[Name], taken: list[Box], look: tuple[str, str, str]) -> Iterator[Words]:
    colour, halo, face = look
    seen: list[tuple[str, float, float]] = []
    for name in names:
        x, y = ground.view.point(name.latitude, name.longitude)
        width = ground.setter.width(name.text, ground.size, face)
        box = Box(x - width / 2, y - 0.62 * ground.size, width, 1.24 * ground.size)
        again = any(other == name.text and hypot(x - ox, y - oy) < _SAME_NAME for other, ox, oy in seen)
        if again or name.text in ground.named or not _shown(box, ground, taken, 4.0):
            continue
        seen.append((name.text, x, y))
        taken.append(box)
        yield ground.setter.set(name.text, (box.x, y + 0.34 * ground.size), ground.size, colour, face=face, halo=halo)


def _towns(ground: Ground, taken: list[Box]) -> Iterator[Mark]:
    size, paint, shown = 0.88 * ground.size, colours(), 0
    for town, x, y in _in_frame(ground.view):
        width = ground.setter.width(town.text, size)
        box = Box(x - 2, y - 0.62 * size, width + 7, 1.24 * size)
        if town.text in ground.named or not _shown(box, ground, taken, 11.0):
            continue
        taken.append(box)
        yield Pill(Box(x - 1.2, y - 1.2, 2.4, 2.4), paint["town-name"])
        yield ground.setter.set(town.text, (x + 4, y + 0.34 * size), size, paint["town-name"], halo=paint["land"])
        shown += 1
        if shown == _MOST_TOWNS:
            return


def _in_frame(view: View) -> list[tuple[Name, float, float]]:
    """The largest towns in the frame with their points."""
    every = towns()
    longitudes = np.array([town.longitude for town in every])
    placed = view.place(np.array([town.latitude for town in every]), longitudes)
    box = view.box.grown(-4)
    inside = (placed[:, 0] > box.x) & (placed[:, 0] < box.right) & (placed[:, 1] > box.y) & (placed[:, 1] < box.bottom)
    return [(every[at], float(placed[at, 0]), float(placed[at, 1])) for at in np.flatnonzero(inside)[:_TRIED_TOWNS]]


def _shown(box: Box, ground: Ground, taken: Sequence[Box], room: float) -> bool:
    """Whether a name stands free and whole on the map."""
    if not ground.view.box.grown(-2).holds(box) or not free(box.grown(1), (), ground.lines):
        return False
    if any(box.grown(room).touches(other) for other in taken):
        return False
    if ground.view.framed:
        return True
    return in_outline(ground.view.outline, box)
