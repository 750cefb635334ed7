"""Title and subtitle: what the journey is called, whose it was, when, and how far."""

from __future__ import annotations

from itinerary.drawing.still.colours import colours
from itinerary.drawing.still.fonts import Typesetter, clean
from itinerary.drawing.still.marks import Box, Mark
from itinerary.drawing.times import between, words
from itinerary.model import Itinerary
from itinerary.wording import count

NO_TITLE = "A journey"
_KM_A_MILE = 1.609344
_SHRUNK = 0.78  # of its size: a title is not set smaller than this


def title_of(trip: Itinerary) -> str:
    """The title of the text, cleaned."""
    return clean(trip.title or "", 180) or NO_TITLE


def subtitle_of(trip: Itinerary) -> str:
    """Who, when, and how far, as far as it is known."""
    if not trip.visits:
        return "The text tells of no place that its traveller visited."
    facts = [clean(trip.traveller or "", 60), _dates(trip), count(len(trip.visits), "stop")]
    if trip.legs and trip.distance_km >= 1:
        facts.append(f"{trip.distance_km:,.0f} km ({trip.distance_km / _KM_A_MILE:,.0f} miles)")
    return " · ".join(fact for fact in facts if fact)


def _dates(trip: Itinerary) -> str:
    """From the first time told to the last."""
    times = [time for visit in trip.visits for time in (visit.arrive, visit.depart) if time]
    if not times:
        return ""
    first, last = min(times, key=lambda t: t.earliest), max(times, key=lambda t: t.latest)
    return words(first) if first == last else between(first, last)


def wrapped(text: str, width: float, size: float, setter: Typesetter, *, most: int, face: str = "regular") -> list[str]:
    """At most so many lines of the text; the last is shortened if need be."""
    lines: list[str] = []
    rest = text.split(" ")
    while rest and len(lines) < most - 1:
        taken = 1
        while taken < len(rest) and setter.width(" ".join(rest[: taken + 1]), size, face) <= width:
            taken += 1
        lines.append(setter.shortened(" ".join(rest[:taken]), width, size, face))
        rest = rest[taken:]
    return [line for line in [*lines, setter.shortened(" ".join(rest), width, size, face)] if line]


def header(trip: Itinerary, box: Box, size: float, setter: Typesetter) -> tuple[list[Mark], float]:
    """Title and subtitle, and the height they take."""
    marks: list[Mark] = []
    large, y = 2.1 * size, box.y
    width = setter.width(title_of(trip), large, "semibold")
    if box.width < width <= box.width / _SHRUNK:
        large *= 0.999 * box.width / width  # a little smaller rather than one word on a line of its own
    for line in wrapped(title_of(trip), box.width, large, setter, most=2, face="semibold"):
        marks.append(setter.set(line, (box.x, y + 0.86 * large), large, colours()["ink"], face="semibold"))
        y += 1.14 * large
    middle = 1.12 * size
    for line in wrapped(subtitle_of(trip), box.width, middle, setter, most=2):
        marks.append(setter.set(line, (box.x, y + 1.1 * middle), middle, colours()["quiet"]))
        y += 1.3 * middle
    return marks, y - box.y + 0.9 * size
