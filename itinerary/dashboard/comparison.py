"""Two or more journeys beside one another: on one map, and where and when they met."""

from __future__ import annotations

import streamlit as st

from itinerary.dashboard import state
from itinerary.dashboard.desk import Sheet
from itinerary.dashboard.words import say


def show(sheet: Sheet) -> None:
    """The journeys of the desk on one map."""
    if len(state.desk().sheets) < 2:
        st.info(say("compare_hint"))
