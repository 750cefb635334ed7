"""What a reader takes along: every format that the library writes, and the itinerary with its corrections."""

from __future__ import annotations

import re
from collections.abc import Sequence
from functools import partial
from html import escape

import streamlit as st

from itinerary import export, project
from itinerary.dashboard import panels
from itinerary.dashboard.desk import Sheet
from itinerary.dashboard.words import say
from itinerary.model import Itinerary

_COMMON = (".html", ".png", ".pdf", ".geojson", ".gpx", ".csv")  # what most people want, shown first


def show(sheet: Sheet) -> None:
    """A button for each file; each is made when its button is pressed."""
    trip = sheet.workspace.trip
    # Of two endings of one format the first is shown; the project file with its corrections has a button of its own.
    forms = {form.encode: (ending, form) for ending, form in reversed(export.FORMATS.items()) if ending != project.ENDING}
    chosen = {ending for ending, _ in forms.values()}
    rows = [(ending, form) for ending, form in export.FORMATS.items() if ending in chosen]
    if st.toggle(say("take_discreet"), key="discreet", help=say("take_discreet_help")):
        rows = [(ending, form.without_sentences()) for ending, form in rows]
    st.html(panels.part(say("take_main")))
    _buttons(trip, sorted((row for row in rows if row[0] in _COMMON), key=lambda row: _COMMON.index(row[0])))
    st.html(panels.part(say("take_project")))
    st.download_button(
        say("take_save"), partial(project.dumps, sheet.workspace), _file_name(trip, project.ENDING), "application/json",
        on_click="ignore", icon=":material/save:", key="download project",
    )  # fmt: skip
    st.html(f'<p class="it it-about">{say("take_project_help")}</p>')
    st.html(panels.part(say("take_more")))
    _buttons(trip, [row for row in rows if row[0] not in _COMMON])


def _buttons(trip: Itinerary, rows: Sequence[tuple[str, export.Format]]) -> None:
    """Two columns of buttons, each with what the format is good for."""
    columns = st.columns(2, gap="large")
    for index, (ending, form) in enumerate(rows):
        left, right = columns[index % 2].columns([2, 5], vertical_alignment="center")
        left.download_button(
            ending[1:].upper(), partial(form.encode, trip), _file_name(trip, ending), form.media_type,
            key=f"download{ending}", on_click="ignore", icon=":material/download:", width="stretch",
        )  # fmt: skip
        right.html(f'<p class="it it-about">{escape(form.description)}</p>')


def _file_name(trip: Itinerary, ending: str) -> str:
    """A name any disk takes: the letters and digits of the title."""
    words = re.findall(r"\w+", (trip.title or "journey").lower())
    return ("-".join(words)[:60].strip("-") or "journey") + ending
