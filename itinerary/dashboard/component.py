"""Our one component: map, text and stops in a page of its own, which Streamlit keeps standing while the app runs again.

That page is put together from the drawing's assets and `static/`, once for each process: nothing is fetched from elsewhere.
"""

from __future__ import annotations

import atexit
import shutil
import tempfile
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from importlib.resources import files
from pathlib import Path
from string import Template
from typing import Any

import streamlit as st
from streamlit.components.v1 import declare_component

from itinerary import drawing

_SCRIPTS = ("bridge.js", "build.js", "reader.js", "stops.js", "card.js", "journey.js")
_KEY = "journey"
_SEEN = "events seen"


@dataclass(frozen=True, slots=True)
class Event:
    """Something the reader did on purpose: its kind ("open", "status", "move", "pick", "undo", "redo", "cancel") and the rest."""

    kind: str
    content: Mapping[str, Any]


def show(scene: Mapping[str, Any], act: Callable[[Event], None]) -> None:
    """Show a scene as `scenes.arguments` makes it; `act` hears each event of the reader once, before the app runs again."""
    _page()(**scene, done=st.session_state.get(_SEEN), key=_KEY, default=None, on_change=lambda: _hear(act))


def _hear(act: Callable[[Event], None]) -> None:
    for event in fresh(st.session_state.get(_KEY), st.session_state):
        act(event)


def fresh(value: object, state: Any) -> list[Event]:
    """The events in what the component sent that `state` does not remember; remembers them. What is malformed is left out."""
    if not isinstance(value, dict) or not isinstance(value.get("run"), str) or not isinstance(value.get("events"), list):
        return []
    run, seen = value["run"], state.get(_SEEN) or {}
    last = seen["number"] if seen.get("run") == run else 0
    found = [event for event in value["events"] if isinstance(event, dict) and isinstance(event.get("number"), int)]
    new = sorted((event for event in found if event["number"] > last), key=lambda event: int(event["number"]))
    if new:
        state[_SEEN] = {"run": run, "number": new[-1]["number"]}
    return [Event(str(event.get("kind")), event) for event in new]


@st.cache_resource(show_spinner=False)
def _page() -> Any:
    """The component, its folder written anew for this process and removed when it ends."""
    folder = Path(tempfile.mkdtemp(prefix="itinerary-page-"))
    atexit.register(shutil.rmtree, folder, ignore_errors=True)
    (folder / "index.html").write_text(page(), encoding="utf-8")
    return declare_component("itinerary_journey", path=folder)


def page() -> str:
    """The page of the component: everything it needs in one file."""
    static = files("itinerary.dashboard") / "static"
    text = {name: (static / name).read_text(encoding="utf-8") for name in ("journey.html", "journey.css", *_SCRIPTS)}
    return Template(text["journey.html"]).substitute(
        assets=drawing.inline_assets(),
        styles=f"<style>{text['journey.css']}</style>",
        scripts="".join(f"<script>{text[name]}</script>" for name in _SCRIPTS),
    )
