import json

from tests.bench.report import COLUMNS, TITLES, as_json, cell, markdown, number
from tests.bench.rounds import Run
from tests.bench.summary import Spread, summary

RUNS = [
    Run("sink", "ours", 0, {"per_second": 1.0, "missing": 0}),
    Run("sink", "ours", 1, {"per_second": 3000.4, "missing": 0}),
    Run("sink", "theirs", 1, {"per_second": 2000.0, "missing": 0, "stall_ms": 41.26}),
    Run("sink", "ours", 2, {"per_second": 3100.0, "missing": 2}),
    Run("sink", "ours", 3, {"per_second": 3200.0, "missing": 0}),
]


def test_the_table_has_medians_with_their_ranges():
    assert markdown(summary(RUNS)).splitlines() == [
        "### Kafka → Elasticsearch",
        "",
        "|  | documents/s | longest stall, ms | missing |",
        "|---|--:|--:|--:|",
        "| ours | 3,100 (3,000–3,200) | – | 0 (0–2) |",
        "| theirs | 2,000 | 41.3 | 0 |",
    ]


def test_a_number_shows_three_digits_that_count():
    shown = [0.0474, 0, 1.234, 12.34, 123.4, 20_000.4]
    assert [number(one) for one in shown] == ["0.047", "0", "1.23", "12.3", "123", "20,000"]


def test_what_does_not_vary_has_no_range():
    assert cell(Spread(0.5, 0.5, 0.5)) == "0.500"
    assert cell(None) == "–"


def test_the_json_has_every_run_and_what_they_come_to():
    told = json.loads(as_json(RUNS, {"versions": {"numpy": "2"}}))
    assert told["versions"] == {"numpy": "2"}
    assert [run["round"] for run in told["runs"]] == [0, 1, 1, 2, 3]
    assert told["summary"]["sink"]["ours"]["per_second"]["median"] == 3100.0


def test_every_leg_has_a_title_and_columns():
    assert COLUMNS.keys() == TITLES.keys()
