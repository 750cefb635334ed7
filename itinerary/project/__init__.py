"""Trips and projects as files that open again: nothing is lost, nothing is trusted.

::

    Workspace, Itinerary ◄─ file ─ nouns ─► JSON ◄─ text ─► bytes          codec follows the dataclasses' own hints

`codec` writes and reads any frozen dataclass, `nouns` knows how days, spans, places and legs are spelled, `text` lays JSON out,
`file` says what a file holds.
"""

from __future__ import annotations

from itinerary.project.file import ENDING, dumps, load, save, trip_from_json, trip_to_json

__all__ = ["ENDING", "dumps", "load", "save", "trip_from_json", "trip_to_json"]
