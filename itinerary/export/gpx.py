"""GPX 1.1: the stops as a route, the places only mentioned as waypoints; never a track, as nobody recorded one."""

from __future__ import annotations

from typing import TYPE_CHECKING

from itinerary.drawing.times import stay
from itinerary.export.words import evidence, plain
from itinerary.model import Coordinate, Itinerary, Mention, Visit
from itinerary.wording import WHY, country_name

if TYPE_CHECKING:
    from gpxpy.gpx import GPXRoutePoint, GPXWaypoint


def gpx(trip: Itinerary) -> bytes:
    """The route (`rte`) in order and the mentioned places that have a coordinate (`wpt`), by gpxpy."""
    from gpxpy.gpx import GPX, GPXRoute

    document = GPX()
    document.creator = "itinerary"
    document.name = plain(trip.title) or None
    for mention in trip.mentions:
        if mention.resolution.place:
            document.waypoints.append(_waypoint(mention))
    if trip.visits:
        route = GPXRoute(name=document.name, description=f"{trip.distance_km:,.0f} km along great circles")
        route.points = [_route_point(trip, order, visit) for order, visit in enumerate(trip.visits, 1)]
        document.routes.append(route)
    return document.to_xml(version="1.1").encode("utf-8")


def _route_point(trip: Itinerary, order: int, visit: Visit) -> GPXRoutePoint:
    from gpxpy.gpx import GPXRoutePoint

    latitude, longitude = _degrees(visit.place.coordinate)
    told = " · ".join(part for part in (stay(visit), country_name(visit.place.country), str(visit.status)) if part)
    return GPXRoutePoint(
        latitude, longitude, name=f"{order}. {plain(visit.place.name)}", comment=plain(told),
        description=evidence(trip, visit) or None, type=str(visit.status),
    )  # fmt: skip


def _waypoint(mention: Mention) -> GPXWaypoint:
    from gpxpy.gpx import GPXWaypoint

    place = mention.resolution.place
    assert place is not None
    latitude, longitude = _degrees(place.coordinate)
    return GPXWaypoint(latitude, longitude, name=plain(place.name), description=plain(mention.reason), type=WHY[mention.why])


def _degrees(at: Coordinate) -> tuple[float, float]:
    """Latitude and longitude; GPX has no meridian of +180."""
    longitude = round(at.longitude, 6)
    return round(at.latitude, 6), -180.0 if longitude == 180 else longitude
