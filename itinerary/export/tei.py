"""TEI P5: the text with its places and times marked, a list of the places, and the itinerary as events that happened there."""

from __future__ import annotations

import re
import xml.etree.ElementTree as ET
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field

import itinerary as package
from itinerary.drawing.times import stay
from itinerary.export.times import bounds, partial
from itinerary.export.words import allowed, plain, sentences, title, web_address
from itinerary.model import DateMention, Itinerary, Place, Precision, Span, TimeSpan, Visit
from itinerary.wording import country_name

_NAMESPACE = "http://www.tei-c.org/ns/1.0"
_XML_ID = "{http://www.w3.org/XML/1998/namespace}id"
_PARAGRAPH = re.compile(r"\S(?:.|\n(?![^\S\n]*\n))*")  # up to a blank line
_DURATION = re.compile(r"P\d+[YMWD]")
Attributes = dict[str, str]


def tei(trip: Itinerary) -> bytes:
    """A TEI document: header, `standOff` with places, stops and legs, and the text itself in paragraphs."""
    root = ET.Element("TEI", xmlns=_NAMESPACE)
    places = _places(trip)
    ids = {place.id: f"place-{number}" for number, place in enumerate(places, 1)}
    _header(root, trip)
    if places:
        _stand_off(_add(root, "standOff"), trip, places, ids)
    body = _add(_add(root, "text"), "body")
    _text(body, trip, list(_apart(_marks(trip, ids))))
    _lay_out(root, body)
    written: bytes = ET.tostring(root, encoding="utf-8")
    return b'<?xml version="1.0" encoding="UTF-8"?>\n' + written + b"\n"


def _lay_out(root: ET.Element, body: ET.Element) -> None:
    """Lines and margins wherever they are no part of the text."""
    paragraphs = list(body)
    for paragraph in paragraphs:
        body.remove(paragraph)
    ET.indent(root)
    body.text = "\n"
    for paragraph in paragraphs:
        paragraph.tail = "\n"
        body.append(paragraph)


def _add(parent: ET.Element, tag: str, text: str | None = None, **attributes: str) -> ET.Element:
    child = ET.SubElement(parent, tag, {name.replace("_", "-"): value for name, value in attributes.items()})
    child.text = text
    return child


def _places(trip: Itinerary) -> list[Place]:
    """Every place of the text once: those of the stops first."""
    named = [m.resolution.place for m in trip.mentions if m.resolution.place]
    return list({place.id: place for place in [*(v.place for v in trip.visits), *named]}.values())


# --- header -----------------------------------------------------------------------------------------------------------


def _header(root: ET.Element, trip: Itinerary) -> None:
    header = _add(root, "teiHeader")
    file = _add(header, "fileDesc")
    _add(_add(file, "titleStmt"), "title", title(trip))
    _add(_add(file, "publicationStmt"), "p", "Places, times and stops marked by a program, unchecked.")
    source = _add(_add(file, "sourceDesc"), "bibl")
    _add(source, "title", title(trip))
    if trip.published:
        _add(source, "date", trip.published.isoformat(), when=trip.published.isoformat())
    encoding = _add(header, "encodingDesc")
    application = _add(_add(encoding, "appInfo"), "application", ident="itinerary", version=package.__version__)
    _add(application, "label", "Itinerary")
    _add(encoding, "geoDecl", "Latitude and longitude in degrees.", datum="WGS84")


# --- places, stops and legs -------------------------------------------------------------------------------------------


def _stand_off(parent: ET.Element, trip: Itinerary, places: Sequence[Place], ids: dict[str, str]) -> None:
    listed = _add(parent, "listPlace")
    for place in places:
        _place(listed, place, ids[place.id])
    if trip.visits:
        events = _add(parent, "listEvent", type="itinerary")
        for order, visit in enumerate(trip.visits, 1):
            _stop(events, trip, order, visit).set("where", f"#{ids[visit.place.id]}")
    if trip.legs:
        legs = _add(parent, "listRelation", type="legs")
        for order, leg in enumerate(trip.legs, 1):
            ends = {"active": f"#stop-{order}", "passive": f"#stop-{order + 1}"}
            _add(_add(legs, "relation", name="leg", **ends), "desc", f"{leg.distance_km:,.0f} km")


def _place(listed: ET.Element, place: Place, number: str) -> None:
    found = _add(listed, "place")
    found.set(_XML_ID, number)
    _add(found, "placeName", plain(place.name))
    location = _add(found, "location")
    if place.country:
        _add(location, "country", country_name(place.country), key=place.country)
    _add(location, "geo", f"{place.coordinate.latitude:.6f} {place.coordinate.longitude:.6f}")
    source, _, number = place.id.partition(":")
    _add(found, "idno", web_address(place) or plain(number) or "?", type=re.sub(r"\W", "-", source) or "id")


def _stop(events: ET.Element, trip: Itinerary, order: int, visit: Visit) -> ET.Element:
    first, last = bounds(visit)
    event = _add(events, "event", type=str(visit.status), **_stay(first, last))
    event.set(_XML_ID, f"stop-{order}")
    told = plain(stay(visit))
    _add(event, "label", f"{order}. {plain(visit.place.name)}" + (f", {told}" if told else ""))
    for sentence in sentences(trip, visit):
        _add(event, "desc", sentence)
    return event


def _stay(first: TimeSpan | None, last: TimeSpan | None) -> Attributes:
    if first is None or last is None:
        return {}
    if first == last:
        return _dating(first)
    edges = {"from": partial(first, latest=False), "to": partial(last, latest=True)}
    return {name: date for name, date in edges.items() if date}


def _dating(when: TimeSpan) -> Attributes:
    """The attributes of a time: `when` for what is told outright, `notBefore` and `notAfter` for what lies between two days."""
    if when.precision in (Precision.DAY, Precision.MONTH, Precision.YEAR) and (date := partial(when, latest=False)):
        return {"when": date}
    edges = {"notBefore": when.earliest, "notAfter": when.latest}
    return {name: day.isoformat() for name, day in edges.items() if day.year >= 1}


# --- the text ---------------------------------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class _Mark:
    """A piece of the text, the element to put it in, and that element's attributes."""

    span: Span
    tag: str
    attributes: Attributes = field(default_factory=dict)


def _marks(trip: Itinerary, ids: dict[str, str]) -> Iterator[_Mark]:
    for visit in trip.visits:
        where = {"ref": f"#{ids[visit.place.id]}", "type": str(visit.status)}
        yield from (_Mark(found.toponym.span, "placeName", where) for found in visit.mentions)
    for mention in trip.mentions:
        place = mention.resolution.place
        where = {"ref": f"#{ids[place.id]}"} if place else {}
        yield _Mark(mention.resolution.toponym.span, "placeName", {**where, "type": "mentioned"})
    yield from (_Mark(date.span, "date", _of_date(date)) for date in trip.dates)


def _of_date(date: DateMention) -> Attributes:
    if date.when:
        return _dating(date.when)
    return {"dur-iso": date.value} if _DURATION.fullmatch(date.value) else {}


def _apart(marks: Iterator[_Mark]) -> Iterator[_Mark]:
    """The marks in text order, without those that overlap one before them."""
    end = 0
    for mark in sorted(marks, key=lambda m: (m.span.start, m.tag == "date", m.span.end)):
        if mark.span.start >= end:
            yield mark
            end = mark.span.end


def _text(body: ET.Element, trip: Itinerary, marks: Sequence[_Mark]) -> None:
    """A paragraph per block of lines; a mark that reaches over a blank line is left out."""
    waiting = list(reversed(marks))
    for block in _PARAGRAPH.finditer(trip.text):
        inside = []
        while waiting and waiting[-1].span.start < block.end():
            mark = waiting.pop()
            if block.start() <= mark.span.start and mark.span.end <= block.end():
                inside.append(mark)
        _paragraph(_add(body, "p"), trip.text, Span(block.start(), block.end()), inside)
    if not len(body):
        _add(body, "p")


def _paragraph(parent: ET.Element, text: str, block: Span, marks: Sequence[_Mark]) -> None:
    ends = [mark.span.start for mark in marks[1:]] + [block.end]
    parent.text = allowed(text[block.start : marks[0].span.start if marks else block.end])
    for mark, end in zip(marks, ends, strict=False):
        element = ET.SubElement(parent, mark.tag, mark.attributes)
        element.text = allowed(mark.span.of(text))
        element.tail = allowed(text[mark.span.end : end])
