"""Propose and judge mentions of places: Document -> Toponym…

`runs` finds stretches of capitals, `proposing` asks the gazetteer which of their pieces it knows and joins them with the
recogniser's entities, `features` says what is to be seen about a proposal, and a judge with learned weights decides.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from itinerary.model import Document, Span, Toponym
from itinerary.toponyms.proposing import PLACE_LABELS, Proposal, propose

if TYPE_CHECKING:
    from itinerary.gazetteer import Gazetteer

__all__ = ["find"]


def find(document: Document, gazetteer: Gazetteer) -> tuple[Toponym, ...]:
    """The mentions that name places, in text order, none overlapping another."""
    proposals = propose(document.parse, gazetteer)
    return tuple(_toponym(document, p) for p in proposals if _plausible(document, p))


def _plausible(document: Document, proposal: Proposal) -> bool:
    tokens = document.parse[proposal.start : proposal.end]
    labels = {token.ent_type_ for token in tokens}
    return bool(labels & PLACE_LABELS or (labels <= {"NORP"} and tokens[0].pos_ == "PROPN") or proposal.form != "name")


def _toponym(document: Document, proposal: Proposal) -> Toponym:
    tokens = document.parse[proposal.start : proposal.end]
    span = Span(tokens.start_char, tokens.end_char)
    label = next((t.ent_type_ for t in tokens if t.ent_type_ in PLACE_LABELS), tokens[0].ent_type_ or None)
    return Toponym(span, span.of(document.text), proposal.lookups, proposal.form, label)
