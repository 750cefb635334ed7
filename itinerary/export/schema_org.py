"""schema.org Trip as JSON-LD: what a web page says of a journey so that search engines understand it."""

from __future__ import annotations

import json
from typing import Any

from itinerary.drawing.times import stay
from itinerary.export.times import bounds, partial
from itinerary.export.words import evidence, plain, title, web_address
from itinerary.model import Itinerary, Kind, Leg, Place, Visit

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
    """A Trip whose `itinerary` is a list of places in order and whose parts (`subTrip`) are the legs; unknown is left out.

    When a stay was is told by an Event at its place: a Trip itself has times of day and no dates.
    """
    content = {"@context": "https://schema.org", **_trip(trip)}
    written = json.dumps(content, ensure_ascii=False, allow_nan=False, indent=1).replace("<", "\\u003c")  # it goes into a page
    return written.encode("utf-8") + b"\n"


def _trip(trip: Itinerary) -> dict[str, Any]:
    return _known({
        "@type": "Trip",
        "name": title(trip),
        "description": f"{trip.distance_km:,.0f} km along great circles",
        "tripOrigin": _place(trip.visits[0].place) if trip.visits else None,
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
    item = _known({**_place(visit.place), "event": _event(visit)})
    return _known({"@type": "ListItem", "position": order, "description": about or None, "item": item})


def _event(visit: Visit) -> dict[str, Any] | None:
    first, last = bounds(visit)
    dates = _known({"startDate": partial(first, latest=False), "endDate": partial(last, latest=True)})
    return {"@type": "Event", "name": f"Stay in {plain(visit.place.name)}", **dates} if dates else None


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
    ends = leg.origin.place, leg.destination.place
    return {
        "@type": "Trip",
        "name": " – ".join(plain(end.name) for end in ends),
        "description": f"{leg.distance_km:,.0f} km" + (f", {plain(leg.mode)}" if leg.mode else ""),
        "tripOrigin": {"@type": "Place", "name": plain(ends[0].name)},
        "itinerary": [{"@type": "Place", "name": plain(end.name)} for end in ends],
    }


def _known(values: dict[str, Any]) -> dict[str, Any]:
    return {name: value for name, value in values.items() if value is not None}
