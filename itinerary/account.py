"""The seam between what a text holds and what was the journey: who judges that, from what, and what comes out.

A reader takes a case (the text with its names, places and dates) and gives an account: who travelled where, when, and in what
order. The reader of this package judges by what it has learnt; `second_reader` asks a language model and checks what it says.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Protocol

from itinerary.errors import ItineraryError
from itinerary.model import DateMention, Document, Match, Mention, Resolution, Toponym, Visit


class NoAccount(ItineraryError):
    """A reader could not give an account; one sentence says why. The journey is then told by the built-in reader."""


@dataclass(frozen=True, slots=True)
class Account:
    """What a reader makes of a text: visits in the order travelled, what is only mentioned, who travels, the main one first.

    `notes` are sentences for the user on what was left out or is in doubt.
    """

    visits: tuple[Visit, ...]
    mentions: tuple[Mention, ...]
    traveller: str | None
    travellers: tuple[str, ...] = ()
    notes: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Case:
    """All that a reader has to go by.

    `locate` gives each of some toponyms of the text its place in the company of the others; `candidates` the places that names
    may mean, best known first. `built_in` is the reader of this package, for another one to lean on. `traveller` is the one
    asked for, None for the main one.
    """

    document: Document
    resolutions: tuple[Resolution, ...]
    dates: tuple[DateMention, ...]
    locate: Callable[[Sequence[Toponym]], tuple[Resolution, ...]]
    candidates: Callable[[Iterable[str]], Mapping[str, tuple[Match, ...]]]
    built_in: Reader
    traveller: str | None = None
    published: dt.date | None = None


class Reader(Protocol):
    """Somebody who judges journeys."""

    def read(self, case: Case) -> Account:
        """The account of one text. Raises NoAccount when there is none to be had."""
