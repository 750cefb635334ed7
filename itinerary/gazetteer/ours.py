"""Our own lists in `data/`: places that no package has, what contains what, other names, and demonyms."""

from __future__ import annotations

import csv
import re
from collections import defaultdict
from collections.abc import Iterable, Iterator
from pathlib import Path

from itinerary.gazetteer import sources
from itinerary.gazetteer.entry import Entry, near_km
from itinerary.gazetteer.store import ALIAS, ALTERNATE, DATA, FORMER, NAME
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
_SAME_AIRPORT_KM = 3.0


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


# --- places -----------------------------------------------------------------------------------------------------------


def add_places(entries: dict[str, Entry]) -> None:
    """Add our places to `entries`; what a package has already is completed instead, and keeps its id."""
    wanted = list(place_rows())
    by_key = _named(entries.values(), {key for row in wanted for key in _keys(row["name"], row["kind"])})
    airports = [e for e in entries.values() if e.kind is Kind.AIRPORT]
    for row in wanted:
        entry = _place(row, entries)
        alike = [e for key in _keys(entry.name, entry.kind) for e in by_key[key]]
        twin = next((e for e in alike if _same(e, entry)), None) or _airport_at(entry, airports)
        if twin:
            _complete(twin, entry)
        else:
            entries[entry.id] = entry
            by_key[fold(entry.name)].append(entry)


def _keys(name: str, kind: str) -> list[str]:
    """Keys under which another source may have the same thing: the Rhine is also the Rhine River."""
    return [fold(name), f"{fold(name)} river"] if kind == Kind.RIVER else [fold(name)]


def _named(entries: Iterable[Entry], keys: set[str]) -> dict[str, list[Entry]]:
    """Look-up key -> entries with that official name, for `keys` only."""
    found: dict[str, list[Entry]] = defaultdict(list)
    for entry in entries:
        for key, how in entry.names.items():
            if how == NAME and key in keys:
                found[key].append(entry)
    return found


def _place(row: dict[str, str], taken: dict[str, Entry]) -> Entry:
    codes = [c for c in row["country"].split("|") if c]
    kind, where = Kind(row["kind"]), (float(row["latitude"]), float(row["longitude"]))
    entry = Entry(_id(row["name"], taken), row["name"], *where, kind, codes[0] if len(codes) == 1 else None, curated=True)
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
    kin = a.kind is b.kind or any(a.kind in group and b.kind in group for group in _GROUPS) or _is_province(a, b)
    wide = a.kind is b.kind is Kind.REGION  # nobody agrees where the middle of Central America is
    reach = a.radius + b.radius if wide else max(_SAME_KM, a.radius, b.radius)
    return kin and near_km((a.lat, a.lon), (b.lat, b.lon)) <= reach


def _airport_at(ours: Entry, airports: list[Entry]) -> Entry | None:
    """The airport that lies where ours does: no two airports stand within 3 km of each other, whatever they are called."""
    if ours.kind is not Kind.AIRPORT:
        return None
    return next((e for e in airports if near_km((e.lat, e.lon), (ours.lat, ours.lon)) <= _SAME_AIRPORT_KM), None)


def _is_province(a: Entry, ours: Entry) -> bool:
    """Whether our region or island is the same land as a first-order subdivision: Sicily is, the island of Hawaii is not."""
    alike = a.radius / 2 <= ours.radius <= a.radius * 2
    return (
        a.kind is Kind.ADMIN1
        and ours.kind in (Kind.REGION, Kind.ISLAND, Kind.ARCHIPELAGO)
        and a.country == ours.country
        and alike
    )


def _complete(known: Entry, ours: Entry) -> None:
    """Our kind, radius and names go to the known entry; GeoNames' point stays, a polygon's makeshift point gives way."""
    known.curated = known.curated or known.kind is not Kind.ADMIN1
    if not known.id.startswith(("geonames:", "airport:")):
        known.lat, known.lon, known.name = ours.lat, ours.lon, ours.name
    if known.kind not in (Kind.CITY, Kind.ADMIN1):
        known.kind, known.radius = ours.kind, ours.radius or known.radius
        known.country = ours.country or known.country
    for key, how in ours.names.items():
        known.names[key] = min(how, known.names.get(key, how))


# --- what contains what -----------------------------------------------------------------------------------------------


def add_regions(entries: dict[str, Entry], codes: dict[str, Entry]) -> None:
    """Put countries ("SE") and first-order subdivisions ("RU.59") into the regions that list them."""
    wanted = list(rows(DATA / "regions.csv"))
    by_key = _named(entries.values(), {fold(row["name"]) for row in wanted})
    members = codes | {e.country: e for e in entries.values() if e.kind is Kind.COUNTRY and e.country}
    for row in wanted:
        regions = [e for e in by_key[fold(row["name"])] if e.kind not in (Kind.CITY, Kind.ADMIN2, Kind.COUNTRY)]
        regions = [e for e in regions if e.country is None] or regions
        for code in row["members"].split("|") if regions else ():
            if code in members:
                member = members[code]
                member.beyond = (*(r.id for r in regions if r is not member), *member.beyond)


# --- aliases and demonyms ---------------------------------------------------------------------------------------------


class Finder:
    """Finds the best known entry of a name, optionally of a country and a kind; knows only the names it was made for."""

    def __init__(self, entries: dict[str, Entry], names: Iterable[str]) -> None:
        """Index those of the entries that bear one of the `names`."""
        self._entries, keys = entries, {fold(name) for name in names}
        self._found: dict[str, list[tuple[int, Entry]]] = defaultdict(list)
        for entry in entries.values():
            for key in entry.names.keys() & keys:
                self._found[key].append((entry.names[key], entry))

    def find(self, name: str, country: str, kind: str) -> Entry | None:
        """The entry with that id or name; official names and aliases before alternates, then by prior; "" means any."""
        if name in self._entries:
            return self._entries[name]
        fits = [
            (how == ALTERNATE, -entry.prior, entry.id)
            for how, entry in self._found[fold(name)]
            if country in ("", entry.country) and kind in ("", entry.kind.value)
        ]
        return self._entries[min(fits)[2]] if fits else None

    def taken(self, name: str) -> bool:
        """Whether an inhabited place, or one of our lists, bears the name officially."""
        return any(how == NAME and (entry.population or entry.curated) for how, entry in self._found[fold(name)])


def add_aliases(entries: dict[str, Entry]) -> list[str]:
    """Add other names and abbreviations; the aliases whose place is unknown come back."""
    wanted, lost = list(rows(DATA / "aliases.csv")), []
    finder = Finder(entries, [name for row in wanted for name in (row["name"], row["alias"])])
    for row in wanted:
        entry = finder.find(row["name"], row["country"], row["kind"])
        if entry is None:
            lost.append(row["alias"])
        else:
            _alias(entry, row, finder)
    return lost


def _alias(entry: Entry, row: dict[str, str], finder: Finder) -> None:
    alias, form = row["alias"], row["form"]
    if form == "abbreviation":
        entry.short |= {alias, alias.replace(".", ". ").strip()}
    elif form == "english":
        entry.name = alias
        entry.add([alias], NAME)
    else:
        # A former name does not outrank a living namesake: Salisbury is not Harare.
        entry.add([alias], FORMER if form == "historical" and finder.taken(alias) else ALIAS)


def add_demonyms(entries: dict[str, Entry]) -> list[str]:
    """Add adjectives and inhabitants, of countries from the package and of all places from our list; the lost come back.

    A country that is its own adjective ("Singapore", "Hong Kong") is named all the same.
    """
    countries = {e.country: e for e in entries.values() if e.kind is Kind.COUNTRY}
    for word, code in sources.country_demonyms():
        if code in countries and fold(word) != fold(countries[code].name):
            countries[code].demonyms |= set(forms(word))
    wanted, lost = list(rows(DATA / "demonyms.csv")), []
    finder = Finder(entries, [row["place"] for row in wanted])
    for row in wanted:
        entry = finder.find(row["place"], row["country"], row["kind"])
        if entry is None:
            lost.append(row["word"])
        else:
            entry.demonyms |= set(forms(row["word"]))
    return lost


def forms(word: str) -> tuple[str, ...]:
    """The word and its regular plural: "Georgian" also stands for "Georgians", "Chinese" only for itself."""
    if word.endswith(("man", "woman")) and word not in ("German", "Roman", "Norman", "Ottoman"):
        return (word, word[:-3] + "men")
    if word.endswith(("s", "ese", "sh", "x", "men", "French", "Dutch", "Scotch")):
        return (word,)
    return (word, word + "s")
