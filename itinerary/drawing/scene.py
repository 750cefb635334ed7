"""What the map shows, as plain data for its script; longitudes run on over the antimeridian instead of jumping there."""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import Any

from itinerary.drawing.times import bounded
from itinerary.drawing.unrolling import Line, Point, drawn
from itinerary.model import Itinerary, Leg, Mention, Place, Precision, TimeSpan, Visit
from itinerary.wording import WHY, country_name

_DECIMALS = 4  # of a degree: 11 m, less than a pixel at the closest zoom
_LONGEST_TEXT = 600  # characters of a sentence on the map; the list and the text show it whole
# Radius (km) for areas whose size no gazetteer tells: a small country, a small region.
_RADIUS_KM = {"country": 150.0, "region": 60.0, "water": 60.0}
_SMALLEST_AREA_KM = 15.0  # an area smaller than this is a point on any map of a route
_DOUBTFUL = 0.6  # score: below it about every second stop is wrong, by the table of scores in the README
_SHORT_KM = 10.0  # a way shorter than this is told with a decimal

# C0 and C1 controls but for white space, and lone surrogates.
_UNFIT = re.compile(r"[\x00-\x08\x0e-\x1f\x7f-\x84\x86-\x9f\ud800-\udfff]")


def scene(trip: Itinerary) -> dict[str, Any]:
    """Stops in order, legs, and the places only mentioned that have a coordinate and are no stop.

    A stop's `days` are the numbers of its first and last possible day (1 January of year 1 is 1), None where the text tells none;
    `exact` says that both are known to the day. `area` is the code of a country that is drawn as its whole area. A mention's
    `indices` count in `trip.mentions` from 0.
    """
    points, lines = drawn(trip)
    middle = _middle(points)
    return {
        "stops": [
            _stop(trip, order, bounded(visit, bounds), point)
            for order, (visit, bounds, point) in enumerate(zip(trip.visits, trip.bounds, points, strict=True), 1)
        ],
        "legs": [_leg(order, leg, line) for order, (leg, line) in enumerate(zip(trip.legs, lines, strict=True), 1)],
        "mentions": _mentions(trip, middle),
    }


def clean(text: str) -> str:
    """One line of printable text."""
    return " ".join(printable(text).split())


def printable(text: str) -> str:
    """The text with a replacement character for what no page can hold: control characters and halves of surrogate pairs."""
    return _UNFIT.sub("\ufffd", text)


def sentence(trip: Itinerary, visit: Visit) -> str:
    """The sentence that proves a visit best; "" for one put in by hand."""
    return clean(visit.evidence[0].of(trip.text)) if visit.evidence else ""


def doubtful(visit: Visit) -> bool:
    """Whether a reader should look twice at a stop."""
    return visit.score < _DOUBTFUL and not visit.by_hand


def rounded_km(km: float) -> float | int:
    """Whole kilometres, with a decimal for a short way."""
    return round(km, 1) if km < _SHORT_KM else round(km)


def radius_km(place: Place) -> float:
    """Radius to draw a place with, 0 for what is a point on a map."""
    radius = place.radius_km or _RADIUS_KM.get(place.kind.level, 0.0)
    return radius if place.kind.level in _RADIUS_KM and radius >= _SMALLEST_AREA_KM else 0.0


def _middle(points: Sequence[Point]) -> float:
    longitudes = [lon for _, lon in points] or [0.0]
    return (min(longitudes) + max(longitudes)) / 2


def _stop(trip: Itinerary, order: int, when: str, point: Point) -> dict[str, Any]:
    visit = trip.visits[order - 1]
    place = visit.place
    before = trip.legs[order - 2] if order > 1 else None
    return {
        "order": order,
        "name": clean(place.name),
        "told": clean(visit.name) if visit.name != place.name else "",
        "country": country_name(place.country) if place.kind.level != "country" else "",
        "status": str(visit.status),
        "when": clean(when),
        **_days(visit),
        "at": _rounded(point),
        "radius": round(radius_km(place), 1),
        "area": place.country if place.kind.level == "country" else None,
        "km": rounded_km(before.distance_km) if before else None,
        "score": round(visit.score, 2),
        "doubt": doubtful(visit),
        "text": _short(sentence(trip, visit)),
        "open": not visit.order_told,
        "byHand": visit.by_hand,
    }


def _days(visit: Visit) -> dict[str, Any]:
    """First and last day of a stay as numbers, and whether they are known to the day."""
    known: list[TimeSpan] = [time for time in (visit.arrive, visit.depart) if time]
    if not known:
        return {"days": None, "exact": False}
    first, last = known[0].earliest.number, known[-1].earliest.number
    return {"days": [first, max(first, last)], "exact": all(time.precision is Precision.DAY for time in known)}


def _leg(order: int, leg: Leg, lines: Sequence[Line]) -> dict[str, Any]:
    return {
        "from": order,
        "to": order + 1,
        "status": str(leg.destination.status),
        "km": rounded_km(leg.distance_km),
        "days": leg.days,
        "mode": clean(leg.mode or ""),
        "warnings": [clean(warning) for warning in leg.warnings],
        "lines": [[_rounded(point) for point in line] for line in lines],
    }


def _mentions(trip: Itinerary, middle: float) -> list[dict[str, Any]]:
    """One entry per place that is not a stop, with every reason given for it."""
    stops = {visit.place.id for visit in trip.visits}
    found: dict[str, list[int]] = {}
    for index, mention in enumerate(trip.mentions):
        if mention.resolution.place and mention.resolution.place.id not in stops:
            found.setdefault(mention.resolution.place.id, []).append(index)
    return [_mention(indices, [trip.mentions[index] for index in indices], middle) for indices in found.values()]


def _mention(indices: Sequence[int], group: Sequence[Mention], middle: float) -> dict[str, Any]:
    place = group[0].resolution.place
    assert place is not None
    lon = place.coordinate.longitude
    return {
        "indices": list(indices),
        "name": clean(place.name),
        "country": country_name(place.country) if place.kind.level != "country" else "",
        "at": _rounded((place.coordinate.latitude, lon + 360 * round((middle - lon) / 360))),
        "why": ", ".join(dict.fromkeys(WHY[mention.why] for mention in group)),
        "text": _short(clean(group[0].reason)),
    }


def _rounded(point: Point) -> list[float]:
    return [round(point[0], _DECIMALS), round(point[1], _DECIMALS)]


def _short(text: str) -> str:
    return text if len(text) <= _LONGEST_TEXT else text[: _LONGEST_TEXT - 1].rstrip() + "…"
