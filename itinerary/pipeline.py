"""The table of contents: a text goes through the steps and comes out as an Itinerary."""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Callable, Sequence
from dataclasses import replace
from functools import cache, partial
from typing import TYPE_CHECKING

from itinerary import dates, geocoding, legs, ordering, reading, toponyms, visits
from itinerary.account import Account, Case, NoAccount, Reader
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
    reader: Reader | None = None,
) -> Itinerary:
    """The journey that a text tells, as of its main traveller or of the one named.

    `published` is a date or an ISO string. `online` is asked for names that the gazetteer lacks; the notes tell what went wrong
    there. `day_first` settles dates like 02/03/2019 that the text leaves ambiguous. `progress` hears the stage and the share
    done. `reader` judges the visits in place of the built-in one, which stands in where it fails; a note says why. A text
    without places gives an empty itinerary. Raises InputError for a text, date or traveller that can't be used, SetupError for
    a broken installation.
    """
    day, say = publication_day(published), progress or (lambda stage, share: None)
    document = reading.read(_checked(text), progress=lambda share: say("reading", share))
    say("finding dates", 0.0)
    found_dates = dates.find(document.text, day, day_first=day_first, parse=document.parse)
    say("finding places", 0.0)
    known = gazetteer or shared_gazetteer()
    resolutions, notes = _helped(_resolved(document, known), online, say)
    say("judging visits", 0.0)
    locate = partial(geocoding.resolve, document, gazetteer=known)
    case = Case(document, resolutions, found_dates, locate, known.candidates, BuiltIn(), traveller, day)
    account = _account(case, reader)
    ordered = legs.second_look(account.visits)
    say("done", 1.0)
    return Itinerary(
        text=text,
        title=_title(document),
        published=day,
        traveller=account.traveller,
        travellers=account.travellers,
        visits=ordered,
        legs=legs.join(ordered),
        mentions=account.mentions,
        dates=found_dates,
        notes=(*notes, *account.notes),
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


class BuiltIn:
    """The reader of this package: judged by what was learnt, in the order that words, dates and the telling give."""

    def read(self, case: Case) -> Account:
        """Raises InputError for a traveller that the text does not name."""
        journey = visits.judge(case.document, case.resolutions, case.dates, traveller=case.traveller)
        ordered = ordering.order(case.document, journey.visits, case.dates)
        return Account(ordered, journey.mentions, journey.traveller, journey.travellers)


def _account(case: Case, reader: Reader | None) -> Account:
    """The reader's account; the built-in one where there is no reader, and where it has none."""
    if reader is None:
        return case.built_in.read(case)
    try:
        return reader.read(case)
    except NoAccount as error:
        own = case.built_in.read(case)
        return replace(own, notes=(*own.notes, str(error)))


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
