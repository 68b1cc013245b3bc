"""What was asked for on the command line, and whether a person really wants it."""

from collections.abc import Callable
from typing import Literal

Action = Literal["list", "show", "replay", "drop"]

TAKES: dict[Action, set[str]] = {
    "list": {"reason", "since", "as_json", "all"},
    "show": {"ids", "raw"},
    "replay": {"ids", "reason", "since", "everything", "all", "dry_run", "file"},
    "drop": {"ids", "reason", "since", "everything", "dry_run", "yes"},
}
"""The options that mean something to each action."""
_WAYS = ({"ids"}, {"reason", "since"}, {"everything"})
"""How to say which letters; one way excludes the others."""


def misfit(action: Action, given: set[str], ids: int = 0) -> str | None:
    """Say what is wrong with the options `given` to an action, `ids` letters named; or None."""
    useless = sorted(given - TAKES[action])
    if useless:
        return f"{action} takes no {', '.join(map(_flag, useless))}"
    if action == "show" and ids != 1:
        return "show takes the ID of one letter; `newsreel dead-letters list` shows them"
    if action in {"replay", "drop"} and sum(1 for way in _WAYS if way & given) != 1:
        return f"say which letters to {action}: ID..., or --reason and --since, or --everything"
    if action == "replay" and {"all", "everything"} <= given:
        return "replay takes --all, which adds resolved letters, only where some are chosen"
    return None


def agreed(count: int, ask: Callable[[str], str], *, yes: bool, terminal: bool) -> bool:
    """Ask twice whether to drop letters; `yes` is the first answer, given in advance.

    Where nobody can be asked, the command with `yes` is both answers.
    """
    if not terminal:
        return yes
    letters = "1 letter" if count == 1 else f"{count} letters"
    if not yes and ask(f"Drop {letters} for good? [y/N] ").strip().lower() not in {"y", "yes"}:
        return False
    return ask(f"Type {count} to drop {letters}: ").strip() == str(count)


def _flag(name: str) -> str:
    flags = {"ids": "ID", "as_json": "--json"}
    return flags.get(name, f"--{name.replace('_', '-')}")
