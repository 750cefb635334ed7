"""Give it a text that tells a journey, and see the journey.

>>> import itinerary
>>> trip = itinerary.build("On 3 May 1843 she left Oslo by ship. Two days later she was in Bergen.")  # doctest: +SKIP
>>> [visit.place.name for visit in trip.visits]  # doctest: +SKIP
['Oslo', 'Bergen']

The way of the data::

 text ─ reading ─► Document ─┬─ toponyms ─► Toponym… ─ geocoding ─► Resolution… ─┬─ visits, ordering ─► Visit… ─ legs ─► Leg…
                             │                            ▲ gazetteer            │                                      │
                             └─ dates ────► DateMention… ────────────────────────┘                   Itinerary ◄────────┘
                                                                                                     │       │
                                                                                    drawing ─► map ◄─┘       └─► export ─► files

The rule in one breath: steps know the vocabulary, never each other; only `pipeline` knows the steps; only the entry points know
back ends and outputs; only `dashboard` knows Streamlit. `tests/test_architecture.py` reads the imports and holds everyone to it.

=============  =============  ======================================================================================
ring           module         its one job
=============  =============  ======================================================================================
vocabulary     errors         what can go wrong and whose fault it is
vocabulary     model          the nouns and what must always hold of them
vocabulary     files          files that are whole or absent
vocabulary     cache          what is kept on this machine between two runs, and how it is removed
vocabulary     names          one spelling for each name, for storing and for looking up
vocabulary     geodesy        distance and great-circle track on WGS 84, cut or unwrapped at the antimeridian
vocabulary     clauses        the clause around a mention: what governs the name, who acts, tense and mood
vocabulary     judging        a learned judge whose weights and reasons can be read
vocabulary     wording        words that readers see: countries, times, counts
vocabulary     account        the seam: what a reader judges by, and what it makes of a text
step           reading        take the text out of files of any kind, divide it into blocks, parse it once
step           toponyms       propose and judge mentions of places
step           dates          propose mentions of time and place them on the calendar
step           geocoding      choose one place for each toponym from the candidates and the company it keeps
step           visits         judge who was where, and whether it happened, is planned or is only mentioned
step           ordering       put visits in time order; what the text leaves open stays marked as open
step           legs           join neighbours, measure, check plausibility
back end       gazetteer      look names up offline; a geopy `Geocoder`
back end       online         look names up on the net, politely, and only when asked to; all that knows the network
composition    pipeline       the table of contents: `build`
reader         second_reader  the user's own language model asked, and believed where the text proves it
mending        workspace      a trip as read with the user's corrections: pure, undone and redone at will
mending        project        trips and projects as files that open again without loss
mending        comparing      two or more trips: places they share, where and when they met
mending        importing      trips made elsewhere, opened: project files, GeoJSON, GPX, CSV
output         drawing        the route map and the highlighted text; every word of the text escaped
output         export         the itinerary as files other programs read
output         summary        the itinerary as a plain table for a terminal
many texts     corpus         any number of texts read into one dataset, and what can be asked of it
entry          __main__       the command line
entry          commands       what the command line can do, a module per command
entry          for_spacy      the journey as a spaCy component, for those who import it
entry          dashboard      texts in, their journeys shown, corrected and taken along; all that knows Streamlit
entry          serving        start the dashboard's server and a browser
entry          environment    the one-command set-up, before anything is installed
=============  =============  ======================================================================================

A step is a module until it needs a second file; then that step alone becomes a package of the same name.
Importing `itinerary` loads nothing but this file: the names below come with their module when they are first used.
"""

from __future__ import annotations

from importlib import import_module
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from itinerary.errors import InputError, ItineraryError, OutputError, SetupError
    from itinerary.model import DateMention, Itinerary, Leg, Mention, Place, Resolution, Visit
    from itinerary.pipeline import build, find_dates, geoparse
    from itinerary.workspace import Workspace

__version__ = "0.1.0"

# Public name -> the module it lives in.
_HOMES = {
    **dict.fromkeys(("InputError", "ItineraryError", "OutputError", "SetupError"), "errors"),
    **dict.fromkeys(("DateMention", "Itinerary", "Leg", "Mention", "Place", "Resolution", "Visit"), "model"),
    **dict.fromkeys(("build", "find_dates", "geoparse"), "pipeline"),
    "Workspace": "workspace",
}

__all__ = [
    "DateMention",
    "InputError",
    "Itinerary",
    "ItineraryError",
    "Leg",
    "Mention",
    "OutputError",
    "Place",
    "Resolution",
    "SetupError",
    "Visit",
    "Workspace",
    "build",
    "find_dates",
    "geoparse",
]


def __getattr__(name: str) -> Any:
    if name not in _HOMES:
        raise AttributeError(f"module 'itinerary' has no attribute {name!r}")
    return getattr(import_module(f"itinerary.{_HOMES[name]}"), name)


def __dir__() -> list[str]:
    return sorted({*globals(), *__all__})
