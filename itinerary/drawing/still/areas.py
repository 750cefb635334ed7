"""Stops that are countries, regions or waters: somewhere in the tinted area the traveller was."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import TYPE_CHECKING

import numpy as np

from itinerary.drawing.scene import radius_km
from itinerary.drawing.still.colours import colours
from itinerary.drawing.still.cutting import ring_in
from itinerary.drawing.still.marks import Mark, Pen, Shape
from itinerary.drawing.still.stops import Stop, Style, turns
from itinerary.drawing.still.terrain import FRAME_ROOM, rings_on
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
    accent, frame = colours()["accent"], view.box.grown(FRAME_ROOM)
    for visit in visits:
        rings = [ring for ring in _rings(visit.place, view) if len(ring) > 2]
        cut = tuple(kept for ring in rings if len(kept := ring_in(ring, frame)) > 2)
        yield Shape(cut, fill=accent, pen=Pen(accent, 0.8, (2.0, 2.0), 0.6), fill_opacity=0.1, closed=True)


def _rings(place: Place, view: View) -> Iterator[Line]:
    country = country_rings(place.country) if place.kind is Kind.COUNTRY and place.country else ()
    if country:
        yield from rings_on(view, country)
        return
    at = (place.coordinate.latitude, place.coordinate.longitude)
    lat, lon = circle(*at, radius_km(place))
    lon = np.unwrap(lon, period=360)
    lon -= 360 * np.round((lon.mean() - at[1]) / 360)
    yield from (view.place(lat, lon + turn) for turn in turns(view, np.column_stack([lon, lat])))
