"""The tables that the README takes from the code; `python -m services.cli.readme` writes them."""

from importlib import import_module
from pathlib import Path
from typing import Any

from pydantic.fields import FieldInfo
from pydantic_core import PydanticUndefined

from schemas.reasons import REASONS
from services.cli.main import COMMANDS
from services.runtime.settings import variables

README = Path(__file__).parents[2] / "README.md"
CONFIGURED = ("provision", "replay", "enricher", "indexer", "monitor", "web", "servers")
"""Commands that run unattended; the others are told by flags, which --help lists."""


def settings() -> str:
    """Write a table of the variables: the default, what it is, and who reads it."""
    rows: dict[tuple[str, str, str], list[str]] = {}
    for command in CONFIGURED:
        module, name, _ = COMMANDS[command]
        for variable, field in variables(getattr(import_module(module), name)):
            if field.description and not field.is_required():
                what = " ".join(field.description.split()).replace("|", r"\|")
                rows.setdefault((variable, _default(field), what), []).append(command)
    lines = ["| variable | default | what | read by |", "|---|---|---|---|"]
    for (variable, default, what), commands in sorted(rows.items()):
        lines.append(f"| `{variable}` | {default} | {what} | {', '.join(commands)} |")
    return "\n".join(lines)


def reasons() -> str:
    """Write a table of the codes of dead letters."""
    lines = ["| reason | meaning | what to do |", "|---|---|---|"]
    lines += [f"| `{code}` | {why.meaning} | {why.remedy} |" for code, why in REASONS.items()]
    return "\n".join(lines)


def rewritten(readme: str) -> str:
    """Put the tables between their marks."""
    for name, table in (("settings", settings()), ("reasons", reasons())):
        before, begin, rest = readme.partition(f"<!-- {name}: begin -->")
        _, end, after = rest.partition(f"<!-- {name}: end -->")
        readme = f"{before}{begin}\n{table}\n{end}{after}"
    return readme


def _default(field: FieldInfo) -> str:
    if field.default_factory:
        return "by the machine"
    default: Any = field.default
    empty = default is None or default is PydanticUndefined or default in ("", [])
    return "" if empty else f"`{default}`"


if __name__ == "__main__":
    README.write_text(rewritten(README.read_text(encoding="utf-8")), encoding="utf-8")
