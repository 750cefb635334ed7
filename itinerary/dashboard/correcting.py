"""The side panel that corrects: what is chosen with all that can be said otherwise of it, or the doubts to work through."""

from __future__ import annotations

import streamlit as st

from itinerary.dashboard import dating, mending, placing, state
from itinerary.dashboard.desk import Sheet
from itinerary.dashboard.events import correct
from itinerary.dashboard.mending import Target
from itinerary.dashboard.whole import whole
from itinerary.dashboard.words import say
from itinerary.model import Itinerary, Span, Status
from itinerary.workspace import Delete, Doubt, Merge, Split

_STATUSES = (Status.VISITED, Status.PASSED, Status.PLANNED, None)
_MOST_DOUBTS = 40  # shown at once: the worst; the next come up as these are settled


def show() -> None:
    """The part of the side panel about corrections."""
    sheet, target = state.current(), state.target()
    if not sheet:
        st.caption(say("nothing_yet"))
    elif target and target.within(sheet.workspace.trip):
        _chosen(sheet, target)
    else:
        _overview(sheet)


# --- nothing chosen ---------------------------------------------------------------------------------------------------


def _overview(sheet: Sheet) -> None:
    st.caption(say("mend_hint"))
    st.button(say("add_stop"), on_click=state.choose, args=(Target("add"),), icon=":material/add_location_alt:", width="stretch")
    _doubts(sheet)
    _history(sheet)
    state.show_trouble("mend")


def _doubts(sheet: Sheet) -> None:
    doubts = sheet.workspace.doubts()
    st.subheader(say("doubts", count=len(doubts)) if doubts else say("no_doubts"), anchor=False)
    for number, doubt in enumerate(doubts[:_MOST_DOUBTS]):
        left, right = st.columns([6, 1], vertical_alignment="center")
        key = f"{sheet.key} {number} {doubt.kind} {len(sheet.workspace.done)}"
        left.button(
            state.plain(doubt.sentence), key=f"doubt {key}", on_click=_take_up, args=(sheet, doubt), width="stretch", wrap=True
        )
        right.button(
            "", key=f"accept {key}", on_click=_accept, args=(doubt,), icon=":material/check:", type="tertiary", help=say("accept")
        )


@whole
def _take_up(sheet: Sheet, doubt: Doubt) -> None:
    target = Target("order", doubt.stop + 1) if doubt.stop is not None else None
    if not target and doubt.span:
        target = mending.at_span(sheet.workspace.trip, {doubt.span})
    if target:
        state.choose(target)


@whole
def _accept(doubt: Doubt) -> None:
    correct(lambda workspace: workspace.accept(doubt))


def _history(sheet: Sheet) -> None:
    workspace = sheet.workspace
    for lost in workspace.lost:
        st.warning(state.plain(lost.sentence))
    if workspace.done:
        with st.expander(say("corrections", count=len(workspace.done))):
            st.markdown("\n".join(f"1. {state.plain(mending.described(step))}" for step in workspace.done))


# --- something chosen -------------------------------------------------------------------------------------------------


def _chosen(sheet: Sheet, target: Target) -> None:
    st.button(say("done"), on_click=state.choose, args=(None,), icon=":material/arrow_back:", type="tertiary")
    if target.kind == "add":
        placing.new_stop(sheet)
    elif target.kind == "date":
        dating.reading(sheet, target)
    else:
        _thing(sheet, target)
    state.show_trouble("mend")


def _thing(sheet: Sheet, target: Target) -> None:
    trip = sheet.workspace.trip
    st.subheader(state.plain(_heading(trip, target)), anchor=False)
    _status(trip, target)
    placing.another(sheet, target)
    if target.kind == "order":
        dating.stay(sheet, target)
        _order(trip, target)


def _heading(trip: Itinerary, target: Target) -> str:
    name = mending.name_of(trip, target)
    return f"{target.number} · {name}" if target.kind == "order" else name


def _status(trip: Itinerary, target: Target) -> None:
    now = trip.visits[target.number - 1].status if target.kind == "order" else None
    placeless = mending.place_of(trip, target) is None  # nobody can say yet where it would stand on the map
    key = f"status {state.serial()} {now}"

    @whole
    def change() -> None:
        status = _STATUSES[st.session_state[key]]
        correct(lambda workspace: mending.with_status(workspace, target, status, everywhere=bool(st.session_state.get(all_key))))

    all_key = f"status of all {state.serial()}"
    st.segmented_control(
        say("status"), range(len(_STATUSES)), default=_STATUSES.index(now), required=True, key=key, on_change=change,
        format_func=lambda index: say(f"status_{_STATUSES[index] or 'none'}"), width="stretch", disabled=placeless,
    )  # fmt: skip
    if (times := mending.times_named(trip, target)) > 1:
        st.checkbox(state.plain(say("everywhere", name=mending.name_of(trip, target), times=times)), key=all_key)


def _order(trip: Itinerary, target: Target) -> None:
    number, last = target.number, len(trip.visits)
    with st.container(horizontal=True):
        _move(say("move_earlier"), number, number - 1, last)
        _move(say("move_later"), number, number + 1, last)
    visit = trip.visits[number - 1]
    with st.expander(say("merge_split")):
        for other in (number - 1, number + 1):
            if 1 <= other <= last:
                words = say("merge", number=other, name=trip.visits[other - 1].place.name)
                st.button(
                    state.plain(words), key=f"merge {state.serial()} {other}", width="stretch", wrap=True,
                    on_click=_merge, args=(target, other),
                )  # fmt: skip
        for mention in visit.mentions[1:]:
            words = say("split", sentence=_around(trip.text, mention.start, mention.end))
            st.button(
                state.plain(words), key=f"split {state.serial()} {mention.start}", width="stretch", wrap=True,
                on_click=_split, args=(mention.toponym.span,),
            )  # fmt: skip
    st.button(say("delete"), on_click=_delete, args=(target,), icon=":material/delete:", key=f"delete {state.serial()}")


def _move(words: str, number: int, to: int, last: int) -> None:
    st.button(
        words, key=f"move {state.serial()} {number} {to}", disabled=not 1 <= to <= last,
        on_click=_shift, args=(number, to),
    )  # fmt: skip


@whole
def _shift(number: int, to: int) -> None:
    correct(lambda workspace: workspace.move(number - 1, to - 1))


@whole
def _split(span: Span) -> None:
    correct(lambda workspace: workspace.do(Split(workspace.mention(span))))


@whole
def _merge(target: Target, other: int) -> None:
    correct(lambda workspace: workspace.do(Merge(mending.anchor(workspace, target), (workspace.stop(other - 1),))))


@whole
def _delete(target: Target) -> None:
    correct(lambda workspace: workspace.do(Delete(mending.anchor(workspace, target))))


def _around(text: str, start: int, end: int, room: int = 36) -> str:
    """The words around a mention."""
    before, after = text[max(0, start - room) : start], text[end : end + room]
    return " ".join(f"… {before}{text[start:end]}{after} …".split())
