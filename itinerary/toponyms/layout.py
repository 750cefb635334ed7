"""What the page says of a name: alone behind "Day 4:", or in a column of a table that holds places.

The recogniser reads such lines as broken sentences, and "Champion" or "Cable" look like anything but towns there; but where most
cells of a column open with a name that the gazetteer knows, the others do too.
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterator, Sequence

from itinerary.model import Document
from itinerary.toponyms.proposing import Proposal

LIKELY = 0.5  # probability of a name by its place on the page alone
_DAY = re.compile(r"(?:^|\n)\s*[-*#•]*\s*days?\s+\d{1,3}\s*[:.–—-]\s*$", re.IGNORECASE)
_CELL = re.compile(r"[|\t]")
_FEWEST_ROWS = 4
_MOST_CELLS = 0.6  # share of a column's cells, the head left out, that open with a known name
_LONGEST_LABEL = 30  # characters before a name that may be "Day 12:"


def by_layout(document: Document, proposals: Sequence[Proposal]) -> frozenset[int]:
    """The indexes of the known names whose place on the page says that they are places."""
    known = [i for i, proposal in enumerate(proposals) if proposal.known]
    alone = {i for i in known if _of_a_day(document, proposals[i])}
    return frozenset(alone | set(_of_columns(document, proposals, known)))


def _of_a_day(document: Document, proposal: Proposal) -> bool:
    tokens = document.parse[proposal.start : proposal.end]
    before = document.text[max(0, tokens.start_char - _LONGEST_LABEL) : tokens.start_char]
    return bool(_DAY.search(before)) and not document.text[tokens.end_char :][:2].strip(" .(\n")


def _of_columns(document: Document, proposals: Sequence[Proposal], known: Sequence[int]) -> Iterator[int]:
    rows = _rows(document.text)
    if len(rows) < _FEWEST_ROWS:
        return
    opens = {document.parse[proposals[i].start].idx: i for i in known}
    columns: dict[int, list[int | None]] = defaultdict(list)
    for cells in rows[1:]:
        for column, start in enumerate(cells):
            columns[column].append(opens.get(start))
    for found in columns.values():
        names = [i for i in found if i is not None]
        if len(found) >= _FEWEST_ROWS - 1 and len(names) >= _MOST_CELLS * len(found):
            yield from names


def _rows(text: str) -> list[list[int]]:
    """For each line of a table the offsets where its cells open, blanks left out."""
    found, start = [], 0
    for line in text.splitlines(keepends=True):
        if _CELL.search(line.strip()):
            cuts = [0, *(m.end() for m in _CELL.finditer(line))]
            found.append([start + cut + len(line[cut:]) - len(line[cut:].lstrip()) for cut in cuts if line[cut:].strip()])
        start += len(line)
    return found
