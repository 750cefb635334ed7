"""The itinerary as HTML for the page around the map: its numbers, the table of stops and legs, and what was only mentioned.

Everything that comes from the text is escaped here. Colours follow the page's own text colour, so that light and dark both work;
on a narrow screen each row of a table becomes a card.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Sequence
from html import escape
from itertools import accumulate
from pathlib import Path

from itinerary.drawing.times import words
from itinerary.model import Day, Itinerary, Leg, Mention, Status, TimeSpan, Visit
from itinerary.wording import WHY, country_name

# The style sheet of these panels; the page that shows them loads it once.
STYLE = Path(__file__).with_name("panels.css")


def heading(trip: Itinerary) -> str:
    """Title, whose journey it is and when the text was published; what the program has to say about it."""
    about = [trip.traveller and f"The journey of {trip.traveller}", trip.published and f"published {_published(trip.published)}"]
    line = " · ".join(part for part in about if part)
    notes = "".join(f"<p>{escape(note)}</p>" for note in trip.notes)
    title = escape(_line(trip.title or "A journey"))
    return f'<header class="it it-head"><h1>{title}</h1><p>{escape(_line(line))}</p>{notes}</header>'


def _published(date: dt.date) -> str:
    return words(TimeSpan.of_day(Day.from_date(date)))


def numbers(trip: Itinerary) -> str:
    """Stops, countries, days, kilometres and the longest leg; days only where they are known."""
    countries = {visit.place.country for visit in trip.visits if visit.place.country}
    facts = [("stop" if len(trip.visits) == 1 else "stops", str(len(trip.visits))),
             ("country" if len(countries) == 1 else "countries", str(len(countries))),
             *([("day" if trip.days == 1 else "days", str(trip.days))] if trip.days else []),
             ("kilometres", f"{trip.distance_km:,.0f}")]  # fmt: skip
    shown = "".join(f"<div><dt>{label}</dt><dd>{value}</dd></div>" for label, value in facts)
    return f'<dl class="it it-numbers">{shown}{_longest(trip.legs)}</dl>'


def _longest(legs: Sequence[Leg]) -> str:
    if len(legs) < 2:
        return ""
    leg = max(legs, key=lambda leg: leg.distance_km)
    ends = f"{escape(leg.origin.place.name)} – {escape(leg.destination.place.name)}"
    return f"<div><dt>longest leg, {ends}</dt><dd>{leg.distance_km:,.0f} <small>km</small></dd></div>"


def key() -> str:
    """What the marks in the text mean."""
    marks = {"visited": "visited", "planned": "planned", "mentioned": "only mentioned", "date": "date"}
    return '<p class="it it-key">' + "".join(f'<mark class="{kind}">{text}</mark>' for kind, text in marks.items()) + "</p>"


def stops(trip: Itinerary) -> str:
    """A row per stop with the leg that led there: order, place, country, days, kilometres, and the sentence that proves it."""
    head = ("", "Place", "Arrived", "Left", "km", "Total km", "The text says")
    legs = [None, *trip.legs]
    totals = accumulate(leg.distance_km if leg else 0.0 for leg in legs)
    rows = zip(trip.visits, legs, totals, strict=False)  # an empty itinerary has no visit for the first 0 km
    return _table(head, (_stop(trip.text, number, *row) for number, row in enumerate(rows, 1)))


def _stop(text: str, number: int, visit: Visit, leg: Leg | None, total: float) -> str:
    km = f"{leg.distance_km:,.0f}" if leg else ""
    return "".join((
        f'<td class="it-order"><span class="it-badge {visit.status}">{number}</span></td>',
        f'<th scope="row">{escape(visit.place.name)}{_aside(visit)}</th>',
        _day(visit.arrive, visit.when_told if not visit.depart else None, "arrived"),
        _day(visit.depart, None, "left"),
        _cell(km, "leg km", "it-km"),
        _cell(f"{total:,.0f}", "total km", "it-km"),
        f"<td><q>{escape(_line(visit.evidence[0].of(text)))}</q>{_doubts(visit, leg)}</td>",
    ))  # fmt: skip


def _aside(visit: Visit) -> str:
    """Country, the name in the text where it differs, and whether the stay is only planned."""
    told = f"“{visit.name}”" if visit.name != visit.place.name else ""
    status = "" if visit.status is Status.VISITED else str(visit.status)
    parts = [escape(part) for part in (country_name(visit.place.country), told, status) if part]
    return f"<small>{' · '.join(parts)}</small>" if parts else ""


def _doubts(visit: Visit, leg: Leg | None) -> str:
    open_order = [] if visit.order_told else ["The text leaves open when this came."]
    return "".join(f'<span class="it-doubt">{escape(doubt)}</span>' for doubt in [*open_order, *(leg.warnings if leg else ())])


def mentioned(trip: Itinerary) -> str:
    """A row for each place that the text names without the traveller being there, and why."""
    head = ("In the text", "Place", "Why it is no stop")
    return _table(head, _once(_mention(mention) for mention in trip.mentions), plain=True)


def _mention(mention: Mention) -> str:
    place = mention.resolution.place
    where = ", ".join(part for part in (place.name, country_name(place.country)) if part) if place else ""
    if place and place.name == country_name(place.country):
        where = place.name
    why = f"{escape(WHY[mention.why])}<small>{escape(mention.reason)}</small>"
    return f'<th scope="row">{escape(_line(mention.resolution.name))}</th><td>{escape(where)}</td><td>{why}</td>'


def _once(rows: Iterable[str]) -> Iterable[str]:
    return dict.fromkeys(rows)


def _table(head: Sequence[str], rows: Iterable[str], *, plain: bool = False) -> str:
    titles = "".join(f'<th scope="col"{" class=it-km" if title.endswith("km") else ""}>{title}</th>' for title in head)
    body = "".join(f"<tr>{row}</tr>" for row in rows)
    kind = "it-table it-plain" if plain else "it-table"
    return f'<table class="it {kind}"><thead><tr>{titles}</tr></thead><tbody>{body}</tbody></table>'


def _day(time: TimeSpan | None, told: str | None, label: str) -> str:
    return _cell(escape(words(time) if time else told or ""), label, "it-day")


def _cell(content: str, label: str, kind: str) -> str:
    return f'<td class="{kind}" data-label="{label}">{content}</td>'


def _line(text: str) -> str:
    return " ".join(text.split())
