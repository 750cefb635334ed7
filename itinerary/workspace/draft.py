"""A trip taken apart, to be corrected piece by piece: every stop and every mere mention is an entry, in one order.

Mentions stand in the order too, though nobody sees them there: a mention that becomes a stop comes out where the text tells of
it, whatever else has been moved meanwhile. So corrections of different stops give the same trip in any order.
"""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Iterable
from dataclasses import dataclass, field

from itinerary.model import Itinerary, Mention, Place, Resolution, Span, Status, TimeSpan, Toponym, Visit
from itinerary.workspace.anchors import Anchor, Quote

MARKED = "marked by the user"


@dataclass(slots=True, eq=False)
class Entry:
    """A stop (with a status) or a mere mention (without), as it is at this point of the corrections."""

    key: str | None = None
    visit: Visit | None = None  # as read
    mention: Mention | None = None  # as read
    resolutions: list[Resolution] = field(default_factory=list)
    evidence: list[Span] = field(default_factory=list)
    name: str = ""
    place: Place | None = None
    status: Status | None = None
    arrive: TimeSpan | None = None
    depart: TimeSpan | None = None
    when_told: str | None = None
    gone: bool = False
    decided: list[str] = field(default_factory=list)  # what the user decided, in words

    def decide(self, what: str) -> None:
        """Note that the user settled this."""
        if what not in self.decided:
            self.decided.append(what)

    @property
    def shown(self) -> bool:
        """Whether it is a stop of the trip."""
        return self.status is not None and self.place is not None and not self.gone


class Draft:
    """The entries in order, and the way from an anchor to one of them."""

    def __init__(self, trip: Itinerary, marks: Iterable[Quote] = ()) -> None:
        """The trip as read; `marks` are quotes that corrections speak of, some of which no step may have recognised."""
        self.text, self.title, self.traveller = trip.text, trip.title, trip.traveller
        self._found = {quote: quote.find(trip.text) for quote in marks}
        stops = [_of_visit(visit, f"read:{number}") for number, visit in enumerate(trip.visits, 1)]
        named = [_of_mention(mention, f"named:{number}") for number, mention in enumerate(trip.mentions, 1)]
        self.by_span: dict[Span, Entry] = {}
        self.by_key: dict[str, Entry] = {}
        for entry in (*stops, *named):
            self._index(entry)
        named += self._marked()
        self.entries = _in_order(stops, named)

    # --- from an anchor to an entry -----------------------------------------------------------------------------------

    def span(self, anchor: Anchor) -> Span | None:
        """Where the mention that an anchor quotes stands; None for one without words, or whose words are gone."""
        if anchor.quote is None:
            return None
        found = self._found.get(anchor.quote) or anchor.quote.find(self.text)
        return self._known(found) if found else None

    def entry(self, anchor: Anchor) -> Entry | None:
        """The entry that an anchor is about; a mention that is meant alone is taken out of its stop first."""
        span = self.span(anchor)
        held = self.by_span.get(span) if span else self.by_key.get(anchor.key or "")
        if held is None or span is None or anchor.whole or len(held.resolutions) < 2:
            return held
        return self.take_out(held, [r for r in held.resolutions if r.toponym.span == span])

    def anchor(self, entry: Entry) -> Anchor:
        """What leads back to an entry."""
        for resolution in entry.resolutions[:1]:
            if self.by_span.get(resolution.toponym.span) is entry:
                return Anchor(Quote.of(self.text, resolution.toponym.span))
        return Anchor(key=entry.key)

    def _known(self, found: Span) -> Span:
        """The mention that shares most with the span found: another version may cut a name otherwise."""
        if found in self.by_span:
            return found
        shared = {span: min(span.end, found.end) - max(span.start, found.start) for span in self.by_span if span.overlaps(found)}
        return max(shared, key=lambda span: (shared[span], -span.start), default=found)

    # --- changes of the order -----------------------------------------------------------------------------------------

    def put(self, entry: Entry, after: Entry | None) -> None:
        """Set an entry, new or not, right after another; None: first."""
        if entry is after:
            return
        if entry in self.entries:
            self.entries.remove(entry)
        self.entries.insert(self.entries.index(after) + 1 if after else 0, entry)
        self._index(entry)

    def take_out(self, entry: Entry, resolutions: list[Resolution]) -> Entry:
        """A new entry right after this one, with some of its mentions."""
        spans = {r.toponym.span for r in resolutions}
        key = f"{entry.key}+{resolutions[0].start}"
        part = Entry(key, resolutions=resolutions, name=resolutions[0].name, place=entry.place)
        entry.resolutions = [r for r in entry.resolutions if r.toponym.span not in spans]
        entry.decide("which mentions belong to it")
        self._hand_over(spans, entry, part)
        self.put(part, entry)
        return part

    def absorb(self, entry: Entry, other: Entry) -> None:
        """Give an entry all that another has; the other is gone."""
        entry.resolutions += [r for r in other.resolutions if r not in entry.resolutions]
        entry.evidence += [span for span in other.evidence if span not in entry.evidence]
        self._hand_over({r.toponym.span for r in other.resolutions}, other, entry)
        other.resolutions, other.gone = [], True

    def _hand_over(self, spans: Iterable[Span], old: Entry, new: Entry) -> None:
        """Let words that led to one entry lead to another."""
        for span in spans:
            if self.by_span.get(span) is old:
                self.by_span[span] = new

    # --- setting up ---------------------------------------------------------------------------------------------------

    def _index(self, entry: Entry) -> None:
        for resolution in entry.resolutions:
            self.by_span.setdefault(resolution.toponym.span, entry)
        if entry.key:
            self.by_key[entry.key] = entry

    def _marked(self) -> list[Entry]:
        """An entry, not shown, for each quote that nobody recognised as a place."""
        made = []
        for found in sorted(span for span in self._found.values() if span is not None):
            span = self._known(found)
            if span not in self.by_span:
                surface = span.of(self.text)
                resolution = Resolution(Toponym(span, surface, (surface,)), None, MARKED)
                made.append(Entry(resolutions=[resolution], name=surface, gone=True))
                self._index(made[-1])
        return made


def _of_visit(visit: Visit, key: str) -> Entry:
    return Entry(
        key, visit, None, list(visit.mentions), list(visit.evidence), visit.name, visit.place, visit.status, visit.arrive,
        visit.depart, visit.when_told,
    )  # fmt: skip


def _of_mention(mention: Mention, key: str) -> Entry:
    resolution = mention.resolution
    return Entry(key, None, mention, [resolution], name=resolution.name, place=resolution.place)


def _position(entry: Entry) -> int:
    return entry.resolutions[0].start


def _in_order(stops: list[Entry], named: list[Entry]) -> list[Entry]:
    """The stops as travelled; each mention right after the stop that the text told last before it, else before the first told."""
    told = sorted((stop for stop in stops if stop.resolutions), key=_position)
    starts = [_position(stop) for stop in told]
    before: list[Entry] = []
    after: dict[int, list[Entry]] = {}
    for entry in sorted(named, key=_position):
        place = bisect_right(starts, _position(entry))
        (after.setdefault(id(told[place - 1]), []) if place else before).append(entry)
    ordered: list[Entry] = [] if told else before
    for stop in stops:
        ordered += [*(before if told and stop is told[0] else ()), stop, *after.get(id(stop), ())]
    return ordered
