"""A place for each name that the answer tells of: our gazetteer decides, its hints only between namesakes."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace

from itinerary.account import Case
from itinerary.model import Form, Resolution, Span, Toponym
from itinerary.names import fold
from itinerary.second_reader.hints import Hints
from itinerary.second_reader.proving import Proven

# How surely a name that a careful reader calls a place is one; not calibrated.
_NAMED = 0.95
_SMALL_WORDS = frozenset({"the", "of", "de", "la", "le", "el", "and", "at", "in", "on", "near"})


@dataclass(frozen=True, slots=True)
class Placed:
    """A stop that is proved, with the resolution of its name; its place is None where no gazetteer has it.

    `disputed`: the answer puts it where no place of its name is known.
    """

    proven: Proven
    resolution: Resolution
    disputed: bool = False


def placed(case: Case, stops: Sequence[Proven]) -> tuple[tuple[Placed, ...], tuple[Resolution, ...]]:
    """The stops with their places, and all resolutions of the text, in text order, those of the stops among them."""
    toponyms = _toponyms(case, {stop.name for stop in stops})
    before = {r.toponym.span: r for r in case.resolutions}
    found = {r.toponym.span: _kept(r, before.get(r.toponym.span)) for r in case.locate(toponyms)}
    hints = Hints.of(case.candidates, [stop.told for stop in stops], [found[stop.name].toponym for stop in stops])
    chosen = []
    for stop in stops:
        found[stop.name], disputed = hints.settle(found[stop.name], stop.told)
        chosen.append(Placed(stop, found[stop.name], disputed))
    return tuple(chosen), tuple(found[span] for span in sorted(found))


def _kept(fresh: Resolution, before: Resolution | None) -> Resolution:
    """The new resolution, but never none where there was one before: the net may have been asked for it."""
    return before if before is not None and before.place is not None and fresh.place is None else fresh


# --- names ------------------------------------------------------------------------------------------------------------


def _toponyms(case: Case, names: Iterable[Span]) -> list[Toponym]:
    """The toponyms of the text, those that the answer names cut as it names them; none overlaps another."""
    text, own = case.document.text, [r.toponym for r in case.resolutions]
    fresh: list[Toponym] = []
    for span in sorted(names, key=lambda s: (s.start, -s.end)):
        fresh.append(_toponym(text, span, [t for t in own if t.span.overlaps(span)]))
    taken = [t.span for t in fresh]
    kept = [t for t in own if not any(t.span.overlaps(span) for span in taken)]
    return sorted([*kept, *fresh], key=lambda t: t.span)


def _toponym(text: str, span: Span, own: Sequence[Toponym]) -> Toponym:
    """A name as a toponym; what was found in its place says what else to look up."""
    same = next((t for t in own if t.span == span and t.form is not Form.DEMONYM), None)
    if same:
        return replace(same, score=max(same.score, _NAMED))
    surface = span.of(text)
    inner = [name for t in own if span.covers(t.span) and t.form is Form.NAME for name in t.lookups]
    return Toponym(span, surface, tuple(dict.fromkeys([*_lookups(surface), *inner])), Form.NAME, "GPE", _NAMED)


def _lookups(surface: str) -> list[str]:
    """The name on one line, and without the small words at its beginning."""
    words = surface.split()
    names = [" ".join(words)]
    while len(words) > 1 and words[0].lower() in _SMALL_WORDS:
        words = words[1:]
        names.append(" ".join(words))
    return [name for name in names if fold(name)] or [surface]
