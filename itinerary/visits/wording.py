"""Say in words what was judged: status, reason, traveller and way of travelling of each visit, and why others are none."""

from __future__ import annotations

from itinerary.clauses import mood
from itinerary.model import Form, Mention, Resolution, Status, Visit, Why
from itinerary.visits.presence import Judged
from itinerary.visits.scene import Mentioned, Scene
from itinerary.visits.signals import actor
from itinerary.visits.stays import Stay
from itinerary.visits.travellers import READER

# Words in the clause of a visit that tell how the traveller came.
_MODES = {
    "train": "train railway rail locomotive tram",
    "ship": "ship boat sail steamer vessel ferry cruise schooner yacht frigate galley canoe barge raft",
    "flight": "fly plane flight airplane aircraft jet helicopter airport airline",
    "car": "car drive truck jeep motor taxi van motorcycle",
    "bus": "bus coach minibus",
    "bicycle": "bicycle bike cycle tandem pedal",
    "horse": "horse horseback mule camel ride caravan wagon sledge",
    "carriage": "carriage stagecoach diligence chaise",
    "on foot": "walk hike foot trek march climb",
    "balloon": "balloon airship",
}
_MODE_OF = {word: mode for mode, words in _MODES.items() for word in words.split()}
_MEANS = frozenset({"by", "aboard", "on", "in"})
_UNREAL = frozenset({"negated", "conditional", "would"})
_PASSING = frozenset({"via", "through", "past", "by", "across", "along", "over"})
_HOPES = frozenset({"plan", "intend", "hope", "expect", "schedule", "propose", "want", "aim", "prepare"})


def visit_of(scene: Scene, stay: Stay) -> Visit:
    """The visit that a stay amounts to, not yet dated."""
    opening = stay.opening
    mentions = (opening, *sorted(stay.others, key=lambda j: -j.presence))
    sentences = list(dict.fromkeys(j.mention.sentence for j in mentions))
    return Visit(
        place=stay.place,
        name=_name(opening.mention),
        traveller=scene.traveller.name,
        status=status_of(scene, opening.mention),
        mentions=tuple(j.mention.resolution for j in mentions),
        evidence=tuple(sentences[:4]),
        score=round(opening.place, 3),
        reason=_reason(scene, opening.mention),
        mode=mode_of(opening.mention),
    )


def _name(mention: Mentioned) -> str:
    """The name as written; as the gazetteer writes it where the text shouts."""
    written = " ".join(mention.resolution.name.split())
    return written.title() if written.isupper() and len(written) > 4 else written


def status_of(scene: Scene, mention: Mentioned) -> Status:
    """Planned when the clause looks ahead, passed when it only brushes the place, else visited."""
    clause = mention.clause
    forms = set(mood(clause.verb))
    above = clause.verb.head if clause.verb is not None else None
    hoped = above is not None and above.lemma_.lower() in _HOPES and above.tag_ in ("VBZ", "VBP", "VBG", "VBN")
    if "will" in forms or (hoped and "infinitive" in forms) or _announced(scene, forms):
        return Status.PLANNED
    if clause.preposition in _PASSING and clause.verb_class == "motion":
        return Status.PASSED
    return Status.VISITED


def _announced(scene: Scene, forms: set[str]) -> bool:
    """Whether the whole text is a plan: it speaks to its reader, or hardly ever in the past."""
    if scene.traveller.name == READER and not forms & {"past", "pluperfect"}:
        return True
    return scene.looks_ahead and not forms & {"past", "pluperfect", "perfect"}


def mode_of(mention: Mentioned) -> str | None:
    """How the traveller came, if the clause tells: by its verb ("sailed") or by its means ("by train", "aboard the ship")."""
    verb = mention.clause.verb
    if verb is None:
        return None
    if verb.lemma_.lower() in _MODE_OF:
        return _MODE_OF[verb.lemma_.lower()]
    for token in verb.subtree:
        if token.head.lower_ in _MEANS and token.dep_ == "pobj" and token.lemma_.lower() in _MODE_OF:
            return _MODE_OF[token.lemma_.lower()]
    return None


def _reason(scene: Scene, mention: Mentioned) -> str:
    """The words that carry the judgement: "arrived in", "a visit to"."""
    clause = mention.clause
    words = sorted((t for t in (clause.verb, clause.noun) if t is not None and t.i < clause.head.i), key=lambda t: t.i)
    told = " … ".join(t.text for t in words)
    if told:
        return f"“{told}{' ' + clause.preposition if clause.preposition else ''} {_name(mention)}”"
    block = scene.block_types[mention.block]
    return {"row": "a row of the schedule", "item": "an item of a list", "heading": "a heading"}.get(block, "the context")


# --- places only mentioned --------------------------------------------------------------------------------------------


def mention_of(scene: Scene, judged: Judged, holders: set[str]) -> Mention:
    """Why a resolved mention is no stop."""
    why, reason = _why(scene, judged.mention, holders)
    return Mention(judged.mention.resolution, why, reason, round(judged.place, 3))


def unresolved(resolution: Resolution) -> Mention:
    """A name that no place was found for."""
    return Mention(resolution, Why.UNRESOLVED, resolution.reason)


def _why(scene: Scene, mention: Mentioned, holders: set[str]) -> tuple[Why, str]:
    span, clause, document = mention.span, mention.clause, scene.document
    who, forms = actor(clause, scene), set(mood(clause.verb))
    if document.dateline and document.dateline.overlaps(span):
        return Why.DATELINE, "where the report was written"
    if mention.resolution.toponym.form is Form.DEMONYM:
        return Why.DEMONYM, "names people or things of the place"
    if mention.place.id in holders:
        return Why.CONTAINER, "a finer place inside it is the stop"
    if clause.role in ("nsubj", "nsubjpass") and clause.verb_class in ("say", "plan"):
        return Why.METONYM, "stands for its government or people"
    if forms & _UNREAL:
        return Why.HYPOTHETICAL, "the text does not say that it happened"
    if who == "person" and clause.verb_class in ("motion", "arrive", "leave", "stay"):
        return Why.OTHER_TRAVELLER, "somebody else was there"
    if "pluperfect" in forms:
        return Why.PAST_TRIP, "an earlier journey"
    return Why.MENTIONED, "nothing in the text says that the traveller was there"
