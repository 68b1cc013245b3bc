import logging

from services.runtime.logs import MOST_REMEMBERED, OncePerMinute


def said(name: str, message: str, *args: object) -> logging.LogRecord:
    return logging.LogRecord(name, logging.ERROR, "", 0, message, args, None)


def test_a_library_says_the_same_once_a_minute():
    clock = iter([0.0, 1.0, 59.0, 60.0, 61.0])
    once = OncePerMinute(now=lambda: next(clock))
    records = [said("aiokafka.cluster", "Unable to reach node %s", node) for node in range(5)]
    assert [once.filter(record) for record in records] == [True, False, False, True, False]


def test_messages_that_are_all_different_do_not_fill_memory():
    once = OncePerMinute(now=lambda: 0.0)
    records = [said("aiokafka", f"offset {number}") for number in range(3 * MOST_REMEMBERED)]
    assert all(map(once.filter, records))
    assert len(once._said) <= MOST_REMEMBERED  # noqa: SLF001 - nothing else tells of memory


def test_what_is_new_and_what_we_say_ourselves_is_never_kept_back():
    once = OncePerMinute(now=lambda: 0.0)
    ours = [said("services.indexer.app", "Batch indexed.") for _ in range(3)]
    others = [said("aiokafka.conn", "closed"), said("faust.app", "closed"), said("aiokafka", "x")]
    assert all(once.filter(record) for record in [*ours, *others])
