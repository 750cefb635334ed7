"""spaCy's rules for parts of speech and word forms, matched by look-up.

The English models tell parts of speech by some two hundred rules, nearly all of them about a single token's tag, role and
letters. spaCy tries each rule at each token; here the rules that hold for such a token are looked up once and remembered.
What the rules then do is left to spaCy, so the parse is the same to the bit (a test compares them).
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from spacy.language import Language
    from spacy.tokens import Doc

# What a rule may ask of a token for its answer to be remembered by just these.
_ASKED = ("TAG", "DEP", "LOWER", "IS_SPACE")
# Answers that are remembered: more than an English book needs; a corpus brings new words for ever.
_MOST = 100_000

_Match = tuple[int, int, int]  # id of the rule, first token, token after the last


def quicken(nlp: Language) -> None:
    """Let the pipeline's `attribute_ruler` look its rules up; a pipeline without one, or with other rules, stays as it is."""
    if not nlp.has_pipe("attribute_ruler"):
        return
    ruler: Any = nlp.get_pipe("attribute_ruler")
    if all(set(token) <= set(_ASKED) for tokens in _patterns(ruler) for token in tokens):
        ruler.matcher = _Remembering(ruler)


def _patterns(ruler: Any) -> list[list[dict[str, Any]]]:
    return [tokens for rule in ruler.patterns for tokens in rule["patterns"]]


class _Remembering:
    """In place of the ruler's matcher: the same matches, in another order, which the ruler sorts."""

    def __init__(self, ruler: Any) -> None:
        from spacy.matcher import Matcher

        self._short, self._long = Matcher(ruler.vocab, validate=False), Matcher(ruler.vocab, validate=False)
        self._known: dict[tuple[int, ...], tuple[int, ...]] = {}
        for number, rule in enumerate(ruler.patterns):
            for tokens in rule["patterns"]:
                (self._short if len(tokens) == 1 else self._long).add(str(number), [tokens])

    def __call__(self, doc: Doc, *, allow_missing: bool = True, as_spans: bool = False) -> list[_Match]:
        """Every match of every rule."""
        found: list[_Match] = list(self._long(doc, allow_missing=True))
        if len(self._known) > _MOST:
            self._known.clear()
        for at, key in enumerate(map(tuple, doc.to_array(list(_ASKED)).tolist())):
            rules = self._known.get(key)
            if rules is None:
                rules = self._known[key] = tuple(rule for rule, _, _ in self._short(doc[at : at + 1], allow_missing=True))
            found += [(rule, at, at + 1) for rule in rules]
        return found
