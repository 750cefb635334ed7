"""The itinerary as GeoJSON (RFC 7946): a point per stop and per place only mentioned, a line per leg.

The one place where latitude, longitude become longitude, latitude. Nothing of the route is lost: `itinerary.importing` makes an
equal one of it. What only that needs stands in the property `exact`.
"""

from __future__ import annotations

from typing import Any

import itinerary as package
from itinerary.export.times import edtf, exact, iso
from itinerary.export.words import evidence, sentences
from itinerary.geodesy import cut, track
from itinerary.model import Coordinate, Itinerary, Leg, Mention, Place, TimeSpan, Visit

_DECIMALS = 6  # of a degree, for lines: 0.1 m, finer than any gazetteer


def geojson(trip: Itinerary) -> dict[str, Any]:
    """A FeatureCollection of stops (in order), legs, then mentions (in text order); the same trip gives the same dict.

    Lines that cross the antimeridian are MultiLineStrings cut there. Mentioned places without a coordinate have no feature: they
    stand in the foreign member `itinerary` under `unresolved`, beside title, publication date, distance and program version.
    """
    features = [
        *(_stop(trip, order, *pair) for order, pair in enumerate(zip(trip.visits, trip.bounds, strict=True), 1)),
        *(_leg(order, leg) for order, leg in enumerate(trip.legs, 1)),
        *(_mention(mention, mention.resolution.place) for mention in trip.mentions if mention.resolution.place),
    ]
    return {"type": "FeatureCollection", "features": features, "itinerary": _about(trip)}


def _about(trip: Itinerary) -> dict[str, Any]:
    return {
        "title": trip.title,
        "published": trip.published.isoformat() if trip.published else None,
        "traveller": trip.traveller,
        "travellers": list(trip.travellers),
        "distance_km": round(trip.distance_km, 3),
        "days": trip.days,
        "notes": list(trip.notes),
        "unresolved": [_unresolved(mention) for mention in trip.mentions if mention.resolution.place is None],
        "generator": f"itinerary {package.__version__}",
    }


def _unresolved(mention: Mention) -> dict[str, Any]:
    found = mention.resolution
    return {
        "name": found.name, "start": found.start, "end": found.end, "why": str(mention.why), "reason": mention.reason,
        "score": mention.score,
    }  # fmt: skip


def _feature(geometry: dict[str, Any], properties: dict[str, Any]) -> dict[str, Any]:
    return {"type": "Feature", "geometry": geometry, "properties": properties}


def point(at: Coordinate) -> dict[str, Any]:
    """A Point, as exact as the gazetteer has it."""
    return {"type": "Point", "coordinates": [at.longitude, at.latitude]}


def _stop(trip: Itinerary, order: int, visit: Visit, bounds: TimeSpan | None) -> dict[str, Any]:
    first = visit.mentions[0] if visit.mentions else None
    properties = {
        "kind": "stop",
        "order": order,
        "name": visit.name,
        **_of_place(visit.place),
        "arrive": iso(visit.arrive),
        "depart": iso(visit.depart),
        "arrive_edtf": edtf(visit.arrive),
        "depart_edtf": edtf(visit.depart),
        "when_told": visit.when_told,
        "not_before": bounds.earliest.isoformat() if bounds else None,
        "not_after": bounds.latest.isoformat() if bounds else None,
        "status": str(visit.status),
        "traveller": visit.traveller,
        "mode": visit.mode,
        "evidence": evidence(trip, visit),
        "start": first.start if first else None,
        "end": first.end if first else None,
        "score": visit.score,
        "reason": visit.reason,
        "order_told": visit.order_told,
        "by_hand": visit.by_hand,
        "exact": {
            "arrive": exact(visit.arrive),
            "depart": exact(visit.depart),
            "rank": visit.rank,
            "more_evidence": sentences(trip, visit)[1:],
            **_exact_place(visit.place),
        },
    }
    return _feature(point(visit.place.coordinate), properties)


def _of_place(place: Place) -> dict[str, Any]:
    return {
        "place": place.name,
        "place_id": place.id,
        "place_kind": str(place.kind),
        "country": place.country,
        "admin1": place.admin1,
        "admin2": place.admin2,
    }


def _exact_place(place: Place) -> dict[str, Any]:
    return {"population": place.population, "radius_km": place.radius_km, "parents": list(place.parents)}


def _leg(order: int, leg: Leg) -> dict[str, Any]:
    properties = {
        "kind": "leg",
        "from": order,
        "to": order + 1,
        "distance_km": leg.distance_km,
        "days": leg.days,
        "mode": leg.mode,
        "warnings": list(leg.warnings),
    }
    return _feature(_line(leg), properties)


def _line(leg: Leg) -> dict[str, Any]:
    parts = [
        [[round(lon, _DECIMALS), round(lat, _DECIMALS)] for lat, lon in part]
        for part in cut(track(leg.origin.place.coordinate, leg.destination.place.coordinate))
    ]
    if len(parts) == 1:
        return {"type": "LineString", "coordinates": parts[0]}
    return {"type": "MultiLineString", "coordinates": parts}


def _mention(mention: Mention, place: Place) -> dict[str, Any]:
    found = mention.resolution
    properties = {
        "kind": "mention",
        "name": found.name,
        **_of_place(place),
        "why": str(mention.why),
        "reason": mention.reason,
        "start": found.start,
        "end": found.end,
        "score": mention.score,
        "exact": _exact_place(place),
    }
    return _feature(point(place.coordinate), properties)
