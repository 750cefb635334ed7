"""Claims about a trip under correction: what the user decides holds, and everything can be undone."""

import re
from dataclasses import replace
from itertools import pairwise

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from itinerary.errors import ItineraryError
from itinerary.legs import join
from itinerary.model import Itinerary, Span, Status
from itinerary.workspace import (
    Anchor,
    Delete,
    Merge,
    Quote,
    SetDates,
    SetPlace,
    SetStatus,
    SetTitle,
    SetTraveller,
    Split,
    Workspace,
    hand_place,
)
from tests import strategies
from tests.builders import journey, place, timespan

any_workspace = strategies.workspaces() | strategies.workspaces(strategies.itineraries())
quick = settings(max_examples=20, deadline=None)


# --- what holds of any corrections ------------------------------------------------------------------------------------


@quick
@given(any_workspace, st.data())
def test_undo_after_do_is_identity(workspace, data):
    correction = data.draw(strategies.corrections(workspace.read))
    back = workspace.do(correction).undo()
    assert (back.trip, back.done, back.lost) == (workspace.trip, workspace.done, workspace.lost)


@quick
@given(any_workspace)
def test_redo_after_undo_is_identity(workspace):
    again = workspace.undo().redo() if workspace.can_undo else workspace.redo().undo()
    assert again == workspace
    assert (again.trip, again.lost, again.stops) == (workspace.trip, workspace.lost, workspace.stops)


@quick
@given(st.data())
def test_corrections_of_different_stops_give_the_same_trip_in_any_order(data):
    workspace = Workspace(data.draw(strategies.tellings() | strategies.itineraries()))
    first, second = data.draw(strategies.corrections_apart(workspace.read))
    one, other = workspace.do(first).do(second), workspace.do(second).do(first)
    assert (one.trip, one.stops) == (other.trip, other.stops)


@quick
@given(any_workspace)
def test_legs_join_neighbours_whatever_is_corrected(workspace):
    trip = workspace.trip
    assert [(leg.origin, leg.destination) for leg in trip.legs] == list(pairwise(trip.visits))
    assert len(workspace.stops) == len(trip.visits)


@quick
@given(any_workspace)
def test_a_stop_is_as_it_was_read_or_says_that_the_user_decided(workspace):
    was_read = {replace(stop, rank=0, traveller="") for stop in workspace.read.visits}
    for stop in workspace.trip.visits:
        decided = stop.score == 1 and stop.reason.startswith("decided by the user: ")
        assert decided or replace(stop, rank=0, traveller="") in was_read


@quick
@given(any_workspace)
def test_without_corrections_the_trip_is_the_one_read(workspace):
    while workspace.can_undo:
        workspace = workspace.undo()
    assert workspace.trip is workspace.read


@quick
@given(any_workspace, st.data())
def test_a_stop_leads_back_to_itself(workspace, data):
    if workspace.stops:
        index = data.draw(st.integers(0, len(workspace.stops) - 1))
        confirmed = workspace.do(SetStatus(workspace.stop(index), Status.PASSED)).trip.visits
        assert confirmed[index].status is Status.PASSED and confirmed[index].score == 1
        assert "decided by the user" in confirmed[index].reason
        others = [visit for i, visit in enumerate(confirmed) if i != index]
        assert others == [visit for i, visit in enumerate(workspace.trip.visits) if i != index]


@quick
@given(any_workspace)
def test_doubts_are_about_what_is_there(workspace):
    for doubt in workspace.doubts():
        assert doubt.stop is None or 0 <= doubt.stop < len(workspace.trip.visits)
        assert workspace.target(doubt)
        assert doubt not in workspace.accept(doubt).doubts()


# --- one correction at a time -----------------------------------------------------------------------------------------

ROME, OSLO, UR = ("Rome", 41.9, 12.5, "1843-05-03"), ("Oslo", 59.9, 10.7), ("Ur", 30.96, 46.1)
TEXAS = place("Rome, Texas", 26.4, -99.0)
MAY, JUNE = timespan("1843-05"), timespan("1843-06-01")


def workspace(*stops, mentions=()):
    """A workspace on a journey through the stops, with other places that it mentions."""
    trip = journey(*stops, mentions=[place(*m[:3]) for m in mentions])
    visits = tuple(replace(visit, rank=rank) for rank, visit in enumerate(trip.visits, 1))
    return Workspace(replace(trip, visits=visits, legs=join(visits)))


def names(workspace):
    return [visit.name for visit in workspace.trip.visits]


def mentioned(workspace):
    return [mention.resolution.name for mention in workspace.trip.mentions]


def words(workspace, name, number=0):
    """The span of the n-th time that the text says a name."""
    at = [found.start() for found in re.finditer(name, workspace.read.text)][number]
    return Span(at, at + len(name))


def test_a_mention_becomes_a_stop_where_the_text_tells_of_it():
    start = workspace(ROME, OSLO, mentions=[UR])
    stop = start.do(SetStatus(start.mention(words(start, "Ur")), Status.PLANNED))
    added = stop.trip.visits[2]
    assert names(stop) == ["Rome", "Oslo", "Ur"] and mentioned(stop) == []
    assert (added.status, added.by_hand, added.score, added.rank) == (Status.PLANNED, True, 1.0, 3)
    assert [span.of(stop.trip.text) for span in added.evidence] == ["News of Ur reached them."]
    assert "decided by the user: status" in added.reason


def test_a_stop_not_visited_is_a_mention_and_comes_back_as_it_was():
    start = workspace(ROME, OSLO, UR)
    without = start.do(SetStatus(start.stop(0), None))
    assert names(without) == ["Oslo", "Ur"] and mentioned(without) == ["Rome"]
    again = without.do(SetStatus(Anchor(Quote.of(start.read.text, words(start, "Rome"))), Status.VISITED)).trip
    assert [visit.name for visit in again.visits] == ["Rome", "Oslo", "Ur"] and again.visits[0].arrive == timespan("1843-05-03")


def test_another_place_keeps_the_name_and_the_old_place_among_those_to_choose_from():
    start = workspace(ROME, OSLO)
    changed = start.do(SetPlace(start.stop(0), TEXAS)).trip
    stop = changed.visits[0]
    assert (stop.name, stop.place, stop.score, stop.arrive) == ("Rome", TEXAS, 1.0, timespan("1843-05-03"))
    assert stop.mentions[0].place == TEXAS and stop.mentions[0].score == 1
    assert [candidate.place.name for candidate in stop.mentions[0].runners_up] == ["Rome"]
    assert changed.legs[0].distance_km > 8_000


def test_another_place_for_one_stop_or_for_the_name_everywhere():
    start = workspace(ROME, OSLO, ROME, mentions=[ROME])
    once = start.do(SetPlace(start.stop(0), TEXAS)).trip
    assert [visit.place.name for visit in once.visits] == ["Rome, Texas", "Oslo", "Rome"]
    always = start.do(SetPlace(start.stop(0), TEXAS, everywhere=True)).trip
    assert [visit.place.name for visit in always.visits] == ["Rome, Texas", "Oslo", "Rome, Texas"]
    assert always.mentions[0].resolution.place == TEXAS


def test_an_unknown_name_is_no_stop_until_it_has_a_place():
    start = Workspace(Itinerary("They saw Ur."))
    ur = start.mention(words(start, "Ur"))
    visited = start.do(SetStatus(ur, Status.VISITED))
    assert names(visited) == [] and mentioned(visited) == ["Ur"]
    assert [lost.sentence for lost in visited.lost] == ["“Ur” is no stop yet: choose its place."]
    placed = visited.do(SetPlace(ur, TEXAS))
    assert names(placed) == ["Ur"] and placed.trip.visits[0].evidence == (Span(0, 12),)


def test_dates_are_set_and_opened():
    start = workspace(ROME, OSLO)
    dated = start.do(SetDates(start.stop(1), MAY, JUNE)).trip.visits[1]
    assert (dated.arrive, dated.depart) == (MAY, JUNE)
    opened = start.do(SetDates(start.stop(0), None, None)).trip.visits[0]
    assert (opened.arrive, opened.depart) == (None, None)


def test_a_stay_can_not_end_before_it_begins():
    with pytest.raises(ItineraryError, match="begins on 1843-06-01 can't end on 1843-05-31"):
        SetDates(Anchor(key="read:1"), JUNE, MAY)


@pytest.mark.parametrize(
    ("index", "to", "order"),
    [
        (2, 0, ["Ur", "Rome", "Oslo"]),
        (0, 2, ["Oslo", "Ur", "Rome"]),
        (0, 1, ["Oslo", "Rome", "Ur"]),
        (1, 1, ["Rome", "Oslo", "Ur"]),
    ],
)
def test_a_stop_moves_to_the_place_given(index, to, order):
    moved = workspace(ROME, OSLO, UR).move(index, to)
    assert names(moved) == order
    assert [visit.rank for visit in moved.trip.visits] == [1, 2, 3]
    assert moved.can_undo is (index != to)


@pytest.mark.parametrize(("index", "to"), [(3, 0), (0, 3), (-1, 0), (0, -1)])
def test_a_stop_that_is_not_there_is_not_moved(index, to):
    with pytest.raises(ItineraryError, match="There is no stop"):
        workspace(ROME, OSLO, UR).move(index, to)


def test_a_moved_stop_is_of_told_order():
    start = workspace(ROME, (*OSLO, None, {"order_told": False}))
    assert start.move(1, 0).trip.visits[0].order_told is True


def test_merged_stops_are_one_with_the_mentions_of_all():
    start = workspace(ROME, OSLO, (*ROME[:3], "1843-06-01", {"depart": timespan("1843-06-09")}))
    one = start.do(Merge(start.stop(0), (start.stop(2),)))
    stop = one.trip.visits[0]
    assert names(one) == ["Rome", "Oslo"] and len(stop.mentions) == 2 and len(stop.evidence) == 2
    assert (stop.arrive, stop.depart) == (timespan("1843-05-03"), timespan("1843-06-09"))


def test_a_merged_stop_splits_at_the_mention_where_the_second_stay_begins():
    start = workspace(ROME, OSLO, ROME)
    one = start.do(Merge(start.stop(0), (start.stop(2),)))
    two = one.do(Split(one.mention(words(start, "Rome", 1))))
    assert names(two) == ["Rome", "Rome", "Oslo"]
    assert [[span.of(two.trip.text) for span in visit.evidence] for visit in two.trip.visits[:2]] == [["They came to Rome."]] * 2
    assert [visit.mentions[0].start for visit in two.trip.visits[:2]] == [words(start, "Rome", n).start for n in (0, 1)]


def test_places_joined_and_parted_are_two_places_again():
    start = workspace(ROME, OSLO)
    one = start.do(Merge(start.stop(0), (start.stop(1),)))
    two = one.do(Split(one.mention(words(start, "Oslo", 0))))
    assert names(one) == ["Rome"] and names(two) == ["Rome", "Oslo"]
    assert [visit.name for visit in two.trip.visits] == ["Rome", "Oslo"]


def test_nothing_is_split_where_a_stop_begins():
    start = workspace(ROME, OSLO)
    same = start.do(Split(start.stop(0)))
    assert same.trip.visits == start.trip.visits and "nothing to split off" in same.lost[0].sentence


def test_one_mention_alone_leaves_its_stop():
    start = workspace(ROME, OSLO, ROME)
    one = start.do(Merge(start.stop(0), (start.stop(2),)))
    other = one.do(SetPlace(one.mention(words(start, "Rome", 1)), TEXAS))
    assert [visit.place.name for visit in other.trip.visits] == ["Rome", "Oslo"]
    assert [mention.resolution.place for mention in other.trip.mentions] == [TEXAS]


def test_a_stop_is_put_in_with_words_and_without():
    start = workspace(ROME, OSLO)
    first = start.add(hand_place(30, 40), at=0)
    assert names(first) == ["30° N, 40° E", "Rome", "Oslo"]
    assert (first.trip.visits[0].mentions, first.trip.visits[0].by_hand) == ((), True)
    both = first.add(TEXAS, span=words(start, "They"), dates=(MAY, None))
    assert names(both) == ["30° N, 40° E", "Rome", "Oslo", "They"]
    assert (both.trip.visits[3].arrive, both.trip.visits[3].mentions[0].place) == (MAY, TEXAS)
    renamed = both.do(SetDates(both.stop(0), JUNE, None)).move(0, 3)
    assert names(renamed) == ["Rome", "Oslo", "They", "30° N, 40° E"] and renamed.trip.visits[3].arrive == JUNE


def test_a_new_stop_never_takes_the_key_of_another():
    start = workspace(ROME).add(TEXAS).undo().add(TEXAS).add(TEXAS)
    assert len({str(anchor) for anchor in start.stops}) == 3


def test_what_is_deleted_is_neither_stop_nor_mention():
    start = workspace(ROME, OSLO)
    gone = start.do(Delete(start.stop(0)))
    assert names(gone) == ["Oslo"] and mentioned(gone) == []


def test_title_and_traveller_are_names():
    start = workspace(ROME, OSLO)
    named = start.do(SetTitle("North"), SetTraveller("Ada Lovelace")).trip
    assert (named.title, named.traveller, named.travellers) == ("North", "Ada Lovelace", ("Ada Lovelace",))
    assert {visit.traveller for visit in named.visits} == {"Ada Lovelace"} and named.visits[0].score == 0.9


def test_what_is_done_together_is_undone_together():
    start = workspace(ROME, OSLO, UR)
    fewer = start.do(Delete(start.stop(0)), Delete(start.stop(1)))
    assert names(fewer) == ["Ur"] and fewer.undo().trip is start.read and start.do() is start
    assert not fewer.undo().can_undo and fewer.undo().redo() == fewer


def test_a_second_stop_under_the_same_key_is_lost_and_said():
    (oslo,), (rome,) = (Workspace(journey(UR)).add(place(*where[:3])).done[0] for where in (OSLO, ROME))
    start = Workspace(journey(UR)).do(oslo, rome)
    assert [stop.place.name for stop in start.trip.visits] == ["Ur", "Oslo"]
    assert [lost.correction for lost in start.lost] == [rome] and "already" in start.lost[0].sentence


# --- another reading --------------------------------------------------------------------------------------------------


def test_corrections_hold_on_when_the_text_changes_a_little():
    start = workspace(ROME, OSLO)
    changed = start.do(SetDates(start.stop(1), JUNE, None))
    longer = journey(UR, ROME, OSLO)
    assert changed.reread(longer).trip.visits[2].arrive == JUNE and changed.reread(longer).lost == ()


def test_a_correction_whose_words_are_gone_is_reported_and_kept():
    start = workspace(ROME, OSLO)
    changed = start.do(SetDates(start.stop(1), JUNE, None)).do(SetTitle("Kept"))
    other = changed.reread(journey(ROME, UR))
    assert [lost.sentence for lost in other.lost] == ["“Oslo” is not in the text any more, or not where it stood."]
    assert other.trip.title == "Kept" and other.reread(start.read).trip == changed.trip


def test_a_name_cut_otherwise_is_still_the_same_mention():
    start = workspace(("Old Rome", 41.9, 12.5), OSLO)
    cut = start.do(SetStatus(start.mention(words(start, "Rome")), None))
    assert names(cut) == ["Oslo"] and mentioned(cut) == ["Old Rome"]


@pytest.mark.parametrize(
    ("text", "at"),
    [
        ("Ann saw Rome and left. Rome saw Bob and wept.", 8),  # as it was
        ("Then Ann saw Rome and left. Rome saw Bob and wept.", 13),  # moved
        ("Ann saw Rome, and left. Rome saw Bob and wept.", 8),  # a comma more
        ("Rome saw Bob and wept. Ann saw Rome and left.", 31),  # sentences exchanged
        ("Ann left. Rome saw Bob and wept a lot.", None),  # the other Rome is not meant
        ("Ann saw Bern and left.", None),
        ("", None),
    ],
)
def test_a_quote_is_found_by_its_words_and_what_stands_around(text, at):
    quote = Quote.of("Ann saw Rome and left. Rome saw Bob and wept.", Span(8, 12))
    assert quote.find(text) == (None if at is None else Span(at, at + 4))


def test_of_many_alike_a_quote_takes_the_nearest():
    text = "They came to Rome. " * 400
    quote = Quote.of(text, Span(19 * 200 + 13, 19 * 200 + 17))
    assert quote.find(text) == Span(3813, 3817)
    assert quote.find("Oh! " + text) == Span(3817, 3821)
    assert Quote("a", "b" * 32, "c" * 32, 500_000).find("a" * 1_000_000) is None


def test_a_quote_of_nothing_is_refused():
    with pytest.raises(ItineraryError, match="lie outside a text of 3"):
        Quote.of("abc", Span(1, 9))
    with pytest.raises(ItineraryError, match="needs words"):
        Quote("")
    with pytest.raises(ItineraryError, match="needs a quote"):
        Anchor()
