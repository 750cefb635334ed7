"""What a session remembers: its desk, its preferences, what is chosen, and the trouble to be told at the next run."""

from __future__ import annotations

from typing import Any

import streamlit as st

from itinerary.dashboard import samples
from itinerary.dashboard.desk import Desk, Sheet
from itinerary.dashboard.formats import Manner
from itinerary.dashboard.mending import Target
from itinerary.dashboard.store import Store, is_token, new_token
from itinerary.dashboard.whole import whole

_ADDRESS = "desk"  # the query parameter that names the desk, for a reload


def desk() -> Desk:
    """This session's desk: the one that its address names, else a new one with the sample on it."""
    if "desk" not in st.session_state:
        token = st.query_params.get(_ADDRESS)
        known = _store().find(token) if is_token(token) else None
        st.session_state.token = token if known else new_token()
        st.query_params[_ADDRESS] = st.session_state.token  # first, or a run that ends here would leave the page without it
        st.session_state.desk = known or Desk(tasks=[samples.task(samples.all_samples()[0])])
    found: Desk = st.session_state.desk
    return found


def keep() -> None:
    """Put the desk where a reload of the page finds it again."""
    _store().keep(st.session_state.token, st.session_state.desk)


def current() -> Sheet | None:
    """The trip that is looked at."""
    return desk().sheet


def manner() -> Manner:
    """How this reader writes numbers and dates: as their browser says, in the unit they chose."""
    own = Manner.of(st.context.locale)
    return own.measuring(st.session_state.get("units") or own.units)


# --- what is chosen ---------------------------------------------------------------------------------------------------


def target() -> Target | None:
    """What the panel corrects."""
    found: Target | None = st.session_state.get("target")
    return found


@whole
def choose(target: Target | None, *, show: bool = True) -> None:
    """Turn the panel to something else; `show` brings it into view in the component, too."""
    st.session_state.target = target
    st.session_state.preview = st.session_state.picking = st.session_state.picked = None
    st.session_state.serial = serial() + 1
    if target and st.session_state.get("panel") != "mend":
        st.session_state.panel = "mend"
    if show:
        point_at(target, quiet=False)


def point_at(target: Target | None, *, quiet: bool = True) -> None:
    """Tell the component what is chosen; `quiet`: neither the map nor the text is to move for it."""
    turn = st.session_state.get("chosen", {}).get("turn", 0) + 1
    st.session_state.chosen = {"target": target.as_choice() if target else None, "turn": turn, "quiet": quiet}


def serial() -> int:
    """Counts the targets, so that each has fresh widgets."""
    return int(st.session_state.get("serial", 0))


# --- what is to be told -----------------------------------------------------------------------------------------------


def tell_trouble(place: str, *sentences: str) -> None:
    """Remember sentences to be shown at `place`, each by itself, until the reader tries again."""
    st.session_state.trouble = {**st.session_state.get("trouble", {}), place: sentences}


def clear_trouble() -> None:
    """Forget all trouble: something new is being tried."""
    st.session_state.trouble = {}


def show_trouble(place: str, *, calm: bool = False) -> None:
    """Show the sentences for `place`, if there are any; `calm` where nothing was lost."""
    for sentence in st.session_state.get("trouble", {}).get(place, ()):
        (st.info if calm else st.error)(plain(sentence))


def plain(text: Any) -> str:
    """The text with every sign escaped that Streamlit's Markdown would act on."""
    return "".join(f"\\{letter}" if letter in "\\`*_{}[]()#+-.!|<>$:~^=&" else letter for letter in " ".join(str(text).split()))


@st.cache_resource(show_spinner=False)
def _store() -> Store:
    return Store()
