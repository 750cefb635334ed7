"""Claims about what the user is asked to look at, and about places and times that the user types in."""

from dataclasses import replace

import pytest
from hypothesis import settings

from itinerary.errors import ItineraryError
from itinerary.legs import join
from itinerary.model import Candidate, DateMention, Itinerary, Match, Mention, Span, Status, Why
from itinerary.model import Kind as PlaceKind
from itinerary.wording import when
from itinerary.workspace import (
    Kind,
    Mend,
    SetDates,
    SetStatus,
    SetTitle,
    Workspace,
    doubts,
    hand_place,
    read_time,
    search,
)
from tests import strategies
from tests.builders import journey, place, resolution, visit

any_workspace = strategies.workspaces() | strategies.workspaces(strategies.itineraries())
quick = settings(max_examples=20, deadline=None)


ROME, OSLO, UR = ("Rome", 41.9, 12.5, "1843-05-03"), ("Oslo", 59.9, 10.7), ("Ur", 30.96, 46.1)
TEXAS = place("Rome, Texas", 26.4, -99.0)


# --- places and times typed in ----------------------------------------------------------------------------------------


class Few:
    """A gazetteer of three places."""

    places = (
        place("Paris", 48.85, 2.35, country="FR", population=2_000_000),
        place("Parisville", 33.6, -95.5, country="US", admin1="Texas"),
        replace(place("Paris", 33.66, -95.56, country="US", admin1="Texas", population=24_782), id="test:2"),
    )

    def candidates(self, names, *, limit=100):
        return {name: tuple(Match(p) for p in self.places if p.name == name)[:limit] for name in names}

    def search(self, prefix, limit=10):
        return tuple(Match(p) for p in self.places if p.name.startswith(prefix))[:limit]


@pytest.mark.parametrize(
    ("typed", "ids"),
    [
        ("Paris", ["test:Paris", "test:2", "test:Parisville"]),
        ("Paris, Texas", ["test:2", "test:Parisville"]),
        ("Paris, united st", ["test:2", "test:Parisville"]),
        ("Paris, Mars", []),
        (" , ", []),
        ("", []),
        ("48.85, 2.35", ["hand:48.85,2.35"]),
        ("33.5° S, 70 W", ["hand:-33.5,-70.0"]),
        ("48.85 2.35", ["hand:48.85,2.35"]),
        ("95, 2", []),
    ],
)
def test_a_search_finds_what_the_words_may_mean(typed, ids):
    assert [found.place.id for found in search(Few(), typed)] == ids


def test_a_place_found_is_told_from_its_namesakes():
    assert search(Few(), "Paris, Texas")[0].label == "Paris, Texas, United States · city · 24,782 inhabitants"


@pytest.mark.parametrize(("latitude", "longitude"), [(91, 0), (0, 181), (float("nan"), 0), ("x", 0), (None, 0)])
def test_no_place_is_set_by_hand_off_the_globe(latitude, longitude):
    with pytest.raises(ItineraryError, match="no place on Earth"):
        hand_place(latitude, longitude)


def test_a_place_set_by_hand_has_its_point_for_an_id():
    assert hand_place(48.8566123, -2.35).id == "hand:48.85661,-2.35" and hand_place(1, 2, " Camp ").name == "Camp"


@pytest.mark.parametrize("typed", ["1843-05-03", "1843-05", "1843", "-0043-03-15", "1843-05-03/1843-06-01"])
def test_a_time_typed_in_is_read_as_it_is_written(typed):
    assert when(read_time(typed)) == typed


@pytest.mark.parametrize("typed", [None, "", "  "])
def test_no_time_typed_in_is_an_open_one(typed):
    assert read_time(typed) is None


@pytest.mark.parametrize("typed", ["soon", "1843-13", "1843-02-30", "3 May 1843", "1843/1842", "1843//1844", "99999", "²⁰²⁰"])
def test_what_is_no_time_is_refused(typed):
    with pytest.raises(ItineraryError, match="is no time"):
        read_time(typed)


# --- doubts -----------------------------------------------------------------------------------------------------------


def doubtful(trip, kind):
    return [doubt for doubt in doubts(trip) if doubt.kind is kind]


def test_a_sure_journey_raises_no_doubt():
    assert doubts(journey(ROME, OSLO)) == ()


def test_an_unsure_stop_is_doubted_until_it_is_confirmed():
    start = Workspace(journey(ROME, (*OSLO, None, {"score": 0.4})))
    (doubt,) = start.doubts()
    assert (doubt.kind, doubt.stop, doubt.mend) == (Kind.STOP, 1, Mend.STATUS)
    assert doubt.sentence == "It is not sure that Ada was in Oslo (40% likely)."
    assert start.do(SetStatus(start.target(doubt), Status.VISITED)).doubts() == ()


def test_an_implausible_leg_is_doubted_first():
    days = ("1843-05-03", "1843-05-01")
    trip = Workspace(journey((*ROME[:3], days[0], {"score": 0.1}), (*OSLO, days[1]))).do(SetTitle("x")).trip
    assert doubts(replace(trip, legs=join(trip.visits)))[0].mend is Mend.ORDER
    (fast,) = doubtful(replace(trip := journey(ROME, (*UR, "1843-05-04")), legs=join(trip.visits)), Kind.LEG)
    assert fast.mend is Mend.DATES and "in a day is more than anyone makes" in fast.sentence


def test_a_near_tie_of_namesakes_is_doubted_once_for_each_name():
    start = journey(ROME, ROME)
    torn = [replace(r, runners_up=(Candidate(TEXAS, 0.6),)) for v in start.visits for r in v.mentions]
    visits = tuple(replace(v, mentions=(r,)) for v, r in zip(start.visits, torn, strict=True))
    (doubt,) = doubtful(replace(start, visits=visits, legs=join(visits)), Kind.NAMESAKE)
    assert (doubt.stop, doubt.mend) == (0, Mend.PLACE) and "Rome, Texas is nearly as likely" in doubt.sentence


def test_an_island_and_its_country_are_no_namesakes():
    iceland = place("Iceland", 64.9, -18.6, kind=PlaceKind.ISLAND, parents=("test:country",))
    other = replace(iceland, id="test:country", coordinate=place("x", 64.1, -21.9).coordinate, kind=PlaceKind.COUNTRY)
    text = "They saw Iceland."
    torn = replace(resolution("Iceland", iceland, text), runners_up=(Candidate(other, 0.6),))
    assert doubts(Itinerary(text, mentions=(Mention(torn, Why.MENTIONED, ""),))) == ()
    apart = replace(torn, place=replace(iceland, parents=()))
    (doubt,) = doubts(Itinerary(text, mentions=(Mention(apart, Why.MENTIONED, ""),)))
    assert "taken for Iceland (island); Iceland (country) is nearly as likely" in doubt.sentence


def test_an_unresolved_name_is_doubted_once_however_often_it_stands():
    text = "Ur and again Ur"
    found = [Mention(resolution("Ur", None, text, at), Why.UNRESOLVED, "unknown") for at in (0, 5)]
    (doubt,) = doubts(Itinerary(text, mentions=tuple(found)))
    assert doubt.span == Span(0, 2) and "No place is known for “Ur” (2 mentions)" in doubt.sentence


def test_an_ambiguous_date_is_doubted_at_the_stop_that_it_may_date():
    text = "They came to Rome on 02/03/2019."
    date = DateMention(Span(21, 31), "02/03/2019", "2019-02-03", "DATE", ambiguous=("2019-03-02",))
    stop = replace(visit("Rome", place(*ROME[:3]), text=text), score=0.9)
    start = Workspace(Itinerary(text, visits=(stop,), dates=(date,)))
    (doubt,) = start.doubts()
    assert start.do(SetDates(start.target(doubt), read_time("2019-03-02"), None)).doubts() == ()
    assert (doubt.stop, doubt.mend) == (0, Mend.DATES)
    assert doubt.sentence == "“02/03/2019” can be read as 2019-02-03 or 2019-03-02."
    assert doubts(Itinerary(text, dates=(date,)))[0].span == date.span


def test_an_open_order_is_doubted():
    (doubt,) = doubts(journey(ROME, (*OSLO, None, {"order_told": False})))
    assert (doubt.kind, doubt.stop, doubt.mend) == (Kind.ORDER, 1, Mend.ORDER)


def test_an_accepted_doubt_stays_away_when_the_stop_moves():
    start = Workspace(journey(ROME, OSLO, (*UR, None, {"order_told": False, "score": 0.3})))
    assert [doubt.kind for doubt in start.doubts()] == [Kind.STOP, Kind.ORDER]
    accepted = start.accept(start.doubts()[1]).move(0, 1)
    assert [doubt.kind for doubt in accepted.doubts()] == [Kind.STOP]
