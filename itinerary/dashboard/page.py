"""The whole page: the side panel with texts and corrections, and the trip that is looked at in its four views."""

from __future__ import annotations

from importlib.resources import files
from typing import Any

import streamlit as st

from itinerary import drawing
from itinerary.dashboard import (
    asking,
    comparison,
    component,
    correcting,
    downloads,
    events,
    intake,
    mending,
    panels,
    preferences,
    readings,
    scenes,
    second,
    sending,
    settling,
    state,
    understanding,
    working,
)
from itinerary.dashboard.desk import Sheet
from itinerary.dashboard.words import for_component, say

_SIDE = 340  # pixels: four choices side by side fit in
_VIEWS = {
    "understand": understanding.show,
    "readings": readings.show,
    "compare": comparison.show,
    "take": downloads.show,
}


def main() -> None:
    """Everything, top to bottom."""
    st.set_page_config(say("name"), "🧭", layout="wide", initial_sidebar_state=_SIDE)
    for name in ("panels.css", "page.css"):
        st.html(f"<style>{(files('itinerary.dashboard') / 'static' / name).read_text(encoding='utf-8')}</style>")
    slot = st.empty()  # always there, so that nothing below it moves when work begins or ends
    desk = state.desk()
    with st.sidebar:
        _side_panel()
    asking.show()
    if sheet := state.current():
        _trip(sheet)
        settling.settle()
    elif not desk.tasks:
        st.info(say("nothing_yet"))
    state.keep()
    working.work(slot)  # last, so that what is there already can be looked at and corrected meanwhile


def _side_panel() -> None:
    st.html(f'<p class="it it-brand"><b>{say("name")}</b> {say("claim")}</p>')
    st.session_state.setdefault("panel", "text")
    panel = st.segmented_control(
        say("panel"), ("text", "mend"), key="panel", required=True, format_func=lambda name: say(f"panel_{name}"),
        label_visibility="collapsed", width="stretch",
    )  # fmt: skip
    if panel == "mend":
        correcting.show()
    else:
        intake.show()
        if sheet := state.current():
            second.show(sheet)
        preferences.show()


def _trip(sheet: Sheet) -> None:
    manner = state.manner()
    st.html(panels.heading(sheet.workspace.trip, manner))
    if sheet.workspace.trip.visits:
        st.html(panels.numbers(sheet.workspace.trip, manner, len(sheet.workspace.doubts())))
    shown = {name: show for name, show in _VIEWS.items() if name != "readings" or sheet.workspace.beside}
    first, *views = st.tabs([say(f"tab_{name}") for name in ("journey", *shown)], key="view", on_change="rerun")
    with first:
        _journey(sheet)
    for view, show in zip(views, shown.values(), strict=True):
        if view.open:
            with view:
                show(sheet)


def _journey(sheet: Sheet) -> None:
    trip, workspace = sheet.workspace.trip, sheet.workspace
    if not trip.visits:
        st.info(say("no_stops"))
    component.show(
        "journey",
        {
            **_scene(sheet),
            "trip": sheet.key,
            "words": for_component(),
            "chosen": st.session_state.get("chosen"),
            "correcting": st.session_state.get("panel") == "mend",
            "picking": st.session_state.get("picking"),
            "preview": st.session_state.get("preview") if st.session_state.get("panel") == "mend" else None,
            "said": mending.described(workspace.done[-1]) if workspace.can_undo else "",
            "undo": mending.described(workspace.done[-1]) if workspace.can_undo else None,
            "redo": mending.described(workspace.undone[-1]) if workspace.can_redo else None,
            "tiles": preferences.tiles(),
        },
        events.act,
    )
    if trip.mentions:
        with st.expander(say("only_mentioned", count=len(trip.mentions))):
            st.html(panels.mentioned(trip))


def _scene(sheet: Sheet) -> dict[str, Any]:
    """What the component is told of the trip; made anew only when the trip or the reader's manner is another one."""
    trip, manner = sheet.workspace.trip, state.manner()
    known = st.session_state.get("scene")
    if known is None or known[0] is not trip or known[1] != manner:
        text = sending.sent(sheet.key, drawing.highlighted(trip, interactive=True), known[3] if known else None)
        st.session_state.scene = known = (trip, manner, scenes.arguments(trip, manner) | {"text": text.message}, text)
    found: dict[str, Any] = known[2]
    return found
