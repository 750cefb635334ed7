"""A larger gazetteer for those who want it, out of GeoNames' own dump files.

`cities500.txt` or `allCountries.txt` (19 columns, tab-separated, UTF-8, no header) give the places, `alternateNamesV2.txt`
gives names with their languages; each as .txt or inside a .zip. The files are read as streams, line by line, and what the
packages and our lists know stays in: countries, subdivisions, containment, aliases and demonyms.
"""

from __future__ import annotations

import io
import sqlite3
import zipfile
from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager
from pathlib import Path

from itinerary.cache import cache_folder
from itinerary.errors import InputError
from itinerary.gazetteer import building
from itinerary.gazetteer.entry import Entry, city_radius
from itinerary.gazetteer.store import ALTERNATE, NAME, fingerprint, one_builder, whole_or_absent
from itinerary.model import Kind
from itinerary.names import fold

LARGE_NAME = "gazetteer-geonames.sqlite"
_COLUMNS = 19
_ALTERNATE_COLUMNS = 4  # alternateNamesV2: id, geonameid, language, name, then marks that may be absent
# Places are written in batches, so that memory does not grow with the file.
_BATCH = 20_000
# Progress is told once per this many lines.
_TELL = 50_000
# Codes, not names, in the language column of alternate names.
_NO_LANGUAGE = frozenset({"link", "post", "iata", "icao", "faac", "wkdt", "unlc", "phon", "tcid", "abbr"})
# GeoNames' feature codes (or classes, one letter) and our kinds; what is not listed is left out.
_KINDS: dict[str, Kind] = {
    "P": Kind.CITY, "PPLX": Kind.DISTRICT, "CONT": Kind.CONTINENT, "RGN": Kind.REGION, "OCN": Kind.OCEAN, "SEA": Kind.SEA,
    "BAY": Kind.BAY, "GULF": Kind.BAY, "FJD": Kind.BAY, "SD": Kind.BAY, "STRT": Kind.STRAIT, "CHN": Kind.STRAIT,
    "STM": Kind.RIVER, "LK": Kind.LAKE, "LKS": Kind.LAKE, "RSV": Kind.LAKE, "CNL": Kind.CANAL, "FLLS": Kind.WATERFALL,
    "MT": Kind.MOUNTAIN, "PK": Kind.MOUNTAIN, "VLC": Kind.MOUNTAIN, "MTS": Kind.RANGE, "PASS": Kind.PASS, "DSRT": Kind.DESERT,
    "VAL": Kind.VALLEY, "GLCR": Kind.GLACIER, "ISL": Kind.ISLAND, "ISLS": Kind.ARCHIPELAGO, "PEN": Kind.PENINSULA,
    "CAPE": Kind.CAPE, "PRK": Kind.PARK, "RES": Kind.PARK, "AIRP": Kind.AIRPORT, "AIRF": Kind.AIRPORT, "RSTN": Kind.STATION,
    "MTRO": Kind.STATION, "PRT": Kind.PORT, "HBR": Kind.PORT, "INSM": Kind.BASE, "AIRB": Kind.BASE, "NVB": Kind.BASE,
    "RUIN": Kind.RUIN, "ANS": Kind.RUIN, "MUS": Kind.LANDMARK, "MNMT": Kind.LANDMARK, "CSTL": Kind.LANDMARK,
    "PAL": Kind.LANDMARK, "CH": Kind.LANDMARK, "MSTY": Kind.LANDMARK, "BDG": Kind.LANDMARK, "TMPL": Kind.LANDMARK,
}  # fmt: skip

Progress = Callable[[int, int, str], None]  # bytes read, bytes in all, name of the file


def build_from_dump(
    places: Path, *, alternates: Path | None = None, path: Path | None = None, progress: Progress | None = None
) -> Path:
    """Write a gazetteer out of a dump file of places (and one of alternate names) to `path` and return the path.

    Name it in ITINERARY_GAZETTEER to use it. Raises InputError for a file in another format, GazetteerUnusable when the
    result can't be written. Memory stays under 1 GB whatever the size of the files.
    """
    path = path or cache_folder() / LARGE_NAME
    for file in filter(None, (places, alternates)):
        _check(file)
    with one_builder(path), whole_or_absent(path) as temporary:
        connection = sqlite3.connect(temporary)
        try:
            building.prepare(connection)
            ids = _add_base(connection)
            _add_places(connection, _told(places, progress), ids)
            if alternates:
                _add_alternates(connection, _told(alternates, progress))
            building.finish(connection, f"dump {places.name} {fingerprint()}")
        finally:
            connection.close()
    return path


def _add_base(connection: sqlite3.Connection) -> _Known:
    """Write what the packages and our lists hold; what is needed of it to place a line of the dump comes back."""
    entries, codes = building.gather_with_codes(lambda stage: None)
    building.save(connection, entries)
    countries = {e.country: e for e in entries.values() if e.kind is Kind.COUNTRY and e.country}
    admins = {code: (e.id, e.name, e.beyond) for code, e in codes.items()}
    return _Known(set(entries), {code: (e.id, e.beyond) for code, e in countries.items()}, admins, len(entries))


class _Known:
    """Ids already written, countries and subdivisions by code, and the next free number."""

    def __init__(
        self,
        ids: set[str],
        countries: dict[str, tuple[str, tuple[str, ...]]],
        admins: dict[str, tuple[str, str, tuple[str, ...]]],
        number: int,
    ) -> None:
        self.ids, self.countries, self.admins, self.number = ids, countries, admins, number

    def row(self, entry: Entry, country: str, admin1: str, admin2: str) -> tuple[object, ...]:
        """The row of the table `place` for a new entry."""
        first = self.admins.get(f"{country}.{admin1}")
        second = self.admins.get(f"{country}.{admin1}.{admin2}")
        holder = self.countries.get(country)
        chain = [a[0] for a in (second, first) if a] + [i for a in (first,) if a for i in a[2]]
        chain += [holder[0], *holder[1]] if holder else []
        names = [a[1] if a else None for a in (first, second)]
        where, size = (entry.lat, entry.lon), (entry.population, round(entry.radius, 1))
        return (self.number, entry.id, entry.name, *where, entry.kind.value, country or None, *names, *size,
                " ".join(dict.fromkeys(chain)), round(entry.prior, 3))  # fmt: skip


def _add_places(connection: sqlite3.Connection, lines: Iterable[str], known: _Known) -> None:
    places: list[tuple[object, ...]] = []
    names: list[tuple[str, int, int]] = []
    for line in lines:
        fields = line.split("\t")
        entry = _entry(fields)
        if entry is None or entry.id in known.ids:
            continue
        places.append(known.row(entry, fields[8], fields[10], fields[11]))
        names += [(key, known.number, how) for key, how in entry.names.items()]
        known.number += 1
        if len(places) >= _BATCH:
            _flush(connection, places, names)
    _flush(connection, places, names)


def _flush(connection: sqlite3.Connection, places: list[tuple[object, ...]], names: list[tuple[str, int, int]]) -> None:
    connection.executemany(f"INSERT INTO place VALUES ({','.join('?' * 13)})", places)
    connection.executemany("INSERT INTO raw VALUES (?, ?, ?)", names)
    places.clear()
    names.clear()


def _entry(fields: list[str]) -> Entry | None:
    """The place of a line, None when its kind is not one of ours or the line is broken."""
    if len(fields) < _COLUMNS:
        return None
    kind = _KINDS.get(fields[7]) or _KINDS.get(fields[6])
    if kind is None or not fields[1]:
        return None
    try:
        lat, lon, population = float(fields[4]), float(fields[5]), int(fields[14] or 0)
    except ValueError:
        return None
    if not (fields[0].isdigit() and -90 <= lat <= 90 and -180 <= lon <= 180 and population >= 0):
        return None
    entry = Entry(f"geonames:{fields[0]}", fields[1], lat, lon, kind, population=population)
    entry.radius = city_radius(population) if kind is Kind.CITY else 0.0
    entry.add((a for a in fields[3].split(",") if a), ALTERNATE)
    return entry.named(fields[1], fields[2])


def _add_alternates(connection: sqlite3.Connection, lines: Iterable[str]) -> None:
    """English names count as names, those of other languages as alternates; codes and links are left out."""
    connection.execute("CREATE INDEX place_by_id ON place (id)")
    query = "INSERT INTO raw SELECT ?, num, ? FROM place WHERE id = ?"
    batch: list[tuple[str, int, str]] = []
    for line in lines:
        fields = line.split("\t")
        if len(fields) < _ALTERNATE_COLUMNS or fields[2] in _NO_LANGUAGE or not fields[1].isdigit():
            continue
        if key := fold(fields[3]):
            batch.append((key, NAME if fields[2] == "en" else ALTERNATE, f"geonames:{fields[1]}"))
        if len(batch) >= _BATCH:
            connection.executemany(query, batch)
            batch.clear()
    connection.executemany(query, batch)
    connection.execute("DROP INDEX place_by_id")


# --- files ------------------------------------------------------------------------------------------------------------


def _check(file: Path) -> None:
    """Raise InputError unless the first line looks like a dump file."""
    try:
        with _opened(file) as (lines, _):
            first = next(lines, "")
    except (OSError, zipfile.BadZipFile, UnicodeDecodeError) as error:
        raise InputError(f"{file} can't be read as a GeoNames dump file ({error}). Give a .txt or .zip file.") from error
    fields = first.split("\t")
    if len(fields) < _ALTERNATE_COLUMNS or not fields[0].isdigit():
        raise InputError(f"{file} is no GeoNames dump file: its first line is {first[:60]!r}, not tab-separated from an id on.")


@contextmanager
def _opened(file: Path) -> Iterator[tuple[Iterator[str], int]]:
    """The lines of the file, or of the largest .txt in the zip, and how many bytes they have."""
    if file.suffix != ".zip":
        with file.open(encoding="utf-8", newline="\n") as handle:
            yield (line.rstrip("\r\n") for line in handle), file.stat().st_size
        return
    with zipfile.ZipFile(file) as archive:
        members = [m for m in archive.infolist() if m.filename.endswith(".txt")]
        if not members:
            raise zipfile.BadZipFile("no .txt in it")
        member = max(members, key=lambda m: m.file_size)
        with archive.open(member) as inner, io.TextIOWrapper(inner, encoding="utf-8", newline="\n") as text:
            yield (line.rstrip("\r\n") for line in text), member.file_size


def _told(file: Path, progress: Progress | None) -> Iterator[str]:
    """The lines of a file, with its progress in bytes told now and then."""
    with _opened(file) as (lines, total):
        done = 0
        for number, line in enumerate(lines):
            done += len(line) + 1
            if progress and number % _TELL == 0:
                progress(min(done, total), total, file.name)
            yield line
        if progress:
            progress(total, total, file.name)
