"""Stops in GPX: the points of its routes, else its waypoints, else the ends of its tracks."""

from __future__ import annotations

import re
import xml.etree.ElementTree as ET
from collections.abc import Iterator
from pathlib import PurePath

from itinerary.errors import InputError
from itinerary.importing import columns, making, times
from itinerary.importing.checking import Unfit, quoted
from itinerary.importing.rows import Harvest, LookUp, Row, harvested, title_of
from itinerary.model import Itinerary
from itinerary.wording import count

_OWN_ORDER = re.compile(r"\d+\. ")  # the number that our own files put before a name


def read(data: bytes, name: str, look_up: LookUp | None = None) -> Itinerary:
    """The trip of a GPX file. Raises InputError for what is none, or holds no points."""
    root = _parsed(data, name)
    harvest = Harvest(title=title_of(_inner(root, "metadata/name"), _inner(root, "rte/name"), PurePath(name).stem))
    own = root.get("creator") == "itinerary"
    for number, point in enumerate(_points(root, harvest), 1):
        where = f"point {number}"
        try:
            harvest.keep(_row(point, where, own=own))
        except Unfit as why:
            harvest.refuse(where, why)
    return making.trip(harvested(harvest, name), look_up)


def _parsed(data: bytes, name: str) -> ET.Element:
    """The document's root. Entities, with which a small file can fill the memory, are refused."""
    from defusedxml import DefusedXmlException
    from defusedxml.ElementTree import fromstring

    try:
        root: ET.Element = fromstring(data, forbid_dtd=True)
    except (DefusedXmlException, ET.ParseError, ValueError, LookupError, RecursionError) as error:
        raise InputError(f"{name!r} is no GPX file that can be read ({error}); export it again.") from error
    if _local(root) != "gpx":
        raise InputError(f"{name!r} is no GPX file: its outermost element is {quoted(_local(root))}, not gpx.")
    return root


def _local(element: ET.Element) -> str:
    """The name of an element without its name space, which differs between versions of the format."""
    return str(element.tag).rpartition("}")[2]


def _all(parent: ET.Element, path: str) -> list[ET.Element]:
    found = [parent]
    for step in path.split("/"):
        found = [child for element in found for child in element if _local(child) == step]
    return found


def _inner(parent: ET.Element, path: str) -> str:
    """The words of the first such element, "" when there is none."""
    return next((" ".join((element.text or "").split()) for element in _all(parent, path)), "")


def _points(root: ET.Element, harvest: Harvest) -> Iterator[ET.Element]:
    route, way = _all(root, "rte/rtept"), _all(root, "wpt")
    if route and way:
        harvest.notes.append(f"{count(len(way), 'waypoint')} beside the route: not taken for stops.")
    if route or way:
        yield from route or way
        return
    segments = [points for segment in _all(root, "trk/trkseg") if (points := _all(segment, "trkpt"))]
    if segments:
        harvest.notes.append("The file holds a recorded track and no stops: the ends of its pieces were taken.")
    for points in segments:
        yield from points[:1] if len(points) == 1 else (points[0], points[-1])


def _row(point: ET.Element, where: str, *, own: bool) -> Row:
    at = columns.checked(_degrees(point, "lat"), _degrees(point, "lon"))
    name = _inner(point, "name")
    if own:
        name = _OWN_ORDER.sub("", name, count=1)
    cells = {
        "name": name,
        "date": _inner(point, "time"),
        "description": _inner(point, "desc") or _inner(point, "cmt"),
        "status": _inner(point, "type"),
    }
    if own and not cells["date"]:
        cells["date"] = _told(_inner(point, "cmt"))
    return columns.row_of(cells, columns.chosen(cells), where, at)


def _told(comment: str) -> str:
    """The time in the comment of our own files, "3–7 May 1843 · Portugal · visited"; "" when its first part is none."""
    first = comment.partition(" · ")[0].removeprefix("until ")
    return first if times.stay(first, "")[0] else ""


def _degrees(point: ET.Element, name: str) -> float:
    written = point.get(name)
    try:
        return float(written or "")
    except ValueError:
        raise Unfit(f"{name} {quoted(written or '')} is no number of degrees") from None
