"""W3C Web Annotations: each place and date at its words in the text, for annotation tools such as Recogito and Hypothesis.

Every annotation points at its words twice: by quote with what stands around it, and by position in characters.
"""

from __future__ import annotations

import json
from typing import Any

from itinerary.export import identity
from itinerary.export.times import edtf
from itinerary.export.words import allowed, plain, title
from itinerary.model import DateMention, Itinerary, Place, Resolution, Span
from itinerary.wording import WHY, country_name

_AROUND = 32  # characters of the text on either side of a quote: enough to tell two mentions of a name apart


def web_annotations(trip: Itinerary) -> bytes:
    """An AnnotationCollection of one page, in text order: the stops' names, the names only mentioned, the times."""
    items = [*_places(trip), *(_date(trip, date) for date in trip.dates)]
    items.sort(key=lambda item: item["target"]["selector"][1]["start"])
    page = {"id": identity.of_part(trip, "page"), "type": "AnnotationPage", "startIndex": 0, "items": items}
    content = {
        "@context": "http://www.w3.org/ns/anno.jsonld",
        "id": identity.of_part(trip, "annotations"),
        "type": "AnnotationCollection",
        "label": title(trip),
        "total": len(items),
        **({"first": page} if items else {}),
    }
    return (json.dumps(content, ensure_ascii=False, allow_nan=False, indent=1) + "\n").encode("utf-8")


def _places(trip: Itinerary) -> list[dict[str, Any]]:
    """One annotation per name, told as the stop it proves or as the reason why it proves none."""
    found = {
        resolution.toponym.span: _place(trip, resolution, f"stop {order}, {visit.status}", visit.reason)
        for order, visit in enumerate(trip.visits, 1)
        for resolution in visit.mentions
    }
    for mention in trip.mentions:
        span = mention.resolution.toponym.span
        found.setdefault(span, _place(trip, mention.resolution, WHY[mention.why], mention.reason))
    return list(found.values())


def _place(trip: Itinerary, found: Resolution, tag: str, reason: str) -> dict[str, Any]:
    body = [*(_identified(found.place) if found.place else []), _words("tagging", tag)]
    if reason:
        body.append(_words("describing", plain(reason)))
    return _annotation(trip, "identifying" if found.place else "tagging", body, found.toponym.span)


def _identified(place: Place) -> list[dict[str, Any]]:
    """The place by its address on the web of data, and by its point as a geo: address."""
    at = place.coordinate
    return [
        {"type": "SpecificResource", "purpose": "identifying", "source": identity.of_place(place)},
        {"type": "SpecificResource", "purpose": "linking", "source": f"geo:{at.latitude:.6f},{at.longitude:.6f}"},
        _words("commenting", ", ".join(part for part in (plain(place.name), country_name(place.country)) if part)),
    ]


def _date(trip: Itinerary, date: DateMention) -> dict[str, Any]:
    body = [_words("tagging", "date"), _words("classifying", date.edtf or edtf(date.when) or date.value)]
    return _annotation(trip, "classifying", body, date.span)


def _words(purpose: str, value: str) -> dict[str, Any]:
    return {"type": "TextualBody", "purpose": purpose, "value": value, "format": "text/plain"}


def _annotation(trip: Itinerary, motivation: str, body: list[dict[str, Any]], span: Span) -> dict[str, Any]:
    return {
        "id": identity.of_part(trip, f"{motivation} {span.start} {span.end}"),
        "type": "Annotation",
        "motivation": motivation,
        "body": body,
        "target": {"source": identity.of_text(trip), "selector": _selectors(trip.text, span)},
    }


def _selectors(text: str, span: Span) -> list[dict[str, Any]]:
    quote = {
        "type": "TextQuoteSelector",
        "exact": allowed(span.of(text)),
        "prefix": allowed(text[max(0, span.start - _AROUND) : span.start]),
        "suffix": allowed(text[span.end : span.end + _AROUND]),
    }
    return [quote, {"type": "TextPositionSelector", "start": span.start, "end": span.end}]
