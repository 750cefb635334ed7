"""An answer as it comes: prose around the JSON, fences, drafts and a cut-off end are all taken as they are.

Nothing that stands in an answer is believed here; it is only brought into shape, and bounded.
"""

from __future__ import annotations

import json
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from itinerary.account import NoAccount
from itinerary.model import Status

# No honest answer on one part of a text is longer (characters); a book's has some 200 for each stop.
LONGEST_ANSWER = 2_000_000
MOST_STOPS = 5_000
_LONGEST_FIELD = 2_000  # characters of a quote; longer ones are no sentences
# Braces that open nothing readable, before the search is given up: a cut-off answer has two or three.
_PATIENCE = 200
_STATUS = {
    "planned": Status.PLANNED,
    "upcoming": Status.PLANNED,
    "passed": Status.PASSED,
    "passed through": Status.PASSED,
    "en_route": Status.PASSED,
    "en route": Status.PASSED,
    "transit": Status.PASSED,
}


@dataclass(frozen=True, slots=True)
class Told:
    """A stop as an answer tells it; `arrive` and `depart` are words of the text, `country` and `region` hints."""

    name: str
    quote: str
    status: Status = Status.VISITED
    traveller: str | None = None
    arrive: str | None = None
    depart: str | None = None
    country: str | None = None
    region: str | None = None


@dataclass(frozen=True, slots=True)
class Answer:
    """The stops in the order travelled, and whose journey it is. `whole` is False where the end was cut off.

    `notes` are sentences for the user on what could not be had of it.
    """

    stops: tuple[Told, ...]
    traveller: str | None = None
    whole: bool = True
    notes: tuple[str, ...] = ()


def read_answer(written: str) -> Answer:
    """The answer in what a model wrote. Raises NoAccount when there is no JSON with stops in it."""
    written = written.lstrip("\ufeff")[:LONGEST_ANSWER]
    found = list(_values(written))
    lists = [value for value in found if _stops_in(value) is not None]
    if lists:
        last = next((value for value in reversed(lists) if _stops_in(value)), lists[-1])
        return _answer(last, _stops_in(last) or [], whole=True)
    loose = [value for value in found if _is_stop(value)]
    if loose:
        return _answer({}, loose, whole=False)
    raise NoAccount("The answer holds no list of stops in JSON; the built-in reader's journey is shown instead.")


def _stops_in(value: Any) -> list[Any] | None:
    """The list of stops in an answer, None for what is no answer."""
    if isinstance(value, dict):
        value = value.get("stops")
        return value if isinstance(value, list) else None
    return value if isinstance(value, list) and all(map(_is_stop, value)) else None


def _is_stop(value: Any) -> bool:
    return isinstance(value, dict) and isinstance(value.get("name"), str) and isinstance(value.get("quote"), str)


def _answer(whole_value: Any, stops: list[Any], *, whole: bool) -> Answer:
    told = tuple(_told(stop) for stop in stops[:MOST_STOPS] if _is_stop(stop))
    traveller = _text(whole_value.get("traveller")) if isinstance(whole_value, dict) else None
    return Answer(told, traveller, whole)


def _told(stop: dict[str, Any]) -> Told:
    fields = {name: _text(stop.get(name)) for name in ("traveller", "arrive", "depart", "country", "region")}
    status = _STATUS.get((_text(stop.get("status")) or "").lower(), Status.VISITED)
    return Told(_text(stop["name"]) or "", _text(stop["quote"]) or "", status, **fields)


def _text(value: Any) -> str | None:
    """A text of some length, None for everything else."""
    if not isinstance(value, str) or not value.strip() or len(value) > _LONGEST_FIELD:
        return None
    return value.strip()


# --- JSON, wherever it stands -----------------------------------------------------------------------------------------


def _values(written: str) -> Iterator[Any]:
    """Every readable object and list of objects in order of appearance; inside of what is cut off, the whole ones."""
    decoder, at, misses = json.JSONDecoder(strict=False), 0, 0
    while misses < _PATIENCE and (at := _next(written, at)) >= 0:
        try:
            value, at = decoder.raw_decode(written, at)
            yield value
        except (ValueError, RecursionError):
            at, misses = at + 1, misses + 1


def _next(written: str, at: int) -> int:
    """Where the next object or list begins, -1 when none does."""
    starts = [found for found in (written.find("{", at), written.find("[", at)) if found >= 0]
    return min(starts, default=-1)
