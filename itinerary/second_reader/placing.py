"""A place for each name that the answer tells of: our gazetteer decides, its hints only between namesakes."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace

from itinerary.account import Case
from itinerary.model import Candidate, Form, Resolution, Span, Toponym
from itinerary.names import fold
from itinerary.second_reader.hints import Hints, Option
from itinerary.second_reader.proving import Proven
from itinerary.second_reader.routing import route

# How surely a name that a careful reader calls a place is one; not calibrated.
_NAMED = 0.95
# Scores of places that the geocoder and the answer's hint agree on (the legs look no further), that hint or route chose among
# namesakes, and whose name is not quite the one told; not calibrated.
_AGREED, _CHOSEN, _UNLIKE = 0.9, 0.9, 0.5
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
    hints = Hints(case.candidates, [(stop.told, found[stop.name]) for stop in stops])
    options = [hints.options(found[stop.name], stop.told) for stop in stops]
    chosen = []
    for stop, known, option in zip(stops, options, route([o.places for o in options]), strict=True):
        at = _at(found[stop.name], option, hinted=known.hinted)
        chosen.append(Placed(stop, at, known.disputed))
    found |= {stop.proven.name: stop.resolution for stop in chosen}
    return tuple(chosen), tuple(found[span] for span in sorted(found))


def _at(resolution: Resolution, option: Option | None, *, hinted: bool) -> Resolution:
    """The resolution at the place taken; the former place becomes the first runner-up."""
    if option is None:
        return resolution
    if option.place == resolution.place:
        return replace(resolution, score=max(resolution.score, _AGREED)) if hinted else resolution
    former = (Candidate(resolution.place, min(resolution.score, 1 - _CHOSEN)),) if resolution.place else ()
    others = tuple(c for c in resolution.runners_up if c.place.id != option.place.id)
    return replace(
        resolution,
        place=option.place,
        score=_UNLIKE if option.how else _CHOSEN,
        reason=_reason(resolution, option, hinted=hinted),
        runners_up=(*former, *others),
        matched=option.matched or resolution.matched,
    )


def _reason(resolution: Resolution, option: Option, *, hinted: bool) -> str:
    if option.how:
        return (
            f"{resolution.name} is not in the gazetteer; {option.place.name} {option.how}, in the country that the answer names"
        )
    where = "in the country or region that the answer names, " if hinted else ""
    return f"of the places of that name the one {where}by the route"


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
