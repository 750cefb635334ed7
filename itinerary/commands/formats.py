"""`python -m itinerary formats`: what can be written, by file ending, and what can be read."""

from __future__ import annotations

import argparse
from collections.abc import Sequence

from itinerary.commands import PROGRAM, Parser, output


def parse(arguments: Sequence[str]) -> argparse.Namespace:
    """No options."""
    return Parser(prog=f"{PROGRAM} formats", description="List the formats that can be written and read.").parse_args(arguments)


def run(options: argparse.Namespace) -> int:
    """Print the table."""
    from itinerary import export, importing, reading

    width = max(map(len, export.FORMATS))
    lines = [f"{ending:{width}}  {form.description}" for ending, form in export.FORMATS.items()]
    output.show("\n".join([
        "Written, with -o and a name that ends so:", "", *lines, "",
        f"Read as a trip: {', '.join(importing.ENDINGS)}", f"Read as a text: {', '.join(reading.ENDINGS)}",
    ]))  # fmt: skip
    return 0
