"""The map with what is on it, and its foot: scale, legend and attribution."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

import numpy as np

from itinerary.drawing.still.areas import area_marks, areas_of
from itinerary.drawing.still.badges import Badge, badge_marks, badges_of
from itinerary.drawing.still.colours import colours
from itinerary.drawing.still.fonts import Typesetter
from itinerary.drawing.still.labels import Asked, Placed, place_names
from itinerary.drawing.still.legend import legend, legend_marks, scale_bar
from itinerary.drawing.still.legs import arrow_marks, drawn_legs, leg_marks, line_points
from itinerary.drawing.still.locator import locator, locator_marks
from itinerary.drawing.still.marks import Box, Mark, Pen, Shape
from itinerary.drawing.still.names import Ground, base_names
from itinerary.drawing.still.sizes import ListAt, Size
from itinerary.drawing.still.stops import Style, name_of, stops_of, subject_of
from itinerary.drawing.still.terrain import terrain
from itinerary.drawing.still.view import Subject, View, view_of
from itinerary.model import Itinerary

if TYPE_CHECKING:
    from itinerary.drawing.still.marks import Line

ATTRIBUTION = "Base map: Natural Earth. Town names: GeoNames, CC BY 4.0. Legs are drawn as the shortest lines between stops."
LACKING = " … stands for letters that no font on this computer has."
FOOT = 4.5  # height of what stands below the map, in sizes of the text

_MOST_NAMES = 70  # stops: beyond, names would hide the map; the list has them
_ROOM = ((5.5, 0.14), (3.4, 0.12))  # beside and above the route for names: in sizes of the text, and most of the box


@dataclass(frozen=True, slots=True)
class Desk:
    """What all parts of a sheet share."""

    trip: Itinerary
    size: Size
    setter: Typesetter
    style: Style


@dataclass(frozen=True, slots=True, eq=False)
class MapPart:
    """The map: its marks, its view, its badges with their names, and the small map in its corner."""

    view: View
    marks: tuple[Mark, ...]
    badges: tuple[Badge, ...]
    names: tuple[Placed | None, ...]
    small: View | None

    @property
    def nameless(self) -> set[int]:
        """Numbers of the stops whose names are not on the map."""
        shown = zip(self.badges, self.names, strict=True)
        return {stop.order for badge, name in shown if name is None or " + " in badge.name for stop in badge.stops}


def map_part(desk: Desk, box: Box) -> MapPart:
    """The map with its foot in the box, less high where it is a disc or a world."""
    subject = subject_of(desk.trip)
    view = _view(desk, subject, Box(box.x, box.y, box.width, box.height - FOOT * desk.size.text))
    stops, legs = stops_of(desk.trip, view), drawn_legs(desk.trip, subject.legs, view)
    badges, areas = badges_of(stops, desk.style, desk.setter), areas_of(stops, view, desk.style)
    points = line_points(legs)
    small = locator(view, [badge.box for badge in badges], points)
    names = _names(desk, badges, view, points, [small.box.grown(3)] if small else [])
    taken = [*([small.box.grown(3)] if small else []), *(b.box for b in badges), *(name.box for name in names if name)]
    ground = Ground(view, desk.setter, 0.92 * desk.size.text, taken, points, frozenset(badge.name for badge in badges))
    entries = legend(stops, legs, desk.style, areas=bool(areas))
    marks = [
        *terrain(view), *base_names(ground), *area_marks(areas, view), *leg_marks(legs, desk.style),
        *arrow_marks(legs, badges, desk.style, view.outline), _border(view), *_leaders(names),
        *badge_marks(badges, desk.style, desk.setter), *_name_marks(desk, badges, names),
        *(locator_marks(small, view, desk.setter) if small else ()), *_foot(desk, view, entries),
    ]  # fmt: skip
    return MapPart(view, tuple(marks), tuple(badges), tuple(names), small)


def _view(desk: Desk, subject: Subject, box: Box) -> View:
    """The view; where it leaves much of the box empty and something follows below, the box is made less high."""
    (beside, most_beside), (above, most_above) = _ROOM
    text = desk.size.text
    room = min(beside * text, most_beside * box.width), min(above * text, most_above * box.height)
    view = view_of(subject, box, room)
    height = float(np.ptp(view.outline[:, 1]))
    if view.framed or desk.size.list_at is ListAt.SIDE or height > box.height - 1:
        return view
    return view_of(subject, replace(box, height=height), room)


def _foot(desk: Desk, view: View, entries: Sequence[tuple[str, list[Mark]]]) -> list[Mark]:
    """Scale, legend and attribution below the map."""
    text, setter, box = desk.size.text, desk.setter, view.box
    small, top = 0.9 * text, box.bottom + 0.2 * text
    bar, width = scale_bar(view, (box.x, top), small, setter)
    beside = Box(box.x + width + 2 * text, top + 0.4 * text, box.width - width - 2 * text, 2.6 * text)
    lacking = not all(setter.has(name_of(visit, setter)) for visit in desk.trip.visits)
    credit = setter.shortened(ATTRIBUTION + (LACKING if lacking else ""), box.width, 0.72 * text)
    line = setter.set(credit, (box.x, box.bottom + (FOOT - 0.25) * text), 0.72 * text, colours()["quiet"])
    return [*bar, *legend_marks(entries, beside, small, setter), line]


def _names(desk: Desk, badges: Sequence[Badge], view: View, points: Line, taken: Sequence[Box]) -> list[Placed | None]:
    """Places for the names of stops; on a map of very many stops there are none."""
    if len(desk.trip.visits) > _MOST_NAMES:
        return [None] * len(badges)
    size = _name_size(desk)
    asked = [Asked(badge.box, desk.setter.width(badge.name, size, "semibold") + 3, 1.3 * size) for badge in badges]
    return place_names(asked, view.box.grown(-3), points, taken)


def _name_size(desk: Desk) -> float:
    return desk.size.text * (1.05 if len(desk.trip.visits) <= 30 else 0.86)


def _leaders(names: Sequence[Placed | None]) -> list[Mark]:
    lines = tuple(np.array(name.leader) for name in names if name and name.leader)
    return [Shape(lines, pen=Pen(colours()["quiet"], 0.6), clip=None)] if lines else []


def _name_marks(desk: Desk, badges: Sequence[Badge], names: Sequence[Placed | None]) -> list[Mark]:
    size, paint = _name_size(desk), colours()
    return [
        desk.setter.set(
            badge.name, (name.box.x + 1.5, name.box.y + 0.98 * size), size, paint["ink"], face="semibold", halo=paint["land"]
        )
        for badge, name in zip(badges, names, strict=True)
        if name
    ]


def _border(view: View) -> Shape:
    ring = np.concatenate([view.outline, view.outline[:1]])
    return Shape((ring,), pen=Pen(colours()["line" if view.framed else "coast"], 0.8), clip=None)
