"""Words of a text made fit for a file: one line, no character that XML or a calendar forbids."""

from __future__ import annotations

import re

from itinerary.model import Itinerary, Place, Visit

# What XML 1.0 has no way to write: controls, halves of surrogate pairs, the two non-characters.
_FORBIDDEN = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f\x7f\ud800-\udfff\ufffe\uffff]")


def plain(text: str | None) -> str:
    r"""One line of the text, with a replacement character for what no file format can hold; "" for None.

    >>> plain("a\n b\x00")
    'a b�'
    """
    return " ".join(allowed(text or "").split())


def allowed(text: str) -> str:
    """The text, as long as it was, with a replacement character for what no file format can hold."""
    return _FORBIDDEN.sub("\ufffd", text)


def evidence(trip: Itinerary, visit: Visit) -> str:
    """The sentence that proves a visit best; "" for one that was put in by hand."""
    return next(iter(sentences(trip, visit)), "")


def sentences(trip: Itinerary, visit: Visit) -> list[str]:
    """The sentences that prove a visit, the best first."""
    return [plain(span.of(trip.text)) for span in visit.evidence]


def title(trip: Itinerary) -> str:
    """What the journey is called."""
    return plain(trip.title) or "A journey"


def web_address(place: Place) -> str | None:
    """Where the web of data speaks of a place, None when it is not of GeoNames."""
    return f"https://sws.geonames.org/{place.geonameid}/" if place.geonameid else None
