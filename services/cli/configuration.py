"""The README's table of settings: `python -m services.cli.configuration` writes it anew."""

from importlib import import_module
from pathlib import Path
from typing import Any

from pydantic.fields import FieldInfo
from pydantic_core import PydanticUndefined

from services.cli.main import COMMANDS
from services.runtime.settings import variables

README = Path(__file__).parents[2] / "README.md"
BEGIN, END = "<!-- settings: begin -->", "<!-- settings: end -->"


def table() -> str:
    """Write a Markdown table: the variable, its default, what it is, and who reads it."""
    rows: dict[tuple[str, str, str], list[str]] = {}
    for command, (module, name, _) in COMMANDS.items():
        settings = getattr(import_module(module), name)
        for variable, field in variables(settings):
            if field.description:
                what = " ".join(field.description.split()).replace("|", r"\|")
                rows.setdefault((variable, _default(field), what), []).append(command)
    lines = ["| variable | default | what | read by |", "|---|---|---|---|"]
    for (variable, default, what), commands in sorted(rows.items()):
        lines.append(f"| `{variable}` | {default} | {what} | {', '.join(commands)} |")
    return "\n".join(lines)


def rewritten(readme: str) -> str:
    """Put the table between its marks."""
    before, _, rest = readme.partition(BEGIN)
    _, _, after = rest.partition(END)
    return f"{before}{BEGIN}\n{table()}\n{END}{after}"


def _default(field: FieldInfo) -> str:
    if field.default_factory:
        return "by the machine"
    default: Any = field.default
    empty = default is None or default is PydanticUndefined or default in ("", [])
    return "" if empty else f"`{default}`"


if __name__ == "__main__":
    README.write_text(rewritten(README.read_text(encoding="utf-8")), encoding="utf-8")
