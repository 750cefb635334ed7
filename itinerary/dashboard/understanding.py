"""The journey in pictures: stays in time, the way over time, and the order told against the order travelled."""

from __future__ import annotations

import streamlit as st

from itinerary.dashboard import component, events, state
from itinerary.dashboard.desk import Sheet
from itinerary.dashboard.words import say
from itinerary.drawing import timeline


def show(sheet: Sheet) -> None:
    """The pictures that the trip has something for."""
    trip, miles = sheet.workspace.trip, state.manner().units == "mi"
    figures = "".join((timeline.stays(trip), timeline.distance(trip, miles=miles), timeline.order(trip)))
    if figures:
        component.show("figures", {"html": figures}, events.act)
    else:
        st.info(say("nothing_to_understand"))
