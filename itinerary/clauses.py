"""The clause around a mention: what governs the name, who acts, in which tense and mood."""

from __future__ import annotations

import csv
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache, lru_cache
from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from spacy.tokens import Span as Piece
    from spacy.tokens import Token

_WORDS = Path(__file__).parents[1] / "data" / "lexicons" / "journey_words.csv"
_NAME_PARTS = frozenset({"compound", "nmod", "flat", "amod", "nummod"})
_SUBJECTS = frozenset({"nsubj", "nsubjpass", "csubj"})
_INHERITING = frozenset({"xcomp", "conj", "advcl", "acl", "pcomp"})  # a verb in one of these roles shares the subject above it
_MODALS = {"would": "would", "could": "would", "should": "would", "might": "would", "may": "would", "can": "can", "must": "can",
           "will": "will", "shall": "will", "'ll": "will", "wo": "will", "ca": "can"}  # fmt: skip
_CONDITIONS = frozenset({"if", "unless", "whether", "had"})


@lru_cache(16_384)  # verbs and nouns; a long run over many texts meets ever new ones
def word_class(lemma: str, pos: str) -> str | None:
    """The journey class of a verb or noun ("motion", "stay", "trip", …), None for other words."""
    return _word_classes().get((lemma, pos))


@cache
def _word_classes() -> dict[tuple[str, str], str]:
    with _WORDS.open(encoding="utf-8", newline="") as file:
        return {(row["lemma"], row["pos"]): row["class"] for row in csv.DictReader(file)}


@dataclass(frozen=True, slots=True)
class Clause:
    """How a mention hangs in its sentence.

    `role` is its dependency after climbing out of lists ("pobj", "dobj", "nsubj", "appos", …); `preposition` the word that
    governs it; `noun` and `verb` the nearest governors with their tokens; `coordinated` counts the steps climbed in a list.
    """

    head: Token
    role: str
    preposition: str | None
    noun: Token | None
    verb: Token | None
    subject: Token | None
    coordinated: int
    path: tuple[str, ...]  # the prepositions above the first: "from" in "from a port in X"

    @property
    def verb_class(self) -> str | None:
        """Journey class of the verb."""
        return word_class(self.verb.lemma_.lower(), "verb") if self.verb is not None else None

    @property
    def noun_class(self) -> str | None:
        """Journey class of the governing noun; a verb's noun like "departing" counts by its verb."""
        return word_class(self.noun.lemma_.lower(), "noun") if self.noun is not None else None


def clause_of(piece: Piece) -> Clause:
    """The clause around the tokens of a mention."""
    head = _name_head(piece)
    top, steps = _out_of_list(head)
    preposition, noun, path = None, None, []
    token = top
    while token.head != token:
        above = token.head
        if token.dep_ in ("pobj", "pcomp") or above.pos_ == "ADP":
            if preposition is None:
                preposition = above.lower_
            else:
                path.append(above.lower_)
        elif above.pos_ in ("NOUN", "PROPN") and noun is None:
            noun = above
        token = above
        if token.pos_ in ("VERB", "AUX"):
            break
    verb = token if token.pos_ in ("VERB", "AUX") else None
    return Clause(head, top.dep_, preposition, noun, verb, subject_of(verb), steps, tuple(path))


def _name_head(piece: Piece) -> Token:
    """The noun that the whole name stands for: "Paris" in "Paris", but "factory" stays out of "Paris factory"."""
    return piece.root


def _out_of_list(token: Token) -> tuple[Token, int]:
    """The first member of the list that the token stands in ("Rome" of "Rome, Pisa and Lucca"), and the steps to it."""
    steps = 0
    while token.dep_ == "conj" and token.head.pos_ in ("PROPN", "NOUN", "X", "ADJ") and token.head != token:
        token, steps = token.head, steps + 1
    return token, steps


def subject_of(verb: Token | None) -> Token | None:
    """Who does it: the verb's own subject, else that of the verb above it."""
    while verb is not None:
        for child in verb.children:
            if child.dep_ in _SUBJECTS:
                return child
        if verb.dep_ == "relcl" or (verb.dep_ == "acl" and verb.head.pos_ in ("NOUN", "PROPN")):
            return verb.head
        verb = verb.head if verb.dep_ in _INHERITING and verb.head != verb else None
    return None


def mood(verb: Token | None) -> Iterator[str]:
    """Tense and mood: past, present, will, would, can, negated, conditional, infinitive, participle, pluperfect, passive.

    A verb joined by "and" without an auxiliary of its own shares that of the first: "will go to A and then fly to B".
    """
    if verb is None:
        return
    yield from _form(verb)
    helped = False
    for child in verb.children:
        if child.dep_ in ("aux", "auxpass"):
            helped = True
            yield from _auxiliary(child)
        elif child.dep_ == "neg":
            yield "negated"
        elif child.dep_ == "mark" and child.lower_ in _CONDITIONS:
            yield "conditional"
    if not helped and verb.dep_ == "conj" and verb.tag_ in ("VB", "VBN", "VBG") and verb.head.pos_ in ("VERB", "AUX"):
        for child in verb.head.children:
            if child.dep_ in ("aux", "auxpass"):
                yield from _auxiliary(child)


def is_unreal(verb: Token | None) -> bool:
    """Whether the clause says outright that it did not happen: "did not go", "if she had money, she would travel"."""
    if verb is None:
        return False
    forms = set(mood(verb))
    condition = any(c.dep_ == "advcl" and any(m.dep_ == "mark" and m.lower_ == "if" for m in c.children) for c in verb.children)
    return "negated" in forms or ("would" in forms and condition)


def _form(verb: Token) -> Iterator[str]:
    form = {"VBD": "past", "VBN": "participle", "VBG": "gerund", "VB": "base", "VBZ": "present", "VBP": "present"}.get(verb.tag_)
    if form:
        yield form


def _auxiliary(aux: Token) -> Iterator[str]:
    word = aux.lower_
    if word in _MODALS:
        yield _MODALS[word]
    elif word == "to":
        yield "infinitive"
    elif word in ("had", "'d") and aux.tag_ == "VBD":
        yield "pluperfect"
    elif word in ("has", "have", "'ve"):
        yield "perfect"
    elif word in ("was", "were", "did"):
        yield "past"
    elif word in ("is", "are", "am", "do", "does", "'m", "'re"):
        yield "present"
    if aux.dep_ == "auxpass":
        yield "passive"
