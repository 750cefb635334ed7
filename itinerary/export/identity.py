"""Names (URIs) for what has no address on the web: the same text, place or mention always gets the same one."""

from __future__ import annotations

import uuid

from itinerary.export.words import web_address
from itinerary.model import Itinerary, Place

# The root of our names, itself made from the program's.
_ROOT = uuid.uuid5(uuid.NAMESPACE_URL, "urn:itinerary")


def of_text(trip: Itinerary) -> str:
    """The name of the text that the journey was read out of."""
    return _urn("text", trip.text)


def of_place(place: Place) -> str:
    """Where the web of data speaks of the place, else a name of our own."""
    return web_address(place) or _urn("place", place.id)


def of_part(trip: Itinerary, part: str) -> str:
    """The name of something in a text: a mention, an annotation."""
    return _urn(part, trip.text)


def _urn(*parts: str) -> str:
    return uuid.uuid5(_ROOT, "\0".join(parts).encode("utf-8", "replace").decode()).urn
