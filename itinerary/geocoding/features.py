"""What is to be seen about an option: the features that the choice weighs.

What speaks for a place by itself, known before anything else is:

============  ======================================================================================================
fame=L        powers of ten of inhabitants of a place of level L; other kinds count as `is=K`
behind        powers of ten that it is smaller than the largest option; `first=K`: the best known; `rank`: log of its rank
how=H         found by its name, an alias, a former name, an alternate (any tongue, any age), an abbreviation, a demonym, a
              similar spelling
same          its usual name is what stands in the text
left=X        only a part of the text's name was found; X is what was left over: see `hints.leftover`; `…,unhint` as below
hint, unhint  a generic word in or beside the name agrees or disagrees with its kind ("Lake", "county", "airport")
core, shell   it lies in, or contains, another option: the city and the state of New York; `…,to` by how often a word of place
              stands in front ("reached Coquimbo")
encloses      it contains the name it stands behind ("Paris, Texas"), `unclosed`: another option does
within        the name right behind is one of its containers ("Paris, Texas"); `without`: of another option's only
============  ======================================================================================================

What speaks for it in the company of the text's other names (see `company`), each counted by how likely it is what it seems:

============  ======================================================================================================
admin_named   the probability that its state or county is named; `country_named`, `other_named` (island, region) likewise
country       log of the share of the other names that lie in its country; `admin` in its state
holds         the share of the other names that lie within it
behind,wide   `behind` times the share of the names outside the text's main state: far travellers meet famous places
kin           how many other names have any option near or in it, however unlikely, each by the rarity of its options (log)
beside=X      share of the names just before and after that lie in its country or state
near=R        how many other places lie within about R km (logarithm); `local=R`: those named just before and after
area          a country, state, sea or region, for which nearness says nothing; `pointless`: nothing else has a point
============  ======================================================================================================
"""

from __future__ import annotations

import math
from collections.abc import Sequence

from itinerary.geocoding.grouping import Group, Option
from itinerary.geocoding.hints import hinted_kinds, leftover, located
from itinerary.model import Document, Kind, Toponym
from itinerary.names import fold

Features = dict[str, float]
_PEOPLED = frozenset((Kind.CITY, Kind.DISTRICT, Kind.COUNTRY, Kind.ADMIN1, Kind.ADMIN2))


def alone(group: Group, document: Document, toponyms: Sequence[Toponym]) -> list[Features]:
    """The features of each option of a group that need no other group's choice."""
    most = max((_fame(o) for o in group.options), default=0.0)
    hints = hinted_kinds(document, [toponyms[i] for i in group.toponyms])
    inside = {o.place.id for o in group.container}
    surface = toponyms[group.toponyms[0]].surface
    to = located(document, [toponyms[i] for i in group.toponyms])
    return [
        _own(o, most) | _told(o, group, hints, inside) | _left(o, surface, hints) | _twins(o, group, to) for o in group.options
    ]


def _own(option: Option, most: float) -> Features:
    place = option.place
    out = {f"how={option.how}": 1.0, f"is={place.kind.value}": 1.0, "rank": math.log2(1 + option.rank)}
    if place.kind in _PEOPLED:
        out[f"fame={place.kind.value}"] = _fame(option)
        out["behind"] = most - _fame(option)
        out["fame,alternate"] = _fame(option) if option.how == "alternate" else 0.0
        out["behind,alternate"] = out["behind"] if option.how == "alternate" else 0.0
    out[f"first={place.kind.value}"] = float(option.rank == 0 and not option.part)
    out["same"] = float(fold(place.name) == fold(option.matched))
    out["tiny"] = float(place.kind is Kind.CITY and place.population < 100)
    return out


def _fame(option: Option) -> float:
    return math.log10(option.place.population + 100) if option.place.kind in _PEOPLED else 3.0


def _twins(option: Option, group: Group, to: float) -> Features:
    core = float(any(o.place.id in option.place.parents for o in group.options))
    shell = float(any(option.place.id in o.place.parents for o in group.options))
    return {"core": core, "core,to": core * to, "shell": shell, "shell,to": shell * to}


def _left(option: Option, surface: str, hints: frozenset[Kind]) -> Features:
    """What of the name in the text the gazetteer did not know: nothing, a direction, a generic word, a name of its own."""
    if not option.part:
        return {}
    left = leftover(surface, option.matched)
    return {f"left={left}": 1.0, f"left={left},unhint": float(bool(hints) and option.place.kind not in hints)}


def _told(option: Option, group: Group, hints: frozenset[Kind], inside: set[str]) -> Features:
    out: Features = {}
    if hints:
        out["hint" if option.place.kind in hints else "unhint"] = 1.0
    if group.contents:
        out["encloses" if option.place.id in group.contents else "unclosed"] = 1.0
    if inside:
        out["within" if inside.intersection(option.place.parents) else "without"] = 1.0
    return out
