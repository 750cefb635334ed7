"""Places on Earth, and how a gazetteer knows them."""

from __future__ import annotations

import math
from dataclasses import dataclass
from enum import StrEnum

from itinerary.model.checks import require


@dataclass(frozen=True, slots=True)
class Coordinate:
    """A point in degrees; latitude -90..90, longitude -180..180."""

    latitude: float
    longitude: float

    def __post_init__(self) -> None:
        require(math.isfinite(self.latitude) and abs(self.latitude) <= 90, f"latitude {self.latitude} is not in -90..90")
        require(math.isfinite(self.longitude) and abs(self.longitude) <= 180, f"longitude {self.longitude} is not in -180..180")


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
        require(":" in self.id, f"a place's id names its source, as in geonames:123, not {self.id!r}")
        require(bool(self.name), f"place {self.id} has no name")
        require(self.population >= 0 and self.radius_km >= 0, f"place {self.id} has a negative population or radius")

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
    """A place that a gazetteer knows under a name, and how: "name", "abbreviation", "alias", "former" or "alternate".

    Alternates are names of any language and age without a tag, hence many common words; aliases are our own list, and
    so are former names that a living place bears too.
    """

    place: Place
    how: str = "name"
