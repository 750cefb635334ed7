"""The plain table of the terminal."""

from itinerary import summary
from itinerary.model import Itinerary


def test_the_table_tells_order_place_country_day_and_kilometres(journey: Itinerary) -> None:
    lines = summary.table(journey).splitlines()
    assert lines[:2] == ["Ann’s summer", "Traveller: Ann"]
    assert lines[4].split() == ["1", "Bergen", "NO", "0"]
    assert lines[5].split() == ["2", "Lerwick", "GB", "1843-05-03", "359", "359"]
    assert lines[6].split() == ["3", "Reykjavík", "(planned)", "IS", "359", "719"]
    assert lines[-1] == "3 stops, 3 countries, 719 km"


def test_columns_stand_under_their_heads(journey: Itinerary) -> None:
    lines = summary.table(journey).splitlines()
    assert lines[3].index("country") == lines[4].index("NO") == lines[5].index("GB")


def test_an_empty_itinerary_says_so() -> None:
    assert summary.table(Itinerary("Nobody went anywhere.")) == "no stops"


def test_a_text_cannot_command_the_terminal() -> None:
    assert "\x1b" not in summary.table(Itinerary("x", title="\x1b[2Jgone\x07"))
