"""The stops as a list in words: all that the map shows, for readers who don't see it and for paper."""

from __future__ import annotations

import re
from collections.abc import Iterator
from html import escape

from itinerary.drawing.scene import clean, doubtful, rounded_km, sentence
from itinerary.drawing.times import bounded
from itinerary.model import Itinerary, Leg, Mention, Status, Visit
from itinerary.wording import WHY, count, country_name


def stops(trip: Itinerary, *, sentences: bool = True) -> str:
    """An ordered list: each stop with its day, country, doubts and proof, before it the leg that led there."""
    if not trip.visits:
        return '<p class="empty">The text tells of no place that its traveller visited.</p>'
    times = [bounded(visit, bounds) for visit, bounds in zip(trip.visits, trip.bounds, strict=True)]
    items = (
        _stop(trip, order, (when, leg), sentences=sentences)
        for order, (when, leg) in enumerate(zip(times, [None, *trip.legs], strict=True), 1)
    )
    return f'<ol class="stops">{"".join(items)}</ol>'


def kilometres(km: float) -> str:
    """A length that the page's script may turn into miles."""
    return f'<span data-km="{rounded_km(km)}">{rounded_km(km):,} km</span>'


def mentions(trip: Itinerary) -> str:
    """What the text only names, to be unfolded; "" where there is nothing."""
    if not trip.mentions:
        return ""
    rows = list(_mention_rows(trip.mentions))
    head = f"{count(len(rows), 'place')} only mentioned"
    return f'<details class="mentions"><summary>{head}</summary><ul>{"".join(rows)}</ul></details>'


def _stop(trip: Itinerary, order: int, pair: tuple[str, Leg | None], *, sentences: bool) -> str:
    visit, (when, leg) = trip.visits[order - 1], pair
    status = "" if visit.status is Status.VISITED else f' <span class="status">{visit.status}</span>'
    proof = sentence(trip, visit) if sentences else ""
    quote = f'<blockquote dir="auto">{escape(proof)}</blockquote>' if proof else ""
    doubts = "".join(f'<span class="doubt">{doubt}</span>' for doubt in _doubts(visit))
    return (
        f'<li class="{visit.status}" id="stop-{order}">{_leg(leg)}<div class="told">'
        f'<button type="button" data-order="{order}"><span class="number">{order}</span>'
        f'<span><strong dir="auto">{escape(clean(visit.place.name))}</strong>{status}'
        f"<small>{escape(_aside(visit, when))}</small>{doubts}</span></button>{quote}</div></li>"
    )


def _aside(visit: Visit, when: str) -> str:
    country = country_name(visit.place.country) if visit.place.kind.level != "country" else ""
    told = f"“{clean(visit.name)}”" if visit.name != visit.place.name else ""
    return " · ".join(part for part in (clean(when), country, told) if part)


def _doubts(visit: Visit) -> list[str]:
    unsure = [f"doubtful: certainty {visit.score:.0%}"] if doubtful(visit) else []
    return unsure + ([] if visit.order_told else ["order not told"])


def _leg(leg: Leg | None) -> str:
    if leg is None:
        return ""
    mode = clean(leg.mode or "")
    how = escape(mode if mode.startswith("on ") or not mode else f"by {mode}")
    days = count(leg.days, "day") if leg.days else ""
    told = " · ".join(part for part in (kilometres(leg.distance_km), how, days) if part)
    doubts = "".join(f'<span class="doubt">{escape(clean(warning))}</span>' for warning in leg.warnings)
    return f'<p class="leg">{told}{doubts}</p>'


def _mention_rows(named: tuple[Mention, ...]) -> Iterator[str]:
    """A line per name and reason, in the order of the text."""
    rows = {
        (m.resolution.place.name if m.resolution.place else re.sub(r"\s+", " ", m.resolution.name), WHY[m.why]): m.reason
        for m in reversed(named)
    }
    for (name, why), reason in reversed(rows.items()):
        yield f'<li title="{escape(clean(reason))}">{escape(clean(name))} <small>{escape(why)}</small></li>'
