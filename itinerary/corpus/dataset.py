"""The dataset on disk: a folder of Parquet parts for each table, whole or absent, and which documents it holds.

::

    OUT/corpus.json                      what was read, with which columns and version
    OUT/stops/part-000000.parquet        likewise legs, mentions, dates, errors
    OUT/documents/part-000000.parquet    put in place last: parts of that number count from now on

What a run that was killed left without its documents is deleted by the next one, which does that work again.
"""

from __future__ import annotations

import errno
import json
import re
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from contextlib import ExitStack, contextmanager
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any

import itinerary as package
from itinerary.corpus.schema import TABLES, schema
from itinerary.corpus.texts import Text
from itinerary.errors import InputError, OutputError
from itinerary.files import write_whole

if TYPE_CHECKING:
    import pyarrow as pa

MANIFEST = "corpus.json"
_LAYOUT = 1  # raised whenever the tables change so that old parts and new ones don't go together
_PART = re.compile(r"part-(\d+)\.parquet")
_COMMIT = "documents"


@dataclass(frozen=True, slots=True)
class Manifest:
    """What a dataset was made from."""

    source: str
    text: str
    id: str | None
    published: str | None
    layout: int = _LAYOUT
    version: str = package.__version__


class Dataset:
    """A dataset that one run at a time may add parts to."""

    def __init__(self, folder: Path) -> None:
        """The dataset in `folder` as it is; `opened` is the way in that checks and cleans."""
        self.folder = folder
        self._next = max((_number(file) + 1 for file in self._parts(_COMMIT)), default=0)

    def write(self, tables: Mapping[str, Sequence[pa.Table]]) -> None:
        """Add a part of every table: all of it or nothing. Raises OutputError when it can't be written."""
        import pyarrow as pa

        name = f"part-{self._next:06d}.parquet"
        for table in TABLES:  # the documents, which make it count, come last
            rows = pa.concat_tables([*tables.get(table, ()), schema(table).empty_table()])
            sink = pa.BufferOutputStream()
            _write_parquet(rows, sink)
            write_whole(self.folder / table / name, sink.getvalue())
        self._next += 1

    def done(self) -> set[bytes]:
        """The keys of the documents that are in the dataset, read or failed. Raises InputError for a damaged part."""
        keys: set[bytes] = set()
        for file in self._parts(_COMMIT):
            rows = self._columns(file, "document", "occurrence")
            pairs = zip(rows["document"], rows["occurrence"], strict=True)
            keys.update(Text(id, occurrence=occurrence).key for id, occurrence in pairs)
        return keys

    def errors(self) -> Counter[str]:
        """How many documents failed, by kind. Raises InputError for a damaged part."""
        return Counter(kind for file in self._parts("errors") for kind in self._columns(file, "kind")["kind"])

    def _columns(self, file: Path, *names: str) -> dict[str, list[Any]]:
        import pyarrow as pa
        import pyarrow.parquet as pq

        try:
            rows: dict[str, list[Any]] = pq.read_table(file, columns=list(names)).to_pydict()
        except (OSError, pa.ArrowException) as error:
            counting = self.folder / _COMMIT / file.name
            raise InputError(
                f"The part {str(file)!r} is damaged; delete {str(counting)!r}, and the same command reads its documents anew."
            ) from error
        return rows

    def sweep(self) -> None:
        """Delete what a killed run left: half-written files, and parts without their documents."""
        counting = {file.name for file in self._parts(_COMMIT)}
        for table in TABLES:
            for file in (self.folder / table).iterdir():
                if file.name.endswith(".part") or (_PART.fullmatch(file.name) and file.name not in counting):
                    file.unlink()

    def _parts(self, table: str) -> list[Path]:
        return sorted(file for file in (self.folder / table).glob("part-*.parquet") if _PART.fullmatch(file.name))


@contextmanager
def opened(folder: Path, manifest: Manifest, *, add: bool = False) -> Iterator[Dataset]:
    """The dataset in `folder`, new or to be continued, for this process alone.

    Raises OutputError when it can't be written, when another run is writing it, or when the folder holds something else: other
    files, or (unless `add`) a dataset made from another source.
    """
    with ExitStack() as stack:
        try:
            folder.mkdir(parents=True, exist_ok=True)
            stack.enter_context(_alone(folder))
            _same_source(folder, manifest, add=add)
            for table in TABLES:
                (folder / table).mkdir(exist_ok=True)
            write_whole(folder / MANIFEST, json.dumps(asdict(manifest), indent=1).encode() + b"\n")
            dataset = Dataset(folder)
            dataset.sweep()
        except OSError as error:
            raise OutputError(f"{str(folder)!r} can't be written ({error.strerror or error}); choose another folder.") from error
        yield dataset


def manifest_of(folder: Path) -> Manifest:
    """What the dataset in `folder` was made from. Raises InputError when there is none."""
    try:
        return Manifest(**json.loads((folder / MANIFEST).read_text(encoding="utf-8")))
    except (OSError, ValueError, TypeError):
        raise InputError(
            f"{str(folder)!r} holds no dataset of `corpus`; make one with: python3 -m itinerary corpus INPUT -o {folder}"
        ) from None


def _same_source(folder: Path, manifest: Manifest, *, add: bool) -> None:
    if not (folder / MANIFEST).exists():
        if any(not file.name.startswith(".") for file in folder.iterdir()):
            raise OutputError(f"The folder {str(folder)!r} holds other files; give a new or an empty one.")
        return
    there = manifest_of(folder)
    if there.layout != manifest.layout:
        raise OutputError(f"{str(folder)!r} was made by version {there.version}, whose tables differ; give a new folder.")
    if not add and there.source != manifest.source:
        raise OutputError(
            f"{str(folder)!r} was made from {there.source!r}, not {manifest.source!r}; give a new folder, or --add to join them."
        )


@contextmanager
def _alone(folder: Path) -> Iterator[None]:
    """Keep a lock that ends with the process, however that ends."""
    try:
        import fcntl
    except ImportError:  # a platform without such locks
        yield
        return
    with (folder / ".lock").open("w") as lock:
        try:
            fcntl.flock(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except OSError as error:
            if error.errno not in (errno.EAGAIN, errno.EACCES):
                raise
            raise OutputError(f"Another run is writing to {str(folder)!r}; wait for its end or give another folder.") from None
        yield


def _write_parquet(rows: pa.Table, sink: pa.BufferOutputStream) -> None:
    import pyarrow.parquet as pq

    pq.write_table(rows, sink, compression="zstd")


def _number(file: Path) -> int:
    match = _PART.fullmatch(file.name)
    return int(match[1]) if match else -1
