"""Read schedules by their layout: numbered days, dated lines, tables, lists of legs ("Day 2: Porto – Barcelos").

What prose leaves to judgement, a schedule says by where a name stands: each entry names the stops of its day in order, and what
else it names (the venue, the state, a remark) is no stop. Entries that do not look like one journey are left to the judges.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property
from itertools import pairwise

from itinerary.model import Form, Span
from itinerary.visits.scene import Mentioned, Scene

_FEWEST = 3  # entries that make a schedule
_MOST_WITHOUT = 0.5  # share of its entries that may name no place
_LONGEST_HEAD = 130  # characters of an entry that is a heading, a list item or a row, and no prose
_CELL = re.compile(r"\s*[|\t]\s*")
_NUMBERED = re.compile(
    r"\s*[-*#•]*\s*(days?|week|stage|leg|étape)\s+(\d+|one|two|three|four|five|six|seven|eight|nine|ten)\b", re.I
)
_LISTED = re.compile(r"\s*\(?\d{1,3}[.)]\s")
_JOINED = re.compile(r"^[\s\w.,()'’%-]{0,25}?(?:[–—→➜➔>-]+|\bto\b|\bvia\b|\bthen\b)[\s\w]{0,25}$", re.I)
_CONTEST = re.compile(r"\b(?:v|vs|versus|beat|defeated|\d+\s?[–:-]\s?\d+)\b", re.I)
_BARE_YEAR = re.compile(r"\s*\(?\d{4}\)?\s*(?:$|[|\t:–—-])")
_FROM = frozenset({"from", "start", "origin", "departure", "depart", "departs", "leave", "leaving"})
_TO = frozenset({"to", "end", "finish", "destination", "arrival", "arrive", "arrives", "goal"})
_WHERE = frozenset({
    "city", "town", "place", "places", "stop", "stops", "port", "location", "where", "station", "overnight", "stay", "camp",
    "route", "leg", "stage", "itinerary", "port of call", "halt", "village", "island",
})  # fmt: skip


@dataclass(frozen=True, slots=True)
class Entry:
    """One line of a schedule: the block it stands in, its day's number if told, and its places in order (indexes of mentions)."""

    block: int
    number: str | None
    stops: tuple[int, ...]


@dataclass(frozen=True)
class Schedule:
    """The entries in the order told. `stops` are the mentions that name a stop, `asides` the others in the same lines."""

    entries: tuple[Entry, ...] = ()
    asides: frozenset[int] = frozenset()

    @cached_property
    def stops(self) -> frozenset[int]:
        """Indexes of the mentions that stand where a stop stands."""
        return frozenset(i for entry in self.entries for i in entry.stops)


def schedule_of(scene: Scene) -> Schedule:
    """The schedule of a text, empty where it has none."""
    inside: dict[int, list[Mentioned]] = {}
    for m in scene.mentioned:
        inside.setdefault(m.block, []).append(m)
    runs = (_table(scene, inside), _numbered(scene, inside), _dated(scene, inside), _legs(scene, inside))
    entries = [entry for run in runs for entry in _journey(scene, run)]
    taken: dict[int, Entry] = {}
    for entry in entries:
        taken.setdefault(entry.block, entry)
    kept = tuple(_once(taken[block] for block in sorted(taken)))
    blocks = {entry.block for entry in taken.values() if _is_line(scene, entry.block)}
    stops = {i for entry in kept for i in entry.stops}
    asides = frozenset(m.index for block in blocks for m in inside.get(block, ()) if m.index not in stops)
    return Schedule(kept, asides)


def _journey(scene: Scene, entries: Sequence[Entry]) -> Sequence[Entry]:
    """The entries, if they tell one journey: enough of them, most with a place, no list of contests or of one event a year."""
    lines = [scene.document.blocks[entry.block].of(scene.document.text) for entry in entries]
    told = [entry for entry in entries if entry.stops]
    places = {scene.mentioned[i].place.id for entry in told for i in entry.stops}
    if len(told) < _FEWEST or len(told) < _MOST_WITHOUT * len(entries) or len(places) < _FEWEST:
        return ()
    odd = sum(bool(_CONTEST.search(line) or _BARE_YEAR.match(line)) for line in lines)
    return () if odd > len(lines) / 3 else told


def _once(entries: Iterable[Entry]) -> Iterator[Entry]:
    """Each numbered day once: a plan told twice, in short and at length, is one plan."""
    seen: set[str] = set()
    for entry in entries:
        if entry.number is None or entry.number not in seen:
            yield entry
        if entry.number is not None:
            seen.add(entry.number)


# --- the kinds of schedule --------------------------------------------------------------------------------------------


def _numbered(scene: Scene, inside: Mapping[int, Sequence[Mentioned]]) -> list[Entry]:
    """ "Day 2: Porto – Barcelos"."""
    found = []
    for i in range(len(scene.document.blocks)):
        head = _NUMBERED.match(_text(scene, i))
        if head and _is_line(scene, i):
            found.append(Entry(i, " ".join(head.group(1, 2)).lower(), _route(scene, inside.get(i, ()))))
    return found


def _dated(scene: Scene, inside: Mapping[int, Sequence[Mentioned]]) -> list[Entry]:
    """ "June 9 – Coral Sky Amphitheatre, West Palm Beach, FL"."""
    lines = [i for i in sorted(scene.day_blocks) if _is_line(scene, i) and not _NUMBERED.match(_text(scene, i))]
    return [Entry(i, None, _route(scene, inside.get(i, ()), one=True)) for i in lines]


def _legs(scene: Scene, inside: Mapping[int, Sequence[Mentioned]]) -> list[Entry]:
    """ "1. Boston to Niagara Falls (4 days)"; a list of single names may be a list of anything."""
    lines = [i for i in range(len(scene.document.blocks)) if _LISTED.match(_text(scene, i)) and _is_line(scene, i)]
    entries = [Entry(i, None, _route(scene, inside.get(i, ()))) for i in lines]
    return entries if sum(len(entry.stops) > 1 for entry in entries) >= _FEWEST else []


def _table(scene: Scene, inside: Mapping[int, Sequence[Mentioned]]) -> list[Entry]:
    """Rows of cells: the columns "from" and "to", or the one that holds the place."""
    rows = [i for i in range(len(scene.document.blocks)) if _CELL.search(_text(scene, i).strip())]
    if len(rows) < _FEWEST:
        return []
    cells = {i: list(_cells(scene, i)) for i in rows}
    columns = _columns(scene, cells, inside)
    found = []
    for i in rows:
        stops = [m for c in columns for m in inside.get(i, ()) if c < len(cells[i]) and cells[i][c].covers(m.span)]
        found.append(Entry(i, None, tuple(m.index for m in _finest(scene, stops))))
    return found


def _columns(scene: Scene, cells: Mapping[int, Sequence[Span]], inside: Mapping[int, Sequence[Mentioned]]) -> list[int]:
    """The columns that hold stops, in order: by the words of the head, else the one with most places."""
    head = [span.of(scene.document.text).strip().lower() for span in next(iter(cells.values()))]
    start = next((c for c, word in enumerate(head) if word in _FROM), None)
    goal = next((c for c, word in enumerate(head) if word in _TO), None)
    where = next((c for c, word in enumerate(head) if word in _WHERE), None)
    if start is not None and goal is not None:
        return [start, goal]
    if where is not None or goal is not None:
        return [where if where is not None else goal]  # type: ignore[list-item]  # one of the two is there
    filled = [
        sum(any(c < len(own) and own[c].covers(m.span) for m in inside.get(i, ())) for i, own in cells.items())
        for c in range(max(map(len, cells.values())))
    ]
    return [filled.index(max(filled))]


def _cells(scene: Scene, block: int) -> Iterator[Span]:
    where, text = scene.document.blocks[block], _text(scene, block)
    at = 0
    for mark in [*_CELL.finditer(text), None]:
        end = mark.start() if mark else len(text)
        if end > at or at > 0:
            yield Span(where.start + at, max(where.start + end, where.start + at + 1))
        at = mark.end() if mark else end


# --- one line ---------------------------------------------------------------------------------------------------------


def _text(scene: Scene, block: int) -> str:
    return scene.document.blocks[block].of(scene.document.text)


def _is_line(scene: Scene, block: int) -> bool:
    """Whether a block is a line of its own and no paragraph."""
    text = _text(scene, block)
    return len(text) <= _LONGEST_HEAD and not re.search(r"[.!?]\s+[A-Z]", text[12:])


def _route(scene: Scene, mentions: Sequence[Mentioned], *, one: bool = False) -> tuple[int, ...]:
    """The stops that a line names: all where dashes or words join them, else the place that its state or country follows."""
    places = _finest(scene, mentions)
    if len(places) > 1 and one and not _chained(scene, places):
        held = [m for m in places if _held(scene, m)]
        places = (held or places)[-1:]
    return tuple(m.index for m in places)


def _chained(scene: Scene, places: Sequence[Mentioned]) -> bool:
    text = scene.document.text
    return any(_JOINED.match(text[a.span.end : b.span.start]) for a, b in pairwise(places))


def _held(scene: Scene, mention: Mentioned) -> bool:
    after = scene.beside(mention, 1)
    return after is not None and mention.place.lies_in(after.place)


def _finest(scene: Scene, mentions: Sequence[Mentioned]) -> list[Mentioned]:
    """Without demonyms, without the state or country that stands behind a place or holds another of the line."""
    names = [m for m in mentions if m.resolution.toponym.form is not Form.DEMONYM]
    holders = {parent for m in names for parent in m.place.parents}
    return [m for m in names if m.place.id not in holders and not _follows_a_name(scene, m)]


def _follows_a_name(scene: Scene, mention: Mentioned) -> bool:
    """Whether it is the state or country of a name that no gazetteer has: "Cornucopia, WI"."""
    before = scene.document.text[max(0, mention.span.start - 30) : mention.span.start]
    return mention.place.kind.level in ("country", "region") and bool(re.search(r"\w[,(]\s*$", before))
