"""Linked Places format 1.2: the places of the journey as a gazetteer for World Historical Gazetteer, Recogito and their kin.

A feature per place, not per stay: its `when` holds every stay there.
"""

from __future__ import annotations

import json
from typing import Any

from itinerary.export import identity
from itinerary.export.features import point
from itinerary.export.words import evidence, plain, title, web_address
from itinerary.model import Itinerary, Kind, Place, Precision, TimeSpan, Visit
from itinerary.wording import country_name

_CONTEXT = "https://raw.githubusercontent.com/LinkedPasts/linked-places/master/linkedplaces-context-v1.1.jsonld"
# GeoNames' feature class for each kind, A country or district, P settlement, H water, L area, T height or coast, S building.
_CLASSES = {
    **dict.fromkeys((Kind.COUNTRY, Kind.ADMIN1, Kind.ADMIN2, Kind.HISTORICAL), "A"),
    **dict.fromkeys((Kind.CITY, Kind.DISTRICT, Kind.PORT), "P"),
    **dict.fromkeys(
        (Kind.OCEAN, Kind.SEA, Kind.BAY, Kind.STRAIT, Kind.RIVER, Kind.LAKE, Kind.CANAL, Kind.WATERFALL, Kind.GLACIER), "H"
    ),
    **dict.fromkeys((Kind.CONTINENT, Kind.REGION, Kind.PARK), "L"),
    **dict.fromkeys(
        (
            Kind.MOUNTAIN,
            Kind.RANGE,
            Kind.PASS,
            Kind.DESERT,
            Kind.VALLEY,
            Kind.ISLAND,
            Kind.ARCHIPELAGO,
            Kind.PENINSULA,
            Kind.CAPE,
        ),
        "T",
    ),
}
# Concepts of the Art & Architecture Thesaurus, for the kinds that have an exact one.
_CONCEPTS = {
    **dict.fromkeys((Kind.CITY,), ("aat:300008347", "inhabited place")),
    **dict.fromkeys((Kind.COUNTRY,), ("aat:300387506", "country")),
    **dict.fromkeys((Kind.ADMIN1, Kind.ADMIN2), ("aat:300232418", "administrative division")),
    **dict.fromkeys((Kind.REGION,), ("aat:300182722", "region (geographic)")),
    **dict.fromkeys((Kind.PORT,), ("aat:300120599", "port")),
}


def linked_places(trip: Itinerary) -> bytes:
    """A FeatureCollection with a feature per place stayed at, in the order first reached."""
    stays: dict[str, list[Visit]] = {}
    for visit in trip.visits:
        stays.setdefault(visit.place.id, []).append(visit)
    content = {
        "type": "FeatureCollection",
        "@context": _CONTEXT,
        "features": [_feature(trip, visits) for visits in stays.values()],
    }
    return (json.dumps(content, ensure_ascii=False, allow_nan=False, indent=1) + "\n").encode("utf-8")


def _feature(trip: Itinerary, visits: list[Visit]) -> dict[str, Any]:
    place = visits[0].place
    spans = [span for visit in visits if (span := _span(visit))]
    concept = _CONCEPTS.get(place.kind)
    kind = {"sourceLabels": [{"label": str(place.kind), "lang": "en"}]}
    if concept:
        kind = {"identifier": concept[0], "label": concept[1], **kind}  # type: ignore[dict-item]
    found = {
        "@id": identity.of_place(place),
        "type": "Feature",
        "properties": _properties(place),
        "when": {"timespans": spans} if spans else None,
        "names": _names(trip, visits),
        "types": [kind] if concept else None,
        "geometry": {**point(place.coordinate), "certainty": "certain"},
        "links": _links(place),
        "descriptions": _descriptions(trip, visits) or None,
    }
    return {name: value for name, value in found.items() if value is not None}


def _properties(place: Place) -> dict[str, Any]:
    land = country_name(place.country)
    name = plain(place.name)
    return {
        "title": f"{name} ({land})" if land and land != name else name,
        "ccodes": [place.country] if place.country else [],
        "fclasses": [_CLASSES.get(place.kind, "S")],
    }


def _span(visit: Visit) -> dict[str, Any] | None:
    """From arrival to departure; a time that is told roughly has its earliest and its latest day."""
    if visit.arrive and visit.depart:
        return {"start": _edge(visit.arrive), "end": _edge(visit.depart)}
    if told := visit.arrive or visit.depart:
        return {"start": _edge(told)}
    return None


def _edge(when: TimeSpan) -> dict[str, str]:
    exact = when.precision in (Precision.DAY, Precision.MONTH, Precision.YEAR)
    if exact and (written := when.isoformat()):
        return {"in": written}
    return {"earliest": when.earliest.isoformat(), "latest": when.latest.isoformat()}


def _names(trip: Itinerary, visits: list[Visit]) -> list[dict[str, Any]]:
    """The name of the gazetteer and the names that the text gives the place; the text is their source."""
    source = [{"label": title(trip), "@id": identity.of_text(trip)}]
    told = dict.fromkeys(plain(visit.name) for visit in visits)
    given = [{"toponym": name, "citations": source} for name in told]
    own = plain(visits[0].place.name)
    return given if own in told else [*given, {"toponym": own}]


def _links(place: Place) -> list[dict[str, str]] | None:
    address = web_address(place)
    return [{"type": "exactMatch", "identifier": address}] if address else None


def _descriptions(trip: Itinerary, visits: list[Visit]) -> list[dict[str, str]]:
    return [
        {"@id": identity.of_text(trip), "value": sentence, "lang": "en"}
        for sentence in dict.fromkeys(evidence(trip, visit) for visit in visits)
        if sentence
    ]
