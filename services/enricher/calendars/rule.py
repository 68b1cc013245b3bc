"""One way in which English says a date."""

import re
from collections.abc import Iterator

from services.enricher.calendars.resolving import Resolve

LONGEST_WORD_BEFORE = 20
"""Characters read before a date to see whether it is one."""


class Rule:
    """A form of words whose group `date` is a date expression, and what it means."""

    def __init__(
        self, pattern: str, resolve: Resolve, after: re.Pattern[str] | None = None
    ) -> None:
        self.resolve = resolve
        self._pattern = re.compile(pattern)
        self._after = after

    def find(self, text: str) -> Iterator[re.Match[str]]:
        """Find the rule's expressions, in order; `after` must stand before each, if given."""
        for match in self._pattern.finditer(text):
            start = match.start("date")
            before = text[max(0, start - LONGEST_WORD_BEFORE) : start]
            if self._after is None or self._after.search(before):
                yield match
