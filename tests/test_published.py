"""Claims about what a text shows of itself: the day it was published, and how it writes dates in figures."""

import datetime as dt

import pytest

from itinerary.reading import open_document, proposed_date, proposed_order

LONG = "Ann went on and on along the coast until she saw the lights of Bergen. " * 20


@pytest.mark.parametrize(
    ("text", "day", "words"),
    [
        ("The king's tour\n\nPublished 17 September 2023\n\n", "2023-09-17", "Published 17 September 2023"),
        ("By Jane Doe | First published: Sun, Sep. 17th, 2023", "2023-09-17", "First published: Sun, Sep. 17th, 2023"),
        ("Updated 3 May 2020\nPosted on May 2, 2020", "2020-05-02", "Posted on May 2, 2020"),
        ("Posted by Ann on 3 May 2021", "2021-05-03", "Posted by Ann on 3 May 2021"),
        ("Publication date: 2024-05-03", "2024-05-03", "Publication date: 2024-05-03"),
        ("Written at Naples, 3 May 1843", "1843-05-03", "Written at Naples, 3 May 1843"),
        ("ROME, June 3, 2019 (AP) — The king left for Denmark.", "2019-06-03", "ROME, June 3, 2019 (AP)"),
        ("A tour\n\nBy Jane Doe, 17 September 2023\n\n", "2023-09-17", "By Jane Doe, 17 September 2023"),
        ("Paris, 3 May 1843.\n\nDear Ann,\n\n", "1843-05-03", "Paris, 3 May 1843"),
        (
            "Stratford-upon-Avon, the 3rd day of May, 1843\n\nDear Ann,",
            "1843-05-03",
            "Stratford-upon-Avon, the 3rd day of May, 1843",
        ),
        ("September 17, 2023\n\nThe king's tour\n\n", "2023-09-17", "September 17, 2023"),
    ],
)
def test_a_text_that_dates_itself_is_dated_with_its_words(text, day, words):
    proposed = proposed_date(text + "\n" + LONG)
    assert (proposed.day, proposed.words) == (dt.date.fromisoformat(day), words)


@pytest.mark.parametrize("foot", ["Yours, Ann\nLondon, 3 May 1843", "Published 3 May 1843", "3 May 1843"])
def test_a_text_may_date_itself_at_its_end(foot):
    assert proposed_date(f"Dear Bo,\n\n{LONG}\n\n{LONG}\n\n{foot}\n").day == dt.date(1843, 5, 3)


@pytest.mark.parametrize(
    "text",
    [
        "",
        LONG,
        "On 3 May 1843 Ann left Oslo.",
        "3 May 1843. We left Oslo.\n\n4 May. Bergen.",
        "3 May 1843\n\nWe left Oslo.\n\n4 May 1843\n\nBergen.",
        "Oslo, 3 May 1843\n\nDear Bo,\n\n...\n\nBergen, 9 May 1843\n\nDear Bo,",
        "Trip\n\nDay 1: 3 May 2025\nDay 2: 4 May 2025",
        "Date: 3 May 2024\nFrom: Oslo",
        "Departure 3 May 2024\nTo Bergen.",
        "Updated 3 May 2020",
        "Published 31 February 2020",
        "Published in May 2020",
        "Published on 03/05/2020",
        "Her book was published on 3 May 1843, when she had long left for Iceland with a friend who drew what she saw.",
        "She sailed.\n" * 9 + "Published 3 May 1843\n" + "She slept.\n" * 9,
    ],
)
def test_a_text_that_dates_its_days_or_nothing_is_not_dated(text):
    assert proposed_date(text) is None


def test_a_file_is_dated_by_its_text_when_it_has_no_date_of_its_own():
    source = open_document(b"Paris, 3 May 1843\n\nDear Ann,\n\nI left.", "letter.txt")
    assert (source.published, source.dated_by) == (dt.date(1843, 5, 3), "“Paris, 3 May 1843”")


@pytest.mark.parametrize(
    ("text", "day_first"),
    [
        ("On 25/03/2019 and 1/2/2019", True),
        ("On 03/25/2019 and 1/2/2019", False),
        ("25.12.2020", True),
        ("25-12-20", True),
        ("1/2/2019", None),
        ("25/03/2019, then 03/25/2019", None),
        ("13/14/2019", None),
        ("32/01/2019", None),
        ("version 1.25.2020.1 of 24/7", None),
        ("2019/25/03", None),
    ],
)
def test_a_date_that_allows_one_order_shows_the_order(text, day_first):
    order = proposed_order(text)
    assert (order and order.day_first) is day_first
    assert order is None or order.words in text


@pytest.mark.parametrize("piece", ["3 May ", "1/", "A ", "Published ", "By A, ", "a", "\n3 May 1843", "\u0660"])
def test_no_text_keeps_us_waiting(piece):
    text = piece * 300_000
    assert proposed_date(text) is None
    assert proposed_order(text) is None
