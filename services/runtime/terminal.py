"""Text of others on its way to a terminal, which obeys some characters."""

import re

# Controls (C0, DEL, C1) begin escape sequences; the others reorder or break a line.
_COMMANDS = re.compile(
    "[\x00-\x1f\x7f-\x9f\u061c\u200e\u200f\u2028-\u202e\u2060-\u206f\ufeff\ufff9-\ufffb]"
)


def harmless(text: str, keep: str = "") -> str:
    r"""Write as \u escapes what a terminal would obey, but for the characters in `keep`.

    A line of JSON stays JSON and says the same: such characters stand in its strings only.
    """
    return _COMMANDS.sub(lambda found: _escaped(found.group(), keep), text)


def _escaped(char: str, keep: str) -> str:
    return char if char in keep else f"\\u{ord(char):04x}"
