"""What was answered before, and the pace: one small SQLite file that all sessions of a user share.

The file can be made again: one that is damaged is thrown away. Transactions of SQLite are the lock between threads and between
processes, on every platform.
"""

from __future__ import annotations

import datetime as dt
import json
import sqlite3
from collections.abc import Iterator, Sequence
from contextlib import closing, contextmanager
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Any

from itinerary.cache import cache_folder
from itinerary.model import Coordinate, Kind, Place
from itinerary.online.replies import Hit

FILE_NAME = "online.sqlite"
# Between two requests (s): the public server allows one a second; the rest is for clocks and wires that are not exact.
PACE = 1.1
# Places don't move, but maps are mended: after this many days an answer is asked for again.
_KEPT_DAYS = 90
# A reservation farther ahead (s) than any queue was made before the clock was set back, and counts for nothing.
_LONGEST_QUEUE = 3600.0
_TABLES = """
CREATE TABLE IF NOT EXISTS answer (
    source TEXT NOT NULL, name TEXT NOT NULL, asked TEXT NOT NULL, hits TEXT NOT NULL, PRIMARY KEY (source, name)
) WITHOUT ROWID;
CREATE TABLE IF NOT EXISTS pace (one INTEGER PRIMARY KEY CHECK (one = 1), next REAL NOT NULL);
"""


@dataclass(frozen=True, slots=True)
class Memory:
    """The file at `path`. Any number of threads and processes may use it; methods raise sqlite3.Error or OSError."""

    path: Path

    @classmethod
    def at(cls, folder: Path | None = None) -> Memory:
        """The memory in a folder, by default the user's cache folder; nothing is written yet."""
        return cls((folder or cache_folder()) / FILE_NAME)

    def recall(self, source: str, name: str, now: float) -> tuple[dt.date, tuple[Hit, ...]] | None:
        """The day and the hits of an answer that is still fresh, else None."""
        with self._open() as connection:
            query = "SELECT asked, hits FROM answer WHERE source = ? AND name = ?"
            row = connection.execute(query, (source, name)).fetchone()
        try:
            found = (dt.date.fromisoformat(row[0]), tuple(map(_hit, json.loads(row[1])))) if row else None
        except (ValueError, TypeError, KeyError):
            return None
        return found if found and abs((_day(now) - found[0]).days) <= _KEPT_DAYS else None

    def keep(self, source: str, name: str, hits: Sequence[Hit], now: float) -> dt.date:
        """Write an answer down and return its day (UTC)."""
        day = _day(now)
        with self._open() as connection:
            row = (source, name, day.isoformat(), json.dumps([asdict(hit) for hit in hits]))
            connection.execute("INSERT OR REPLACE INTO answer VALUES (?, ?, ?, ?)", row)
        return day

    def reserve(self, now: float) -> float:
        """Take the next free turn among all sessions; the seconds until then come out."""
        with self._open() as connection:
            row = connection.execute("SELECT next FROM pace").fetchone()
            turn = max(now, row[0]) if row and row[0] - now <= _LONGEST_QUEUE else now
            connection.execute("INSERT OR REPLACE INTO pace VALUES (1, ?)", (turn + PACE,))
        return float(turn - now)

    @contextmanager
    def _open(self) -> Iterator[sqlite3.Connection]:
        """A connection inside a transaction that no other session can enter."""
        self.path.parent.mkdir(parents=True, exist_ok=True)
        try:
            self._prepare()
        except (sqlite3.DatabaseError, UnicodeDecodeError) as error:  # damage may stand in the message, too, and be no text
            if isinstance(error, sqlite3.OperationalError):  # locked, full, not writable: throwing it away mends nothing
                raise
            self.path.unlink()
            self._prepare()
        with closing(sqlite3.connect(self.path, timeout=10.0, isolation_level=None)) as connection:
            connection.execute("BEGIN IMMEDIATE")
            try:
                yield connection
            except (UnicodeDecodeError, TypeError) as error:  # a value of another kind than we write, or no text
                raise sqlite3.DatabaseError(f"damaged: {error}") from error
            connection.execute("COMMIT")

    def _prepare(self) -> None:
        with closing(sqlite3.connect(self.path, timeout=10.0)) as connection:
            connection.executescript(_TABLES)


def _day(now: float) -> dt.date:
    return dt.datetime.fromtimestamp(now, dt.UTC).date()


def _hit(stored: dict[str, Any]) -> Hit:
    fields = stored["place"]
    coordinate, kind = Coordinate(**fields["coordinate"]), Kind(fields["kind"])
    place = Place(**{**fields, "coordinate": coordinate, "kind": kind, "parents": tuple(fields["parents"])})
    return Hit(place, float(stored["importance"]), str(stored["label"]))
