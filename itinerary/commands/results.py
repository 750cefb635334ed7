"""Where a trip is written to: files, each in the format of its ending, and standard output."""

from __future__ import annotations

import os
import sys
from collections.abc import Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from typing import TYPE_CHECKING

from itinerary.commands import output
from itinerary.errors import OutputError

if TYPE_CHECKING:
    from itinerary.export import Format
    from itinerary.model import Itinerary


def check(target: str, source: str) -> None:
    """Refuse, before any work, a file that can't be written, or that is the source itself. Raises OutputError."""
    path = Path(target)
    if target == "-":
        return
    if path.is_dir():
        raise OutputError(f"The output {target!r} is a folder; give the name of a file in it.")
    if path.exists() and Path(source).exists() and path.samefile(source):
        raise OutputError(f"The output {target!r} is the text itself; give it another name.")
    if not path.suffix:
        raise OutputError(f"The output {target!r} has no ending to tell its format; add one, as in trip.html.")
    if not path.parent.is_dir():
        raise OutputError(f"There is no folder {str(path.parent)!r} to write {path.name} into; make it first.")
    if not os.access(path.parent, os.W_OK) or (path.exists() and not os.access(path, os.W_OK)):
        raise OutputError(f"The output {target!r} may not be written; choose another place.")


@dataclass(frozen=True, slots=True)
class Target:
    """A file, or "-" for standard output, and the format for it."""

    path: str
    format: Format


def targets(paths: Sequence[str], ending: str | None, *, sentences: bool = True) -> list[Target]:
    """The outputs with their formats; `ending` names the one for standard output. Raises UnknownFormat, OutputError.

    Without `sentences` no output holds any sentence of the text.
    """
    from itinerary import export

    found = [
        Target(path, export.format_of(f"trip.{(ending or 'geojson').removeprefix('.')}" if path == "-" else path))
        for path in paths
    ]
    if any(target.path == "-" and target.format.binary for target in found) and sys.stdout.isatty():
        raise OutputError(f"The format {ending!r} is nothing for a terminal; send standard output into a file.")
    return found if sentences else [replace(target, format=target.format.without_sentences()) for target in found]


def write(trip: Itinerary, target: Target) -> None:
    """Write the trip and say so; say as well what the format has no room for."""
    from itinerary import files, summary

    if target.path == "-":
        output.pour(target.format.encode(trip))
    else:
        files.write_whole(files.target_of(target.path), target.format.encode(trip))
        output.show(f"{target.path}: {summary.totals(trip)}")
    if said := target.format.remark(trip):
        output.remark(said)
