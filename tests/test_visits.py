"""Claims about visits: who was where, what is no stop, which times belong to which stay."""

import pytest

from itinerary import pipeline
from itinerary.errors import InputError
from itinerary.model import Status, Why


def names(journey):
    """The stops by name, in order."""
    return [visit.name for visit in journey.visits]


def why(journey, name):
    """Why a name is no stop."""
    return next(m.why for m in journey.mentions if m.resolution.name == name)


def stop(journey, name):
    """The visit to the place of that name."""
    return next(visit for visit in journey.visits if visit.name == name)


# --- what is no stop --------------------------------------------------------------------------------------------------


def test_a_demonym_names_people_and_no_stop():
    journey = pipeline.build("Ann left Oslo. She arrived in Paris, where a German painter and his Italian wife met her.")
    assert names(journey) == ["Oslo", "Paris"]
    assert (why(journey, "German"), why(journey, "Italian")) == (Why.DEMONYM, Why.DEMONYM)


def test_a_hotel_named_after_a_town_is_not_in_it():
    journey = pipeline.build("Ann walked through the Parisian streets and slept in a Viennese hotel.")
    assert names(journey) == []
    assert (why(journey, "Parisian"), why(journey, "Viennese")) == (Why.DEMONYM, Why.DEMONYM)


def test_a_dateline_is_where_the_writer_was():
    journey = pipeline.build("ROME, June 3 (AP) — The president flew from Berlin to Vienna on Monday.")
    assert names(journey) == ["Berlin", "Vienna"]
    assert [m.why for m in journey.mentions] == [Why.DATELINE]


@pytest.mark.parametrize(
    ("background", "place"),
    [("talked about the war in Ukraine", "Ukraine"), ("spoke of the crisis in Sudan", "Sudan")],
)
def test_a_war_or_a_crisis_somewhere_is_background(background, place):
    journey = pipeline.build(f"The minister flew to Oslo on Monday and {background}. He then travelled to Stockholm.")
    assert names(journey) == ["Oslo", "Stockholm"]
    assert place in [m.resolution.name for m in journey.mentions]


@pytest.mark.parametrize("speech", ["Washington said the talks were useful.", "Washington says that it knew nothing."])
def test_a_capital_that_says_something_stands_for_a_government(speech):
    journey = pipeline.build(f"The minister arrived in Oslo on Monday. {speech} He then travelled to Stockholm.")
    assert names(journey) == ["Oslo", "Stockholm"]
    assert why(journey, "Washington") is Why.METONYM


def test_a_capital_that_agrees_receives_nobody_by_that():
    journey = pipeline.build("Moscow agreed to receive the minister, who flew to Oslo.")
    assert names(journey) == ["Oslo"]
    assert why(journey, "Moscow") is Why.METONYM


def test_a_country_gives_way_to_the_towns_in_it():
    text = "The president began his visit to Japan on Monday. He arrived in Tokyo and then travelled to Kyoto."
    journey = pipeline.build(text)
    assert names(journey) == ["Tokyo", "Kyoto"]
    assert why(journey, "Japan") is Why.CONTAINER


def test_where_somebody_else_lives_is_no_stop():
    journey = pipeline.build("Ann arrived in Oslo. Her brother lives in Sydney. She went on to Bergen.")
    assert names(journey) == ["Oslo", "Bergen"]


def test_a_name_that_no_gazetteer_knows_is_told_as_unresolved():
    journey = pipeline.build("She arrived in Bergen and went on to Xyzzyqua, a village near Qwertholm.")
    assert names(journey) == ["Bergen"]
    unresolved = {m.resolution.name: m for m in journey.mentions if m.resolution.place is None}
    assert {name: m.why for name, m in unresolved.items()} == {"Xyzzyqua": Why.UNRESOLVED, "Qwertholm": Why.UNRESOLVED}
    assert "Qwertholm" in unresolved["Qwertholm"].reason


@pytest.mark.parametrize("unreal", ["She did not go to Rome.", "If she had money, she would travel to Rome."])
def test_a_journey_that_did_not_happen_is_none(unreal):
    assert "Rome" not in names(pipeline.build(f"Ann drove from Paris to Lyon. {unreal}"))


# --- stays ------------------------------------------------------------------------------------------------------------


def test_a_return_is_a_new_visit():
    text = "Ann left Bergen and took the train to Oslo. From Oslo she travelled to Malmö. Two weeks later she returned to Bergen."
    journey = pipeline.build(text)
    assert names(journey) == ["Bergen", "Oslo", "Malmö", "Bergen"]
    assert journey.visits[0].place == journey.visits[3].place


def test_more_words_about_a_place_are_no_second_visit():
    journey = pipeline.build("Ann arrived in Oslo. Oslo was cold. She slept well in Oslo. Then she travelled to Bergen.")
    assert names(journey) == ["Oslo", "Bergen"]
    assert len(journey.visits[0].mentions) == 3


def test_what_will_be_is_planned_and_what_was_is_visited():
    journey = pipeline.build("Ann arrived in Bergen on 3 May 2019. She will travel to Reykjavik.")
    assert [v.status for v in journey.visits] == [Status.VISITED, Status.PLANNED]


def test_a_hope_is_a_plan():
    journey = pipeline.build("Ann arrived in Paris. She plans to travel to Rome.")
    assert stop(journey, "Rome").status is Status.PLANNED


def test_a_plan_goes_on_over_an_and():
    journey = pipeline.build("Ann arrived in Bergen. Next week she will travel to Reykjavik and then fly to London.")
    assert stop(journey, "London").status is Status.PLANNED


def test_a_place_on_the_way_is_passed():
    journey = pipeline.build("They travelled from Paris via Lyon to Marseille by train.")
    assert [v.status for v in journey.visits] == [Status.VISITED, Status.PASSED, Status.VISITED]
    assert {v.mode for v in journey.visits} == {"train"}


@pytest.mark.parametrize(
    ("verb", "mode"), [("sailed", "ship"), ("flew", "flight"), ("walked", "on foot"), ("drove", "car"), ("travelled", None)]
)
def test_the_verb_tells_the_way_of_travelling_or_nothing_does(verb, mode):
    assert stop(pipeline.build(f"Ann {verb} from Bergen to Oslo."), "Oslo").mode == mode


# --- travellers -------------------------------------------------------------------------------------------------------

TWO = "Ann Smith travelled from Bergen to Oslo. Then Ann Smith sailed to Copenhagen. Bob Jones stayed in Paris."


def test_the_main_traveller_is_the_one_who_moves_most():
    journey = pipeline.build(TWO)
    assert (journey.traveller, set(journey.travellers)) == ("Ann Smith", {"Ann Smith", "Bob Jones"})


@pytest.mark.parametrize("name", ["Bob Jones", "bob", "JONES"])
def test_a_traveller_is_chosen_by_the_name_or_a_part_of_it(name):
    journey = pipeline.build(TWO, traveller=name)
    assert journey.traveller == "Bob Jones"
    assert {v.traveller for v in journey.visits} == {"Bob Jones"}


def test_an_unknown_traveller_is_an_error_that_names_the_known_ones():
    with pytest.raises(InputError, match=r"'Zoe Zed'.*Ann Smith, Bob Jones"):
        pipeline.build(TWO, traveller="Zoe Zed")


def test_a_story_told_by_i_has_a_narrator():
    journey = pipeline.build("I left Bergen in May. I took the train to Oslo and slept there.")
    assert journey.traveller == "the narrator"
    assert names(journey) == ["Bergen", "Oslo"]


# --- times ------------------------------------------------------------------------------------------------------------


def test_an_arrival_and_a_departure_are_told_apart():
    journey = pipeline.build("Ann left Oslo on 3 May 2019. She arrived in Paris on 5 May 2019.")
    oslo, paris = journey.visits
    assert (oslo.arrive, oslo.depart.isoformat()) == (None, "2019-05-03")
    assert (paris.arrive.isoformat(), paris.depart) == ("2019-05-05", None)


def test_a_day_told_before_a_list_is_that_of_its_first_place():
    journey = pipeline.build("On 3 May 1843 he travelled to Pisa, Lucca and Siena.")
    assert names(journey) == ["Pisa", "Lucca", "Siena"]
    assert [v.arrive and v.arrive.isoformat() for v in journey.visits] == ["1843-05-03", None, None]


@pytest.mark.parametrize(
    "text",
    [
        "The tour, which began on 3 May 1843, led them to Omsk.",
        "She arrived in Omsk, where the church, which burned down on 3 May 1840, was being rebuilt.",
        "On the bridge, which was finished on 7 July 1912, she came to Omsk.",
    ],
)
def test_a_time_in_an_aside_is_not_that_of_the_visit(text):
    omsk = stop(pipeline.build(text), "Omsk")
    assert (omsk.arrive, omsk.depart, omsk.when_told) == (None, None, None)


def test_a_weekday_without_a_publication_date_stays_words():
    oslo = pipeline.build("The president arrived in Oslo on Sunday.").visits[0]
    assert (oslo.arrive, oslo.depart, oslo.when_told) == (None, None, "Sunday")


def test_a_weekday_is_a_day_of_the_week_before_publication():
    oslo = pipeline.build("The president arrived in Oslo on Sunday.", "2023-09-20").visits[0]
    assert (oslo.arrive.isoformat(), oslo.when_told) == ("2023-09-17", None)


@pytest.mark.parametrize("published", [None, "2023-09-20"])
def test_a_text_without_dates_gets_none(published):
    text = "Ann left Lisbon and took the train to Madrid. From Madrid she travelled to Seville."
    journey = pipeline.build(text, published)
    assert names(journey) == ["Lisbon", "Madrid", "Seville"]
    assert all((v.arrive, v.depart, v.when_told) == (None, None, None) for v in journey.visits)
    assert (journey.dates, journey.days) == ((), None)


# --- people met on the way --------------------------------------------------------------------------------------------


def test_a_title_tells_whom_a_pronoun_stands_for():
    journey = pipeline.build("On 3 May 1843 Ann Holm left Oslo. In Berlin she met Mr. Kunz. Then she travelled to Prague.")
    assert journey.traveller == "Ann Holm"


def test_where_an_acquaintance_comes_from_is_no_stop():
    journey = pipeline.build("Ann Holm arrived in Berlin, where she met Mr. Kunz from Vienna. Then she travelled to Prague.")
    assert [visit.name for visit in journey.visits] == ["Berlin", "Prague"]
