"""Claims about the order of visits: what the words say of the way, then the dates, then the telling."""

import pytest

from itinerary import pipeline


def names(text, published=None):
    """The stops by name, in the order travelled."""
    return [visit.name for visit in pipeline.build(text, published).visits]


# --- within a sentence ------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("text", "order"),
    [
        ("She arrived in Rome from Paris.", ["Paris", "Rome"]),
        ("She travelled from Paris to Rome.", ["Paris", "Rome"]),
        ("She flew to Madrid from Lisbon via Seville.", ["Lisbon", "Seville", "Madrid"]),
        ("They travelled to Marseille from Paris.", ["Paris", "Marseille"]),
    ],
)
def test_the_origin_comes_before_the_way_and_the_way_before_the_end(text, order):
    assert names(text) == order


@pytest.mark.parametrize(
    ("text", "order"),
    [
        ("Before going to Vienna he visited Prague.", ["Prague", "Vienna"]),
        ("She went to Vienna after leaving Prague.", ["Prague", "Vienna"]),
        ("After leaving Prague she went to Vienna.", ["Prague", "Vienna"]),
        ("He drove to Lyon before flying to Rome.", ["Lyon", "Rome"]),
    ],
)
def test_before_and_after_count_wherever_they_stand(text, order):
    assert names(text) == order


def test_a_list_keeps_the_order_of_its_telling():
    assert names("She travelled to Siena, Lucca and Pisa.") == ["Siena", "Lucca", "Pisa"]


# --- between sentences ------------------------------------------------------------------------------------------------


def test_without_dates_the_telling_is_the_order():
    text = "Ann left Oslo and took the train to Malmö. She went on to Bremen. Later she arrived in Bergen."
    assert names(text) == ["Oslo", "Malmö", "Bremen", "Bergen"]


def test_a_dated_visit_told_late_moves_to_where_its_date_puts_it():
    text = "On 10 May 1843 she arrived in Rome. On 20 May 1843 she reached Naples. On 3 May 1843 she had left Venice."
    assert names(text) == ["Venice", "Rome", "Naples"]


def test_undated_visits_move_with_the_dated_one_before_them():
    text = "On 10 May 1843 she arrived in Rome. She went on to Bari. On 3 May 1843 she reached Venice. She went on to Padua."
    assert names(text) == ["Venice", "Padua", "Rome", "Bari"]


def test_weekdays_are_ordered_once_they_have_a_calendar():
    text = "The king arrived in Bergen on Friday. He had arrived in Oslo on Tuesday."
    assert names(text, "2023-09-17") == ["Oslo", "Bergen"]


def test_a_time_that_overlaps_another_leaves_the_telling_alone():
    assert names("She arrived in Rome on 10 May 1843. In May 1843 she reached Naples.") == ["Rome", "Naples"]


def test_visits_are_ranked_as_they_stand():
    journey = pipeline.build("She arrived in Rome from Paris. Then she travelled to Naples.")
    assert [v.rank for v in journey.visits] == [1, 2, 3]


# --- reports that open with the end -----------------------------------------------------------------------------------

REPORT = """King ends his tour

The king left Oslo by train on Sunday, ending his six-day trip to Norway.

He arrived in Bergen on Tuesday. On Wednesday he travelled to Trondheim. On Friday he visited Hamar."""


@pytest.mark.parametrize("published", [None, "2023-09-18"])
def test_a_report_that_opens_with_the_end_has_its_departure_last(published):
    assert names(REPORT, published) == ["Bergen", "Trondheim", "Hamar", "Oslo"]


def test_the_departure_of_a_journey_not_over_stays_first():
    going_on = REPORT.replace("King ends his tour", "King on tour").replace(", ending his six-day trip to Norway", "")
    assert names(going_on)[0] == "Oslo"


def test_a_text_that_opens_where_it_has_arrived_tells_its_origin_second():
    assert names("We are in Lisbon at last, in a quiet inn. On 3 May we left Madrid by the night train.") == ["Madrid", "Lisbon"]


def test_a_departure_later_on_is_no_look_back():
    text = "She left Oslo. She stayed a week in Bergen. After that she left Stavanger for Aberdeen."
    assert names(text) == ["Oslo", "Bergen", "Stavanger", "Aberdeen"]


# --- what is not told -------------------------------------------------------------------------------------------------


def test_a_bare_list_leaves_its_order_open():
    first, *listed = pipeline.build("She arrived in Oslo. During the summer she visited Bergen, Trondheim and Stavanger.").visits
    assert first.order_told and not any(visit.order_told for visit in listed)
    assert len({visit.rank for visit in listed}) == 1 and first.rank < listed[0].rank


def test_a_list_with_then_or_with_dates_tells_its_order():
    for text in (
        "She arrived in Oslo. She visited Bergen, Trondheim and then Stavanger.",
        "She visited Bergen in 1843, Trondheim in 1844 and Stavanger in 1845.",
    ):
        assert all(visit.order_told for visit in pipeline.build(text).visits)
