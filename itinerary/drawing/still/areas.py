"""Stops that are countries, regions or waters: somewhere in the tinted area the traveller was."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from typing import TYPE_CHECKING

import numpy as np

from itinerary.drawing.scene import radius_km
from itinerary.drawing.still.colours import colours
from itinerary.drawing.still.marks import Mark, Pen, Shape
from itinerary.drawing.still.rings import rings_on
from itinerary.drawing.still.stops import Stop, Style
from itinerary.drawing.still.unpacking import country_rings
from itinerary.drawing.still.view import View, circle
from itinerary.model import Kind, Place, Visit

if TYPE_CHECKING:
    from itinerary.drawing.still.marks import Line

_SMALLEST = 0.8  # badges: a smaller area would hide behind its own


def areas_of(stops: Sequence[Stop], view: View, style: Style) -> list[Visit]:
    """The visits whose areas are to be seen at this scale, one for each place."""
    visits = {stop.visit.place.id: stop.visit for stop in stops}
    return [visit for visit in visits.values() if radius_km(visit.place) / view.km_a_point > _SMALLEST * style.badge]


def area_marks(visits: Sequence[Visit], view: View) -> Iterator[Mark]:
    """A country in its borders, anything else as a circle."""
    accent = colours()["accent"]
    pen = Pen(accent, 0.8, (2.0, 2.0), 0.6)
    for visit in visits:
        yield Shape(rings_on(view, _rings(visit.place)), fill=accent, pen=pen, fill_opacity=0.1, closed=True)


def _rings(place: Place) -> Iterable[Line]:
    """The area in degrees, longitude first."""
    if place.kind is Kind.COUNTRY and place.country and (borders := country_rings(place.country)):
        return borders
    lat, lon = circle(place.coordinate.latitude, place.coordinate.longitude, radius_km(place))
    return [np.column_stack([np.unwrap(lon, period=360), lat])]
