"""From proved stops to an account: visits in the order of the answer, with what the built-in reader makes of the same text."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import replace
from itertools import pairwise

from itinerary.account import Account, Case, NoAccount
from itinerary.model import Mention, Resolution, Span, Visit, Why
from itinerary.second_reader.agreement import scored
from itinerary.second_reader.answer import Answer
from itinerary.second_reader.dating import Calendar
from itinerary.second_reader.placing import Placed, placed
from itinerary.second_reader.proving import Dropped, proved
from itinerary.second_reader.searching import Searchable
from itinerary.second_reader.travellers import Company, company

_MOST_NOTES = 12  # sentences of one kind


def account(case: Case, answer: Answer, *, text: Searchable | None = None) -> Account:
    """What the text proves of an answer. Raises NoAccount when the answer tells stops and none of them has a proof."""
    text = text or Searchable.of(case.document.text)
    who = company(case, answer, text)
    told = [stop for stop in answer.stops if not who.is_another(stop.traveller)]
    proven, dropped = proved(text, told)
    if answer.stops and not proven:
        raise NoAccount("Not one stop of the answer stands in the text; the built-in reader's journey is shown instead.")
    stops, resolutions = placed(case, proven)
    maker = _Maker(case, who, Calendar(case.document.text, text, case.dates), resolutions)
    visits = tuple(_ranked(_together(maker.visit(stop) for stop in stops if stop.resolution.place is not None)))
    visits = tuple(_with_all_mentions(visits, resolutions))
    others = [Dropped(stop, f"it is {stop.traveller}’s") for stop in answer.stops if who.is_another(stop.traveller)]
    lost = [Dropped(s.proven.told, "no place of that name is known") for s in stops if s.resolution.place is None]
    notes = [
        *_cut_off(answer),
        *_left_out([*dropped, *others, *lost]),
        *_disputed(stops),
        *maker.unproved,
        *_against_dates(visits),
        *answer.notes,
    ]
    return Account(visits, tuple(_mentions(who.own, visits, resolutions)), who.main, who.own.travellers, tuple(notes))


# --- visits -----------------------------------------------------------------------------------------------------------


class _Maker:
    """Makes visits of proved stops; `unproved` gathers sentences on words of time that the text does not have."""

    def __init__(self, case: Case, who: Company, calendar: Calendar, resolutions: Sequence[Resolution]) -> None:
        self.case, self.who, self.calendar, self.resolutions = case, who, calendar, resolutions
        self.modes = {r.toponym.span: v.mode for v in who.own.visits for r in v.mentions[:1]}
        self.unproved: list[str] = []

    def visit(self, stop: Placed) -> Visit:
        """The visit that a stop amounts to, not yet ranked."""
        told, times, place = stop.proven.told, self.calendar.times(stop.proven), stop.resolution.place
        assert place is not None  # the caller leaves out those without
        if times.unproved and len(self.unproved) < _MOST_NOTES:
            words = "” and “".join(times.unproved)
            self.unproved.append(f"The times “{_short(words)}” of {_short(told.name)} are not in the text and were left out.")
        return Visit(
            place=place,
            name=" ".join(stop.resolution.name.split()),
            traveller=self.who.main or "",
            status=told.status,
            mentions=(stop.resolution,),
            evidence=self._evidence(stop.proven.quote, stop.proven.name),
            arrive=times.arrive,
            depart=times.depart,
            when_told=times.told,
            score=scored(self.who.own, place, disputed=stop.disputed),
            reason=f"“{_short(told.quote)}”",
            mode=self.modes.get(stop.resolution.toponym.span),
        )

    def _evidence(self, quote: Span, name: Span) -> tuple[Span, ...]:
        """The sentences that the quote stands in; the name's own behind them where it is another."""
        first, last = self.case.document.sentence_at(quote.start), self.case.document.sentence_at(quote.end - 1)
        whole, own = Span(first.start, last.end), self.case.document.sentence_at(name.start)
        return (whole,) if whole.covers(own) else (whole, own)


def _together(visits: Iterable[Visit]) -> Iterator[Visit]:
    """Neighbouring visits to one place are one."""
    last: Visit | None = None
    for visit in visits:
        if last is None or visit.place.id != last.place.id:
            if last is not None:
                yield last
            last = visit
            continue
        last = replace(
            last,
            mentions=tuple({r.toponym.span: r for r in (*last.mentions, *visit.mentions)}.values()),
            evidence=tuple(dict.fromkeys((*last.evidence, *visit.evidence))),
            arrive=last.arrive or visit.arrive,
            depart=visit.depart or (visit.arrive if last.arrive else None) or last.depart,
            when_told=last.when_told or visit.when_told,
        )
    if last is not None:
        yield last


def _ranked(visits: Iterable[Visit]) -> Iterator[Visit]:
    """The visits with their ranks; where dates run backwards the order is open at both ends."""
    found = list(visits)
    doubtful = {i + step for i, (a, b) in enumerate(pairwise(found)) if _backwards(a, b) for step in (0, 1)}
    for i, visit in enumerate(found):
        yield replace(visit, rank=i + 1, order_told=i not in doubtful)


def _backwards(a: Visit, b: Visit) -> bool:
    left, reached = a.arrive or a.depart, b.arrive or b.depart
    return left is not None and reached is not None and reached.latest < left.earliest


def _with_all_mentions(visits: Sequence[Visit], resolutions: Sequence[Resolution]) -> Iterator[Visit]:
    """Every other mention of a visited place goes with the nearest visit to it."""
    taken = {r.toponym.span for visit in visits for r in visit.mentions}
    more: dict[int, list[Resolution]] = {}
    for r in resolutions:
        own = [i for i, visit in enumerate(visits) if r.place is not None and visit.place.id == r.place.id]
        if own and r.toponym.span not in taken:
            more.setdefault(min(own, key=lambda i: abs(visits[i].mentions[0].start - r.start)), []).append(r)
    for i, visit in enumerate(visits):
        yield replace(visit, mentions=(*visit.mentions, *more[i])) if i in more else visit


# --- what is no stop --------------------------------------------------------------------------------------------------


def _mentions(own: Account, visits: Sequence[Visit], resolutions: Sequence[Resolution]) -> Iterator[Mention]:
    """What the text names besides: for the reason that the built-in reader has, else because the answer tells no stop."""
    used = {r.toponym.span for visit in visits for r in visit.mentions}
    reasons = {m.resolution.toponym.span: m for m in own.mentions}
    stays = {r.toponym.span: visit for visit in own.visits for r in visit.mentions}
    for r in resolutions:
        span = r.toponym.span
        if span in used:
            continue
        if r.place is None:
            yield Mention(r, Why.UNRESOLVED, r.reason)
        elif span in reasons and reasons[span].why is not Why.UNRESOLVED:
            yield replace(reasons[span], resolution=r)
        else:
            score = stays[span].score if span in stays else 0.0
            yield Mention(r, Why.MENTIONED, "the answer tells of no stop here", score)


# --- notes ------------------------------------------------------------------------------------------------------------


def _cut_off(answer: Answer) -> Iterator[str]:
    if not answer.whole:
        yield "The answer was cut off or could not all be read; stops may be missing."


def _left_out(dropped: Sequence[Dropped]) -> Iterator[str]:
    for one in dropped[:_MOST_NOTES]:
        yield f"A stop of the answer was left out, {_short(one.told.name)}: {one.why}."
    if len(dropped) > _MOST_NOTES:
        yield f"{len(dropped) - _MOST_NOTES} more stops of the answer were left out for want of a proof or a place."


def _disputed(stops: Sequence[Placed]) -> Iterator[str]:
    for stop in [stop for stop in stops if stop.disputed][:_MOST_NOTES]:
        place, told = stop.resolution.place, stop.proven.told
        where = ", ".join(filter(None, (told.region, told.country)))
        if place is not None:
            yield f"The answer puts {_short(told.name)} in {_short(where)}, where no place of that name is known; see its place."


def _against_dates(visits: Sequence[Visit]) -> Iterator[str]:
    for a, b in [pair for pair in pairwise(visits) if _backwards(*pair)][:_MOST_NOTES]:
        yield f"The answer has {a.name} before {b.name}; the dates told have it the other way round."


def _short(words: str) -> str:
    """Words of the answer on one line, not too long, without letters that could command a terminal."""
    line = " ".join("".join(c if c.isprintable() else " " for c in words).split())
    return line if len(line) <= 80 else f"{line[:79]}…"
