"""The fault suite runs when it is asked for: by `-m faults`, or by its path."""

from pathlib import Path

import pytest

HERE = Path(__file__).parent


def pytest_configure(config: pytest.Config) -> None:
    config.addinivalue_line("markers", "faults: disturbs real servers for minutes")


def pytest_ignore_collect(collection_path: Path, config: pytest.Config) -> bool | None:
    """Leave the suite out of a plain run."""
    paths = [(config.invocation_params.dir / word.partition("::")[0]) for word in config.args]
    named = any(path.resolve() == HERE or HERE in path.resolve().parents for path in paths)
    asked = named or "faults" in str(config.getoption("markexpr"))
    return None if asked or HERE not in collection_path.parents else True
