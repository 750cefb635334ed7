"""schema.org Trip as JSON-LD: what a web page says of a journey so that search engines understand it."""

from __future__ import annotations

import json
from typing import Any

from itinerary.drawing.times import stay
from itinerary.export.words import evidence, plain, title, web_address
from itinerary.model import Itinerary, Kind, Leg, Place, Precision, TimeSpan, Visit

# Kinds of places that schema.org has a type for; the others are of the type Place.
_TYPES = {
    Kind.CITY: "City",
    Kind.COUNTRY: "Country",
    Kind.CONTINENT: "Continent",
    Kind.ADMIN1: "AdministrativeArea",
    Kind.ADMIN2: "AdministrativeArea",
    Kind.OCEAN: "OceanBodyOfWater",
    Kind.SEA: "SeaBodyOfWater",
    Kind.LAKE: "LakeBodyOfWater",
    Kind.RIVER: "RiverBodyOfWater",
    Kind.CANAL: "Canal",
    Kind.WATERFALL: "Waterfall",
    Kind.MOUNTAIN: "Mountain",
    Kind.PARK: "Park",
    Kind.AIRPORT: "Airport",
    Kind.STATION: "TrainStation",
    Kind.LANDMARK: "LandmarksOrHistoricalBuildings",
}


def schema_org(trip: Itinerary) -> bytes:
    """A Trip whose `itinerary` is a list of places in order and whose parts (`subTrip`) are the legs; unknown is left out."""
    content = {"@context": "https://schema.org", **_trip(trip)}
    return (json.dumps(content, ensure_ascii=False, allow_nan=False, indent=1) + "\n").encode("utf-8")


def _trip(trip: Itinerary) -> dict[str, Any]:
    first, last = (trip.visits[0], trip.visits[-1]) if trip.visits else (None, None)
    return _known({
        "@type": "Trip",
        "name": title(trip),
        "description": f"{trip.distance_km:,.0f} km along great circles",
        "tripOrigin": _place(first.place) if first else None,
        "departureTime": first and _day(first.depart or first.arrive),
        "arrivalTime": last and _day(last.arrive or last.depart),
        "itinerary": {
            "@type": "ItemList",
            "itemListOrder": "https://schema.org/ItemListOrderAscending",
            "numberOfItems": len(trip.visits),
            "itemListElement": [_stop(trip, order, visit) for order, visit in enumerate(trip.visits, 1)],
        },
        "subTrip": [_leg(leg) for leg in trip.legs] or None,
    })  # fmt: skip


def _stop(trip: Itinerary, order: int, visit: Visit) -> dict[str, Any]:
    about = ": ".join(part for part in (plain(stay(visit)), evidence(trip, visit)) if part)
    return _known({"@type": "ListItem", "position": order, "description": about or None, "item": _place(visit.place)})


def _place(place: Place) -> dict[str, Any]:
    address = {"@type": "PostalAddress", "addressCountry": place.country} if place.country else None
    at = place.coordinate
    return _known({
        "@type": _TYPES.get(place.kind, "Place"),
        "name": plain(place.name),
        "sameAs": web_address(place),
        "address": address,
        "geo": {"@type": "GeoCoordinates", "latitude": at.latitude, "longitude": at.longitude},
    })  # fmt: skip


def _leg(leg: Leg) -> dict[str, Any]:
    origin, goal = leg.origin, leg.destination
    return _known({
        "@type": "Trip",
        "name": f"{plain(origin.place.name)} – {plain(goal.place.name)}",
        "description": f"{leg.distance_km:,.0f} km" + (f", {plain(leg.mode)}" if leg.mode else ""),
        "departureTime": _day(origin.depart or origin.arrive),
        "arrivalTime": _day(goal.arrive or goal.depart),
    })  # fmt: skip


def _day(when: TimeSpan | None) -> str | None:
    """A day; schema.org has no dates that are known less exactly, and none before the year 1."""
    return when.isoformat() if when and when.precision is Precision.DAY and when.earliest.year >= 1 else None


def _known(values: dict[str, Any]) -> dict[str, Any]:
    return {name: value for name, value in values.items() if value is not None}
