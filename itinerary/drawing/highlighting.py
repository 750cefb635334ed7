"""The text as HTML with its places, dates and travellers marked. Everything is escaped; nothing of the text can become markup."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from html import escape

from itinerary.drawing.scene import clean, printable
from itinerary.drawing.times import stay, words
from itinerary.model import DateMention, Itinerary, Mention, Span, Visit
from itinerary.wording import WHY


@dataclass(frozen=True, slots=True)
class _Mark:
    """A piece of the text to mark: class names, what the pointer is told, and the number by which a page knows what it is."""

    span: Span
    kind: str
    title: str
    number: str = ""  # an attribute, ready made


# Of marks that begin at one letter the first of these is shown.
_FIRST = {"place": 0, "date": 1, "traveller": 2}
_FOR_KEYS = ' tabindex="0" role="button"'


def highlighted(trip: Itinerary, *, interactive: bool = False) -> str:
    """Paragraphs (`<p>`) with `<mark class="place visited|planned|passed|mentioned">`, `class="date"` and `class="traveller"`.

    A stop's marks carry `data-order` (from 1), those of places only mentioned `data-mention` (in `trip.mentions`, from 0), dates
    `data-date` (in `trip.dates`, from 0). `interactive` makes places and dates buttons for keyboard and screen reader; what a
    press does is the page's own affair. Each mark's `title` says why. Blank lines part paragraphs, single line ends become
    `<br>`. Where two marks overlap the first one stays, a place before a date. Takes time in proportion to the text: a second
    for some 20 MB.
    """
    pieces, at = [], 0
    for mark in _apart(trip):
        more = _FOR_KEYS if interactive and mark.number else ""
        pieces += [_text(trip.text[at : mark.span.start]), _marked(trip.text, mark, more)]
        at = mark.span.end
    whole = "".join([*pieces, _text(trip.text[at:])]).strip("\n")
    return "".join(f"<p>{part}</p>" for part in _paragraphs(whole))


def _apart(trip: Itinerary) -> Iterator[_Mark]:
    """The marks in text order, without those that overlap one before them or reach past the text."""
    end = 0
    for mark in sorted(_marks(trip), key=lambda m: (m.span.start, _FIRST[m.kind.split()[0]], m.span.end)):
        if mark.span.start >= end and mark.span.end <= len(trip.text):
            yield mark
            end = mark.span.end


def _marks(trip: Itinerary) -> Iterator[_Mark]:
    for order, visit in enumerate(trip.visits, 1):
        title, number = _visit_title(order, visit), f' data-order="{order}"'
        yield from (_Mark(m.toponym.span, f"place {visit.status}", title, number) for m in visit.mentions)
    for index, mention in enumerate(trip.mentions):
        yield _Mark(mention.resolution.toponym.span, "place mentioned", _mention_title(mention), f' data-mention="{index}"')
    for index, date in enumerate(trip.dates):
        yield _Mark(date.span, "date", _date_title(date), f' data-date="{index}"')
    yield from _travellers(trip)


def _travellers(trip: Itinerary) -> Iterator[_Mark]:
    """Every whole occurrence of a traveller's name as the itinerary has it."""
    names = sorted({name for name in (trip.traveller, *trip.travellers) if name and name.strip()}, key=len, reverse=True)
    if not names:
        return
    for found in re.finditer(rf"(?<!\w)(?:{'|'.join(map(re.escape, names))})(?!\w)", trip.text):
        yield _Mark(Span(found.start(), found.end()), "traveller", f"Traveller: {found[0]}")


def _visit_title(order: int, visit: Visit) -> str:
    parts = [f"Stop {order}: {visit.place.name}", str(visit.status), stay(visit), visit.reason]
    return " · ".join(part for part in parts if part)


def _mention_title(mention: Mention) -> str:
    place = mention.resolution.place
    return " · ".join(part for part in (place.name if place else "", WHY[mention.why], mention.reason) if part)


def _date_title(date: DateMention) -> str:
    known = words(date.when) if date.when else f"{date.value}, open on the calendar"
    return f"{known} · counted from {date.anchor}" if date.anchor else known


def _marked(text: str, mark: _Mark, more: str) -> str:
    title = escape(clean(mark.title))
    return f'<mark class="{mark.kind}"{mark.number}{more} title="{title}">{_text(mark.span.of(text))}</mark>'


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
