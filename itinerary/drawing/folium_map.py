"""The route as a folium map that draws itself without any network.

folium's own markers, popups and tooltips run what they find in a text as code, so none of them is used: the route travels as
JSON to a script of ours, which builds everything with textContent.
"""

from __future__ import annotations

import hashlib
import json
from typing import Any

import folium
from branca.element import MacroElement
from folium.template import Template

from itinerary.drawing import assets
from itinerary.drawing.staging import staged
from itinerary.model import Itinerary

_CENTRE = (20.0, 0.0)  # of the map of the world that an empty trip shows


class Route(MacroElement):
    """Hands the route to the script that draws it on the map it is added to."""

    _template = Template(
        "{% macro script(this, kwargs) %}itineraryDraw({{ this._parent.get_name() }}, {{ this.data }});{% endmacro %}"
    )

    def __init__(self, data: dict[str, Any]) -> None:
        """Take the scene as `staged` makes it."""
        super().__init__()  # type: ignore[no-untyped-call]
        self._name = "Route"
        self.data = assets.in_script(data)


class RouteMap(folium.Map):
    """A folium map whose scripts and styles are data: addresses, in place of the ten files that folium fetches."""

    default_js: list[tuple[str, str]] = []  # noqa: RUF012  folium declares it so
    default_css: list[tuple[str, str]] = []  # noqa: RUF012

    def __init__(self, trip: Itinerary, *, sentences: bool = True) -> None:
        """Draw the trip; ids come from its content, so that the same trip gives the same page."""
        super().__init__(
            location=_CENTRE, zoom_start=2, tiles=None, zoom_snap=0.25, zoom_delta=1, min_zoom=0, max_zoom=13,
            font_size="13px",
        )  # fmt: skip
        data = staged(trip, sentences=sentences)
        self.default_js = [(name, assets.data_uri("text/javascript", text)) for name, text in assets.scripts()]
        self.default_css = [(name, assets.data_uri("text/css", text)) for name, text in assets.styles()]
        self._id = hashlib.sha256(json.dumps(data, sort_keys=True).encode()).hexdigest()[:32]
        route = Route(data)
        route._id = self._id
        self.add_child(route, name="route")
