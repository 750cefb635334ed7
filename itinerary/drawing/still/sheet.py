"""The whole sheet: title, map, list of stops, legend and scale, put where the size of the sheet has room for them."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np

from itinerary.drawing.still import furniture
from itinerary.drawing.still.badges import Badge, badge_marks, badges_of
from itinerary.drawing.still.colours import colours
from itinerary.drawing.still.fonts import Typesetter
from itinerary.drawing.still.labels import Asked, Placed, place_names
from itinerary.drawing.still.legs import DrawnLeg, arrow_marks, drawn_legs, leg_marks, line_points
from itinerary.drawing.still.listing import Entry, Plan, entries_of, list_marks, plan, widest
from itinerary.drawing.still.marks import Box, Mark, Pen, Shape, Sheet
from itinerary.drawing.still.names import Ground, base_names
from itinerary.drawing.still.sizes import ListAt, Size
from itinerary.drawing.still.stops import Stop, Style, area_marks, areas_of, stops_of, subject_of
from itinerary.drawing.still.terrain import terrain
from itinerary.drawing.still.view import View, view_of
from itinerary.model import Itinerary

if TYPE_CHECKING:
    from itinerary.drawing.still.marks import Line

_LEAST_LIST, _LIST_SHARE = 0.16, 0.29  # of the width of a sheet whose list stands at the side
_MOST_BELOW = {ListAt.BELOW: 0.46, ListAt.REST: 0.3}  # of the height that the list may take
_FEW_STOPS = 60  # beyond, names on the map would hide it; the list has them


@dataclass(frozen=True, slots=True, eq=False)
class MapPart:
    """The map with what is on it."""

    view: View
    marks: list[Mark]
    stops: list[Stop]
    legs: list[DrawnLeg]
    badges: list[Badge]
    names: list[Placed | None]
    small: View | None
    has_areas: bool

    @property
    def nameless(self) -> set[int]:
        """Numbers of the stops whose names are not on the map."""
        shown = zip(self.badges, self.names, strict=True)
        return {stop.order for badge, name in shown if name is None or " + " in badge.name for stop in badge.stops}


@dataclass(frozen=True, slots=True)
class Desk:
    """What all parts of a sheet share."""

    trip: Itinerary
    size: Size
    setter: Typesetter
    style: Style


def sheet_of(trip: Itinerary, size: Size, *, any_letter: bool = False) -> Sheet:
    """The picture of a trip; an empty one gives the map of the world."""
    setter = Typesetter(any_letter=any_letter)
    desk = Desk(trip, size, setter, Style.of(len(trip.visits), size.text))
    whole = Box(0, 0, size.width, size.height).grown(-size.margin)
    head, used = furniture.header(trip, whole, size.text, setter)
    body = Box(whole.x, whole.y + used, whole.width, whole.height - used)
    part, listed = _body(desk, body)
    clips: dict[str, Line] = {"map": part.view.outline}
    if part.small:
        clips["locator"] = part.small.outline
    return Sheet(
        size.width, size.height, furniture.title_of(trip), furniture.subtitle_of(trip), clips,
        (*part.marks, *head, *listed), part.view.box,
        tuple(name.box for name in part.names if name), tuple(badge.box for badge in part.badges),
    )  # fmt: skip


def _body(desk: Desk, body: Box) -> tuple[MapPart, list[Mark]]:
    """The map with its foot, and the list."""
    entries = entries_of(desk.trip, desk.setter)
    text = desk.size.text
    if not entries or desk.size.list_at is ListAt.REST:
        return _with_rest(desk, body, entries)
    if desk.size.list_at is ListAt.SIDE:
        width = min(_LIST_SHARE * body.width, max(_LEAST_LIST * body.width, widest(entries, text, desk.setter)))
        room = Box(body.right - width, body.y, width, body.height)
        look = plan(len(entries), width, room.height, text)
        part = _map_and_foot(desk, Box(body.x, body.y, body.width - width - 1.6 * text, body.height))
        return part, list(list_marks(entries, room, look, desk.setter))
    look = plan(len(entries), body.width, _MOST_BELOW[ListAt.BELOW] * body.height, text)
    return _list_below(desk, body, entries, look)


def _with_rest(desk: Desk, body: Box, entries: Sequence[Entry]) -> tuple[MapPart, list[Mark]]:
    """The map alone if it holds all names, else with a list of those that are missing."""
    part = _map_and_foot(desk, body)
    missing = [entry for entry in entries if entry.order in part.nameless]
    if not missing:
        return part, []
    look = plan(len(missing), body.width, _MOST_BELOW[ListAt.REST] * body.height, 0.95 * desk.size.text)
    return _list_below(desk, body, missing, look)


def _list_below(desk: Desk, body: Box, entries: Sequence[Entry], look: Plan) -> tuple[MapPart, list[Mark]]:
    height = look.height + 1.2 * desk.size.text
    part = _map_and_foot(desk, Box(body.x, body.y, body.width, body.height - height))
    room = Box(body.x, body.bottom - look.height, body.width, look.height)
    return part, list(list_marks(entries, room, look, desk.setter))


def _map_and_foot(desk: Desk, body: Box) -> MapPart:
    """The map, and below it scale, legend and attribution."""
    text, setter = desk.size.text, desk.setter
    foot = Box(body.x, body.bottom - 4.3 * text, body.width, 4.3 * text)
    part = _map(desk, Box(body.x, body.y, body.width, body.height - foot.height - 0.2 * text))
    small = 0.9 * text
    bar, width = furniture.scale_bar(part.view, (foot.x, foot.y), small, setter)
    beside = Box(foot.x + width + 2 * text, foot.y + 0.4 * text, foot.width - width - 2 * text, 2.6 * text)
    entries = furniture.legend(part.stops, part.legs, desk.style, areas=part.has_areas)
    credit = setter.shortened(furniture.ATTRIBUTION, foot.width, 0.72 * text)
    part.marks.extend(bar)
    part.marks.extend(furniture.legend_marks(entries, beside, small, setter))
    part.marks.append(setter.set(credit, (foot.x, foot.bottom - 0.25 * text), 0.72 * text, colours()["quiet"]))
    return part


def _map(desk: Desk, box: Box) -> MapPart:
    """Base map, route and names."""
    text, setter, style = desk.size.text, desk.setter, desk.style
    subject = subject_of(desk.trip)
    view = view_of(subject, box, (min(5.5 * text, 0.14 * box.width), min(3.4 * text, 0.12 * box.height)))
    stops = stops_of(desk.trip, view)
    legs = drawn_legs(desk.trip, subject.legs, view)
    badges = badges_of(stops, style, setter)
    areas = areas_of(stops, view, style)
    points = line_points(legs)
    small = _locator(view, badges, points)
    taken = [small.box.grown(3)] if small else []
    names = _names(desk, badges, view, points, taken)
    ground = Ground(view, setter, 0.92 * text, [*taken, *_boxes(badges, names, legs)], points,
                    frozenset(badge.name for badge in badges))  # fmt: skip
    marks = [
        *terrain(view), *base_names(ground), *area_marks(areas, view), *leg_marks(legs, style),
        *arrow_marks(legs, badges, style, view.box), _border(view), *_leaders(names),
        *badge_marks(badges, style, setter), *_name_marks(desk, badges, names),
        *(furniture.locator_marks(small, view) if small else ()),
    ]  # fmt: skip
    return MapPart(view, marks, stops, legs, badges, names, small, bool(areas))


def _locator(view: View, badges: Sequence[Badge], points: Line) -> View | None:
    """The small map in the corner where it hides least of the route; None when the frame needs none or every corner is taken."""
    room = min(0.27 * view.box.height, 0.2 * view.box.width, 96.0)
    small = furniture.locator(view, room)
    if small is None:
        return None
    box, gap = view.box, 6.0
    corners = [
        Box(x, y, room, room) for x in (box.right - room - gap, box.x + gap) for y in (box.bottom - room - gap, box.y + gap)
    ]

    def hidden(corner: Box) -> int:
        covered = np.all((points > (corner.x, corner.y)) & (points < (corner.right, corner.bottom)), axis=1)
        return 50 * sum(badge.box.touches(corner.grown(4)) for badge in badges) + int(np.sum(covered))

    best = min(corners, key=hidden)
    return furniture.moved_view(small, best) if hidden(best) < 12 else None


def _names(desk: Desk, badges: Sequence[Badge], view: View, points: Line, taken: Sequence[Box]) -> list[Placed | None]:
    """Places for the names of stops; on a map of very many stops there are none."""
    if len(badges) > _FEW_STOPS:
        return [None] * len(badges)
    size = _name_size(desk)
    asked = [Asked(badge.box, desk.setter.width(badge.name, size, "semibold") + 3, 1.3 * size) for badge in badges]
    return place_names(asked, view.box.grown(-3), points, taken)


def _name_size(desk: Desk) -> float:
    return desk.size.text * (1.05 if len(desk.trip.visits) <= 30 else 0.86)


def _boxes(badges: Sequence[Badge], names: Sequence[Placed | None], legs: Sequence[DrawnLeg]) -> list[Box]:
    return [*(badge.box for badge in badges), *(name.box for name in names if name)]


def _leaders(names: Sequence[Placed | None]) -> list[Mark]:
    lines = tuple(np.array(name.leader) for name in names if name and name.leader)
    return [Shape(lines, pen=Pen(colours()["quiet"], 0.6))] if lines else []


def _name_marks(desk: Desk, badges: Sequence[Badge], names: Sequence[Placed | None]) -> list[Mark]:
    size, paint = _name_size(desk), colours()
    return [
        desk.setter.set(badge.name, (name.box.x + 1.5, name.box.y + 0.98 * size), size, paint["ink"], face="semibold",
                        halo=paint["land"])
        for badge, name in zip(badges, names, strict=True) if name
    ]  # fmt: skip


def _border(view: View) -> Shape:
    ring = np.concatenate([view.outline, view.outline[:1]])
    return Shape((ring,), pen=Pen(colours()["line" if view.framed else "coast"], 0.8), clip=None)
