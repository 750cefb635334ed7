"""`python -m itinerary dashboard`: the dashboard in a browser."""

from __future__ import annotations

import argparse
from collections.abc import Sequence

from itinerary.commands import PROGRAM, Parser, place_index


def parse(arguments: Sequence[str]) -> argparse.Namespace:
    """The port, and whether to open a browser."""
    parser = Parser(prog=f"{PROGRAM} dashboard", description="Open the dashboard on the sample article.")
    parser.add_argument("--port", type=int, help="port on this machine (otherwise the first free one from 8501 on)")
    parser.add_argument("--no-browser", action="store_true", help="only print the address")
    return parser.parse_args(arguments)


def run(options: argparse.Namespace) -> int:
    """Serve until stopped."""
    from itinerary import serving

    place_index.ready()
    return serving.serve(options.port, browser=not options.no_browser)
