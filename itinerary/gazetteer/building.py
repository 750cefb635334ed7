"""Build the gazetteer: gather entries from all sources, settle what depends on others, write one file, whole or absent."""

from __future__ import annotations

import math
import sqlite3
from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator
from pathlib import Path
from typing import Any

from itinerary.gazetteer import containment, natural_earth, ours, sources
from itinerary.gazetteer.entry import Entry, city_radius, near_km, spread
from itinerary.gazetteer.store import (
    INDEXES,
    TABLES,
    default_path,
    fingerprint,
    one_builder,
    stored_fingerprint,
    sweep,
    whole_or_absent,
)
from itinerary.model import Kind
from itinerary.names import fold

Progress = Callable[[int, int, str], None]  # done, total, name of the stage
# Two points of one name, country and province within this distance (km) are one town.
_SAME_TOWN_KM = 5.0
_STAGES = ("countries and subdivisions", "cities", "regions, airports, waters", "our own lists", "writing", "sorting names")


def build(path: Path | None = None, *, progress: Progress | None = None, force: bool = True) -> Path:
    """Write the gazetteer to `path` (default: the user's cache folder) and return the path.

    Takes under a minute. `force=False` leaves an up-to-date file alone. Two processes may build at once; a killed build
    leaves nothing behind under the final name. Raises GazetteerUnusable when a package is missing or the disk is full.
    """
    path = path or default_path()
    say = _announcer(progress)
    with one_builder(path):
        mark = fingerprint()
        if not force and stored_fingerprint(path) == mark:
            return path
        sweep(path)
        with whole_or_absent(path) as temporary:
            _write(temporary, mark, say)
    if progress:
        progress(len(_STAGES), len(_STAGES), "done")
    return path


def _announcer(progress: Progress | None) -> Callable[[str], None]:
    return lambda stage: progress(_STAGES.index(stage), len(_STAGES), stage) if progress else None


def _write(path: Path, mark: str, say: Callable[[str], None]) -> None:
    connection = sqlite3.connect(path)
    try:
        prepare(connection)
        entries = gather(say)
        say("writing")
        save(connection, entries)
        del entries
        say("sorting names")
        finish(connection, mark)
    finally:
        connection.close()


def prepare(connection: sqlite3.Connection) -> None:
    """Make the empty tables; the file is thrown away unless it is finished, so no journal is kept."""
    connection.executescript("PRAGMA journal_mode = OFF; PRAGMA synchronous = OFF; PRAGMA cache_size = -65536;" + TABLES)


def gather(say: Callable[[str], None]) -> dict[str, Entry]:
    """All entries by id, with radius, population and containers settled."""
    return gather_with_codes(say)[0]


def gather_with_codes(say: Callable[[str], None]) -> tuple[dict[str, Entry], dict[str, Entry]]:
    """All entries by id, and the subdivisions by GeoNames' code ("CA.08")."""
    say("countries and subdivisions")
    points = sources.points()
    entries = {e.id: e for e in (*sources.continents(), *sources.countries(points))}
    divisions = sources.subdivisions(points)
    for division in filter(None, divisions.rows):
        entries.setdefault(division.id, division)
    say("cities")
    for city in sources.cities(divisions):
        entries[city.id] = city
    say("regions, airports, waters")
    waters = (*natural_earth.seas(), *natural_earth.rivers())
    for entry in (*sources.others(points, set(entries)), *sources.airports(), *waters):
        entries.setdefault(entry.id, entry)
    _settle(entries)
    say("our own lists")
    ours.add_places(entries)
    _merge_regions(entries)
    _merge_cities(entries)
    ours.add_aliases(entries)
    ours.add_demonyms(entries)
    _drop_adjectives(entries)
    ours.add_regions(entries, divisions.codes)
    containment.place_points(entries)
    containment.fill_areas(entries)
    return entries, divisions.codes


# --- what depends on other entries ------------------------------------------------------------------------------------


def _settle(entries: dict[str, Entry]) -> None:
    for id_ in sources.capital_ids() & entries.keys():
        entries[id_].capital = True
    members = _members(entries)
    for id_, cities in members.items():
        _settle_area(entries[id_], cities)
    for id_ in [e.id for e in entries.values() if math.isnan(e.lat)]:
        del entries[id_]
    for entry in entries.values():
        if entry.kind is Kind.CITY:
            entry.radius = city_radius(entry.population)
        elif entry.kind is Kind.REGION and not entry.radius:
            # 60 inhabitants per km²: the mean of the inhabited lands
            entry.radius = max(50.0, math.sqrt(entry.population / 60 / math.pi))


def _members(entries: dict[str, Entry]) -> dict[str, list[Entry]]:
    """Id of a country or subdivision -> its cities."""
    countries = {e.country: e.id for e in entries.values() if e.kind is Kind.COUNTRY}
    members: dict[str, list[Entry]] = defaultdict(list)
    for city in entries.values():
        if city.kind is Kind.CITY:
            for id_ in (city.admin2, city.admin1, countries.get(city.country)):
                if id_ in entries:
                    members[id_].append(city)
    return members


def _settle_area(area: Entry, cities: list[Entry]) -> None:
    """Point (if unknown), population (if unknown) and radius of an area out of its cities."""
    if math.isnan(area.lat):
        weights = [c.population + 1 for c in cities]
        area.lat = sum(c.lat * w for c, w in zip(cities, weights, strict=True)) / sum(weights)
        area.lon = sum(c.lon * w for c, w in zip(cities, weights, strict=True)) / sum(weights)
    area.population = area.population or sum(c.population for c in cities)
    area.radius = max(area.radius, 3.0, spread((area.lat, area.lon), [(c.lat, c.lon) for c in cities]))


def _merge_regions(entries: dict[str, Entry]) -> None:
    """GeoNames has some regions twice under one name: the better known stays, with the names of both."""
    kept: dict[tuple[str, str | None], Entry] = {}
    regions = [e for e in entries.values() if e.kind is Kind.REGION and e.id.startswith("geonames:")]
    for region in sorted(regions, key=lambda e: (-e.curated, -e.population, e.id)):
        first = kept.setdefault((fold(region.name), region.country), region)
        if first is not region and near_km((first.lat, first.lon), (region.lat, region.lon)) < max(300.0, first.radius):
            first.names = region.names | first.names
            del entries[region.id]


def _merge_cities(entries: dict[str, Entry]) -> None:
    """GeoNames has some towns twice: the better known stays. Kansas City in two states is two towns."""
    namesakes: dict[tuple[str, str | None], list[Entry]] = defaultdict(list)
    for entry in entries.values():
        if entry.kind is Kind.CITY:
            namesakes[entry.name, entry.country].append(entry)
    for towns in namesakes.values():
        towns.sort(key=lambda e: (-e.population, e.id))
        for i, town in enumerate(towns):
            better = next((b for b in towns[:i] if b.id in entries and _one_town(b, town)), None)
            if better is not None:
                better.names = town.names | better.names
                del entries[town.id]


def _one_town(a: Entry, b: Entry) -> bool:
    alike = b.population == 0 or a.admin1 == b.admin1
    return alike and not b.capital and near_km((a.lat, a.lon), (b.lat, b.lon)) <= _SAME_TOWN_KM


def _drop_adjectives(entries: dict[str, Entry]) -> None:
    """Rivers named by an adjective keep their full names only: "Canadian" is not the Canadian River."""
    adjectives = {fold(word) for e in entries.values() for word in e.demonyms}
    for entry in entries.values():
        if entry.kind is Kind.RIVER:
            for key in entry.names.keys() & adjectives:
                del entry.names[key]


# --- writing ----------------------------------------------------------------------------------------------------------


def save(connection: sqlite3.Connection, entries: dict[str, Entry]) -> None:
    """Insert places and their names; names stay unsorted until `finish`."""
    countries = {e.country: e for e in entries.values() if e.kind is Kind.COUNTRY}
    ordered = sorted(entries.values(), key=lambda e: -e.prior)  # well-known places lie together on the disk
    rows = (_place_row(num, entry, entries, countries) for num, entry in enumerate(ordered))
    connection.executemany(f"INSERT INTO place VALUES ({','.join('?' * 13)})", rows)
    connection.executemany("INSERT INTO raw VALUES (?, ?, ?)", _pairs(ordered, lambda e: e.names.items()))
    connection.executemany("INSERT INTO abbreviation VALUES (?, ?)", _pairs(ordered, lambda e: zip(sorted(e.short))))
    demonyms = _pairs(ordered, lambda e: zip(sorted({fold(word) for word in e.demonyms})))
    connection.executemany("INSERT INTO demonym VALUES (?, ?)", demonyms)


def _place_row(num: int, e: Entry, by_id: dict[str, Entry], countries: dict[str | None, Entry]) -> tuple[object, ...]:
    admins = [by_id.get(i) if i else None for i in (e.admin1, e.admin2)]
    a1, a2 = (a.name if a else None for a in admins)
    holders = [h for h in (admins[1], admins[0], countries.get(e.country)) if h]
    chain = [*e.within, *(i for h in holders[:-1] for i in (h.id,)), *e.beyond]
    chain += [i for h in holders[:-1] for i in h.beyond] + [i for h in holders[-1:] for i in (h.id, *h.beyond)]
    parents = " ".join(dict.fromkeys(p for p in chain if p != e.id))
    where, size = (round(e.lat, 5), round(e.lon, 5)), (e.population, round(e.radius, 1))
    return (num, e.id, e.name, *where, e.kind.value, e.country, a1, a2, *size, parents, round(e.prior, 3))


def _pairs(ordered: list[Entry], values: Callable[[Entry], Iterable[tuple[Any, ...]]]) -> Iterator[tuple[Any, ...]]:
    """Rows (value, number of the place, what follows the value) of all entries."""
    for num, entry in enumerate(ordered):
        for first, *rest in values(entry):
            yield (first, num, *rest)


def finish(connection: sqlite3.Connection, mark: str) -> None:
    """Sort the names into their tree, index, and sign the file."""
    connection.execute("INSERT INTO name SELECT key, place, min(how) FROM raw GROUP BY key, place")
    connection.executescript("DROP TABLE raw;" + INDEXES)
    connection.execute("INSERT INTO meta VALUES ('fingerprint', ?)", (mark,))
    connection.commit()
    connection.execute("ANALYZE")
    connection.commit()
