"""Our own components: pages of their own that Streamlit keeps standing while the app runs again.

`journey` shows map, text and stops, `figures` the journey in pictures, `compare` several journeys on one map. Each page is put
together from the drawing's assets and `static/`, once for each process: nothing is fetched from elsewhere.
"""

from __future__ import annotations

import atexit
import os
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
from itinerary.cache import PAGES
from itinerary.dashboard.whole import whole
from itinerary.drawing import timeline

# The scripts of each page in order; all of them speak with Streamlit by bridge.js.
_SCRIPTS = {
    "journey": ("bridge.js", "build.js", "reader.js", "stops.js", "card.js", "journey.js"),
    "figures": ("bridge.js", "figures.js"),
    "compare": ("bridge.js", "build.js", "compare.js"),
}


@dataclass(frozen=True, slots=True)
class Event:
    """Something the reader did on purpose: its kind ("open", "status", "move", "pick", "undo", "redo", "cancel") and the rest."""

    kind: str
    content: Mapping[str, Any]


def show(name: str, scene: Mapping[str, Any], act: Callable[[Event], None] | None = None) -> None:
    """Show a scene in a component; `act` hears each event of the reader once, before the app runs again."""

    @whole
    def hear() -> None:
        for event in fresh(st.session_state.get(name), st.session_state, name):
            if act:
                act(event)

    _component(name)(**scene, done=st.session_state.get(f"seen of {name}"), key=name, default=None, on_change=hear)


def fresh(value: object, state: Any, name: str = "journey") -> list[Event]:
    """The events in what a component sent that `state` does not remember; remembers them. What is malformed is left out."""
    if not isinstance(value, dict) or not isinstance(value.get("run"), str) or not isinstance(value.get("events"), list):
        return []
    run, seen = value["run"], state.get(f"seen of {name}") or {}
    last = seen["number"] if seen.get("run") == run else 0
    found = [event for event in value["events"] if isinstance(event, dict) and isinstance(event.get("number"), int)]
    new = sorted((event for event in found if event["number"] > last), key=lambda event: int(event["number"]))
    if new:
        state[f"seen of {name}"] = {"run": run, "number": new[-1]["number"]}
    return [Event(str(event.get("kind")), event) for event in new]


@st.cache_resource(show_spinner=False)
def _component(name: str) -> Any:
    """A component, its folder written anew for this process and removed when it ends."""
    folder = Path(tempfile.mkdtemp(prefix=f"{PAGES}{os.getpid()}-"))
    atexit.register(shutil.rmtree, folder, ignore_errors=True)
    (folder / "index.html").write_text(page(name), encoding="utf-8")
    return declare_component(f"itinerary_{name}", path=folder)


def page(name: str) -> str:
    """The page of a component: everything it needs in one file."""
    static = files("itinerary.dashboard") / "static"
    own = {file: (static / file).read_text(encoding="utf-8") for file in ("base.css", f"{name}.css", *_SCRIPTS[name])}
    styles = [own["base.css"], own[f"{name}.css"], *([timeline.style()] if name == "figures" else [])]
    return Template((static / f"{name}.html").read_text(encoding="utf-8")).substitute(
        assets="" if name == "figures" else drawing.inline_assets(),
        styles=f"<style>{''.join(styles)}</style>",
        scripts="".join(f"<script>{own[file]}</script>" for file in _SCRIPTS[name]),
    )
