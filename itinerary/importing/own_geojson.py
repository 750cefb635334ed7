"""The GeoJSON that this program writes, read back to an equal route; the text is made anew of the sentences in it."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass, field
from typing import Any

from itinerary import legs
from itinerary.errors import InputError
from itinerary.importing import times
from itinerary.importing.checking import Fields, Unfit
from itinerary.importing.making import Writing, mention
from itinerary.importing.rows import MOST_ROWS, Harvest
from itinerary.model import Coordinate, Itinerary, Kind, Leg, Mention, Place, Precision, Span, Status, TimeSpan, Visit, Why

Feature = tuple[Any, Fields]  # coordinates, properties


def is_own(content: dict[str, Any]) -> bool:
    """Whether this program wrote it: it then says so."""
    about = content.get("itinerary")
    return isinstance(about, dict) and str(about.get("generator", "")).startswith("itinerary ")


@dataclass(slots=True)
class _Parts:
    """The features by what they are."""

    stops: list[Feature] = field(default_factory=list)
    legs: list[Feature] = field(default_factory=list)
    mentions: list[Feature] = field(default_factory=list)


def read(content: dict[str, Any], name: str) -> Itinerary:
    """The trip. Stops that someone has made unreadable since are told in the notes. Raises InputError for a broken whole."""
    try:
        about, parts = Fields(content["itinerary"]), _parts(content)
        harvest, writing = Harvest(), Writing()
        visits = _visits(parts.stops, writing, harvest)
        mentions = [*_mentions(parts.mentions, writing, harvest), *_unresolved(about, writing, harvest)]
        published = about.words("published")
        return Itinerary(
            text=writing.text,
            title=about.words("title"),
            published=dt.date.fromisoformat(published) if published else None,
            traveller=about.words("traveller"),
            travellers=about.list_of_words("travellers"),
            visits=visits,
            legs=_legs(visits, parts.legs, whole=not harvest.refused),
            mentions=tuple(found for _, found in sorted(mentions, key=lambda pair: pair[0])),
            notes=(*about.list_of_words("notes"), *harvest.told()),
        )
    except (ValueError, KeyError, TypeError, OverflowError) as error:
        raise InputError(f"{name!r} is no GeoJSON of this program any more ({error}); export it again.") from error


def _parts(content: dict[str, Any]) -> _Parts:
    parts = _Parts()
    features = content.get("features")
    for feature in features if isinstance(features, list) else []:
        inner = Fields(feature)
        properties = inner.inner("properties")
        kind = {"stop": parts.stops, "leg": parts.legs, "mention": parts.mentions}.get(str(properties.raw("kind")))
        if kind is not None:
            kind.append((inner.inner("geometry").raw("coordinates"), properties))
    if len(parts.stops) > MOST_ROWS:
        raise Unfit(f"it has more than {MOST_ROWS:,} stops")
    return parts


# --- stops ------------------------------------------------------------------------------------------------------------


def _visits(stops: list[Feature], writing: Writing, harvest: Harvest) -> tuple[Visit, ...]:
    visits = []
    for number, (at, told) in enumerate(stops, 1):
        try:
            visits.append(_visit(at, told, writing))
        except (ValueError, TypeError, OverflowError) as why:
            harvest.refuse(f"stop {number}", why)
    return tuple(visits)


def _visit(at: Any, told: Fields, writing: Writing) -> Visit:
    place, exact, by_hand = _place(at, told), told.inner("exact"), told.yes("by_hand")
    status, score = Status(told.raw("status")), told.number("score")
    arrive, depart = _time(exact.raw("arrive")), _time(exact.raw("depart"))
    sentences = [line for line in (told.words("evidence"), *exact.list_of_words("more_evidence")) if line]
    name = told.words("name") or place.name
    bare = by_hand and told.raw("start") is None  # the user put it in: no word of the text names it
    span, proofs = (None, ()) if bare else _named(name, sentences, writing)
    proofs += tuple(writing.add(sentence) for sentence in sentences[len(proofs) :])
    if span and not proofs and not by_hand:
        proofs = (span,)
    return Visit(
        place=place, name=name, traveller=told.words("traveller") or "", status=status,
        mentions=(mention(name, span, place),) if span else (),
        evidence=proofs,
        arrive=arrive, depart=depart, when_told=told.words("when_told"), score=1.0 if score is None else score,
        reason=told.words("reason") or "", rank=exact.whole("rank") or 0, order_told=told.yes("order_told"),
        mode=told.words("mode"), by_hand=by_hand,
    )  # fmt: skip


def _named(name: str, sentences: list[str], writing: Writing) -> tuple[Span, tuple[Span, ...]]:
    """Where the name stands in the new text: in the first sentence, which is then written too, or on a line of its own."""
    if not sentences or name not in sentences[0]:
        return writing.add(name), ()
    proof = writing.add(sentences[0])
    start = proof.start + sentences[0].index(name)
    return Span(start, start + len(name)), (proof,)


def _place(at: Any, told: Fields) -> Place:
    exact = told.inner("exact")
    longitude, latitude = at if isinstance(at, list) and len(at) == 2 else (None, None)
    position = Fields({"latitude": latitude, "longitude": longitude})
    known = position.number("latitude"), position.number("longitude")
    if known[0] is None or known[1] is None:
        raise Unfit("it has no position")
    return Place(
        id=told.words("place_id") or "", name=told.words("place") or "", coordinate=Coordinate(known[0], known[1]),
        kind=Kind(told.raw("place_kind")), country=told.words("country"), admin1=told.words("admin1"),
        admin2=told.words("admin2"), population=exact.whole("population") or 0, radius_km=exact.number("radius_km") or 0.0,
        parents=exact.list_of_words("parents"),
    )  # fmt: skip


def _time(value: Any) -> TimeSpan | None:
    if value is None:
        return None
    first, last, precision = Fields({"time": value}).list_of_words("time")
    return TimeSpan(times.day(first), times.day(last), Precision(precision))


# --- legs -------------------------------------------------------------------------------------------------------------


def _legs(visits: tuple[Visit, ...], told: list[Feature], *, whole: bool) -> tuple[Leg, ...]:
    """The legs as they were written where every stop is there and they join them one by one, else measured anew."""
    ends = [(leg.raw("from"), leg.raw("to")) for _, leg in told]
    if not whole or ends != [(number, number + 1) for number in range(1, len(visits))]:
        return legs.join(visits)
    return tuple(_leg(a, b, leg) for a, b, (_, leg) in zip(visits, visits[1:], told, strict=False))


def _leg(a: Visit, b: Visit, told: Fields) -> Leg:
    km = told.number("distance_km")
    if km is None:
        raise Unfit("a leg has no length")
    return Leg(a, b, km, told.whole("days"), told.words("mode"), told.list_of_words("warnings"))


# --- what was only mentioned ------------------------------------------------------------------------------------------


def _mentions(features: list[Feature], writing: Writing, harvest: Harvest) -> list[tuple[int, Mention]]:
    found = []
    for number, (at, told) in enumerate(features, 1):
        try:
            found.append(_mention(told, _place(at, told), writing))
        except (ValueError, TypeError, OverflowError) as why:
            harvest.refuse(f"mention {number}", why)
    return found


def _unresolved(about: Fields, writing: Writing, harvest: Harvest) -> list[tuple[int, Mention]]:
    found, listed = [], about.raw("unresolved")
    for number, entry in enumerate(listed if isinstance(listed, list) else [], 1):
        try:
            found.append(_mention(Fields(entry), None, writing))
        except (ValueError, TypeError, OverflowError) as why:
            harvest.refuse(f"unresolved name {number}", why)
    return found


def _mention(told: Fields, place: Place | None, writing: Writing) -> tuple[int, Mention]:
    """The mention, with where in the text it once stood."""
    name = told.words("name") or ""
    resolved = mention(name, writing.add(name), place, told.words("reason") or "as the file has it")
    return told.whole("start") or 0, Mention(
        resolved, Why(told.raw("why")), told.words("reason") or "", told.number("score") or 0.0
    )
