"""The journey in pictures: stays in time, the way over time, and the order told against the order travelled."""

from __future__ import annotations

from functools import partial

import streamlit as st

from itinerary.dashboard import state
from itinerary.dashboard.desk import Sheet
from itinerary.dashboard.words import say


def show(sheet: Sheet) -> None:
    """The pictures that the trip has something for."""
    from itinerary.drawing import timeline

    trip, pictures = sheet.workspace.trip, 0
    st.html(f"<style>{timeline.style()}</style>")
    for name, draw in (
        ("stays", timeline.stays),
        ("way", partial(timeline.distance, miles=state.manner().units == "mi")),
        ("order", timeline.order),
    ):
        if picture := draw(trip):
            st.subheader(say(name), anchor=False)
            if name == "order":
                st.caption(say("order_help"))
            st.html(picture)
            pictures += 1
    if not pictures:
        st.info(say("nothing_to_understand"))
