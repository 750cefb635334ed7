"""One small trip in every format of text, letter for letter as it is kept in `tests/golden`.

After a change that was meant: `ITINERARY_GOLDEN=write python -m pytest tests/test_golden.py`, and read the difference.
"""

import os
import re
from pathlib import Path

import pytest

import itinerary
from itinerary import export
from itinerary.model import Itinerary, Status
from tests.builders import journey, place, timespan

GOLDEN = Path(__file__).parent / "golden"
# The map, the pictures and the project file have tests of their own; .json is .geojson again; what is packed is no text.
_ELSEWHERE = (".html", ".svg", ".itinerary.json", ".json")
ENDINGS = [ending for ending, form in export.FORMATS.items() if not form.binary and ending not in _ELSEWHERE]
_UUID = re.compile(r"[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}|[0-9a-f]{32}(?=@)")
# Points of a line between its ends: how many there are is the business of geodesy.
_JSON_LINE = re.compile(r'("LineString",\s*"coordinates": \[\s*\[[^\]]*\]).*?(\[[^\]]*\]\s*\]\s*\})', re.DOTALL)
_KML_LINE = re.compile(r"<coordinates>(\S+) [^<]*? (\S+)</coordinates>")


def south() -> Itinerary:
    """A stay of some days, a month, a plan for a weekday, a return; Rome only mentioned."""
    return journey(
        ("Lisbon", 38.72, -9.14, "1843-05-03", {"depart": timespan("1843-05-07"), "country": "PT", "reason": "arrived"}),
        ("Seville", 37.39, -5.98, "1843-05", {"country": "ES", "mode": "train"}),
        ("Toledo", 39.86, -4.02, None, {"when_told": "Sunday", "status": Status.PLANNED, "order_told": False}),
        ("Lisbon", 38.72, -9.14, "1844", {"country": "PT", "score": 0.5}),
        mentions=[place("Rome", 41.9, 12.5, country="IT")],
        title="South",
        notes=("A note.",),
    )


def normal(written: str) -> str:
    """Without what may differ from one version of the program to the next: its number, ids, points between the ends of a line."""
    ids: dict[str, str] = {}
    written = _UUID.sub(lambda found: ids.setdefault(found[0], f"id-{len(ids) + 1}"), written)
    written = _KML_LINE.sub(r"<coordinates>\1 ... \2</coordinates>", _JSON_LINE.sub(r"\1, ... \2", written))
    return written.replace(itinerary.__version__, "VERSION").replace("\r\n", "\n")


@pytest.mark.parametrize("ending", ENDINGS)
def test_a_trip_is_written_as_it_always_was(ending: str) -> None:
    file, found = GOLDEN / f"south{ending}", normal(export.render(south(), ending))
    if os.environ.get("ITINERARY_GOLDEN") == "write":
        GOLDEN.mkdir(exist_ok=True)
        file.write_text(found, encoding="utf-8", newline="")
    assert found == file.read_bytes().decode("utf-8")
