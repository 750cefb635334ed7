"""The command line: `python -m itinerary article.txt --published 2023-09-17 -o trip.html`.

Exit status 0 when the work was done (an empty itinerary too, with a note on standard error), 2 for input or options that can't
be used, with one line that says what to do. Options are read before anything heavy is loaded; each command is a module of
`itinerary.commands`.
"""

from __future__ import annotations

import sys
from collections.abc import Sequence

from itinerary import commands, environment
from itinerary.commands.output import silence
from itinerary.errors import ItineraryError


def main(arguments: Sequence[str] | None = None) -> int:
    """Run the command line and return its exit status; never a traceback for what a user can mend."""
    given = list(sys.argv[1:] if arguments is None else arguments)
    try:
        return _run(given)
    except ItineraryError as error:
        environment.note("")
        print(f"itinerary: {' '.join(str(error).split())}", file=sys.stderr)
        return commands.CANNOT
    except BrokenPipeError:  # the reader of our output went away, as `| head` does
        silence()
        return 0
    except KeyboardInterrupt:
        return 130


def _run(given: list[str]) -> int:
    command, rest = commands.chosen(given)
    options = command.parse(rest)
    if not commands.BARE.intersection(given[:1]):
        environment.enter("itinerary", given, environment.REQUIREMENTS)
    return command.run(options)


if __name__ == "__main__":
    sys.exit(main())
