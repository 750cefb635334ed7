"""Claims about schedules: day lists, dated lines and tables are read by where a name stands in them."""

import pytest

from itinerary import pipeline

TOUR = """Spring tour of the Harbour Band

Apr 3, 2019 – Paradiso, Amsterdam, Netherlands
Apr 5, 2019 – Ancienne Belgique, Brussels, Belgium
Apr 8, 2019 – Luxor, Cologne, Germany
Apr 9, 2019 – Mojo Club, Hamburg, Germany
"""
FERRIES = """Getting there

From | To | By
Bergen | Stavanger | bus
Stavanger | Hamburg | ferry
Hamburg | Copenhagen | train
"""
WALK = """Five days on foot

Day 1: Porto – Barcelos (49 km)

Day 2: Barcelos – Ponte de Lima (31 km)

Day 3: Ponte de Lima – Valença (38 km)

Day 4: Train back to Porto
"""


def stops(text, published=None):
    return [visit.place.name for visit in pipeline.build(text, published).visits]


def arrivals(text, published=None):
    return [visit.arrive.isoformat() if visit.arrive else None for visit in pipeline.build(text, published).visits]


def test_each_line_of_a_tour_is_the_town_and_not_the_venue():
    assert stops(TOUR) == ["Amsterdam", "Brussels", "Cologne", "Hamburg"]


def test_each_line_of_a_tour_has_its_date():
    assert arrivals(TOUR) == ["2019-04-03", "2019-04-05", "2019-04-08", "2019-04-09"]


def test_a_table_of_legs_is_one_way_from_the_first_origin_to_the_last_destination():
    assert stops(FERRIES) == ["Bergen", "Stavanger", "Hamburg", "Copenhagen"]


def test_the_days_of_a_plan_follow_one_another_and_a_return_is_a_stop_again():
    assert stops(WALK) == ["Porto", "Barcelos", "Ponte de Lima", "Valença", "Porto"]


def test_a_plan_told_twice_is_one_plan():
    again = "\n\n".join([WALK, "The days at length", *WALK.splitlines()[2::2]])
    assert stops(again) == stops(WALK)


def test_days_count_from_the_start_that_the_text_tells():
    assert arrivals(WALK) == [None] * 5
    dated = WALK.replace("on foot", "on foot\n\nOur walk starts on 3 May 2024.")
    assert arrivals(dated) == ["2024-05-03", "2024-05-03", "2024-05-04", "2024-05-05", "2024-05-06"]


def test_a_name_alone_behind_its_day_is_a_stop():
    assert stops("Portugal\n\nDay 1: Lisbon\n\nDay 2: Coimbra\n\nDay 3: Braga\n") == ["Lisbon", "Coimbra", "Braga"]


def test_two_starts_are_no_start():
    dated = WALK.replace("on foot", "on foot\n\nOne group starts on 3 May 2024, the other starts on 10 May 2024.")
    assert arrivals(dated) == [None] * 5


@pytest.mark.parametrize(
    "text",
    [
        "Host cities\n\n2015 | Oslo | 120\n2016 | Bergen | 90\n2017 | Trondheim | 99\n2018 | Stavanger | 80\n",
        "Results\n\n3 May: Brann v Molde, Bergen\n4 May: Viking v Lyn, Stavanger\n5 May: Odd v Start, Skien\n",
    ],
    ids=["an event of every year", "matches"],
)
def test_a_list_that_is_no_journey_is_not_read_as_one(text):
    from itinerary import dates, geocoding, reading, toponyms
    from itinerary.visits import scene_for
    from itinerary.visits.schedule import schedule_of

    document = reading.read(text)
    gazetteer = pipeline.shared_gazetteer()
    resolved = geocoding.resolve(document, toponyms.find(document, gazetteer), gazetteer)
    scene = scene_for(document, resolved, dates.find(text, parse=document.parse))
    assert schedule_of(scene).entries == ()
