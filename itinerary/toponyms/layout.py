"""What the page says of a name: alone behind "Day 4:" stands where that day leads.

The recogniser reads such a line as a broken sentence, in which "Kanazawa" may look like a person; the gazetteer knows better.
"""

from __future__ import annotations

import re

from itinerary.model import Document
from itinerary.toponyms.proposing import Proposal

LIKELY = 0.5  # probability of a known name by its place on the page alone
_DAY = re.compile(r"(?:^|\n)\s*[-*#•]*\s*days?\s+\d{1,3}\s*[:.–—-]\s*$", re.IGNORECASE)
_LONGEST_LABEL = 30  # characters before a name that may be "Day 12:"


def least(document: Document, proposal: Proposal) -> float:
    """The probability that a proposal has by its place on the page alone: 0 for all but known names alone behind their day."""
    tokens = document.parse[proposal.start : proposal.end]
    before = document.text[max(0, tokens.start_char - _LONGEST_LABEL) : tokens.start_char]
    alone = _DAY.search(before) and not document.text[tokens.end_char :][:2].strip(" .(\n")
    return LIKELY if proposal.known and alone else 0.0
