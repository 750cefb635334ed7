"""The part of the side panel about a second reader: a model to be asked, or a question to copy and an answer to paste."""

from __future__ import annotations

import os
from dataclasses import replace

import streamlit as st

from itinerary import second_reader
from itinerary.dashboard import asking, events, panels, state
from itinerary.dashboard.desk import Desk, Endpoint, Sheet
from itinerary.dashboard.whole import whole
from itinerary.dashboard.words import say
from itinerary.errors import ItineraryError
from itinerary.second_reader import Pasted, estimate

_WAYS = ("own", "model", "chat")
_LONGEST_WAIT = 120  # minutes for one answer
_CONTEXTS = (3_000, 1_000_000)  # tokens: the question alone takes half of the first
_STEP = 1_024  # tokens
_GLIMPSE = 150  # pixels: the first lines of the question, and the button that copies it
_MOST_NOTES = 3  # that the panel has room for; all of them stand beside the readings


def show(sheet: Sheet) -> None:
    """The settings of a second reader, folded away; a trip made elsewhere was read out of no text."""
    if sheet.task.given:
        return
    with st.expander(say("reader"), key="reader"):
        _tell(say("reader_about"))
        desk = state.desk()
        way = _now(desk, sheet)
        _way(desk, sheet, way)
        if sheet.workspace.beside:
            _outcome(sheet)
        if way == "model":
            _model(desk, sheet)
        elif way == "chat":
            _chat(desk, sheet)
        state.show_trouble("second")


def _now(desk: Desk, sheet: Sheet) -> str:
    """Who is to read; where a model has read this sheet, not the built-in reader, whatever was chosen for another."""
    if desk.way != "own" or not sheet.workspace.beside:
        return desk.way
    return "chat" if sheet.task.read_by == say("chat_model") else "model"


def _way(desk: Desk, sheet: Sheet, now: str) -> None:
    key = f"way of {sheet.key} {now}"

    @whole
    def change() -> None:
        desk.way = st.session_state[key]
        state.clear_trouble()
        if desk.way == "own":
            asking.cancel(desk)
            _back(desk)

    st.radio(say("reader_way"), _WAYS, _WAYS.index(now), key=key, format_func=lambda way: say(f"reader_way_{way}"),
             on_change=change)  # fmt: skip


def _back(desk: Desk) -> None:
    """Turn the sheet that is looked at back to the built-in reader's journey; its corrections stay."""
    sheet = desk.sheet
    side = sheet.workspace.beside if sheet else None
    if sheet and side and events.correct(lambda workspace: workspace.reread(side.first)):
        desk.sheets[sheet.key] = replace(desk.sheets[sheet.key], task=sheet.task.by_itself())


def _outcome(sheet: Sheet) -> None:
    """What came of it: who read, how far they agree, what was left out of the answer."""
    side, table, notes = sheet.workspace.beside, sheet.workspace.table, sheet.workspace.trip.notes
    if not side or not table:
        return
    agreed = sum(pair.agree for pair in side.pairs)
    model = sheet.task.read_by or say("reader_a_model")
    _tell(say("reader_read", model=model, agreed=agreed, count=len(side.pairs)))
    left = len(table.open)
    words = say("reader_open", count=left) if left > 1 else say("reader_open_one" if left else "reader_settled")
    st.button(words, key="to readings", on_click=_turn, width="stretch", icon=":material/compare_arrows:")
    for note in notes[:_MOST_NOTES]:
        _tell(note)
    if len(notes) > _MOST_NOTES:
        _tell(say("reader_more_notes", count=len(notes) - _MOST_NOTES, view=say("tab_readings")))


@whole
def _turn() -> None:
    st.session_state.view = say("tab_readings")
    st.session_state["to readings now"] = True


def _tell(words: str) -> None:
    st.html(panels.about(words))


# --- a model at an address --------------------------------------------------------------------------------------------


def _model(desk: Desk, sheet: Sheet) -> None:
    at = desk.endpoint
    url = st.text_input(
        say("reader_url"), at.url, key="reader url", placeholder=say("reader_url_hint"), help=say("reader_url_help")
    )
    model = st.text_input(say("reader_model"), at.model, key="reader model", placeholder=say("reader_model_hint"))
    desk.endpoint = Endpoint(url, model, *_limits(at))
    machine = _where(url)
    _takes(sheet, desk.endpoint)
    if machine:
        _consent(machine)
    st.button(
        say("reader_ask"), type="primary", on_click=_ask, width="stretch", key="ask the model",
        disabled=bool(desk.job or (machine and machine not in _allowed())),
    )  # fmt: skip


def _limits(at: Endpoint) -> tuple[int, int]:
    """What it takes at once, and how long it may take; rarely touched."""
    with st.popover(say("reader_limits"), type="tertiary", icon=":material/tune:"):
        context = st.number_input(
            say("reader_context"), *_CONTEXTS, at.context, _STEP, key="reader context", help=say("reader_context_help")
        )
        minutes = st.number_input(say("reader_minutes"), 1, _LONGEST_WAIT, at.minutes, key="reader minutes")
    return int(context), int(minutes)


def _where(url: str) -> str | None:
    """The other machine that the text would go to; None for this one, and for what is no address: the click tells that."""
    from itinerary.online.chat import KEY

    try:
        machine = asking.other_machine(url)
    except ItineraryError:
        return None
    _tell(say("reader_key" if os.environ.get(KEY) else "reader_no_key", name=KEY))
    if not machine:
        _tell(say("reader_stays"))
    return machine


def _takes(sheet: Sheet, at: Endpoint) -> None:
    """What it will take, before anything is asked."""
    it, manner = estimate(sheet.task.text, at.context), state.manner()
    sent, answered = manner.number(it.tokens_sent), manner.number(it.tokens_answered)
    words = say("reader_estimate" if it.questions > 1 else "reader_estimate_one", questions=manner.number(it.questions))
    _tell(words.replace("{sent}", sent).replace("{answered}", answered))


def _allowed() -> frozenset[str]:
    """The machines that texts of this session may be sent to."""
    return frozenset(st.session_state.get("allowed machines", ()))


def _consent(machine: str) -> None:
    """Asked once in a session for each machine; taken back at any time."""
    key = f"allow {machine}"

    @whole
    def change() -> None:
        allowed = _allowed() - {machine}
        st.session_state["allowed machines"] = allowed | {machine} if st.session_state[key] else allowed

    st.warning(state.plain(say("reader_leaves", machine=machine)), icon=":material/outbound:")
    st.checkbox(state.plain(say("reader_allow", machine=machine)), machine in _allowed(), key=key, on_change=change)


@whole
def _ask() -> None:
    """Begin, with what the fields hold now: the click may come before the page has heard of the last one."""
    desk = state.desk()
    fields = {name: st.session_state.get(f"reader {name}") for name in ("url", "model", "context", "minutes")}
    desk.endpoint = replace(desk.endpoint, **{name: value for name, value in fields.items() if value is not None})
    state.clear_trouble()
    try:
        if desk.sheet:
            asking.begin(desk, desk.sheet, _allowed())
    except ItineraryError as error:
        state.tell_trouble("second", str(error))


# --- any chat window --------------------------------------------------------------------------------------------------


def _chat(desk: Desk, sheet: Sheet) -> None:
    """The question to copy, part by part where the text is long, and room for the answers."""
    questions = second_reader.questions(sheet.task.text, sheet.task.published, sheet.task.traveller)
    _tell(say("chat_about"))
    part = _part(desk, sheet, len(questions)) if len(questions) > 1 else 0
    _tell(say("chat_question"))
    with st.container(height=_GLIMPSE, border=False):
        st.code(questions[part], language=None, wrap_lines=True)
    name = f"question-{part + 1}.txt" if len(questions) > 1 else "question.txt"
    st.download_button(
        say("chat_save"), questions[part], name, "text/plain", key=f"save question {sheet.key} {part}", on_click="ignore",
        icon=":material/download:", width="stretch",
    )  # fmt: skip
    at = (sheet.key, part)
    desk.pasted[at] = st.text_area(
        say("chat_answer"), desk.pasted.get(at, ""), 150, key=f"answer {sheet.key} {part}", placeholder=say("chat_answer_hint")
    )
    st.button(say("chat_take"), type="primary", on_click=_take, args=(len(questions), part), width="stretch", key="take answer")


def _part(desk: Desk, sheet: Sheet, count: int) -> int:
    """Which part of a long text is asked about; those with an answer have a tick."""

    def label(part: int) -> str:
        done = desk.pasted.get((sheet.key, part), "").strip()
        return say("chat_part_done" if done else "chat_part_open", part=part + 1, count=count)

    return int(st.selectbox(say("chat_part"), range(count), key=f"part {sheet.key}", format_func=label))


@whole
def _take(count: int, part: int) -> None:
    """Read the text anew with what was pasted."""
    desk = state.desk()
    sheet = desk.sheet
    if not sheet:
        return
    desk.pasted[sheet.key, part] = st.session_state.get(f"answer {sheet.key} {part}", "")
    given = tuple(words for i in range(count) if (words := desk.pasted.get((sheet.key, i), "").strip()))
    state.clear_trouble()
    try:
        answer = Pasted(given).answer()
    except ItineraryError as error:
        state.tell_trouble("second", str(error) if given else say("chat_nothing"))
        return
    missing = (say("chat_some", given=len(given), count=count),) if len(given) < count else ()
    answer = replace(answer, notes=(*answer.notes, *missing))
    asking.take(desk, sheet, replace(sheet.task, answer=answer, read_by=say("chat_model")))
