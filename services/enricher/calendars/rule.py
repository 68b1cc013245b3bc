"""The ways in which English says a date, and where they are used in a text."""

import itertools
import re
from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from collections.abc import Set as AbstractSet

from services.enricher.calendars.resolving import Resolve
from services.enricher.calendars.starts import tokens

LONGEST_WORD_BEFORE = 20
"""Characters read before a date to see whether it is one."""


class Rule:
    """A form of words whose group `date` is a date expression, and what it means."""

    def __init__(
        self,
        starts: AbstractSet[str],
        pattern: str,
        resolve: Resolve,
        after: re.Pattern[str] | None = None,
    ) -> None:
        """Take with the pattern whatever its matches may start with, as `starts.tokens` has it."""
        self.starts = frozenset(starts)
        self.resolve = resolve
        self.pattern = re.compile(pattern)
        self._after = after

    def find(self, text: str, places: Iterable[int]) -> Iterator[re.Match[str]]:
        """Find the rule's expressions, in order; `after` must stand before each, if given.

        It is tried at `places`, where alone it may match: a search through all of the text would
        find the same, at forty times the cost.
        """
        end = 0
        for place in places:
            match = self.pattern.match(text, place) if place >= end else None
            if match is None:
                continue
            end, start = match.end(), match.start("date")
            before = text[max(0, start - LONGEST_WORD_BEFORE) : start]
            if self._after is None or self._after.search(before):
                yield match


class Rules:
    """Rules, and by each word those that may match where it stands."""

    def __init__(self, *rules: Rule) -> None:
        """Put the rules in order: where two match the same words, the earlier one is right."""
        self.rules = rules
        self._kinds = list(dict.fromkeys(rule.starts for rule in rules))
        self._by_word: dict[str, list[int]] = defaultdict(list)
        for index, starts in enumerate(self._kinds):
            for word in starts:
                self._by_word[word].append(index)

    def find(self, text: str) -> Iterator[tuple[Rule, re.Match[str]]]:
        """Find the expressions of the first rule, then those of the second, and so on."""
        places = self._places(text)
        for rule in self.rules:
            for match in rule.find(text, places[rule.starts]):
                yield rule, match

    def _places(self, text: str) -> dict[frozenset[str], list[int]]:
        places: list[list[int]] = [[] for _ in self._kinds]
        starts, words = tokens(text)
        kinds = self._kinds_of({*words})
        for start, word in zip(starts, words, strict=True):
            for index in kinds.get(word, ()):
                places[index].append(start)
        return dict(zip(self._kinds, places, strict=True))

    def _kinds_of(self, words: AbstractSet[str]) -> dict[str, Sequence[int]]:
        """Choose the words that a rule may match at, with those rules."""
        # A pattern that ignores case may take other letters than ASCII's for one of those.
        kinds: dict[str, Sequence[int]] = dict.fromkeys(
            itertools.filterfalse(str.isascii, words), range(len(self._kinds))
        )
        kinds |= {word: self._by_word[word] for word in words & self._by_word.keys()}
        return kinds
