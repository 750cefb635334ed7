"""Subjects that many tests share: a small journey made by hand, and the texts of the project."""

import datetime as dt
import json
from pathlib import Path

import pytest

from itinerary.model import Day, Itinerary, Mention, Status, TimeSpan, Why
from tests.builders import BERGEN, LERWICK, LONDON, REYKJAVIK, TEXT, joined, resolution, visit

ROOT = Path(__file__).resolve().parent.parent
SAMPLES = ROOT / "data" / "samples"


@pytest.fixture
def journey() -> Itinerary:
    """Bergen, Lerwick on a known day, Reykjavik planned; London only mentioned."""
    day = TimeSpan.of_day(Day(1843, 5, 3))
    visits = (visit("Bergen", BERGEN), visit("Lerwick", LERWICK, arrive=day), visit("Reykjavik", REYKJAVIK, Status.PLANNED))
    london = Mention(resolution("London", LONDON), Why.METONYM, "“London said” speaks of a government")
    parts = joined(*visits, km=359.4)
    return Itinerary(TEXT, "Ann’s summer", None, "Ann", ("Ann",), mentions=(london,), **parts)  # type: ignore[arg-type]


@pytest.fixture(scope="session")
def sample() -> tuple[str, dt.date]:
    """The sample article and its publication date."""
    entry = json.loads((SAMPLES / "index.json").read_text(encoding="utf-8"))[0]
    return (SAMPLES / entry["file"]).read_text(encoding="utf-8"), dt.date.fromisoformat(entry["published"])
