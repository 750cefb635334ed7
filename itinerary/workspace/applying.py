"""What each correction does to a draft."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import replace
from typing import Any

from itinerary.model import Candidate, Place, Resolution
from itinerary.names import fold
from itinerary.workspace.anchors import Anchor
from itinerary.workspace.corrections import (
    Accept,
    Add,
    Correction,
    Delete,
    Merge,
    Move,
    SetDates,
    SetPlace,
    SetStatus,
    SetTitle,
    SetTraveller,
    Split,
    anchors_of,
)
from itinerary.workspace.draft import Draft, Entry

CHOSEN = "the user chose it"


def apply(draft: Draft, correction: Correction) -> str | None:
    """Change the draft. Gives None, or the sentence that says why the correction has nothing to hold on to any more."""
    if isinstance(correction, SetTitle):
        draft.title = correction.title
    elif isinstance(correction, SetTraveller):
        draft.traveller = correction.name
    else:
        lost = next((anchor for anchor in _needed(correction) if draft.entry(anchor) is None), None)
        if lost is not None:
            return (
                f"{lost} is not in the text any more, or not where it stood."
                if lost.quote
                else f"There is no stop {lost} any more."
            )
        return _APPLY[type(correction)](draft, correction)
    return None


def _needed(correction: Correction) -> Sequence[Anchor]:
    """The anchors that must lead somewhere; a stop put in by hand is made by its correction."""
    anchors = anchors_of(correction)
    if isinstance(correction, Accept | Split):  # the one changes nothing, the other says itself what is missing
        return ()
    return anchors[1:] if isinstance(correction, Add) and correction.mention is None else anchors


def _entry(draft: Draft, anchor: Anchor) -> Entry:
    entry = draft.entry(anchor)
    assert entry is not None, anchor  # apply has looked
    return entry


# --- what and where ---------------------------------------------------------------------------------------------------


def _set_status(draft: Draft, correction: SetStatus) -> str | None:
    for entry in _meant(draft, correction):
        entry.status, entry.gone = correction.status, False
        entry.decide("status")
    target = _entry(draft, correction.target)
    return f"{correction.target} is no stop yet: choose its place." if target.status and target.place is None else None


def _set_place(draft: Draft, correction: SetPlace) -> None:
    for entry in _meant(draft, correction):
        entry.resolutions = [_chosen(r, correction.place) for r in entry.resolutions]
        entry.place, entry.gone = correction.place, False
        entry.decide("place")


def _meant(draft: Draft, correction: SetStatus | SetPlace) -> list[Entry]:
    """The target, or every entry of its name; where a stop has the name only among others, that mention alone."""
    target = _entry(draft, correction.target)
    if not correction.everywhere:
        return [target]
    name = _key(_name_at(draft, correction.target, target))
    meant = [target]
    for entry in [e for e in draft.entries if not e.gone and e is not target]:
        same = [r for r in entry.resolutions if _key(r.name) == name]
        if _key(entry.name) == name or (same and same[0] is entry.resolutions[0]):
            meant.append(entry)
        elif same:
            meant.append(draft.take_out(entry, same))
    return meant


def _name_at(draft: Draft, anchor: Anchor, entry: Entry) -> str:
    span = draft.span(anchor)
    return next((r.name for r in entry.resolutions if r.toponym.span == span), entry.name)


def _key(name: str) -> str:
    return fold(name) or name.casefold()


def _chosen(resolution: Resolution, place: Place) -> Resolution:
    """The resolution with another place; the one it had stays among those to choose from."""
    others = [c for c in resolution.runners_up if c.place.id != place.id]
    if resolution.place is not None and resolution.place.id != place.id:
        others.insert(0, Candidate(resolution.place, resolution.score))
    return replace(resolution, place=place, reason=CHOSEN, score=1.0, runners_up=tuple(others))


# --- when, and in which order -----------------------------------------------------------------------------------------


def _set_dates(draft: Draft, correction: SetDates) -> None:
    entry = _entry(draft, correction.target)
    entry.arrive, entry.depart = correction.arrive, correction.depart
    if entry.arrive or entry.depart:
        entry.when_told = None
    entry.decide("dates")


def _move(draft: Draft, correction: Move) -> None:
    entry = _entry(draft, correction.target)
    draft.put(entry, _entry(draft, correction.after) if correction.after else None)
    entry.decide("order")


# --- how many ---------------------------------------------------------------------------------------------------------


def _merge(draft: Draft, correction: Merge) -> None:
    entry = _entry(draft, correction.target)
    parts = [e for e in map(draft.entry, correction.others) if e is not None and e is not entry]
    parts = list(dict.fromkeys(parts))
    stay = [e for e in draft.entries if e.shown and (e is entry or e in parts)]
    if stay:
        entry.arrive = next((e.arrive for e in stay if e.arrive), None)
        entry.depart = stay[-1].depart
    entry.status = entry.status or next((e.status for e in parts if e.status), None)
    entry.place = entry.place or next((e.place for e in parts if e.place), None)
    for part in parts:
        draft.absorb(entry, part)
    entry.gone = False
    entry.decide("one stay")


def _split(draft: Draft, correction: Split) -> str | None:
    span = draft.span(correction.target)
    entry = draft.by_span.get(span) if span else None
    if entry is None or span is None:
        return f"{correction.target} is no mention that a stay could begin with."
    later = [r for r in entry.resolutions if r.toponym.span >= span]
    if len(later) == len(entry.resolutions):
        return f"{correction.target} is where the stop at {entry.name} begins: there is nothing to split off."
    part = draft.take_out(entry, sorted(later, key=lambda r: r.toponym.span))
    part.status = entry.status
    own = later[0].place  # another one where two stops had been joined
    if own and entry.place and own.id != entry.place.id:
        part.place = own
    else:
        part.name = entry.name
    part.decide("a stay of its own")
    return None


def _add(draft: Draft, correction: Add) -> str | None:
    if correction.key in draft.by_key:  # a file written by hand may put in two stops under one key
        return f"There is a stop {correction.key} already."
    entry = _entry(draft, correction.mention) if correction.mention else Entry()
    entry.key, entry.name, entry.gone = correction.key, correction.name, False
    entry.place, entry.status = correction.place, correction.status
    entry.arrive, entry.depart = correction.arrive, correction.depart
    entry.resolutions = [_chosen(r, correction.place) for r in entry.resolutions]
    draft.put(entry, _entry(draft, correction.after) if correction.after else None)
    entry.decide("put in")
    return None


def _delete(draft: Draft, correction: Delete) -> None:
    _entry(draft, correction.target).gone = True


_APPLY: dict[type, Callable[[Draft, Any], str | None]] = {
    SetStatus: _set_status,
    SetPlace: _set_place,
    SetDates: _set_dates,
    Move: _move,
    Merge: _merge,
    Split: _split,
    Add: _add,
    Delete: _delete,
    Accept: lambda draft, correction: None,
}
