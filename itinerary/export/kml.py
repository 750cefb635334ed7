"""KML 2.2 and KMZ for Google Earth and My Maps: folders of stops, legs and mentions, with times as exact as the text tells them.

Written with the standard library's XML: simplekml counts ids in one place for all threads and hands on what looks like CDATA, so
its files would neither be the same twice nor safe.
"""

from __future__ import annotations

import io
import xml.etree.ElementTree as ET
import zipfile
from collections.abc import Iterable

from itinerary.drawing.times import stay
from itinerary.export.times import bounds, partial
from itinerary.export.words import evidence, plain, title
from itinerary.geodesy import cut, track
from itinerary.model import Itinerary, Leg, Mention, Status, Visit
from itinerary.wording import WHY, country_name

_NAMESPACE = "http://www.opengis.net/kml/2.2"
# Style -> its colour: alpha, blue, green, red. The accent of the map, paler for what did not happen yet, and a grey.
_STYLES = {
    str(Status.VISITED): "ff756e0b",
    str(Status.PLANNED): "99756e0b",
    str(Status.PASSED): "ffb8b04f",
    "mention": "ff8a8378",
}
# A ZIP file says when it was packed; a fixed moment, the first that the format can say, keeps the same trip the same file.
_PACKED = (1980, 1, 1, 0, 0, 0)


def kmz(trip: Itinerary) -> bytes:
    """The KML packed, as Google Earth keeps it."""
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w") as archive:
        archive.writestr(zipfile.ZipInfo("doc.kml", _PACKED), kml(trip), zipfile.ZIP_DEFLATED)
    return out.getvalue()


def kml(trip: Itinerary) -> bytes:
    """Folders "Stops", "Route" and "Only mentioned", the last one switched off at first."""
    root = ET.Element("kml", xmlns=_NAMESPACE)
    document = ET.SubElement(root, "Document")
    _add(document, "name", title(trip))
    for name, colour in _STYLES.items():
        _style(document, name, colour)
    stops, route, mentioned = (_folder(document, name) for name in ("Stops", "Route", "Only mentioned"))
    for order, visit in enumerate(trip.visits, 1):
        _stop(stops, trip, order, visit)
    for leg in trip.legs:
        _leg(route, leg)
    for mention in trip.mentions:
        _mention(mentioned, mention)
    ET.indent(root)
    body: bytes = ET.tostring(root, encoding="utf-8")
    return b'<?xml version="1.0" encoding="UTF-8"?>\n' + body + b"\n"


def _add(parent: ET.Element, tag: str, text: str | None = None) -> ET.Element:
    child = ET.SubElement(parent, tag)
    child.text = text
    return child


def _style(document: ET.Element, name: str, colour: str) -> None:
    style = ET.SubElement(document, "Style", id=name)
    _add(_add(style, "IconStyle"), "color", colour)
    line = _add(style, "LineStyle")
    _add(line, "color", colour)
    _add(line, "width", "3")


def _folder(document: ET.Element, name: str) -> ET.Element:
    folder = _add(document, "Folder")
    _add(folder, "name", name)
    return folder


def _stop(folder: ET.Element, trip: Itinerary, order: int, visit: Visit) -> None:
    told = " · ".join(part for part in (stay(visit), country_name(visit.place.country), str(visit.status)) if part)
    sentence = evidence(trip, visit)
    mark = _placemark(folder, f"{order}. {plain(visit.place.name)}", plain(told) + (f"\n{sentence}" if sentence else ""))
    _times(mark, visit)
    _add(mark, "styleUrl", f"#{visit.status}")
    _data(mark, {"order": order, "country": visit.place.country, "status": visit.status, "score": round(visit.score, 4)})
    at = visit.place.coordinate
    _add(_add(mark, "Point"), "coordinates", _coordinates([(at.latitude, at.longitude)]))


def _times(mark: ET.Element, visit: Visit) -> None:
    """A TimeSpan that ends with the departure, where that is told; it may hold whole months and years."""
    first, last = bounds(visit)
    dates = {"begin": partial(first, latest=False), "end": partial(last, latest=True)}
    if any(dates.values()):
        span = _add(mark, "TimeSpan")
        for tag, date in dates.items():
            if date:
                _add(span, tag, date)


def _data(mark: ET.Element, values: dict[str, object]) -> None:
    data = _add(mark, "ExtendedData")
    for name, value in values.items():
        if value is not None:
            _add(ET.SubElement(data, "Data", name=name), "value", str(value))


def _leg(folder: ET.Element, leg: Leg) -> None:
    name = f"{plain(leg.origin.place.name)} – {plain(leg.destination.place.name)}"
    mark = _placemark(folder, name, f"{leg.distance_km:,.0f} km")
    _add(mark, "styleUrl", f"#{leg.destination.status}")
    lines = _add(mark, "MultiGeometry")
    for part in cut(track(leg.origin.place.coordinate, leg.destination.place.coordinate)):
        line = _add(lines, "LineString")
        _add(line, "tessellate", "1")
        _add(line, "coordinates", _coordinates(part))


def _mention(folder: ET.Element, mention: Mention) -> None:
    place = mention.resolution.place
    if place is None:
        return
    mark = _placemark(folder, plain(place.name), f"{WHY[mention.why]}: {plain(mention.reason)}", shown=False)
    _add(mark, "styleUrl", "#mention")
    _add(_add(mark, "Point"), "coordinates", _coordinates([(place.coordinate.latitude, place.coordinate.longitude)]))


def _placemark(folder: ET.Element, name: str, description: str, *, shown: bool = True) -> ET.Element:
    mark = _add(folder, "Placemark")
    _add(mark, "name", name)
    if not shown:
        _add(mark, "visibility", "0")
    _add(mark, "description", _as_html(description))
    return mark


def _as_html(words: str) -> str:
    """A description is HTML to the programs that show it: what looks like markup in the text is shown, not obeyed."""
    return words.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;").replace("\n", "<br>")


def _coordinates(points: Iterable[tuple[float, float]]) -> str:
    return " ".join(f"{lon:.6f},{lat:.6f}" for lat, lon in points)
