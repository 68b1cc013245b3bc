from tests.bench.processes import NotDoneError
from tests.bench.rounds import Contestant, Run, interleaved, order


def fails(one, error):
    raise AssertionError(f"{one.name}: {error}")


def contestant(name, figures=None, leg="sink"):
    return Contestant(leg, name, lambda _: figures)


def test_each_round_takes_the_contestants_the_other_way_round():
    three = [contestant(name) for name in "abc"]
    assert [one.name for one in order(three, 1)] == ["a", "b", "c"]
    assert [one.name for one in order(three, 2)] == ["c", "b", "a"]
    assert order(three, 3) == order(three, 1)


def test_all_run_once_a_round_and_each_is_told_as_it_ends():
    told = []
    two = [contestant("a", {"cpu": 1.0}), contestant("b", {"cpu": 2.0})]
    runs = list(interleaved(two, range(1, 3), told.append, fails))
    assert [(one.round, one.contestant) for one in runs] == [(1, "a"), (1, "b"), (2, "b"), (2, "a")]
    assert told == runs


def test_a_contestant_knows_what_was_measured_before_it():
    before = []
    second = Contestant("latency", "50 % load", before.extend)
    first = contestant("a", {"per_second": 9.0}, "path")
    list(interleaved([first, second], range(1, 2), print, fails))
    assert before == [Run("path", "a", 1, {"per_second": 9.0})]


def test_who_has_no_figures_is_left_out():
    assert list(interleaved([contestant("a")], range(3), print, fails)) == []


def test_who_fails_is_told_and_the_others_go_on():
    def breaks(_):
        raise NotDoneError("ended with 1")

    told = []
    both = [Contestant("sink", "theirs", breaks), contestant("ours", {"cpu": 1.0})]
    runs = interleaved(both, range(1, 3), print, lambda *failure: told.append(failure))
    assert [one.contestant for one in runs] == ["ours", "ours"]
    assert [(one.name, str(error)) for one, error in told] == [("theirs", "ended with 1")] * 2
