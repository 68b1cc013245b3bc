"""The fault suite runs when it is asked for: by `-m faults`, or by its path."""

from pathlib import Path

import pytest

from tests.faults.suite import Row
from tests.faults.table import table

HERE = Path(__file__).parent
ROWS = pytest.StashKey[list[Row]]()


def pytest_configure(config: pytest.Config) -> None:
    rows: list[Row] = []
    config.stash[ROWS] = rows
    config.addinivalue_line("markers", "faults: disturbs real servers for minutes")


def pytest_ignore_collect(collection_path: Path, config: pytest.Config) -> bool | None:
    """Leave the suite out of a plain run."""
    paths = [(config.invocation_params.dir / word.partition("::")[0]) for word in config.args]
    named = any(path.resolve() == HERE or HERE in path.resolve().parents for path in paths)
    asked = named or "faults" in str(config.getoption("markexpr"))
    return None if asked or HERE not in collection_path.parents else True


@pytest.fixture
def rows(request: pytest.FixtureRequest) -> list[Row]:
    """What was run so far."""
    return request.config.stash[ROWS]


def pytest_terminal_summary(
    terminalreporter: pytest.TerminalReporter, config: pytest.Config
) -> None:
    """Show the table of what was run."""
    rows = config.stash[ROWS]
    if rows:
        terminalreporter.write_line("\n".join(table(rows)))
