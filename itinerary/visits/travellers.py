"""The people and groups that a text sets in motion, and who a subject or a pronoun stands for."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Container, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from itinerary.clauses import word_class
from itinerary.errors import InputError
from itinerary.model import Document, Resolution, Span
from itinerary.names import fold

if TYPE_CHECKING:
    from spacy.tokens import Doc, Token
    from spacy.tokens import Span as Piece

NARRATOR = "the narrator"
READER = "the traveller addressed as “you”"
NOBODY = "the traveller"

_FIRST = frozenset({"i", "we", "me", "us", "my", "our", "myself", "ourselves"})
_PRONOUNS = {"he": "m", "him": "m", "his": "m", "she": "f", "her": "f", "hers": "f"}
# Titles that tell a gender, and how many pronouns one of them outweighs.
_ADDRESS = {
    **dict.fromkeys(
        ("mr", "sir", "lord", "herr", "monsieur", "señor", "signor", "king", "prince", "count", "baron", "father"), "m"
    ),
    **dict.fromkeys(("mrs", "miss", "ms", "lady", "frau", "madame", "señora", "signora", "queen", "princess", "sister"), "f"),
}
_SURELY = 10
_PLURAL = frozenset({"they", "them", "their"})
_MOVING = frozenset({"motion", "arrive", "leave", "stay", "carry"})
_GROUPS = frozenset({
    "army", "band", "battalion", "boat", "brigade", "bus", "caravan", "company", "convoy", "corps", "couple", "crew", "cruise",
    "delegation", "division", "expedition", "family", "fleet", "flotilla", "group", "hurricane", "orchestra", "party", "pilgrims",
    "regiment", "ship", "squadron", "storm", "team", "tour", "train", "troupe", "vessel", "yacht",
})  # fmt: skip
# What carries somebody is the traveller only where the text has nobody who rides: weight from which somebody does, and the share
# of its weight that the vehicle then keeps.
_VEHICLES = frozenset({"boat", "bus", "cruise", "ship", "tour", "train", "vessel", "yacht"})
_RIDES, _CARRIED = 4.0, 0.3
_GUESTS = frozenset(
    {"visitor", "guest", "traveller", "traveler", "explorer", "tourist", "pilgrim", "envoy", "leader", "newcomer"}
)
_NO_NAMES = frozenset({"jr", "sr", "mr", "mrs", "dr", "sir", "the", "and", "of"})
_LONGEST_NAME = 5  # words
_FEWEST_INTRODUCING = 6  # words of a sentence that introduces somebody
_TITLES = frozenset({"PROPN", "NOUN", "ADJ"})


@dataclass(frozen=True, slots=True)
class Traveller:
    """Somebody who may be the one that travels: `parts` are the words of the name, `roles` what else the text calls them."""

    name: str
    parts: frozenset[str]
    roles: frozenset[str] = frozenset()
    weight: float = 0.0


@dataclass(frozen=True, slots=True)
class Cast:
    """Everybody in the text. `referents` gives the traveller that a token (by its index) names or stands for."""

    travellers: tuple[Traveller, ...]
    referents: Mapping[int, Traveller] = field(default_factory=dict)

    @property
    def main(self) -> Traveller:
        """The one with most motion and presence; the likeliest when the text names nobody."""
        return self.travellers[0] if self.travellers else Traveller(NOBODY, frozenset())

    def called(self, name: str | None) -> Traveller:
        """The traveller of that name or a part of it; the main one for None. Raises InputError for a name not told of."""
        if name is None:
            return self.main
        wanted = set(fold(name).split())
        for traveller in self.travellers:
            if wanted and (wanted <= traveller.parts or fold(name) == fold(traveller.name)):
                return traveller
        known = ", ".join(t.name for t in self.travellers[:5]) or "nobody"
        raise InputError(f"The text tells of no traveller called {name!r}; it tells of {known}.")


def cast_of(document: Document, resolutions: Sequence[Resolution] = ()) -> Cast:
    """Find who travels in a document and link names, titles and pronouns to them; what names a place is nobody."""
    people = _people(document, {r.toponym.span for r in resolutions if r.place is not None})
    referents = _referents(document.parse, people)
    weights = _weights(document, referents)
    everyone = {t.name: t for t in referents.values()}
    ranked = sorted(everyone.values(), key=lambda t: (-weights[t.name], t.name))
    weighted = {t.name: Traveller(t.name, t.parts, t.roles, weights[t.name]) for t in ranked}
    return Cast(tuple(weighted.values()), {i: weighted[t.name] for i, t in referents.items()})


# --- names ------------------------------------------------------------------------------------------------------------


def _people(document: Document, places: Container[Span]) -> dict[str, tuple[Traveller, list[Piece]]]:
    """Person names grouped by shared parts, with all mentions: "Kim Jong Un" and "Kim" are one."""
    groups = _named_by_title(document) or _introduced(document)
    for entity in document.parse.ents:
        parts = frozenset(fold(entity.text.removesuffix("'s")).split()) - _NO_NAMES
        if Span(entity.start_char, entity.end_char) in places:
            continue
        if entity.label_ == "PERSON" and parts and not any(c.isdigit() or c in "\n|" for c in entity.text):
            key = next((k for k in groups if parts <= k or k <= parts), parts)
            pieces = [*groups.pop(key, []), entity]
            groups[max(key, parts, key=len)] = pieces
    found = {}
    for parts, pieces in groups.items():
        name = max((p.text.removesuffix("'s").strip() for p in pieces), key=len)
        found[name] = (Traveller(name, parts, _roles(pieces)), pieces)
    return found


def _named_by_title(document: Document) -> dict[frozenset[str], list[Piece]]:
    """The person whose name is the whole title, as in an encyclopaedia, even where the recogniser knows no such person."""
    title = document.title.of(document.text) if document.title else ""
    words = [w for w in title.split() if w[:1].isupper()]
    if not 1 <= len(title.split()) <= _LONGEST_NAME or len(words) * 2 < len(title.split()) or not document.title:
        return {}
    parts = frozenset(part for part in fold(title).split() if len(part) > 2) - _NO_NAMES
    tokens = [
        t for t in document.parse if t.pos_ == "PROPN" and fold(t.text) in parts and t.ent_type_ not in ("GPE", "LOC", "DATE")
    ]
    acting = [t for t in tokens if t.dep_ in ("nsubj", "nsubjpass") and t.idx >= document.title.end]
    return {parts: [t.doc[t.i : t.i + 1] for t in tokens]} if parts and acting else {}


def _introduced(document: Document) -> dict[frozenset[str], list[Piece]]:
    """The person whom the first sentence introduces: "Ida Laura Pfeiffer (1797–1858) was an Austrian explorer"."""
    start = document.title.end if document.title else 0
    sentence = next((s for s in document.parse.sents if s.start_char >= start and len(s) >= _FEWEST_INTRODUCING), None)
    if sentence is None or sentence.root.lemma_ != "be" or not any(t.dep_ == "attr" for t in sentence.root.children):
        return {}
    subject = next((t for t in sentence.root.children if t.dep_ == "nsubj" and t.pos_ == "PROPN"), None)
    if subject is None or subject.ent_type_ in ("GPE", "LOC"):
        return {}
    names = [t for t in (*subject.lefts, subject) if t.pos_ == "PROPN" and t.text.isalpha()]
    parts = frozenset(fold(t.text) for t in names if len(t.text) > 2) - _NO_NAMES
    tokens = [t for t in document.parse if t.pos_ == "PROPN" and fold(t.text) in parts]
    pieces = [sentence.doc[names[0].i : names[-1].i + 1], *(t.doc[t.i : t.i + 1] for t in tokens)] if len(names) > 1 else []
    return {parts: pieces} if pieces else {}


def _roles(pieces: Iterable[Piece]) -> frozenset[str]:
    """Titles that stand right before the name ("President Biden") or beside it ("Kim, the leader")."""
    roles = set()
    for piece in pieces:
        before = piece.doc[piece.start - 1] if piece.start else None
        if before is not None and before.pos_ in _TITLES and before.text[:1].isupper() and before.text.isalpha():
            roles.add(before.lower_)
        roles |= {c.lower_ for c in piece.root.children if c.dep_ == "appos" and c.pos_ == "NOUN"}
    return frozenset(roles)


# --- who a token stands for -------------------------------------------------------------------------------------------


def _referents(doc: Doc, people: Mapping[str, tuple[Traveller, list[Piece]]]) -> dict[int, Traveller]:
    named = {token.i: traveller for traveller, pieces in people.values() for piece in pieces for token in piece}
    roles: dict[str, Counter[Traveller]] = defaultdict(Counter)
    for traveller, pieces in people.values():
        for role in traveller.roles:
            roles[role][traveller] += len(pieces)
    genders = _genders(doc, named)
    narrator, reader = Traveller(NARRATOR, frozenset({"narrator", "i", "we"})), Traveller(READER, frozenset({"you"}))
    found: dict[int, Traveller] = {}
    recent: list[Traveller] = []
    quoted = False
    for token in doc:
        quoted = _quote_state(token, quoted)
        who = named.get(token.i) or _by_role(token, roles) or (recent[-1] if recent and _is_guest(token) else None)
        if who:
            recent = [*[t for t in recent if t != who][-5:], who]
        elif not quoted and token.lower_ in _FIRST:
            who = narrator
        elif not quoted and token.lower_ in ("you", "your"):
            who = reader
        elif token.lower_ in _PRONOUNS:
            who = _latest(recent, genders, _PRONOUNS[token.lower_])
        elif token.dep_ in ("nsubj", "nsubjpass") and not named.get(token.i):
            who = _group(token)
        if who:
            found[token.i] = who
    return found


def _quote_state(token: Token, quoted: bool) -> bool:
    """Whether the text is inside a quotation after this token; a new block ends one left open."""
    if token.text == '"':
        return not quoted
    return False if token.is_space and "\n" in token.text else quoted


def _by_role(token: Token, roles: Mapping[str, Counter[Traveller]]) -> Traveller | None:
    """ "The President" is whoever bears that title most often."""
    if token.lower_ in roles and any(c.dep_ == "det" and c.lower_ == "the" for c in token.children):
        return roles[token.lower_].most_common(1)[0][0]
    return None


def _is_guest(token: Token) -> bool:
    """ "The visitor" and the like are whoever was spoken of last."""
    return token.lower_ in _GUESTS and any(c.lower_ in ("the", "his", "her") and c.dep_ == "det" for c in token.children)


def _group(token: Token) -> Traveller | None:
    if token.lemma_.lower() in _GROUPS and token.pos_ in ("NOUN", "PROPN"):
        name = f"the {token.lemma_.lower()}"
        return Traveller(name, frozenset(name.split()[1:]))
    if token.ent_type_ in ("ORG", "PRODUCT", "WORK_OF_ART") and word_class(token.head.lemma_.lower(), "verb") in _MOVING:
        name = whole_name(token)
        return Traveller(name, frozenset(fold(name).split()))
    return None


def whole_name(token: Token) -> str:
    """The whole name that the token is a part of; not by way of `doc.ents`, which makes all of a book's names at every call."""
    doc, start, end = token.doc, token.i, token.i + 1
    while start and doc[start].ent_iob_ == "I":
        start -= 1
    while end < len(doc) and doc[end].ent_iob_ == "I":
        end += 1
    return doc[start:end].text


def _genders(doc: Doc, named: Mapping[int, Traveller]) -> dict[Traveller, str]:
    """The gender of each person by the title before the name, else by the pronouns that follow it before another name comes."""
    votes: dict[Traveller, Counter[str]] = defaultdict(Counter)
    last: Traveller | None = None
    for token in doc:
        last = named.get(token.i, last)
        if token.i in named and token.i and (title := _ADDRESS.get(doc[token.i - 1].lower_.rstrip("."))):
            votes[named[token.i]][title] += _SURELY
        if last and token.lower_ in _PRONOUNS:
            votes[last][_PRONOUNS[token.lower_]] += 1
    return {who: count.most_common(1)[0][0] for who, count in votes.items()}


def _latest(recent: Sequence[Traveller], genders: Mapping[Traveller, str], gender: str) -> Traveller | None:
    fitting = [who for who in recent if genders.get(who, gender) == gender]
    return fitting[-1] if fitting else None


# --- who travels most -------------------------------------------------------------------------------------------------


def _weights(document: Document, referents: Mapping[int, Traveller]) -> Mapping[str, float]:
    """Points for acting, more for moving, most for standing in the title."""
    weights: dict[str, float] = defaultdict(float)
    for index, who in referents.items():
        weights[who.name] += _points(document.parse[index])
    title = set(fold(document.title.of(document.text)).split()) if document.title else set()
    opening = set(fold(document.text[: document.blocks[min(1, len(document.blocks) - 1)].end][:400]).split())
    rider = max((weights[who.name] for who in referents.values() if not who.parts <= _VEHICLES), default=0.0)
    for who in set(referents.values()):
        if who.parts <= _VEHICLES and rider >= _RIDES:
            weights[who.name] *= _CARRIED
        weights[who.name] *= 1 + 1.0 * bool(who.parts & title) + 0.5 * (bool(who.parts & opening) and who.name not in (READER,))
    return weights


def _points(token: Token) -> float:
    if token.dep_ not in ("nsubj", "nsubjpass"):
        return 0.2
    return 3.0 if word_class(token.head.lemma_.lower(), "verb") in _MOVING else 1.0


def subjects(cast: Cast, token: Token | None) -> Iterator[Traveller]:
    """Everybody a subject stands for: "Kim and his generals" is Kim."""
    if token is not None:
        for part in (token, *token.conjuncts, *(c for c in token.children if c.dep_ in ("compound", "appos", "nmod"))):
            if part.i in cast.referents:
                yield cast.referents[part.i]
