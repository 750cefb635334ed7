"""Put visits in time order: what the words say of the way, then dates, then the telling; what stays open is marked as open.

The telling is the default. Within a sentence, origins come before the places on the way and those before the destination,
and "before" and "after" count. Between sentences, visits that are dated move to where their dates put them, together with
the undated ones told after them; a letter's own place follows the road told in it; a report that opens with the end of a
journey has its departure last.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace
from itertools import pairwise
from typing import TYPE_CHECKING

from itinerary.clauses import Clause, clause_of, word_class
from itinerary.model import DateMention, Document, Span, Status, TimeSpan, Visit

if TYPE_CHECKING:
    from spacy.tokens import Token

_NUMBERED = re.compile(r"Day (\d+)")
_FEWEST_NUMBERED = 3
_ORIGIN, _ON_THE_WAY, _DESTINATION = range(3)
_STAGES = {"from": _ORIGIN, "via": _ON_THE_WAY, "through": _ON_THE_WAY, "past": _ON_THE_WAY}
_OPENING = 3  # blocks: the headline and two paragraphs
_ENDING = frozenset({"conclude", "end", "finish", "complete", "wrap", "close", "conclusion"})
_DEPARTING = frozenset({"departure", "depart", "leave", "farewell", "send-off", "goodbye"})
_GOING = frozenset({"motion", "arrive", "leave", "carry"})
# Verbs that list where somebody was without saying in which order, and words that tell the order all the same.
_LISTING = frozenset({"visit", "include", "see", "tour", "play", "perform", "work", "teach", "live", "serve", "lecture"})
_THEN = frozenset({"then", "finally", "before", "after", "later", "next", "first", "successively", "subsequently", "lastly"})


@dataclass(frozen=True, slots=True)
class _Told:
    """A visit with the clause that opens it and its place in the telling."""

    visit: Visit
    clause: Clause
    sentence: int  # index of the sentence's first token

    @property
    def time(self) -> TimeSpan | None:
        """When it began, or else when it ended."""
        return self.visit.arrive or self.visit.depart


def order(document: Document, visits: Sequence[Visit], dates: Sequence[DateMention]) -> tuple[Visit, ...]:
    """The visits in the order travelled, each with its rank; visits of one rank are in no told order."""
    told = [_told(document, visit) for visit in visits]
    told = _by_words(told)
    told = _origin_first(told)
    told = _ending_first(document, told, dates)
    told = _letter_home(document, told)
    told = [t for group in _by_dates(_groups(told)) for t in group]
    return _ranked(_by_numbers(told))


def _ranked(told: Sequence[_Told]) -> tuple[Visit, ...]:
    """The visits with their ranks; those of a bare list share one, as the text does not tell which came first."""
    found: list[Visit] = []
    for i, t in enumerate(told):
        listed = i > 0 and _listed(told[i - 1], t)
        rank = found[-1].rank if listed else len(found) + 1
        found.append(replace(t.visit, rank=rank, order_told=not listed and not (i + 1 < len(told) and _listed(t, told[i + 1]))))
    return tuple(found)


def _listed(a: _Told, b: _Told) -> bool:
    """Whether two are members of one list without order: "he visited Chicago, Cleveland and Boston"."""
    same = a.sentence == b.sentence and a.clause.verb is not None and a.clause.verb == b.clause.verb
    if not same or not b.clause.coordinated or b.time not in (None, a.time):
        return False
    verb, then = a.clause.verb, {token.lower_ for token in a.clause.head.sent}
    return verb is not None and verb.lemma_.lower() in _LISTING and not then & _THEN


def _told(document: Document, visit: Visit) -> _Told:
    tokens = document.tokens(visit.mentions[0].toponym.span)
    return _Told(visit, clause_of(tokens), tokens.sent.start)


# --- within a sentence ------------------------------------------------------------------------------------------------


def _by_words(told: Sequence[_Told]) -> list[_Told]:
    """Neighbours of one sentence in the order that its words give them."""
    runs: list[list[_Told]] = []
    for t in told:
        if runs and runs[-1][0].sentence == t.sentence and _same_move(runs[-1][0], t):
            runs[-1].append(t)
        else:
            runs.append([t])
    ordered = [t for run in runs for t in sorted(run, key=_stage)]
    for i, (a, b) in enumerate(pairwise(ordered)):
        if a.sentence == b.sentence and _reversed(a.clause, b.clause):
            ordered[i], ordered[i + 1] = b, a
    return ordered


def _same_move(a: _Told, b: _Told) -> bool:
    verb = a.clause.verb
    if verb is None or b.clause.verb != verb:
        return False
    return a.clause.verb_class in _GOING or "trip" in (a.clause.noun_class, b.clause.noun_class)


def _stage(told: _Told) -> int:
    clause = told.clause
    if clause.verb_class == "leave" and clause.preposition is None:
        return _ORIGIN
    return _STAGES.get(clause.preposition or "", _DESTINATION)


def _reversed(a: Clause, b: Clause) -> bool:
    """Whether the words put the one told second first: "before going to A he saw B", "he went to A after leaving B"."""
    return (_marker(a) == "before" and _hangs_on(a, b)) or (_marker(b) == "after" and _hangs_on(b, a))


def _marker(clause: Clause) -> str | None:
    """ "before" or "after" when it opens the clause."""
    verb = clause.verb
    if verb is None:
        return None
    if verb.dep_ == "pcomp":
        return str(verb.head.lower_)
    return next((child.lower_ for child in verb.children if child.dep_ == "mark"), None)


def _hangs_on(a: Clause, b: Clause) -> bool:
    verb: Token | None = a.verb
    while verb is not None and verb.head != verb:
        verb = verb.head
        if verb == b.verb:
            return True
    return False


# --- between sentences ------------------------------------------------------------------------------------------------


def _groups(told: Sequence[_Told]) -> list[list[_Told]]:
    """Each dated visit with the undated ones told after it."""
    groups: list[list[_Told]] = []
    for t in told:
        if t.time is not None or not groups:
            groups.append([t])
        else:
            groups[-1].append(t)
    return groups


def _by_dates(groups: Sequence[list[_Told]]) -> list[list[_Told]]:
    """Insertion by time: a group moves before those it certainly precedes, and never past one that leaves it open."""
    done: list[list[_Told]] = []
    for group in groups:
        at = len(done)
        while at > 0 and _earlier(group[0].time, done[at - 1][0].time):
            at -= 1
        done.insert(at, group)
    return done


def _by_numbers(told: list[_Told]) -> list[_Told]:
    """Visits told of by "Day 1", "Day 2", … in the order of the numbers, each with those told after it."""
    numbers = [int(found[1]) if (found := _NUMBERED.match(t.visit.when_told or "")) else 0 for t in told]
    if sum(number > 0 for number in numbers) < _FEWEST_NUMBERED:
        return told
    keyed, last = [], 0
    for t, number in zip(told, numbers, strict=True):
        last = number or last  # a visit without a number goes with the one told before it
        keyed.append((last, t))
    return [t for _, t in sorted(keyed, key=lambda pair: pair[0])]


def _earlier(a: TimeSpan | None, b: TimeSpan | None) -> bool:
    return a is not None and b is not None and a.latest < b.earliest


def _letter_home(document: Document, told: list[_Told]) -> list[_Told]:
    """A letter or report is dated from where its road has led: the place at its head comes after what it tells."""
    if len(told) < 2 or told[0].visit.status is Status.PLANNED or len(document.blocks) < 2:
        return told
    opening = told[0].visit.mentions[0].toponym.span
    head = document.dateline is not None and document.dateline.overlaps(opening)
    if not head or any(_earlier(told[0].time, t.time) for t in told[1:]):
        return told
    return [*told[1:], told[0]]


def _origin_first(told: list[_Told]) -> list[_Told]:
    """A text that opens with where the way has led and then says whence: "We are in Belém. On 1 May we left Manaus"."""
    if len(told) < 2 or told[0].sentence == told[1].sentence or _earlier(told[0].time, told[1].time):
        return told
    clause, visit = told[1].clause, told[1].visit
    leaves = clause.preposition == "from" or (clause.verb_class == "leave" and clause.preposition in (None, "at"))
    first_named = visit.mentions[0].start == min(mention.start for mention in visit.mentions)
    return [told[1], told[0], *told[2:]] if leaves and first_named and not _departs(told[0]) else told


# --- news, which tell the end first -----------------------------------------------------------------------------------


def _ending_first(document: Document, told: list[_Told], dates: Sequence[DateMention]) -> list[_Told]:
    """Where a report opens with the end of a journey, the departure told first comes last, after what fell on the same day."""
    end = _end_of_journey(document)
    if len(told) < 2 or end is None or not _departs(told[0]):
        return told
    last_day = [date for date in dates if end.covers(date.span) and date.type in ("DATE", "TIME")]
    same_day = [t for t in told[1:] if any(_at(t, date) for date in last_day)]
    return [*(t for t in told[1:] if t not in same_day), *same_day, _left_on(told[0], last_day)]


def _end_of_journey(document: Document) -> Span | None:
    """The sentence, in the headline or the first two paragraphs, that says a journey is over."""
    for token in document.parse:
        if token.idx >= document.blocks[min(_OPENING, len(document.blocks)) - 1].end:
            return None
        if token.lemma_.lower() in _ENDING and any(word_class(t.lemma_.lower(), "noun") == "trip" for t in token.subtree):
            return document.sentence_at(token.idx)
    return None


def _left_on(told: _Told, last_day: Sequence[DateMention]) -> _Told:
    """The departure with the day that ended the journey, if its own sentence tells none."""
    if told.time is not None or told.visit.when_told is not None or not last_day:
        return told
    day = last_day[0]
    left = replace(told.visit, depart=day.when) if day.when else replace(told.visit, when_told=day.told)
    return replace(told, visit=left)


def _departs(told: _Told) -> bool:
    """Whether the clause, or the sentence around a station or a port, tells of leaving."""
    clause = told.clause
    if clause.preposition in ("from", "of") and (clause.verb is None or clause.verb_class in _GOING):
        return True
    nouns = {t.lemma_.lower() for t in clause.head.sent}
    return clause.verb_class == "leave" or bool(nouns & _DEPARTING)


def _at(told: _Told, date: DateMention) -> bool:
    """Whether a visit is told of at that time, on the calendar or in words."""
    if told.time is not None:
        return told.time == date.when
    return told.visit.when_told is not None and told.visit.when_told.startswith(date.surface)
