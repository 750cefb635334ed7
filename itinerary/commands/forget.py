"""`python -m itinerary forget`: removes what was kept on this machine, and says where it looked and what it removed."""

from __future__ import annotations

import argparse
import os
import tempfile
from collections.abc import Sequence
from pathlib import Path

from itinerary import cache, environment
from itinerary.cache import Found
from itinerary.commands import PROGRAM, Parser, output
from itinerary.errors import OutputError


def parse(arguments: Sequence[str]) -> argparse.Namespace:
    """What to remove."""
    parser = Parser(
        prog=f"{PROGRAM} forget",
        description="Remove the place index, what OpenStreetMap or a language model answered, and files that were fetched. "
        "Texts, and files that you had written, are never kept there. Nothing that is not ours is touched.",
    )
    parser.add_argument("--dry-run", action="store_true", help="only say what would be removed")
    parser.add_argument("--environment", action="store_true",
                        help=f"remove the installed packages, too: {environment.VENV}")  # fmt: skip
    return parser.parse_args(arguments)


def run(options: argparse.Namespace) -> int:
    """Remove it and say so. Raises OutputError, at the end, for what can't be removed."""
    folder = cache.cache_folder()
    there = _there(folder, environment_too=options.environment)
    troubles = {each.what: None if options.dry_run else _removed(each) for each in there}
    if there and not options.dry_run:
        cache.prune(folder)
    done = [each for each in there if troubles[each.what] is None]
    output.show("\n".join([_looked(folder, options), *_told(done, options), *_rest(folder)]))
    if failed := [trouble for trouble in troubles.values() if trouble]:
        raise OutputError(f"Not everything could be removed: {'; '.join(failed)}; get the right to, or do it by hand.")
    return 0


def _there(folder: Path, *, environment_too: bool) -> list[Found]:
    made = environment_too and environment.made_here(environment.VENV)
    size = sum(path.lstat().st_size for path in environment.VENV.rglob("*")) if made else 0
    installed = [Found("the installed packages", (environment.VENV,), size)] if made else []
    try:
        return [*cache.found(folder), *cache.pages(), *installed]
    except OSError as error:
        raise OutputError(f"{str(folder)!r} can't be looked into ({error.strerror}); get the right to.") from error


def _removed(found: Found) -> str | None:
    """Why something could not be removed; None when all was."""
    for path in found.paths:
        try:
            cache.remove(path)
        except OSError as error:
            return f"{path} ({error.strerror})"
    return None


def _looked(folder: Path, options: argparse.Namespace) -> str:
    own = "as ITINERARY_CACHE says" if os.environ.get("ITINERARY_CACHE") else "ITINERARY_CACHE would name another folder"
    places = [f"{folder} ({own})", tempfile.gettempdir(), *([str(environment.VENV)] if options.environment else [])]
    return f"Looked in {', '.join(places)}"


def _told(done: list[Found], options: argparse.Namespace) -> list[str]:
    verb = "would remove" if options.dry_run else "removed"
    lines = [f"{verb} {each.what}: {_files(each)}, {each.size / 1e6:,.1f} MB" for each in done]
    return lines or [f"{verb} nothing"]


def _files(found: Found) -> str:
    first = found.paths[0].name
    return first if len(found.paths) == 1 else f"{first} and {len(found.paths) - 1} more"


def _rest(folder: Path) -> list[str]:
    """What stays: what is not ours, and the place index that the user named."""
    others, own = cache.others(folder), os.environ.get("ITINERARY_GAZETTEER")
    more = f" and {len(others) - 3} more" if len(others) > 3 else ""
    return [
        *([f"left, because it is not ours: {', '.join(others[:3])}{more}"] if others else []),
        *([f"left, because you named it in ITINERARY_GAZETTEER: {own}"] if own else []),
    ]
