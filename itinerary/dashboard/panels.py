"""The HTML around the component: heading, numbers, and what the text only mentions; every word of the text is escaped."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from html import escape

from itinerary.dashboard.formats import Manner
from itinerary.dashboard.words import say
from itinerary.model import Day, Itinerary, Leg, Mention, TimeSpan
from itinerary.wording import WHY, country_name


def heading(trip: Itinerary, manner: Manner) -> str:
    """Title, whose journey it is, and when the text was published."""
    published = trip.published and manner.time(TimeSpan.of_day(Day.from_date(trip.published)))
    about = [
        trip.traveller and say("journey_of", traveller=trip.traveller),
        published and say("was_published", day=published),
    ]
    line = " · ".join(part for part in about if part)
    title = escape(_line(trip.title or say("a_journey")))
    return f'<header class="it it-head"><h1 dir="auto">{title}</h1><p>{escape(_line(line))}</p></header>'


def part(words: str) -> str:
    """The heading of a part of a view."""
    return f'<h2 class="it it-part">{escape(words)}</h2>'


def about(words: str) -> str:
    """A quiet paragraph, in which what is left of the contrast can be read by everybody."""
    return f'<p class="it it-about">{escape(words)}</p>'


def items(sentences: Iterable[str]) -> str:
    """A list."""
    return f'<ul class="it it-items">{"".join(f"<li>{escape(sentence)}</li>" for sentence in sentences)}</ul>'


def numbers(trip: Itinerary, manner: Manner, doubts: int = 0) -> str:
    """Stops, countries, days, distance, the longest leg and how many doubts; days only where they are known."""
    countries = len({visit.place.country for visit in trip.visits if visit.place.country})
    facts = [(say("stop" if len(trip.visits) == 1 else "stops_count"), manner.number(len(trip.visits))),
             (say("country" if countries == 1 else "countries"), manner.number(countries)),
             *([(say("day" if trip.days == 1 else "days"), manner.number(trip.days))] if trip.days else []),
             (say("in_all"), manner.distance(trip.distance_km))]  # fmt: skip
    shown = "".join(f"<div><dt>{label}</dt><dd>{value}</dd></div>" for label, value in facts)
    open_ones = (
        f"<div><dt>{say('doubt' if doubts == 1 else 'doubts_many')}</dt><dd>{manner.number(doubts)}</dd></div>" if doubts else ""
    )
    return f'<dl class="it it-numbers">{shown}{_longest(trip.legs, manner)}{open_ones}</dl>'


def _longest(legs: Sequence[Leg], manner: Manner) -> str:
    if len(legs) < 2:
        return ""
    leg = max(legs, key=lambda leg: leg.distance_km)
    ends = escape(f"{leg.origin.place.name} – {leg.destination.place.name}")
    return f"<div><dt>{say('longest', leg=ends)}</dt><dd>{manner.distance(leg.distance_km)}</dd></div>"


def mentioned(trip: Itinerary) -> str:
    """A row for each place that the text names without the traveller being there, and why; equal rows once."""
    rows = "".join(dict.fromkeys(f"<tr>{_mention(mention)}</tr>" for mention in trip.mentions))
    return _table((say("in_text"), say("head_place"), say("why_no_stop")), rows)


def _mention(mention: Mention) -> str:
    place = mention.resolution.place
    where = ", ".join(dict.fromkeys(part for part in (place.name, country_name(place.country)) if part)) if place else ""
    why = f"{escape(WHY[mention.why])}<small>{escape(mention.reason)}</small>"
    return f'<th scope="row" dir="auto">{escape(_line(mention.resolution.name))}</th><td>{escape(where)}</td><td>{why}</td>'


def _table(head: Iterable[str], rows: str) -> str:
    titles = "".join(f'<th scope="col">{title}</th>' for title in head)
    return f'<table class="it it-table"><thead><tr>{titles}</tr></thead><tbody>{rows}</tbody></table>'


def _line(text: str) -> str:
    return " ".join(text.split())
