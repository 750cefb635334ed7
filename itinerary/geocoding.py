"""Choose one place for each toponym from the candidates and the company it keeps."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

from itinerary.model import Candidate, Document, Form, Place, Resolution, Toponym

if TYPE_CHECKING:
    from itinerary.gazetteer import Gazetteer

__all__ = ["resolve"]


def resolve(document: Document, toponyms: Sequence[Toponym], gazetteer: Gazetteer) -> tuple[Resolution, ...]:
    """One resolution per toponym, in the same order; without a known name the place is None and the reason says so."""
    names = gazetteer.candidates({name for t in toponyms if t.form is not Form.DEMONYM for name in t.lookups})
    people = gazetteer.demonyms({t.surface for t in toponyms if t.form is Form.DEMONYM})
    out = []
    for t in toponyms:
        if t.form is Form.DEMONYM:
            out.append(_chosen(t, people.get(t.surface, ()), t.surface))
            continue
        matched = next((name for name in t.lookups if names.get(name)), t.lookups[0])
        out.append(_chosen(t, tuple(m.place for m in names.get(matched, ())), matched))
    return tuple(out)


def _chosen(toponym: Toponym, places: Sequence[Place], matched: str) -> Resolution:
    if not places:
        return Resolution(toponym, None, "not in the gazetteer")
    others = tuple(Candidate(p, 0.1) for p in places[1:6])
    reason = f"the only {matched} in the gazetteer" if len(places) == 1 else f"best known of {len(places)}"
    return Resolution(toponym, places[0], reason, 0.8, others, matched)
