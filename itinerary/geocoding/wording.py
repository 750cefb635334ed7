"""Why a place was chosen, in words."""

from __future__ import annotations

from itinerary.geocoding.choosing import Weighed
from itinerary.geocoding.grouping import Option
from itinerary.judging import Judge
from itinerary.model import Kind, Place

# Feature -> what it says, where it decided against the runner-up.
_WORDS = {
    "hint": "the text calls it a {kind}",
    "admin_named": "the text names {admin} too",
    "country_named": "the text names its country too",
    "country": "most other places lie in the same country",
    "admin": "other places lie in {admin} too",
    "holds": "other places lie within it",
    "same": "its usual name is as written",
    "behind": "the largest of {count}",
    "first": "the best known of {count}",
}


def reason(weighed: Weighed, best: int, judge: Judge) -> str:
    """What decided for option number `best`: that there is no other, or the strongest difference to the runner-up."""
    option, options = weighed.group.options[best], weighed.group.options
    partly = f"only {option.matched} is in the gazetteer: " if option.part else ""
    if option.how == "demonym":
        return f"people or things of {option.place.name}"
    if option.how == "spelling":
        return f"{option.matched} is not in the gazetteer; {option.place.name} is spelt almost the same"
    if len(options) == 1:
        return partly + f"the only {option.matched} in the gazetteer"
    if weighed.features[best].get("within"):
        return partly + f"named with {_container(weighed, option)}"
    return partly + _difference(weighed, best, judge).format(
        kind=option.place.kind.value,
        admin=option.place.admin1 or option.place.country,
        count=len(options),
    )


def _difference(weighed: Weighed, best: int, judge: Judge) -> str:
    others = [i for i in range(len(weighed.chances)) if i != best]
    second = max(others, key=lambda i: weighed.chances[i])
    option, ours, theirs = weighed.group.options[best], weighed.features[best], weighed.features[second]
    gains: dict[str, float] = {}
    for name in {*ours, *theirs}:
        words = _words(name, option.place)
        if words:
            gain = judge.weights.get(name, 0.0) * (ours.get(name, 0.0) - theirs.get(name, 0.0))
            gains[words] = gains.get(words, 0.0) + gain
    strongest = max(sorted(gains), key=lambda words: gains[words], default="")
    return strongest if strongest and gains[strongest] > 0 else "the likeliest of {count}"


def _words(name: str, place: Place) -> str | None:
    """What a feature says of a place; None when it says nothing to a reader."""
    plain = name.partition("=")[0]
    if plain in ("near", "local", "kin"):
        return "nearest to the other places"
    if plain == "admin" and not place.admin1:
        plain = "holds" if place.kind is Kind.ADMIN1 else "country"
    return _WORDS.get({"fame": "behind", "rank": "first"}.get(plain, plain))


def _container(weighed: Weighed, option: Option) -> str:
    inside = [o.place for o in weighed.group.container if o.place.id in option.place.parents]
    return min(inside, key=lambda p: p.kind is not Kind.ADMIN1).name if inside else "its container"
