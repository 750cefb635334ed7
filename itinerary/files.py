"""Files that are whole or absent: written beside their name, then renamed, so that nobody ever sees half of one."""

from __future__ import annotations

import contextlib
import errno
import os
import tempfile
from pathlib import Path

from itinerary.errors import OutputError


def target_of(path: str | os.PathLike[str]) -> Path:
    """`path` when a file can be meant by it. Raises OutputError for a folder, or where the folder around it is missing."""
    target = Path(path)
    if target.is_dir():
        raise OutputError(f"{str(target)!r} is a folder; give the name of a file.")
    if not target.absolute().parent.is_dir():
        raise OutputError(f"The folder of {str(target)!r} does not exist; make it first or give another one.")
    return target


def write_whole(path: str | os.PathLike[str], data: bytes) -> Path:
    """Write `data` to `path` and give the path; the file is there whole afterwards, or as it was before.

    A link is followed, permissions of a file that is replaced are kept. Raises OutputError where no file can be written.
    """
    target = target_of(path)
    try:
        _replace(target, data)
    except OSError as error:
        raise OutputError(_sentence(target, error)) from error
    return target


def _replace(target: Path, data: bytes) -> None:
    target = target.resolve()
    handle, name = tempfile.mkstemp(dir=target.parent, prefix=f".{target.name[:40]}.", suffix=".part")
    try:
        with os.fdopen(handle, "wb") as out:
            out.write(data)
            out.flush()
            os.fsync(out.fileno())
        Path(name).chmod(_mode(target))
        Path(name).replace(target)
    except BaseException:
        with contextlib.suppress(OSError):
            Path(name).unlink()
        raise


def _mode(target: Path) -> int:
    """Permissions of the file that is replaced, else what the process gives new files (a temporary file has 0600)."""
    with contextlib.suppress(OSError):
        return target.stat().st_mode & 0o777
    mask = os.umask(0)
    os.umask(mask)
    return 0o666 & ~mask


def _sentence(target: Path, error: OSError) -> str:
    reasons = {
        errno.ENOSPC: "the disk is full; free some space or write elsewhere",
        errno.EDQUOT: "the disk quota is used up; free some space or write elsewhere",
        errno.EACCES: "you may not write there; choose another folder",
        errno.EPERM: "you may not write there; choose another folder",
        errno.EROFS: "that disk is read-only; choose another folder",
        errno.ENAMETOOLONG: "the name is too long; choose a shorter one",
    }
    reason = reasons.get(error.errno or 0, f"{error.strerror or error}; try another place")
    return f"{str(target)!r} can't be written: {reason}."
