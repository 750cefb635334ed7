"""A language model under way: begun when the reader says so, watched while the page goes on, its answer put on the desk."""

from __future__ import annotations

from collections.abc import Set
from dataclasses import replace

import streamlit as st

from itinerary.dashboard import state
from itinerary.dashboard.desk import Desk, Job, Sheet, Task
from itinerary.dashboard.words import say
from itinerary.errors import InputError
from itinerary.second_reader import Asked, Asker, Asking

_LOOK = 1.0  # s between two looks at it


def other_machine(url: str) -> str | None:
    """The machine that a text would be sent to; None for this one. Raises InputError for what is no address."""
    from itinerary.online.chat import chat  # nothing that knows the network is loaded unless it is asked for

    model = chat(url.strip(), "any", allowed=True)
    return model.server.host if model.leaves_machine else None


def begin(desk: Desk, sheet: Sheet, allowed: Set[str]) -> None:
    """Ask the model of the desk's endpoint about a sheet, on this machine or on one of those allowed.

    Raises InputError for an endpoint that can't be asked.
    """
    from itinerary.online.chat import chat

    at = desk.endpoint
    if not at.url.strip():
        raise InputError(say("reader_url_missing"))
    machine = other_machine(at.url)
    if machine and machine not in allowed:
        raise InputError(say("reader_not_allowed", machine=machine))
    model = chat(at.url.strip(), at.model, allowed=True, answer_in=60.0 * at.minutes)
    task, reader = sheet.task, Asked(model, context=at.context)
    cancel(desk)
    desk.job = Job(sheet.key, task, model.name, Asking(Asker(reader, task.text, task.published, task.traveller)))


def cancel(desk: Desk) -> None:
    """Ask no further."""
    if desk.job:
        desk.job.asking.cancel()
        desk.job = None


def show() -> None:
    """What the model under way is doing, and what there is to say when it is through."""
    state.show_trouble("reader", calm=True)
    if state.desk().job:
        with st.container(key="asking"):
            _watch()


@st.fragment(run_every=_LOOK)
def _watch() -> None:
    desk = state.desk()
    job = desk.job
    if not job:
        return
    job.asking.look()
    if job.asking.done:
        finish(desk, job)
        st.rerun()
    words = say("reader_under_way", stage=job.asking.stage, seconds=f"{job.asking.seconds:,.0f}")
    st.progress(job.asking.share, state.plain(words))
    if st.button(say("cancel"), key="cancel asking"):
        cancel(desk)
        st.rerun()


def finish(desk: Desk, job: Job) -> None:
    """Put the answer in the queue of what is to be read; one on a text that is another by now is only told."""
    desk.job = None
    sheet = desk.sheets.get(job.key)
    if not sheet:
        return
    if job.asking.trouble:
        state.tell_trouble("reader", job.asking.trouble)
    elif (sheet.task.text, sheet.task.traveller) != (job.task.text, job.task.traveller):
        state.tell_trouble("reader", say("reader_too_late"))
    else:
        take(desk, sheet, replace(sheet.task, answer=job.asking.answer, read_by=job.model))


def take(desk: Desk, sheet: Sheet, task: Task) -> None:
    """Read a sheet anew with the answer that its task now has."""
    desk.tasks.append(replace(task, place=sheet.key, asked_at="reader"))
