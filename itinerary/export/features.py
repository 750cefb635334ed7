"""The itinerary as GeoJSON (RFC 7946): a point per stop and per place only mentioned, a line per leg.

The one place where latitude, longitude become longitude, latitude.
"""

from __future__ import annotations

from typing import Any

import itinerary as package
from itinerary.export.words import evidence
from itinerary.geodesy import cut, track
from itinerary.model import Coordinate, Itinerary, Leg, Mention, TimeSpan, Visit

_DECIMALS = 6  # of a degree: 0.1 m, finer than any gazetteer


def geojson(trip: Itinerary) -> dict[str, Any]:
    """A FeatureCollection of stops (in order), legs, then mentions (in text order); the same trip gives the same dict.

    Lines that cross the antimeridian are MultiLineStrings cut there. Mentioned places without a coordinate have no feature: they
    stand in the foreign member `itinerary` under `unresolved`, beside title, publication date, distance and program version.
    """
    features = [
        *(_stop(trip, order, visit) for order, visit in enumerate(trip.visits, 1)),
        *(_leg(order, leg) for order, leg in enumerate(trip.legs, 1)),
        *(_mention(mention) for mention in trip.mentions if mention.resolution.place),
    ]
    return {"type": "FeatureCollection", "features": features, "itinerary": _about(trip)}


def iso(when: TimeSpan | None) -> str | None:
    """The date at the precision told, None when there is none that ISO 8601 can say."""
    return when.isoformat() if when else None


def _about(trip: Itinerary) -> dict[str, Any]:
    return {
        "title": trip.title,
        "published": trip.published.isoformat() if trip.published else None,
        "traveller": trip.traveller,
        "distance_km": round(trip.distance_km, 3),
        "days": trip.days,
        "notes": list(trip.notes),
        "unresolved": [
            {"name": m.resolution.name, "start": m.resolution.start, "end": m.resolution.end, "reason": m.reason}
            for m in trip.mentions
            if m.resolution.place is None
        ],
        "generator": f"itinerary {package.__version__}",
    }


def _feature(geometry: dict[str, Any], properties: dict[str, Any]) -> dict[str, Any]:
    return {"type": "Feature", "geometry": geometry, "properties": properties}


def _point(c: Coordinate) -> dict[str, Any]:
    return {"type": "Point", "coordinates": [round(c.longitude, _DECIMALS), round(c.latitude, _DECIMALS)]}


def _stop(trip: Itinerary, order: int, visit: Visit) -> dict[str, Any]:
    first = visit.mentions[0]
    properties = {
        "kind": "stop",
        "order": order,
        "name": visit.name,
        "place": visit.place.name,
        "place_id": visit.place.id,
        "country": visit.place.country,
        "arrive": iso(visit.arrive),
        "depart": iso(visit.depart),
        "when_told": visit.when_told,
        "status": str(visit.status),
        "traveller": visit.traveller,
        "evidence": evidence(trip, visit),
        "start": first.start,
        "end": first.end,
        "score": round(visit.score, 4),
        "order_told": visit.order_told,
    }
    return _feature(_point(visit.place.coordinate), properties)


def _leg(order: int, leg: Leg) -> dict[str, Any]:
    properties = {
        "kind": "leg",
        "from": order,
        "to": order + 1,
        "distance_km": round(leg.distance_km, 3),
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


def _mention(mention: Mention) -> dict[str, Any]:
    resolution = mention.resolution
    assert resolution.place is not None
    properties = {
        "kind": "mention",
        "name": resolution.name,
        "place": resolution.place.name,
        "country": resolution.country,
        "why": str(mention.why),
        "reason": mention.reason,
        "start": resolution.start,
        "end": resolution.end,
    }
    return _feature(_point(resolution.place.coordinate), properties)
