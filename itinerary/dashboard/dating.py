"""The panel's part about time: when a stop was, and what an ambiguous date means."""

from __future__ import annotations

import streamlit as st

from itinerary.dashboard import mending, settings, state
from itinerary.dashboard.desk import Sheet
from itinerary.dashboard.events import correct
from itinerary.dashboard.mending import Target
from itinerary.dashboard.whole import whole
from itinerary.dashboard.words import say
from itinerary.wording import when
from itinerary.workspace import SetDates, read_time


def stay(sheet: Sheet, target: Target) -> None:
    """Arrival and departure of a stop, as exactly as they are known."""
    visit = sheet.workspace.trip.visits[target.number - 1]
    keys = [f"{end} {state.serial()} {when(time)}" for end, time in (("arrive", visit.arrive), ("depart", visit.depart))]
    for key, time in zip(keys, (visit.arrive, visit.depart), strict=True):
        st.session_state.setdefault(key, when(time))

    @whole
    def change() -> None:
        arrive, depart = (st.session_state[key] for key in keys)
        if (arrive, depart) == (when(visit.arrive), when(visit.depart)):
            return  # heard though nobody changed it
        correct(lambda w: w.do(SetDates(mending.anchor(w, target), read_time(arrive), read_time(depart))), place="dates")

    left, right = st.columns(2)
    left.text_input(say("arrived"), key=keys[0], on_change=change, help=say("dates_help"), placeholder=say("open"))
    right.text_input(say("left"), key=keys[1], on_change=change, help=say("dates_help"), placeholder=say("open"))
    if visit.when_told and not (visit.arrive or visit.depart):
        st.caption(state.plain(say("told", words=visit.when_told)))
    settings.day_order(sheet)
    state.show_trouble("dates")


def reading(sheet: Sheet, target: Target) -> None:
    """Which day a date like 02/03/2019 means, for the whole text."""
    date = sheet.workspace.trip.dates[target.number]
    st.subheader(state.plain(date.surface), anchor=False)
    st.caption(state.plain(say("date_ambiguous", readings=", ".join(date.ambiguous)) if date.ambiguous else when(date.when)))
    settings.day_order(sheet)
