"""What a project file holds: what was read, with what settings, and every correction, done and undone."""

from __future__ import annotations

import os
from dataclasses import replace
from pathlib import Path
from typing import Any, get_args

from itinerary import __version__
from itinerary.errors import InputError
from itinerary.files import write_whole
from itinerary.model import Itinerary
from itinerary.project import text
from itinerary.project.codec import Codec, Json, expect
from itinerary.project.nouns import Places, codec_with, read_trip, write_trip
from itinerary.workspace import Correction, Settings, SideBySide, Step, Workspace, side_by_side

ENDING = ".itinerary.json"
VERSION = 1  # goes up when an older program would read a file wrongly
_PROJECT, _TRIP = "itinerary project", "itinerary trip"
# How each correction is called in a file: the name of its class.
_CALLED: dict[str, type] = {cls.__name__: cls for cls in get_args(Correction)}
# Corrections in a step, and steps: all are made anew at every change, and nobody makes so many by hand.
_MOST_STEPS = 5_000
_MOST_STOPS = 2_000  # of a second reading: each is held against each of the first
# What two readings of a text have in common, and is therefore not written twice.
_SHARED: dict[str, Any] = {"text": "", "title": None, "published": None, "dates": ()}


def trip_to_json(trip: Itinerary) -> dict[str, Any]:
    """The whole trip as what `json.dumps` takes; `trip_from_json` gives an equal one back."""
    places = Places()
    written = write_trip(trip, codec_with(places))
    return {"format": _TRIP, "version": VERSION, "trip": written, "places": places.write()}


def trip_from_json(content: Any) -> Itinerary:
    """The trip that `trip_to_json` wrote. Raises InputError, in one sentence that says where, for anything else."""
    _known(content, _TRIP)
    return read_trip(content.get("trip"), codec_with(Places.read(content.get("places"))), "trip")


def dumps(workspace: Workspace) -> bytes:
    """The project file of a workspace. Raises OutputError for a trip that holds a number that is none."""
    places = Places()
    codec = codec_with(places)
    written = {
        "format": _PROJECT,
        "version": VERSION,
        "program": __version__,
        "settings": codec.write_fields(workspace.settings),
        "done": [_write_step(step, codec) for step in workspace.done],
        "undone": [_write_step(step, codec) for step in workspace.undone],
        "trip": write_trip(workspace.read, codec),
        **({"beside": write_trip(replace(workspace.beside.first, **_SHARED), codec)} if workspace.beside else {}),
    }
    return text.dump(written | {"places": places.write()})


def save(workspace: Workspace, path: str | os.PathLike[str]) -> Path:
    """Write the project file, whole or not at all, and give its path. Raises OutputError where no file can be written."""
    return write_whole(path, dumps(workspace))


def load(source: str | os.PathLike[str] | bytes) -> Workspace:
    """The workspace of a project file, or of a trip written by itself, from its path or its bytes.

    Raises InputError, in one sentence that says where, for anything else.
    """
    return _workspace(text.parse(source if isinstance(source, bytes) else _bytes_of(Path(source))))


def _bytes_of(path: Path) -> bytes:
    if not path.is_file():
        raise InputError(f"There is no file {str(path)!r}.")
    try:
        with path.open("rb") as file:
            return file.read(text.LARGEST + 1)  # one more than is taken tells that it is too much
    except OSError as error:
        raise InputError(f"{str(path)!r} can't be read: {error.strerror or error}.") from error


def _workspace(content: Json) -> Workspace:
    if isinstance(content, dict) and content.get("format") == _TRIP:
        return Workspace(trip_from_json(content))
    _known(content, _PROJECT)
    codec = codec_with(Places.read(content.get("places")))
    trip = read_trip(content.get("trip"), codec, "trip")
    settings = codec.read(Settings, content.get("settings", {}), "settings")
    done, undone = (_read_steps(content.get(name, []), codec, name) for name in ("done", "undone"))
    return Workspace(trip, settings, done, undone, _read_beside(content.get("beside"), trip, codec))


def _read_beside(value: Json, trip: Itinerary, codec: Codec) -> SideBySide | None:
    """The other reader's journey through the text of the trip; None where there is none."""
    if value is None:
        return None
    expect(isinstance(value, dict), "beside", "fields by name", value)
    shared = {"text": trip.text, "published": trip.published and trip.published.isoformat()}
    other = read_trip({**value, **{name: held for name, held in shared.items() if held is not None}}, codec, "beside")
    worded = all(visit.mentions for visit in other.visits)
    expect(
        worded and len(other.visits) <= _MOST_STOPS, "beside", f"a journey of at most {_MOST_STOPS:,} stops, all in words", value
    )
    return side_by_side(replace(other, title=trip.title, dates=trip.dates), trip)


def _known(content: Json, form: str) -> None:
    expect(isinstance(content, dict) and content.get("format") == form, "the file", f'one with "format": "{form}"', content)
    version = content.get("version")
    newer = type(version) is int and version > VERSION
    hint = " (a newer version of the program wrote this file: update)" if newer else ""
    expect(type(version) is int and version == VERSION, "version", f"{VERSION}{hint}", version)


# --- corrections ------------------------------------------------------------------------------------------------------


def _write_step(step: Step, codec: Codec) -> Json:
    return [{"do": type(correction).__name__, **codec.write_fields(correction)} for correction in step]


def _read_steps(value: Json, codec: Codec, where: str) -> tuple[Step, ...]:
    expect(isinstance(value, list) and len(value) <= _MOST_STEPS, where, f"a list of at most {_MOST_STEPS:,} steps", value)
    return tuple(_read_step(step, codec, f"{where}[{i}]") for i, step in enumerate(value))


def _read_step(value: Json, codec: Codec, where: str) -> Step:
    expect(isinstance(value, list) and 0 < len(value) <= _MOST_STEPS, where, "a list of corrections", value)
    return tuple(_read_correction(one, codec, f"{where}[{i}]") for i, one in enumerate(value))


def _read_correction(value: Json, codec: Codec, where: str) -> Correction:
    expect(isinstance(value, dict), where, "fields by name", value)
    own = dict(value)
    called = own.pop("do", None)
    expect(isinstance(called, str) and called in _CALLED, f"{where}.do", f"one of {', '.join(_CALLED)}", called)
    correction: Correction = codec.read_fields(_CALLED[called], own, where)
    return correction
