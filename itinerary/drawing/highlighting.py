"""The text as HTML with its places and dates marked. Everything is escaped; nothing of the text can become markup."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from html import escape

from itinerary.drawing.scene import clean, printable
from itinerary.drawing.times import stay, words
from itinerary.model import DateMention, Itinerary, Mention, Span, Visit
from itinerary.wording import WHY


@dataclass(frozen=True, slots=True)
class _Mark:
    """A piece of the text to mark: class names and what the pointer is told."""

    span: Span
    kind: str
    title: str


def highlighted(trip: Itinerary) -> str:
    """Paragraphs (`<p>`) with `<mark class="place visited|planned|passed|mentioned">` and `<mark class="date">`.

    Each mark's `title` says why. Blank lines part paragraphs, single line ends become `<br>`. Where two marks overlap the first
    one stays, a place before a date. Takes time in proportion to the text: a second for some 20 MB.
    """
    pieces, at = [], 0
    for mark in _apart(trip):
        pieces += [_text(trip.text[at : mark.span.start]), _marked(trip.text, mark)]
        at = mark.span.end
    whole = "".join([*pieces, _text(trip.text[at:])]).strip("\n")
    return "".join(f"<p>{part}</p>" for part in _paragraphs(whole))


def _apart(trip: Itinerary) -> Iterator[_Mark]:
    """The marks in text order, without those that overlap one before them or reach past the text."""
    end = 0
    for mark in sorted(_marks(trip), key=lambda m: (m.span.start, m.kind == "date", m.span.end)):
        if mark.span.start >= end and mark.span.end <= len(trip.text):
            yield mark
            end = mark.span.end


def _marks(trip: Itinerary) -> Iterator[_Mark]:
    for order, visit in enumerate(trip.visits, 1):
        title = _visit_title(order, visit)
        yield from (_Mark(m.toponym.span, f"place {visit.status}", title) for m in visit.mentions)
    yield from (_Mark(m.resolution.toponym.span, "place mentioned", _mention_title(m)) for m in trip.mentions)
    yield from (_Mark(date.span, "date", _date_title(date)) for date in trip.dates)


def _visit_title(order: int, visit: Visit) -> str:
    parts = [f"Stop {order}: {visit.place.name}", str(visit.status), stay(visit), visit.reason]
    return " · ".join(part for part in parts if part)


def _mention_title(mention: Mention) -> str:
    place = mention.resolution.place
    return " · ".join(part for part in (place.name if place else "", WHY[mention.why], mention.reason) if part)


def _date_title(date: DateMention) -> str:
    known = words(date.when) if date.when else f"{date.value}, open on the calendar"
    return f"{known} · counted from {date.anchor}" if date.anchor else known


def _marked(text: str, mark: _Mark) -> str:
    return f'<mark class="{mark.kind}" title="{escape(clean(mark.title))}">{_text(mark.span.of(text))}</mark>'


def _text(piece: str) -> str:
    return escape(printable(piece))


def _paragraphs(html: str) -> Iterator[str]:
    lines: list[str] = []
    for line in html.split("\n"):
        if line.strip():
            lines.append(line.strip())
        elif lines:
            yield "<br>".join(lines)
            lines = []
    if lines:
        yield "<br>".join(lines)
