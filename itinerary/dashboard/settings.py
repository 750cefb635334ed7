"""How the text that is looked at was read: its title and date, the order of days and months, whose journey, help from the net."""

from __future__ import annotations

import datetime as dt
from dataclasses import replace

import streamlit as st

from itinerary.dashboard import state
from itinerary.dashboard.desk import Sheet
from itinerary.dashboard.events import correct
from itinerary.dashboard.whole import whole
from itinerary.dashboard.words import say
from itinerary.workspace import SetTitle

FIRST_DAY, LAST_DAY = dt.date(1, 1, 1), dt.date(9999, 12, 31)


def show(sheet: Sheet) -> None:
    """The part of the side panel about the text that is looked at; a trip made elsewhere was read out of no text."""
    with st.expander(say("settings"), expanded=True, key=f"settings of {sheet.key}"):
        # What there is to say of a model's answer is said where it was asked.
        for note in (*sheet.task.notes, *(() if sheet.workspace.beside else sheet.workspace.trip.notes)):
            st.caption(state.plain(note))
        _title(sheet)
        if sheet.task.given:
            return
        _published(sheet)
        day_order(sheet)
        if len(sheet.workspace.trip.travellers) > 1:
            _traveller(sheet)
        _online(sheet)
        st.button(say("edit"), on_click=_edit, args=(sheet,), type="tertiary", icon=":material/edit:", key=f"edit {sheet.key}")
        state.show_trouble("settings")


def _title(sheet: Sheet) -> None:
    title = " ".join((sheet.workspace.trip.title or "").split())
    key = f"title {sheet.key} {title}"

    @whole
    def change() -> None:
        written = st.session_state[key].strip()
        if written != title:  # a field that leaves the page while the app runs may be heard though nobody changed it
            correct(lambda workspace: workspace.do(SetTitle(written or None)), place="settings")

    st.text_input(say("title"), title, key=key, on_change=change)


@whole
def _edit(sheet: Sheet) -> None:
    """Put the text into the box where texts are pasted; shown again, it takes the place of the old one."""
    st.session_state.draft, st.session_state.edited, st.session_state.way = sheet.task.text, sheet.key, "paste"


def _published(sheet: Sheet) -> None:
    key = f"published {sheet.key} {sheet.task.published}"
    st.date_input(
        say("published"), sheet.task.published, FIRST_DAY, LAST_DAY, key=key, help=say("published_help"),
        on_change=_again, args=(sheet, "published", key),
    )  # fmt: skip


def day_order(sheet: Sheet) -> None:
    """The choice of what 02/03/2019 means, for a text that has such dates."""
    if sheet.task.given or not (sheet.task.day_first is not None or any(date.ambiguous for date in sheet.workspace.trip.dates)):
        return
    key = f"day order {sheet.key} {sheet.task.day_first}"
    words = {None: say("day_order_open"), True: say("day_order_day"), False: say("day_order_month")}
    st.selectbox(
        say("day_order"), list(words), list(words).index(sheet.task.day_first), key=key, format_func=words.__getitem__,
        on_change=_again, args=(sheet, "day_first", key),
    )  # fmt: skip


def _traveller(sheet: Sheet) -> None:
    trip, key = sheet.workspace.trip, f"traveller {sheet.key} {sheet.task.traveller}"
    names = sorted(trip.travellers, key=lambda name: name != trip.traveller)
    st.selectbox(
        say("traveller"),
        names,
        key=key,
        on_change=_again,
        args=(sheet, "traveller", key),
    )


def _online(sheet: Sheet) -> None:
    key = f"online {sheet.key} {sheet.task.online}"
    st.toggle(
        say("online"), sheet.task.online, key=key, help=say("online_help"),
        on_change=_again, args=(sheet, "online", key),
    )  # fmt: skip


@whole
def _again(sheet: Sheet, setting: str, key: str) -> None:
    """Read the text of a sheet once more with another setting, as the widget of that key has it now; its corrections stay."""
    task = replace(sheet.task, **{setting: st.session_state[key]})
    if task != sheet.task:
        state.clear_trouble()
        state.desk().tasks = [replace(task, place=sheet.key, asked_at="settings")]
