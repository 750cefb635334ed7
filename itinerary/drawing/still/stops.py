"""Stops on the sheet: their numbers, points, names, areas, and how large they are drawn."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np

from itinerary.drawing.scene import radius_km
from itinerary.drawing.still.fonts import Typesetter, clean
from itinerary.drawing.still.projections import Azimuthal
from itinerary.drawing.still.view import Subject, View, circle, great_circle
from itinerary.model import Itinerary, Visit

if TYPE_CHECKING:
    from itinerary.drawing.still.projections import Array

LONGEST_NAME = 34  # letters of a name on the map
_SURE = 0.5  # a stop less certain than this is marked as doubtful
_AREA_SEEN = 0.7  # of the radius of an area that the frame shows in any case: its corners may lie outside
_LEAST_KM = {"country": 900.0, "region": 700.0, "water": 700.0, "city": 500.0, "landmark": 120.0}  # height around a lone stop


@dataclass(frozen=True, slots=True)
class Style:
    """How large badges and lines are: smaller where there are many."""

    badge: float  # points
    line: float
    numbers: int  # that a badge shows at most

    @classmethod
    def of(cls, stops: int, text: float) -> Style:
        """For so many stops on a sheet whose body text has that size."""
        shrunk = 1.0 if stops <= 30 else 0.85 if stops <= 80 else 0.7
        line = 1.8 if stops <= 30 else 1.2 if stops <= 60 else 0.9 if stops <= 200 else 0.5
        return cls(max(8.4, 1.55 * text * shrunk), line, 3 if stops <= 60 else 2 if stops <= 150 else 1)

    @property
    def digits(self) -> float:
        """Size of the number in a badge."""
        return 0.62 * self.badge


@dataclass(frozen=True, slots=True)
class Stop:
    """A visit with its number and its point on the sheet."""

    order: int
    visit: Visit
    at: tuple[float, float]
    doubtful: bool


def subject_of(trip: Itinerary) -> Subject:
    """All that the map has to show: stops, the ways between them, and the areas of stops that are areas."""
    legs = [great_circle(degrees(leg.origin), degrees(leg.destination)) for leg in trip.legs]
    points: list[tuple[Array, Array]] = [(leg[:, 1], leg[:, 0]) for leg in legs]
    for visit in trip.visits:
        lat, lon = degrees(visit)
        points.append((np.array([lat]), np.array([lon])))
        if radius_km(visit.place):
            points.append(circle(lat, lon, _AREA_SEEN * radius_km(visit.place)))
    if not points:
        return Subject(np.zeros(0), np.zeros(0), ())
    places = {degrees(visit) for visit in trip.visits}
    least = max(_LEAST_KM.get(visit.place.kind.level, 500.0) for visit in trip.visits) if len(places) == 1 else 3.0
    return Subject(np.concatenate([p[0] for p in points]), np.concatenate([p[1] for p in points]), legs, least)


def degrees(visit: Visit) -> tuple[float, float]:
    """Latitude and longitude of the place."""
    return visit.place.coordinate.latitude, visit.place.coordinate.longitude


def turns(view: View, line: Array) -> list[float]:
    """Whole turns by which a line is shifted to show within the edges of the map."""
    if isinstance(view.projection, Azimuthal):
        return [0.0]
    west = view.projection.longitude - 180
    low, high = float(line[:, 0].min()), float(line[:, 0].max())
    first, last = np.floor((low - west) / 360), np.floor((high - west) / 360)
    return [-360.0 * turn for turn in range(int(first), int(last) + 1)]


def stops_of(trip: Itinerary, view: View) -> list[Stop]:
    """The stops on the sheet, numbered from 1."""
    return [Stop(order, visit, view.point(*degrees(visit)), is_doubtful(visit)) for order, visit in enumerate(trip.visits, 1)]


def is_doubtful(visit: Visit) -> bool:
    """Whether a stop is less than likely, or stands where it does without the text telling so."""
    return visit.score < _SURE or not visit.order_told


def name_of(visit: Visit, setter: Typesetter, longest: int = LONGEST_NAME) -> str:
    """The name of a stop in letters that can be drawn: the gazetteer's, else the text's, else what is left of the first."""
    names = [name for name in (clean(visit.place.name, longest), clean(visit.name, longest)) if name] or ["?"]
    return next((name for name in names if setter.has(name)), names[0])
