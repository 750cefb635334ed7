"""How texts come onto the desk: pasted, as files, from the web when the reader says so, or from the samples."""

from __future__ import annotations

from dataclasses import replace

import streamlit as st

from itinerary import importing, project, reading
from itinerary.dashboard import samples, settings, state
from itinerary.dashboard.desk import Desk, Task
from itinerary.dashboard.whole import whole
from itinerary.dashboard.words import say
from itinerary.errors import ItineraryError
from itinerary.model import Place
from itinerary.pipeline import shared_gazetteer
from itinerary.workspace import Settings, Workspace, search

_ENDINGS = sorted({ending.rpartition(".")[2] for ending in (*reading.ENDINGS, *importing.ENDINGS)})
_WAYS = ("paste", "file", "web", "sample")


def show() -> None:
    """The part of the side panel about texts."""
    desk = state.desk()
    if len(desk.sheets) > 1:
        _switcher(desk)
    _add()
    if desk.sheet:
        settings.show(desk.sheet)


def _switcher(desk: Desk) -> None:
    @whole
    def turn() -> None:
        desk.current = st.session_state[key]
        state.choose(None)

    key = f"current of {len(desk.sheets)} {desk.current}"
    keys = list(desk.sheets)
    st.radio(
        say("trips"), keys, keys.index(desk.current) if desk.current in keys else 0, key=key, on_change=turn,
        format_func=lambda each: state.plain(f"{keys.index(each) + 1}. {desk.sheets[each].title}"),  # titles may be equal
    )  # fmt: skip
    st.button(say("remove"), on_click=_remove, args=(desk,), type="tertiary", icon=":material/close:")


@whole
def _remove(desk: Desk) -> None:
    if desk.current:
        desk.remove(desk.current)
    state.choose(None)


# --- a new text -------------------------------------------------------------------------------------------------------


def _add() -> None:
    st.session_state.setdefault("way", "paste")
    way = st.segmented_control(
        say("add"), _WAYS, required=True, key="way", format_func=lambda way: say(f"add_{way}"), width="stretch"
    )
    {"paste": _paste, "file": _file, "web": _web, "sample": _sample}[way or "paste"]()
    state.show_trouble(way or "paste")


def _paste() -> None:
    desk = state.desk()
    if (done := st.session_state.pop("draft_done", None)) is not None and done == st.session_state.get("draft", desk.draft):
        st.session_state.draft, st.session_state.edited = "", None  # another text that was typed meanwhile stays
    st.session_state.setdefault("draft", desk.draft)  # as it was before a reload, or before another part of the panel was open
    edited = desk.sheets.get(st.session_state.get("edited") or "")
    desk.draft = st.text_area(say("text"), key="draft", height=220, placeholder=say("text_hint"))
    if edited:
        st.caption(state.plain(say("editing", title=edited.title)))
    st.button(say("show"), type="primary", width="stretch", on_click=_take_draft)


@whole
def _take_draft() -> None:
    """Read what was pasted; a text that was edited takes its own place again, with its corrections."""
    text = st.session_state.get("draft", "")
    edited = state.desk().sheets.get(st.session_state.get("edited") or "")
    if edited:
        state.clear_trouble()
        if edited.workspace.beside:
            state.tell_trouble("reader", say("reader_anew"))
        state.desk().tasks = [replace(edited.task.by_itself(), text=text, place=edited.key, asked_at="paste")]
        return
    proposed = reading.proposed_date(text) if text.strip() else None
    _ask(_proposed(Task(text, proposed.day if proposed else None), f"“{proposed.words}”" if proposed else None))


def _proposed(task: Task, dated_by: str | None) -> Task:
    """The task with what the text shows of its dates, and where that was seen; the reader can change both."""
    notes = [*task.notes, *([say("proposed", day=task.published, source=dated_by)] if dated_by else [])]
    order = reading.proposed_order(task.text) if task.text.strip() else None
    if order:
        notes.append(
            say("proposed_order", words=f"“{order.words}”", order=say("day_first" if order.day_first else "month_first"))
        )
    return replace(task, notes=tuple(notes), day_first=order.day_first if order else None)


def _ask(task: Task) -> None:
    state.clear_trouble()
    desk = state.desk()
    desk.tasks = []
    desk.ask(task)
    state.choose(None)


def _file() -> None:
    st.file_uploader(
        say("files"), _ENDINGS, accept_multiple_files=True,
        key=f"files {st.session_state.get('uploads', 0)}", on_change=_take_files, help=say("files_help"),
    )  # fmt: skip


@whole
def _take_files() -> None:
    state.clear_trouble()
    uploads = st.session_state.get("uploads", 0)
    sentences = []
    for file in st.session_state[f"files {uploads}"] or ():
        try:
            _take(file.getvalue(), file.name)
        except ItineraryError as error:
            sentences.append(say("trouble_file", name=file.name, sentence=error))
    if sentences:
        state.tell_trouble("file", *sentences)
    st.session_state.uploads = uploads + 1  # an empty uploader for the next files
    state.choose(None)


def _take(data: bytes, name: str) -> None:
    """Put one file on the desk: a trip opens at once, a text is work to do."""
    if name.lower().endswith(project.ENDING):
        _open(project.load(data))
    elif importing.can_open(name):
        _open(Workspace(importing.open_trip(data, name, look_up=_look_up), settings=Settings(source=name)), given=True)
    else:
        state.desk().tasks.append(_task(reading.open_document(data, name), "file"))


def _open(workspace: Workspace, *, given: bool = False) -> None:
    known = workspace.settings
    asked = (known.published, known.day_first, known.traveller)
    state.desk().put(Task(workspace.trip.text, *asked, title=known.name, asked_at="file", given=given), workspace)


def _look_up(name: str, country: str | None) -> Place | None:
    """The likeliest place of that name, for rows that give no coordinates."""
    found = [each.place for each in search(shared_gazetteer(), name)]
    return next((place for place in found if country in (None, place.country)), None)


def _task(source: reading.Source, asked_at: str) -> Task:
    task = Task(source.text, source.published, title=source.title, notes=source.notes, asked_at=asked_at)
    return _proposed(task, source.dated_by)


def _web() -> None:
    st.text_input(say("address"), key="address", placeholder="https://")
    allowed = st.toggle(say("network_pages"), key="network_pages", help=say("network_pages_help"))
    st.button(say("fetch"), type="primary", width="stretch", disabled=not allowed, on_click=_fetch)


@whole
def _fetch() -> None:
    from itinerary import online  # nothing that knows the network is loaded unless it is asked for

    state.clear_trouble()
    try:
        _ask(_task(online.fetch_page(st.session_state.address), "web"))
    except ItineraryError as error:
        state.tell_trouble("web", str(error))


def _sample() -> None:
    for sample in samples.all_samples():
        st.button(state.plain(sample.title), key=f"sample {sample.file}", on_click=_take_sample, args=(sample,), width="stretch")


@whole
def _take_sample(sample: samples.Sample) -> None:
    _ask(samples.task(sample))
