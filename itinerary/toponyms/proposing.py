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
from itinerary.toponyms.extending import capitals_before, headed, is_generic, is_road, road
from itinerary.toponyms.runs import Piece, is_weighty, longest, pieces, runs
from itinerary.toponyms.words import group, heads, plain

if TYPE_CHECKING:
    from spacy.tokens import Doc, Token

    from itinerary.gazetteer import Gazetteer

PLACE_LABELS = frozenset(("GPE", "LOC", "FAC"))
# Labels of expressions that are never names; a known piece that fills one is no proposal.
_NO_NAMES = frozenset(("DATE", "TIME", "MONEY", "PERCENT", "CARDINAL", "ORDINAL", "QUANTITY"))
_LONGEST_UNKNOWN = 4  # tokens of a name that only its position betrays


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
    people = _people(found, gazetteer)
    names = [piece for known in _known(found, gazetteer) for piece in longest(known) if _may_be_name(parse, piece)]
    inhabited = {i for p in people for i in range(p.start, p.end)}
    names = [n for n in names if not inhabited.issuperset(range(n.start, n.end))]
    telling = {i for n in names if not is_generic(n.text) for i in range(n.start, n.end)} | inhabited
    proposals = [p for n in names if (p := _of_piece(parse, n, telling))]
    proposals += [Proposal(p.start, p.end, (p.text,), p.end - p.start, Form.DEMONYM) for p in people]
    joined = _joined(parse, proposals, list(_entities(parse)))
    return _apart([*joined, *_unknown(parse, {i for p in joined for i in range(p.start, p.end)})])


def _known(found: Iterable[list[Piece]], gazetteer: Gazetteer) -> Iterator[list[Piece]]:
    """The pieces of each run that the gazetteer knows as names or, as written, as abbreviations.

    The full stop of an abbreviation may have been taken for the sentence's: "Conn" is looked up as "Conn." too.
    """
    names = gazetteer.known({piece.key for run in found for piece in run})
    short = gazetteer.abbreviations({text for run in found for piece in run for text in (piece.text, piece.text + ".")})
    for run in found:
        dotted = (replace(p, text=p.text + ".") if p.text + "." in short and p.text not in short else p for p in run)
        yield [piece for piece in dotted if piece.key in names or piece.text in short]


def _people(found: Iterable[list[Piece]], gazetteer: Gazetteer) -> list[Piece]:
    """Words for the people of a place, one or two together: "Georgian", "South African"."""
    short = [[piece for piece in run if piece.end - piece.start <= 2] for run in found]
    known = gazetteer.demonyms({piece.text for run in short for piece in run})
    return [piece for run in short for piece in longest(p for p in run if known.get(p.text))]


def _may_be_name(parse: Doc, piece: Piece) -> bool:
    """Small words at the head of a sentence and weekdays are in every gazetteer under some tongue."""
    tokens = parse[piece.start : piece.end]
    if len(tokens) == 1 and (tokens[0].is_stop or tokens[0].like_num) and tokens[0].ent_type_ not in PLACE_LABELS:
        return len(tokens[0].text) > 1 and tokens[0].text.isupper() and tokens[0].text.lower() == "us"
    return not all(token.ent_type_ in _NO_NAMES for token in tokens)


def _of_piece(parse: Doc, piece: Piece, telling: set[int]) -> Proposal | None:
    """The proposal for a known name, with the generic words beside it.

    A generic word ("Bay") proposes the unknown name in front of it ("Adventure Bay"); None without one, or where that has
    words among the `telling`, which make proposals of their own.
    """
    if span := road(parse, piece):
        return Proposal(*span, (parse[slice(*span)].text,), road=True)
    if is_generic(piece.text) and parse[piece.start].ent_type_ not in PLACE_LABELS:
        start = capitals_before(parse, piece.start)
        lone = start == piece.start or not telling.isdisjoint(range(start, piece.start)) or plain(piece.text) not in heads()
        return None if lone else Proposal(start, piece.end, (parse[start : piece.end].text,))
    start, end = headed(parse, piece, telling)
    longer = () if (start, end) == (piece.start, piece.end) else _variants(parse, start, end)
    return Proposal(start, end, tuple(dict.fromkeys((*longer, piece.text))), piece.end - piece.start)


def _unknown(parse: Doc, taken: set[int]) -> Iterator[Proposal]:
    """Names that nobody knows where a place's name would stand: "at Otaheite", "the village of Patterdale"."""
    for token in parse:
        if token.i in taken or not _opens(token) or token.i + 1 == len(parse):
            continue
        end = start = token.i + 1
        while end < len(parse) and end not in taken and _is_unknown_name(parse[end]):
            end += 1
        if start < end <= start + _LONGEST_UNKNOWN and not is_generic(parse[start:end].text):
            yield Proposal(start, end, (parse[start:end].text,))


def _opens(token: Token) -> bool:
    return token.lower_ in group("locative") or (token.lower_ == "of" and token.i > 0 and token.nbor(-1).lower_ in heads())


def _is_unknown_name(token: Token) -> bool:
    return is_weighty(token) and token.is_alpha and token.pos_ == "PROPN" and token.ent_type_ not in _NO_NAMES


# --- entities ---------------------------------------------------------------------------------------------------------


def _entities(parse: Doc) -> Iterator[Proposal]:
    """The recogniser's places, without articles and small words in front, cut at commas and at the lines of a table."""
    for entity in parse.ents:
        if entity.label_ in PLACE_LABELS:
            yield from _cut(parse, entity.start, entity.end)


def _cut(parse: Doc, start: int, end: int) -> Iterator[Proposal]:
    begin = start
    for i in range(start, end + 1):
        if i == end or parse[i].text in (",", ";", "(", ")", ":", "|") or "\t" in parse[i].text:
            if span := _trimmed(parse, begin, i):
                yield Proposal(*span, _variants(parse, *span), road=is_road(parse[span[1] - 1]))
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
    lookups = () if entity.road else (name for p in known for name in p.lookups if not is_generic(name))
    whole = entity.lookups[:1] if (known[0].start, known[0].end) != (entity.start, entity.end) else ()
    names = tuple(dict.fromkeys((*whole, *lookups, *entity.lookups)))
    return Proposal(entity.start, entity.end, names, max(p.known for p in known), road=entity.road or known[0].road)


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
