"""The commands of the command line, a module each.

A module of a command has two functions: `parse(arguments)` reads the options and refuses what can be refused at once, with
nothing but the standard library, because it runs before anything is installed; `run(options)` does the work and gives the exit
status. What it needs of the library, `run` imports itself. A new command is a module and a row of `COMMANDS`.
"""

from __future__ import annotations

import argparse
from collections.abc import Sequence
from importlib import import_module
from typing import NoReturn, Protocol

PROGRAM = "python3 -m itinerary"
CANNOT = 2  # exit status for input and options that can't be used

# Command -> what it does, for the help; the module has the same name. Whatever else is given is a text to read.
COMMANDS = {
    "corpus": "reads many texts into one dataset",
    "dashboard": "opens the dashboard",
    "forget": "removes what was kept on this machine",
    "gazetteer": "builds the place index",
    "formats": "lists what can be written and read",
    "query": "asks such a dataset",
}
_TRACE = "trace"
# What needs nothing installed: who wants to be rid of everything need not set it up first.
BARE = frozenset({"forget"})


class Command(Protocol):
    """What the module of a command has."""

    def parse(self, arguments: Sequence[str]) -> argparse.Namespace:
        """The options, checked; leaves with `CANNOT` or raises ItineraryError for what can't be used."""

    def run(self, options: argparse.Namespace) -> int:
        """Do the work; the exit status."""


class Parser(argparse.ArgumentParser):
    """Says what is wrong in one line."""

    def error(self, message: str) -> NoReturn:
        """Leave with the line."""
        self.exit(CANNOT, f"itinerary: {message}; `{self.prog} --help` shows the options.\n")


def chosen(given: Sequence[str]) -> tuple[Command, list[str]]:
    """The command that the arguments name, and the arguments that are left for it."""
    if given and given[0] in COMMANDS:
        return _module(given[0]), list(given[1:])
    return _module(_TRACE), list(given)


def _module(name: str) -> Command:
    module: Command = import_module(f"{__name__}.{name}")
    return module
