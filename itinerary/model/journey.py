"""The journey: visits, the legs between them, and the itinerary that holds both."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass, field
from enum import StrEnum
from typing import TYPE_CHECKING, Any

from itinerary.model.checks import require
from itinerary.model.naming import Resolution
from itinerary.model.places import Place
from itinerary.model.text import Span
from itinerary.model.time import DateMention, Precision, TimeSpan

if TYPE_CHECKING:
    import pandas as pd

# Half the meridian circle of WGS 84: no two points are farther apart (km).
LONGEST_GEODESIC_KM = 20_003.932


class Status(StrEnum):
    """Whether the traveller's presence happened, will, or only brushed the place."""

    VISITED = "visited"
    PLANNED = "planned"
    PASSED = "passed"


class Why(StrEnum):
    """Why a named place is not a stop."""

    MENTIONED = "mentioned"
    METONYM = "metonym"
    DATELINE = "dateline"
    DEMONYM = "demonym"
    CONTAINER = "container"
    OTHER_TRAVELLER = "other traveller"
    HYPOTHETICAL = "hypothetical"
    PAST_TRIP = "past trip"
    ORIGIN = "origin of someone"
    UNRESOLVED = "not in the gazetteer"


@dataclass(frozen=True, slots=True)
class Mention:
    """A place that the text names but where the traveller was not; `reason` says it in words."""

    resolution: Resolution
    why: Why
    reason: str
    score: float = 0.0  # probability (0..1) that it was a visit after all


@dataclass(frozen=True, slots=True)
class Visit:
    """A stay of a traveller at a place.

    `name` is the place as the text names it; `mentions` are the resolutions that make up the stay (never empty), `evidence`
    the sentences that prove it (never empty), the best first; only a visit that the user put in `by_hand` may lack both.
    `when_told` holds the words for a time that can't be placed on the calendar ("Sunday", "Day 3"). `rank` is the place in the
    chronology: visits of equal rank are in no told order.
    """

    place: Place
    name: str
    traveller: str
    status: Status
    mentions: tuple[Resolution, ...]
    evidence: tuple[Span, ...]
    arrive: TimeSpan | None = None
    depart: TimeSpan | None = None
    when_told: str | None = None
    score: float = 1.0
    reason: str = ""
    rank: int = 0
    order_told: bool = True  # False: the text leaves open whether it came before or after its neighbours
    mode: str | None = None  # how the traveller came here: "train", "ship", ...
    by_hand: bool = False  # put in by the user, not read out of the text

    def __post_init__(self) -> None:
        require(self.by_hand or bool(self.mentions), f"the visit to {self.name!r} has no mention")
        require(self.by_hand or bool(self.evidence), f"the visit to {self.name!r} has no evidence")
        require(0 <= self.score <= 1, f"score {self.score} of the visit to {self.name!r} is not in 0..1")


@dataclass(frozen=True, slots=True)
class Leg:
    """The way from one visit to the next. `warnings` say in words what makes it doubtful."""

    origin: Visit
    destination: Visit
    distance_km: float
    days: int | None = None
    mode: str | None = None
    warnings: tuple[str, ...] = ()

    def __post_init__(self) -> None:
        require(0 <= self.distance_km <= LONGEST_GEODESIC_KM, f"a leg of {self.distance_km} km does not fit on Earth")


@dataclass(frozen=True, slots=True)
class Itinerary:
    """A journey read out of a text: visits in the order travelled, the legs between them, and what else the text names."""

    text: str
    title: str | None = None
    published: dt.date | None = None
    traveller: str | None = None
    travellers: tuple[str, ...] = ()
    visits: tuple[Visit, ...] = ()
    legs: tuple[Leg, ...] = ()
    mentions: tuple[Mention, ...] = ()
    dates: tuple[DateMention, ...] = ()
    notes: tuple[str, ...] = field(default=())

    def __post_init__(self) -> None:
        require(len(self.legs) == max(0, len(self.visits) - 1), f"{len(self.visits)} visits need as many legs less one")
        for leg, a, b in zip(self.legs, self.visits, self.visits[1:], strict=False):
            require(leg.origin is a and leg.destination is b, f"a leg skips from {a.name!r} to {b.name!r}")

    @property
    def resolutions(self) -> tuple[Resolution, ...]:
        """Every toponym of the text with its place, in text order."""
        found = [r for v in self.visits for r in v.mentions] + [m.resolution for m in self.mentions]
        return tuple(sorted({r.toponym.span: r for r in found}.values(), key=lambda r: r.toponym.span))

    @property
    def distance_km(self) -> float:
        """Length of the whole route in kilometres."""
        return sum(leg.distance_km for leg in self.legs)

    @property
    def days(self) -> int | None:
        """Days from the first visit to the last, both counted; None unless both are known to the day."""
        ends = [
            [t for t in (v.arrive, v.depart) if t and t.precision is Precision.DAY] for v in self.visits[:1] + self.visits[-1:]
        ]
        if len(ends) < 2 or not all(ends):
            return None
        return max(0, max(t.latest.number for t in ends[1]) - min(t.earliest.number for t in ends[0])) + 1

    @property
    def bounds(self) -> tuple[TimeSpan | None, ...]:
        """For each visit without a time the days between the dated ones around it: what must hold, though no word tells it."""
        known = [[t for t in (v.arrive, v.depart) if t] for v in self.visits]
        found: list[TimeSpan | None] = []
        for i, (visit, own) in enumerate(zip(self.visits, known, strict=True)):
            before = next((times[-1].earliest for times in reversed(known[:i]) if times), None)
            after = next((times[0].latest for times in known[i + 1 :] if times), None)
            open_ones = not own and visit.order_told and before is not None and after is not None and before <= after
            found.append(TimeSpan(before, after, Precision.RANGE) if open_ones and before and after else None)
        return tuple(found)

    def to_geojson(self) -> dict[str, Any]:
        """RFC 7946 FeatureCollection of stops, legs and mentions."""
        from itinerary import export

        return export.geojson(self)

    def to_frame(self) -> pd.DataFrame:
        """A row per stop, in order."""
        from itinerary import export

        return export.frame(self)

    @property
    def __geo_interface__(self) -> dict[str, Any]:
        """The same as `to_geojson`, under the name by which GeoPandas and its kin ask for it."""
        return self.to_geojson()

    def _repr_html_(self) -> str:
        """The map, where a notebook shows the itinerary."""
        from itinerary import export

        return export.notebook(self)
