from collections.abc import Callable

import pytest

from services.dead_letters.asking import agreed, misfit


class Person:
    """Answers in turn, and remembers what was asked."""

    def __init__(self, *answers: str) -> None:
        self.answers = list(answers)
        self.asked: list[str] = []

    def ask(self, question: str) -> str:
        self.asked.append(question)
        return self.answers.pop(0)


def never() -> Callable[[str], str]:
    return Person().ask


@pytest.mark.parametrize("first", ["y\n", "YES\n"])
def test_who_says_yes_and_types_the_count_agrees(first: str):
    person = Person(first, "12\n")
    assert agreed(12, person.ask, yes=False, terminal=True)
    assert ["12 letters" in question for question in person.asked] == [True, True]


@pytest.mark.parametrize(
    "answers", [("",), ("\n",), ("n\n",), ("y\n", ""), ("y\n", "y\n"), ("y\n", "11\n")]
)
def test_anything_else_or_nothing_is_a_no(answers: tuple[str, ...]):
    person = Person(*answers)
    assert not agreed(12, person.ask, yes=False, terminal=True)
    assert person.answers == []


def test_yes_on_a_terminal_leaves_the_second_question():
    assert agreed(1, Person("1\n").ask, yes=True, terminal=True)
    assert not agreed(1, Person("\n").ask, yes=True, terminal=True)


@pytest.mark.parametrize("yes", [True, False])
def test_where_nobody_can_be_asked_the_option_decides(yes: bool):  # noqa: FBT001 - a table
    assert agreed(3, never(), yes=yes, terminal=False) is yes


@pytest.mark.parametrize(
    ("action", "given", "line"),
    [
        ("list", {"ids", "file"}, "list takes no --file, ID"),
        ("list", {"dry_run"}, "list takes no --dry-run"),
        ("replay", {"ids", "as_json"}, "replay takes no --json"),
        ("replay", {"ids", "yes"}, "replay takes no --yes"),
        ("drop", {"ids", "all"}, "drop takes no --all"),
        ("replay", set(), "say which letters to replay"),
        ("drop", {"yes"}, "say which letters to drop"),
        ("drop", {"everything", "reason"}, "say which letters to drop"),
        ("replay", {"ids", "since"}, "say which letters to replay"),
        ("replay", {"all", "everything"}, "replay takes --all"),
    ],
)
def test_options_that_would_be_ignored_or_contradict_are_refused(action, given, line):
    assert (misfit(action, given) or "").startswith(line)


@pytest.mark.parametrize("ids", [0, 2])
def test_show_takes_one_letter(ids: int):
    assert "one letter" in (misfit("show", {"ids"} if ids else set(), ids) or "")


@pytest.mark.parametrize(
    ("action", "given"),
    [
        ("list", set()),
        ("list", {"reason", "since", "as_json", "all"}),
        ("show", {"ids", "raw"}),
        ("replay", {"ids", "all", "file", "dry_run"}),
        ("replay", {"reason", "since"}),
        ("drop", {"everything", "yes"}),
    ],
)
def test_options_that_mean_something_fit(action, given):
    assert misfit(action, given, ids=1) is None
