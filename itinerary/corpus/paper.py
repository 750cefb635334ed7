"""A page around a map of many journeys: one HTML document with its scripts and styles, which may load nothing."""

from __future__ import annotations

import base64
import hashlib
from html import escape
from importlib.resources import files
from string import Template
from typing import Any

import itinerary as package
from itinerary.drawing import assets


def page_of(title: str, body: str, data: Any, script: str) -> str:
    """The page with this title; `body` is HTML, `script` the name of the script in `static` that draws `data`."""
    scripts = [
        *(text for _, text in assets.scripts()),
        f"window.itineraryData={assets.in_script(data)};",
        _static("common.js"),
        _static(f"{script}.js"),
    ]
    styles = [*(text for _, text in assets.styles()), _static("corpus.css")]
    return Template(_static("page.html")).substitute(
        policy=_policy(scripts, styles),
        title=escape(title),
        styles="\n".join(f"<style>{text}</style>" for text in styles),
        body=body,
        generator=escape(f"itinerary {package.__version__}"),
        scripts="\n".join(f"<script>{text}</script>" for text in scripts),
    )


def _static(name: str) -> str:
    return (files("itinerary.corpus") / "static" / name).read_text(encoding="utf-8")


def _policy(scripts: list[str], styles: list[str]) -> str:
    """Nothing may be loaded, and only these scripts and styles may work."""
    allowed = [" ".join(f"'sha256-{_checksum(text)}'" for text in texts) for texts in (scripts, styles)]
    return (
        f"default-src 'none'; script-src {allowed[0]}; style-src {allowed[1]}; img-src data:; base-uri 'none'; form-action 'none'"
    )


def _checksum(text: str) -> str:
    return base64.b64encode(hashlib.sha256(text.encode()).digest()).decode("ascii")
