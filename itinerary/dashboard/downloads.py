"""What a reader takes along: every format that the library writes, and the itinerary with its corrections."""

from __future__ import annotations

import re
from functools import partial

import streamlit as st

from itinerary import export, project
from itinerary.dashboard import state
from itinerary.dashboard.desk import Sheet
from itinerary.dashboard.words import say
from itinerary.model import Itinerary

_COMMON = (".html", ".png", ".pdf", ".geojson", ".gpx", ".csv")  # what most people want, shown first


def show(sheet: Sheet) -> None:
    """A button for each file; each is made when its button is pressed."""
    trip = sheet.workspace.trip
    forms = {
        form.encode: (ending, form) for ending, form in reversed(export.FORMATS.items())
    }  # two endings of one format: the first
    ordered = dict(sorted(forms.values(), key=lambda each: list(export.FORMATS).index(each[0])))
    st.subheader(say("take_main"), anchor=False)
    _buttons(trip, {ending: ordered.pop(ending) for ending in _COMMON if ending in ordered})
    st.subheader(say("take_project"), anchor=False)
    st.download_button(
        say("take_project"), partial(project.dumps, sheet.workspace), _file_name(trip, project.ENDING), "application/json",
        help=say("take_project_help"), on_click="ignore", icon=":material/save:", key="download project",
    )  # fmt: skip
    st.caption(say("take_project_help"))
    st.subheader(say("take_more"), anchor=False)
    _buttons(trip, ordered)


def _buttons(trip: Itinerary, forms: dict[str, export.Format]) -> None:
    for ending, form in forms.items():
        left, right = st.columns([1, 4], vertical_alignment="center")
        left.download_button(
            ending[1:].upper(), partial(form.encode, trip), _file_name(trip, ending), form.media_type,
            key=f"download{ending}", on_click="ignore", icon=":material/download:", width="stretch", help=form.description,
        )  # fmt: skip
        right.markdown(state.plain(form.description))


def _file_name(trip: Itinerary, ending: str) -> str:
    """A name any disk takes: the letters and digits of the title."""
    words = re.findall(r"\w+", (trip.title or "journey").lower())
    return ("-".join(words)[:60].strip("-") or "journey") + ending
