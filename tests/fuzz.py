"""Everything that takes what strangers write, fed with nonsense: `python -m tests.fuzz --minutes 10` for as long as you like.

A target is a strategy and a check. A check fails on any exception but ItineraryError, on an answer that does not hold, and on
one that takes too long for its size. What is found is shrunk and printed; keep it as a test. `tests/test_fuzz.py` runs each
target for a moment.
"""

from __future__ import annotations

import argparse
import faulthandler
import json
import os
import sys
import tempfile
import threading
import time
import traceback
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass, replace
from functools import cache
from pathlib import Path
from typing import Any

from hypothesis import HealthCheck, assume, given, settings
from hypothesis import strategies as st

from itinerary import drawing, export, importing, online, pipeline, project, reading, second_reader, summary, workspace
from itinerary.account import NoAccount
from itinerary.errors import InputError, ItineraryError
from itinerary.model import Coordinate, Itinerary
from itinerary.reading import SourceKind, worker
from itinerary.second_reader.answer import read_answer
from itinerary.workspace import Workspace
from tests import hostile, nearby
from tests.builders import journey, place, timespan
from tests.harm import spoilt, twisted
from tests.strategies import corrections as any_corrections
from tests.strategies import itineraries, tellings, workspaces
from tests.wellformed import PICTURES, VALID

# Seconds of a processor: for any call, and for each kilobyte on top of that.
PATIENCE, PATIENCE_PER_KB = 3.0, 2.0
HANG = 900.0  # seconds on the wall for a round of examples; then it is told where it hangs, and all ends


@contextmanager
def in_time(size: int) -> Iterator[None]:
    """Fails when what is done takes too long for so many bytes or letters, however busy the machine is."""
    began = sum(os.times()[:4])  # of this process and of those that it started and that have ended
    yield
    took = sum(os.times()[:4]) - began
    assert took < PATIENCE + PATIENCE_PER_KB * size / 1000, f"{took:.1f} s for {size:,} letters"


# --- texts ------------------------------------------------------------------------------------------------------------

_TOLD = (
    "Ann", "Kim Jong Un", "She", "they", "my uncle", "left", "arrived in", "sailed from", "will fly to", "never saw",
    "was born in", "Oslo", "Bergen", "New York", "St. John's", "the Hague", "Paris, Texas", "Washington", "Georgian",
    "the Black Sea", "Mt. Fuji", "on 3 May 1843", "two days later", "in 1905", "Sunday", "02/03/2019", "1840s", "last week",
    "Day 3:", "from 3 to 5 May", "B.C.", "and", "to", "from", "via", "with", "said", "not", "if", ".", ",", ";", ":", "!", "?",
    "—", "(", ")", "“", "”", "\n", "\n\n", "\t|\t", "- ", "# ", "1. ", "10:30", "OSLO (AP) —",
)  # fmt: skip
told = st.lists(st.sampled_from(_TOLD) | st.sampled_from(hostile.STRINGS), min_size=1, max_size=40).map(" ".join)
texts = told | st.text(max_size=300) | st.lists(st.text(max_size=9), max_size=40).map("\n".join)
days = st.none() | st.dates()
# A few words again and again, up to some thousand times: what takes the square of a text's length takes for ever here.
again = st.builds(
    lambda words, size: (" ".join(words) * size)[:size],
    st.lists(st.sampled_from(_TOLD) | st.text(min_size=1, max_size=3), min_size=1, max_size=4),
    st.integers(2_000, 15_000),
)


def sound(trip: Itinerary, text: str) -> None:
    """Every piece lies in the text and says what stands there."""
    assert trip.text == text
    assert all(found.toponym.span.of(text) == found.name for found in trip.resolutions)
    assert all(span.of(text) for visit in trip.visits for span in visit.evidence)
    assert all(date.span.of(text) == date.surface for date in trip.dates)
    assert all(0 <= visit.score <= 1 for visit in trip.visits)


def build(given: tuple[Any, ...]) -> None:
    """A journey, or one sentence."""
    text, published, traveller, day_first = given
    with in_time(len(text)):
        trip = pipeline.build(text, published, traveller, day_first=day_first)
    sound(trip, text)
    json.dumps(trip.to_geojson(), allow_nan=False)


def build_long(text: str) -> None:
    """The same for a text that goes on and on."""
    with in_time(len(text) // 2):  # a second for each kilobyte; usual texts take a fifth of that
        trip = pipeline.build(text)
    sound(trip, text)


def geoparse(text: str) -> None:
    """Names in the order of the text, each where it stands."""
    with in_time(len(text)):
        found = pipeline.geoparse(text)
    assert all(text[each.start : each.end] == each.name for each in found)
    assert [each.start for each in found] == sorted(each.start for each in found)


def find_dates(given: tuple[str, Any, Any]) -> None:
    """Dates in the order of the text that don't overlap."""
    text, published, day_first = given
    with in_time(len(text)):
        found = pipeline.find_dates(text, published, day_first=day_first)
    end = 0
    for date in found:
        assert end <= date.start < date.end and text[date.start : date.end] == date.surface and date.value
        end = date.end


# --- files that are read ----------------------------------------------------------------------------------------------


@cache
def documents() -> dict[SourceKind, bytes]:
    """A sound document of each kind."""
    from tests.test_documents_fuzz import VALID

    return dict(VALID)


def read(given: tuple[SourceKind, bytes]) -> None:
    """A text, or one sentence."""
    kind, data = given
    with in_time(len(data)):
        source = worker.extracted(data, kind)
    assert isinstance(source.text, str) and "\0" not in f"{source.text}{source.title}{source.notes}"


def open_any(given: tuple[bytes, str]) -> None:
    """What a file is, is found out, whatever it is called."""
    data, name = given
    with in_time(len(data)):
        source = reading.open_document(data, name)
    assert isinstance(source.text, str)


# --- files that are opened --------------------------------------------------------------------------------------------


@cache
def whole() -> Itinerary:
    """A trip with something in each field."""
    stops = (
        ("Lisbon", 38.72, -9.14, "1843-05-03", {"depart": timespan("1843-05-07"), "country": "PT", "mode": "ship"}),
        ("Seville", 37.39, -5.99, "1843-05", {"score": 0.4, "order_told": False}),
        ("Suva", -18.14, 178.44, None, {"when_told": "on a Sunday"}),
    )
    return journey(*stops, mentions=[place("Rome", 41.9, 12.5, country="IT")], title="South", notes=("A note.",))


@cache
def saved(ending: str) -> bytes:
    """The trip as a file; a table stands in for the endings that only others write."""
    return export.encoded(whole(), {".tsv": ".csv"}.get(ending, ending))


def import_file(given: tuple[str, bytes]) -> None:
    """A trip that can be written again, or one sentence."""
    ending, data = given
    with in_time(len(data)):
        trip = importing.open_trip(data, f"trip{ending}")
    assert trip.visits or ending.endswith("json")
    assert json.loads(export.encoded(trip, "geojson"))


def corrections(given: bytes) -> None:
    """A workspace that is saved and opened as the same, or one sentence."""
    with in_time(len(given)):
        opened = project.load(given)
    assert project.load(project.dumps(opened)) == opened
    assert all(doubt.kind for doubt in opened.doubts())


@st.composite
def corrected_files(draw: st.DrawFn) -> bytes:
    """A project with corrections, twisted or spoilt."""
    data = project.dumps(draw(workspaces()))
    return draw(twisted(data) | spoilt(data))


@st.composite
def two_readings(draw: st.DrawFn) -> Workspace:
    """One text as two readers have it, some of their differences settled."""
    second = draw(workspaces()).trip
    first = Workspace(second)
    for step in draw(st.lists(any_corrections(second), max_size=4)):
        first = first.do(step)
    first_trip = replace(first.trip, title=second.title, notes=())
    assume(all(visit.mentions for visit in first_trip.visits))
    both = Workspace(second, beside=workspace.side_by_side(first_trip, second))
    for _ in range(draw(st.integers(0, 3))):
        if both.table and both.table.differing:
            both = both.choose({draw(st.sampled_from(both.table.differing)): draw(st.sampled_from(workspace.Choice))})
    return both.undo() if draw(st.booleans()) else both


def harmed_readings() -> st.SearchStrategy[bytes]:
    """The file of two readings, twisted or spoilt."""
    return two_readings().map(project.dumps).flatmap(lambda data: twisted(data) | spoilt(data))


def chosen(given: Workspace) -> None:
    """Two readings that are saved and opened as they were; what was chosen is doubted no more."""
    assert project.load(project.dumps(given)) == given
    assert given.table is not None
    for i in given.table.differing:
        for choice in workspace.Choice:
            after = given.choose({i: choice})
            assert after.table is not None and i not in after.table.open
            assert all(doubt.kind for doubt in after.doubts())


def typed(given: tuple[str, str]) -> None:
    """What a user types: a time, and a place to look for."""
    time_typed, name = given
    with suppress(InputError):
        workspace.read_time(time_typed)
    assert pipeline.shared_gazetteer().search(name, 5) is not None


def answered(given: str) -> None:
    """What a language model says: a list of stops, or none."""
    with in_time(len(given)), suppress(NoAccount):
        answer = read_answer(given)
        assert isinstance(answer.stops, tuple)
    trip = pipeline.build("Ann left Oslo on 3 May 1843. She came to Bergen.", reader=second_reader.Pasted((given,)))
    sound(trip, trip.text)


@cache
def service() -> nearby.Service:
    """A server on this machine, as long as this process."""
    found = nearby.Service()
    threading.Thread(target=found.http.serve_forever, daemon=True).start()
    return found


def looked_up(given: bytes) -> None:
    """What a geocoder's server says: a place that can be, or one warning; what was known before stays."""
    service().replies, clock = [nearby.says(given)], nearby.Time()
    with tempfile.TemporaryDirectory() as folder:
        asked = online.geocoder(service().address, folder=Path(folder), clock=clock.clock, sleep=clock.sleep)
        found, warnings = online.helped(nearby.ONE, asked)
    assert found[:-1] == nearby.ONE[:-1] and len(warnings) <= 1
    assert found[-1].place is None or (found[-1].place.name.isprintable() and found[-1].place.coordinate != Coordinate(0, 0))


# --- files that are written -------------------------------------------------------------------------------------------


def write(trip: Itinerary) -> None:
    """Every file is what its ending says, and those that open here open again."""
    for ending, holds in VALID.items():
        with in_time(len(trip.text)):
            data = export.encoded(trip, ending)
        holds(data)
    for ending in (".itinerary.json", ".geojson"):
        assert len(importing.open_trip(export.encoded(trip, ending), f"x{ending}").visits) == len(trip.visits)
    drawing.highlighted(trip)
    summary.table(trip)


def draw(trip: Itinerary) -> None:
    """Every picture can be drawn."""
    for ending in PICTURES:
        with in_time(len(trip.text) + 1000 * len(trip.visits)):
            assert export.encoded(trip, ending)


# --- targets ----------------------------------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class Target:
    """What is fed with what, and in how many examples at a time: some take longer than others."""

    given: st.SearchStrategy[Any]
    check: Callable[[Any], None]
    examples: int  # in about a second


_NAMES = st.sampled_from(("", "a.md", "a.docx", "a.html", "a.pdf", "a.eml", "a.txt", "\0", "../x", "x" * 999))
_TRAVELLERS = st.none() | st.sampled_from(("Ann", "", "Nobody", "\0"))
_ORDERS = st.sampled_from((None, True, False))
_WORDS = st.text(max_size=30) | st.sampled_from(hostile.STRINGS)
_ANSWER = (
    b'Here: {"traveller": "Ann", "stops": [{"name": "Oslo", "quote": "Ann left Oslo on 3 May 1843", "status": "visited", '
    b'"arrive": null, "depart": "3 May 1843"}]}'
)

_REPLY = json.dumps([nearby.HIT, {**nearby.HIT, "osm_id": 43, "lat": 0, "lon": "12"}]).encode()


def _documents() -> st.SearchStrategy[Any]:
    return st.sampled_from(sorted(documents())).flatmap(lambda kind: st.tuples(st.just(kind), spoilt(documents()[kind])))


def _files(endings: tuple[str, ...], harm: Callable[[bytes], st.SearchStrategy[bytes]]) -> st.SearchStrategy[Any]:
    return st.sampled_from(endings).flatmap(lambda ending: st.tuples(st.just(ending), harm(saved(ending))))


TARGETS: dict[str, Target] = {
    "build": Target(st.tuples(texts, days, _TRAVELLERS, _ORDERS), build, 30),
    "build a text without end": Target(again, build_long, 4),
    "geoparse": Target(texts, geoparse, 60),
    "find_dates": Target(st.tuples(texts, days, _ORDERS), find_dates, 300),
    "read a document": Target(st.deferred(_documents), read, 100),
    "open any file": Target(
        st.tuples(st.binary(max_size=300) | texts.map(lambda t: t.encode("utf-8", "surrogatepass")), _NAMES), open_any, 60
    ),
    "import a damaged file": Target(st.deferred(lambda: _files(importing.ENDINGS, spoilt)), import_file, 200),
    "import twisted JSON": Target(st.deferred(lambda: _files((".geojson", ".itinerary.json"), twisted)), import_file, 200),
    "a file of corrections": Target(corrected_files(), corrections, 60),
    "two readings": Target(two_readings(), chosen, 30),
    "a file of two readings": Target(harmed_readings(), corrections, 60),
    "words typed in": Target(st.tuples(_WORDS, _WORDS), typed, 200),
    "a model's answer": Target(spoilt(_ANSWER).map(lambda data: data.decode("utf-8", "replace")) | texts, answered, 30),
    "a server's answer": Target(twisted(_REPLY) | spoilt(_REPLY), looked_up, 40),
    "write any trip": Target(itineraries() | tellings(), write, 25),
    "draw any trip": Target(itineraries(stops=3), draw, 2),
}


def run(name: str, examples: int, *, lasting: bool) -> None:
    """Feed a target with so many examples; `lasting`: other ones each time, else always the same."""
    target = TARGETS[name]

    @settings(
        max_examples=examples, deadline=None, database=None, derandomize=not lasting, suppress_health_check=list(HealthCheck)
    )
    @given(target.given)
    def feed(value: Any) -> None:
        with suppress(ItineraryError):
            target.check(value)

    faulthandler.dump_traceback_later(HANG, exit=True)
    feed()
    faulthandler.cancel_dump_traceback_later()


def main() -> int:
    """Feed all targets in turn until the time is over; 1 when one of them failed, which is told and then left out."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--minutes", type=float, default=10.0)
    parser.add_argument("--only", choices=TARGETS, help="one target alone")
    options = parser.parse_args()
    until, fed, sound_ones = time.monotonic() + 60 * options.minutes, 0, [options.only] if options.only else [*TARGETS]
    failed: list[str] = []
    while time.monotonic() < until and sound_ones:
        name = sound_ones.pop(0)
        examples = 8 * TARGETS[name].examples
        try:
            run(name, examples, lasting=True)
            sound_ones.append(name)
        except Exception:
            traceback.print_exc()
            failed.append(name)
        fed += examples
        print(f"{fed:8,} examples, last: {name}; failed: {', '.join(failed) or 'none'}", flush=True)
    return 1 if failed else 0


if __name__ == "__main__":
    sys.exit(main())
