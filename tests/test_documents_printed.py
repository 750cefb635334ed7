"""Claims about PDF, Word and mail: layout becomes paragraphs again, and what is no text is left out."""

import datetime as dt

import pytest

from itinerary import reading
from itinerary.errors import InputError, ItineraryError, UnreadableText
from itinerary.reading import limits, pdf
from tests import documents as made
from tests.documents import PRINTED, PROSE, opened

# --- PDF --------------------------------------------------------------------------------------------------------------


def test_the_lines_of_a_pdf_become_paragraphs_again():
    page = [*made.printed(PRINTED), *made.printed(PRINTED.replace("Ann", "Bo"), top=640)]
    assert opened(made.pdf([page])).text.split("\n\n") == [PROSE, PROSE.replace("Ann", "Bo")]


def test_words_cut_at_a_line_end_are_whole_again_and_real_hyphens_stay():
    text = """She sailed from Bergen to the Shetland islands with every-
body on board, and from there by train to Komsomolsk-on-
Amur, where a north-
west wind blew; the north-west wind is the worst, said every-
one who was on deck."""
    words = opened(made.pdf([made.printed(text)])).text
    assert "everybody on board" in words and "everyone who" in words
    assert "Komsomolsk-on-Amur" in words and "a north-west wind" in words


def test_letters_that_print_as_one_sign_are_letters_again():
    assert pdf._character(0xFB03) + pdf._character(0x2) + pdf._character(0x41) == "ffi\u00adA"


def test_heads_and_feet_of_pages_are_dropped():
    sentences = [f"On day {word} they sailed on and saw {word} whales." for word in ("one", "two", "three", "four", "five")]
    pages = [
        [made.line("A Voyage North", 760, size=9), *made.printed(sentence), made.line(f"{n}", 40, x=300)]
        for n, sentence in enumerate(sentences, 118)
    ]
    assert opened(made.pdf(pages)).text.split("\n\n") == sentences


def test_a_title_that_the_heads_of_the_pages_repeat_is_kept_once():
    pages = [[made.line("A Voyage North", 750, size=9 if n else 24), *made.printed(f"Chapter {word} begins.", 700)] for n, word in
             enumerate(("one", "two", "three"))]  # fmt: skip
    assert opened(made.pdf(pages)).text.split("\n\n")[0] == "A Voyage North"
    assert opened(made.pdf(pages)).text.count("Voyage") == 1


def test_what_a_browser_prints_around_a_page_is_dropped():
    page = [
        made.line("3/5/24, 9:15 PM", 770, size=8),
        *made.printed(PRINTED),
        made.line("https://a.example/walk 1/1", 20, size=8),
    ]
    assert opened(made.pdf([page])).text == PROSE


def test_a_year_as_a_heading_is_no_page_number():
    pages = [[made.line(str(year), 740, size=16), *made.printed(f"That was the year {n}.", 700)] for n, year in
             ((1, 1843), (2, 1844), (3, 1845))]  # fmt: skip
    assert opened(made.pdf(pages)).text.split("\n\n")[:2] == ["1843", "That was the year 1."]


def test_a_sentence_goes_on_over_the_end_of_a_page():
    pages = [made.printed("They sailed north along the coast and saw the"), made.printed("islands rise.\n\nThen it was dark.")]
    assert opened(made.pdf(pages)).text.split("\n\n") == [
        "They sailed north along the coast and saw the islands rise.",
        "Then it was dark.",
    ]


def test_the_lines_of_a_schedule_in_a_pdf_stay_apart():
    plan = ["Day 1: Bergen, walk in the old town", "Day 2: Lerwick, boat to the island", "Day 3: Reykjavik, swim and rest"]
    assert opened(made.pdf([made.printed("\n".join(plan))])).text.split("\n\n") == plan


@pytest.mark.parametrize(("title", "found"), [("A Voyage North", "A Voyage North"), ("Microsoft Word - x.doc", None), ("", None)])
def test_the_title_in_a_pdf_counts_if_its_text_begins_with_it(title, found):
    page = [made.line("A voyage north", 740, size=20), *made.printed(PRINTED, 700)]
    assert opened(made.pdf([page], title=title)).title == found


def test_a_locked_pdf_says_so():
    with pytest.raises(UnreadableText, match="password; save a copy without"):
        reading.open_document(made.locked_pdf(), "a.pdf")


def test_a_pdf_of_pictures_says_so():
    with pytest.raises(UnreadableText, match="text recognition"):
        reading.open_document(made.pdf([["0 0 612 792 re f"], []]), "a.pdf")


def test_a_pdf_with_one_page_of_pictures_tells_which():
    assert opened(made.pdf([made.printed(PRINTED), [], made.printed("The end is here.")])).notes == (
        "Page 2 of the PDF held no text and was left out.",
    )


@pytest.mark.parametrize("cut", [9, 100, 600])
def test_a_damaged_pdf_is_refused_or_read_as_far_as_it_goes(cut):
    with pytest.raises(UnreadableText):
        opened(made.pdf([made.printed(PRINTED)])[:cut])


def test_a_pdf_with_too_many_pages_is_refused(monkeypatch):
    monkeypatch.setattr(limits, "MOST_PAGES", 2)
    with pytest.raises(InputError, match="3 pages; at most 2"):
        opened(made.pdf([made.printed("Bergen")] * 3))


def test_a_program_in_a_pdf_is_not_run():
    action = "/OpenAction << /S /JavaScript /JS (app.launchURL('http://127.0.0.1:1/'); app.alert('x')) >>"
    assert opened(made.pdf([made.printed(PRINTED)], catalog=action)).text == PROSE


# --- Word -------------------------------------------------------------------------------------------------------------


def test_a_word_document_gives_headings_lists_and_tables():
    body = (
        made.paragraph("North", "Titel")
        + made.paragraph("The plan", "berschrift1")
        + made.paragraph("Bergen", "Listenabsatz", listed=True)
        + made.paragraph("Lerwick", "Listenabsatz", listed=True)
        + made.table([["Day", "Where"], ["1", "Bergen & Os"]])
        + made.paragraph(PROSE)
    )
    source = opened(made.docx(body))
    assert source.title == "North"
    assert source.text.split("\n\n") == ["North", "The plan", "- Bergen\n- Lerwick", "Day | Where\n1 | Bergen & Os", PROSE]


def test_deleted_words_are_left_out_and_inserted_ones_kept():
    changed = (
        "<w:del><w:r><w:delText>Madrid</w:delText><w:t>Paris</w:t></w:r></w:del><w:ins><w:r><w:t> Lerwick</w:t></w:r></w:ins>"
        '<w:r><w:instrText>HYPERLINK "http://x"</w:instrText><w:br/><w:t>and</w:t><w:tab/><w:t>home</w:t></w:r>'
    )
    assert opened(made.docx(made.paragraph("To", extra=changed))).text == "To Lerwick\nand home"


def test_footnotes_are_said_to_be_left_out():
    notes = f"<w:footnotes {made.W}>{'<w:footnote/>' * 3}</w:footnotes>".encode()
    assert opened(made.docx(made.paragraph(PROSE), others={"word/footnotes.xml": notes})).notes != ()
    assert opened(made.docx(made.paragraph(PROSE))).notes == ()


def test_a_word_document_that_unpacks_without_end_is_refused(monkeypatch):
    monkeypatch.setattr(limits, "LARGEST_PART", 1_000_000)
    bomb = made.docx(made.paragraph("a" * 50_000_000))
    assert len(bomb) < 100_000
    with pytest.raises(InputError, match="unpacks to more than 1 MB"):
        opened(bomb)


@pytest.mark.parametrize(
    "declaration",
    [
        '<!DOCTYPE x [<!ENTITY a "lol"><!ENTITY b "&a;&a;&a;&a;">]>',
        '<!DOCTYPE x [<!ENTITY a SYSTEM "file:///etc/passwd">]>',
        '<!DOCTYPE x SYSTEM "http://127.0.0.1:1/x.dtd">',
    ],
)
def test_a_word_document_with_entities_is_refused(declaration):
    with pytest.raises(UnreadableText, match="declarations"):
        opened(made.docx(made.paragraph(PROSE), declaration=declaration))


@pytest.mark.parametrize("share", [0.3, 0.6, 0.9])
def test_a_damaged_word_document_is_refused(share):
    data = made.docx(made.paragraph(PROSE))
    with pytest.raises(ItineraryError):
        reading.open_document(data[: int(len(data) * share)], "a.docx")


# --- mail -------------------------------------------------------------------------------------------------------------


def test_a_mail_gives_subject_text_and_the_senders_day():
    source = opened(made.mail("Dear Bo,\n\n> to Bergen\n\nAnn\n-- \nAnn Berg, Madrid\n", subject="AW: Re: Nach Zürich"))
    assert source.text == "Nach Zürich\n\nDear Bo,\n\nto Bergen\n\nAnn"
    assert (source.title, source.published, source.notes) == ("Nach Zürich", dt.date(2023, 9, 17), ())


def test_a_mail_in_html_is_read_and_its_attachments_are_counted():
    source = opened(made.mail(markup="<p>To <b>Bergen</b>,<br>then home</p><style>p{}</style>", attached=b"%PDF-1.4 Madrid"))
    assert (source.text, source.notes) == ("North\n\nTo Bergen,\nthen home", ("1 attachment was left out.",))


def test_of_two_versions_of_a_mail_the_plain_one_is_read():
    assert opened(made.mail("To Bergen.", markup="<p>To Madrid.</p>")).text == "North\n\nTo Bergen."


def test_a_mail_in_several_parts_is_read_to_its_end():
    parts = "".join(f"--b\n\n{words}\n" for words in ("To Bergen.", "Then home."))
    data = f"Message-ID: <x@y>\nMIME-Version: 1.0\nContent-Type: multipart/mixed; boundary=b\n\n{parts}--b--\n"
    assert opened(data.encode()).text.split("\n\n") == ["To Bergen.", "Then home."]


def test_a_mail_with_an_attachment_alone_says_so():
    with pytest.raises(UnreadableText, match="e-mail holds no text"):
        opened(made.mail("\n", attached=b"x"))


@pytest.mark.parametrize("date", ["", "yesterday", "Mon, 99 Foo 20x3", "Mon, 31 Feb 2023 10:00:00 +0000"])
def test_a_mail_with_an_odd_date_has_none(date):
    data = f"Message-ID: <x@y>\nFrom: a@b.example\nDate: {date}\nSubject: =?utf-8?q?N=C3=B6rth?=\n\nTo Bergen.".encode()
    assert (opened(data).published, opened(data).title) == (None, "Nörth")
