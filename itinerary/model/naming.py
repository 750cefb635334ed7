"""Toponyms: the mentions that name places, and the place chosen for each."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum

from itinerary.model.checks import require
from itinerary.model.places import Place
from itinerary.model.text import Span


class Form(StrEnum):
    """How a toponym names its place."""

    NAME = "name"
    ABBREVIATION = "abbreviation"  # "D.C.", "UAE"
    DEMONYM = "demonym"  # "Georgian", "Parisian": names people or things of a place


@dataclass(frozen=True, slots=True)
class Toponym:
    """A mention that names a place. `score` is the judge's probability (0..1) that it does.

    `lookups` are the names to ask a gazetteer for, best first: "Artyom-Primorsky-1 station" gives the station's name, then
    "Artyom". `label` is the recogniser's entity label ("GPE"), None when only the gazetteer proposed it.
    """

    span: Span
    surface: str
    lookups: tuple[str, ...]
    form: Form = Form.NAME
    label: str | None = None
    score: float = 1.0

    def __post_init__(self) -> None:
        require(len(self.surface) == self.span.end - self.span.start, f"{self.surface!r} does not fill {self.span}")
        require(bool(self.lookups), f"{self.surface!r} has nothing to look up")
        require(0 <= self.score <= 1, f"score {self.score} of {self.surface!r} is not in 0..1")


@dataclass(frozen=True, slots=True)
class Candidate:
    """A place a toponym may mean, with its probability (0..1) among the candidates."""

    place: Place
    score: float


@dataclass(frozen=True, slots=True)
class Resolution:
    """The place chosen for a toponym, or None with the reason; runners-up best first; score 0..1.

    `matched` is the name that was found: shorter than the toponym when only a part of it is known.
    """

    toponym: Toponym
    place: Place | None
    reason: str
    score: float = 0.0
    runners_up: tuple[Candidate, ...] = ()
    matched: str | None = None

    def __post_init__(self) -> None:
        require(bool(self.reason), f"the resolution of {self.toponym.surface!r} gives no reason")
        require(0 <= self.score <= 1, f"score {self.score} of {self.toponym.surface!r} is not in 0..1")

    @property
    def start(self) -> int:
        """Offset of the first character of the mention."""
        return self.toponym.span.start

    @property
    def end(self) -> int:
        """Offset after the last character of the mention."""
        return self.toponym.span.end

    @property
    def name(self) -> str:
        """The mention as written."""
        return self.toponym.surface

    @property
    def latitude(self) -> float | None:
        """Degrees north, None when unresolved."""
        return self.place.coordinate.latitude if self.place else None

    @property
    def longitude(self) -> float | None:
        """Degrees east, None when unresolved."""
        return self.place.coordinate.longitude if self.place else None

    @property
    def country(self) -> str | None:
        """ISO 3166-1 alpha-2 code, None when unresolved or in no country."""
        return self.place.country if self.place else None

    @property
    def geonameid(self) -> int | None:
        """The GeoNames number, None when there is none."""
        return self.place.geonameid if self.place else None
