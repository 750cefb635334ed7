"""Judge who was where, whether it happened, is planned or is only mentioned, and when.

::

    resolutions, dates ── travellers, scene ─► Scene ── signals, presence ─► Judged… ── stays ─► Stay… ── when, wording ─► Visit…

`travellers` finds who moves; `scene` sets each mention in its surroundings; `schedule` reads day lists and tables by their
layout; `signals` turns all that into named features; `presence` judges with learned weights; `stays` merges the mentions of one
stay; `when` dates it; `wording` says why.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from itinerary.model import DateMention, Document, Mention, Resolution, Visit
from itinerary.visits.presence import judge as judge_mentions
from itinerary.visits.scene import Scene, scene_of
from itinerary.visits.stays import stays_of
from itinerary.visits.travellers import cast_of
from itinerary.visits.when import dated
from itinerary.visits.wording import mention_of, unresolved, visit_of

__all__ = ["Journey", "judge", "scene_for"]


@dataclass(frozen=True, slots=True)
class Journey:
    """What the judges found: visits in the order of telling, places only mentioned, and who travels, the main one first."""

    visits: tuple[Visit, ...]
    mentions: tuple[Mention, ...]
    traveller: str
    travellers: tuple[str, ...]


def judge(
    document: Document, resolutions: Sequence[Resolution], dates: Sequence[DateMention], *, traveller: str | None = None
) -> Journey:
    """The journey of one traveller, the main one unless named. Raises InputError for a traveller the text does not name."""
    cast = cast_of(document, resolutions)
    who = cast.called(traveller)
    scene = scene_of(document, resolutions, dates, cast, who)
    judged = judge_mentions(scene)
    stays = stays_of(judged)
    visits = dated(scene, [visit_of(scene, stay) for stay in stays])
    used = {r.toponym.span for visit in visits for r in visit.mentions}
    holders = {parent for visit in visits for parent in visit.place.parents}
    mentions = [mention_of(scene, j, holders) for j in judged if j.mention.span not in used]
    mentions += [unresolved(r) for r in resolutions if r.place is None]
    mentions.sort(key=lambda m: m.resolution.toponym.span)
    return Journey(visits, tuple(mentions), who.name, tuple(t.name for t in cast.travellers if t.weight >= 1))


def scene_for(document: Document, resolutions: Sequence[Resolution], dates: Sequence[DateMention]) -> Scene:
    """The scene of the main traveller: what the trainers learn from."""
    cast = cast_of(document, resolutions)
    return scene_of(document, resolutions, dates, cast, cast.main)
