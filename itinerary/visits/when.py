"""Date the visits: which expression of time belongs to which stay, and to its beginning or its end."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace

from itinerary.model import DateMention, Resolution, Span, TimeSpan, Visit
from itinerary.visits.scene import Mentioned, Scene

_LEAVING = frozenset({"leave", "depart", "quit", "exit", "start", "embark", "set", "launch", "sail"})
_DEPARTURES = frozenset({"departure", "start", "embarkation"})


def dated(scene: Scene, visits: Sequence[Visit]) -> tuple[Visit, ...]:
    """The visits with arrival and departure as far as the text tells them; the others stay open."""
    by_span = {m.span: m for m in scene.mentioned}
    return tuple(_dated(scene, visit, [by_span[r.toponym.span] for r in visit.mentions]) for visit in visits)


def _dated(scene: Scene, visit: Visit, mentions: Sequence[Mentioned]) -> Visit:
    arrive: TimeSpan | None = None
    depart: TimeSpan | None = None
    told: str | None = None
    for mention in mentions:
        date = _date_of(scene, mention)
        if date is None:
            continue
        if date.when is None:
            told = told or date.surface
        elif leaving(mention):
            depart = depart or date.when
        else:
            arrive = arrive or date.when
    return replace(visit, arrive=arrive, depart=depart, when_told=None if arrive or depart else told)


def leaving(mention: Mentioned) -> bool:
    """Whether the clause tells the end of the stay."""
    clause = mention.clause
    if clause.verb is not None and clause.verb.lemma_.lower() in _LEAVING:
        return (clause.preposition in ("from", None, "at", "out") and clause.role != "pobj") or clause.preposition == "from"
    return clause.noun is not None and clause.noun.lemma_.lower() in _DEPARTURES


def _date_of(scene: Scene, mention: Mentioned) -> DateMention | None:
    """The date in the mention's clause, else in its sentence, else at the head of its block."""
    for candidates in (_in_clause(scene, mention), _in_sentence(scene, mention), _at_block_head(scene, mention)):
        found = [d for d in candidates if d.type in ("DATE", "TIME") and "REF" not in d.value]
        if found:
            return min(found, key=lambda d: _gap(d, mention.resolution))
    return None


def _gap(date: DateMention, resolution: Resolution) -> int:
    return max(date.start - resolution.end, resolution.start - date.end, 0)


def _in_clause(scene: Scene, mention: Mentioned) -> Iterator[DateMention]:
    """Dates under the same verb, with no other place nearer to them."""
    verb = mention.clause.verb
    if verb is None:
        return
    for date in scene.dates_in(mention.sentence):
        piece = scene.document.parse.char_span(date.start, date.end, alignment_mode="expand")
        token = piece.root
        while token.pos_ not in ("VERB", "AUX") and token.head != token:
            token = token.head
        if token == verb:
            yield date


def _in_sentence(scene: Scene, mention: Mentioned) -> Iterator[DateMention]:
    """Dates of the sentence that no other place of it stands nearer to."""
    peers = scene.in_sentence(mention)
    for date in scene.dates_in(mention.sentence):
        nearest = min(_gap(date, m.resolution) for m in peers)
        if _gap(date, mention.resolution) == nearest:
            yield date


def _at_block_head(scene: Scene, mention: Mentioned) -> Iterator[DateMention]:
    """The date that opens the block, or the heading above it."""
    for block in (mention.block, mention.block - 1):
        if block in scene.day_blocks and (block == mention.block or scene.block_types[block] == "heading"):
            where = scene.document.blocks[block]
            yield from scene.dates_in(Span(where.start, min(where.end, where.start + 30)))
            return
