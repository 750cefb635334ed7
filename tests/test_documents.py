"""Claims about documents: whatever a text comes in, the same text comes out, with what the file tells about it."""

import datetime as dt
import subprocess
import sys
from pathlib import Path

import pytest

from itinerary import reading
from itinerary.errors import InputError, ItineraryError, UnknownFormat, UnreadableText
from itinerary.reading import SourceKind, apart, limits, pdf, worker
from itinerary.reading.source import Source
from tests import documents as made

PROSE = (
    "Ann left the harbour of Bergen early in the morning, and the ship was full of people who had never been at sea before, so "
    "that nobody slept and everybody talked until the lights of the islands came up from the dark water in front of them."
)
MORE = (
    "The next day they walked to Scalloway, an old town on the other side of the island, and came back by cart in the rain, "
    "singing all the way because the driver had a bottle and a wish to share it with strangers from the other shore."
)
PRINTED = """Ann left the harbour of Bergen early in the morning, and the ship was
full of people who had never been at sea before, so that nobody slept
and everybody talked until the lights of the islands came up from the
dark water in front of them."""


def opened(data: bytes, name: str = "") -> Source:
    """What is read, in this process: quicker, and by the same readers."""
    kind = reading.sniffing.kind_of(data, name)
    return worker.extracted(data, kind, name=name)


# --- which kind -------------------------------------------------------------------------------------------------------

KINDS = {
    SourceKind.PDF: made.pdf([made.printed(PRINTED)]),
    SourceKind.WORD: made.docx(made.paragraph(PROSE)),
    SourceKind.MAIL: made.mail(PROSE),
    SourceKind.PAGE: made.page(f"<p>{PROSE}</p>"),
    SourceKind.TEXT: PROSE.encode(),
}


@pytest.mark.parametrize("kind", KINDS)
@pytest.mark.parametrize("name", ["", "walk.bin", "walk.txt"])
def test_the_content_tells_what_a_file_is(kind, name):
    source = reading.open_document(KINDS[kind], name)
    assert (source.kind, source.name) == (kind, name)
    assert " ".join(source.text.split()).endswith(PROSE)


@pytest.mark.parametrize("name", ["walk.md", "WALK.MD", "https://example.org/a/walk.markdown?x=.txt#y.html"])
def test_the_name_tells_markdown_from_plain_text(name):
    assert reading.open_document(b"# Walk\n\nTo *Bergen*.", name).text == "Walk\n\nTo Bergen."


def test_a_plain_text_stays_as_it_is_whatever_it_looks_like():
    text = "# Walk\n\n> To *Bergen* <b>by</b> sea.\n"
    source = reading.open_document(text.encode(), "walk.txt")
    assert (source.text, source.title, source.published, source.notes) == (text, None, None, ())


def test_a_plan_from_one_town_to_another_is_no_e_mail():
    assert reading.open_document(b"From: Oslo\nTo: Bergen\nDate: 3 May 2024\n\nBy train.", "plan").kind is SourceKind.TEXT


def test_what_a_server_says_counts_before_the_ending():
    source = reading.open_document("<p>To Łódź</p>".encode("iso-8859-2"), "walk.txt", media_type="text/html; charset=iso-8859-2")
    assert (source.kind, source.text) == (SourceKind.PAGE, "To Łódź")


@pytest.mark.parametrize(
    ("data", "words"),
    [
        (b"\x89PNG\r\n\x1a\n\0\0\0\rIHDR", "picture"),
        (b"\xff\xd8\xff\xe0\0\x10JFIF", "picture"),
        (b"{\\rtf1 Bergen}", "RTF"),
        (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(500), "old office program"),
        (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + "EncryptedPackage".encode("utf-16-le"), "password"),
        (made.packed({"a.txt": b"Bergen"}), "unpack"),
        (made.packed({"mimetype": b"application/vnd.oasis.opendocument.text"}), "no Word document|unpack"),
        (made.packed({"xl/workbook.xml": b"<x/>"}), "no Word document"),
        (b"\x1f\x8b\x08\0", "unpack"),
    ],
)
def test_what_is_not_read_is_refused_with_what_to_do(data, words):
    with pytest.raises(UnknownFormat, match=words) as refused:
        reading.open_document(data, "walk.txt")
    assert any(word in str(refused.value) for word in ("give", "save"))


@pytest.mark.parametrize("data", [b"", b" \r\n\t"])
def test_an_empty_file_is_said_to_be_empty(data):
    with pytest.raises(InputError, match="empty"):
        reading.open_document(data, "walk.docx")


@pytest.mark.parametrize("data", ["To Bergen.", bytearray(b"To Bergen."), None])
def test_what_is_not_bytes_is_refused(data):
    with pytest.raises(InputError, match="given as bytes"):
        reading.open_document(data)


def test_a_file_too_large_is_refused_before_it_is_read(monkeypatch):
    monkeypatch.setattr(limits, "LARGEST_FILE", 1_000_000)
    with pytest.raises(InputError, match="2 MB; at most 1 MB"):
        reading.open_document(b"\x89PNG" + bytes(2_000_000), "walk.txt")


# --- Markdown ---------------------------------------------------------------------------------------------------------


def test_markdown_loses_its_marks_and_keeps_its_shape():
    text = """# North

We went to **Bergen** and [Lerwick](https://x.example "t"), ![a boat](b.png)
and `home`.

## Plan

1. Oslo
2. Bergen
   - by *boat*

| Day | Where |
|:---:|-------|
| 1 | Oslo |
| 2 | Bergen \\| Os |

> said Ann<br>twice
"""
    assert opened(text.encode(), "a.md").text.split("\n\n") == [
        "North",
        "We went to Bergen and Lerwick,\nand home.",
        "Plan",
        "1. Oslo\n2. Bergen\n- by boat",
        "Day | Where\n1 | Oslo\n2 | Bergen | Os",
        "said Ann\ntwice",
    ]


def test_the_fields_at_the_head_of_a_markdown_file_give_title_and_date():
    source = opened(b'---\ntitle: "North"\ndate: 2023-05-03T10:00\ntags: [a]\n---\nTo Bergen.\n', "a.md")
    assert (source.text, source.title, source.published) == ("North\n\nTo Bergen.", "North", dt.date(2023, 5, 3))


def test_a_rule_at_the_head_of_a_markdown_file_is_no_field():
    assert opened(b"---\n\nTo Bergen.\n\n---\n\nHome.\n", "a.md").text == "To Bergen.\n\nHome."


# --- pages ------------------------------------------------------------------------------------------------------------

ARTICLE = made.page(
    f"<nav><a href=/>Home</a> <a href=/x>Sport</a></nav><article><h1>Ann’s voyage</h1><p>{PROSE}</p><h2>Plan</h2>"
    f"<p>{MORE}</p><ul><li>Bergen</li><li>Lerwick</li></ul><table><tr><th>Day</th><th>Where</th></tr>"
    "<tr><td>1</td><td>Bergen</td></tr></table></article><footer>© 2020 The Paper</footer><script>var x='Madrid'</script>",
    '<title>Ann’s voyage | The Paper</title><meta property="article:published_time" content="2023-09-17T22:00:00Z">',
)


def test_a_page_gives_its_article_with_title_and_date():
    source = opened(ARTICLE)
    assert (source.title, source.published, source.dated_by) == ("Ann’s voyage", dt.date(2023, 9, 17), "the page's own date")
    assert source.text.split("\n\n") == [
        "Ann’s voyage", PROSE, "Plan", MORE, "- Bergen\n- Lerwick", "Day | Where\n1 | Bergen",
    ]  # fmt: skip


def test_a_year_in_the_small_print_is_no_date():
    assert opened(made.page(f"<p>{PROSE}</p><p>{MORE}</p><footer>© 2020 The Paper</footer>")).published is None


def test_a_page_that_is_no_article_gives_all_it_shows():
    page = made.page("<h1>Plan</h1><div>Day 1: Bergen</div><div>Day 2: <b>Lerwick</b><br>by boat</div><ul><li>Oslo</li></ul>")
    text = opened(page).text
    assert [line for line in text.splitlines() if line] == ["Plan", "Day 1: Bergen", "Day 2: Lerwick", "by boat", "- Oslo"]


def test_places_where_a_browser_may_cut_a_word_are_not_in_the_text():
    assert "Copenhagen" in opened(made.page(f"<p>To Copen&shy;ha\u200bgen. {PROSE}</p>")).text


PLAN = [
    (f"Day {n}", place, f"Walk, boat, bus number {n}") for n, place in enumerate(("Oslo", "Bergen", "Lerwick", "Tórshavn"), 1)
]


@pytest.mark.parametrize(
    "body",
    [
        "<table>" + "".join(f"<tr><td>{day}</td><td>{place}</td><td>{what}</td></tr>" for day, place, what in PLAN) + "</table>",
        "<dl>" + "".join(f"<dt>{day}</dt><dd>{place}: {what}</dd>" for day, place, what in PLAN) + "</dl>",
        "<ul>" + "".join(f"<li><b>{day}</b> {place} {what}</li>" for day, place, what in PLAN) + "</ul>",
        "".join(f"<section><h3>{day}: {place}</h3><p>{what}</p></section>" for day, place, what in PLAN),
        "".join(f"<div class=day><span>{day}</span><div>{place}</div><div>{what}</div></div>" for day, place, what in PLAN),
    ],
    ids=["table", "definitions", "list", "sections", "boxes"],
)
@pytest.mark.parametrize("intro", ["", f"<p>{PROSE}</p><p>{MORE}</p>"], ids=["bare", "with prose"])
def test_a_plan_survives_whatever_its_page_is_built_of(body, intro):
    text = opened(
        made.page(f"<nav><a href=/>Home</a></nav><main><h1>North</h1>{intro}{body}</main><footer>Imprint</footer>")
    ).text
    plan = text[text.index("Day 1") :]
    at = [plan.index(words) for day, place, what in PLAN for words in (day, place, what)]
    assert at == sorted(at)
    assert "Imprint" not in text and "Home" not in text


@pytest.mark.parametrize("encoding", ["utf-8", "iso-8859-2", "windows-1250", "utf-16"])
def test_a_page_is_read_in_the_encoding_that_it_names(encoding):
    assert "Łódź" in opened(made.page(f"<p>Łódź {PROSE}</p>", encoding=encoding)).text


@pytest.mark.parametrize("declared", ["nonsense", "rot13", "zlib", "", "utf-8\0"])
def test_a_page_that_names_no_encoding_is_still_read(declared):
    page = f"<html><head><meta charset='{declared}'></head><body><p>Zürich {PROSE}</p></body></html>".encode()
    assert "Zürich" in opened(page).text


@pytest.mark.parametrize("body", ["", "<script>document.write('Bergen')</script>", "<img src=x>", "<p> </p>"])
def test_a_page_without_text_is_refused_in_one_sentence(body):
    with pytest.raises(UnreadableText, match="web page holds no text"):
        opened(made.page(body, "<script>var a = 'Bergen to Lerwick'</script>"))


def test_a_page_too_large_is_refused_before_it_is_taken_apart(monkeypatch):
    monkeypatch.setattr(limits, "LARGEST_PAGE", 1_000_000)
    with pytest.raises(InputError, match="2 MB; at most 1 MB"):
        opened(made.page("a" * 2_000_000))


@pytest.mark.parametrize("markup", ["http://127.0.0.1:1/", "<p>http://127.0.0.1:1/</p>", "<html>http://127.0.0.1:1/"])
def test_a_page_that_is_an_address_is_not_fetched(markup):
    assert "127.0.0.1" in reading.open_document(markup.encode(), "a.html").text


def test_no_entity_of_a_page_reads_a_file(tmp_path):
    (tmp_path / "secret").write_text("Madrid", encoding="utf-8")
    page = (
        f'<!DOCTYPE html [<!ENTITY x SYSTEM "file://{tmp_path}/secret">]><html><body><p>To Bergen &x; {PROSE}</p></body></html>'
    )
    assert "Madrid" not in opened(page.encode(), "a.html").text


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


# --- the process apart ------------------------------------------------------------------------------------------------


def test_a_reader_that_hangs_is_stopped(monkeypatch):
    monkeypatch.setattr(limits, "LONGEST_READING", 0.01)
    with pytest.raises(UnreadableText, match=r"not read within.*\.txt"):
        reading.open_document(made.mail(PROSE), "a.eml")


def test_a_reader_that_crashes_takes_nothing_along(monkeypatch):
    monkeypatch.setattr(apart.sys, "executable", "/bin/false")
    with pytest.raises(UnreadableText, match=r"damaged or far too large.*\.txt"):
        reading.open_document(made.mail(PROSE), "a.eml")


@pytest.mark.parametrize(
    "deed",
    [
        "import socket; socket.create_connection(('127.0.0.1', 1))",
        "import socket; socket.getaddrinfo('example.org', 80)",
        "import subprocess; subprocess.run(['true'])",
        "import os; os.system('true')",
        "open('spoiled', 'w')",
        "import os; os.open('spoiled', os.O_CREAT | os.O_WRONLY)",
        "import os; os.remove('kept')",
        "import pathlib; pathlib.Path('spoiled').mkdir()",
        "x = bytearray(4_000_000_000)",
    ],
)
def test_a_reader_that_was_taken_over_could_do_nothing(deed, tmp_path):
    (tmp_path / "kept").touch()
    root = Path(reading.__file__).parents[2]
    script = f"import sys; sys.path.insert(0, {str(root)!r})\nfrom itinerary.reading import worker\nworker._bound()\n{deed}"
    done = subprocess.run([sys.executable, "-B", "-c", script], cwd=tmp_path, capture_output=True, text=True, check=False)
    assert done.returncode == 1
    assert "PermissionError" in done.stderr or "MemoryError" in done.stderr
    assert [path.name for path in tmp_path.iterdir()] == ["kept"]


@pytest.mark.parametrize("name", ["-h", "--version", "a\0b", "\ud800", "x" * 300_000, "a\nb.eml"])
def test_no_name_of_a_file_confuses_its_reader(name):
    source = reading.open_document(made.mail(PROSE), name)
    assert (source.name, source.text) == (name, f"North\n\n{PROSE}")


def test_a_source_survives_the_way_between_two_processes():
    source = Source("To Łódź\ud800\n", SourceKind.MAIL, "a", "T", dt.date(2023, 5, 3), "words", ("one", "two"), "https://x")
    assert apart.unpacked(apart.packed(source)) == source
    with pytest.raises(UnknownFormat, match="why"):
        apart.unpacked(apart.packed(UnknownFormat("why")))


def test_plain_text_needs_no_library_of_a_format():
    script = (
        "import sys; from itinerary import reading\nreading.open_document('To Zürich.'.encode(), 'a.txt')\n"
        "print(sorted({'lxml', 'trafilatura', 'pypdfium2', 'markdown_it', 'spacy', 'email'} & set(sys.modules)))"
    )
    done = subprocess.run([sys.executable, "-c", script], capture_output=True, text=True, check=True)
    assert done.stdout.strip() == "[]"
