"""Look names up in the gazetteer's file: hundreds of names in one query, from any thread."""

from __future__ import annotations

import json
import os
import sqlite3
import threading
from collections import defaultdict
from collections.abc import Iterable
from pathlib import Path
from typing import Any

from geopy.adapters import BaseSyncAdapter
from geopy.geocoders.base import Geocoder
from geopy.location import Location
from geopy.point import Point

from itinerary.errors import GazetteerUnusable
from itinerary.gazetteer.building import build
from itinerary.gazetteer.entry import near_km
from itinerary.gazetteer.spelling import respelt
from itinerary.gazetteer.store import (
    ABBREVIATION,
    ALTERNATE,
    FORMER,
    HOW,
    REBUILD,
    connect,
    default_path,
    fingerprint,
    stored_fingerprint,
)
from itinerary.model import Coordinate, Kind, Match, Place
from itinerary.names import fold

_COLUMNS = "p.num, p.id, p.name, p.lat, p.lon, p.kind, p.country, p.admin1, p.admin2, p.population, p.radius, p.parents, p.prior"
# Alternates are names of any language and age, of which English texts use few: as if the place had one in a thousand of its
# inhabitants. Lands go by their official names and aliases in English: nobody writes Columbia for Colombia.
_ALTERNATE_COST, _ALTERNATE_LAND_COST = 3.0, 5.0
# A former name ranks as low, however well known: Salisbury is not Harare.
# No place has a longer name; longer strings are not looked up.
_LONGEST_NAME = 200


class _NoServer(BaseSyncAdapter):  # type: ignore[misc]  # geopy has no types
    """What geopy asks for in place of a way to the network."""

    def get_json(self, url: str, *, timeout: Any, headers: Any) -> Any:
        raise NotImplementedError("the gazetteer asks no server")

    get_text = get_json


class Gazetteer(Geocoder):  # type: ignore[misc]  # geopy has no types
    """Places by name, offline; a geopy `Geocoder`. Any number of threads and processes may use the same file.

    Candidates come best first: by prior (inhabitants or extent, kind, capital), lower under an alternate name; then by the
    stronger way of matching; then by the id.
    """

    def __init__(self, path: Path) -> None:
        """Use the file at `path` as it is; `Gazetteer.open` is the way in that checks and builds."""
        super().__init__(adapter_factory=_NoServer)
        self.path = path
        self._local = threading.local()

    @classmethod
    def open(cls, path: Path | str | None = None) -> Gazetteer:
        """The gazetteer at `path`, used as it is; without a path the user's own, built first when absent or out of date.

        The environment variable ITINERARY_GAZETTEER stands in for `path`: a larger one, imported from GeoNames' files.
        Raises GazetteerUnusable when the file at `path` is missing or damaged, or the build fails.
        """
        path = path or os.environ.get("ITINERARY_GAZETTEER")
        if not path:
            own = default_path()
            if stored_fingerprint(own) != fingerprint():
                build(own, force=False)
            return cls(own)
        if stored_fingerprint(Path(path)) is None:
            raise GazetteerUnusable(f"There is no usable gazetteer at {path}. To build one, run: {REBUILD}")
        return cls(Path(path))

    # --- by name ------------------------------------------------------------------------------------------------------

    def candidates(self, names: Iterable[str], *, limit: int = 100) -> dict[str, tuple[Match, ...]]:
        """For each name, as given, the places it may mean, best first, at most `limit`; () when there is none.

        Abbreviations ("D.C.", "US") match only as written, names however they are accented or capitalised.
        """
        names = list(dict.fromkeys(names))
        keys = {name: _county(fold(name)) if len(name) <= _LONGEST_NAME else "" for name in names}
        by_key, by_surface = self._named(set(keys.values())), self._abbreviated(names)
        return {name: self._ranked(by_surface[name] + by_key[key], limit) for name, key in keys.items()}

    def _named(self, keys: set[str]) -> dict[str, list[tuple[Any, ...]]]:
        query = f"""
            SELECT {_COLUMNS}, n.how, n.key FROM json_each(?) j CROSS JOIN name n ON n.key = j.value
            CROSS JOIN place p ON p.num = n.place
        """
        return self._grouped(query, sorted(k for k in keys if k))

    def _abbreviated(self, names: list[str]) -> dict[str, list[tuple[Any, ...]]]:
        query = f"""
            SELECT {_COLUMNS}, {ABBREVIATION}, a.surface FROM json_each(?) j
            CROSS JOIN abbreviation a ON a.surface = j.value CROSS JOIN place p ON p.num = a.place
        """
        return self._grouped(query, [n for n in names if len(n) <= 12])

    def _grouped(self, query: str, keys: list[str]) -> dict[str, list[tuple[Any, ...]]]:
        found: dict[str, list[tuple[Any, ...]]] = defaultdict(list)
        if keys:
            for row in self._rows(query, _json(keys)):
                found[row[-1]].append(row)
        return found

    @staticmethod
    def _ranked(rows: list[tuple[Any, ...]], limit: int) -> tuple[Match, ...]:
        best: dict[int, tuple[Any, ...]] = {}
        for row in sorted(rows, key=_rank):
            best.setdefault(row[0], row)
        return tuple(Match(_place(row), HOW[row[-2]]) for row in list(best.values())[:limit])

    def respelt(self, names: Iterable[str]) -> dict[str, tuple[Match, ...]]:
        """For names that mean nothing as written, places of almost the same name (how: "spelling"); see `spelling`."""
        return respelt(names, self)

    def known(self, keys: Iterable[str]) -> set[str]:
        """Those of the folded `keys` that name something; thousands at once."""
        wanted = sorted({k for k in keys if k and len(k) <= _LONGEST_NAME})
        query = "SELECT j.value FROM json_each(?) j WHERE EXISTS (SELECT 1 FROM name WHERE key = j.value)"
        return {row[0] for row in self._rows(query, _json(wanted))} if wanted else set()

    def abbreviations(self, surfaces: Iterable[str]) -> set[str]:
        """Those of the `surfaces` that, as written, abbreviate a place."""
        wanted = [s for s in surfaces if len(s) <= 12]
        query = "SELECT j.value FROM json_each(?) j WHERE EXISTS (SELECT 1 FROM abbreviation WHERE surface = j.value)"
        return {row[0] for row in self._rows(query, _json(wanted))} if wanted else set()

    def demonyms(self, words: Iterable[str]) -> dict[str, tuple[Place, ...]]:
        """For each adjective or inhabitant ("Georgian", "Parisians") the places it belongs to, best first; () when none."""
        words = list(dict.fromkeys(words))
        keys = {word: fold(word) if len(word) <= _LONGEST_NAME else "" for word in words}
        query = f"""
            SELECT {_COLUMNS}, 0, d.key FROM json_each(?) j CROSS JOIN demonym d ON d.key = j.value
            CROSS JOIN place p ON p.num = d.place
        """
        found = self._grouped(query, sorted(set(filter(None, keys.values()))))
        return {word: tuple(m.place for m in self._ranked(found[key], 20)) for word, key in keys.items()}

    def search(self, prefix: str, limit: int = 10) -> tuple[Match, ...]:
        """Places whose name begins with `prefix`, best first, each once: for a search box."""
        key = fold(prefix)[:_LONGEST_NAME]
        if not key:
            return ()
        query = f"""
            SELECT {_COLUMNS}, min(n.how), n.key FROM name n JOIN place p ON p.num = n.place
            WHERE n.key >= ? AND n.key < ? GROUP BY p.num ORDER BY p.prior - (n.how = {ALTERNATE}) DESC LIMIT ?
        """
        return self._ranked(self._rows(query, key, key + "\U0010ffff", limit), limit)

    # --- by id --------------------------------------------------------------------------------------------------------

    def place(self, id: str) -> Place | None:
        """The place with that id, or None."""
        return self.places([id]).get(id)

    def places(self, ids: Iterable[str]) -> dict[str, Place]:
        """The places with those ids; unknown ids are left out."""
        query = f"SELECT {_COLUMNS} FROM json_each(?) j CROSS JOIN place p ON p.id = j.value"
        return {row[1]: _place(row) for row in self._rows(query, _json(list(ids)))}

    # --- geopy --------------------------------------------------------------------------------------------------------

    def geocode(self, query: str, *, exactly_one: bool = True, timeout: Any = None) -> Any:
        """geopy's call: the best Location for a name, or with `exactly_one=False` a list, best first; None when unknown."""
        found = [_location(m.place) for m in self.candidates([query])[query]]
        return (found[0] if exactly_one else found) if found else None

    def reverse(self, query: Any, *, exactly_one: bool = True, timeout: Any = None) -> Any:
        """geopy's call: the city nearest to a point (anything geopy reads as one), within 100 km; None when there is none."""
        point = Point(query)
        found = [_location(p) for p in self.near(Coordinate(point.latitude, point.longitude), limit=1 if exactly_one else 10)]
        return (found[0] if exactly_one else found) if found else None

    def near(self, coordinate: Coordinate, *, limit: int = 10, kind: Kind = Kind.CITY) -> tuple[Place, ...]:
        """The `limit` places of a kind nearest to a point, within 100 km, nearest first."""
        centre = (coordinate.latitude, coordinate.longitude)
        query = f"SELECT {_COLUMNS} FROM place p WHERE p.lat BETWEEN ? AND ? AND p.kind = ?"
        rows = self._rows(query, centre[0] - 0.9, centre[0] + 0.9, kind.value)
        measured = sorted((near_km(centre, (row[3], row[4])), row[1], row) for row in rows)
        return tuple(_place(row) for km, _, row in measured[:limit] if km <= 100)

    # --- the file -----------------------------------------------------------------------------------------------------

    def _rows(self, query: str, *values: Any) -> list[tuple[Any, ...]]:
        try:
            connection: sqlite3.Connection | None = getattr(self._local, "connection", None)
            if connection is None:
                connection = self._local.connection = connect(self.path)
            return connection.execute(query, values).fetchall()
        except (sqlite3.Error, UnicodeDecodeError) as error:  # what stands in a damaged file need not be text
            raise GazetteerUnusable(f"The gazetteer {self.path} can't be read ({error}). To mend it, run: {REBUILD}") from error


def _json(values: list[str]) -> str:
    """For json_each; lone surrogates, which UTF-8 can't carry, are escaped and match nothing."""
    return json.dumps([v for v in values if "\0" not in v])


def _county(key: str) -> str:
    """The key with a closing "Co." written out: "Platte Co." is Platte County."""
    return f"{key}unty" if key.endswith(" co") else key


def _rank(row: tuple[Any, ...]) -> tuple[float, int, str]:
    how, cost = row[-2], 0.0
    if how == ALTERNATE:
        cost = _ALTERNATE_LAND_COST if row[5] in (Kind.COUNTRY, Kind.CONTINENT) else _ALTERNATE_COST
    elif how == FORMER:
        cost = _ALTERNATE_COST
    return (cost - row[12], how, row[1])


def _place(row: tuple[Any, ...]) -> Place:
    try:
        return Place(
            id=row[1], name=row[2], coordinate=Coordinate(row[3], row[4]), kind=Kind(row[5]), country=row[6], admin1=row[7],
            admin2=row[8], population=row[9], radius_km=row[10], parents=tuple(row[11].split()),
        )  # fmt: skip
    except (ValueError, TypeError, AttributeError) as error:
        raise GazetteerUnusable(f"The gazetteer holds a damaged place ({error}). To mend it, run: {REBUILD}") from error


def _location(place: Place) -> Location:
    address = ", ".join(part for part in (place.name, place.admin1, place.country) if part)
    return Location(address, (place.coordinate.latitude, place.coordinate.longitude), {"id": place.id, "kind": place.kind.value})
