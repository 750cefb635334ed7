"""What the component is told: a trip as the rows, cards and marks that it shows, every word ready to be read.

Pure functions: a trip in, plain JSON-able data out. The component puts each word on the page as text, never as markup.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from itertools import accumulate
from typing import Any

from itinerary import drawing
from itinerary.dashboard.formats import Manner
from itinerary.dashboard.words import say
from itinerary.model import DateMention, Itinerary, Leg, Mention, Status, Visit
from itinerary.wording import WHY, country_name


def arguments(trip: Itinerary, manner: Manner) -> dict[str, Any]:
    """Map, stops, names and ambiguous dates of a trip for the component."""
    return {
        "scene": drawing.scene_of(trip),
        "stops": list(_stops(trip, manner)),
        "names": [_name(index, mention) for index, mention in enumerate(trip.mentions)],
        "ambiguous": {str(index): _readings(date) for index, date in enumerate(trip.dates) if date.ambiguous},
        "units": manner.units,
    }


def _stops(trip: Itinerary, manner: Manner) -> Iterator[dict[str, Any]]:
    totals = accumulate(leg.distance_km if leg else 0.0 for leg in (None, *trip.legs))
    used: Counter[str] = Counter()
    rows = zip(trip.visits, (None, *trip.legs), totals, trip.bounds, strict=False)
    for order, (visit, leg, total, bounds) in enumerate(rows, 1):
        key = f"{visit.mentions[0].start}" if visit.mentions else visit.name
        used[key] += 1
        yield _stop(trip, visit, leg, manner) | {
            "order": order,
            "when": manner.bounded(visit, bounds),
            "inferred": not manner.stay(visit),
            "key": f"{key}/{used[key]}",
            "total": say("total", distance=manner.distance(total)) if leg else "",
        }


def _stop(trip: Itinerary, visit: Visit, leg: Leg | None, manner: Manner) -> dict[str, Any]:
    return {
        "name": visit.place.name,
        "aside": aside(visit),
        "status": str(visit.status),
        "km": manner.distance(leg.distance_km) if leg else "",
        "sentence": " ".join(visit.evidence[0].of(trip.text).split()) if visit.evidence else say("by_hand"),
        "doubts": [*([] if visit.order_told else [say("order_open")]), *(leg.warnings if leg else ())],
    }


def aside(visit: Visit) -> str:
    """Country, the name in the text where it differs, and whether the stay is only planned."""
    country = country_name(visit.place.country) if visit.place.kind.level != "country" else ""
    told = f"“{visit.name}”" if visit.name != visit.place.name else ""
    status = "" if visit.status is Status.VISITED else say(f"status_{visit.status}").lower()
    return " · ".join(part for part in (country, told, status) if part)


def _name(index: int, mention: Mention) -> dict[str, Any]:
    place, name = mention.resolution.place, " ".join(mention.resolution.name.split())
    country = country_name(place.country) if place and place.kind.level != "country" else ""
    called = place.name if place and place.name != name else ""
    return {"index": index, "name": name, "aside": " · ".join(part for part in (called, country, WHY[mention.why]) if part)}


def _readings(date: DateMention) -> str:
    return say("date_ambiguous", readings=", ".join(date.ambiguous))
