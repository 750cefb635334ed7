"""What the component sends, turned into choices and corrections. All of it comes from a browser: what does not fit is dropped."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any

import streamlit as st

from itinerary.dashboard import mending, state
from itinerary.dashboard.component import Event
from itinerary.dashboard.mending import Target
from itinerary.errors import ItineraryError
from itinerary.model import Status
from itinerary.workspace import SetPlace, Workspace, hand_place

_STATUSES = {"visited": Status.VISITED, "planned": Status.PLANNED, "passed": Status.PASSED, "none": None}


def act(event: Event) -> None:
    """Do what the reader asked for in the component."""
    handler = _HANDLERS.get(event.kind)
    if handler and state.current():
        handler(event.content)


def correct(change: Callable[[Workspace], Workspace], target: Target | None = None, *, place: str = "mend") -> bool:
    """Put a corrected workspace in the place of the current one and keep what is chosen in sight.

    False when the change is refused; the sentence that says why is shown at `place`.
    """
    sheet = state.current()
    if not sheet:
        return False
    state.clear_trouble()
    try:
        workspace = change(sheet.workspace)
    except (ItineraryError, ValueError) as error:
        state.tell_trouble(place, str(error))
        return False
    state.desk().change(workspace)
    _follow(sheet.workspace, workspace, target)
    return True


def _follow(before: Workspace, after: Workspace, target: Target | None) -> None:
    """Keep the panel and the component at the same thing, wherever the correction put it."""
    shown, panel = target or state.target(), state.target()
    now = mending.followed(before.trip, shown, after.trip) if shown and shown.within(before.trip) else None
    if panel:
        state.choose(mending.followed(before.trip, panel, after.trip) if panel.within(before.trip) else None, show=False)
    state.point_at(now)


# --- one handler for each kind of event -------------------------------------------------------------------------------


def _target(content: Mapping[str, Any]) -> Target | None:
    """The stop, name or date that an event is about, if the trip has it."""
    sheet = state.current()
    kind = next((kind for kind in ("order", "mention", "date") if kind in content), None)
    number = content.get(kind) if kind else None
    if not sheet or kind is None or not isinstance(number, int):
        return None
    target = Target(kind, number)
    return target if target.within(sheet.workspace.trip) else None


def _open(content: Mapping[str, Any]) -> None:
    target = _target(content)
    # Opened twice (chosen in the list, then "more"), the panel stays as it is: new widgets would swallow a click on the old ones.
    if target and not (target == state.target() and st.session_state.get("panel") == "mend"):
        state.choose(target, show=False)


def _status(content: Mapping[str, Any]) -> None:
    target, status = _target(content), content.get("status")
    sheet = state.current()
    if not target or not sheet or target.kind == "date" or status not in _STATUSES:
        return
    if mending.place_of(sheet.workspace.trip, target) is None:
        state.choose(target)  # its place comes first
    else:
        correct(lambda workspace: mending.with_status(workspace, target, _STATUSES[status]), target)


def _move(content: Mapping[str, Any]) -> None:
    target, to = _target(content), content.get("to")
    sheet = state.current()
    if target and sheet and target.kind == "order" and isinstance(to, int) and 1 <= to <= len(sheet.workspace.trip.visits):
        correct(lambda workspace: workspace.move(target.number - 1, to - 1), target)


def _pick(content: Mapping[str, Any]) -> None:
    """A click on the map: the place of what is chosen, or of the stop that is being added."""
    point, target = _point(content), state.target()
    if not target or not point or not st.session_state.get("picking"):
        return
    st.session_state.picking = None
    if target.kind == "add":
        st.session_state.picked = hand_place(*point)
    else:
        correct(lambda workspace: _put(workspace, target, point))


def _put(workspace: Workspace, target: Target, point: tuple[float, float]) -> Workspace:
    place = hand_place(*point, mending.name_of(workspace.trip, target))
    return workspace.do(SetPlace(mending.anchor(workspace, target), place))


def _point(content: Mapping[str, Any]) -> tuple[float, float] | None:
    """Latitude and longitude, if they are some."""
    latitude, longitude = content.get("lat"), content.get("lon")
    if not isinstance(latitude, int | float) or not isinstance(longitude, int | float):
        return None
    return (latitude, longitude) if abs(latitude) <= 90 and abs(longitude) <= 180 else None


def _cancel(content: Mapping[str, Any]) -> None:
    st.session_state.picking = None


_HANDLERS: dict[str, Callable[[Mapping[str, Any]], Any]] = {
    "open": _open,
    "status": _status,
    "move": _move,
    "pick": _pick,
    "cancel": _cancel,
    "whole": lambda content: st.session_state.pop("scene", None),
    "undo": lambda content: correct(lambda workspace: workspace.undo()),
    "redo": lambda content: correct(lambda workspace: workspace.redo()),
}
