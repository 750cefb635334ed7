"""A trip as read, the user's corrections, and the trip that comes of both: pure, and never in need of the language model.

::

    trip as read ─► draft ─ applying ◄─ corrections ◄─ anchors (quotes of the text)
                      └─ assembling ─► trip, stops, what was lost        doubting ─► what to look at     placing ─► Place
    two readings ─► readings ─► pairs ─► choosing ─► corrections, doubts

`state` has the workspace itself with its history; `placing` finds or makes a place to choose, `times` reads a date typed in.
"""

from __future__ import annotations

from itinerary.workspace.anchors import Anchor, Quote
from itinerary.workspace.assembling import Lost
from itinerary.workspace.choosing import Choice, Table
from itinerary.workspace.corrections import (
    Accept,
    Add,
    Correction,
    Delete,
    Merge,
    Move,
    SetDates,
    SetPlace,
    SetStatus,
    SetTitle,
    SetTraveller,
    Split,
    Step,
)
from itinerary.workspace.doubting import Doubt, Kind, Mend, doubts
from itinerary.workspace.placing import Found, found, hand_place, search
from itinerary.workspace.readings import Difference, Pair, SideBySide, side_by_side
from itinerary.workspace.state import Settings, Workspace
from itinerary.workspace.times import read_time

__all__ = [
    "Accept",
    "Add",
    "Anchor",
    "Choice",
    "Correction",
    "Delete",
    "Difference",
    "Doubt",
    "Found",
    "Kind",
    "Lost",
    "Mend",
    "Merge",
    "Move",
    "Pair",
    "Quote",
    "SetDates",
    "SetPlace",
    "SetStatus",
    "SetTitle",
    "SetTraveller",
    "Settings",
    "SideBySide",
    "Split",
    "Step",
    "Table",
    "Workspace",
    "doubts",
    "found",
    "hand_place",
    "read_time",
    "search",
    "side_by_side",
]
