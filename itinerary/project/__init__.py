"""Trips and projects as files that open again: nothing is lost, nothing is trusted.

::

    Itinerary ◄─ nouns ─► JSON ◄─ text ─► bytes          codec follows the dataclasses' own hints

`codec` writes and reads any frozen dataclass, `nouns` knows how days, spans, places and legs are spelled, `text` lays JSON out.
"""

from __future__ import annotations

from typing import Any

from itinerary.model import Itinerary
from itinerary.project.codec import expect
from itinerary.project.nouns import Places, codec_with, read_trip, write_trip

__all__ = ["trip_from_json", "trip_to_json"]

_FORMAT = "itinerary trip"
VERSION = 1


def trip_to_json(trip: Itinerary) -> dict[str, Any]:
    """The whole trip as what `json.dumps` takes; `trip_from_json` gives an equal one back."""
    places = Places()
    written = write_trip(trip, codec_with(places))
    return {"format": _FORMAT, "version": VERSION, "trip": written, "places": places.write()}


def trip_from_json(content: Any) -> Itinerary:
    """The trip that `trip_to_json` wrote. Raises InputError, in one sentence that says where, for anything else."""
    expect(isinstance(content, dict) and content.get("format") == _FORMAT, "the file", f'"format": "{_FORMAT}"', content)
    expect(content.get("version") == VERSION, "version", f"{VERSION} (a newer program wrote it: update)", content.get("version"))
    return read_trip(content.get("trip"), codec_with(Places.read(content.get("places"))), "trip")
