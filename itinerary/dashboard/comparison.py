"""Two or more journeys beside one another: on one map, and where and when they met."""

from __future__ import annotations

from typing import Any

import streamlit as st

from itinerary import comparing, drawing
from itinerary.dashboard import component, panels, state
from itinerary.dashboard.desk import Desk, Sheet
from itinerary.dashboard.words import say
from itinerary.model import Itinerary

MOST = 6  # journeys on one map: as many as colours and dashes tell apart
_LETTERS = "ABCDEF"


def show(sheet: Sheet) -> None:
    """The journeys of the desk that the reader chooses, the current one among them at first."""
    desk = state.desk()
    if len(desk.sheets) < 2:
        st.info(say("compare_hint"))
        return
    chosen = _chosen(desk, sheet)
    if len(chosen) > 1:
        trips = [(each.title, each.workspace.trip) for each in chosen]
        found = comparing.compare({letter: trip for letter, (_, trip) in zip(_LETTERS, trips, strict=False)})
        component.show("compare", arguments(trips, found, units=state.manner().units))
        _common(found)


def _common(found: comparing.Comparison) -> None:
    """Where they met, surely or perhaps, and the places that they share."""
    st.html(panels.part(say("meetings")))
    sentences = [meeting.sentence for meeting in found.meetings] or [say("no_meetings")]
    st.html(panels.items(sentences))
    if found.shared:
        st.html(panels.part(say("shared")))
        st.html(panels.items(_told(shared) for shared in found.shared))


def _told(shared: comparing.Shared) -> str:
    manner = state.manner()
    stays = (f"{stay.trip}{stay.index + 1} {manner.stay(stay.visit)}".strip() for stay in shared.stays)
    return f"{shared.place.name}: {'; '.join(stays)}"


def _chosen(desk: Desk, sheet: Sheet) -> list[Sheet]:
    keys = list(desk.sheets)
    names = {key: f"{number}. {desk.sheets[key].title}" for number, key in enumerate(keys, 1)}
    first = [sheet.key, *(key for key in keys if key != sheet.key)][:2]
    picked = st.multiselect(
        say("compare_which"),
        keys,
        first,
        max_selections=MOST,
        key=f"compared {len(keys)} {sheet.key}",
        format_func=names.__getitem__,
    )
    return [desk.sheets[key] for key in picked]


def arguments(trips: list[tuple[str, Itinerary]], found: comparing.Comparison, *, units: str) -> dict[str, Any]:
    """What the component is told: each journey with its letter, stops and lines on the same turn of the world, and the ground."""
    scenes = [drawing.scene_of(trip) for _, trip in trips]
    middle = _middle(scenes[0])
    drawn: list[dict[str, Any]] = []
    for letter, (name, _), scene in zip(_LETTERS, trips, scenes, strict=False):
        turn = 360 * round((middle - _middle(scene)) / 360)
        stops = [stop | {"at": _turned(stop["at"], turn)} for stop in scene["stops"]]
        lines = [[_turned(point, turn) for point in line] for leg in scene["legs"] for line in leg["lines"]]
        drawn.append({"letter": letter, "name": name, "stops": stops, "lines": lines})
    meetings = {(_LETTERS.index(stay.trip), stay.index) for meeting in found.meetings for stay in meeting.stays[:1]}
    points = [drawn[trip]["stops"][stop]["at"] for trip, stop in sorted(meetings)]
    return {"trips": drawn, "ground": _ground(scenes), "units": units, "label": say("compare_map"), "meetings": points}


def _middle(scene: dict[str, Any]) -> float:
    longitudes = [stop["at"][1] for stop in scene["stops"]] or [0.0]
    return float(min(longitudes) + max(longitudes)) / 2


def _turned(point: list[float], turn: int) -> list[float]:
    return [point[0], point[1] + turn]


def _ground(scenes: list[dict[str, Any]]) -> dict[str, Any]:
    """An empty journey on the map that all of them need: their towns and their coasts."""
    towns = list({tuple(town): town for scene in scenes for town in scene["towns"]}.values())
    tiles = {key: rings for scene in scenes for key, rings in scene["coast"]["tiles"].items()}
    return {**scenes[0], "stops": [], "legs": [], "mentions": [], "towns": towns, "coast": {**scenes[0]["coast"], "tiles": tiles}}
