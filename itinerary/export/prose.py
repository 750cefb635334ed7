"""The itinerary for a mail or a note: "1. Lisbon, 3–7 May 1843 → 312 km → 2. Seville", with the sentences that prove it."""

from __future__ import annotations

import re
from collections.abc import Iterator

from itinerary.drawing.times import stay
from itinerary.export.words import evidence, plain, title
from itinerary.model import Itinerary, Leg, Status, Visit
from itinerary.wording import count

# Letters that Markdown may read as markup, and "<" and "&" which it would hand on as HTML.
_MARKUP = re.compile(r"([\\`*_{}\[\]()#+!|<>&~])")
_START = re.compile(r"^([-=])")  # at the start of a line it would rule the page or make a heading


def text(trip: Itinerary) -> bytes:
    """Plain text: title, the route in one line, then each stop with its sentence."""
    lines = [title(trip), _totals(trip), "", _route(trip), ""]
    lines += [f"{_name(order, visit)}\n   {evidence(trip, visit)}".rstrip() for order, visit in enumerate(trip.visits, 1)]
    return _file(lines)


def markdown(trip: Itinerary) -> bytes:
    """The same in Markdown; nothing of the text is read as markup."""
    lines = [f"# {_escaped(title(trip))}", "", _totals(trip), "", _escaped(_route(trip)), ""]
    return _file([*lines, *(_item(trip, order, visit) for order, visit in enumerate(trip.visits, 1))])


def _item(trip: Itinerary, order: int, visit: Visit) -> str:
    about = ", ".join(part for part in (plain(stay(visit)), _status(visit)) if part)
    name = _escaped(plain(visit.place.name)) or "?"  # four asterisks alone would rule the page
    head = f"{order}. **{name}**" + (f", {_escaped(about)}" if about else "")
    sentence = _START.sub(r"\\\1", _escaped(evidence(trip, visit)))
    return f"{head}  \n   {sentence}" if sentence else head


def _file(lines: list[str]) -> bytes:
    return ("\n".join(lines).rstrip() + "\n").encode("utf-8", "replace")


def _totals(trip: Itinerary) -> str:
    days = count(trip.days, "day") if trip.days else ""
    return ", ".join(part for part in (count(len(trip.visits), "stop"), f"{trip.distance_km:,.0f} km", days) if part)


def _route(trip: Itinerary) -> str:
    return "".join(_steps(trip)) or "The text tells of no place that its traveller visited."


def _steps(trip: Itinerary) -> Iterator[str]:
    legs: list[Leg | None] = [None, *trip.legs]
    for order, (visit, leg) in enumerate(zip(trip.visits, legs, strict=False), 1):
        if leg:
            yield f" → {leg.distance_km:,.0f} km → "
        yield _name(order, visit)


def _name(order: int, visit: Visit) -> str:
    return f"{order}. " + ", ".join(part for part in (plain(visit.place.name), plain(stay(visit)), _status(visit)) if part)


def _status(visit: Visit) -> str:
    return "" if visit.status is Status.VISITED else str(visit.status)


def _escaped(words: str) -> str:
    return _MARKUP.sub(r"\\\1", words)
