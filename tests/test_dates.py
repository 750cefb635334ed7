"""What the temporal tagger claims, expression by expression."""

from __future__ import annotations

import datetime as dt

import pytest

from itinerary.dates import DayHeading, day_headings, find
from itinerary.dates.feasts import easter
from itinerary.model import DateMention, Day, Precision, Span

FRIDAY = dt.date(2013, 3, 22)


def values(text: str, published: dt.date | None = None, *, day_first: bool | None = None) -> list[tuple[str, str]]:
    """Words and TIMEX3 value of each mention."""
    return [(m.surface, m.value) for m in find(text, published, day_first=day_first)]


def only(text: str, published: dt.date | None = None) -> DateMention:
    """The single mention of a text."""
    (mention,) = find(text, published)
    return mention


FULL_DATES = [
    ("On September 1, 1939, it began.", "September 1, 1939", "1939-09-01"),
    ("on 9 September 1914 the", "9 September 1914", "1914-09-09"),
    ("On Saturday, June 24, 1950, he", "Saturday, June 24, 1950", "1950-06-24"),
    ("the 20th of July 1811 was", "the 20th of July 1811", "1811-07-20"),
    ("on the twenty-first day of June, 1703", "the twenty-first day of June, 1703", "1703-06-21"),
    ("5 may 1843", "5 may 1843", "1843-05-05"),
    ("Sept. 11, 2001.", "Sept. 11, 2001", "2001-09-11"),
    ("On 2019-03-02 we", "2019-03-02", "2019-03-02"),
    ("It was 22 December 44 BC.", "22 December 44 BC", "BC0044-12-22"),
    ("in AD 43 they", "AD 43", "0043"),
    ("In 490 BC the", "490 BC", "BC0490"),
    ("February of 1940 saw", "February of 1940", "1940-02"),
    ("By early October 1939 it", "early October 1939", "1939-10"),
    ("until mid-March 1944, when", "mid-March 1944", "1944-03"),
    ("late in the autumn of 1911 they", "late in the autumn of 1911", "1911-FA"),
    ("the winter of 1941–42 was", "the winter of 1941–42", "1941-WI"),
    ("in the third quarter of 2012", "the third quarter of 2012", "2012-Q3"),
    ("the second half of 2008", "the second half of 2008", "2008-H2"),
    ("in the 1840s", "the 1840s", "184"),
    ("in the 4th century BC", "the 4th century BC", "BC03"),
    ("the nineteenth century", "the nineteenth century", "18"),
    ("circa 1550 he", "circa 1550", "1550"),
    ("on Christmas Eve 1776", "Christmas Eve 1776", "1776-12-24"),
    ("at Easter 1506 he", "Easter 1506", "1506-04-12"),
    ("by Michaelmas 1326", "Michaelmas 1326", "1326-09-29"),
    ("On Thanksgiving Day 2012", "Thanksgiving Day 2012", "2012-11-22"),
    ("the night of 3 May 1904", "the night of 3 May 1904", "1904-05-03TNI"),
    ("the March Revolution of 1848", "March", "1848-03"),
]


@pytest.mark.parametrize(("text", "words", "value"), FULL_DATES)
def test_a_date_that_says_all_needs_no_anchor(text: str, words: str, value: str) -> None:
    assert (words, value) in values(text)


RANGES = [
    ("3–7 May 1843", ["1843-05-03", "1843-05-07"]),
    ("May 3–7, 1843", ["1843-05-03", "1843-05-07"]),
    ("from 31 May to 1 June 1916", ["1916-05-31", "1916-06-01"]),
    ("between 1492 and 1504", ["1492", "1504"]),
    ("in 1915–17 it", ["1915", "1917"]),
    ("from October to March 1945", ["1944-10", "1945-03"]),
    ("(499-493 BC)", ["BC0499", "BC0493"]),
    ("June 14 to July 17, 1954", ["1954-06-14", "1954-07-17"]),
    ("on May 4 and 5, 1865", ["1865-05-04", "1865-05-05"]),
    ("6th and 7th May 1843", ["1843-05-06", "1843-05-07"]),
    ("7-Aug-2013", ["2013-08-07"]),
    ("from 10 a.m. to 3 p.m. on Saturday, April 6, 2013", ["2013-04-06T10:00", "2013-04-06T15:00", "2013-04-06"]),
    ("the summer and autumn of 481 BC", ["BC0481-SU", "BC0481-FA"]),
    ("from Tuesday to Friday", ["XXXX-WXX-2", "XXXX-WXX-5"]),
]


@pytest.mark.parametrize(("text", "expected"), RANGES)
def test_the_ends_of_a_range_lend_each_other_what_they_leave_out(text: str, expected: list[str]) -> None:
    assert [value for _, value in values(text)] == expected


NEWS = [
    ("He was arrested on Monday.", "Monday", "2013-03-18"),
    ("He will appear in court on Thursday.", "Thursday", "2013-03-28"),
    ("Police said Friday that he left.", "Friday", "2013-03-22"),
    ("It landed at 10:00 p.m. Thursday.", "10:00 p.m. Thursday", "2013-03-21T22:00"),
    ("Last week it rained.", "Last week", "2013-W11"),
    ("This year it fell.", "This year", "2013"),
    ("Sales fell last month.", "last month", "2013-02"),
    ("from a year earlier", "a year earlier", "2012"),
    ("He resigned in November.", "November", "2012-11"),
    ("It will open in June.", "June", "2013-06"),
    ("profit rose in the fourth quarter", "the fourth quarter", "2012-Q4"),
    ("Yesterday he left.", "Yesterday", "2013-03-21"),
    ("tonight it will", "tonight", "2013-03-22TNI"),
    ("He spoke this morning.", "this morning", "2013-03-22TMO"),
    ("two years ago they met", "two years ago", "2011"),
    ("They now live there.", "now", "PRESENT_REF"),
    ("They recently met.", "recently", "PAST_REF"),
    ("in the near future", "the near future", "FUTURE_REF"),
    ("for decades", "decades", "PXDE"),
    ("in the past two years", "the past two years", "P2Y"),
    ("a 26-year-old man", "a 26-year-old", "P26Y"),
    ("a three-day visit", "a three-day", "P3D"),
    ("the daily flight", "daily", "P1D"),
    ("every Sunday", "every Sunday", "XXXX-WXX-7"),
    ("over the weekend he said", "the weekend", "2013-W11-WE"),
    ("He left Saturday night.", "Saturday night", "2013-03-16TNI"),
    ("next Tuesday they will", "next Tuesday", "2013-03-26"),
]


@pytest.mark.parametrize(("text", "words", "value"), NEWS)
def test_news_speaks_from_its_day_of_publication(text: str, words: str, value: str) -> None:
    assert (words, value) in values(text, FRIDAY)


def test_a_report_keeps_the_year_of_its_background_for_a_sentence() -> None:
    text = "Police said Friday he was arrested in June 2011 and convicted in November.\n\nHe was freed in January."
    assert [v for _, v in values(text, FRIDAY)] == ["2013-03-22", "2011-06", "2011-11", "2013-01"]


def test_a_tour_announced_for_a_later_year_has_its_dates_there() -> None:
    text = "The band said Friday it will tour in June 2014.\n\nDates:\nFeb. 9 -- Tampa\nFeb. 10 -- Miami\n"
    assert [v for _, v in values(text, FRIDAY)] == ["2013-03-22", "2014-06", "2014-02-09", "2014-02-10"]


def test_a_programme_runs_on_past_the_weekdays_of_one_week() -> None:
    text = (
        "The minister will arrive on Saturday. On Monday she will speak. On Thursday she will tour the port. "
        "On Friday she will fly on. On Sunday she will return."
    )
    days = [value for _, value in values(text, FRIDAY)]
    assert days == ["2013-03-23", "2013-03-25", "2013-03-28", "2013-03-29", "2013-03-31"]


STORIES = [
    ("In February 1940 they met. In April they left.", "1940-04"),
    ("In December 1941 they met. In February they left.", "1942-02"),
    ("On 20 September 1917 it began. On the 22nd they left.", "1917-09-22"),
    ("On April 28, 1945 he died. Two days later they left.", "1945-04-30"),
    ("On April 28, 1945 he died. The next day they left.", "1945-04-29"),
    ("On May 10, 1940 it fell. That same day they left.", "1940-05-10"),
    ("In 1492 he sailed. The following spring they left.", "1493-SP"),
    ("On 3 June 1843 they met. Two weeks before, they left.", "1843-W20"),
    ("In June 1843 they met. They left by the end of the year.", "1843"),
    ("On Saturday 3 June 1843 they met. On Tuesday they left.", "1843-06-06"),
    ("On 3 June 1843 they met. At dawn the next day they left.", "1843-06-04"),
    ("On 3 June 1843 they met. That evening they left.", "1843-06-03TEV"),
    ("Documents of 1964, declassified in 2005, say it was in May 1964. On 4 August they left.", "1964-08-04"),
    ("Peru 2016\n\nOn 3 May we left.", "2016-05-03"),
    ("In 490 BC he sailed. The following year they left.", "BC0489"),
    ("In 755, he sailed. They left in May.", "0755-05"),
    ("Tour 1739–1741\n\nThey left on 29 March.", "1739-03-29"),
    ("In May 1839 they met, after the campaign of 1817. They left on 26 November.", "1839-11-26"),
    ("In late 1943 they met. They left in June.", "1943-06"),
]


@pytest.mark.parametrize(("text", "value"), STORIES)
def test_a_story_carries_the_date_forward(text: str, value: str) -> None:
    assert values(text)[-1][1] == value


@pytest.mark.parametrize(("text", "value"), [story for story in STORIES if "day" not in story[0].split(". ")[-1]])
def test_a_story_of_another_time_does_not_look_at_the_day_of_publication(text: str, value: str) -> None:
    assert values(text, dt.date(2019, 12, 19))[-1][1] == value


def test_a_story_that_glances_at_a_year_goes_on_where_it_was() -> None:
    text = "In May 1964 they met. It was told in 2005. In June 1964 they fought. On 4 August they left."
    assert values(text)[-1] == ("4 August", "1964-08-04")


NO_DATES = [
    "May said so, and they may march on.",
    "The troops went on the march.",
    "He was second, a second man.",
    "She taught at the Sunday School and read the Sunday Times.",
    "Some 1500 troops and 2000 men.",
    "He lived in room 1984.",
    "April Smith said no.",
    "She sat in the sun and wed him.",
    "Easter Island",
    "It had to spring up.",
    "the 14th Army",
    "The 4th, 15th, and 3rd Armies",
    "She lives at 1600 Pennsylvania Avenue.",
    "John 3:16",
    "the March of Dimes",
    "the Train of Tomorrow",
    "with the current, downstream",
    "30 February 1900",
    "31/31/2020",
    "0000-00-00",
]


@pytest.mark.parametrize("text", NO_DATES)
def test_words_that_look_like_times_are_none(text: str) -> None:
    assert [m.surface for m in find(text) if m.type == "DATE"] == []


OPEN = [
    ("They left on Sunday.", "XXXX-WXX-7"),
    ("They left on 3 May.", "XXXX-05-03"),
    ("They left in May.", "XXXX-05"),
    ("They left the next day.", "XXXX-XX-XX"),
    ("They left two weeks later.", "XXXX-WXX"),
    ("They left yesterday.", "XXXX-XX-XX"),
    ("They left that evening.", "XXXX-XX-XXTEV"),
    ("They left in spring.", "XXXX-SP"),
]


@pytest.mark.parametrize(("text", "value"), OPEN)
def test_without_an_anchor_nothing_is_invented(text: str, value: str) -> None:
    mention = only(text)
    assert (mention.value, mention.when, mention.edtf) == (value, None, None)


WIDTHS = [
    ("17 September 2023", "2023-09-17", "2023-09-17", Precision.DAY, "2023-09-17"),
    ("September 2023", "2023-09-01", "2023-09-30", Precision.MONTH, "2023-09"),
    ("in 1843", "1843-01-01", "1843-12-31", Precision.YEAR, "1843"),
    ("circa 1843", "1843-01-01", "1843-12-31", Precision.YEAR, "1843~"),
    ("the 1840s", "1840-01-01", "1849-12-31", Precision.DECADE, "184X"),
    ("the 17th century", "1600-01-01", "1699-12-31", Precision.CENTURY, "16XX"),
    ("summer 1843", "1843-06-01", "1843-08-31", Precision.SEASON, "1843-22"),
    ("early May 1843", "1843-05-01", "1843-05-10", Precision.MONTH, "1843-05"),
    ("late 1843", "1843-09-01", "1843-12-31", Precision.YEAR, "1843"),
    ("480 BC", "-0479-01-01", "-0479-12-31", Precision.YEAR, "-0479"),
]


@pytest.mark.parametrize(("text", "first", "last", "precision", "edtf"), WIDTHS)
def test_spans_are_as_wide_as_the_words(text: str, first: str, last: str, precision: Precision, edtf: str) -> None:
    mention = only(text)
    assert mention.when is not None
    assert (mention.when.earliest.isoformat(), mention.when.latest.isoformat()) == (first, last)
    assert (mention.when.precision, mention.edtf) == (precision, edtf)


def test_lengths_and_sets_have_no_place_on_the_calendar() -> None:
    mentions = find("On 3 May 1843 they stayed for three weeks, and went out every Sunday.")
    assert [(m.type, m.when is None) for m in mentions] == [("DATE", False), ("DURATION", True), ("SET", True)]


def test_a_part_of_the_day_knows_its_day() -> None:
    mention = only("They left on the night of 3 May 1904.")
    assert mention.type == "TIME"
    assert mention.when is not None and mention.when.earliest == Day(1904, 5, 3)


def test_each_mention_says_what_it_was_counted_from() -> None:
    first, second = find("In February 1940 they met. In April they left.")
    assert (first.anchor, second.anchor) == (None, "February 1940")
    assert only("He left on Monday.", FRIDAY).anchor == "the day of publication"
    assert all(m.rule for m in (first, second))


def test_days_before_the_reform_are_taken_as_told_and_say_so() -> None:
    mention = only("He landed on 12 October 1492.")
    assert (mention.value, mention.anchor) == ("1492-10-12", "the Julian calendar, as told")
    leap = only("He left on 29 February 1500.")
    assert (leap.value, leap.when) == ("1500-02-29", None)


def test_an_all_figure_date_that_allows_two_orders_is_marked_and_not_placed() -> None:
    mention = only("Arrived 02/03/2019.")
    assert {mention.value, *mention.ambiguous} == {"2019-02-03", "2019-03-02"}
    assert (mention.when, mention.edtf) == (None, "[2019-02-03,2019-03-02]")


def test_a_neighbour_that_allows_one_order_decides_for_the_text() -> None:
    assert [v for _, v in values("02/03/2019: Oslo. 25/03/2019: Bergen.")] == ["2019-03-02", "2019-03-25"]
    assert [v for _, v in values("02/03/2019: Oslo. 03/25/2019: Bergen.")] == ["2019-02-03", "2019-03-25"]


def test_the_setting_overrides_the_order() -> None:
    assert values("02/03/2019", day_first=True) == [("02/03/2019", "2019-03-02")]
    assert values("02/03/2019", day_first=False) == [("02/03/2019", "2019-02-03")]


SIX_DAYS = "The leader concluded his six-day trip on Sunday, state media said. The visit, which began on Tuesday, took him far."


def test_the_length_of_a_trip_agrees_with_its_ends() -> None:
    found = dict(values(SIX_DAYS, dt.date(2023, 9, 17)))
    assert (found["Sunday"], found["Tuesday"]) == ("2023-09-17", "2023-09-12")


def test_a_trip_longer_than_a_week_moves_its_first_day_back() -> None:
    text = "She ended her ten-day trip on Sunday. The trip, which began on Friday, was long."
    found = dict(values(text, dt.date(2023, 9, 17)))
    assert (found["Sunday"], found["Friday"]) == ("2023-09-17", "2023-09-08")


def test_without_dates_the_days_of_a_trip_are_numbered() -> None:
    anchors = {m.surface: m.anchor for m in find(SIX_DAYS) if m.type == "DATE"}
    assert anchors == {"Sunday": "day 6 of 6", "Tuesday": "day 1 of 6"}


def test_day_headings_are_numbered_in_figures_and_words() -> None:
    text = "Day 1: Oslo\nWe left.\nDay Four – Bergen\nDays 5-6, at sea\n## Day 12\nOn day 3 we slept.\nDay by day"
    assert [(h.number, h.last_number) for h in day_headings(text)] == [(1, None), (4, None), (5, 6), (12, None)]
    assert day_headings("Day 7\n") == (DayHeading(Span(0, 5), 7),)


def test_day_headings_have_dates_once_one_is_dated() -> None:
    text = "Day 1 – 30 May 2019\nWe left Oslo.\n\nDay 2\nWe reached Bergen.\n\nDay 3\nThe next day we slept."
    assert values(text)[1:] == [("Day 2", "2019-05-31"), ("Day 3", "2019-06-01"), ("The next day", "2019-06-02")]


def test_the_head_of_a_diary_entry_is_its_today() -> None:
    text = "June 3rd, 2017\n\nToday we walked on. I was tired and we slept.\n\nJune 5\n\nYesterday we saw my brother, we did."
    assert [v for _, v in values(text)] == ["2017-06-03", "2017-06-03", "2017-06-05", "2017-06-04"]


def test_a_weekday_told_with_a_date_chooses_the_year() -> None:
    assert values("They went on Friday, July 21.", dt.date(2018, 3, 1)) == [("Friday, July 21", "2017-07-21")]


@pytest.mark.parametrize("year", range(1900, 2100, 7))
def test_easter_is_a_sunday_in_spring(year: int) -> None:
    day = easter(year)
    assert day is not None
    assert dt.date(day.year, day.month, day.day).isoweekday() == 7
    assert (3, 22) <= (day.month, day.day) <= (4, 25)
