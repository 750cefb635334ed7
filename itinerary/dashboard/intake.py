"""How texts come onto the desk: pasted, as files, from the web when the reader says so, or from the samples."""

from __future__ import annotations

import datetime as dt
from dataclasses import replace

import streamlit as st

from itinerary import project, reading
from itinerary.dashboard import samples, state
from itinerary.dashboard.desk import Desk, Sheet, Task
from itinerary.dashboard.words import say
from itinerary.errors import ItineraryError

FIRST_DAY, LAST_DAY = dt.date(1, 1, 1), dt.date(9999, 12, 31)
_WAYS = ("paste", "file", "web", "sample")


def show() -> None:
    """The part of the side panel about texts."""
    desk = state.desk()
    if len(desk.sheets) > 1:
        _switcher(desk)
    _add()
    if desk.sheet:
        _settings(desk.sheet)


def _switcher(desk: Desk) -> None:
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


def _remove(desk: Desk) -> None:
    if desk.current:
        desk.remove(desk.current)
    state.choose(None)


# --- a new text -------------------------------------------------------------------------------------------------------


def _add() -> None:
    way = st.segmented_control(
        say("add"), _WAYS, default="paste", required=True, key="way", format_func=lambda way: say(f"add_{way}"), width="stretch"
    )
    {"paste": _paste, "file": _file, "web": _web, "sample": _sample}[way]()
    state.show_trouble(way)


def _paste() -> None:
    if st.session_state.pop("draft_done", False):
        st.session_state.draft = ""
    st.text_area(say("text"), key="draft", height=220, placeholder=say("text_hint"))
    st.button(say("show"), type="primary", width="stretch", on_click=_take_draft)


def _take_draft() -> None:
    text = st.session_state.get("draft", "")
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
        say("files"), [ending.removeprefix(".") for ending in (*reading.ENDINGS, ".json")], accept_multiple_files=True,
        key=f"files {st.session_state.get('uploads', 0)}", on_change=_take_files, help=say("files_help"),
    )  # fmt: skip


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
        state.tell_trouble("file", " ".join(sentences))
    st.session_state.uploads = uploads + 1  # an empty uploader for the next files
    state.choose(None)


def _take(data: bytes, name: str) -> None:
    """Put one file on the desk: what was saved opens at once, a text is work to do."""
    if name.lower().endswith(".json"):
        _open(data)
    else:
        state.desk().tasks.append(_task(reading.open_document(data, name), "file"))


def _open(data: bytes) -> None:
    workspace = project.load(data)
    settings = workspace.settings
    task = Task(
        workspace.trip.text, settings.published, settings.day_first, settings.traveller, title=settings.name, asked_at="file"
    )
    state.desk().put(task, workspace)


def _task(source: reading.Source, asked_at: str) -> Task:
    task = Task(source.text, source.published, title=source.title, notes=source.notes, asked_at=asked_at)
    return _proposed(task, source.dated_by)


def _web() -> None:
    st.text_input(say("address"), key="address", placeholder="https://")
    allowed = st.toggle(say("network_pages"), key="network_pages", help=say("network_pages_help"))
    st.button(say("fetch"), type="primary", width="stretch", disabled=not allowed, on_click=_fetch)


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


def _take_sample(sample: samples.Sample) -> None:
    _ask(samples.task(sample))


# --- how a text is read -----------------------------------------------------------------------------------------------


def _settings(sheet: Sheet) -> None:
    with st.expander(say("settings"), expanded=True, key=f"settings of {sheet.key}"):
        for note in (*sheet.task.notes, *sheet.workspace.trip.notes):
            st.caption(state.plain(note))
        _published(sheet)
        if any(date.ambiguous for date in sheet.workspace.trip.dates) or sheet.task.day_first is not None:
            day_order(sheet)
        if len(sheet.workspace.trip.travellers) > 1:
            _traveller(sheet)
        _online(sheet)
        state.show_trouble("settings")


def _published(sheet: Sheet) -> None:
    key = f"published {sheet.key} {sheet.task.published}"
    st.date_input(
        say("published"), sheet.task.published, FIRST_DAY, LAST_DAY, key=key, help=say("published_help"),
        on_change=lambda: _again(sheet, published=st.session_state[key]),
    )  # fmt: skip


def day_order(sheet: Sheet) -> None:
    """The choice of what 02/03/2019 means."""
    key = f"day order {sheet.key} {sheet.task.day_first}"
    words = {None: say("day_order_open"), True: say("day_order_day"), False: say("day_order_month")}
    st.selectbox(
        say("day_order"), list(words), list(words).index(sheet.task.day_first), key=key, format_func=words.__getitem__,
        on_change=lambda: _again(sheet, day_first=st.session_state[key]),
    )  # fmt: skip


def _traveller(sheet: Sheet) -> None:
    trip, key = sheet.workspace.trip, f"traveller {sheet.key} {sheet.task.traveller}"
    names = sorted(trip.travellers, key=lambda name: name != trip.traveller)
    st.selectbox(
        say("traveller"),
        names,
        key=key,
        on_change=lambda: _again(sheet, traveller=st.session_state[key]),
    )


def _online(sheet: Sheet) -> None:
    key = f"online {sheet.key} {sheet.task.online}"
    st.toggle(
        say("online"), sheet.task.online, key=key, help=say("online_help"),
        on_change=lambda: _again(sheet, online=st.session_state[key]),
    )  # fmt: skip


def _again(sheet: Sheet, **changes: object) -> None:
    """Read the text of a sheet once more with other settings; its corrections stay."""
    state.clear_trouble()
    state.desk().tasks = [replace(sheet.task, **changes, place=sheet.key, asked_at="settings")]  # type: ignore[arg-type]
