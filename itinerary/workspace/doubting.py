"""What is worth a second look: a list to work through, the worst first, each with the mend that settles it."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from enum import StrEnum

from itinerary.geodesy import distance_km
from itinerary.model import DateMention, Itinerary, Leg, Mention, Place, Resolution, Span, Visit
from itinerary.names import fold
from itinerary.wording import count, country_name


class Kind(StrEnum):
    """What is doubtful."""

    LEG = "implausible leg"
    NAMESAKE = "namesake"
    UNRESOLVED = "unresolved name"
    DATE = "ambiguous date"
    STOP = "unsure stop"
    ORDER = "open order"
    READERS = "readers differ"


class Mend(StrEnum):
    """What the user can do about it."""

    PLACE = "choose the place"
    STATUS = "say whether it was visited"
    DATES = "set the dates"
    ORDER = "move the stop"


@dataclass(frozen=True, slots=True)
class Doubt:
    """Something doubtful, in a sentence; severity 0..1. It is about a stop (index in `visits`) or a piece of the text."""

    kind: Kind
    sentence: str
    severity: float
    mend: Mend
    stop: int | None = None
    span: Span | None = None


# The next likely place counts as a near tie from this share of the chosen one's probability.
_NEAR_TIE = 0.5
# Namesakes closer than this (km) are one place to a reader: a town and its district.
_APART_KM = 30.0
# A stop less likely than this is as likely none.
_UNSURE = 0.5


def doubts(trip: Itinerary) -> tuple[Doubt, ...]:
    """Everything doubtful about a trip, the worst first; what the user decided is not doubted."""
    found = [*_legs(trip), *_namesakes(trip), *_unresolved(trip), *_dates(trip), *_unsure(trip), *_order(trip)]
    return tuple(sorted(found, key=lambda doubt: -doubt.severity))


# --- legs -------------------------------------------------------------------------------------------------------------


def _legs(trip: Itinerary) -> Iterator[Doubt]:
    for index, leg in enumerate(trip.legs):
        if leg.warnings:
            way = f"From {leg.origin.name} to {leg.destination.name}"
            yield Doubt(Kind.LEG, f"{way}: {'; '.join(leg.warnings)}.", 0.9, _mend(leg), _weaker(leg, index))


def _mend(leg: Leg) -> Mend:
    """Dates that run backwards are an order gone wrong; haste is a wrong place if there is another one, else a wrong date."""
    left, reached = leg.origin.arrive or leg.origin.depart, leg.destination.arrive or leg.destination.depart
    if left and reached and reached.latest < left.earliest:
        return Mend.ORDER
    others = any(r.runners_up for visit in (leg.origin, leg.destination) for r in visit.mentions)
    return Mend.PLACE if others or leg.days is None else Mend.DATES


def _weaker(leg: Leg, index: int) -> int:
    """The end of the leg that is less sure of its place."""
    return index if _sure(leg.origin) < _sure(leg.destination) else index + 1


def _sure(visit: Visit) -> float:
    return max((r.score for r in visit.mentions), default=1.0)


# --- names ------------------------------------------------------------------------------------------------------------


def _namesakes(trip: Itinerary) -> Iterator[Doubt]:
    seen: set[tuple[str, str]] = set()
    for index, visit in enumerate(trip.visits):
        tied = next((r for r in visit.mentions if r.place == visit.place and _tie(r)), None)
        if tied is not None and not _known(tied, seen):
            yield Doubt(Kind.NAMESAKE, _between(tied), 0.8, Mend.PLACE, index)
    for mention in trip.mentions:
        if _tie(mention.resolution) and not _known(mention.resolution, seen):
            span = mention.resolution.toponym.span
            yield Doubt(Kind.NAMESAKE, _between(mention.resolution), 0.25, Mend.PLACE, span=span)


def _tie(resolution: Resolution) -> bool:
    if resolution.place is None or not resolution.runners_up or resolution.score >= 1:
        return False
    other = resolution.runners_up[0]
    chance = min(1.0, resolution.score / max(resolution.toponym.score, 0.01))  # a score is of name and place together
    return 0 < _NEAR_TIE * chance <= other.score and _apart(resolution.place, other.place)


def _apart(a: Place, b: Place) -> bool:
    """Whether it makes a difference on the map: an island and its country are no namesakes."""
    within = a.lies_in(b) or b.lies_in(a)
    return not within and distance_km(a.coordinate, b.coordinate) > max(_APART_KM, a.radius_km, b.radius_km)


def _known(resolution: Resolution, seen: set[tuple[str, str]]) -> bool:
    """Whether the same name was asked about already; it is noted."""
    key = (_key(resolution.name), resolution.place.id if resolution.place else "")
    asked = key in seen
    seen.add(key)
    return asked


def _between(resolution: Resolution) -> str:
    assert resolution.place is not None  # a tie is between places
    place, other = resolution.place, resolution.runners_up[0].place
    where = [", ".join(dict.fromkeys(filter(None, (p.name, p.admin1, country_name(p.country))))) for p in (place, other)]
    if where[0] == where[1]:
        where = [f"{name} ({p.kind.value})" for name, p in zip(where, (place, other), strict=True)]
    return f"“{_line(resolution.name)}” was taken for {where[0]}; {where[1]} is nearly as likely."


def _unresolved(trip: Itinerary) -> Iterator[Doubt]:
    by_name: dict[str, list[Mention]] = {}
    for mention in trip.mentions:
        if mention.resolution.place is None:
            by_name.setdefault(_key(mention.resolution.name), []).append(mention)
    for mentions in by_name.values():
        resolution = max((m.resolution for m in mentions), key=lambda r: r.toponym.score)
        often = f" ({count(len(mentions), 'mention')})" if len(mentions) > 1 else ""
        sentence = f"No place is known for “{_line(resolution.name)}”{often}: {resolution.reason}."
        # Only as grave as it is likely that the name is one of a place.
        yield Doubt(
            Kind.UNRESOLVED, sentence, 0.3 + 0.4 * resolution.toponym.score, Mend.PLACE, span=mentions[0].resolution.toponym.span
        )


def _key(name: str) -> str:
    return fold(name) or name.casefold()


def _line(words: str) -> str:
    return " ".join(words.split())


# --- time and presence ------------------------------------------------------------------------------------------------


def _dates(trip: Itinerary) -> Iterator[Doubt]:
    for date in trip.dates:
        if not date.ambiguous or _settled(trip, date):
            continue
        readings = " or ".join(dict.fromkeys((date.value, *date.ambiguous)))
        stop = _dated_by(trip, date)
        sentence = f"“{_line(date.surface)}” can be read as {readings}."
        yield Doubt(Kind.DATE, sentence, 0.3 if stop is None else 0.6, Mend.DATES, stop, None if stop is not None else date.span)


def _settled(trip: Itinerary, date: DateMention) -> bool:
    """Whether the stop that the date may date is dated, and is right beyond doubt: the user has seen to it."""
    held = (visit for visit in trip.visits if any(sentence.covers(date.span) for sentence in visit.evidence))
    return any(visit.score == 1 and (visit.arrive or visit.depart) for visit in held)


def _dated_by(trip: Itinerary, date: DateMention) -> int | None:
    """The stop that the date may date: the one it was read for, or an undated one whose sentence holds it."""
    for index, visit in enumerate(trip.visits):
        told = date.when in (visit.arrive, visit.depart) if date.when else visit.arrive is None and visit.depart is None
        if told and any(sentence.covers(date.span) for sentence in visit.evidence) and not visit.by_hand:
            return index
    return None


def _unsure(trip: Itinerary) -> Iterator[Doubt]:
    for index, visit in enumerate(trip.visits):
        if visit.score < _UNSURE:
            sentence = f"It is not sure that {visit.traveller or 'the traveller'} was in {visit.name} ({visit.score:.0%} likely)."
            yield Doubt(Kind.STOP, sentence, 0.4 + 0.4 * (_UNSURE - visit.score) / _UNSURE, Mend.STATUS, index)


def _order(trip: Itinerary) -> Iterator[Doubt]:
    for index, visit in enumerate(trip.visits):
        if not visit.order_told:
            yield Doubt(Kind.ORDER, f"The text leaves open when the stop in {visit.name} came.", 0.35, Mend.ORDER, index)
