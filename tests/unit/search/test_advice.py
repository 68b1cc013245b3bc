from services.search.advice import advice, alike
from services.search.criteria import Criteria
from services.search.results import Bucket

KNOWN = (Bucket("Jens Stoltenberg", 4), Bucket("Recep Erdoğan", 2), Bucket("Joe Biden", 9))


def test_a_missed_name_is_found_by_surname_by_spelling_and_without_accents():
    assert alike("stoltenberg", KNOWN) == (KNOWN[0],)
    assert alike("Stoltenburg", KNOWN) == (KNOWN[0],)
    assert alike("Recep Erdogan", KNOWN) == (KNOWN[1],)


def test_a_name_like_no_other_means_nothing():
    assert alike("Angela Merkel", KNOWN) == ()
    assert alike("", KNOWN) == ()


def test_each_name_that_nothing_has_is_told_with_what_it_may_mean():
    wanted = Criteria(names={"people": ("Stoltenburg", "joe biden"), "places": ("Paris",)})
    assert advice(wanted, {"people": KNOWN, "places": ()}) == [
        "Nothing found: Stoltenburg is not among the people; there is: Jens Stoltenberg (4).",
        "Nothing found: Paris is not among the places.",
    ]


def test_names_that_are_all_there_are_too_many_at_once():
    wanted = Criteria(names={"people": ("JENS STOLTENBERG",)})
    [line] = advice(wanted, {"people": KNOWN})
    assert "leave an option out" in line


def test_an_empty_index_is_to_be_filled():
    [line] = advice(Criteria(), {})
    assert "newsreel replay" in line


def test_a_story_that_nothing_has_is_named():
    assert advice(Criteria(story="s1"), {}) == ["Nothing found: there is no story s1."]
    [line] = advice(Criteria(words="air", story="s1"), {})
    assert "leave an option out" in line
