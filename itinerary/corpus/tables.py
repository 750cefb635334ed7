"""Tables of texts, a row at a time: JSON lines, CSV and Parquet, the first two also with gzip."""

from __future__ import annotations

import csv
import gzip
import io
import json
import zlib
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import IO, Any, cast

from itinerary.errors import InputError
from itinerary.reading import LARGEST_FILE

_ROWS_AT_ONCE = 64  # of a Parquet file: bounds what is in memory


@dataclass(frozen=True, slots=True)
class Columns:
    """The columns that hold a row's id, text and day of publication. Only a column that the user named must be there."""

    text: str = "text"
    id: str | None = None
    published: str | None = None

    def chosen(self, names: Sequence[str], file: Path) -> tuple[str, str | None, str | None]:
        """Columns of text, id and publication among those of a table. Raises InputError when one is missing."""
        for option, name in (("--text", self.text), ("--id", self.id), ("--published", self.published)):
            if name and name not in names:
                known = ", ".join(map(str, names[:12])) or "none"
                raise InputError(f"{file} has no column {name!r} (it has: {known}); name the right one with {option}.")
        id = self.id or ("id" if "id" in names else None)
        return self.text, id, self.published or ("published" if "published" in names else None)


@dataclass(frozen=True, slots=True)
class Row:
    """A row with its number (from 1) and the share of the file (0..1) that ends with it; `fault` says why it can't be read."""

    number: int
    share: float
    text: Any = None
    id: Any = None
    published: Any = None
    fault: str | None = None


Cells = dict[str, Any] | str  # a row by column, or what is wrong with it


def is_table(file: Path) -> bool:
    """Whether the ending tells a table of texts."""
    return _ending(file) in _READERS


def check(file: Path, columns: Columns) -> None:
    """Raises InputError for a table that can't be opened or lacks a column."""
    with _translated(file):
        if (names := _names(file)) is not None:
            columns.chosen(names, file)


def rows(file: Path, columns: Columns) -> Iterator[Row]:
    """The rows of a table in order. Raises InputError when the file breaks off or is no table of its kind."""
    with _translated(file):
        text, id, published = columns.chosen(_names(file) or [columns.text], file)
        wanted = [name for name in (text, id, published) if name]
        for number, (cells, share) in enumerate(_READERS[_ending(file)](file, wanted), 1):
            if isinstance(cells, str):
                yield Row(number, share, fault=cells)
            else:
                given = [cells.get(name) if name else None for name in (text, id, published)]
                yield Row(number, share, *given)


def _ending(file: Path) -> str:
    return "".join(s.lower() for s in file.suffixes[-2:]) if file.suffix.lower() == ".gz" else file.suffix.lower()


def _names(file: Path) -> list[str] | None:
    """The columns of a table; None for one without rows that does not tell."""
    if _ending(file) == ".parquet":
        import pyarrow.parquet as pq

        return list(pq.read_schema(file).names)
    return next((list(cells) for cells, _ in _READERS[_ending(file)](file, []) if isinstance(cells, dict)), None)


@contextmanager
def _translated(file: Path) -> Iterator[None]:
    """What the readers of the formats raise, as one sentence about the file."""
    try:
        yield
    except InputError:
        raise
    except UnicodeDecodeError as error:
        raise InputError(f"{file} is no UTF-8 text (byte {error.start:,} tells); save it as UTF-8.") from error
    except OSError as error:  # pyarrow's errors of a file cut short are of this kind
        raise InputError(f"{file} can't be read ({error.strerror or error}); give another file.") from error
    except (ValueError, EOFError, zlib.error, csv.Error) as error:
        raise InputError(f"{file} is no whole {_ending(file)[1:]} file ({_first_line(error)}); make it anew.") from error


def _first_line(error: Exception) -> str:
    return (str(error).splitlines() or [type(error).__name__])[0][:120].rstrip(".")


# --- the formats ------------------------------------------------------------------------------------------------------


@contextmanager
def _opened(file: Path) -> Iterator[tuple[IO[bytes], Callable[[], float]]]:
    """The file's bytes, unpacked, and how to ask for the share that was read."""
    size = max(1, file.stat().st_size)
    with file.open("rb") as raw:
        stream = cast("IO[bytes]", gzip.GzipFile(fileobj=raw) if file.suffix.lower() == ".gz" else raw)
        yield stream, lambda: min(1.0, raw.tell() / size)


def _json_lines(file: Path, wanted: list[str]) -> Iterator[tuple[Cells, float]]:
    with _opened(file) as (stream, share):
        while line := stream.readline(LARGEST_FILE):
            if line.strip():
                yield _json_row(line), share()


def _json_row(line: bytes) -> Cells:
    try:
        row = json.loads(line)
    except (ValueError, RecursionError):
        return "the line is no JSON"
    return row if isinstance(row, dict) else "the line is no JSON object"


def _csv(file: Path, wanted: list[str]) -> Iterator[tuple[Cells, float]]:
    csv.field_size_limit(LARGEST_FILE)  # Python's own limit is shorter than many texts
    with _opened(file) as (stream, share), io.TextIOWrapper(stream, encoding="utf-8-sig", newline="") as text:
        head = text.readline()
        separator = max(",;\t", key=head.count)
        names = next(csv.reader([head], delimiter=separator), [])
        for cells in csv.reader(text, delimiter=separator):
            if cells:
                yield dict(zip(names, cells, strict=False)), share()


def _parquet(file: Path, wanted: list[str]) -> Iterator[tuple[Cells, float]]:
    import pyarrow.parquet as pq

    with pq.ParquetFile(file) as table:
        done, total = 0, max(1, table.metadata.num_rows)
        for batch in table.iter_batches(batch_size=_ROWS_AT_ONCE, columns=wanted):
            for row in batch.to_pylist():
                done += 1
                yield row, done / total


# A reader of rows; only Parquet saves anything by reading no more than the wanted columns.
_READERS: dict[str, Callable[[Path, list[str]], Iterator[tuple[Cells, float]]]] = {
    ".jsonl": _json_lines,
    ".ndjson": _json_lines,
    ".jsonl.gz": _json_lines,
    ".csv": _csv,
    ".tsv": _csv,
    ".csv.gz": _csv,
    ".parquet": _parquet,
}
