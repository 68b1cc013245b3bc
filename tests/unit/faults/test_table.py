"""The table tells what was measured, and what was not run."""

from tests.faults.breach import Breach
from tests.faults.course import Bounds, Course
from tests.faults.ending import Result
from tests.faults.judge import Judgement
from tests.faults.stage import Plan
from tests.faults.suite import Row
from tests.faults.table import table

PLAN = Plan(42, 80, full=False)
COURSE = Course(7.25, {}, (), Bounds(90, 1000))


def row(name: str, *breaches: Breach) -> Row:
    judgement = Judgement(breaches, articles=80, lost=len(breaches), duplicated=0, repeats=3)
    return Row(name, PLAN, 31.6, Result(judgement, COURSE, 2, ()))


def cells(line: str) -> list[str]:
    return [cell.strip() for cell in line.strip("|").split("|")]


def test_a_row_tells_what_was_measured():
    *_, line = table([row("F6")])
    assert cells(line) == [
        *("F6", "Elasticsearch killed and started", "short", "42", "80", "0", "0", "3", "7.2"),
        *("0", "2", "32", "ok"),
    ]


def test_every_line_is_as_long_as_the_others():
    lines = list(table([row("F1"), Row("F29", PLAN, missing="no mount"), row("F10")]))
    assert len({len(line) for line in lines}) == 1
    assert set(lines[1]) <= {"|", "-", ":"}


def test_a_broken_invariant_is_named_in_its_row():
    failed = row("F1", Breach("I1", "lost", "a"))
    assert not failed.ok
    *_, line = table([failed])
    assert cells(line)[-1] == "FAILED: I1"


def test_what_could_not_be_run_is_not_told_as_passed():
    missing = Row("F29", PLAN, missing="no mount")
    *_, line = table([missing])
    assert cells(line)[-1] == "not run: no mount"
    assert missing.outcome == "not run"


def test_what_ended_with_an_error_has_failed():
    assert not Row("F1", PLAN, error="Traceback").ok


def test_a_naive_agent_has_to_do_harm():
    harmed = row("naive-F1", Breach("I5", "committed unsettled", "a"))
    assert harmed.ok
    *_, line = table([harmed])
    assert cells(line)[-1] == "harm, as it must: I5"
    assert not row("naive-F1").ok
    assert not row("naive-F1", Breach("I7", "not drained", "all")).ok
