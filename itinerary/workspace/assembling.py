"""A draft put together again: stops, what is only mentioned, and the legs between."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace

from itinerary import legs
from itinerary.model import Itinerary, Mention, Span, Visit, Why
from itinerary.workspace.anchors import Anchor
from itinerary.workspace.applying import apply
from itinerary.workspace.corrections import Correction, anchors_of
from itinerary.workspace.draft import Draft, Entry
from itinerary.workspace.sentences import sentence_around


@dataclass(frozen=True, slots=True)
class Lost:
    """A correction that has nothing to hold on to (any more), and why in a sentence. It is kept: the text may come back."""

    correction: Correction
    sentence: str


@dataclass(frozen=True, slots=True)
class Corrected:
    """The trip that holds every correction, an anchor for each of its stops, and what was lost on the way."""

    trip: Itinerary
    stops: tuple[Anchor, ...]
    lost: tuple[Lost, ...]


def corrected(read: Itinerary, corrections: Sequence[Correction]) -> Corrected:
    """The trip as read with the corrections made on it, one after the other; without any it is the very same trip."""
    quotes = [anchor.quote for correction in corrections for anchor in anchors_of(correction) if anchor.quote]
    draft = Draft(read, quotes)
    told = [(correction, apply(draft, correction)) for correction in corrections]
    lost = tuple(Lost(correction, sentence) for correction, sentence in told if sentence)
    stops = [entry for entry in draft.entries if entry.shown]
    anchors = tuple(draft.anchor(entry) for entry in stops)
    if not corrections:
        return Corrected(read, anchors, lost)
    return Corrected(_trip(read, draft, stops), anchors, lost)


def _trip(read: Itinerary, draft: Draft, stops: Sequence[Entry]) -> Itinerary:
    visits = _ranked(read, stops, [_visit(read, draft, entry) for entry in stops])
    same = len(visits) == len(read.visits) and all(a is b for a, b in zip(visits, read.visits, strict=True))
    return replace(
        read,
        title=draft.title,
        traveller=draft.traveller,
        travellers=_travellers(read, draft),
        visits=visits,
        legs=read.legs if same else legs.join(visits),
        mentions=_mentions(draft),
    )


def _travellers(read: Itinerary, draft: Draft) -> tuple[str, ...]:
    """Everybody named, the traveller by the name that the user gave."""
    if draft.traveller is None or draft.traveller == read.traveller:
        return read.travellers
    others = (name for name in read.travellers if name not in (read.traveller, draft.traveller))
    return (draft.traveller, *others)


# --- stops ------------------------------------------------------------------------------------------------------------


def _visit(read: Itinerary, draft: Draft, entry: Entry) -> Visit:
    traveller = draft.traveller or read.traveller or ""
    if entry.visit is None:
        return _new_visit(draft, entry, traveller)
    renamed = draft.traveller is not None and entry.visit.traveller == read.traveller != draft.traveller
    visit = replace(entry.visit, traveller=traveller) if renamed else entry.visit
    if not entry.decided:
        return visit
    assert entry.place is not None and entry.status is not None  # entry.shown
    return replace(
        visit,
        place=entry.place,
        name=entry.name,
        status=entry.status,
        mentions=tuple(entry.resolutions),
        evidence=_evidence(draft, entry),
        arrive=entry.arrive,
        depart=entry.depart,
        when_told=entry.when_told,
        score=1.0,
        reason=_reason(entry),
        order_told=visit.order_told or "order" in entry.decided,
        by_hand=visit.by_hand or not entry.resolutions,
    )


def _new_visit(draft: Draft, entry: Entry, traveller: str) -> Visit:
    assert entry.place is not None and entry.status is not None  # entry.shown
    return Visit(
        place=entry.place,
        name=entry.name or entry.place.name,
        traveller=traveller,
        status=entry.status,
        mentions=tuple(entry.resolutions),
        evidence=_evidence(draft, entry),
        arrive=entry.arrive,
        depart=entry.depart,
        reason=_reason(entry),
        by_hand=True,
    )


def _reason(entry: Entry) -> str:
    return f"decided by the user: {', '.join(entry.decided)}"


def _evidence(draft: Draft, entry: Entry) -> tuple[Span, ...]:
    """The sentences read, without those of mentions that it lost; the one around its first mention if that has none."""
    if entry.visit is not None and tuple(entry.resolutions) == entry.visit.mentions:
        return entry.visit.evidence
    spans = [r.toponym.span for r in entry.resolutions]
    read = [sentence for sentence in entry.evidence if any(sentence.covers(span) for span in spans)]
    if spans and not any(sentence.covers(spans[0]) for sentence in read):
        read.insert(0, sentence_around(draft.text, spans[0]))
    return tuple(read)


def _ranked(read: Itinerary, stops: Sequence[Entry], visits: Sequence[Visit]) -> tuple[Visit, ...]:
    """The visits with their ranks: as read while the order is as read, else counted anew; ties of neighbours are kept."""
    places = {id(visit): number for number, visit in enumerate(read.visits)}
    order = [places.get(id(entry.visit), -1) for entry in stops]
    if -1 not in order and order == sorted(order):
        return tuple(visits)
    ranked: list[Visit] = []
    for number, visit in enumerate(visits):
        rank = ranked[-1].rank + 1 if ranked else 1
        if ranked and order[number] == order[number - 1] + 1 > 0 and visit.rank == visits[number - 1].rank:
            rank -= 1
        ranked.append(visit if visit.rank == rank else replace(visit, rank=rank))
    return tuple(ranked)


# --- the rest ---------------------------------------------------------------------------------------------------------


def _mentions(draft: Draft) -> tuple[Mention, ...]:
    """Whatever the text names and is no stop, in text order."""
    rest = [entry for entry in draft.entries if not entry.shown and not entry.gone]
    found = [mention for entry in rest for mention in _of_entry(entry)]
    return tuple(sorted(found, key=lambda mention: mention.resolution.toponym.span))


def _of_entry(entry: Entry) -> list[Mention]:
    if entry.mention is not None and not entry.decided:
        return [entry.mention]
    was = entry.mention.why if entry.mention else Why.MENTIONED
    why = Why.UNRESOLVED if entry.place is None else Why.MENTIONED if was is Why.UNRESOLVED else was
    reason = _reason(entry) if entry.decided else "not the stop that it was taken for"
    return [Mention(resolution, why, reason) for resolution in entry.resolutions]
