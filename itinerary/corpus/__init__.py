"""Any number of texts at once: `python -m itinerary corpus INPUT -o OUT` and what can be asked of the result.

::

    sources, tables ─► Text… ─ texts ─► Batch… ─ engine (Dask) ─► work on a worker ─► rows ─ running ─► dataset (Parquet)
                                                                                                          │
                                                     asking (DuckDB) ─► a table     flows ─► a map   ◄────┘

`run` reads a source into a dataset; a run that was killed goes on where it was. README.md beside this file tells the columns,
recipes for queries, and what a cluster needs.
"""

from __future__ import annotations

from itinerary.corpus.engine import BrokenOff
from itinerary.corpus.running import Cluster, Report, run
from itinerary.corpus.sources import Source
from itinerary.corpus.tables import Columns
from itinerary.corpus.work import Work

__all__ = ["BrokenOff", "Cluster", "Columns", "Report", "Source", "Work", "run"]
