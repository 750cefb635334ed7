"""Corrections as the reader makes them: what is chosen and what should be otherwise in, the corrected workspace out.

Pure: no widget, no session. What is chosen is followed through a correction, which may renumber it or turn a name into a stop.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from itinerary.dashboard.words import say
from itinerary.model import Itinerary, Place, Span, Status
from itinerary.workspace import (
    Accept,
    Add,
    Anchor,
    Delete,
    Kind,
    Merge,
    Move,
    SetDates,
    SetPlace,
    SetStatus,
    SetTitle,
    SetTraveller,
    Split,
    Workspace,
    found,
)


@dataclass(frozen=True, slots=True)
class Target:
    """What is chosen: a stop ("order", 1..n), a name or a date ("mention", "date", index in the trip), or a stop to "add"."""

    kind: str
    number: int = 0

    def within(self, trip: Itinerary) -> bool:
        """Whether the trip has it."""
        if self.kind == "order":
            return 1 <= self.number <= len(trip.visits)
        things = {"mention": trip.mentions, "date": trip.dates}.get(self.kind)
        return self.kind == "add" if things is None else 0 <= self.number < len(things)

    def as_choice(self) -> dict[str, int] | None:
        """The same for the component; None for what it can't show."""
        return {self.kind: self.number} if self.kind != "add" else None


def anchor(workspace: Workspace, target: Target) -> Anchor:
    """What a correction holds on to for a stop or a name."""
    if target.kind == "order":
        return workspace.stop(target.number - 1)
    return workspace.mention(workspace.trip.mentions[target.number].resolution.toponym.span)


def with_status(workspace: Workspace, target: Target, status: Status | None, *, everywhere: bool = False) -> Workspace:
    """Visited, planned, passed, or (None) no stop; a stop put in by hand, which no name stands for, goes altogether.

    A name whose place is not known stays as it is: nobody can say yet where it would stand on the map.
    """
    at = anchor(workspace, target)
    if status is not None and place_of(workspace.trip, target) is None:
        return workspace
    if status is None and target.kind == "order" and not workspace.trip.visits[target.number - 1].mentions:
        return workspace.do(Delete(at))
    return workspace.do(SetStatus(at, status, everywhere=everywhere))


def name_of(trip: Itinerary, target: Target) -> str:
    """The name as the text has it."""
    name = trip.visits[target.number - 1].name if target.kind == "order" else trip.mentions[target.number].resolution.name
    return " ".join(name.split())


def place_of(trip: Itinerary, target: Target) -> Place | None:
    """The place that a stop or a name has now."""
    return trip.visits[target.number - 1].place if target.kind == "order" else trip.mentions[target.number].resolution.place


def spans_of(trip: Itinerary, target: Target) -> tuple[Span, ...]:
    """Where the text names it."""
    if target.kind == "order":
        return tuple(mention.toponym.span for mention in trip.visits[target.number - 1].mentions)
    return (trip.mentions[target.number].resolution.toponym.span,)


def times_named(trip: Itinerary, target: Target) -> int:
    """How often the text has that name."""
    name = name_of(trip, target).casefold()
    return sum(" ".join(each.name.split()).casefold() == name for each in trip.resolutions)


def suggestions(trip: Itinerary, target: Target) -> tuple[Place, ...]:
    """The runners-up for a stop or a name, best first, without the place it has."""
    resolutions = (
        trip.visits[target.number - 1].mentions if target.kind == "order" else (trip.mentions[target.number].resolution,)
    )
    others = {candidate.place.id: candidate.place for each in resolutions for candidate in each.runners_up}
    now = place_of(trip, target)
    return tuple(place for id, place in others.items() if now is None or id != now.id)


def followed(before: Itinerary, target: Target, after: Itinerary) -> Target | None:
    """The same thing after a correction; None when it is gone."""
    if target.kind in ("add", "date"):
        return target if target.within(after) else None
    spans = set(spans_of(before, target))
    if not spans:
        visit = before.visits[target.number - 1]
        return next((Target("order", i) for i, v in enumerate(after.visits, 1) if v.by_hand and v.name == visit.name), None)
    return at_span(after, spans)


def at_span(trip: Itinerary, spans: set[Span]) -> Target | None:
    """The stop, name or date at one of these places of the text."""
    for order, visit in enumerate(trip.visits, 1):
        if any(mention.toponym.span in spans for mention in visit.mentions):
            return Target("order", order)
    names = (Target("mention", i) for i, mention in enumerate(trip.mentions) if mention.resolution.toponym.span in spans)
    dates = (Target("date", i) for i, date in enumerate(trip.dates) if date.span in spans)
    return next(names, None) or next(dates, None)


def label(place: Place) -> str:
    """A place told apart from its namesakes."""
    return found(place).label


# --- the history in words ---------------------------------------------------------------------------------------------


_DID: dict[type, str] = {
    SetDates: "did_dates",
    Move: "did_move",
    Merge: "did_merge",
    Split: "did_split",
    Delete: "did_delete",
    Accept: "did_accept",
}

_MOST_NAMED = 3  # stops, of those that one step was about


def described(step: Sequence[object]) -> str:
    """A step of corrections in a few words."""
    chosen = [each for each in step if isinstance(each, Accept) and each.doubt == Kind.READERS.value]
    if chosen:
        return say("did_choose", names=", ".join(map(_quoted, chosen[:_MOST_NAMED])) + (" …" if chosen[_MOST_NAMED:] else ""))
    return "; ".join(dict.fromkeys(_described(correction) for correction in step))


def _described(correction: object) -> str:
    name = _quoted(correction)
    match correction:
        case SetStatus(status=status):
            return say("did_status", name=name, status=say(f"status_{status or 'none'}").lower())
        case SetPlace(place=place):
            return say("did_place", name=name, place=label(place))
        case Add(place=place):
            return say("did_add", name=place.name)
        case SetTitle() | SetTraveller():
            return say("did_words")
    return say(_DID.get(type(correction), "did_other"), name=name)


def _quoted(correction: object) -> str:
    quote = getattr(getattr(correction, "target", None), "quote", None)
    return f"“{' '.join(quote.exact.split())}”" if quote else getattr(correction, "name", None) or say("a_stop")
