"""The files that a map carries: Leaflet, our scripts and styles, and the base map."""

from __future__ import annotations

import base64
import json
import re
from functools import cache
from importlib.resources import files
from pathlib import Path
from typing import Any

DATA = Path(__file__).resolve().parents[2] / "data"


@cache
def script(name: str) -> str:
    """One of our own scripts or style sheets."""
    return (files("itinerary.drawing") / "static" / name).read_text(encoding="utf-8")


@cache
def leaflet(name: str) -> str:
    """leaflet.js or leaflet.css without the references to other files that they make."""
    text = (files("js_lib_leaflet") / "static" / "js_lib_leaflet" / name).read_text(encoding="utf-8").replace("\r", "")
    text = re.sub(r"//# sourceMappingURL=.*", "", text)
    return re.sub(r"(?:behavior|background-image): url\([^)]*\);", "", text) if name.endswith(".css") else text


# Our scripts in the order in which they need each other.
_SCRIPTS = (
    "words", "basemap", "labels", "layout", "popups", "marks", "legs", "mentions", "locator", "controls", "search",
    "time", "route",
)  # fmt: skip


def scripts() -> list[tuple[str, str]]:
    """Name and text of the scripts that a route map needs, in order."""
    ours = [(name, script(f"{name}.js")) for name in _SCRIPTS]
    return [("leaflet", leaflet("leaflet.js")), ("base_map_data", base_map()), *ours]


def styles() -> list[tuple[str, str]]:
    """Name and text of the style sheets that a route map needs, in order."""
    return [("leaflet_css", leaflet("leaflet.css")), ("route_css", script("map.css"))]


@cache
def inline() -> str:
    """Styles and scripts as elements for the head of any page; the same for every trip, and none of it asks any address."""
    return "\n".join(
        [*(f"<style>{text}</style>" for _, text in styles()), *(f"<script>{text}</script>" for _, text in scripts())]
    )


@cache
def base_map() -> str:
    """A script that hands the base map to ours."""
    return f"window.itineraryBaseMap={in_script(json.loads((DATA / 'basemap.json').read_text(encoding='utf-8')))};"


def in_script(data: Any) -> str:
    """JSON that is safe inside a script element of a page: no letter of it can end the element or start another.

    Nor can it start an expression of a template: branca takes every finished script for a Jinja template once more, and would run
    what a text says between double braces, in Python.
    """
    text = json.dumps(data, ensure_ascii=True, separators=(",", ":"), allow_nan=False)
    text = text.replace("<", "\\u003c").replace(">", "\\u003e").replace("&", "\\u0026")
    return re.sub(r"\{(?=[{%#])", r"\\u007b", text)


def data_uri(media_type: str, text: str) -> str:
    """The text as an address that holds it whole."""
    return f"data:{media_type};base64,{base64.b64encode(text.encode()).decode('ascii')}"
