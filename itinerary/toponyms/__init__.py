"""Propose and judge mentions of places: Document -> Toponym…

`runs` finds stretches of capitals, `proposing` asks the gazetteer which of their pieces it knows and joins them with the
recogniser's entities, `features` says what is to be seen about a proposal, a judge with learned weights decides, and `layout`
speaks for names in day lists.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from itinerary import judging
from itinerary.model import Document, Form, Match, Span, Toponym
from itinerary.toponyms.features import Features, Surroundings, features
from itinerary.toponyms.layout import least
from itinerary.toponyms.proposing import PLACE_LABELS, Proposal, propose

if TYPE_CHECKING:
    from itinerary.gazetteer import Gazetteer

__all__ = ["examined", "find"]

# Proposals at least this likely are toponyms. F1 on news is flat from 0.35 to 0.6; a traveller loses more by a missing place.
_LIKELY = 0.38


def find(document: Document, gazetteer: Gazetteer) -> tuple[Toponym, ...]:
    """The mentions that name places, in text order, none overlapping another; `score` says how surely each is one."""
    judge = judging.load("toponyms")
    judged = ((p, max(judge.probability(seen), least(document, p))) for p, seen in examined(document, gazetteer))
    return tuple(_toponym(document, proposal, score) for proposal, score in judged if score >= _LIKELY)


def examined(document: Document, gazetteer: Gazetteer) -> list[tuple[Proposal, Features]]:
    """Every proposal of the text with its features: what the judge decides on, and learns from."""
    proposals = propose(document.parse, gazetteer)
    around = Surroundings.of(document, proposals, _candidates(proposals, gazetteer))
    return [(p, features(p, around)) for p in proposals]


def _candidates(proposals: list[Proposal], gazetteer: Gazetteer) -> dict[str, tuple[Match, ...]]:
    """What each look-up of the proposals may mean; where none of a proposal's is known, places spelt almost like the first."""
    named = [p for p in proposals if p.form is not Form.DEMONYM and not p.road]
    found = gazetteer.candidates({name for p in named for name in p.lookups}, limit=20)
    unknown = dict.fromkeys(p.lookups[0] for p in named if not any(found[name] for name in p.lookups))
    return found | gazetteer.respelt(unknown)


def _toponym(document: Document, proposal: Proposal, score: float) -> Toponym:
    tokens = document.parse[proposal.start : proposal.end]
    span = Span(tokens.start_char, tokens.end_char)
    label = next((t.ent_type_ for t in tokens if t.ent_type_ in PLACE_LABELS), tokens[0].ent_type_ or None)
    return Toponym(span, span.of(document.text), proposal.lookups, proposal.form, label, score)
