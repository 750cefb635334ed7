"""What the whole text tells a judge of one mention: who travels, how the page is laid out, which places hold which."""

from __future__ import annotations

import math
import re
from bisect import bisect_left, bisect_right
from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import TYPE_CHECKING

from itinerary.clauses import Clause, clause_of, word_class
from itinerary.model import DateMention, Document, Place, Resolution, Span
from itinerary.visits.travellers import Cast, Traveller

if TYPE_CHECKING:
    from spacy.tokens import Span as Tokens
    from spacy.tokens import Token

_BULLET = re.compile(r"\s*(?:[-*•·–—#>]|\(?\d{1,3}[.)]\s)")
_ROW = re.compile(r"\||\t|\s[–—→>-]{1,2}\s")
_DAY_HEAD = re.compile(
    r"\s*[-*#•]*\s*(?:days?|week|stage|leg|étape)\s+(?:\d+|one|two|three|four|five|six|seven|eight|nine|ten)\b", re.I
)
_LONGEST_HEADING = 110  # characters
_FEWEST_ENTRIES = 3
_AROUND = 25  # mentions
_NEAR = 4  # characters between a name and the container beside it, as in "Paris, France" or "Paris (France)"


@dataclass(frozen=True)
class Mentioned:
    """One resolved mention in its surroundings: its place, clause, sentence and block."""

    index: int
    resolution: Resolution
    place: Place
    clause: Clause
    sentence: Span
    block: int

    @property
    def span(self) -> Span:
        """Where the name stands."""
        return self.resolution.toponym.span


@dataclass(frozen=True)
class Sentence:
    """What a sentence speaks of: verbs and nouns as (part of speech, class), lemmas, people, and the word that carries it."""

    kinds: frozenset[tuple[str, str | None]]
    lemmas: frozenset[str]
    people: frozenset[str]
    root: Token


@dataclass(frozen=True)
class Scene:
    """A document with everything found in it, seen by one traveller's reader."""

    document: Document
    mentioned: tuple[Mentioned, ...]
    dates: tuple[DateMention, ...]
    cast: Cast
    traveller: Traveller

    @cached_property
    def counts(self) -> Mapping[str, int]:
        """How often each place is mentioned, by id."""
        return Counter(m.place.id for m in self.mentioned)

    @cached_property
    def firsts(self) -> Mapping[str, int]:
        """Index of the first mention of each place, by id."""
        return {m.place.id: m.index for m in reversed(self.mentioned)}

    @cached_property
    def countries(self) -> Mapping[str, int]:
        """How often each country's places are mentioned."""
        return Counter(m.place.country for m in self.mentioned if m.place.country)

    @cached_property
    def holders(self) -> Mapping[str, frozenset[str]]:
        """For each place that holds others named in the text, the ids of those."""
        places = {m.place.id: m.place for m in self.mentioned}
        held: dict[str, set[str]] = {}
        for place in places.values():
            for parent in place.parents:
                if parent in places and parent != place.id:
                    held.setdefault(parent, set()).add(place.id)
        return {holder: frozenset(ids) for holder, ids in held.items()}

    @cached_property
    def block_types(self) -> tuple[str, ...]:
        """heading, item, row or prose for each block."""
        return tuple(_block_type(block.of(self.document.text)) for block in self.document.blocks)

    @cached_property
    def day_blocks(self) -> frozenset[int]:
        """Blocks that open with "Day 3" or with a date."""
        text, firsts = self.document.text, {date.start for date in self.dates if date.type in ("DATE", "TIME")}
        return frozenset(
            i
            for i, block in enumerate(self.document.blocks)
            if _DAY_HEAD.match(text, block.start, block.end) or firsts & set(range(block.start, min(block.start + 6, block.end)))
        )

    @cached_property
    def days_numbered(self) -> bool:
        """Whether the text goes by "Day 1", "Day 2", …"""
        blocks = self.document.blocks
        return sum(1 for b in blocks if _DAY_HEAD.match(self.document.text, b.start, b.end)) >= _FEWEST_ENTRIES

    @cached_property
    def day_labels(self) -> Mapping[int, str]:
        """The numbered day ("Day 3") that each block tells of: its own, or that of the section it stands in."""
        labels: dict[int, str] = {}
        label: str | None = None
        for i, block in enumerate(self.document.blocks if self.days_numbered else ()):
            head = _DAY_HEAD.match(self.document.text, block.start, block.end)
            if head:
                label = " ".join(head.group().strip(" -*#•\t").split()).capitalize()
            elif self.block_types[i] == "heading":
                label = None
            if label:
                labels[i] = label
        return labels

    @cached_property
    def schedule(self) -> frozenset[int]:
        """Blocks that are entries of a schedule: short, or opened by a day, with a place, and at least three of them."""
        with_places = {m.block for m in self.mentioned}
        entries = {i for i in with_places if i in self.day_blocks or self.block_types[i] in ("row", "item")}
        runs = {i for i in entries if entries & {i - 2, i - 1, i + 1, i + 2}}
        return frozenset(runs if len(runs) >= _FEWEST_ENTRIES else ())

    @cached_property
    def scheduled(self) -> frozenset[str]:
        """Ids of the places in the schedule."""
        return frozenset(m.place.id for m in self.mentioned if m.block in self.schedule)

    @cached_property
    def lasts(self) -> Mapping[str, int]:
        """Block of the last mention of each place, by id."""
        return {m.place.id: m.block for m in self.mentioned}

    @cached_property
    def resumed(self) -> Mapping[int, float]:
        """For each block the share of its places that a later block names again: high in a lead that sums up the story."""
        blocks: dict[int, list[bool]] = {}
        for m in self.mentioned:
            blocks.setdefault(m.block, []).append(self.lasts[m.place.id] > m.block)
        return {block: sum(again) / len(again) for block, again in blocks.items()}

    @cached_property
    def looks_ahead(self) -> bool:
        """Whether the text tells more of what will be than of what was."""
        tags = Counter(t.tag_ for t in self.document.parse if t.tag_ in ("VBD", "MD"))
        return tags["MD"] > tags["VBD"]

    @cached_property
    def quotes(self) -> tuple[Span, ...]:
        """Quoted stretches, none longer than a block."""
        found = []
        for block in self.document.blocks:
            marks = [m.start() + block.start for m in re.finditer(r'["“”]', block.of(self.document.text))]
            found += [Span(a, b + 1) for a, b in zip(marks[::2], marks[1::2], strict=False) if b > a]
        return tuple(found)

    def quoted(self, span: Span) -> bool:
        """Whether a span lies inside quotation marks."""
        at = bisect_right(self.quotes, span.start, key=lambda q: q.start) - 1
        return at >= 0 and self.quotes[at].covers(span)

    def dates_in(self, span: Span) -> Sequence[DateMention]:
        """The expressions of time inside a span."""
        low = bisect_left(self.dates, span.start, key=lambda d: d.start)
        high = bisect_left(self.dates, span.end, key=lambda d: d.start)
        return self.dates[low:high]

    @cached_property
    def sentences(self) -> Mapping[Span, Sentence]:
        """What each sentence with a mention in it speaks of; looked at once, however many mentions it has."""
        mentions = {m.sentence: m for m in self.mentioned}
        return {where: _sentence(self.document.tokens(m.span)[0].sent, self.cast) for where, m in mentions.items()}

    def in_sentence(self, mention: Mentioned) -> Sequence[Mentioned]:
        """All mentions of the same sentence, this one included."""
        low = bisect_left(self.mentioned, mention.sentence.start, key=lambda m: m.span.start)
        high = bisect_left(self.mentioned, mention.sentence.end, key=lambda m: m.span.start)
        return self.mentioned[low:high]

    def in_block(self, mention: Mentioned) -> Sequence[Mentioned]:
        """All mentions of the same block, this one included."""
        low = bisect_left(self.mentioned, mention.block, key=lambda m: m.block)
        high = bisect_right(self.mentioned, mention.block, key=lambda m: m.block)
        return self.mentioned[low:high]

    def neighbour(self, mention: Mentioned, step: int) -> Mentioned | None:
        """The mention `step` places further on in the text, None beyond its ends."""
        at = mention.index + step
        return self.mentioned[at] if 0 <= at < len(self.mentioned) else None

    def around(self, mention: Mentioned) -> Sequence[Mentioned]:
        """The mentions up to 25 before and after, however long the text."""
        return self.mentioned[max(0, mention.index - _AROUND) : mention.index + _AROUND + 1]

    def beside(self, mention: Mentioned, step: int) -> Mentioned | None:
        """The neighbour when nothing but a comma or a bracket stands between."""
        other = self.neighbour(mention, step)
        if other is None:
            return None
        first, second = sorted((mention.span, other.span))
        between = self.document.text[first.end : second.start]
        return other if len(between) <= _NEAR and not any(c.isalnum() for c in between) else None


def scene_of(
    document: Document, resolutions: Sequence[Resolution], dates: Sequence[DateMention], cast: Cast, who: Traveller
) -> Scene:
    """Set the scene: every resolved mention with its clause, in text order."""
    mentioned: list[Mentioned] = []
    starts = [block.start for block in document.blocks]
    for resolution in resolutions:
        if resolution.place is None:
            continue
        piece = document.tokens(resolution.toponym.span)
        sentence = piece[0].sent
        where = Span(sentence.start_char, max(sentence.end_char, sentence.start_char + 1))
        block = max(0, bisect_right(starts, resolution.start) - 1)
        mentioned.append(Mentioned(len(mentioned), resolution, resolution.place, clause_of(piece), where, block))
    return Scene(document, tuple(mentioned), tuple(dates), cast, who)


def _sentence(tokens: Tokens, cast: Cast) -> Sentence:
    kinds = {(t.pos_.lower(), word_class(t.lemma_.lower(), t.pos_.lower())) for t in tokens if t.pos_ in ("VERB", "NOUN")}
    people = {cast.referents[t.i].name for t in tokens if t.i in cast.referents}
    return Sentence(frozenset(kinds), frozenset(t.lemma_.lower() for t in tokens), frozenset(people), tokens.root)


def _block_type(block: str) -> str:
    if _BULLET.match(block):
        return "item"
    if _ROW.search(block) and len(block) < 2 * _LONGEST_HEADING and not re.search(r"[.!?]\s", block):
        return "row"
    short = len(block) <= _LONGEST_HEADING and not re.search(r"[.!?,;][\"”')]*$", block)
    return "heading" if short else "prose"


def kilometres(a: Place, b: Place) -> float:
    """Rough distance in kilometres on a sphere: good to half a percent, and quick enough for every pair."""
    lat1, lat2 = math.radians(a.coordinate.latitude), math.radians(b.coordinate.latitude)
    half_lat = math.sin((lat2 - lat1) / 2) ** 2
    half_lon = math.sin(math.radians(b.coordinate.longitude - a.coordinate.longitude) / 2) ** 2
    return 12_742 * math.asin(math.sqrt(min(1.0, half_lat + math.cos(lat1) * math.cos(lat2) * half_lon)))
