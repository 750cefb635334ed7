"""The table of contents: a text goes through the steps and comes out as an Itinerary."""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Callable, Sequence
from functools import cache
from typing import TYPE_CHECKING

from itinerary import dates, geocoding, legs, ordering, reading, toponyms, visits
from itinerary.errors import InputError
from itinerary.gazetteer import Gazetteer
from itinerary.model import DateMention, Document, Itinerary, Resolution

if TYPE_CHECKING:
    from itinerary.online import OnlineGeocoder

_ISO_DAY = re.compile(r"\d{4}-\d\d-\d\d|\d{8}")
Progress = Callable[[str, float], None]  # stage, share done (0..1)


def build(
    text: str,
    published: dt.date | str | None = None,
    traveller: str | None = None,
    *,
    gazetteer: Gazetteer | None = None,
    online: OnlineGeocoder | None = None,
    day_first: bool | None = None,
    progress: Progress | None = None,
) -> Itinerary:
    """The journey that a text tells, as of its main traveller or of the one named.

    `published` is a date or an ISO string. `online` is asked for names that the gazetteer lacks; the notes tell what went wrong
    there. `day_first` settles dates like 02/03/2019 that the text leaves ambiguous. `progress` hears the stage and the share
    done. A text without places gives an empty itinerary. Raises InputError for a text, date or traveller that can't be used,
    SetupError for a broken installation.
    """
    day, say = publication_day(published), progress or (lambda stage, share: None)
    document = reading.read(_checked(text), progress=lambda share: say("reading", share))
    say("finding dates", 0.0)
    found_dates = dates.find(document.text, day, day_first=day_first, parse=document.parse)
    say("finding places", 0.0)
    resolutions, notes = _helped(_resolved(document, gazetteer or shared_gazetteer()), online, say)
    say("judging visits", 0.0)
    journey = visits.judge(document, resolutions, found_dates, traveller=traveller)
    ordered = legs.second_look(ordering.order(document, journey.visits, found_dates))
    say("done", 1.0)
    return Itinerary(
        text=text,
        title=_title(document),
        published=day,
        traveller=journey.traveller,
        travellers=journey.travellers,
        visits=ordered,
        legs=legs.join(ordered),
        mentions=journey.mentions,
        dates=found_dates,
        notes=notes,
    )


def geoparse(text: str, *, gazetteer: Gazetteer | None = None) -> Sequence[Resolution]:
    """The toponyms of a text with their places, in text order. Raises InputError for an empty text."""
    return _resolved(reading.read(_checked(text)), gazetteer or shared_gazetteer())


def find_dates(text: str, published: dt.date | str | None = None, *, day_first: bool | None = None) -> Sequence[DateMention]:
    """The expressions of time in a text, in text order; `published` anchors "yesterday" and "Sunday"."""
    return dates.find(_checked(text), publication_day(published), day_first=day_first)


def publication_day(published: dt.date | str | None) -> dt.date | None:
    """The publication date as a date; None stays None. Raises InputError for what is none."""
    if published is None or (isinstance(published, str) and not published.strip()):
        return None
    if isinstance(published, dt.datetime):
        return published.date()
    if isinstance(published, dt.date):
        return published
    written = str(published).strip()
    try:
        # Python 3.11 overlooks two characters behind a day written without hyphens; the pattern does not.
        return dt.date.fromisoformat(written if _ISO_DAY.fullmatch(written) else "")
    except ValueError:
        raise InputError(f"{published!r} is no publication date; write it as YYYY-MM-DD, for example 2023-09-17.") from None


@cache
def shared_gazetteer() -> Gazetteer:
    """The user's gazetteer, opened once per process (built first when there is none)."""
    return Gazetteer.open()


def _checked(text: str) -> str:
    if not isinstance(text, str):
        raise InputError(f"A text is a str, not {type(text).__name__}; decode bytes with itinerary.reading.decode.")
    return text


def _resolved(document: Document, gazetteer: Gazetteer) -> tuple[Resolution, ...]:
    return geocoding.resolve(document, toponyms.find(document, gazetteer), gazetteer)


def _helped(
    resolutions: tuple[Resolution, ...], geocoder: OnlineGeocoder | None, say: Progress
) -> tuple[tuple[Resolution, ...], tuple[str, ...]]:
    if geocoder is None:
        return resolutions, ()
    from itinerary import online  # nothing that knows the network is loaded unless it is asked for

    say("asking online", 0.0)
    return online.helped(resolutions, geocoder)


def _title(document: Document) -> str | None:
    return " ".join(document.title.of(document.text).split()) if document.title else None
