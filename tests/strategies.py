"""What hypothesis may try: every noun in every shape that its invariants allow."""

from __future__ import annotations

from dataclasses import replace
from itertools import pairwise
from typing import Any

from hypothesis import assume
from hypothesis import strategies as st

from itinerary.legs import join
from itinerary.model import (
    LONGEST_GEODESIC_KM,
    Candidate,
    Coordinate,
    DateMention,
    Day,
    Form,
    Itinerary,
    Kind,
    Leg,
    Mention,
    Place,
    Precision,
    Resolution,
    Span,
    Status,
    TimeSpan,
    Toponym,
    Visit,
    Why,
)
from itinerary.workspace import (
    Accept,
    Add,
    Anchor,
    Correction,
    Delete,
    Merge,
    Move,
    Quote,
    SetDates,
    SetPlace,
    SetStatus,
    Settings,
    SetTitle,
    SetTraveller,
    Split,
    Workspace,
)
from itinerary.workspace.draft import Draft

words = st.text(max_size=12)
names = st.text(min_size=1, max_size=12)
scores = st.floats(0, 1)
texts = st.text(min_size=1, max_size=200)

days = st.integers(-9999 * 365, 9999 * 365).map(Day.from_number)
coordinates = st.builds(Coordinate, st.floats(-90, 90), st.floats(-180, 180))


@st.composite
def timespans(draw: st.DrawFn) -> TimeSpan:
    first, last = sorted((draw(days), draw(days)))
    return TimeSpan(first, last, draw(st.sampled_from(Precision)))


places = st.builds(
    Place,
    st.builds("{}:{}".format, st.sampled_from(("geonames", "test", "hand")), words),
    names,
    coordinates,
    st.sampled_from(Kind),
    country=st.none() | st.sampled_from(("NO", "GB")),
    admin1=st.none() | words,
    admin2=st.none() | words,
    population=st.integers(0, 10**10),
    radius_km=st.floats(0, 20_000),
    parents=st.lists(words, max_size=3).map(tuple),
)


@st.composite
def spans(draw: st.DrawFn, text: str) -> Span:
    start = draw(st.integers(0, len(text) - 1))
    return Span(start, draw(st.integers(start + 1, len(text))))


@st.composite
def resolutions(draw: st.DrawFn, text: str, known: st.SearchStrategy[Place | None]) -> Resolution:
    span = draw(spans(text))
    lookups, label = st.lists(names, min_size=1, max_size=2).map(tuple), st.none() | names
    toponym = Toponym(span, span.of(text), draw(lookups), draw(st.sampled_from(Form)), draw(label), draw(scores))
    found: Place | None = draw(known)
    others = st.lists(st.builds(Candidate, places, scores), max_size=2).map(tuple)
    return Resolution(toponym, found, draw(names), draw(scores), draw(others), draw(st.none() | names))


@st.composite
def visits(draw: st.DrawFn, text: str, known: st.SearchStrategy[Place]) -> Visit:
    by_hand = draw(st.booleans())
    least = 0 if by_hand else 1
    return Visit(
        place=draw(known),
        name=draw(names),
        traveller=draw(words),
        status=draw(st.sampled_from(Status)),
        mentions=tuple(draw(st.lists(resolutions(text, known), min_size=least, max_size=2))),
        evidence=tuple(draw(st.lists(spans(text), min_size=least, max_size=2))),
        arrive=draw(st.none() | timespans()),
        depart=draw(st.none() | timespans()),
        when_told=draw(st.none() | words),
        score=draw(scores),
        reason=draw(words),
        rank=draw(st.integers(0, 99)),
        order_told=draw(st.booleans()),
        mode=draw(st.none() | words),
        by_hand=by_hand,
    )


def legs(visits: tuple[Visit, ...]) -> st.SearchStrategy[tuple[Leg, ...]]:
    """One for each pair of neighbours."""
    lengths, waits = st.floats(0, LONGEST_GEODESIC_KM), st.none() | st.integers(0, 9999)
    modes, warnings = st.none() | words, st.lists(words, max_size=2).map(tuple)
    return st.tuples(*[st.builds(Leg, st.just(a), st.just(b), lengths, waits, modes, warnings) for a, b in pairwise(visits)])


@st.composite
def date_mentions(draw: st.DrawFn, text: str) -> DateMention:
    span = draw(spans(text))
    kinds, when = st.sampled_from(("DATE", "TIME", "DURATION", "SET")), st.none() | timespans()
    ambiguous = st.lists(words, max_size=2).map(tuple)
    return DateMention(
        span, span.of(text), draw(words), draw(kinds), draw(when), draw(words), draw(st.none() | words), draw(st.none() | words),
        draw(ambiguous),
    )  # fmt: skip


@st.composite
def itineraries(draw: st.DrawFn, stops: int = 4) -> Itinerary:
    """Any trip at all, with at most so many stops: its mentions may overlap and its legs be of any length."""
    text = draw(texts)
    known = st.sampled_from(draw(st.lists(places, min_size=1, max_size=4)))
    travelled = tuple(draw(st.lists(visits(text, known), max_size=stops)))
    mention = st.builds(Mention, resolutions(text, st.none() | known), st.sampled_from(Why), words, scores)
    more: dict[str, Any] = {
        "title": draw(st.none() | words),
        "published": draw(st.none() | st.dates()),
        "traveller": draw(st.none() | words),
        "travellers": tuple(draw(st.lists(words, max_size=2))),
        "mentions": tuple(draw(st.lists(mention, max_size=2))),
        "dates": tuple(draw(st.lists(date_mentions(text), max_size=2))),
        "notes": tuple(draw(st.lists(words, max_size=2))),
    }
    return Itinerary(text, visits=travelled, legs=draw(legs(travelled)), **more)


# --- journeys that a text tells ---------------------------------------------------------------------------------------

TOWNS = {
    name: Place(f"test:{name}", name, Coordinate(10.0 * n, 20.0 * n), Kind.CITY) for n, name in enumerate(("Ur", "Rome", "Oslo"))
}
STOP, SUPPORT, MENTION, UNRESOLVED = range(4)


@st.composite
def tellings(draw: st.DrawFn) -> Itinerary:
    """A trip whose text names few towns again and again, as stops (told in any order), in support of one, or by the way."""
    told = draw(st.lists(st.tuples(st.sampled_from(sorted(TOWNS)), st.integers(STOP, UNRESOLVED)), min_size=1, max_size=7))
    text = " ".join(f"There is {name}, number {number}." for number, (name, _) in enumerate(told))
    stops: list[Visit] = []
    mentions: list[Mention] = []
    for number, (name, role) in enumerate(told):
        at = text.index(name, text.index(f", number {number}") - len(name))
        place = None if role == UNRESOLVED else TOWNS[name]
        found = Resolution(Toponym(Span(at, at + len(name)), name, (name,)), place, "known", 0.5)
        if role == STOP:
            sentence = Span(at - len("There is "), text.index(".", at) + 1)
            stops.append(Visit(TOWNS[name], name, "Ann", Status.VISITED, (found,), (sentence,), score=0.5))
        elif role == SUPPORT and stops and place:
            stops[-1] = replace(stops[-1], mentions=(*stops[-1].mentions, found))
        else:
            mentions.append(Mention(found, Why.MENTIONED, "by the way"))
    travelled = tuple(replace(visit, rank=rank) for rank, visit in enumerate(draw(st.permutations(stops)), 1))
    return Itinerary(text, traveller="Ann", travellers=("Ann",), visits=travelled, legs=join(travelled), mentions=tuple(mentions))


# --- corrections ------------------------------------------------------------------------------------------------------


@st.composite
def anchors(draw: st.DrawFn, trip: Itinerary) -> Anchor:
    """Of a stop, a mention, any words of the text, or of nothing that is there."""
    known = [Anchor(Quote.of(trip.text, r.toponym.span), whole=whole) for r in trip.resolutions for whole in (True, False)]
    keys = [Anchor(key=f"{source}:{number}") for source in ("read", "hand") for number in (1, 2)]
    anywhere = st.builds(lambda span, whole: Anchor(Quote.of(trip.text, span), whole=whole), spans(trip.text), st.booleans())
    lost = st.builds(lambda exact: Anchor(Quote(exact, "before", "after", 3)), names)
    return draw(st.sampled_from(Workspace(trip).stops + tuple(known + keys)) | anywhere | lost)


def corrections(trip: Itinerary) -> st.SearchStrategy[Correction]:
    """Any one correction of the trip, sensible or not."""
    of_all = st.builds(SetTitle, st.none() | words) | st.builds(SetTraveller, names)
    everywhere = st.builds(replace, st.builds(SetStatus, anchors(trip), st.none()), everywhere=st.just(True))
    return of_all | everywhere | corrections_of(anchors(trip), st.sampled_from(("hand:1", "hand:2")))


def corrections_of(which: st.SearchStrategy[Anchor], keys: st.SearchStrategy[str]) -> st.SearchStrategy[Correction]:
    """Any one correction that is about no more than the anchors given."""
    status, after, towns = st.sampled_from(Status), st.none() | which, st.sampled_from(sorted(TOWNS.values(), key=str))
    dates = st.none() | st.sampled_from((TimeSpan.of_day(Day(1843, 5, 3)), TimeSpan.of_day(Day(1843, 6, 1))))
    return st.one_of(
        st.builds(SetStatus, which, st.none() | status),
        st.builds(SetPlace, which, towns),
        st.builds(SetDates, which, dates, st.none()),
        st.builds(Move, which, which),
        st.builds(Merge, which, st.lists(which, min_size=1, max_size=2).map(tuple)),
        st.builds(Split, which),
        st.builds(Add, keys, towns, names, status, which, after),
        st.builds(Delete, which),
        st.builds(Accept, which, words),
    )


@st.composite
def corrections_apart(draw: st.DrawFn, trip: Itinerary) -> tuple[Correction, Correction]:
    """Two corrections that have no stop and no mention in common."""
    draft = Draft(trip)
    apart = [draft.anchor(entry) for entry in draft.entries if draft.entry(draft.anchor(entry)) is entry]
    apart = draw(st.permutations(apart))
    assume(len(apart) >= 2)
    half = draw(st.integers(1, len(apart) - 1))
    sides = (apart[:half], "hand:1"), (apart[half:], "hand:2")
    first, second = (draw(corrections_of(st.sampled_from(side), st.just(key))) for side, key in sides)
    return first, second


@st.composite
def workspaces(draw: st.DrawFn, trips: st.SearchStrategy[Itinerary] | None = None) -> Workspace:
    """A trip with a few corrections, some of them undone."""
    trip = draw(tellings() if trips is None else trips)
    workspace = Workspace(trip, Settings(draw(st.none() | words), published=draw(st.none() | st.dates())))
    for step in draw(st.lists(st.lists(corrections(trip), min_size=1, max_size=2), max_size=4)):
        workspace = workspace.do(*step)
    for _ in range(draw(st.integers(0, 2))):
        workspace = workspace.undo()
    return workspace
