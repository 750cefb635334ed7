"""Generous proposals: whatever in the text might name a place.

Three sources: known pieces of capitalised runs, the recogniser's entities for places, and words for people of a place. Where
they overlap they are joined, so that no two proposals share a token and each asks the gazetteer for its full name first and
for the known part of it after that ("Artyom-Primorsky-1 station", then "Artyom").
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from itinerary.model import Form
from itinerary.names import fold
from itinerary.toponyms.runs import Piece, is_weighty, longest, pieces, runs
from itinerary.toponyms.words import group, heads, plain

if TYPE_CHECKING:
    from spacy.tokens import Doc, Token

    from itinerary.gazetteer import Gazetteer

PLACE_LABELS = frozenset(("GPE", "LOC", "FAC"))
# Labels of expressions that are never names; a known piece that fills one is no proposal.
_NO_NAMES = frozenset(("DATE", "TIME", "MONEY", "PERCENT", "CARDINAL", "ORDINAL", "QUANTITY"))
# Heads that say what a place is without being a part of its name when written small: "Punjab province", "the Kursk region".
_DESCRIBING = frozenset(("admin1", "admin2", "city", "region", "historical", "country", "district", "port", "border"))


@dataclass(frozen=True, slots=True)
class Proposal:
    """Tokens start to end (not included) that may name a place.

    `lookups` as in `Toponym`; `known` is the number of tokens that the gazetteer knows (0: none); `road` marks streets.
    """

    start: int
    end: int
    lookups: tuple[str, ...]
    known: int = 0
    form: Form = Form.NAME
    road: bool = False


def propose(parse: Doc, gazetteer: Gazetteer) -> list[Proposal]:
    """Proposals in text order, none sharing a token with another. One look-up for the whole text."""
    found = [list(pieces(parse, run)) for run in runs(parse)]
    people = _people(parse, found, gazetteer)
    names = [piece for known in _known(found, gazetteer) for piece in longest(known) if _may_be_name(parse, piece)]
    proposals = [_extended(parse, piece) for piece in names if not (piece.end - piece.start == 1 and piece.start in people)]
    proposals += [Proposal(i, i + 1, (parse[i].text,), 1, Form.DEMONYM) for i in people]
    return _joined(parse, proposals, list(_entities(parse)))


def _known(found: Iterable[list[Piece]], gazetteer: Gazetteer) -> Iterator[list[Piece]]:
    """The pieces of each run that the gazetteer knows as names or, as written, as abbreviations.

    The full stop of an abbreviation may have been taken for the sentence's: "Conn" is looked up as "Conn." too.
    """
    names = gazetteer.known({piece.key for run in found for piece in run})
    short = gazetteer.abbreviations({text for run in found for piece in run for text in (piece.text, piece.text + ".")})
    for run in found:
        dotted = (replace(p, text=p.text + ".") if p.text + "." in short and p.text not in short else p for p in run)
        yield [piece for piece in dotted if piece.key in names or piece.text in short]


def _people(parse: Doc, found: Iterable[list[Piece]], gazetteer: Gazetteer) -> set[int]:
    """Indices of words for the people of a place."""
    words = {piece.start: parse[piece.start].text for run in found for piece in run}
    demonyms = gazetteer.demonyms(set(words.values()))
    return {i for i, word in words.items() if demonyms.get(word)}


def _may_be_name(parse: Doc, piece: Piece) -> bool:
    """Small words at the head of a sentence and weekdays are in every gazetteer under some tongue."""
    tokens = parse[piece.start : piece.end]
    if len(tokens) == 1 and (tokens[0].is_stop or tokens[0].like_num) and tokens[0].ent_type_ not in PLACE_LABELS:
        return len(tokens[0].text) > 1 and tokens[0].text.isupper() and tokens[0].text.lower() == "us"
    return not all(token.ent_type_ in _NO_NAMES for token in tokens)


# --- longer than the known name ---------------------------------------------------------------------------------------


def _extended(parse: Doc, piece: Piece) -> Proposal:
    """The piece with the generic words beside it that make a longer name: "Laurel" + "County", "Lake" + "Ullswater"."""
    known = piece.end - piece.start
    own = piece.text
    if end := _road_end(parse, piece.end):
        start = _capitals_before(parse, piece.start)
        return Proposal(start, end, (parse[start:end].text,), 0, road=True)
    if _is_road(parse[piece.end - 1]) and piece.end - piece.start > 1:
        return Proposal(piece.start, piece.end, (own,), known, road=True)
    start, end = _start_with_head(parse, piece.start), _end_with_head(parse, piece.end)
    if (start, end) == (piece.start, piece.end):
        return Proposal(start, end, (own,), known)
    return Proposal(start, end, (parse[start:end].text, own), known)


def _is_road(token: Token) -> bool:
    return plain(token.text) in group("road")


def _road_end(parse: Doc, end: int) -> int | None:
    """The end of a road's name that goes on at token `end`: "Memphis | St.", "Old | Mill Road"."""
    for i in range(end, min(end + 3, len(parse))):
        if not is_weighty(parse[i]) or parse[i].is_sent_start:
            return None
        if _is_road(parse[i]):
            return i + 1
    return None


def _capitals_before(parse: Doc, start: int) -> int:
    while (
        start > 0 and parse[start - 1].text[0].isupper() and parse[start - 1].pos_ == "PROPN" and not parse[start].is_sent_start
    ):
        start -= 1
    return start


def _start_with_head(parse: Doc, start: int) -> int:
    if start >= 1 and _leads(parse[start - 1]):
        return start - 1
    return start - 2 if start >= 2 and parse[start - 1].lower_ == "of" and _leads(parse[start - 2]) else start


def _leads(token: Token) -> bool:
    return token.text[0].isupper() and plain(token.text) in group("leading")


def _end_with_head(parse: Doc, end: int) -> int:
    """Past capitalised words up to a head: "Edmonton | International Airport"; past one small head: "Gobi | desert"."""
    for i in range(end, min(end + 3, len(parse))):
        token = parse[i]
        if token.is_sent_start:
            break
        kinds = heads().get(plain(token.text))
        if kinds and (is_weighty(token) or (i == end and not _DESCRIBING.intersection(kinds))):
            return i + 1
        if not is_weighty(token):
            break
    return end


# --- entities ---------------------------------------------------------------------------------------------------------


def _entities(parse: Doc) -> Iterator[Proposal]:
    """The recogniser's places, without articles and small words in front, cut at commas."""
    for entity in parse.ents:
        if entity.label_ in PLACE_LABELS:
            yield from _cut(parse, entity.start, entity.end)


def _cut(parse: Doc, start: int, end: int) -> Iterator[Proposal]:
    begin = start
    for i in range(start, end + 1):
        if i == end or parse[i].text in (",", ";", "(", ")", ":"):
            if span := _trimmed(parse, begin, i):
                yield Proposal(*span, _variants(parse, *span), road=_is_road(parse[span[1] - 1]))
            begin = i + 1


def _trimmed(parse: Doc, start: int, end: int) -> tuple[int, int] | None:
    lowered = all(token.text.islower() or not token.text[0].isalpha() for token in parse[start:end])
    while start < end and not (is_weighty(parse[start]) or (lowered and parse[start].is_alpha and not parse[start].is_stop)):
        start += 1
    if end - start > 1 and parse[start].lower_ == "the":
        start += 1
    while end > start and not (parse[end - 1].text[0].isalnum()):
        end -= 1
    return (start, end) if start < end and any(t.is_alpha or len(t.text) > 2 for t in parse[start:end]) else None


def _variants(parse: Doc, start: int, end: int) -> tuple[str, ...]:
    """The full name, then without direction, generic word or parts after hyphens: "Artyom-Primorsky-1", "Artyom-Primorsky"."""
    text = parse[start:end].text
    names = [text, text.partition("-")[0]] if end - start == 1 else [text]
    inner, outer = start, end
    while outer - inner > 1 and parse[inner].lower_ in group("direction"):
        inner += 1
        names.append(parse[inner:outer].text)
    if outer - inner > 1 and parse[outer - 1].lower_ in heads():
        outer -= 1
        names.append(parse[inner:outer].text)
    cuts = [i for i in range(outer - 1, inner, -1) if parse[i].text == "-"]
    names += [parse[inner:i].text for i in cuts]
    return tuple(dict.fromkeys(name for name in names if fold(name)))


# --- one proposal for each place --------------------------------------------------------------------------------------


def _joined(parse: Doc, proposals: list[Proposal], entities: list[Proposal]) -> list[Proposal]:
    """Known names and entities together; where they overlap the longer span wins and asks for the shorter one too."""
    by_token = {i: p for p in proposals for i in range(p.start, p.end)}
    dropped: set[Proposal] = set()
    joined: list[Proposal] = []
    for entity in entities:
        inside = list(dict.fromkeys(by_token[i] for i in range(entity.start, entity.end) if i in by_token))
        if not inside:
            joined.append(entity)
        elif all(entity.start <= p.start and p.end <= entity.end and p.form is Form.NAME for p in inside):
            dropped.update(inside)
            joined.append(_merged(entity, inside))
    joined += [p for p in proposals if p not in dropped]
    return _apart(joined)


def _merged(entity: Proposal, inside: list[Proposal]) -> Proposal:
    """The entity with the known names in it as further look-ups, the longest first."""
    known = sorted(inside, key=lambda p: p.start - p.end)
    lookups = () if entity.road else (name for p in known for name in p.lookups if not _is_generic(name))
    names = tuple(dict.fromkeys((*entity.lookups[:1], *lookups, *entity.lookups[1:])))
    return Proposal(entity.start, entity.end, names, max(p.known for p in known), road=entity.road or known[0].road)


def _is_generic(name: str) -> bool:
    """Whether a name, taken out of a longer one, says nothing: the "South" of "South Ossetian", the "Far North" of Queensland."""
    return all(plain(w) in group("direction") or plain(w) in heads() or plain(w) in group("body") for w in name.split())


def _apart(proposals: list[Proposal]) -> list[Proposal]:
    """No token twice: longer spans first."""
    taken: set[int] = set()
    kept = []
    for proposal in sorted(set(proposals), key=lambda p: (p.start - p.end, p.start, p.lookups)):
        span = range(proposal.start, proposal.end)
        if taken.isdisjoint(span):
            taken.update(span)
            kept.append(proposal)
    return sorted(kept, key=lambda p: p.start)
