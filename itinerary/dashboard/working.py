"""The one slow thing: reading a text. It shows what it is doing and can be cancelled."""

from __future__ import annotations

import logging

import streamlit as st
from streamlit.delta_generator import DeltaGenerator

import itinerary
from itinerary.account import NoAccount, Reader
from itinerary.dashboard import mending, samples, state
from itinerary.dashboard.background import Tell, Work
from itinerary.dashboard.desk import MOST_SHEETS, Desk, Reading, Sheet, Task
from itinerary.dashboard.mending import Target
from itinerary.dashboard.whole import whole
from itinerary.dashboard.words import say
from itinerary.second_reader import Answered, Beside
from itinerary.workspace import Settings, SideBySide, Workspace, side_by_side

_LOG = logging.getLogger(__name__)
_Read = tuple[itinerary.Itinerary, SideBySide | None]
_Trips = dict[object, itinerary.Itinerary]
_LOOK = 0.1  # seconds between two looks at a text being read
_MOST_SAMPLE_TRIPS = 12  # the samples, and some of them read with another date


def work(slot: DeltaGenerator) -> None:
    """Do the tasks that wait, one after the other, told in `slot`, and run the app again when there were any.

    Each widget the reader touches meanwhile ends this run of the app; the next one waits on for the same task, or ends it when it
    was the button to cancel.
    """
    desk = state.desk()
    if desk.reading and desk.reading.task not in desk.tasks:
        desk.reading.work.stop()
        desk.reading = None
    if not desk.tasks:
        return
    with slot.container(key="work"):
        while desk.tasks:
            _do(desk, desk.tasks[0])
    state.keep()
    st.rerun()


def _still(before: Sheet | None, target: Target | None, after: Sheet | None) -> Target | None:
    """What the panel corrects, when the text was only read anew with another setting; None for another text."""
    if not before or not after or before.key != after.key or not target or st.session_state.get("panel") != "mend":
        return None
    old, new = before.workspace.trip, after.workspace.trip
    return mending.followed(old, target, new) if target.within(old) else None


def _do(desk: Desk, task: Task) -> None:
    box = st.empty()
    with box.container():
        bar = st.progress(0.0, state.plain(say("opening")))
        st.button(say("cancel"), on_click=desk.tasks.clear, key=f"cancel {desk.serial} {len(desk.tasks)}")
    work = _under_way(desk, task)
    while not work.wait(_LOOK):
        state.desk()  # a look into the session's memory lets the next run of the app come
        if work.stage:
            bar.progress(work.share, state.plain(say("stage", stage=f"{_title(task)}: {work.stage}")))
    outcome = _outcome(desk, task, work)
    gone = _finish(desk, task, outcome)
    if gone:
        st.toast(state.plain(say("left_desk", title=gone.title, most=MOST_SHEETS)))
    box.empty()


def _under_way(desk: Desk, task: Task) -> Work[_Read]:
    """The reading of a task, begun if it is not."""
    if not desk.reading or desk.reading.task is not task:
        known = _sample_trips()
        desk.reading = Reading(task, Work(lambda tell: _read(task, tell, known)))
    return desk.reading.work


def _outcome(desk: Desk, task: Task, work: Work[_Read]) -> Workspace | str:
    """The journey of a task, or the sentence that says why there is none."""
    try:
        return _workspace(desk, task, work.outcome())
    except itinerary.ItineraryError as error:
        return str(error)
    except Exception as fault:  # of ours: the session and its other trips live on
        _LOG.exception("a text could not be read")
        return say("failed", fault=type(fault).__name__)


@whole
def _finish(desk: Desk, task: Task, outcome: Workspace | str) -> Sheet | None:
    """Take a task out of the queue and lay its journey on the desk, both or neither; gives the sheet that had to leave for it."""
    if not any(other is task for other in desk.tasks):
        return None  # the same desk in another window was quicker
    before, target, gone = desk.sheet, state.target(), None
    desk.tasks, desk.reading = [other for other in desk.tasks if other is not task], None
    if isinstance(outcome, str):
        state.tell_trouble(task.asked_at, outcome)
    else:
        gone = desk.put(task, outcome)
        if task.asked_at == "paste":
            st.session_state.draft_done = task.text
    state.choose(_still(before, target, desk.sheet))
    return gone


def _title(task: Task) -> str:
    words = " ".join((task.title or task.text.strip()[:200].partition("\n")[0]).split())
    return words if len(words) <= 60 else f"{words[:59]}…"


def _workspace(desk: Desk, task: Task, read: _Read) -> Workspace:
    """The journey of a new text, or that of a known one read anew, with the corrections it had."""
    trip, beside = read
    settings = Settings(task.title, None, task.published, task.traveller, task.day_first)
    known = desk.sheets.get(task.place) if task.place else None
    return known.workspace.reread(trip, settings, beside) if known else Workspace(trip, settings=settings, beside=beside)


def _read(task: Task, tell: Tell, known: _Trips) -> _Read:
    """The journey, and what another reader makes of it beside. Raises NoAccount where a model's answer tells of none."""
    if task.answer is None:
        return (_of_sample(task, tell, known) if samples.is_sample(task.text) and not task.online else _built(task, tell)), None
    both = Beside(Answered(task.answer))
    trip = _built(task, tell, both)
    if both.failure:
        raise NoAccount(both.failure)
    return trip, side_by_side(both.built_in(trip), trip)


def _built(task: Task, tell: Tell, reader: Reader | None = None) -> itinerary.Itinerary:
    helper = None
    if task.online:
        from itinerary import online

        helper = online.geocoder(None)
    return itinerary.build(
        task.text, task.published, task.traveller, day_first=task.day_first, online=helper, progress=tell, reader=reader
    )


def _of_sample(task: Task, tell: Tell, known: _Trips) -> itinerary.Itinerary:
    """The journey of a text that ships with the program, remembered for all sessions: it is nobody's secret."""
    key = (task.text, task.published, task.traveller, task.day_first)
    if key not in known:
        while len(known) >= _MOST_SAMPLE_TRIPS:
            known.pop(next(iter(known)), None)
        known[key] = _built(task, tell)
    return known[key]


@st.cache_resource(show_spinner=False)
def _sample_trips() -> _Trips:
    return {}
