"""The signals of presence: what a mention, its clause and its text say for or against a visit, as named features."""

from __future__ import annotations

import math
from collections.abc import Iterator
from typing import TYPE_CHECKING

from itinerary.clauses import Clause, mood, word_class
from itinerary.model import Form
from itinerary.visits.scene import Mentioned, Scene, kilometres
from itinerary.visits.schedule import schedule_of
from itinerary.visits.travellers import NARRATOR, NOBODY, READER, subjects

if TYPE_CHECKING:
    from spacy.tokens import Token

_SEQUENCE = frozenset({"then", "next", "finally", "afterwards", "afterward", "later", "thence", "onward", "onwards",
                       "subsequently", "first", "eventually", "meanwhile"})  # fmt: skip
# Where journeys begin and end.
_TERMINALS = frozenset({
    "station", "airport", "airfield", "aerodrome", "port", "harbour", "harbor", "pier", "dock", "docks", "quay", "terminal",
    "depot", "junction",
})  # fmt: skip
_PARTINGS = frozenset({
    "departure", "depart", "arrival", "arrive", "leave", "board", "embark", "alight", "disembark", "farewell", "platform", "land",
    "dock", "roll",
})  # fmt: skip
BY_TERMINAL = "comes or goes by this terminal"
STOP_OF_SCHEDULE, ASIDE_OF_SCHEDULE = "stop of a schedule", "aside in a schedule"
_COMPARING = frozenset({"like", "than", "unlike", "as", "besides", "except"})
_NAMED_SUBJECTS = frozenset({"PERSON"})
_PLACES = frozenset({"GPE", "LOC", "FAC"})
_CROWDED = 4  # places in one sentence that make it a list

Named = Iterator[tuple[str, float]]


def signals_of(scene: Scene) -> list[dict[str, float]]:
    """The signals of every mention, in text order."""
    schedule = schedule_of(scene)
    found = [features(mention, scene) for mention in scene.mentioned]
    for name, indexes in ((STOP_OF_SCHEDULE, schedule.stops), (ASIDE_OF_SCHEDULE, schedule.asides)):
        for index in indexes:
            found[index][name] = 1
    return found


def features(mention: Mentioned, scene: Scene) -> dict[str, float]:
    """What one mention says for itself."""
    found: dict[str, float] = {}
    for group in (_of_place, _of_clause, _of_actor, _of_mood, _of_sentence, _of_page, _of_company, _of_words):
        found.update(group(mention, scene))
    return found


def _of_place(mention: Mentioned, scene: Scene) -> Named:
    place, toponym = mention.place, mention.resolution.toponym
    yield f"kind={place.kind.value}", 1
    yield f"level={place.kind.level}", 1
    yield f"label={toponym.label}", 1
    yield "toponym score", toponym.score
    yield "resolution score", mention.resolution.score
    yield "log population", math.log10(place.population + 1) / 7
    if toponym.form is not Form.NAME:
        yield f"form={toponym.form.value}", 1
    yield "mentions", math.log2(scene.counts[place.id]) / 3
    yield "share of mentions", scene.counts[place.id] / len(scene.mentioned)
    if place.country:
        yield "country share", scene.countries[place.country] / len(scene.mentioned)


def _of_clause(mention: Mentioned, scene: Scene) -> Named:
    clause = mention.clause
    role, preposition = clause.role, clause.preposition or "none"
    verb, noun = clause.verb_class or _other(clause.verb), clause.noun_class or _other(clause.noun)
    yield f"role={role}", 1
    yield f"preposition={preposition}", 1
    yield f"verb={verb}", 1
    yield f"noun={noun}", 1
    yield f"{preposition} & verb={verb}", 1
    yield f"{preposition} & noun={noun}", 1
    yield f"role={role} & verb={verb}", 1
    if clause.verb is not None:
        yield f"verb:{clause.verb.lemma_.lower()}", 1
        yield f"{preposition} & verb:{clause.verb.lemma_.lower()}", 1
    if clause.noun is not None:
        yield f"noun:{clause.noun.lemma_.lower()}", 1
        yield f"{preposition} & noun:{clause.noun.lemma_.lower()}", 1
    if clause.coordinated:
        yield "in a list", 1
    for above in clause.path[:2]:
        yield f"above={above}", 1


def _other(token: Token | None) -> str:
    return "none" if token is None else "other"


def _of_actor(mention: Mentioned, scene: Scene) -> Named:
    who = actor(mention.clause, scene)
    yield f"actor={who}", 1
    yield f"actor={who} & verb={mention.clause.verb_class}", 1
    yield f"teller={teller(scene)}", 1


def actor(clause: Clause, scene: Scene) -> str:
    """Who acts in the clause: traveller, narrator, reader, person, place, thing or none."""
    subject = clause.subject
    if subject is None:
        return "none"
    found = {t.name for t in subjects(scene.cast, subject)}
    if scene.traveller.name in found:
        return "traveller"
    if NARRATOR in found:
        return "narrator"
    if READER in found:
        return "reader"
    if found or subject.ent_type_ in _NAMED_SUBJECTS:
        return "person"
    if subject.pos_ == "PRON":
        return f"pronoun {subject.lower_}" if subject.lower_ in ("they", "he", "she", "it", "who", "which", "that") else "pronoun"
    return "place" if subject.ent_type_ in _PLACES else "thing"


def teller(scene: Scene) -> str:
    """How the text speaks of its traveller: narrator, reader, nobody or named."""
    return {NARRATOR: "narrator", READER: "reader", NOBODY: "nobody"}.get(scene.traveller.name, "named")


def _of_mood(mention: Mentioned, scene: Scene) -> Named:
    verb = mention.clause.verb
    who = actor(mention.clause, scene)
    for form in mood(verb):
        yield f"mood={form}", 1
        yield f"mood={form} & actor={who}", 1
    if verb is not None and verb.dep_ != "ROOT":
        yield f"clause={verb.dep_}", 1
        above = verb.head
        yield f"above verb={word_class(above.lemma_.lower(), 'verb') or _other(above)}", 1
        for form in mood(above if above.pos_ in ("VERB", "AUX") else None):
            if form in ("negated", "would", "conditional", "will"):
                yield f"above mood={form}", 1


def _of_sentence(mention: Mentioned, scene: Scene) -> Named:
    """What else the sentence speaks of: going, staying, saying; the traveller or others; the verb that carries it."""
    sentence = scene.sentences[mention.sentence]
    for pos, found in sentence.kinds:
        if found:
            yield f"sentence {pos}={found}", 1
    if scene.traveller.name in sentence.people:
        yield "traveller in sentence", 1
    if sentence.people - {scene.traveller.name}:
        yield "others in sentence", 1
    root = sentence.root
    yield f"root={word_class(root.lemma_.lower(), 'verb') or _other(root)}", 1
    for form in mood(root):
        yield f"root mood={form}", 1
    words = {w.lower() for w in mention.resolution.name.split()}
    after = scene.document.text[mention.span.end : mention.span.end + 12].split()
    if (words | {w.strip(".,;:").lower() for w in after[:1]}) & _TERMINALS:
        yield "terminal", 1
        yield f"terminal & teller={teller(scene)}", 1
        if scene.traveller.name in sentence.people and sentence.lemmas & _PARTINGS:
            yield BY_TERMINAL, 1


def _of_page(mention: Mentioned, scene: Scene) -> Named:
    document, span = scene.document, mention.span
    block = scene.block_types[mention.block]
    yield f"block={block}", 1
    if document.title and document.title.covers(span):
        yield "in title", 1
    if document.dateline and document.dateline.overlaps(span):
        yield "dateline", 1
    if span.start - document.blocks[mention.block].start <= 3:
        yield f"opens {block}", 1
    if mention.block in scene.day_blocks:
        yield "day block", 1
        yield f"day block & {block}", 1
    elif mention.block - 1 in scene.day_blocks:
        yield "under day block", 1
    if scene.day_labels:
        yield "numbered day" if mention.block in scene.day_labels else "beside numbered days", 1
    yield from _of_schedule(mention, scene)
    yield "position", span.start / len(document.text)
    if mention.block == 0 or (mention.block == 1 and document.title):
        yield "opening", 1
    if mention.block == len(document.blocks) - 1:
        yield "closing", 1
    if scene.quoted(span):
        yield "quoted", 1
    dates = scene.dates_in(mention.sentence)
    if dates:
        yield "date in sentence", 1
        yield f"date={dates[0].type}", 1
    yield "days in text", math.log2(1 + len(scene.day_blocks)) / 4
    yield f"days in text & {block}", math.log2(1 + len(scene.day_blocks)) / 4


def _of_schedule(mention: Mentioned, scene: Scene) -> Named:
    """Where a text has a schedule, its entries are the journey and the prose around them is talk."""
    if mention.block in scene.schedule:
        yield "in schedule", 1
        yield f"in schedule & level={mention.place.kind.level}", 1
        inside = [m for m in scene.in_block(mention) if m.place.id != mention.place.id]
        yield f"places in entry={min(3, len(inside))}", 1
        if any(m.place.lies_in(mention.place) or kilometres(m.place, mention.place) < 30 for m in inside):
            yield "near another of the entry", 1
    elif scene.schedule:
        yield "beside schedule", 1
        yield "beside schedule & in it" if mention.place.id in scene.scheduled else "beside schedule & not in it", 1


def _of_company(mention: Mentioned, scene: Scene) -> Named:
    place = mention.place
    held = scene.holders.get(place.id, frozenset())
    if held:
        yield "holds another", 1
        yield "holds", math.log2(1 + len(held)) / 3
    if any(parent in scene.counts for parent in place.parents):
        yield "held by another", 1
    after, before = scene.beside(mention, 1), scene.beside(mention, -1)
    if after and place.lies_in(after.place):
        yield "container follows", 1
    if before and before.place.lies_in(place):
        yield "container of the one before", 1
    peers = {m.place.id for m in scene.in_sentence(mention)}
    yield "places in sentence", min(len(peers), 8) / 4
    if len(peers) >= _CROWDED:
        yield "crowded sentence", 1
        yield f"crowded & {scene.block_types[mention.block]}", 1
    yield "log places", math.log2(len(scene.counts)) / 5
    for step, name in ((-1, "from last"), (1, "to next")):
        other = scene.neighbour(mention, step)
        if other and other.place.id != place.id:
            yield f"km {name}", math.log10(1 + kilometres(place, other.place)) / 4
        elif other:
            yield f"same as {name}", 1
    if scene.lasts[place.id] > mention.block:
        yield "resumed", 1
        yield "share resumed", scene.resumed[mention.block]
    if scene.firsts[place.id] == mention.index:
        yield "first mention", 1
    nearest = min((kilometres(place, m.place) for m in scene.around(mention) if m.place.id != place.id), default=20_000.0)
    yield "km to nearest", math.log10(1 + nearest) / 4


def _of_words(mention: Mentioned, scene: Scene) -> Named:
    doc = scene.document.parse
    piece = scene.document.tokens(mention.span)
    before = doc[piece.start - 1] if piece.start else None
    after = doc[piece.end] if piece.end < len(doc) else None
    if before is not None:
        yield f"before:{before.lower_}", 1
        if before.lower_ in _COMPARING:
            yield "comparing", 1
    if after is not None:
        yield f"after:{after.lower_}", 1
        if after.lower_ == "'s":
            yield "possessive", 1
    if mention.clause.role in ("compound", "amod", "nmod", "poss"):
        head = mention.clause.head.head
        yield f"{mention.clause.role} of {word_class(head.lemma_.lower(), 'noun') or head.pos_}", 1
    words = {t.lower_ for t in piece[0].sent[:4]}
    if words & _SEQUENCE:
        yield "sequence word", 1
