"""The panel's part about place: the runners-up, a search in the gazetteer, a click on the map."""

from __future__ import annotations

from collections.abc import Sequence

import streamlit as st

from itinerary.dashboard import mending, state
from itinerary.dashboard.desk import Sheet
from itinerary.dashboard.events import correct
from itinerary.dashboard.mending import Target
from itinerary.dashboard.whole import whole
from itinerary.dashboard.words import say
from itinerary.errors import ItineraryError
from itinerary.model import Place, Status
from itinerary.pipeline import shared_gazetteer
from itinerary.workspace import SetPlace, read_time, search

_MOST_FOUND = 6  # places that fit into the panel with the button that takes one
_STATUSES = (Status.VISITED, Status.PASSED, Status.PLANNED)


def another(sheet: Sheet, target: Target) -> None:
    """Another place for a stop or a name: chosen from a list, seen on the map at once, taken with one click."""
    trip = sheet.workspace.trip
    now = mending.place_of(trip, target)
    st.markdown(state.plain(say("place_now", place=mending.label(now)) if now else say("place_unknown")))
    found = _offered(mending.suggestions(trip, target), mending.name_of(trip, target))
    if not found:
        return
    times, everywhere = mending.times_named(trip, target), False
    if times > 1:
        words = say("everywhere", name=mending.name_of(trip, target), times=times)
        everywhere = st.checkbox(state.plain(words), value=True, key=f"place of all {state.serial()}")

    @whole
    def take() -> None:
        correct(lambda w: w.do(SetPlace(mending.anchor(w, target), found, everywhere=everywhere)))

    st.button(say("take_place"), type="primary", on_click=take, key=f"take {state.serial()}", width="stretch")


def _offered(suggestions: Sequence[Place], name: str) -> Place | None:
    """The place that the reader looks at: one of the suggestions or of what a search finds; shown on the map."""
    serial = state.serial()
    asked = st.text_input(
        say("search"), key=f"search {serial}", placeholder=say("search_hint"), help=say("search_help"), icon=":material/search:"
    )
    places = _searched(asked) if asked.strip() else list(suggestions)
    _picking(name)
    if not places:
        st.session_state.preview = None
        if asked.strip():
            st.caption(state.plain(say("not_found", name=asked)))
        return None
    labels = _labels(places)
    index = st.radio(
        say("found") if asked.strip() else say("suggested"), range(len(places)), None if not asked.strip() else 0,
        key=f"places {serial} {asked}", format_func=labels.__getitem__,
    )  # fmt: skip
    place = places[index] if index is not None else None
    st.session_state.preview = _preview(place) if place else None
    return place


def _labels(places: Sequence[Place]) -> list[str]:
    """What each place is called in a list; namesakes that nothing else tells apart by where they lie."""
    labels = [mending.label(place) for place in places]
    points = [f"{place.coordinate.latitude:.2f}, {place.coordinate.longitude:.2f}" for place in places]
    return [
        state.plain(label if labels.count(label) == 1 else f"{label} ({point})")
        for label, point in zip(labels, points, strict=True)
    ]


def _searched(asked: str) -> list[Place]:
    try:
        return [found.place for found in search(shared_gazetteer(), asked, limit=_MOST_FOUND)]
    except ItineraryError as error:
        st.error(state.plain(error))
        return []


def _preview(place: Place) -> dict[str, object]:
    point = place.coordinate
    return {
        "at": [point.latitude, point.longitude],
        "name": place.name,
        "note": mending.label(place).partition(" · ")[0].rpartition(", ")[2],
    }


def _picking(name: str) -> None:
    @whole
    def begin() -> None:
        st.session_state.picking = name

    st.button(say("on_map"), on_click=begin, key=f"pick {state.serial()}", icon=":material/location_on:", width="stretch")


def new_stop(sheet: Sheet) -> None:
    """A stop that the text does not tell: where, whether it happened, when, and between which stops."""
    trip, serial = sheet.workspace.trip, state.serial()
    st.subheader(say("add_stop"), anchor=False)
    picked: Place | None = st.session_state.get("picked")
    place = _offered([picked] if picked else [], say("new_stop"))
    place = place or picked
    name = st.text_input(say("stop_name"), key=f"name {serial}", placeholder=place.name if place else "")
    status = st.segmented_control(
        say("status"), range(len(_STATUSES)), default=0, required=True, key=f"new status {serial}", width="stretch",
        format_func=lambda index: say(f"status_{_STATUSES[index]}"),
    )  # fmt: skip
    before = ["", *(f"{order}. {visit.place.name}" for order, visit in enumerate(trip.visits, 1))]
    at = st.selectbox(
        say("after"), range(len(before)), len(before) - 1, key=f"after {serial}",
        format_func=lambda index: before[index] if index else say("at_start"),
    )  # fmt: skip
    arrived = st.text_input(say("arrived"), key=f"new arrive {serial}", help=say("dates_help"), placeholder=say("open"))

    @whole
    def add() -> None:
        if place and correct(
            lambda w: w.add(place, name.strip() or None, at=at, status=_STATUSES[status], dates=(read_time(arrived), None))
        ):
            state.choose(Target("order", at + 1))

    st.button(say("add_this"), type="primary", disabled=not place, on_click=add, key=f"add {serial}", width="stretch")
