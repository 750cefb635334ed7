"""The marked text on its way to the component: whole at first, then only the paragraphs that a correction changed.

A book's text is megabytes; sending it again at each correction would take longer than the correction. Each state of the text has
a version, and a change names the one that it builds on: a component that has another one asks for the whole.
"""

from __future__ import annotations

import secrets
from dataclasses import dataclass
from typing import Any

_END = "</p>"
_MOST_CHANGED = 4  # where more than one paragraph in so many changed, the whole is sent


@dataclass(frozen=True, slots=True)
class Sent:
    """A state of the text that was sent: of which trip, its version, its paragraphs, and the message that told it."""

    trip: str
    version: str
    paragraphs: tuple[str, ...]
    message: dict[str, Any]


def sent(trip: str, html: str, last: Sent | None) -> Sent:
    """The text to be sent after `last`, which None makes whole."""
    paragraphs, version = tuple(html.split(_END)), secrets.token_hex(6)
    if last and last.trip == trip and len(last.paragraphs) == len(paragraphs):
        pairs = enumerate(zip(last.paragraphs, paragraphs, strict=True))
        changes = {index: new + _END for index, (old, new) in pairs if old != new}
        if len(changes) * _MOST_CHANGED <= len(paragraphs):
            return Sent(trip, version, paragraphs, {"version": version, "base": last.version, "changes": changes})
    return Sent(trip, version, paragraphs, {"version": version, "whole": html})
