"""Claims about reading: bytes become text, text becomes blocks and a parse, and every offset stays where it was."""

import pytest

from itinerary import reading
from itinerary.errors import InputError, UnreadableText
from itinerary.model import Span
from itinerary.reading import limits, parsing

WRAPPED = """Ann left the harbour of Bergen early in the morning, and the ship was
full of people who had never been at sea before, so that nobody slept
and everybody talked until the lights of the islands came up from the
dark water in front of them."""
SCHEDULE = """Monday 3 May: Bergen, walk in the old town
Tuesday 4 May: Lerwick, boat to the island
Wednesday 5 May: Reykjavik, swim and rest"""


def blocks(text):
    """The words of each block."""
    return [block.of(text) for block in reading.read(text).blocks]


# --- decoding ---------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16"])
def test_unicode_is_read_with_and_without_a_mark(encoding):
    text = "From Zürich to Łódź, then 東京 ✈"
    assert reading.decode(text.encode(encoding)) == text


def test_utf_16_of_either_byte_order_is_read_by_its_mark():
    assert reading.decode(b"\xfe\xff" + "Łódź".encode("utf-16-be")) == "Łódź"
    assert reading.decode(b"\xff\xfe" + "Łódź".encode("utf-16-le")) == "Łódź"


def test_an_old_windows_file_is_read():
    text = "We left Zürich – “so cold”, said Zoë – for Málaga and the café at Genève. " * 8
    assert reading.decode(text.encode("cp1252")) == text


@pytest.mark.parametrize("encoding", ["utf-16-le", "utf-16-be"])
def test_utf_16_is_read_without_its_mark(encoding):
    text = "From Zürich to Málaga.\n"
    assert reading.decode(text.encode(encoding)) == text


@pytest.mark.parametrize("text", ["Zürich", "a café – “so cold”", "£5, 7°C, ½ mile", "niño"])
def test_one_odd_letter_is_read_as_windows_writes_it(text):
    assert reading.decode(text.encode("cp1252")) == text


def test_another_encoding_is_told_by_its_letters():
    text = "Pojechaliśmy z Łodzi do Gdańska, a potem łodzią na Hel. Wróciliśmy późną nocą, zmęczeni i szczęśliwi. " * 4
    assert reading.decode(text.encode("cp1250")) == text


@pytest.mark.parametrize(
    "data",
    [
        b"\x89PNG\r\n\x1a\n\0\0\0\rIHDR\0\0\1\0\0\0\1\0\x08\x06\0\0\0",
        b"PK\x03\x04\x14\0\0\0\x08\0\xff\xfe\xfd\xfc",
        bytes(range(32)) * 20,
        b"\xff\xfe\x00",  # half a character of UTF-16
        b"\xef\xbb\xbf\xff\xff",
    ],
)
def test_what_is_no_text_is_refused_with_advice(data):
    with pytest.raises(UnreadableText, match="plain text file"):
        reading.decode(data)


# --- offsets ----------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    "text",
    [
        "Ann\0 sailed\x07 to Bergen.",
        "\u202eAnn\u202c sailed to \u200fBergen\u200e.",
        "Ann 😀👨‍👩‍👧 sailed to 🇳🇴 Bergen.",
        "Ann sai\u00adled to Ber\u00adgen and Bergen.",
        "“Ann’s ship”, she said, ‘sailed’ to „Bergen“.",
        "Ann\u00a0sailed\tto\r\nBergen.\r\n\r\n\r\nBergen\u2028again",
        "\ufeffAnn sailed to Bergen \udc80 \ue000 \U000e0041.",
        "a\u0301nn saile\u0301d to Bergen",
    ],
)
def test_every_offset_of_the_parse_is_one_of_the_text(text):
    document = reading.read(text)
    assert document.text == text
    assert len(document.parse.text) == len(text)
    at = text.rindex("Bergen")
    assert document.tokens(Span(at, at + 6)).text == "Bergen"


@pytest.mark.parametrize("odd", ["\0", "\u202e", "\u00ad", "\u200b", "\u00a0", "\ue000"])
def test_the_parser_sees_a_blank_instead_of_an_odd_character(odd):
    assert reading.read(f"Ann{odd}sailed.").parse.text == "Ann sailed."


def test_the_parser_sees_plain_quotes():
    assert reading.read("“Ann’s”").parse.text == '"Ann\'s"'


def test_a_place_outside_the_text_has_no_tokens():
    with pytest.raises(ValueError, match="outside a text of 11"):
        reading.read("Ann sailed.").tokens(Span(90, 95))


def test_the_sentence_around_a_word_is_found():
    text = "Ann sailed to Bergen. She slept."
    assert reading.read(text).sentence_at(text.index("slept")).of(text) == "She slept."


# --- blocks -----------------------------------------------------------------------------------------------------------


def test_a_hard_wrapped_paragraph_is_one_block():
    assert blocks(WRAPPED) == [WRAPPED]
    assert blocks(f"{WRAPPED}\n\n{WRAPPED}\n") == [WRAPPED, WRAPPED]


def test_a_sentence_goes_on_over_the_line_ends_of_its_paragraph():
    document = reading.read(WRAPPED)
    assert document.sentence_at(0) == document.sentence_at(WRAPPED.index("dark water"))


def test_a_schedule_is_a_block_a_line():
    assert blocks(SCHEDULE) == SCHEDULE.split("\n")


def test_no_sentence_runs_from_one_line_of_a_schedule_into_the_next():
    document = reading.read(SCHEDULE)
    assert document.sentence_at(SCHEDULE.index("Lerwick")).start == SCHEDULE.index("Tuesday")


def test_short_lines_are_verse_and_a_block_each():
    verse = ["we left the harbour of Bergen", "and the sea was grey", "and the night was long"]
    assert blocks("\n".join(verse)) == verse


def test_list_items_are_blocks_of_their_own_in_wrapped_prose():
    assert blocks(f"{WRAPPED}\n- Bergen") == [WRAPPED, "- Bergen"]


def test_blocks_leave_the_white_space_out():
    assert blocks("\n\n   Bergen  \n \t\n\n  Lerwick\n") == ["Bergen", "Lerwick"]


# --- title, dateline --------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("headline", ["Ann’s summer", "From Bergen to Lerwick in nine days", "Shall we sail?"])
def test_a_first_line_on_its_own_is_the_title(headline):
    text = f"{headline}\n\n{WRAPPED}"
    assert reading.read(text).title.of(text) == headline


@pytest.mark.parametrize("text", ["Ann’s summer", f"Ann sailed.\n\n{WRAPPED}", f"{'Ann went on ' * 20}\n\n{WRAPPED}"])
def test_one_line_a_sentence_or_a_long_paragraph_is_no_title(text):
    assert reading.read(text).title is None


@pytest.mark.parametrize(
    ("text", "place"),
    [
        ("ROME (AP) — The king left for Denmark.", "ROME"),
        ("ROME, June 3 (AP) — The king left for Denmark.", "ROME"),
        ("A royal trip\n\nCopenhagen, 3 May 1843 – The king is back.", "Copenhagen"),
        ("Oslo: The king left for Denmark.", "Oslo"),
    ],
)
def test_a_dateline_is_found_at_the_head_of_a_report(text, place):
    assert reading.read(text).dateline.of(text).startswith(place)


@pytest.mark.parametrize("text", ["OSLO, March 3 — The king left.", "VLADIVOSTOK, Russia — The king left."])
def test_a_dateline_needs_no_agency(text):
    assert reading.read(text).dateline is not None


@pytest.mark.parametrize(
    "text", ["The king — so they say — left.", "In Rome the king left for Denmark.", "Rome is old: the king left."]
)
def test_prose_has_no_dateline(text):
    assert reading.read(text).dateline is None


# --- limits, parts ----------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("text", ["", " \n\t ", "\0\0", "… — !?", "\u200b"])
def test_a_text_without_a_letter_is_refused(text):
    with pytest.raises(InputError, match="empty"):
        reading.read(text)


def test_a_text_too_long_is_refused_with_both_lengths(monkeypatch):
    monkeypatch.setattr(limits, "LONGEST_TEXT", 1_000)
    with pytest.raises(InputError, match=r"1,001 characters; at most 1,000"):
        reading.read("a" * 1_001)
    assert reading.read("a " * 500).text == "a " * 500


def test_a_text_read_in_parts_keeps_its_offsets(monkeypatch):
    monkeypatch.setattr(parsing, "_PART", 200)
    text = "\n\n".join(f"{i}. Ann’s ship sailed from Bergen to Lerwick in May." for i in range(40))
    document = reading.read(text)
    assert document.parse.text == text.replace("’", "'")
    assert all(text[t.idx : t.idx + len(t)] == t.text for t in document.parse if t.text.isalpha())
    at = text.rindex("Lerwick")
    assert document.tokens(Span(at, at + 7)).text == "Lerwick"


def test_every_block_of_every_part_begins_a_sentence(monkeypatch):
    monkeypatch.setattr(parsing, "_PART", 200)
    document = reading.read("\n\n".join(["Bergen and its old", "harbour at night"] * 20))
    assert [s.start_char for s in document.parse.sents] == [block.start for block in document.blocks]


def test_no_word_is_cut_where_a_long_block_is(monkeypatch):
    monkeypatch.setattr(parsing, "_PART", 100)
    words = {t.text for t in reading.read("Ann sailed on. " * 40).parse if t.is_alpha}
    assert words == {"Ann", "sailed", "on"}


def test_no_sentence_is_cut_where_a_long_block_is(monkeypatch):
    monkeypatch.setattr(parsing, "_PART", 100)
    assert {s.text.strip() for s in reading.read("Ann sailed from Bergen. " * 40).parse.sents} == {"Ann sailed from Bergen."}


@pytest.mark.parametrize("piece", ["Ann sailed on. ", "sailing ", "x"])
def test_a_block_longer_than_a_part_is_cut_without_loss(monkeypatch, piece):
    monkeypatch.setattr(parsing, "_PART", 100)
    text = (piece * 400)[:1_500].strip()
    assert reading.read(text).parse.text == text


def test_progress_rises_to_the_whole(monkeypatch):
    monkeypatch.setattr(parsing, "_PART", 200)
    shares = []
    reading.read("\n\n".join(["Ann sailed from Bergen to Lerwick in May."] * 30), progress=shares.append)
    assert len(shares) > 3
    assert shares == sorted(shares)
    assert shares[-1] == pytest.approx(1.0)
