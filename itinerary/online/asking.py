"""Ask a geocoding service as a good guest: one request a second, answers kept, patience with what passes."""

from __future__ import annotations

import datetime as dt
import sqlite3
import time
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from functools import partial
from pathlib import Path
from typing import Any

from geopy.exc import (
    GeocoderAuthenticationFailure,
    GeocoderInsufficientPrivileges,
    GeocoderParseError,
    GeocoderQueryError,
    GeocoderRateLimited,
    GeocoderServiceError,
    GeocoderTimedOut,
    GeocoderUnavailable,
    GeopyError,
)
from geopy.geocoders import Nominatim

import itinerary
from itinerary.online.memory import Memory
from itinerary.online.replies import Hit, Unusable, hits, point
from itinerary.online.transport import RedirectRefused, Transport, server_of

PUBLIC = "https://nominatim.openstreetmap.org"
# Nominatim's terms want to know the program behind a request.
USER_AGENT = f"itinerary/{itinerary.__version__} (reads journeys out of texts, on one user's request)"
_TIMEOUT = 10.0  # s for one answer, first byte to last
_CREDIT = ", © OpenStreetMap contributors"
# What Nominatim is asked besides the name: a few namesakes to choose from, English names, the country.
_NOMINATIM_OPTIONS = {"limit": 5, "addressdetails": True, "language": "en"}
# Waits before the second and the third try (s); a service in trouble is not asked a fourth time.
_BACK_OFF = (2.0, 6.0)
# A service that wants a longer pause (s) is left alone.
_LONGEST_PAUSE = 30.0


class Trouble(Exception):
    """Why the service gave no answer, in a sentence for the user; `lasting` when the next name would fare no better."""

    def __init__(self, message: str, *, lasting: bool) -> None:
        super().__init__(message)
        self.lasting = lasting


@dataclass(frozen=True, slots=True)
class Answer:
    """What a service said to a name (no hits: it knows none), when, and whom to thank."""

    name: str
    source: str
    asked: dt.date
    hits: tuple[Hit, ...]
    credit: str = ""


class _Nominatim(Nominatim):  # type: ignore[misc]  # geopy has no types
    """Looks at coordinates before geopy does, which moves some and writes a warning to standard error about others."""

    def _parse_code(self, place: Any) -> Any:
        point(place["lat"], place["lon"])
        return super()._parse_code(place)


@dataclass(frozen=True, slots=True)
class OnlineGeocoder:
    """Any geopy geocoder with a pace, a memory and patience. `source` names it to the user and in the memory.

    `everything`: ask for all names, not only for those that the gazetteer lacks. `options` go along with each question.
    `clock` gives seconds since 1970, `sleep` waits for seconds.
    """

    service: Any
    source: str
    memory: Memory = field(default_factory=Memory.at)
    everything: bool = False
    options: Mapping[str, Any] = field(default_factory=dict)
    credit: str = ""
    clock: Callable[[], float] = time.time
    sleep: Callable[[float], None] = time.sleep

    def find(self, name: str) -> Answer:
        """What the service knows under a name, from the memory if it was asked not long ago. Raises Trouble."""
        try:
            asked, found = self.memory.recall(self.source, name, self.clock()) or self._fresh(name)
        except (GeopyError, Unusable) as error:  # before OSError: some of geopy's are of both kinds
            raise Trouble(_sentence(error, self.source), lasting=not isinstance(error, GeocoderQueryError | Unusable)) from error
        except (sqlite3.Error, OSError) as error:
            raise Trouble(
                f"No names were looked up online, because the cache at {self.memory.path} can't be used ({error}); "
                "delete it, or set ITINERARY_CACHE to a folder that can be written.",
                lasting=True,
            ) from error
        return Answer(name, self.source, asked, found, self.credit)

    def _fresh(self, name: str) -> tuple[dt.date, tuple[Hit, ...]]:
        for wait in (*_BACK_OFF, None):
            self.sleep(self.memory.reserve(self.clock()))
            try:
                found = hits(partial(self.service.geocode, name, exactly_one=False, **self.options), name)
                return self.memory.keep(self.source, name, found, self.clock()), found
            except GeocoderServiceError as error:
                if wait is None or (pause := _pause(error, wait)) is None:
                    raise
                self.sleep(pause)
        raise AssertionError("the last try either returns or raises")


def geocoder(
    server: str | None = None,
    *,
    everything: bool = False,
    folder: Path | None = None,
    clock: Callable[[], float] = time.time,
    sleep: Callable[[float], None] = time.sleep,
) -> OnlineGeocoder:
    """Nominatim at `server` ("https://maps.example.org/nominatim"), by default OpenStreetMap's own; asks nothing yet.

    Answers are kept in `folder`, by default the user's cache folder. Raises InputError for an address that is none.
    """
    own = server_of(server or PUBLIC)
    service = _Nominatim(
        domain=own.domain,
        scheme=own.scheme,
        user_agent=USER_AGENT,
        timeout=_TIMEOUT,
        adapter_factory=partial(Transport, server=own),
    )
    memory = Memory.at(folder)
    return OnlineGeocoder(service, own.domain, memory, everything, _NOMINATIM_OPTIONS, _CREDIT, clock, sleep)


def _pause(error: GeocoderServiceError, wait: float) -> float | None:
    """Seconds until the next try, None when there is no point in one."""
    if isinstance(error, GeocoderRateLimited):
        asked = wait if error.retry_after is None else max(wait, error.retry_after)
        return asked if asked <= _LONGEST_PAUSE else None
    passing = isinstance(error, GeocoderTimedOut | GeocoderUnavailable) or type(error) is GeocoderServiceError
    return wait if passing else None


def _sentence(error: Exception, source: str) -> str:
    """What happened, for the user."""
    happened = next((words for kind, words in _HAPPENED if isinstance(error, kind)), f"failed ({str(error)[:100]})")
    return f"Names could not all be looked up online: {source} {happened}. What was found offline stands."


# The first that fits is told.
_HAPPENED: tuple[tuple[type[Exception], str], ...] = (
    (GeocoderRateLimited, "is asked too often and wants a pause (429); try again later or name another server"),
    (GeocoderInsufficientPrivileges, "refuses to answer (403); name another server"),
    (GeocoderAuthenticationFailure, "wants a user name or key (401); name another server"),
    (GeocoderTimedOut, "did not answer in time"),
    (GeocoderUnavailable, "can't be reached"),
    (RedirectRefused, "sends on to where it is not safe to follow (a private network, no web address, or in circles)"),
    (GeocoderParseError, "answered with something that is no list of places; is it a geocoding server?"),
    (GeocoderQueryError, "found fault with a question (400)"),
    (Unusable, "answered without usable coordinates"),
)
