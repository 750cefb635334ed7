"""Toponyms that mean the same place, with the places they may mean: one sense for a name in a text.

Only what the text itself tells apart is kept apart: "Springfield, Ill." and "Springfield, Mo." are two groups, and a bare
"Springfield" belongs to the first of them.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

from itinerary.model import Document, Form, Match, Place, Toponym
from itinerary.names import fold

if TYPE_CHECKING:
    from itinerary.gazetteer import Gazetteer

# Candidates considered for a name, best known first: there are 60 Springfields.
_MOST_CANDIDATES = 60
# "Paris, Texas", "London (Ont.)": what may stand between a name and its container.
_LONGEST_GAP = 3


@dataclass(frozen=True, slots=True)
class Option:
    """A place a group may mean; `matched` is the name that found it, `part` its rank among the look-ups (0: the full name)."""

    place: Place
    how: str
    matched: str
    part: int
    rank: int


@dataclass(frozen=True, slots=True)
class Group:
    """Toponyms of one name (indices in text order) and their options; `container` are those of the name right behind it."""

    toponyms: tuple[int, ...]
    options: tuple[Option, ...]
    key: str
    people: bool = False
    container: tuple[Option, ...] = ()
    contents: frozenset[str] = frozenset()  # ids of what may contain the names that this one stands behind as a container


def groups(document: Document, toponyms: Sequence[Toponym], gazetteer: Gazetteer) -> list[Group]:
    """All groups of a text, in the order of their first mention. A handful of look-ups for the whole text, however long."""
    found = _options(toponyms, gazetteer)
    members: dict[tuple[str, str], list[int]] = {}
    containers: dict[tuple[str, str], tuple[Option, ...]] = {}
    contents: dict[int, frozenset[str]] = {}
    for i, toponym in enumerate(toponyms):
        inside = _container(document, toponyms, i, found)
        names = inside and _shared(found[i], inside)
        key = (_key(toponym), fold(toponyms[i + 1].surface) if names else "")
        members.setdefault(key, []).append(i)
        containers[key] = inside if names else ()
        if names:
            contents[i + 1] = frozenset(parent for option in found[i] for parent in option.place.parents)
    _adopt(members, containers)
    out = []
    for key, indices in sorted(members.items(), key=lambda item: item[1]):
        people = toponyms[indices[0]].form is Form.DEMONYM
        inner = frozenset[str]().union(*(contents.get(i, frozenset()) for i in indices))
        out.append(Group(tuple(indices), found[indices[0]], key[0], people, containers[key], inner))
    return out


def _key(toponym: Toponym) -> str:
    return f"{toponym.form.value}:{fold(toponym.lookups[0])}"


def _adopt(members: dict[tuple[str, str], list[int]], containers: Mapping[tuple[str, str], tuple[Option, ...]]) -> None:
    """Give bare mentions of a name to the first group of it that tells its container."""
    for name in [key for key, container in members if not container]:
        told = [k for k in members if k[0] == name and k[1] and containers[k]]
        if told:
            members[told[0]] = sorted(members[told[0]] + members.pop((name, "")))


# --- options ----------------------------------------------------------------------------------------------------------


def _options(toponyms: Sequence[Toponym], gazetteer: Gazetteer) -> list[tuple[Option, ...]]:
    """For each toponym what its look-ups find, each place once; shorter names only where the longer ones are no usual names."""
    names = gazetteer.candidates(
        {name for t in toponyms if t.form is not Form.DEMONYM for name in t.lookups}, limit=_MOST_CANDIDATES
    )
    people = gazetteer.demonyms({t.lookups[0] for t in toponyms if t.form is Form.DEMONYM})
    names |= _respelt(toponyms, names, gazetteer)
    known: dict[tuple[str, ...], tuple[Option, ...]] = {}
    out = []
    for t in toponyms:
        key = (t.form.value, *t.lookups)
        if key not in known:
            known[key] = _of_people(t, people) if t.form is Form.DEMONYM else _of_names(t, names)
        out.append(known[key])
    return out


def _respelt(
    toponyms: Sequence[Toponym], names: Mapping[str, tuple[Match, ...]], gazetteer: Gazetteer
) -> dict[str, tuple[Match, ...]]:
    """Places of a similar name for the toponyms that no look-up finds."""
    unknown = [t for t in toponyms if t.form is Form.NAME and not any(names.get(name) for name in t.lookups)]
    return gazetteer.respelt(dict.fromkeys(t.lookups[0] for t in unknown))


def _of_people(toponym: Toponym, people: Mapping[str, tuple[Place, ...]]) -> tuple[Option, ...]:
    places = people.get(toponym.lookups[0], ())
    return tuple(Option(place, "demonym", toponym.lookups[0], 0, rank) for rank, place in enumerate(places))


def _of_names(toponym: Toponym, names: Mapping[str, tuple[Match, ...]]) -> tuple[Option, ...]:
    options: dict[str, Option] = {}
    for part, name in enumerate(toponym.lookups):
        for rank, match in enumerate(names.get(name, ())):
            options.setdefault(match.place.id, Option(match.place, match.how, name, part, rank))
        if any(option.how != "alternate" for option in options.values()):
            break
    return tuple(options.values())


# --- containers told by the text --------------------------------------------------------------------------------------


def _container(
    document: Document, toponyms: Sequence[Toponym], i: int, found: Sequence[tuple[Option, ...]]
) -> tuple[Option, ...]:
    """The options of the next toponym where it stands behind this one as its container would."""
    if i + 1 == len(toponyms) or toponyms[i + 1].form is Form.DEMONYM:
        return ()
    start, end = toponyms[i].span.end, toponyms[i + 1].span.start
    if not 0 < end - start <= _LONGEST_GAP:
        return ()
    gap = document.text[start:end].strip()
    return found[i + 1] if gap in (",", "(", "in", "") else ()


def _shared(options: Sequence[Option], containers: Sequence[Option]) -> bool:
    """Whether any option lies in any of the containers."""
    ids = {option.place.id for option in containers}
    return any(ids.intersection(option.place.parents) for option in options)
