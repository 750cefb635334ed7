"""Claims about two readings of one text: differences are told and doubted, and a choice is a correction like others."""

import json

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

import itinerary
from itinerary import project
from itinerary.errors import InputError
from itinerary.model import Itinerary, Status
from itinerary.second_reader import Beside, Pasted
from itinerary.workspace import Choice, Difference, Kind, SetStatus, Workspace, side_by_side
from tests.answers import ABERDEEN, BERGEN, LERWICK, LONDON, PUBLISHED, STOPS, TEXT, answer, stop

COPENHAGEN = stop("Copenhagen", "Her brother wrote from Copenhagen that he had seen the king")
ODD = ({**BERGEN, "depart": None}, {**LERWICK, "status": "passed"}, COPENHAGEN, LONDON)  # no Aberdeen; a date and a status lost


def read(*stops, text: str = TEXT) -> Itinerary:
    return itinerary.build(text, PUBLISHED, reader=Pasted((answer(*stops),)))


def names(trip: Itinerary) -> list[str]:
    return [visit.name for visit in trip.visits]


@pytest.fixture(scope="module")
def trip() -> Itinerary:
    """The journey as it was, in the place of what the built-in reader makes of it: that may change."""
    return read(*STOPS)


@pytest.fixture(scope="module")
def built_in() -> Itinerary:
    return itinerary.build(TEXT, PUBLISHED)


@pytest.fixture(scope="module")
def odd(trip) -> Workspace:
    """A desk with a model's reading that differs in every way but the order."""
    other = read(*ODD)
    return Workspace(other, beside=side_by_side(trip, other))


def pair(workspace: Workspace, name: str) -> int:
    """The number of the pair about a place."""
    assert workspace.beside
    return next(i for i, each in enumerate(workspace.beside.pairs) if name in each.sentence)


# --- what differs -----------------------------------------------------------------------------------------------------


def test_two_readers_who_agree_agree_and_are_surer_together(built_in, trip):
    side = side_by_side(trip, trip)
    assert all(each.agree for each in side.pairs) and side.agreement == 1
    assert not [d for d in Workspace(trip, beside=side).doubts() if d.kind is Kind.READERS]
    shared = [v for v in trip.visits if v.place.id in {own.place.id for own in built_in.visits}]
    assert shared and all(v.score > 0.75 for v in shared)


def test_what_only_one_has_and_what_differs_is_told(trip):
    other = read(BERGEN, {**LERWICK, "arrive": None, "status": "passed"}, COPENHAGEN, LONDON)
    side = side_by_side(trip, other)
    told = [(p.first, p.second, p.differences) for p in side.pairs]
    assert told == [(0, 0, ()), (1, 1, (Difference.DATES, Difference.STATUS)), (2, None, ()), (None, 2, ()), (3, 3, ())]
    assert side.pairs[1].sentence == (
        "Both have a stop in Lerwick; the built-in reader dates it from 1843-05-05, the language model not at all; "
        "visited to the built-in reader, passed to the language model."
    )
    assert side.pairs[2].sentence == "Only the built-in reader has a stop in Aberdeen."


def test_a_stop_at_another_point_of_the_journey_is_one_pair(trip):
    side = side_by_side(trip, read(LERWICK, BERGEN, ABERDEEN, LONDON))
    assert sorted(p.first for p in side.pairs if p.first is not None) == [0, 1, 2, 3]
    assert [p.differences for p in side.pairs].count((Difference.ORDER,)) == 1


def test_a_reading_beside_another_is_what_the_built_in_reader_alone_makes_of_the_text(built_in):
    both = Beside(Pasted((answer(*ODD),)))
    other = itinerary.build(TEXT, PUBLISHED, reader=both)
    assert names(other) == ["Bergen", "Lerwick", "Copenhagen", "London"]
    assert both.built_in(other) == built_in
    assert both.failure is None


def test_a_reading_that_failed_says_why(built_in):
    both = Beside(Pasted(("sorry",)))
    other = itinerary.build(TEXT, PUBLISHED, reader=both)
    assert other.visits == built_in.visits
    assert both.failure is not None and both.failure.startswith("The answer holds no list of stops")


# --- doubts -----------------------------------------------------------------------------------------------------------


def test_every_difference_is_a_doubt_and_no_stop_is_doubted_twice(odd):
    doubts = odd.doubts()
    assert len([d for d in doubts if d.kind is Kind.READERS]) == 4
    assert {d.sentence.split()[-1] for d in doubts if d.kind is Kind.READERS} >= {"Aberdeen.", "Copenhagen."}
    assert not [d for d in doubts if d.kind is Kind.STOP and d.stop == 2], "Copenhagen is doubted once"
    missing = next(d for d in doubts if "Aberdeen" in d.sentence and d.kind is Kind.READERS)
    assert missing.stop is None and missing.span and missing.span.of(TEXT) == "Aberdeen"


def test_a_stop_of_the_answer_alone_is_doubtful_without_the_other_reading_too():
    doubtful = Workspace(read(BERGEN, COPENHAGEN, ABERDEEN)).doubts()
    assert any(d.stop == 1 and "Copenhagen" in d.sentence for d in doubtful)


def test_a_difference_is_settled_by_a_choice_a_correction_or_a_nod_and_undone_with_it(odd):
    first = len(odd.doubts())
    for settled in (
        odd.choose({pair(odd, "Copenhagen"): Choice.NEITHER}),
        odd.do(SetStatus(odd.stop(2), Status.PLANNED)),
        odd.accept(next(d for d in odd.doubts() if d.kind is Kind.READERS and d.stop == 2)),
    ):
        assert not [d for d in settled.doubts() if "Copenhagen" in d.sentence and d.kind is Kind.READERS]
        assert len(settled.undo().doubts()) == first
    missing = next(d for d in odd.doubts() if d.kind is Kind.READERS and "Aberdeen" in d.sentence)
    assert missing not in odd.accept(missing).doubts()


# --- choosing ---------------------------------------------------------------------------------------------------------


def test_the_built_in_readers_version_is_taken_stop_by_stop(odd, trip):
    made = odd.choose({pair(odd, "Bergen"): Choice.FIRST}).choose({pair(odd, "Lerwick"): Choice.FIRST})
    assert (made.trip.visits[0].arrive, made.trip.visits[0].depart) == (trip.visits[0].arrive, trip.visits[0].depart)
    assert made.trip.visits[1].status is Status.VISITED
    assert [v.score for v in made.trip.visits[:2]] == [1, 1], "what the user chose is sure"
    assert made.undo().trip.visits[1].status is Status.PASSED
    assert made.undo().undo().trip is odd.read


def test_a_stop_that_only_the_built_in_reader_has_is_put_in_where_it_was(odd, trip):
    made = odd.choose({pair(odd, "Aberdeen"): Choice.FIRST})
    assert names(made.trip) == ["Bergen", "Lerwick", "Aberdeen", "Copenhagen", "London"]
    own, put = trip.visits[2], made.trip.visits[2]
    assert (put.place, put.arrive, put.status) == (own.place, own.arrive, own.status)
    assert "Aberdeen on 12 May" in put.evidence[0].of(TEXT)
    assert len(made.trip.legs) == 4
    assert names(made.choose({pair(odd, "Aberdeen"): Choice.SECOND}).trip) == names(odd.trip)


def test_neither_leaves_the_stop_out_and_it_is_only_mentioned(odd):
    made = odd.choose({pair(odd, "Copenhagen"): Choice.NEITHER, pair(odd, "Lerwick"): Choice.NEITHER})
    assert names(made.trip) == ["Bergen", "London"]
    assert {"Copenhagen", "Lerwick"} <= {m.resolution.name for m in made.trip.mentions}
    assert len(made.done) == 1, "chosen together, undone together"


def test_the_order_is_chosen_too(trip):
    other = read(LERWICK, BERGEN, ABERDEEN, LONDON)
    desk = Workspace(other, beside=side_by_side(trip, other))
    at = next(i for i, each in enumerate(desk.beside.pairs) if each.differences)
    made = desk.choose({at: Choice.FIRST})
    assert names(made.trip) == ["Bergen", "Lerwick", "Aberdeen", "London"]
    assert made.table.choice(at) is Choice.FIRST
    assert names(made.choose({at: Choice.SECOND}).trip) == ["Lerwick", "Bergen", "Aberdeen", "London"]


def test_all_of_one_reader_gives_its_journey(odd, trip):
    every = dict.fromkeys(odd.table.differing, Choice.FIRST)
    made = odd.choose(every).trip
    assert names(made) == names(trip)
    assert [(v.place, v.status, v.arrive, v.depart) for v in made.visits] == [
        (v.place, v.status, v.arrive, v.depart) for v in trip.visits
    ]
    back = odd.choose(every).choose(dict.fromkeys(odd.table.differing, Choice.SECOND)).trip
    assert [(v.name, v.status, v.arrive) for v in back.visits] == [(v.name, v.status, v.arrive) for v in odd.trip.visits]


@pytest.mark.parametrize("choice", list(Choice))
def test_what_was_chosen_is_shown_and_can_be_chosen_otherwise(odd, choice):
    for i in odd.table.differing:
        assert odd.table.choice(i) is None and i in odd.table.open
        one_sided = odd.beside.pairs[i].first is None or odd.beside.pairs[i].second is None
        if choice is Choice.NEITHER and one_sided:
            continue
        made = odd.choose({i: choice})
        assert made.table.choice(i) is choice and i not in made.table.open
        assert made.choose({i: Choice.SECOND}).table.choice(i) is Choice.SECOND
        assert not made.lost


def test_a_stop_on_words_that_another_stop_has_taken_is_put_in_and_out_again():
    text = "On 3 May and on 9 May they were in Bergen, and between that in Lerwick."
    early, late = (stop("Bergen", f"{day} they were in Bergen", arrive=day) for day in ("On 3 May and on 9 May", "on 9 May"))
    first = read({**early, "arrive": "On 3 May"}, stop("Lerwick", "between that in Lerwick"), late, text=text)
    second = read(late, text=text)
    desk = Workspace(second, beside=side_by_side(first, second))
    made = desk.choose(dict.fromkeys(desk.table.differing, Choice.FIRST))
    assert names(made.trip) == ["Bergen", "Lerwick", "Bergen"] and not made.lost
    back = made.choose(dict.fromkeys(desk.table.differing, Choice.SECOND))
    assert len(back.trip.visits) == 1 and not back.lost
    assert names(back.choose(dict.fromkeys(desk.table.differing, Choice.FIRST)).trip) == ["Bergen", "Lerwick", "Bergen"]
    assert "other:" in project.dumps(made).decode(), "a stop without words of its own has a key"


@pytest.fixture(scope="module")
def readings() -> list[Itinerary]:
    """What readers of all kinds make of one text: thorough, brief, confused, with other dates, twice at one place."""
    again = stop("Lerwick", "From Lerwick she went on to Aberdeen", arrive="12 May 1843")
    told = [STOPS, ODD, STOPS[::-1], (BERGEN, LONDON), (COPENHAGEN,), (LONDON, BERGEN, LERWICK), (LERWICK, ABERDEEN, again), ()]
    return [read(*each) for each in told]


@given(st.data())
@settings(deadline=None, max_examples=60)
def test_whatever_two_readers_say_and_the_user_chooses_the_journey_is_as_chosen_and_undone(readings, data):
    first, second = data.draw(st.sampled_from(readings)), data.draw(st.sampled_from(readings))
    start = desk = Workspace(second, beside=side_by_side(first, second))
    told: dict[int, Choice] = {}
    for _ in range(data.draw(st.integers(0, 4)) if start.table.differing else 0):
        some = data.draw(st.dictionaries(st.sampled_from(start.table.differing), st.sampled_from(Choice), min_size=1))
        desk, told = desk.choose(some), told | some
    assert not desk.lost and set(desk.table.open) == set(start.table.differing) - told.keys()
    for i, choice in told.items():
        each = start.beside.pairs[i]
        wanted = {Choice.FIRST: each.first, Choice.SECOND: each.second, Choice.NEITHER: None}[choice] is not None
        assert (desk.table.index(i) is not None) is wanted
    assert {d.sentence for d in desk.doubts() if d.kind is Kind.READERS} == {
        start.beside.pairs[i].sentence for i in desk.table.open
    }
    assert project.load(project.dumps(desk)).trip == desk.trip
    while desk.can_undo:
        desk = desk.undo()
    assert desk.trip is second


# --- kept -------------------------------------------------------------------------------------------------------------


def test_both_readings_and_the_choices_are_in_the_project_file(odd):
    made = odd.choose({pair(odd, "Aberdeen"): Choice.FIRST}).choose({pair(odd, "Bergen"): Choice.SECOND})
    again = project.load(project.dumps(made))
    assert again == made and again.trip == made.trip
    assert again.table.open == made.table.open
    assert names(again.undo().undo().trip) == names(odd.trip)
    assert project.dumps(made).count(TEXT[-40:].strip().encode()) == 1, "the text is in the file once"


@pytest.mark.parametrize("bad", [[], "x", {"visits": 5}, {"text": "other", "visits": [{"name": "x"}]}, {"mentions": [{}]}])
def test_a_damaged_second_reading_is_refused_in_one_sentence(odd, bad):
    written = json.loads(project.dumps(odd)) | {"beside": bad}
    with pytest.raises(InputError, match="can't be opened"):
        project.load(json.dumps(written).encode())


def test_choices_hold_when_the_text_is_read_anew(odd, trip):
    made = odd.choose({pair(odd, "Aberdeen"): Choice.FIRST})
    again = made.reread(trip)
    assert again.beside is None and names(again.trip) == ["Bergen", "Lerwick", "Aberdeen", "London"]
