"""The nouns of the project and what must always hold of them.

Degrees are WGS 84, latitude first; distances kilometres; dates calendar days; spans half-open character offsets into the text
as the user gave it. Unknown is None. Each class refuses to exist when wrong, with the bad value in the message.
"""

from __future__ import annotations

import datetime as dt
import math
from dataclasses import dataclass, field
from enum import StrEnum
from functools import total_ordering
from typing import TYPE_CHECKING, Any, Self

if TYPE_CHECKING:
    import pandas as pd
    from spacy.tokens import Doc
    from spacy.tokens import Span as Tokens

# Half the meridian circle of WGS 84: no two points are farther apart (km).
LONGEST_GEODESIC_KM = 20_003.932


def _require(holds: bool, message: str) -> None:
    if not holds:
        raise ValueError(message)


# --- the text ---------------------------------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True, order=True)
class Span:
    """A piece of the text: characters start to end, end not included."""

    start: int
    end: int

    def __post_init__(self) -> None:
        _require(0 <= self.start < self.end, f"a span needs 0 <= start < end, not {self.start}..{self.end}")

    def of(self, text: str) -> str:
        """The characters of `text` that the span covers."""
        return text[self.start : self.end]

    def overlaps(self, other: Span) -> bool:
        """Whether the two share a character."""
        return self.start < other.end and other.start < self.end

    def covers(self, other: Span) -> bool:
        """Whether every character of `other` lies in this span."""
        return self.start <= other.start and other.end <= self.end


@dataclass(frozen=True, slots=True)
class Document:
    """A text as given, with its parse: `blocks` are paragraphs, headings, list items and table rows in order.

    `title` and `dateline` are the spans of the headline and of an opening "ROME, June 3 —", or None.
    """

    text: str
    parse: Doc
    blocks: tuple[Span, ...]
    title: Span | None = None
    dateline: Span | None = None

    def tokens(self, span: Span) -> Tokens:
        """The tokens that share a character with `span`."""
        found = self.parse.char_span(span.start, span.end, alignment_mode="expand")
        _require(found is not None, f"{span} lies outside a text of {len(self.text)} characters")
        return found  # type: ignore[return-value]  # _require has seen to None

    def sentence_at(self, offset: int) -> Span:
        """The sentence that holds the character at `offset`."""
        sentence = self.tokens(Span(offset, offset + 1))[0].sent
        return Span(sentence.start_char, max(sentence.end_char, sentence.start_char + 1))


# --- space ------------------------------------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class Coordinate:
    """A point in degrees; latitude -90..90, longitude -180..180."""

    latitude: float
    longitude: float

    def __post_init__(self) -> None:
        _require(math.isfinite(self.latitude) and abs(self.latitude) <= 90, f"latitude {self.latitude} is not in -90..90")
        _require(math.isfinite(self.longitude) and abs(self.longitude) <= 180, f"longitude {self.longitude} is not in -180..180")


class Kind(StrEnum):
    """What a place is. `level` groups kinds by how a map draws them."""

    CITY = "city"
    DISTRICT = "district"  # a named part of a city
    COUNTRY = "country"
    ADMIN1 = "admin1"  # state, province, Land
    ADMIN2 = "admin2"  # county, department, Kreis
    CONTINENT = "continent"
    REGION = "region"  # any area without a government: Balkans, Siberia, Patagonia
    HISTORICAL = "historical"  # a state or land of the past: Prussia, Siam
    OCEAN = "ocean"
    SEA = "sea"
    BAY = "bay"  # bays, gulfs, fjords, sounds
    STRAIT = "strait"  # straits, channels, passages
    RIVER = "river"
    LAKE = "lake"
    CANAL = "canal"
    WATERFALL = "waterfall"
    MOUNTAIN = "mountain"  # a peak or volcano
    RANGE = "range"
    PASS = "pass"
    DESERT = "desert"
    VALLEY = "valley"
    GLACIER = "glacier"
    ISLAND = "island"
    ARCHIPELAGO = "archipelago"
    PENINSULA = "peninsula"
    CAPE = "cape"
    PARK = "park"  # national parks and reserves
    AIRPORT = "airport"
    STATION = "station"
    PORT = "port"
    SPACEPORT = "spaceport"
    BORDER = "border crossing"
    BASE = "military base"
    RUIN = "ruin"  # ancient cities and archaeological sites
    LANDMARK = "landmark"

    @property
    def level(self) -> str:
        """country, region, water, city or landmark."""
        return _LEVELS.get(self, "landmark")


_LEVELS: dict[Kind, str] = {
    Kind.COUNTRY: "country",
    Kind.CONTINENT: "region",
    Kind.CITY: "city",
    Kind.DISTRICT: "city",
    Kind.PORT: "city",
    **dict.fromkeys((Kind.OCEAN, Kind.SEA, Kind.BAY, Kind.STRAIT, Kind.RIVER, Kind.LAKE, Kind.CANAL), "water"),
    **dict.fromkeys(
        (Kind.ADMIN1, Kind.ADMIN2, Kind.REGION, Kind.HISTORICAL, Kind.RANGE, Kind.DESERT, Kind.VALLEY, Kind.ISLAND,
         Kind.ARCHIPELAGO, Kind.PENINSULA, Kind.PARK),
        "region",
    ),
}  # fmt: skip


@dataclass(frozen=True, slots=True)
class Place:
    """A place of a gazetteer. `id` names its source ("geonames:2013348"); `radius_km` bounds its extent, 0 for a point.

    `country` is ISO 3166-1 alpha-2, None for seas and whatever spans several. `parents` are ids from the nearest container
    outwards (county, state, country, continent).
    """

    id: str
    name: str
    coordinate: Coordinate
    kind: Kind
    country: str | None = None
    admin1: str | None = None
    admin2: str | None = None
    population: int = 0
    radius_km: float = 0.0
    parents: tuple[str, ...] = ()

    def __post_init__(self) -> None:
        _require(":" in self.id, f"a place's id names its source, as in geonames:123, not {self.id!r}")
        _require(bool(self.name), f"place {self.id} has no name")
        _require(self.population >= 0 and self.radius_km >= 0, f"place {self.id} has a negative population or radius")

    @property
    def geonameid(self) -> int | None:
        """The GeoNames number, None for places of other sources."""
        source, _, number = self.id.partition(":")
        return int(number) if source == "geonames" and number.isdigit() else None

    def lies_in(self, other: Place) -> bool:
        """Whether `other` is one of this place's containers."""
        return other.id in self.parents


@dataclass(frozen=True, slots=True)
class Match:
    """A place that a gazetteer knows under a name, and how: "name", "alternate", "alias" or "abbreviation".

    Alternates are names of any language and age without a tag, hence many common words; aliases are our own list.
    """

    place: Place
    how: str = "name"


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
        _require(len(self.surface) == self.span.end - self.span.start, f"{self.surface!r} does not fill {self.span}")
        _require(bool(self.lookups), f"{self.surface!r} has nothing to look up")
        _require(0 <= self.score <= 1, f"score {self.score} of {self.surface!r} is not in 0..1")


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
        _require(bool(self.reason), f"the resolution of {self.toponym.surface!r} gives no reason")
        _require(0 <= self.score <= 1, f"score {self.score} of {self.toponym.surface!r} is not in 0..1")

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


# --- time -------------------------------------------------------------------------------------------------------------


@total_ordering
@dataclass(frozen=True, slots=True)
class Day:
    """A day of the proleptic Gregorian calendar with astronomical years: 1 BC is year 0, 2 BC is -1; -9999..9999."""

    year: int
    month: int
    day: int

    def __post_init__(self) -> None:
        _require(-9999 <= self.year <= 9999, f"year {self.year} is not in -9999..9999")
        _require(1 <= self.month <= 12, f"month {self.month} is not in 1..12")
        _require(1 <= self.day <= days_in_month(self.year, self.month), f"there is no day {self.year}-{self.month}-{self.day}")

    def __lt__(self, other: Day) -> bool:
        return (self.year, self.month, self.day) < (other.year, other.month, other.day)

    @classmethod
    def from_date(cls, date: dt.date) -> Day:
        """The same day as a `datetime.date`."""
        return cls(date.year, date.month, date.day)

    @classmethod
    def from_number(cls, number: int) -> Day:
        """The day with this `number`; ValueError beyond the years -9999..9999."""
        shift = -((number - 1) // _DAYS_IN_400_YEARS)
        date = dt.date.fromordinal(number + shift * _DAYS_IN_400_YEARS)
        return cls(date.year - 400 * shift, date.month, date.day)

    @property
    def number(self) -> int:
        """Days counted from 0001-01-01 = 1, as `date.toordinal` counts them; 0 and below are BC."""
        shift = -((self.year - 1) // 400)
        return dt.date(self.year + 400 * shift, self.month, self.day).toordinal() - shift * _DAYS_IN_400_YEARS

    def plus(self, days: int) -> Day:
        """The day that many days later (earlier if negative)."""
        return Day.from_number(self.number + days)

    def isoformat(self) -> str:
        """YYYY-MM-DD; years before 1 with a minus sign, as EDTF writes them."""
        sign = "-" if self.year < 0 else ""
        return f"{sign}{abs(self.year):04d}-{self.month:02d}-{self.day:02d}"


_DAYS_IN_400_YEARS = 146_097


def days_in_month(year: int, month: int) -> int:
    """Length of a month in the proleptic Gregorian calendar, any astronomical year."""
    if month == 2:
        return 29 if year % 4 == 0 and (year % 100 != 0 or year % 400 == 0) else 28
    return 30 if month in (4, 6, 9, 11) else 31


class Precision(StrEnum):
    """How exactly a text tells a time."""

    DAY = "day"
    WEEK = "week"
    MONTH = "month"
    SEASON = "season"
    YEAR = "year"
    DECADE = "decade"
    CENTURY = "century"
    RANGE = "range"  # two ends of any precision


@dataclass(frozen=True, slots=True)
class TimeSpan:
    """The days something may have happened on, both ends included. No order: intervals are only partly ordered."""

    earliest: Day
    latest: Day
    precision: Precision

    def __post_init__(self) -> None:
        _require(self.earliest <= self.latest, f"{self.earliest} is after {self.latest}")

    @classmethod
    def of_day(cls, day: Day) -> Self:
        """One known day."""
        return cls(day, day, Precision.DAY)

    def isoformat(self) -> str | None:
        """YYYY-MM-DD, YYYY-MM or YYYY, at the precision told; None for what ISO can't say in one of these."""
        day = self.earliest.isoformat()
        if self.precision is Precision.DAY:
            return day
        if self.precision is Precision.MONTH:
            return day[:-3]
        return day[:-6] if self.precision in (Precision.YEAR, Precision.SEASON) else None


@dataclass(frozen=True, slots=True)
class DateMention:
    """An expression of time. `value` is TIMEX3 ("2023-09-17", "1843-05", "P6D", "XXXX-WXX-7"); `type` DATE, TIME, DURATION, SET.

    `when` is None when the calendar days are open. `rule` names the pattern that read it, `anchor` what it was counted from.
    `edtf` is the Extended Date/Time Format string of `when`, None when open.
    """

    span: Span
    surface: str
    value: str
    type: str
    when: TimeSpan | None = None
    rule: str = ""
    anchor: str | None = None
    edtf: str | None = None
    ambiguous: tuple[str, ...] = ()  # the other readings, as TIMEX3 values: "02/03/2019"

    def __post_init__(self) -> None:
        _require(len(self.surface) == self.span.end - self.span.start, f"{self.surface!r} does not fill {self.span}")
        _require(self.type in ("DATE", "TIME", "DURATION", "SET"), f"unknown type {self.type!r} of {self.surface!r}")

    @property
    def start(self) -> int:
        """Offset of the first character."""
        return self.span.start

    @property
    def end(self) -> int:
        """Offset after the last character."""
        return self.span.end

    @property
    def text(self) -> str:
        """The words as written."""
        return self.surface

    @property
    def told(self) -> str:
        """The words, with the day's number where the length of the journey gives one: "Sunday (day 6 of 6)"."""
        return f"{self.surface} ({self.anchor})" if self.anchor and self.anchor.startswith("day ") else self.surface


# --- the journey ------------------------------------------------------------------------------------------------------


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
    the sentences that prove it (never empty), the best first. `when_told` holds the words for a time that can't be placed on
    the calendar ("Sunday", "Day 3"). `rank` is the place in the chronology: visits of equal rank are in no told order.
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

    def __post_init__(self) -> None:
        _require(bool(self.mentions), f"the visit to {self.name!r} has no mention")
        _require(bool(self.evidence), f"the visit to {self.name!r} has no evidence")
        _require(0 <= self.score <= 1, f"score {self.score} of the visit to {self.name!r} is not in 0..1")


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
        _require(0 <= self.distance_km <= LONGEST_GEODESIC_KM, f"a leg of {self.distance_km} km does not fit on Earth")


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
        _require(len(self.legs) == max(0, len(self.visits) - 1), f"{len(self.visits)} visits need as many legs less one")
        for leg, a, b in zip(self.legs, self.visits, self.visits[1:], strict=False):
            _require(leg.origin is a and leg.destination is b, f"a leg skips from {a.name!r} to {b.name!r}")

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

    def to_geojson(self) -> dict[str, Any]:
        """RFC 7946 FeatureCollection of stops, legs and mentions."""
        from itinerary import export

        return export.geojson(self)

    def to_frame(self) -> pd.DataFrame:
        """A row per stop, in order."""
        from itinerary import export

        return export.frame(self)
