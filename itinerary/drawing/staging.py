"""The scene with the country around it and other journeys beside it: all that the script of the map asks for."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from itinerary.drawing import surroundings
from itinerary.drawing.scene import clean, scene
from itinerary.model import Itinerary

_OF_A_STOP = ("order", "name", "country", "when", "at")  # what the map tells of another journey's stop


def staged(trip: Itinerary, *, others: Mapping[str, Itinerary] | None = None, sentences: bool = True) -> dict[str, Any]:
    """See `itinerary.drawing.scene_of`."""
    data = scene(trip)
    if not sentences:
        data["stops"] = [stop | {"text": ""} for stop in data["stops"]]
    middle = _middle([stop["at"][1] for stop in data["stops"]])
    data["others"] = [_other(name, other, middle) for name, other in (others or {}).items()]
    stops = [(lat, lon) for lat, lon in (stop["at"] for one in (data, *data["others"]) for stop in one["stops"])]
    return data | {"towns": surroundings.towns_near(stops), "coast": surroundings.coast_near(stops)}


def _other(name: str, trip: Itinerary, middle: float | None) -> dict[str, Any]:
    """Another journey's stops and lines on the turn of the world where the journey at hand lies."""
    whole = scene(trip)
    own = _middle([stop["at"][1] for stop in whole["stops"]])
    turn = 360 * round((middle - own) / 360) if middle is not None and own is not None else 0
    stops = [{key: stop[key] for key in _OF_A_STOP} | {"at": _moved(stop["at"], turn)} for stop in whole["stops"]]
    lines = [[_moved(at, turn) for at in line] for leg in whole["legs"] for line in leg["lines"]]
    return {"name": clean(name), "stops": stops, "lines": lines}


def _middle(longitudes: list[float]) -> float | None:
    return (min(longitudes) + max(longitudes)) / 2 if longitudes else None


def _moved(at: list[float], turn: int) -> list[float]:
    return [at[0], at[1] + turn]
