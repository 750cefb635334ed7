"""Date the visits: which expression of time tells when a stay began, and which when it ended.

Times near the mention that opens a stay are proposed, each alone or as the two ends of a range; a learned judge decides for
each whether it tells the arrival, another whether it tells the departure. What neither is sure of stays open.
"""

from __future__ import annotations

import math
import re
from bisect import bisect_left
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from itinerary import judging
from itinerary.clauses import word_class
from itinerary.model import DateMention, Day, Precision, Span, TimeSpan, Visit
from itinerary.visits.scene import Mentioned, Scene
from itinerary.visits.schedule import Schedule, schedule_of

if TYPE_CHECKING:
    from spacy.tokens import Token

SURE = 0.55  # probability from which a time is taken for the arrival or the departure
_RANGE = re.compile(r"\s*(?:to|and|&|until|till|through|thru|-|–|—)\s*", re.IGNORECASE)
_DEICTIC = re.compile(r"(?:today|tonight|tomorrow|yesterday|this (?:morning|afternoon|evening))(?: \w+)?", re.IGNORECASE)
_LOOK_BACK = 4  # times told before the sentence that may still hold for it
_THEN = frozenset({"then", "later", "next", "afterwards", "after", "before", "finally", "thence", "subsequently"})
_STARTING = frozenset({"start", "begin", "commence", "depart", "kick", "set"})
_DAY_ONE = re.compile(r"\bday (?:1|one)\b", re.IGNORECASE)
_NUMBER = re.compile(r"Day (\d{1,3})")
_LEAVING = frozenset({"leave", "depart", "quit", "exit", "embark"})

Named = Iterator[tuple[str, float]]
Times = tuple[TimeSpan | None, TimeSpan | None, str | None]  # arrival, departure, the words of a time that has no calendar day


@dataclass(frozen=True, slots=True)
class Spell:
    """A time told: one expression, or two that are the ends of a range."""

    first: DateMention
    last: DateMention | None = None

    @property
    def span(self) -> Span:
        """From the first character to the last."""
        return Span(self.first.start, (self.last or self.first).end)

    @property
    def begins(self) -> TimeSpan | None:
        """When it begins."""
        return self.first.when

    @property
    def ends(self) -> TimeSpan | None:
        """When it ends, None for a single time."""
        return self.last.when if self.last else None


def dated(scene: Scene, visits: Sequence[Visit]) -> tuple[Visit, ...]:
    """The visits with arrival and departure as far as the text tells them; the others stay open."""
    by_span = {m.span: m for m in scene.mentioned}
    spells, schedule = spells_of(scene), schedule_of(scene)
    start = _first_day(scene, spells) if scene.days_numbered else None
    found = []
    for visit in visits:
        mentions = [by_span[r.toponym.span] for r in visit.mentions]
        told = _of_entry(scene, schedule, mentions[0], spells) or _of_mentions(scene, mentions, spells)
        found.append(_counted(_dated(scene, visit, mentions[0], told), start))
    return tuple(found)


def _counted(visit: Visit, start: Day | None) -> Visit:
    """A visit told of by "Day 3" only, with the day that the start of the journey makes of it."""
    number = _NUMBER.fullmatch(visit.when_told or "")
    if start is None or number is None or visit.arrive or visit.depart:
        return visit
    return replace(visit, arrive=TimeSpan.of_day(start.plus(int(number[1]) - 1)))


def _first_day(scene: Scene, spells: Sequence[Spell]) -> Day | None:
    """The one day on which the text says that the journey starts: "the tour starts on 3 May"; None where it names several."""
    days = {
        spell.begins.earliest
        for spell in spells
        if spell.begins is not None and spell.begins.precision is Precision.DAY and _is_date(spell) and _starts(scene, spell)
    }
    return days.pop() if len(days) == 1 else None


def _is_date(spell: Spell) -> bool:
    """Whether a time is told by itself: "today" in a plan or a diary is the day of the entry, not that of publication."""
    return spell.first.type == "DATE" and "publication" not in (spell.first.anchor or "")


def _starts(scene: Scene, spell: Spell) -> bool:
    if _DAY_ONE.search(scene.document.sentence_at(spell.span.start).of(scene.document.text)):
        return True
    verb, above = _governors(scene, spell.span)
    lemmas = {token.lemma_.lower() for token in (verb, above) if token is not None}
    return bool(lemmas & _STARTING) and not any(t.dep_ == "neg" for t in verb.children) if verb is not None else False


def spells_of(scene: Scene) -> tuple[Spell, ...]:
    """The times of the text, ranges joined, in text order."""
    found: list[Spell] = []
    for date in (d for d in scene.dates if d.type in ("DATE", "TIME") and not d.value.endswith("_REF")):
        before = found[-1] if found else None
        if before and before.last is None and _RANGE.fullmatch(scene.document.text, before.first.end, date.start):
            found[-1] = Spell(before.first, date)
        else:
            found.append(Spell(date))
    return tuple(found)


def _dated(scene: Scene, visit: Visit, opening: Mentioned, times: Times) -> Visit:
    came, left, told = times
    if came and left and left.latest < came.earliest:
        left = None
    if (came, left, told) == (None, None, None):
        told = scene.day_labels.get(opening.block)
    return replace(visit, arrive=came, depart=left, when_told=told)


def _of_mentions(scene: Scene, mentions: Sequence[Mentioned], spells: Sequence[Spell]) -> Times:
    """Arrival and departure by the mention that opens the stay; another one of it can only tell how long it lasted."""
    came, left, told = _times(scene, mentions[0], spells)
    for mention in mentions[1:] if (came, left, told) == (None, None, None) else ():
        begins, ends, told = _times(scene, mention, spells)
        left = ends or begins
        if left or told:
            break
    return came, left, told


def _of_entry(scene: Scene, schedule: Schedule, mention: Mentioned, spells: Sequence[Spell]) -> Times | None:
    """The time told in the mention's own line of a schedule; None where there is none."""
    if mention.index not in schedule.stops:
        return None
    line = scene.document.blocks[mention.block]
    at = bisect_left(spells, line.start, key=lambda s: s.first.start)
    if at == len(spells) or spells[at].span.start >= line.end:
        return None
    spell = spells[at]
    return spell.begins, spell.ends, None if spell.begins else spell.first.told


def _times(scene: Scene, mention: Mentioned, spells: Sequence[Spell]) -> Times:
    """What the times near one mention tell of its stay."""
    candidates = [(spell, dict(features(scene, mention, spell))) for spell in proposed(scene, mention, spells)]
    arrive, depart = _best(candidates, "arrive"), _best(candidates, "depart") or _left_then(scene, mention, candidates)
    came = arrive.begins if arrive and arrive is not depart else None
    left = (depart.ends or depart.begins) if depart else (arrive.ends if arrive else None)
    return came, left, None if came or left else _open_words(scene, mention, spells)


def _left_then(scene: Scene, mention: Mentioned, candidates: Sequence[tuple[Spell, dict[str, float]]]) -> Spell | None:
    """The time under the very verb that tells of leaving: "they left Rome on 3 May"."""
    if not leaving(mention):
        return None
    return next((spell for spell, found in candidates if spell.begins is not None and "same verb" in found), None)


def _open_words(scene: Scene, mention: Mentioned, spells: Sequence[Spell]) -> str | None:
    """The words of an open time that its verb ties to the mention: "Sunday" without a calendar."""
    above = {mention.clause.head, *mention.clause.head.ancestors}
    low = bisect_left(spells, mention.sentence.start, key=lambda s: s.first.start)
    high = bisect_left(spells, mention.sentence.end, key=lambda s: s.first.start)
    open_ones = [s for s in spells[low:high] if s.begins is None and _governors(scene, s.span)[0] in above]
    nearest = min(open_ones, key=lambda s: max(s.span.start - mention.span.end, mention.span.start - s.span.end), default=None)
    return nearest.first.told if nearest else None


def _best(candidates: Sequence[tuple[Spell, dict[str, float]]], question: str) -> Spell | None:
    judge = judging.load(question)
    ranked = [(judge.probability(f), -i, s) for i, (s, f) in enumerate(candidates)]
    probability, _, spell = max(ranked, default=(0.0, 0, None))
    return spell if probability >= SURE else None


# --- proposing --------------------------------------------------------------------------------------------------------


def proposed(scene: Scene, mention: Mentioned, spells: Sequence[Spell]) -> list[Spell]:
    """The times of the mention's sentence, the last few before it, and the one that opens its block."""
    low = bisect_left(spells, mention.sentence.start, key=lambda s: s.first.start)
    high = bisect_left(spells, mention.sentence.end, key=lambda s: s.first.start)
    head = _heading(scene, mention, spells)
    near = [*spells[max(0, low - _LOOK_BACK) : low], *spells[low:high]]
    everything = near if head is None or head in near else [head, *near]
    return [spell for spell in everything if _may_cover(scene, mention, spell)]


def _may_cover(scene: Scene, mention: Mentioned, spell: Spell) -> bool:
    """Whether a time can hold for a mention at all.

    A day, a month or a range told of a list of places ("in May to Pisa, Lucca and Siena") is told of its first only; where
    days are numbered, "today" and "the afternoon" are those of the heading's day and not of the last date told.
    """
    when = spell.begins
    fine = spell.last is not None or (when is not None and when.precision in (Precision.DAY, Precision.MONTH))
    if fine and mention.clause.coordinated and mention.sentence.covers(spell.span):
        return not any(_inside(m.span, spell.span, mention.span) for m in scene.in_sentence(mention))
    if scene.days_numbered and (spell.first.type == "TIME" or _DEICTIC.fullmatch(spell.first.surface.strip())):
        return False
    return not (mention.sentence.covers(spell.span) and _is_aside(scene, mention, spell))


def _is_aside(scene: Scene, mention: Mentioned, spell: Spell) -> bool:
    """Whether the time stands in a relative clause about something else, or about what befell the place itself.

    "The tour, which began on Tuesday, led to Omsk"; "Rouen, which was bombed in 1944".
    """
    own, _ = _governors(scene, spell.span)
    if own is None or own.dep_ != "relcl":
        return False
    head = mention.clause.head
    if own.head == head:
        return any(c.dep_ in ("nsubj", "nsubjpass") and c.lower_ in ("which", "that") for c in own.children)
    return own not in list(head.ancestors)


def _heading(scene: Scene, mention: Mentioned, spells: Sequence[Spell]) -> Spell | None:
    for block in (mention.block, mention.block - 1):
        if block in scene.day_blocks:
            where = scene.document.blocks[block]
            at = bisect_left(spells, where.start, key=lambda s: s.first.start)
            if at < len(spells) and spells[at].span.start < where.end:
                return spells[at]
    return None


# --- judging ----------------------------------------------------------------------------------------------------------


def features(scene: Scene, mention: Mentioned, spell: Spell) -> Named:
    """What ties a time to a mention, or parts them."""
    span, when = spell.span, spell.begins
    yield f"precision={when.precision.value if when else 'open'}", 1
    yield f"type={spell.first.type}", 1
    yield "range", float(spell.last is not None)
    yield "vague", float(when is None)
    verb = mention.clause.verb
    yield f"verb={mention.clause.verb_class}", 1
    yield f"noun={mention.clause.noun_class}", 1
    if verb is not None:
        yield f"verb:{verb.lemma_.lower()}", 1
        yield f"verb:{verb.lemma_.lower()} & {mention.clause.preposition}", 1
    if mention.clause.noun is not None:
        yield f"noun:{mention.clause.noun.lemma_.lower()}", 1
    yield f"preposition={mention.clause.preposition}", 1
    yield f"preposition={mention.clause.preposition} & verb={mention.clause.verb_class}", 1
    if leaving(mention):
        yield "leaving", 1
    fine = when is not None and when.precision.value in ("day", "month")
    if mention.clause.coordinated:
        yield f"in a list={min(3, mention.clause.coordinated)} & fine={fine}", 1
    yield f"list of places={min(4, len(scene.in_sentence(mention)))}", 1
    if mention.sentence.covers(span):
        yield from _within(scene, mention, spell, verb)
    else:
        yield from _beyond(scene, mention, spell)


def _within(scene: Scene, mention: Mentioned, spell: Spell, verb: Token | None) -> Named:
    """A time in the same sentence."""
    span = spell.span
    side = "before" if span.start < mention.span.start else "after"
    yield f"same sentence {side}", 1
    own, above = _governors(scene, span)
    if verb is not None and verb in (own, above):
        yield "same verb", 1
        yield f"same verb & {mention.clause.verb_class}", 1
    elif own is not None:
        yield f"other verb={word_class(own.lemma_.lower(), 'verb') or 'other'}", 1
    between = _between(scene, span, mention.span)
    places = [m for m in scene.in_sentence(mention) if _inside(m.span, span, mention.span)]
    yield f"places between={min(3, len(places))}", 1
    fine = spell.begins is not None and spell.begins.precision.value in ("day", "month")
    yield f"places between {side}={min(2, len(places))} & fine={fine}", 1
    peers = len(scene.in_sentence(mention))
    yield f"range over {min(4, peers)}" if spell.last else f"single over {min(4, peers)}", 1
    yield f"times between={min(2, sum(_inside(d, span, mention.span) for d in map(_span, scene.dates_in(mention.sentence))))}", 1
    yield "words between", math.log2(1 + len(between)) / 4
    yield f"verbs between={min(2, sum(t.pos_ == 'VERB' for t in between))}", 1
    if {t.lower_ for t in between} & _THEN:
        yield "then between", 1
    if any(t.text in (";", "(", ")") for t in between):
        yield "break between", 1
    if len(between) <= 2:
        yield f"beside {side}", 1
    yield f"block={scene.block_types[mention.block]} {side}", 1


def _beyond(scene: Scene, mention: Mentioned, spell: Spell) -> Named:
    """A time told earlier, that may still run."""
    yield "earlier", 1
    span = spell.span
    block = _block_of(scene, span)
    apart = mention.block - block
    yield f"blocks apart={min(3, apart)}", 1
    if block in scene.day_blocks and spell.span.start - scene.document.blocks[block].start < 25:
        yield f"heads block {min(2, apart)}", 1
        yield f"heads {scene.block_types[block]}", 1
    low = bisect_left(scene.mentioned, spell.span.end, key=lambda m: m.span.start)
    yield "places since", math.log2(1 + max(0, mention.index - low)) / 3
    since = scene.dates_in(Span(span.end, mention.span.start)) if span.end < mention.span.start else ()
    later = sum(1 for d in since if d.type in ("DATE", "TIME"))
    yield f"times since={min(3, later)}", 1
    yield "characters since", math.log10(1 + max(0, mention.span.start - spell.span.end)) / 4
    if spell.begins:
        yield f"earlier & precision={spell.begins.precision.value}", 1
    inside = [d for d in scene.dates_in(mention.sentence) if d.type in ("DATE", "TIME")]
    yield f"earlier & own times={min(1, len(inside))}", 1


def leaving(mention: Mentioned) -> bool:
    """Whether the clause tells of going away from the place: "left Rome", "sailed from Rome", "departure from Rome"."""
    clause = mention.clause
    if clause.preposition == "from" or (clause.noun is not None and clause.noun.lemma_.lower() in ("departure", "embarkation")):
        return True
    return clause.verb is not None and clause.verb.lemma_.lower() in _LEAVING and clause.preposition in (None, "at")


def _governors(scene: Scene, span: Span) -> tuple[Token | None, Token | None]:
    """The verb a time hangs on, and the one above that."""
    token = scene.document.tokens(span).root
    while token.pos_ not in ("VERB", "AUX") and token.head != token:
        token = token.head
    own = token if token.pos_ in ("VERB", "AUX") else None
    return own, own.head if own is not None and own.dep_ in ("xcomp", "conj", "advcl") else None


def _between(scene: Scene, a: Span, b: Span) -> Sequence[Token]:
    first, second = sorted((a, b))
    if second.start - first.end <= 0:
        return ()
    piece = scene.document.parse.char_span(first.end, second.start, alignment_mode="contract")
    return [t for t in piece if not t.is_space] if piece is not None else ()


def _inside(span: Span, a: Span, b: Span) -> bool:
    first, second = sorted((a, b))
    return first.end <= span.start and span.end <= second.start


def _span(date: DateMention) -> Span:
    return date.span


def _block_of(scene: Scene, span: Span) -> int:
    return max(0, bisect_left(scene.document.blocks, span.start + 1, key=lambda b: b.start) - 1)
