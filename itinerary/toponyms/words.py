"""Words that stand inside or beside the names of places."""

from __future__ import annotations

import csv
from functools import cache
from pathlib import Path

_HEADS = Path(__file__).parents[2] / "data" / "lexicons" / "place_heads.csv"

# Small words that may stand inside a name: Rio de Janeiro, Stoke-on-Trent, Trinidad and Tobago, Chalon-sur-Saône.
CONNECTORS = frozenset(
    "of the and upon on in by under le la les de des du d' do da dos das della delle dei di del y e el al as ar ash es "
    "sur sous en au aux an am im der den dem die das bei ob und van von zu zum zur op aan bin ibn nad pod na pri - – / ' 's".split()
)
# Names that begin with one of these read on to the right: Lake Baikal, Mount Athos, Cape of Good Hope.
LEADING = frozenset(
    "lake mount mt cape fort port gulf bay sea strait straits isle isles river rio loch camp puerto point villa".split()
)
# Roads and lines are places on a map of the town only; the name in them is not where anybody is.
ROADS = frozenset(
    "street st road rd avenue ave boulevard blvd drive dr lane ln highway hwy freeway parkway pkwy court ct circle close crescent "
    "way terrace turnpike route expressway trail square plaza interstate".split()
)
TITLES = frozenset(
    "mr mrs ms miss dr sir lady lord dame president minister secretary senator sen rep gov governor mayor king queen prince "
    "princess emperor general gen colonel col captain capt lt sgt major maj admiral commander professor prof judge justice pope "
    "saint father brother sister rev reverend bishop archbishop cardinal chancellor ambassador coach chief officer sheriff "
    "detective deputy inspector uncle aunt count countess baron duke duchess earl".split()
)
# What follows a place's name when the two together name a body of people or a work.
BODIES = frozenset(
    "police times post herald news journal tribune gazette star sun telegraph courier chronicle examiner press observer "
    "university college school institute academy hospital council court department commission committee association club "
    "society company corporation corp inc ltd group bank airlines airways railway railroad records party army navy forces "
    "government parliament senate legislature congress assembly united rovers fc team tigers lions bears hornets giants "
    "orchestra symphony festival marathon championship cup league games open conference treaty agreement accord summit "
    "declaration convention act".split()
)
DIRECTIONS = frozenset(
    "north south east west northern southern eastern western central northeast northwest southeast southwest northeastern "
    "northwestern southeastern southwestern upper lower inner outer mid downtown greater metropolitan old rural".split()
)


@cache
def heads() -> dict[str, tuple[str, ...]]:
    """Generic words for places, folded, with the kinds they stand for: river -> ("river",)."""
    with _HEADS.open(encoding="utf-8", newline="") as lines:
        return {row["word"]: tuple(row["kinds"].split(" ")) for row in csv.DictReader(lines)}
