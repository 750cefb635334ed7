"""Where the texts lie: a folder, a pattern, or tables of texts (JSON lines, CSV, Parquet), read one at a time.

A folder or pattern may hold both: each table gives a text per row, every other file is one text, named by its path.
"""

from __future__ import annotations

import datetime as dt
import glob
import os
import re
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass, replace
from itertools import accumulate
from pathlib import Path
from typing import Any

from itinerary.corpus import tables
from itinerary.corpus.tables import Columns
from itinerary.corpus.texts import Text
from itinerary.errors import InputError
from itinerary.reading import LARGEST_FILE

_ISO_MOMENT = re.compile(r"(\d{4}-\d\d-\d\d)[T ]\d\d:\d\d.*")


@dataclass(frozen=True, slots=True)
class Source:
    """The files of a corpus, in a fixed order, and the columns of those that are tables."""

    name: str
    root: Path
    files: tuple[Path, ...]
    columns: Columns

    @classmethod
    def open(cls, name: str, columns: Columns | None = None) -> Source:
        """The source of that name: a folder, a file, or a pattern with `*`.

        Raises InputError when there is no such thing, when it holds no file, or when a table lacks a column.
        """
        path = Path(name)
        root, files = (path, _inside(path)) if path.is_dir() else (path.parent, [path] if path.exists() else _matching(name))
        if not files:
            raise InputError(_nothing(name, path))
        if not path.is_dir() and len(files) > 1:
            root = Path(os.path.commonpath([file.parent for file in files]))
        source = cls(name, root, tuple(files), columns or Columns())
        for file in source.files:
            if tables.is_table(file):
                tables.check(file, source.columns)
        return source

    def texts(self) -> Iterator[Text]:
        """Every document in order; each repeats its id with another `occurrence`. Only one is in memory at a time.

        Files that can't be read, and tables that break off, are documents with a fault.
        """
        seen: set[bytes] = set()
        repeated: Counter[str] = Counter()
        for text in self._raw():
            if text.key in seen:
                repeated[text.id] += 1
                text = replace(text, occurrence=repeated[text.id] + 1)
            else:
                seen.add(text.key)
            yield text

    def _raw(self) -> Iterator[Text]:
        sizes = [max(1, file.stat().st_size) if file.exists() else 1 for file in self.files]
        total = sum(sizes)
        for file, size, end in zip(self.files, sizes, accumulate(sizes), strict=True):
            if not tables.is_table(file):
                yield _file(file, self._named(file), end / total)
                continue
            try:
                for row in tables.rows(file, self.columns):
                    share = (end - size * (1 - row.share)) / total
                    yield _row(row, f"{self._named(file)}:{row.number}", share)
            except InputError as error:  # what `open` could not see at the beginning; the other files are read all the same
                yield Text(self._named(file), share=end / total, fault=str(error))

    def _named(self, file: Path) -> str:
        return file.relative_to(self.root).as_posix() if file.is_relative_to(self.root) else file.name


def _inside(folder: Path) -> list[Path]:
    """All files under a folder but hidden ones, sorted."""
    found = (p for p in folder.rglob("*") if p.is_file() or p.is_symlink())
    return sorted(p for p in found if not any(part.startswith(".") for part in p.relative_to(folder).parts))


def _matching(pattern: str) -> list[Path]:
    found = glob.glob(pattern, recursive=True)  # noqa: PTH207  # Path.glob takes no pattern that begins at the root
    return sorted(file for file in map(Path, found) if file.is_file())


def _nothing(name: str, path: Path) -> str:
    if path.is_dir():
        return f"The folder {name!r} holds no file; give a folder of texts, or a JSONL, CSV or Parquet file."
    if glob.has_magic(name):
        return f"No file matches {name!r}; give a folder, a file, or a pattern that matches some."
    return f"There is no {name!r}; give a folder of texts, a JSONL, CSV or Parquet file, or a pattern in quotes."


def _file(file: Path, id: str, share: float) -> Text:
    """A file as one text; its bytes are decoded by the worker."""
    try:
        if file.stat().st_size > LARGEST_FILE:
            return Text(id, share=share, fault=f"the file holds more than {LARGEST_FILE // 1_000_000} MB")
        return Text(id, file.read_bytes(), share=share)
    except OSError as error:
        return Text(id, share=share, fault=f"the file can't be read ({error.strerror})")


def _row(row: tables.Row, fallback: str, share: float) -> Text:
    id = fallback if row.id is None or row.id == "" else str(row.id)
    if row.fault:
        return Text(id, share=share, fault=row.fault)
    if not isinstance(row.text, str):
        return Text(id, share=share, fault=f"the row holds no text but {_shown(row.text)}")
    return Text(id, row.text, _day(row.published), share)


def _shown(value: Any) -> str:
    return "nothing" if value is None else f"a {type(value).__name__}"


def _day(value: Any) -> dt.date | str | None:
    """The day of a cell: dates as they are, moments without their time of day; anything else is left for `build` to refuse."""
    if value is None or value != value or value == "":  # NaN is not itself
        return None
    if isinstance(value, dt.datetime):
        return value.date()
    if isinstance(value, dt.date):
        return value
    match = _ISO_MOMENT.fullmatch(str(value).strip())
    return match[1] if match else str(value)
