"""What hypothesis may try: every noun in every shape that its invariants allow."""

from __future__ import annotations

from itertools import pairwise
from typing import Any

from hypothesis import strategies as st

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
    which, wheres, status = anchors(trip), places, st.sampled_from(Status)
    after = st.none() | which
    return st.one_of(
        st.builds(SetStatus, which, st.none() | status, st.booleans()),
        st.builds(SetPlace, which, wheres, st.booleans()),
        st.builds(SetDates, which, st.none() | timespans(), st.none()),
        st.builds(Move, which, after),
        st.builds(Merge, which, st.lists(which, min_size=1, max_size=2).map(tuple)),
        st.builds(Split, which),
        st.builds(Add, st.sampled_from(("hand:1", "hand:2")), wheres, names, status, after, after),
        st.builds(Delete, which),
        st.builds(SetTitle, st.none() | words),
        st.builds(SetTraveller, names),
        st.builds(Accept, which, words),
    )


@st.composite
def workspaces(draw: st.DrawFn, stops: int = 4) -> Workspace:
    """A trip with a few corrections, some of them undone."""
    workspace = Workspace(draw(itineraries(stops)), Settings(draw(st.none() | words), published=draw(st.none() | st.dates())))
    for step in draw(st.lists(st.lists(corrections(workspace.read), min_size=1, max_size=2), max_size=4)):
        workspace = workspace.do(*step)
    for _ in range(draw(st.integers(0, 2))):
        workspace = workspace.undo()
    return workspace
