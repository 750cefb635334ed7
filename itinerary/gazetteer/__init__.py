"""Names looked up offline, in one SQLite file built once from pinned packages and the lists in `data/`.

::

    packages, data/*.csv ── sources ─► Entry… ── building ─► file in the user's cache folder ── lookup ─► Match(place, how)…

`store` knows where the file lies, its tables, and whether it can be trusted; `sources`, `natural_earth` and `ours` read what
goes in, `containment` finds what lies in what; `dump` reads GeoNames' own files for those who want a larger gazetteer;
`lookup` is the only reader, `spelling` finds names that are written almost the same.
"""

from __future__ import annotations

from itinerary.gazetteer.building import build
from itinerary.gazetteer.dump import build_from_dump
from itinerary.gazetteer.lookup import Gazetteer
from itinerary.gazetteer.store import default_path

__all__ = ["Gazetteer", "build", "build_from_dump", "default_path"]
