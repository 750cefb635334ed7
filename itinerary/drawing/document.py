"""The page that is exported: header, map and list of stops in one file that neither needs nor may use any network."""

from __future__ import annotations

import base64
import hashlib
import re
from collections.abc import Iterator
from html import escape
from string import Template
from typing import Any

import itinerary as package
from itinerary.drawing import assets
from itinerary.drawing.folium_map import RouteMap
from itinerary.drawing.scene import clean, sentence
from itinerary.drawing.times import stay
from itinerary.model import Itinerary, Leg, Mention, Status, Visit
from itinerary.wording import WHY, count, country_name

_NO_TITLE = "A journey"


def document(trip: Itinerary, *, title: str | None = None) -> str:
    """The whole page; see `itinerary.drawing.page`."""
    heading = clean(title or trip.title or "") or _NO_TITLE
    map_html, map_script = _map(trip)
    script_texts = [*(text for _, text in assets.scripts()), map_script, assets.script("page.js")]
    style_texts = [*(text for _, text in assets.styles()), assets.script("page.css")]
    parts = {
        "policy": _policy(script_texts, style_texts),
        "meta": _meta(trip, heading),
        "styles": "\n".join(f"<style>{text}</style>" for text in style_texts),
        "title": escape(heading),
        "about": _about(trip),
        "numbers": _numbers(trip),
        "map": map_html,
        "stops": _stops(trip),
        "mentions": _mentions(trip),
        "generator": escape(f"itinerary {package.__version__}"),
        "scripts": "\n".join(f"<script>{text}</script>" for text in script_texts),
    }
    return Template(assets.script("page.html")).substitute(parts)


def _map(trip: Itinerary) -> tuple[str, str]:
    """The map's element and its script, as folium renders them, without folium's head: it forbids zooming and fetches files."""
    figure: Any = RouteMap(trip).get_root()
    figure.render()
    return figure.html.render().strip(), figure.script.render().strip()


def _policy(script_texts: list[str], style_texts: list[str]) -> str:
    """Nothing may be loaded, and only the scripts and styles with these checksums may work."""
    sources = [" ".join(sorted(f"'sha256-{_checksum(text)}'" for text in texts)) for texts in (script_texts, style_texts)]
    return (
        f"default-src 'none'; script-src {sources[0]}; style-src {sources[1]}; img-src data:; base-uri 'none'; form-action 'none'"
    )


def _checksum(text: str) -> str:
    return base64.b64encode(hashlib.sha256(text.encode()).digest()).decode("ascii")


# --- header -----------------------------------------------------------------------------------------------------------


def _meta(trip: Itinerary, heading: str) -> str:
    names = " → ".join(clean(visit.place.name) for visit in trip.visits[:12])
    facts = {
        "generator": f"itinerary {package.__version__}",
        "description": f"{heading}: {names}" if names else heading,
        "dcterms.created": trip.published.isoformat() if trip.published else "",
        "dcterms.subject": clean(trip.traveller or ""),
    }
    return "\n".join(f'<meta name="{name}" content="{escape(content)}">' for name, content in facts.items() if content)


def _about(trip: Itinerary) -> str:
    traveller = f"The journey of {clean(trip.traveller)}" if trip.traveller else ""
    published = f"text published {trip.published.isoformat()}" if trip.published else ""
    about = " · ".join(part for part in (traveller, published) if part)
    notes = "".join(f'<p class="note">{escape(clean(note))}</p>' for note in trip.notes)
    return (f"<p>{escape(about)}</p>" if about else "") + notes


def _numbers(trip: Itinerary) -> str:
    countries = {visit.place.country for visit in trip.visits if visit.place.country}
    facts = [(len(trip.visits), "stop", "stops"), (len(countries), "country", "countries"), (trip.days or 0, "day", "days")]
    shown = [(f"{number:,}", one if number == 1 else many) for number, one, many in facts if number or one == "stop"]
    shown.append((f"{trip.distance_km:,.0f}", "km"))
    return "".join(f"<div><dd>{value}</dd><dt>{label}</dt></div>" for value, label in shown)


# --- list -------------------------------------------------------------------------------------------------------------


def _stops(trip: Itinerary) -> str:
    if not trip.visits:
        return '<p class="empty">The text tells of no place that its traveller visited.</p>'
    legs = [None, *trip.legs]
    items = (_stop(trip, order, visit, leg) for order, (visit, leg) in enumerate(zip(trip.visits, legs, strict=True), 1))
    return f'<ol class="stops">{"".join(items)}</ol>'


def _stop(trip: Itinerary, order: int, visit: Visit, leg: Leg | None) -> str:
    status = "" if visit.status is Status.VISITED else f' <span class="status">{visit.status}</span>'
    return (
        f'<li class="{visit.status}" id="stop-{order}">{_leg(leg)}<div class="told">'
        f'<button type="button" data-order="{order}"><span class="number">{order}</span>'
        f'<span><strong dir="auto">{escape(clean(visit.place.name))}</strong>{status}'
        f"<small>{escape(_aside(visit))}</small></span></button>"
        f'<blockquote dir="auto">{escape(sentence(trip, visit))}</blockquote></div></li>'
    )


def _aside(visit: Visit) -> str:
    country = country_name(visit.place.country) if visit.place.kind.level != "country" else ""
    told = f"“{clean(visit.name)}”" if visit.name != visit.place.name else ""
    order = "" if visit.order_told else "order not told"
    return " · ".join(part for part in (clean(stay(visit)), country, told, order) if part)


def _leg(leg: Leg | None) -> str:
    if leg is None:
        return ""
    mode = clean(leg.mode or "")
    how = mode if mode.startswith("on ") or not mode else f"by {mode}"
    days = count(leg.days, "day") if leg.days else ""
    told = " · ".join(part for part in (f"{leg.distance_km:,.0f} km", how, days) if part)
    doubts = "".join(f'<span class="doubt">{escape(clean(warning))}</span>' for warning in leg.warnings)
    return f'<p class="leg">{escape(told)}{doubts}</p>'


def _mentions(trip: Itinerary) -> str:
    if not trip.mentions:
        return ""
    rows = list(_mention_rows(trip.mentions))
    head = f"{count(len(rows), 'place')} only mentioned"
    return f'<details class="mentions"><summary>{head}</summary><ul>{"".join(rows)}</ul></details>'


def _mention_rows(mentions: tuple[Mention, ...]) -> Iterator[str]:
    """A line per name and reason, in the order of the text."""
    rows = {
        (m.resolution.place.name if m.resolution.place else re.sub(r"\s+", " ", m.resolution.name), WHY[m.why]): m.reason
        for m in reversed(mentions)
    }
    for (name, why), reason in reversed(rows.items()):
        yield f'<li title="{escape(clean(reason))}">{escape(clean(name))} <small>{escape(why)}</small></li>'
