"""The whole sheet: title, map and list of stops, put where the size of the sheet has room for them."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

from itinerary.drawing.still.fonts import Typesetter
from itinerary.drawing.still.heading import header, subtitle_of, title_of
from itinerary.drawing.still.listing import Entry, entries_of, list_marks, plan, widest
from itinerary.drawing.still.mapping import FOOT, Desk, MapPart, map_part
from itinerary.drawing.still.marks import Box, Mark, Sheet
from itinerary.drawing.still.sizes import ListAt, Size
from itinerary.drawing.still.stops import Style
from itinerary.model import Itinerary

if TYPE_CHECKING:
    from itinerary.drawing.still.marks import Line

_LEAST_LIST, _LIST_SHARE = 0.16, 0.29  # of the width of a sheet whose list stands at the side
_MOST_BELOW = {ListAt.BELOW: 0.46, ListAt.REST: 0.3}  # of the height that the list may take
_GAP = 1.3  # between the foot of the map and the list, in sizes of the text


def sheet_of(trip: Itinerary, size: Size, *, any_letter: bool = False) -> Sheet:
    """The picture of a trip; an empty one gives the map of the world."""
    setter = Typesetter(any_letter=any_letter)
    desk = Desk(trip, size, setter, Style.of(len(trip.visits), size.text))
    whole = Box(0, 0, size.width, size.height).grown(-size.margin)
    head, used = header(trip, whole, size.text, setter)
    part, listed = _body(desk, Box(whole.x, whole.y + used, whole.width, whole.height - used))
    clips: dict[str, Line] = {"map": part.view.outline} | ({"locator": part.small.outline} if part.small else {})
    return Sheet(
        width=size.width,
        height=size.height,
        title=title_of(trip),
        description=subtitle_of(trip),
        clips=clips,
        marks=(*head, *part.marks, *listed),
        map_box=part.view.box,
        labels=tuple(name.box for name in part.names if name),
        badges=tuple(badge.box for badge in part.badges),
    )


def _body(desk: Desk, body: Box) -> tuple[MapPart, list[Mark]]:
    """The map and the list."""
    entries = entries_of(desk.trip, desk.setter)
    if entries and desk.size.list_at is ListAt.SIDE:
        return _list_beside(desk, body, entries)
    if entries and desk.size.list_at is ListAt.BELOW:
        return _list_below(desk, body, entries)
    part = map_part(desk, body)
    missing = [entry for entry in entries if entry.order in part.nameless]
    return _list_below(desk, body, missing) if missing else (part, [])


def _list_beside(desk: Desk, body: Box, entries: Sequence[Entry]) -> tuple[MapPart, list[Mark]]:
    text = desk.size.text
    width = min(_LIST_SHARE * body.width, max(_LEAST_LIST * body.width, widest(entries, text, desk.setter)))
    part = map_part(desk, Box(body.x, body.y, body.width - width - 2 * text, body.height))
    room = Box(body.right - width, body.y, width, body.height)
    return part, list(list_marks(entries, room, plan(len(entries), room, text), desk.setter))


def _list_below(desk: Desk, body: Box, entries: Sequence[Entry]) -> tuple[MapPart, list[Mark]]:
    """The map takes what the list leaves; where the map then needs less, the list may have it."""
    text = desk.size.text
    most = Box(body.x, body.y, body.width, _MOST_BELOW[desk.size.list_at] * body.height)
    height = plan(len(entries), most, text).height + _GAP * text
    part = map_part(desk, Box(body.x, body.y, body.width, body.height - height))
    top = part.view.box.bottom + (FOOT + _GAP) * text
    room = Box(body.x, top, body.width, body.bottom - top)
    return part, list(list_marks(entries, room, plan(len(entries), room, text), desk.setter))
