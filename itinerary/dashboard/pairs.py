"""Cards that show a stop as two readers have it, each with its quote; pure HTML, every word of the text escaped."""

from __future__ import annotations

from collections.abc import Iterator
from html import escape

from itinerary.dashboard.formats import Manner
from itinerary.dashboard.words import say
from itinerary.model import Itinerary, Span, Visit
from itinerary.wording import WHY, country_name
from itinerary.workspace import Difference, Pair, SideBySide

_AROUND = 150  # characters of a quote on either side of the name: two or three lines


def card(side: SideBySide, pair: Pair, manner: Manner) -> str:
    """A stop about which the readers differ, the built-in reader's version first."""
    own = side.first.visits[pair.first] if pair.first is not None else None
    model = side.second.visits[pair.second] if pair.second is not None else None
    versions = (_version("own", side.first, own, model, pair, manner), _version("model", side.second, model, own, pair, manner))
    head = f'<h3 dir="auto">{escape(name(side, pair))} <small>{escape(_differ(pair))}</small></h3>'
    return f'<article class="it it-pair">{head}<div class="it-two">{"".join(versions)}</div></article>'


def name(side: SideBySide, pair: Pair) -> str:
    """What the text calls the stop."""
    visit = side.second.visits[pair.second] if pair.second is not None else side.first.visits[pair.first or 0]
    return " ".join(visit.name.split())


def agreed(side: SideBySide, manner: Manner) -> Iterator[str]:
    """A line for each stop that both have, in all the same way."""
    for pair in side.pairs:
        if pair.agree:
            visit = side.second.visits[pair.second or 0]
            yield " · ".join(filter(None, (_where(visit), manner.stay(visit))))


def _differ(pair: Pair) -> str:
    """In what they differ, in a few words."""
    if pair.first is None or pair.second is None:
        return say("readings_only_model" if pair.first is None else "readings_only_own")
    *first, last = (say(f"differ_{difference.value}") for difference in pair.differences)
    return say("readings_differ", what=say("readings_and", first=", ".join(first), last=last) if first else last)


def _version(who: str, trip: Itinerary, visit: Visit | None, other: Visit | None, pair: Pair, manner: Manner) -> str:
    facts = _facts(visit, pair, manner) if visit else _no_stop(trip, other)
    quote = f'<blockquote dir="auto">{_quote(trip.text, visit)}</blockquote>' if visit else ""
    return f"<section><h4>{escape(say(f'who_{who}'))}</h4><p>{facts}</p>{quote}</section>"


def _facts(visit: Visit, pair: Pair, manner: Manner) -> str:
    """Place, whether it happened, when; what the readers differ in is strong."""
    facts = {
        Difference.PLACE: _where(visit),
        Difference.STATUS: say(f"status_{visit.status}").lower(),
        Difference.DATES: manner.stay(visit) or say("readings_no_date"),
    }
    return " · ".join(
        f"<strong>{escape(words)}</strong>" if difference in pair.differences else escape(words)
        for difference, words in facts.items()
    )


def _where(visit: Visit) -> str:
    place = visit.place
    return ", ".join(dict.fromkeys(filter(None, (place.name, place.admin1, country_name(place.country)))))


def _no_stop(trip: Itinerary, other: Visit | None) -> str:
    """That a reader has no stop here, and why as far as it says so."""
    spans = {mention.toponym.span for mention in other.mentions[:1]} if other else set()
    found = next((each for each in trip.mentions if each.resolution.toponym.span in spans), None)
    why = f" <small>{escape(f'{WHY[found.why]}: {found.reason}')}</small>" if found else ""
    return f"<strong>{escape(say('readings_no_stop'))}</strong>{why}"


def _quote(text: str, visit: Visit) -> str:
    """The sentence that proves a stop, its name marked; of a long one what stands around the name."""
    sentence = visit.evidence[0] if visit.evidence else visit.mentions[0].toponym.span
    named = next((m.toponym.span for m in visit.mentions if sentence.covers(m.toponym.span)), None)
    middle = named or Span(sentence.start, sentence.start + 1)
    start = sentence.start if middle.start - sentence.start <= _AROUND else _word_at(text, middle.start - _AROUND)
    end = sentence.end if sentence.end - middle.end <= _AROUND else _word_at(text, middle.end + _AROUND)
    before, after = "… " if start > sentence.start else "", " …" if end < sentence.end else ""
    if not named:
        return f"{before}{_line(text[start:end])}{after}"
    parts = (text[start : named.start], text[named.start : named.end], text[named.end : end])
    return f"{before}{_line(parts[0])}<mark>{_line(parts[1])}</mark>{_line(parts[2])}{after}"


def _word_at(text: str, at: int) -> int:
    """The next beginning of a word."""
    while at < len(text) and not text[at - 1].isspace():
        at += 1
    return at


def _line(words: str) -> str:
    """Words on one line, with the blanks at their ends."""
    return escape(" ".join(f"x{words}x".split())[1:-1])
