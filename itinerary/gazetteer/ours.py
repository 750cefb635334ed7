"""Our own lists in `data/`: places that no package has, other names, and demonyms."""

from __future__ import annotations

import csv
import re
import sqlite3
from collections import defaultdict
from collections.abc import Iterator
from pathlib import Path

from itinerary.gazetteer import sources
from itinerary.gazetteer.entry import Entry, near_km
from itinerary.gazetteer.store import ALIAS, DATA
from itinerary.model import Kind
from itinerary.names import fold

PLACE_COLUMNS = ("name", "kind", "country", "latitude", "longitude", "radius_km", "alternates")
# Kinds that name the same thing in different sources.
_GROUPS = (
    frozenset({Kind.OCEAN, Kind.SEA, Kind.BAY, Kind.STRAIT}),
    frozenset({Kind.REGION, Kind.PENINSULA, Kind.RANGE, Kind.DESERT, Kind.VALLEY, Kind.ARCHIPELAGO, Kind.ISLAND}),
    frozenset({Kind.CITY, Kind.DISTRICT}),
)
# Two points of one thing that lie this far apart (km), or within its radius, are one.
_SAME_KM = 30.0


def rows(path: Path) -> Iterator[dict[str, str]]:
    """The rows of a list; nothing when the file is absent."""
    if path.is_file():
        with path.open(encoding="utf-8-sig", newline="") as file:
            for row in csv.DictReader(file):
                yield {k: (v or "").strip() for k, v in row.items() if k}


def place_rows() -> Iterator[dict[str, str]]:
    """The rows of every list of places, in the order of the files."""
    for path in sorted((DATA / "places").glob("*.csv")):
        yield from rows(path)


def add_places(entries: dict[str, Entry]) -> None:
    """Add our places to `entries`; what a package has already is completed instead, and keeps its id."""
    by_key: dict[str, list[Entry]] = defaultdict(list)
    for entry in entries.values():
        for key, how in entry.names.items():
            if how == 0:
                by_key[key].append(entry)
    countries = {e.country: e for e in entries.values() if e.kind is Kind.COUNTRY}
    for row in place_rows():
        entry = _place(row, countries, entries)
        twin = next((e for e in by_key[fold(entry.name)] if _same(e, entry)), None)
        if twin:
            _complete(twin, entry)
        else:
            entries[entry.id] = entry
            by_key[fold(entry.name)].append(entry)


def _place(row: dict[str, str], countries: dict[str | None, Entry], taken: dict[str, Entry]) -> Entry:
    codes = [c for c in row["country"].split("|") if c]
    kind, where = Kind(row["kind"]), (float(row["latitude"]), float(row["longitude"]))
    entry = Entry(_id(row["name"], taken), row["name"], *where, kind, codes[0] if len(codes) == 1 else None)
    entry.radius = float(row["radius_km"] or 0)
    entry.add((a for a in row["alternates"].split("|") if a), ALIAS)
    return entry.named(row["name"])


def _id(name: str, taken: dict[str, Entry]) -> str:
    slug = re.sub(r"\s+", "-", fold(name)) or "unnamed"
    found, n = f"itinerary:{slug}", 1
    while found in taken:
        n += 1
        found = f"itinerary:{slug}-{n}"
    return found


def _same(a: Entry, b: Entry) -> bool:
    kin = a.kind is b.kind or any(a.kind in group and b.kind in group for group in _GROUPS)
    return kin and near_km((a.lat, a.lon), (b.lat, b.lon)) <= max(_SAME_KM, a.radius, b.radius)


def _complete(known: Entry, ours: Entry) -> None:
    """Our kind, radius and names go to the known entry; a GeoNames point stays, a polygon's makeshift point gives way."""
    if not known.id.startswith(("geonames:", "airport:")):
        known.lat, known.lon, known.name = ours.lat, ours.lon, ours.name
    if known.kind is not Kind.CITY:
        known.kind, known.radius = ours.kind, ours.radius or known.radius
        known.country = ours.country or known.country
    for key, how in ours.names.items():
        known.names[key] = min(how, known.names.get(key, how))


# --- aliases and demonyms: they refer to places by name, so they are added when the names are in ------------------------


def add_aliases(connection: sqlite3.Connection) -> None:
    """Other names (into `name`) and abbreviations (as written, into `abbreviation`)."""
    for row in rows(DATA / "aliases.csv"):
        num = find(connection, row["name"], row["country"], row["kind"])
        if num is None:
            continue
        if row["form"] == "abbreviation":
            for surface in {row["alias"], row["alias"].replace(". ", "."), row["alias"].replace(".", ". ").strip()}:
                connection.execute("INSERT OR IGNORE INTO abbreviation VALUES (?, ?)", (surface, num))
        elif key := fold(row["alias"]):
            connection.execute("INSERT OR REPLACE INTO name VALUES (?, ?, ?)", (key, num, ALIAS))


def find(connection: sqlite3.Connection, name: str, country: str, kind: str) -> int | None:
    """Number of the best known place of that name, country ("" for any) and kind ("" for any); None when there is none."""
    query = """
        SELECT p.num FROM name n JOIN place p ON p.num = n.place
        WHERE n.key = ? AND (? = '' OR p.country = ?) AND (? = '' OR p.kind = ?) ORDER BY n.how / 2, p.prior DESC LIMIT 1
    """
    found = connection.execute(query, (fold(name), country, country, kind, kind)).fetchone()
    return int(found[0]) if found else None


def add_demonyms(connection: sqlite3.Connection) -> None:
    """Adjectives and inhabitants, of countries from the package and of all kinds of places from our list."""
    countries = dict(connection.execute("SELECT country, num FROM place WHERE kind = 'country'").fetchall())
    pairs = [(word, countries.get(code)) for word, code in sources.country_demonyms()]
    for row in rows(DATA / "demonyms.csv"):
        pairs.append((row["word"], find(connection, row["place"], row["country"], "")))
    for word, num in pairs:
        for form in forms(word) if num is not None else ():
            connection.execute("INSERT OR IGNORE INTO demonym VALUES (?, ?)", (fold(form), num))


def forms(word: str) -> tuple[str, ...]:
    """The word and its regular plural: "Georgian" also stands for "Georgians", "Chinese" only for itself."""
    if word.endswith("man"):
        return (word, word[:-3] + "men")
    if word.endswith(("s", "ese", "sh", "ch", "x", "men")):
        return (word,)
    return (word, word + "s")
