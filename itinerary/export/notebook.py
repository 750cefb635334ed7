"""The itinerary as a cell of a notebook."""

from __future__ import annotations

from html import escape

from itinerary.export.words import title
from itinerary.model import Itinerary

_HEIGHT = 560  # pixels


def notebook(trip: Itinerary) -> str:
    """The map in a frame that can reach neither the notebook nor the network; a sentence when there is no stop to show."""
    if not trip.visits:
        return f"<p>{escape(title(trip))}: no stops.</p>"
    from itinerary import drawing

    page = drawing.page(trip).encode("utf-8", "replace").decode()  # half a surrogate pair can't be kept in a notebook's file
    label = escape(title(trip), quote=True)
    return (
        f'<iframe title="{label}" sandbox="allow-scripts" srcdoc="{escape(page, quote=True)}" '
        f'style="width:100%;height:{_HEIGHT}px;border:0"></iframe>'
    )
