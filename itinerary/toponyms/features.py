"""What is to be seen about a proposal: the features that the judge weighs.

=============  =====================================================================================================
feature        1 (or its value) when
=============  =====================================================================================================
label=X        the recogniser gives the first word the entity label X ("none" without)
wider=X        an entity of label X goes on beyond the proposal; `first`/`last` in it: the proposal begins/ends it
share=G        share of all mentions of the same word in the text that the recogniser labels place, person, other, none
how=X          the gazetteer knows the full name as its official name, an alias, a former name, an alternate, an abbreviation,
               almost as it is spelt, or not
partly         the gazetteer knows only a part of the name
kind=X         the best candidate is of level X (country, region, city, water, landmark)
fame           powers of ten of the best candidate's inhabitants (2 for features without), 0 when unknown
before=X       the word in front is the preposition X
dep=X, pos=X   relation and part of speech of the name's head word
title, body    a title stands in front, a word for a body of people behind ("Mayor London", "Edmonton Police")
capital_…      a capitalised word that is no part of a proposal stands directly before or behind: "Jack London"
locative,X     a word of place stands in front ("to", "reached") of what the recogniser labels X; generic_of: "the village of"
near, country  nearness to, and share in the same country of, the firm places of the text (see `firm`), by label place or none
heading, cell, opens, dash   it is a heading, fills a cell or opens a line; a dash or arrow joins it to another proposal
comma_place    a comma and another known place follow ("Paris, Texas"); place_comma: stand in front
people         the form is a demonym; with dep and pos of its own
speaks, moves  it is the subject of a verb of speech; it depends on a verb of motion
lowered        the same word is written small elsewhere in the text (powers of two)
repeated       number of times the text proposes the same name (powers of two)
start          a single word that opens a sentence; shouted: written in capitals; small: in small letters
=============  =====================================================================================================
"""

from __future__ import annotations

import math
from collections import Counter, defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

from itinerary.model import Document, Form, Match
from itinerary.toponyms.firm import Firm
from itinerary.toponyms.proposing import PLACE_LABELS, Proposal
from itinerary.toponyms.runs import is_weighty
from itinerary.toponyms.words import group, heads, plain

if TYPE_CHECKING:
    from spacy.tokens import Doc, Span, Token

    from itinerary.model import Place

Candidates = Mapping[str, tuple[Match, ...]]
Features = dict[str, float]
# Kinds of entities that share a feature: the rarer labels have too few examples for one each.
_COMMON = frozenset(("GPE", "LOC", "FAC", "ORG", "PERSON", "NORP", "PRODUCT", "EVENT", "WORK_OF_ART", "LANGUAGE", "DATE"))
_DASHES = frozenset(("-", "–", "—", "->", ">", "→", "=", "➔"))
_CELL = frozenset(("|", "\t", "•", "·", "/", "–", "—", ":", "(", ")"))
_PREPOSITIONS = frozenset(
    ["in", "at", "to", "from", "near", "of", "for", "via", "through", "by", "on", "with", "between", "around", "towards",
     "toward", "into", "outside", "across", "over", "beyond", "past", "off", "and", "the", "or", "as", "against", "throughout",
     "within", "upon", "leaving", "reached", "visited", "called", "named"]
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class Surroundings:
    """What the features of all proposals of a text share."""

    parse: Doc
    labels: Mapping[str, Counter[str]]  # word -> how often each entity label ("" for none) among its capitalised mentions
    small: Mapping[str, int]  # word -> how often it is written in small letters
    names: Mapping[str, int]  # full name in small letters -> number of proposals
    at: Mapping[int, Proposal]  # token -> the proposal that holds it
    blocks: frozenset[int]  # offsets at which a paragraph, heading, list item or table row begins or ends
    candidates: Candidates
    fits: Mapping[str, tuple[float, float]]  # name -> nearness to the firm places, share of them in the same country

    @classmethod
    def of(cls, document: Document, proposals: Sequence[Proposal], candidates: Candidates) -> Surroundings:
        """Count the text once."""
        parse = document.parse
        words = {parse[p.start].lower_ for p in proposals}
        labels: dict[str, Counter[str]] = defaultdict(Counter)
        small: Counter[str] = Counter()
        for token in parse:
            if (lowered := token.lower_) in words:
                if token.text == lowered:
                    small[lowered] += 1
                else:
                    labels[lowered][token.ent_type_] += 1
        at = {i: p for p in proposals for i in range(p.start, p.end)}
        names = Counter(p.lookups[0].lower() for p in proposals)
        blocks = frozenset(offset for block in document.blocks for offset in (block.start, block.end))
        return cls(parse, labels, small, names, at, blocks, candidates, _fits(parse, proposals, candidates))


def _fits(parse: Doc, proposals: Sequence[Proposal], candidates: Candidates) -> dict[str, tuple[float, float]]:
    firm = Firm.of(
        (p.lookups[0], found[0].place)
        for p in proposals
        if parse[p.start].ent_type_ in PLACE_LABELS and (found := candidates.get(p.lookups[0]))
    )
    names = {p.lookups[0] for p in proposals}
    return {name: firm.fit(name, found) for name in names if (found := candidates.get(name))}


def features(proposal: Proposal, around: Surroundings) -> Features:
    """The features of one proposal by name; those that are absent are 0."""
    tokens = around.parse[proposal.start : proposal.end]
    out = {**_recognised(tokens, around), **_known(proposal, around), **_beside(proposal, around), **_grammar(tokens, proposal)}
    return {name: value for name, value in out.items() if value}


# --- what the recogniser says -----------------------------------------------------------------------------------------


def _recognised(tokens: Span, around: Surroundings) -> Features:
    first, last = tokens[0], tokens[-1]
    out = {f"label={_label(first)}": 1.0}
    if first.ent_type_ and first.ent_iob_ == "I":
        out[f"wider={_label(first)},last"] = 1.0
    end = tokens.end
    if end < len(tokens.doc) and last.ent_type_ and tokens.doc[end].ent_iob_ == "I":
        out[f"wider={_label(last)},first"] = 1.0
    seen = around.labels.get(first.lower_, Counter())
    total = sum(seen.values()) or 1
    out["share=place"] = sum(seen[label] for label in PLACE_LABELS) / total
    out["share=person"] = seen["PERSON"] / total
    out["share=norp"] = seen["NORP"] / total
    out["share=none"] = seen[""] / total
    return out


def _label(token: Token) -> str:
    return token.ent_type_ if token.ent_type_ in _COMMON else "other" if token.ent_type_ else "none"


# --- what the gazetteer says ------------------------------------------------------------------------------------------


def _known(proposal: Proposal, around: Surroundings) -> Features:
    label = "place" if around.parse[proposal.start].ent_type_ in PLACE_LABELS else "noplace"
    if proposal.form is Form.DEMONYM:
        return {"people": 1.0}
    if proposal.road:
        return {"road": 1.0, f"road,{label}": 1.0}
    found = around.candidates.get(proposal.lookups[0], ())
    whole = bool(found)
    found = found or next((around.candidates[n] for n in proposal.lookups if around.candidates.get(n)), ())
    out = {f"how={found[0].how if whole else 'none'},{label}": 1.0, "partly": float(not whole and bool(found))}
    if found:
        fame = _fame(found[0].place)
        single = "one" if proposal.end - proposal.start == 1 else "many"
        out |= {f"kind={found[0].place.kind.level}": 1.0, "fame": fame, f"fame,{label},{single}": fame}
        out["namesakes"] = math.log10(len(found))
    near, country = around.fits.get(proposal.lookups[0], (0.0, 0.0))
    out |= {f"near,{label}": near, f"country,{label}": country}
    return out


def _fame(place: Place) -> float:
    return math.log10(place.population) if place.population > 100 else 2.0


# --- what stands beside it --------------------------------------------------------------------------------------------


def _beside(proposal: Proposal, around: Surroundings) -> Features:
    parse, start, end = around.parse, proposal.start, proposal.end
    before = parse[start - 1] if start > 0 and not parse[start].is_sent_start else None
    behind = parse[end] if end < len(parse) and not parse[end].is_sent_start else None
    out: Features = {}
    if before is not None:
        out |= _in_front(before, around)
    if behind is not None:
        out |= _after(behind, around)
    out |= _set_off(parse[start:end], around)
    name = proposal.lookups[0].lower()
    if before is not None and before.lower_ in group("locative"):
        out[f"locative,{_label(parse[start])}"] = 1.0
    out["repeated"] = math.log2(around.names.get(name, 1))
    if end - start == 1:
        out["lowered"] = math.log2(1 + around.small.get(parse[start].lower_, 0))
        out["start"] = float(bool(parse[start].is_sent_start))
        out["short"] = float(len(parse[start].text) <= 3)
    out["shouted"] = float(parse[start].text.isupper() and len(parse[start].text) > 3)
    out["small"] = float(parse[start].text.islower())
    out["headed"] = float(any(plain(t.text) in heads() for t in (parse[start], parse[end - 1])) and end - start > 1)
    return out


def _set_off(tokens: Span, around: Surroundings) -> Features:
    """Names that stand alone: as a heading, at the head of a line, in the cell of a table, beside a dash or an arrow."""
    opens, closes = tokens.start_char in around.blocks, tokens.end_char in around.blocks
    before = tokens.doc[tokens.start - 1] if tokens.start else None
    behind = tokens.doc[tokens.end] if tokens.end < len(tokens.doc) else None
    cell = (opens or (before is not None and before.text in _CELL)) and (closes or (behind is not None and behind.text in _CELL))
    dash = behind is not None and behind.text in _DASHES and not closes and _near_place(tokens.end, 1, around)
    dashed = before is not None and before.text in _DASHES and not opens and _near_place(tokens.start - 1, -1, around)
    label = "place" if tokens[0].ent_type_ in PLACE_LABELS else "noplace"
    return {
        "heading": float(opens and closes),
        f"cell,{label}": float(cell and not (opens and closes)),
        "opens": float(opens),
        f"dash,{label}": float(dash or dashed),
    }


def _near_place(at: int, step: int, around: Surroundings) -> bool:
    """Whether a proposal follows the dash or arrow (of one or two tokens) at token `at` in the direction of `step`."""
    return at + step in around.at or at + 2 * step in around.at


def _in_front(before: Token, around: Surroundings) -> Features:
    word = plain(before.text)
    out = {"title": float(word in group("title") and is_weighty(before))}
    out["generic_of"] = float(before.lower_ == "of" and before.i > 0 and before.nbor(-1).lower_ in heads())
    if before.lower_ in _PREPOSITIONS:
        out[f"before={before.lower_}"] = 1.0
    elif is_weighty(before) and before.i not in around.at and not out["title"]:
        out["capital_before"] = 1.0
        out["capital_before,person"] = float(before.ent_type_ == "PERSON")
    if before.text in (",", "(") and before.i - 1 in around.at:
        out["place_comma"] = 1.0
    if before.text == "-" and before.i > 0 and before.nbor(-1).is_alpha:
        out["hyphen_before"] = 1.0
    if before.i in around.at:
        out["place_before"] = 1.0
    return out


def _after(behind: Token, around: Surroundings) -> Features:
    word = plain(behind.text)
    out = {
        "body": float(word in group("body")),
        "people_behind": float(word in ("residents", "native", "resident", "man", "woman")),
    }
    if is_weighty(behind) and behind.i not in around.at and not out["body"]:
        out["capital_behind"] = 1.0
        out["capital_behind,person"] = float(behind.ent_type_ == "PERSON")
    if behind.text == "," and behind.i + 1 in around.at:
        out["comma_place"] = 1.0
    if behind.i in around.at:
        out["place_behind"] = 1.0
    out["possessive"] = float(behind.text == "'s")
    out["hyphen_behind"] = float(behind.text == "-")
    out["small_head"] = float(behind.lower_ in heads() and behind.text.islower())
    return out


# --- what it does in the sentence -------------------------------------------------------------------------------------


def _grammar(tokens: Span, proposal: Proposal) -> Features:
    root = tokens.root
    people = "people," if proposal.form is Form.DEMONYM else ""
    out = {f"{people}dep={root.dep_}": 1.0, f"{people}pos={root.pos_}": 1.0}
    if people:
        out["people,plural"] = float(root.text.endswith("s") and root.tag_ in ("NNS", "NNPS"))
        out[f"people,label={_label(root)}"] = 1.0
    head = root.head
    if root.dep_ in ("nsubj", "nsubjpass") and head.lemma_.lower() in group("speech"):
        out["speaks"] = 1.0
    verb = head.head if head.pos_ == "ADP" else head
    out["moves"] = float(verb.lemma_.lower() in group("motion"))
    return out
