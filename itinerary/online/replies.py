"""Places out of what a geocoding service says; nothing is believed before it was looked at.

geopy gives (0, 0) for a reply without coordinates and moves a longitude of 200 to -160: both are refused here.
"""

from __future__ import annotations

import math
import unicodedata
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from itinerary import geodesy
from itinerary.model import Coordinate, Kind, Place
from itinerary.names import fold

# Longer names are cut: they come from outside and end up on the map.
_LONGEST_NAME, _LONGEST_LABEL = 100, 200
_OSM_TYPES = frozenset({"node", "way", "relation"})
# OpenStreetMap's class and type, or class alone, and our kinds; what is not listed (shops, streets, offices) is no place here.
_KINDS: dict[str, Kind] = {
    "place": Kind.CITY, "place/country": Kind.COUNTRY, "place/state": Kind.ADMIN1, "place/region": Kind.REGION,
    "place/county": Kind.ADMIN2, "place/continent": Kind.CONTINENT, "place/ocean": Kind.OCEAN, "place/sea": Kind.SEA,
    "place/island": Kind.ISLAND, "place/islet": Kind.ISLAND, "place/archipelago": Kind.ARCHIPELAGO,
    "place/suburb": Kind.DISTRICT, "place/quarter": Kind.DISTRICT, "place/neighbourhood": Kind.DISTRICT,
    "place/city_block": Kind.DISTRICT, "place/locality": Kind.LANDMARK,
    "boundary": Kind.REGION, "boundary/national_park": Kind.PARK, "boundary/protected_area": Kind.PARK,
    "natural": Kind.LANDMARK, "natural/peak": Kind.MOUNTAIN, "natural/volcano": Kind.MOUNTAIN, "natural/water": Kind.LAKE,
    "natural/bay": Kind.BAY, "natural/strait": Kind.STRAIT, "natural/cape": Kind.CAPE, "natural/glacier": Kind.GLACIER,
    "natural/peninsula": Kind.PENINSULA, "natural/mountain_range": Kind.RANGE, "natural/valley": Kind.VALLEY,
    "natural/saddle": Kind.PASS, "natural/desert": Kind.DESERT, "mountain_pass": Kind.PASS,
    "waterway": Kind.RIVER, "waterway/canal": Kind.CANAL, "waterway/waterfall": Kind.WATERFALL,
    "aeroway/aerodrome": Kind.AIRPORT, "railway/station": Kind.STATION, "railway/halt": Kind.STATION,
    "public_transport/station": Kind.STATION, "landuse/harbour": Kind.PORT, "landuse/port": Kind.PORT,
    "amenity/ferry_terminal": Kind.PORT, "barrier/border_control": Kind.BORDER, "landuse/military": Kind.BASE,
    "military": Kind.BASE, "leisure/park": Kind.PARK, "leisure/nature_reserve": Kind.PARK,
    "historic": Kind.LANDMARK, "historic/archaeological_site": Kind.RUIN, "historic/ruins": Kind.RUIN,
    "tourism/attraction": Kind.LANDMARK, "tourism/museum": Kind.LANDMARK, "man_made/lighthouse": Kind.LANDMARK,
    "man_made/bridge": Kind.LANDMARK, "bridge": Kind.LANDMARK,
}  # fmt: skip
# A border of the state has the type "administrative" whatever it surrounds; Nominatim tells that apart.
_BOUNDARIES = {
    "country": Kind.COUNTRY, "state": Kind.ADMIN1, "province": Kind.ADMIN1, "region": Kind.ADMIN1, "county": Kind.ADMIN2,
    "district": Kind.ADMIN2, "municipality": Kind.CITY, "city": Kind.CITY, "town": Kind.CITY, "village": Kind.CITY,
    "suburb": Kind.DISTRICT, "borough": Kind.DISTRICT, "quarter": Kind.DISTRICT, "city_district": Kind.DISTRICT,
}  # fmt: skip


class Unusable(Exception):
    """The service answered, but not with places: coordinates missing or impossible, or a reply of an unknown shape."""


@dataclass(frozen=True, slots=True)
class Hit:
    """A place that a service has under a name, how important it thinks it (0..1), and its full designation."""

    place: Place
    importance: float
    label: str


def hits(ask: Callable[[], Any], name: str) -> tuple[Hit, ...]:
    """Ask, and make places of the geopy Locations that come back; what is a shop, a street or the like is left out.

    Raises Unusable when a part of the reply is no place data, and whatever geopy raises on purpose.
    """
    try:
        answered = ask() or []
        locations = answered if isinstance(answered, list) else [answered]
        found = [hit for location in locations if (hit := _hit(location, name))]
    except (AttributeError, LookupError, TypeError, OverflowError, RecursionError) as error:
        raise Unusable(f"an answer of an unknown shape to {name!r}") from error
    except ValueError as error:
        if type(error) is not ValueError:  # geopy's own errors are told apart by the caller
            raise
        raise Unusable(f"an answer with impossible coordinates to {name!r}") from error
    return tuple(found)


def _hit(location: Any, name: str) -> Hit | None:
    raw = location.raw if isinstance(location.raw, dict) else {}
    coordinate = point(raw.get("lat", location.latitude), raw.get("lon", location.longitude))  # as written, where that is seen
    kind = _kind(raw)
    if kind is None:
        return None
    told = raw.get("address")
    address: dict[str, Any] = told if isinstance(told, dict) else {}
    label = _clean(location.address, _LONGEST_LABEL) or name
    title = _clean(raw.get("name"), _LONGEST_NAME) or _clean(label.split(",")[0], _LONGEST_NAME) or name
    admin1 = _clean(address.get("state"), _LONGEST_NAME) or None
    radius = _radius_km(raw, coordinate)
    place = Place(_id(raw, title), title, coordinate, kind, _country(address), admin1, radius_km=radius)
    return Hit(place, _importance(raw), label)


def point(latitude: Any, longitude: Any) -> Coordinate:
    """A coordinate out of numbers or their text. Raises ValueError, TypeError or OverflowError for what is none."""
    coordinate = Coordinate(float(latitude), float(longitude))
    if not (coordinate.latitude or coordinate.longitude):
        raise ValueError("a reply without coordinates becomes 0, 0 in geopy")
    return coordinate


def _kind(raw: dict[str, Any]) -> Kind | None:
    """None for what is no place of a journey; a town when the service does not tell (it is no Nominatim)."""
    if "class" not in raw and "category" not in raw:
        return Kind.CITY
    family, kind = str(raw.get("class", raw.get("category"))), str(raw.get("type"))
    if (family, kind) == ("boundary", "administrative"):
        return _BOUNDARIES.get(str(raw.get("addresstype")), Kind.REGION)
    return _KINDS.get(f"{family}/{kind}") or _KINDS.get(family)


def _id(raw: dict[str, Any], title: str) -> str:
    """An id that names the source: "nominatim:relation62422", or "online:lake-of-the-clouds"."""
    kind, number = raw.get("osm_type"), str(raw.get("osm_id"))
    if kind in _OSM_TYPES and number.isascii() and number.isdigit():
        return f"nominatim:{kind}{number}"
    return f"online:{fold(title).replace(' ', '-') or 'unnamed'}"


def _country(address: dict[str, Any]) -> str | None:
    code = str(address.get("country_code", "")).upper()
    return code if len(code) == 2 and code.isascii() and code.isalpha() else None


def _radius_km(raw: dict[str, Any], centre: Coordinate) -> float:
    """The way from the centre to the farther of two corners of the box; 0 without a sound one."""
    try:
        south, north, west, east = map(float, raw["boundingbox"])
        corners = Coordinate(south, west), Coordinate(north, east)
    except (KeyError, TypeError, ValueError, OverflowError):
        return 0.0
    return round(max(geodesy.distance_km(centre, corner) for corner in corners), 1)


def _importance(raw: dict[str, Any]) -> float:
    try:
        value = float(raw.get("importance", 0.0))
    except (TypeError, ValueError, OverflowError):
        return 0.0
    return min(max(value, 0.0), 1.0) if math.isfinite(value) else 0.0


def _clean(written: Any, longest: int) -> str:
    """Words from outside on one line, without control characters and not without end."""
    text = written if isinstance(written, str) else ""
    printable = "".join(c for c in text if unicodedata.category(c)[0] != "C" or c.isspace())
    return " ".join(printable.split())[:longest].strip()
