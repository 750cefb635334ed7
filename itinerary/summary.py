"""The itinerary as a short plain table for a terminal."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import accumulate
from unicodedata import east_asian_width

from itinerary.model import Itinerary, Status, Visit
from itinerary.wording import count, when

_HEAD = ("", "place", "country", "arrive", "depart", "km", "total km")
_TO_THE_RIGHT = (0, 5, 6)  # columns of numbers
_WIDEST = 40  # characters of a cell; no name of a place needs more


def table(trip: Itinerary) -> str:
    """Title, a row per stop and the totals, without a line end; never empty."""
    lengths = [0.0, *(leg.distance_km for leg in trip.legs)]
    told = zip(trip.visits, lengths, accumulate(lengths), strict=False)  # an empty itinerary has no visit for the first 0 km
    rows = [_row(number, *columns) for number, columns in enumerate(told, 1)]
    head = [part for part in (trip.title, trip.traveller and f"Traveller: {trip.traveller}") if part]
    body = ["", *_aligned([_HEAD, *rows])] if rows else []
    return "\n".join([*map(_plain, head), *body, "", totals(trip)]).lstrip("\n")


def totals(trip: Itinerary) -> str:
    """Stops, countries, kilometres and days in one line.

    >>> totals(Itinerary(text=""))
    'no stops'
    """
    if not trip.visits:
        return "no stops"
    countries = len({visit.place.country for visit in trip.visits if visit.place.country})
    parts = [
        count(len(trip.visits), "stop"),
        countries and count(countries, "country", "countries"),
        f"{trip.distance_km:,.0f} km",
    ]
    return ", ".join(part for part in [*parts, trip.days and count(trip.days, "day")] if part)


def _row(number: int, visit: Visit, km: float, total: float) -> tuple[str, ...]:
    name = visit.place.name if visit.status is Status.VISITED else f"{visit.place.name} ({visit.status})"
    arrive, depart = when(visit.arrive), when(visit.depart)
    told = "" if arrive or depart else visit.when_told or ""
    first = number == 1
    return (str(number), name, visit.place.country or "", arrive or told, depart, "" if first else f"{km:,.0f}", f"{total:,.0f}")


def _aligned(rows: Sequence[Sequence[str]]) -> list[str]:
    cells = [[_plain(cell)[:_WIDEST] for cell in row] for row in rows]
    widths = [max(map(_width, column)) for column in zip(*cells, strict=True)]
    return ["  ".join(_padded(cell, widths[i], i in _TO_THE_RIGHT) for i, cell in enumerate(row)).rstrip() for row in cells]


def _padded(cell: str, width: int, right: bool) -> str:
    space = " " * (width - _width(cell))
    return space + cell if right else cell + space


def _width(text: str) -> int:
    """Columns a terminal gives to a text: two for the wide letters of East Asia."""
    return sum(2 if east_asian_width(letter) in "WF" else 1 for letter in text)


def _plain(text: str) -> str:
    """Without control characters, which a hostile text could use to command the terminal."""
    return " ".join("".join(letter if letter.isprintable() else " " for letter in text).split())
