"""The route as a still picture for an article, a slide or a page: PNG, SVG or PDF, drawn without a browser and without a network.

All three formats show the same sheet: `sheet.sheet_of` decides where everything stands, in points, and `on_svg` and `on_canvas`
only draw it. The same trip gives the same bytes. A size that is not in `SIZES` raises InputError.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from itinerary.drawing.still.sizes import SIZES, size_named

if TYPE_CHECKING:
    from itinerary.drawing.still.marks import Sheet
    from itinerary.model import Itinerary

__all__ = ["SIZES", "pdf", "png", "svg"]


def png(trip: Itinerary, size: str = "slide") -> bytes:
    """A bitmap: 1,920 × 1,080 pixels for a slide, 300 dots an inch for a page."""
    from itinerary.drawing.still.on_canvas import as_png

    return as_png(_sheet(trip, size), size_named(size).dots_per_inch)


def svg(trip: Itinerary, size: str = "slide") -> bytes:
    """A vector drawing whose text stays text; it refers to nothing outside itself."""
    from itinerary.drawing.still.on_svg import as_svg

    return as_svg(_sheet(trip, size, any_letter=True))


def pdf(trip: Itinerary, size: str = "slide") -> bytes:
    """A document of one page whose text can be searched and copied."""
    from itinerary.drawing.still.on_canvas import as_pdf

    return as_pdf(_sheet(trip, size))


def _sheet(trip: Itinerary, size: str, *, any_letter: bool = False) -> Sheet:
    from itinerary.drawing.still.sheet import sheet_of

    return sheet_of(trip, size_named(size), any_letter=any_letter)
