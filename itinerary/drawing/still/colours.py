"""The colours of the picture: those of the interactive map in daylight."""

from __future__ import annotations

import re
from collections.abc import Mapping
from functools import cache
from pathlib import Path
from types import MappingProxyType

# For what the interactive map's style sheet does not say.
_USUAL = {
    "sea": "#dce7ed", "land": "#f8f6f1", "coast": "#b4c4cd", "border": "#c3b8aa", "river": "#c8dae4", "water": "#dce7ed",
    "country-name": "#8a8378", "water-name": "#7d9cb0", "town-name": "#77726a", "accent": "#0b6e75", "on-accent": "#ffffff",
    "ink": "#1d2526", "quiet": "#5b6668", "paper": "#ffffff", "line": "#d4dadb", "warning": "#9a4a00",
}  # fmt: skip


@cache
def colours() -> Mapping[str, str]:
    """Colours as #rrggbb by their names in map.css."""
    css = (Path(__file__).resolve().parents[1] / "static" / "map.css").read_text(encoding="utf-8")
    found: dict[str, str] = {}
    for name, value in re.findall(r"--map-([a-z-]+):\s*(#[0-9a-f]{6})\b", css):
        found.setdefault(name, value)  # the first are for daylight, the later ones for the dark
    return MappingProxyType(_USUAL | found)
