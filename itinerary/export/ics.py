"""iCalendar: an all-day event per stay that the text dates to the day."""

from __future__ import annotations

import datetime as dt
import hashlib
from typing import TYPE_CHECKING

from itinerary.export.words import evidence, plain, title
from itinerary.model import Day, Itinerary, Precision, Status, TimeSpan, Visit
from itinerary.wording import count, country_name

if TYPE_CHECKING:
    from icalendar import Event

# DTSTAMP has to say when the event was made; a fixed moment keeps the same trip the same file.
_STAMP = dt.datetime(2000, 1, 1, tzinfo=dt.UTC)


def ics(trip: Itinerary) -> bytes:
    """A VEVENT per stay with a day (the end exclusive, as the format has it), by icalendar.

    The calendar's description says how many stops were left out because their day is not known.
    """
    from icalendar import Calendar

    calendar = Calendar()
    calendar.add("prodid", "-//itinerary//EN")
    calendar.add("version", "2.0")
    calendar.add("x-wr-calname", title(trip))
    if said := left_out(trip):
        calendar.add("x-wr-caldesc", said)
    for order, visit in enumerate(trip.visits, 1):
        if days := _days(visit):
            calendar.add_component(_event(trip, order, visit, *days))
    return bytes(calendar.to_ical())


def left_out(trip: Itinerary) -> str | None:
    """A sentence on the stops that have no place in a calendar; None when all have."""
    undated = sum(_days(visit) is None for visit in trip.visits)
    return f"{count(undated, 'stop')} left out: the text does not tell the day." if undated else None


def _event(trip: Itinerary, order: int, visit: Visit, first: dt.date, last: dt.date) -> Event:
    from icalendar import Event

    place, event = visit.place, Event()
    event.add("uid", _uid(trip, order, visit))
    event.add("dtstamp", _STAMP)
    event.add("dtstart", first)
    event.add("dtend", last + dt.timedelta(days=1))
    event.add("summary", f"{order}. {plain(place.name)}")
    event.add("location", ", ".join(part for part in (plain(place.name), country_name(place.country)) if part))
    event.add("geo", (round(place.coordinate.latitude, 6), round(place.coordinate.longitude, 6)))
    if sentence := evidence(trip, visit):
        event.add("description", sentence)
    event.add("status", "TENTATIVE" if visit.status is Status.PLANNED else "CONFIRMED")
    event.add("transp", "TRANSPARENT")
    return event


def _uid(trip: Itinerary, order: int, visit: Visit) -> str:
    content = f"{trip.text}\0{order}\0{visit.place.id}".encode("utf-8", "replace")
    return f"{hashlib.sha256(content).hexdigest()[:32]}@itinerary"


def _days(visit: Visit) -> tuple[dt.date, dt.date] | None:
    """First and last day of a stay, None unless all that is told of it is told to the day and in the calendar's years."""
    told = [time for time in (visit.arrive, visit.depart) if time]
    if not told or any(time.precision is not Precision.DAY for time in told):
        return None
    first, last = _date(told[0]), _date(told[-1])
    return (first, max(first, last)) if first and last else None


def _date(time: TimeSpan) -> dt.date | None:
    day: Day = time.earliest
    return dt.date(day.year, day.month, day.day) if 1 <= day.year <= 9998 else None
