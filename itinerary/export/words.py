"""Words of a text made fit for a file: one line, no character that XML or a calendar forbids."""

from __future__ import annotations

import re

from itinerary.model import Itinerary, Visit

# What XML 1.0 has no way to write: controls, halves of surrogate pairs, the two non-characters.
_FORBIDDEN = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f\x7f\ud800-\udfff\ufffe\uffff]")


def plain(text: str) -> str:
    """One line of the text, with a replacement character for what no file format can hold.

    >>> plain("a\\n b\\x00")
    'a b�'
    """
    return " ".join(_FORBIDDEN.sub("\ufffd", text).split())


def evidence(trip: Itinerary, visit: Visit) -> str:
    """The sentence that proves a visit best."""
    return plain(visit.evidence[0].of(trip.text))
