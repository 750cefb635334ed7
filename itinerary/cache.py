"""What is kept on this machine between two runs: in which folder, under which names, and how all of it is removed.

Standard library only: who wants to be rid of it need not install anything first.
"""

from __future__ import annotations

import os
import re
import shutil
import sys
import tempfile
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path

# Scripts and styles of a running dashboard lie in a folder of this name and its process; nothing of a text is among them.
PAGES = "itinerary-page-"


def cache_folder() -> Path:
    """The folder for files that can be made again: ITINERARY_CACHE, else the platform's own cache folder."""
    if own := os.environ.get("ITINERARY_CACHE"):
        return Path(own).expanduser()
    if sys.platform == "win32":
        return Path(os.environ.get("LOCALAPPDATA") or Path.home() / "AppData" / "Local") / "itinerary" / "Cache"
    if sys.platform == "darwin":
        return Path.home() / "Library" / "Caches" / "itinerary"
    return Path(os.environ.get("XDG_CACHE_HOME") or Path.home() / ".cache") / "itinerary"


@dataclass(frozen=True, slots=True)
class Kept:
    """A kind of thing that is kept: what it is, in which folder below the cache folder, and the names it can have there."""

    what: str
    folder: str
    names: re.Pattern[str]


# Whatever else lies in these folders is not ours and stays. Endings such as .part are left by work that was killed.
KEPT = (
    Kept("the place index", "", re.compile(r"gazetteer(?:-geonames)?\.sqlite(?:\.lock|\.\d+\.\w+\.part(?:-journal)?)?")),
    Kept("files of GeoNames", "geonames", re.compile(r"[\w-]+\.(?:zip|txt)(?:\.\d+\.part)?", re.ASCII)),
    Kept("what OpenStreetMap answered", "", re.compile(r"online\.sqlite(?:-journal|-wal|-shm)?")),
    Kept("what a language model answered", "answers", re.compile(r"[0-9a-f]{64}\.json|\.[0-9a-f]+\.\w+\.part")),
)
_FOLDERS = tuple(kept.folder for kept in KEPT if kept.folder)


@dataclass(frozen=True, slots=True)
class Found:
    """Files or folders of one kind that are there, and how much room they take (bytes)."""

    what: str
    paths: tuple[Path, ...]
    size: int


def found(folder: Path) -> list[Found]:
    """Everything of ours in a cache folder, kind by kind. A link in the place of one of our folders is not followed."""
    kinds = ((kept.what, _kept(folder, kept)) for kept in KEPT)
    return [Found(what, paths, sum(map(_size, paths))) for what, paths in kinds if paths]


def pages(folder: Path | None = None) -> list[Found]:
    """What dashboards left in the folder for temporary files, those of processes that are gone."""
    names = re.compile(rf"{PAGES}\d+-\w+")
    folder = folder or Path(tempfile.gettempdir())
    left = [path for path in _entries(folder) if names.fullmatch(path.name) and not path.is_symlink() and _abandoned(path)]
    return [Found("pages of dashboards that were killed", tuple(left), sum(map(_size, left)))] if left else []


def others(folder: Path) -> list[str]:
    """The names of what else lies there; our folders as long as they hold something that is not ours."""
    ours = {path for each in found(folder) for path in each.paths}
    return sorted(path.name for path in _entries(folder) if path not in ours and not _only(path, ours))


def remove(path: Path) -> None:
    """Remove a file, a link, or a folder with all it holds. Raises OSError."""
    if path.is_dir() and not path.is_symlink():
        shutil.rmtree(path)
    else:
        path.unlink(missing_ok=True)


def prune(folder: Path) -> None:
    """Remove our own folders, and the cache folder itself, where nothing is left in them."""
    for place in [*(folder / name for name in _FOLDERS), folder]:
        if place.is_dir() and not place.is_symlink() and not _entries(place):
            with suppress(OSError):  # a disk of its own, or somebody was quicker
                place.rmdir()


def _kept(folder: Path, kept: Kept) -> tuple[Path, ...]:
    """The files of a kind; links count as files."""
    place = folder / kept.folder
    inside = [] if kept.folder and place.is_symlink() else _entries(place)
    return tuple(path for path in inside if kept.names.fullmatch(path.name) and (path.is_symlink() or path.is_file()))


def _only(path: Path, ours: set[Path]) -> bool:
    """Whether it is a folder of ours with nothing else in it."""
    own = path.name in _FOLDERS and path.is_dir() and not path.is_symlink()
    return own and all(inner in ours for inner in _entries(path))


def _entries(folder: Path) -> list[Path]:
    return sorted(folder.iterdir()) if folder.is_dir() else []


def _size(path: Path) -> int:
    inner = path.rglob("*") if path.is_dir() and not path.is_symlink() else ()
    return sum(each.lstat().st_size for each in (path, *inner))


def _abandoned(path: Path) -> bool:
    """Whether the process that made a page is gone, and it was this user's; where that can't be told, no."""
    if os.name != "posix" or path.stat().st_uid != os.getuid():
        return False
    try:
        os.kill(int(path.name.removeprefix(PAGES).split("-")[0]), 0)  # asks, and sends nothing
    except (ProcessLookupError, OverflowError):
        return True
    except PermissionError:
        return False
    return False
