"""What the columns of a table are called, by people and by programs, and a row made of their cells."""

from __future__ import annotations

import math
import re
from collections.abc import Iterable, Mapping

from itinerary.importing import times
from itinerary.importing.checking import Unfit, quoted
from itinerary.importing.rows import Row
from itinerary.model import Status

# What a column holds -> its names, letters and digits alone, the likeliest first.
_NAMES: dict[str, tuple[str, ...]] = {
    "name": ("name", "title", "placename", "place", "stop", "city", "town", "location", "label", "toponym", "destination",
             "waypoint", "site", "where", "address"),
    "latitude": ("latitude", "lat", "y", "ycoord", "latdeg", "decimallatitude", "latitud", "breite", "gpslatitude"),
    "longitude": ("longitude", "lon", "lng", "long", "x", "xcoord", "londeg", "decimallongitude", "longitud", "lange", "laenge",
                  "gpslongitude"),
    "wkt": ("wkt", "geometry", "geom"),
    "both": ("coordinates", "latlon", "latlng", "coords", "gps", "position"),
    "arrive": ("arriveedtf", "arrive", "arrival", "arrived", "date", "startdate", "start", "begin", "datefrom", "from", "when",
               "day", "checkin", "visitedon", "time", "timestamp", "year"),
    "depart": ("departedtf", "depart", "departure", "departed", "enddate", "end", "dateto", "to", "until", "left", "checkout"),
    "told": ("whentold",),
    "description": ("evidence", "description", "desc", "sentence", "notes", "note", "comment", "cmt", "text", "remarks", "memo"),
    "status": ("status",),
    "traveller": ("traveller", "traveler", "who", "person"),
    "mode": ("mode", "transport", "meansoftransport", "vehicle"),
    "country": ("country", "countrycode", "cc", "iso2"),
    "place_id": ("placeid",),
}  # fmt: skip
# Degrees as spreadsheets have them: a decimal comma, a sign or the letter of a hemisphere.
_DEGREES = re.compile(r"([+-]?\d{1,3}(?:[.,]\d{1,30})?(?:E[+-]\d\d)?)\s*°?\s*([NSEW]?)")
_POINT = re.compile(r"POINT\s*Z?\s*\(\s*([-+.\deE]{1,30})\s+([-+.\deE]{1,30})(?:\s+[-+.\deE]{1,30})?\s*\)", re.IGNORECASE)
_COUNTRY = re.compile(r"[A-Z]{2}")
_FORMULA = ("'=", "'+", "'-", "'@")  # as we write what a spreadsheet would run
_LONGEST_NAME, _LONGEST_DESCRIPTION = 300, 5_000  # characters


def chosen(headings: Iterable[str]) -> dict[str, str]:
    """What a column holds -> its heading, for those that are recognised."""
    known = {re.sub(r"[\W_]+", "", heading).casefold(): heading for heading in reversed(list(headings))}
    found: dict[str, str] = {}
    for kind, names in _NAMES.items():
        heading = next((known[name] for name in names if name in known), None)
        if heading is not None and heading not in found.values():
            found[kind] = heading
    return found


def row_of(cells: Mapping[str, str], columns: Mapping[str, str], where: str, at: tuple[float, float] | None = None) -> Row:
    """The row that the cells tell; `at` is its place where the file gives it apart. Raises Unfit."""
    told = {kind: _plain(cells.get(heading) or "") for kind, heading in columns.items()}
    at = at or _position(told)
    name = told.get("name", "")[:_LONGEST_NAME]
    if not name and at is None:
        raise Unfit("it gives neither a name nor coordinates")
    arrive, depart, unread = times.stay(told.get("arrive", ""), told.get("depart", ""))
    country = told.get("country", "").upper()
    return Row(
        where=where,
        name=name or f"{at[0]:.4f}, {at[1]:.4f}" if at else name,
        at=at,
        arrive=arrive,
        depart=depart,
        when_told=unread or told.get("told") or None,
        description=told.get("description", "")[:_LONGEST_DESCRIPTION],
        status=_status(told.get("status", "")),
        traveller=told.get("traveller", "")[:_LONGEST_NAME],
        mode=told.get("mode", "")[:_LONGEST_NAME] or None,
        country=country if _COUNTRY.fullmatch(country) else None,
        place_id=told.get("place_id") or None,
    )


def _plain(cell: str) -> str:
    """One line, without the apostrophe that keeps a spreadsheet from running it."""
    line = " ".join(cell.split())
    return line[1:] if line.startswith(_FORMULA) else line


def _status(cell: str) -> Status:
    return Status(cell.lower()) if cell.lower() in list(Status) else Status.VISITED


def _position(told: Mapping[str, str]) -> tuple[float, float] | None:
    """Latitude and longitude from whichever columns hold them; None when they are empty."""
    if point := _POINT.fullmatch(told.get("wkt", "")):
        return checked(_number(point[2]), _number(point[1]))
    both = told.get("both", "")
    halves = [half.strip() for half in both.split(";" if ";" in both else ",")]
    pair = halves if len(halves) == 2 else [told.get("latitude", ""), told.get("longitude", "")]
    if not any(pair):
        return None
    return checked(_degrees(pair[0], "latitude", "NS"), _degrees(pair[1], "longitude", "EW"))


def _degrees(cell: str, kind: str, letters: str) -> float:
    match = _DEGREES.fullmatch(cell.upper())
    if not match or (match[2] and match[2] not in letters):
        raise Unfit(f"{kind} {quoted(cell)} is no number of degrees" if cell else f"it has no {kind}")
    value = float(match[1].replace(",", "."))
    return -value if match[2] == letters[1] else value


def _number(written: str) -> float:
    try:
        return float(written)
    except ValueError:
        raise Unfit(f"{quoted(written)} is no number of degrees") from None


def checked(latitude: float, longitude: float) -> tuple[float, float]:
    """The two as they are. Raises Unfit for what is not on Earth."""
    if not (math.isfinite(latitude) and abs(latitude) <= 90):
        raise Unfit(f"latitude {latitude:g} is not between -90 and 90")
    if not (math.isfinite(longitude) and abs(longitude) <= 180):
        raise Unfit(f"longitude {longitude:g} is not between -180 and 180")
    return latitude, longitude
