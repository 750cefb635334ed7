"""Claims about the clause around a name: what governs it, who acts, in which tense and mood."""

import pytest

from itinerary import reading
from itinerary.clauses import clause_of, mood, word_class
from itinerary.model import Span


def clause(text, name):
    """The clause around the first mention of `name`."""
    at = text.index(name)
    return clause_of(reading.read(text).tokens(Span(at, at + len(name))))


@pytest.mark.parametrize(
    ("text", "name", "role", "preposition", "verb_class"),
    [
        ("She arrived in Rome on Sunday.", "Rome", "pobj", "in", "arrive"),
        ("He left Paris.", "Paris", "dobj", None, "leave"),
        ("They sailed from Bergen to Lerwick.", "Bergen", "pobj", "from", "motion"),
        ("They sailed from Bergen to Lerwick.", "Lerwick", "pobj", "to", "motion"),
        ("She had stayed in Rome.", "Rome", "pobj", "in", "stay"),
        ("London said nothing.", "London", "nsubj", None, "say"),
        ("She was taken to Rome.", "Rome", "pobj", "to", "carry"),
        ("She outlived Rome.", "Rome", "dobj", None, None),
    ],
)
def test_a_name_has_a_role_a_preposition_and_a_verb(text, name, role, preposition, verb_class):
    found = clause(text, name)
    assert (found.role, found.preposition, found.verb_class) == (role, preposition, verb_class)


def test_a_journey_in_a_noun_governs_the_name_too():
    found = clause("Her trip to Vienna was short.", "Vienna")
    assert (found.noun.text, found.noun_class, found.preposition) == ("trip", "trip", "to")


def test_the_prepositions_above_the_first_are_kept():
    found = clause("They sailed from a port in Norway.", "Norway")
    assert (found.preposition, found.path, found.noun.text) == ("in", ("from",), "port")


@pytest.mark.parametrize(("name", "steps"), [("Pisa", 0), ("Lucca", 1), ("Siena", 2)])
def test_every_place_of_a_list_hangs_where_the_first_does(name, steps):
    found = clause("She travelled to Pisa, Lucca and Siena.", name)
    assert (found.role, found.preposition, found.verb.text, found.coordinated) == ("pobj", "to", "travelled", steps)


def test_a_name_alone_has_no_verb():
    found = clause("Rome", "Rome")
    assert (found.verb, found.subject, found.verb_class, found.noun_class) == (None, None, None, None)
    assert list(mood(found.verb)) == []


@pytest.mark.parametrize(
    ("text", "name", "subject"),
    [
        ("They sailed from Bergen to Lerwick.", "Lerwick", "They"),
        ("Ann wanted to visit Rome.", "Rome", "Ann"),
        ("Ann hopes to return to Cairo.", "Cairo", "Ann"),
        ("Ann packed her bags and drove to Lyon.", "Lyon", "Ann"),
        ("The king was taken to Rome.", "Rome", "king"),
    ],
)
def test_who_acts_is_found_above_the_verb_where_it_has_no_subject_of_its_own(text, name, subject):
    assert clause(text, name).subject.text == subject


@pytest.mark.parametrize(
    ("text", "forms"),
    [
        ("She flew to Rome.", {"past"}),
        ("She will fly to Rome.", {"base", "will"}),
        ("She’ll fly to Rome.", {"base", "will"}),
        ("She would fly to Rome.", {"base", "would"}),
        ("She can fly to Rome.", {"base", "can"}),
        ("She did not fly to Rome.", {"base", "past", "negated"}),
        ("She won’t fly to Rome.", {"base", "will", "negated"}),
        ("She had flown to Rome.", {"participle", "pluperfect"}),
        ("She has flown to Rome.", {"participle", "perfect"}),
        ("She was taken to Rome.", {"participle", "past", "passive"}),
        ("If she goes to Rome, she wins.", {"present", "conditional"}),
        ("Ann hopes to return to Rome.", {"base", "infinitive"}),
    ],
)
def test_tense_and_mood_are_told_apart(text, forms):
    assert set(mood(clause(text, "Rome").verb)) == forms


def test_a_word_has_a_class_only_as_the_part_of_speech_it_is_listed_under():
    assert (word_class("arrive", "verb"), word_class("arrival", "noun")) == ("arrive", "trip")
    assert (word_class("arrive", "noun"), word_class("perorate", "verb")) == (None, None)
