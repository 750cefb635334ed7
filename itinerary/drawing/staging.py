"""The scene with the country around it: all that the script of the map asks for."""

from __future__ import annotations

from typing import Any

from itinerary.drawing import surroundings
from itinerary.drawing.scene import scene
from itinerary.model import Itinerary


def staged(trip: Itinerary, *, sentences: bool = True) -> dict[str, Any]:
    """See `itinerary.drawing.scene_of`."""
    data = scene(trip)
    if not sentences:
        data["stops"] = [stop | {"text": ""} for stop in data["stops"]]
    stops = [(lat, lon) for lat, lon in (stop["at"] for stop in data["stops"])]
    return data | {"towns": surroundings.towns_near(stops), "coast": surroundings.coast_near(stops)}
