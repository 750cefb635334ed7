"""Two readings of one text side by side: where they differ the reader chooses, stop by stop."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from importlib.resources import files

import streamlit as st

from itinerary.dashboard import pairs, panels, state
from itinerary.dashboard.desk import Sheet
from itinerary.dashboard.events import correct
from itinerary.dashboard.whole import whole
from itinerary.dashboard.words import say
from itinerary.workspace import Choice, Pair, SideBySide, Table, Workspace

_ON_PAGE = 12  # differences shown at once: a book may have hundreds


def show(sheet: Sheet) -> None:
    """What the readers differ in, with the choice; below, folded away, what they agree on."""
    side, table = sheet.workspace.beside, sheet.workspace.table
    if not side or not table:
        return
    _come_forward()
    model = sheet.task.read_by or say("reader_a_model")
    agreed = sum(pair.agree for pair in side.pairs)
    every = table.differing
    st.html(panels.part(say("readings_part")))
    words = say("readings_about" if every else "readings_none", model=model, agreed=agreed, count=len(side.pairs))
    st.markdown(state.plain(words))
    if every:
        st.html(panels.about(say("readings_left", left=len(table.open), count=len(every))))
        _all_at_once(sheet, table)
        for i in _page(sheet, every):
            _pair(sheet, side, table, i)
    state.show_trouble("readings")
    _notes(sheet)
    if agreed:
        with st.expander(say("readings_agreed", count=agreed)):
            st.html(panels.items(pairs.agreed(side, state.manner())))


def _come_forward() -> None:
    """Fold the side panel away, once, where it lies over the readings that were just asked for."""
    if st.session_state.pop("to readings now", False):
        script = (files("itinerary.dashboard") / "static" / "fold.js").read_text(encoding="utf-8")
        st.html(f"<script>{script}</script>", unsafe_allow_javascript=True)


def _notes(sheet: Sheet) -> None:
    """What was left out of the answer and why, and what else there is to say of it."""
    if notes := sheet.workspace.beside and sheet.workspace.trip.notes:
        st.html(panels.part(say("reader_notes")))
        st.html(panels.items(notes))


def _all_at_once(sheet: Sheet, table: Table) -> None:
    """One reader's version of all that is open, and the way back."""
    with st.container(horizontal=True):
        for choice, words in ((Choice.FIRST, "readings_all_own"), (Choice.SECOND, "readings_all_model")):
            st.button(
                say(words), key=f"all {sheet.key} {choice}", on_click=_choose, args=(dict.fromkeys(table.open, choice),),
                disabled=not table.open,
            )  # fmt: skip
        _history(sheet.workspace)


def _history(workspace: Workspace) -> None:
    """Undo and redo, of any correction: choices are such."""
    st.button(say("readings_undo"), key="readings undo", disabled=not workspace.can_undo, type="tertiary", icon=":material/undo:",
              on_click=_step, args=(Workspace.undo,))  # fmt: skip
    st.button(say("readings_redo"), key="readings redo", disabled=not workspace.can_redo, type="tertiary", icon=":material/redo:",
              on_click=_step, args=(Workspace.redo,))  # fmt: skip


@whole
def _step(turn: Callable[[Workspace], Workspace]) -> None:
    correct(turn, place="readings")


def _page(sheet: Sheet, every: Sequence[int]) -> Sequence[int]:
    """The differences that are looked at."""
    if len(every) <= _ON_PAGE:
        return every
    number = st.pagination(-(-len(every) // _ON_PAGE), key=f"page of readings {sheet.key}")
    return every[(number - 1) * _ON_PAGE : number * _ON_PAGE]


def _pair(sheet: Sheet, side: SideBySide, table: Table, i: int) -> None:
    pair, now = side.pairs[i], table.choice(i)
    options = _options(pair)
    key = f"choice {sheet.key} {i} {len(sheet.workspace.done)} {now}"

    @whole
    def change() -> None:
        if (chosen := st.session_state[key]) is not None:
            _choose({i: chosen})

    with st.container(key=f"pair-{i}", gap="small"):
        st.html(pairs.card(side, pair, state.manner()))
        st.segmented_control(
            state.plain(say("readings_choice", name=pairs.name(side, pair))), list(options), default=now, key=key,
            on_change=change, required=True, format_func=options.__getitem__, label_visibility="collapsed",
        )  # fmt: skip


def _options(pair: Pair) -> dict[Choice, str]:
    """What can be chosen: where only one reader has a stop, whether it is one."""
    if pair.second is None:
        return {Choice.FIRST: say("choice_stop"), Choice.SECOND: say("choice_neither")}
    if pair.first is None:
        return {Choice.SECOND: say("choice_stop"), Choice.FIRST: say("choice_neither")}
    return {choice: say(f"choice_{choice}") for choice in Choice}


@whole
def _choose(choices: dict[int, Choice]) -> None:
    correct(lambda workspace: workspace.choose(choices), place="readings")
