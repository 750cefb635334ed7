"""`python -m itinerary gazetteer`: the place index that names are looked up in, and a larger one for those who want it."""

from __future__ import annotations

import argparse
from collections.abc import Sequence
from pathlib import Path

from itinerary.commands import PROGRAM, Parser, place_index
from itinerary.errors import InputError


def parse(arguments: Sequence[str]) -> argparse.Namespace:
    """What to build it from. Raises InputError for names without the places that they belong to."""
    parser = Parser(prog=f"{PROGRAM} gazetteer", description="Build the place index that names are looked up in.")
    parser.add_argument("--rebuild", action="store_true", help="build it anew even if there is a good one")
    parser.add_argument(
        "--import",
        "--geonames",
        metavar="FILE",
        dest="places",
        help="build a larger one from GeoNames' own dump (allCountries or cities500; .txt or .zip; path or URL)",
    )
    parser.add_argument("--alternates", metavar="FILE", help="with --import: its file alternateNamesV2 (path or URL)")
    options = parser.parse_args(arguments)
    if options.alternates and not options.places:
        raise InputError("--alternates adds names to the places of --import; give both.")
    return options


def run(options: argparse.Namespace) -> int:
    """Build it and print where it is."""
    if options.places:
        print(f"The place index is {_imported(options)}; set ITINERARY_GAZETTEER to this path to use it")
    else:
        print(f"The place index is {place_index.ready(rebuild=options.rebuild)}")
    return 0


def _imported(options: argparse.Namespace) -> Path:
    from itinerary import gazetteer

    progress = place_index.bar("Making a larger place index (allCountries takes a while) ...")
    places = _local(options.places, progress)
    alternates = _local(options.alternates, progress) if options.alternates else None
    return gazetteer.build_from_dump(places, alternates=alternates, progress=progress)


def _local(source: str, progress: place_index.Bar) -> Path:
    """The path of a file given by path or by address; fetched in the second case."""
    if "://" not in source:
        return Path(source)
    from itinerary import online

    return online.fetched(source, progress=progress)
