"""The page that is exported: header, map, list of stops and charts in one file that neither needs nor may use any network."""

from __future__ import annotations

import base64
import hashlib
import json
from html import escape
from string import Template

import itinerary as package
from itinerary.drawing import assets, listing, timeline
from itinerary.drawing.scene import clean
from itinerary.drawing.staging import staged
from itinerary.model import Itinerary

_NO_TITLE = "A journey"
_LONGEST_HEADING = 500  # characters of a title, a name or a note above the map; only damaged files have longer ones
_NAMES = 12  # of stops in the description that a search engine or a chat shows
_MANY_STOPS = 500  # beyond so many the charts show nothing that a reader could tell apart


def document(trip: Itinerary, *, title: str | None = None, source: str | None = None, sentences: bool = True) -> str:
    """The whole page; see `itinerary.drawing.page`."""
    heading = _short(title or trip.title or "") or _NO_TITLE
    map_html, map_script = _map(trip, sentences=sentences)
    script_texts = [*(text for _, text in assets.scripts()), map_script, assets.script("page.js")]
    style_texts = [*(text for _, text in assets.styles()), assets.script("page.css"), timeline.style()]
    parts = {
        "policy": _policy(script_texts, style_texts),
        "meta": _meta(trip, heading, clean(source or "")),
        "styles": "\n".join(f"<style>{text}</style>" for text in style_texts),
        "title": escape(heading),
        "about": _about(trip, _short(source or "")),
        "numbers": _numbers(trip),
        "map": map_html,
        "stops": listing.stops(trip, sentences=sentences),
        "find": _FIND if len(trip.visits) > 1 else "",
        "mentions": listing.mentions(trip),
        "charts": _charts(trip),
        "generator": escape(f"itinerary {package.__version__}"),
        "scripts": "\n".join(f"<script>{text}</script>" for text in script_texts),
    }
    return Template(assets.script("page.html")).substitute(parts)


def _map(trip: Itinerary, *, sentences: bool) -> tuple[str, str]:
    """The map's element and its script: what folium would write, which takes longer to load than a short text to read.

    The id comes from the content, so that the same trip gives the same page.
    """
    data = staged(trip, sentences=sentences)
    name = f"map_{hashlib.sha256(json.dumps(data, sort_keys=True).encode()).hexdigest()[:32]}"
    options = "{center: [20, 0], zoom: 2, zoomSnap: 0.25, zoomDelta: 1}"
    script = f'var {name} = L.map("{name}", {options});\nitineraryDraw({name}, {assets.in_script(data)});'
    return f'<div class="folium-map" id="{name}"></div>', script


def _policy(script_texts: list[str], style_texts: list[str]) -> str:
    """Nothing may be loaded, and only the scripts and styles with these checksums may work."""
    sources = [" ".join(sorted(f"'sha256-{_checksum(text)}'" for text in texts)) for texts in (script_texts, style_texts)]
    return (
        f"default-src 'none'; script-src {sources[0]}; style-src {sources[1]}; img-src data:; base-uri 'none'; form-action 'none'"
    )


def _checksum(text: str) -> str:
    return base64.b64encode(hashlib.sha256(text.encode()).digest()).decode("ascii")


def _short(text: str) -> str:
    """One line of the text that leaves room for the map."""
    line = clean(text)
    return line if len(line) <= _LONGEST_HEADING else f"{line[: _LONGEST_HEADING - 1]}…"


# --- header -----------------------------------------------------------------------------------------------------------


def _meta(trip: Itinerary, heading: str, source: str) -> str:
    names = " → ".join(clean(visit.place.name) for visit in trip.visits[:_NAMES])
    facts = {
        "generator": f"itinerary {package.__version__}",
        "description": f"{heading}: {names}" if names else heading,
        "dcterms.title": heading,
        "dcterms.source": source,
        "dcterms.created": trip.published.isoformat() if trip.published else "",
        "dcterms.subject": clean(trip.traveller or ""),
    }
    return "\n".join(f'<meta name="{name}" content="{escape(content)}">' for name, content in facts.items() if content)


def _about(trip: Itinerary, source: str) -> str:
    traveller = f"The journey of {_short(trip.traveller)}" if trip.traveller else ""
    published = f"text published {trip.published.isoformat()}" if trip.published else ""
    about = " · ".join(part for part in (traveller, published, f"source: {source}" if source else "") if part)
    notes = "".join(f'<p class="note">{escape(_short(note))}</p>' for note in trip.notes)
    return (f"<p>{escape(about)}</p>" if about else "") + notes


def _numbers(trip: Itinerary) -> str:
    countries = {visit.place.country for visit in trip.visits if visit.place.country}
    facts = [(len(trip.visits), "stop", "stops"), (len(countries), "country", "countries"), (trip.days or 0, "day", "days")]
    shown = [(f"{number:,}", one if number == 1 else many) for number, one, many in facts if number or one == "stop"]
    cells = [f"<div><dt>{label}</dt><dd>{value}</dd></div>" for value, label in shown]
    way = f'<dd data-km="{trip.distance_km:.0f}" data-bare>{trip.distance_km:,.0f}</dd>'
    return "".join(cells) + f"<div><dt data-unit>km</dt>{way}</div>"


# --- beside the map ---------------------------------------------------------------------------------------------------

_FIND = (
    '<p class="sift"><label for="sift">Find in the list</label> <input id="sift" type="search" autocomplete="off"'
    ' aria-describedby="sifted"> <span id="sifted" role="status"></span></p>'
)


def _charts(trip: Itinerary) -> str:
    if not 1 < len(trip.visits) <= _MANY_STOPS:
        return ""
    figures = timeline.stays(trip) + timeline.distance(trip) + timeline.order(trip)
    return f'<details class="charts"><summary>Timeline, distance and order</summary>{figures}</details>'
