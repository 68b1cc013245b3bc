"""The ways in which English says a date, and where they are used in a text."""

import re
from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from collections.abc import Set as AbstractSet
from itertools import compress, filterfalse

from services.enricher.calendars.resolving import Resolve
from services.enricher.calendars.starts import DIGITS, YEARS, digits
from services.enricher.quantities.tokens import Tokens

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
        needs: AbstractSet[str] = frozenset(),
    ) -> None:
        """Take with the pattern what its matches may start with, as calendars/starts.py has it.

        If it `needs` words, each of its matches has one of them.
        """
        self.starts = frozenset(starts)
        self.needs = needs
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
        for index, kind in enumerate(self._kinds):
            for word in kind:
                self._by_word[word].append(index)
        self._words = frozenset(self._by_word)

    def find(self, tokens: Tokens) -> Iterator[tuple[Rule, re.Match[str]]]:
        """Find in a zone the expressions of the first rule, then those of the second, and so on."""
        places = self._places(tokens)
        for rule in self.rules:
            if places[rule.starts] and not (rule.needs and rule.needs.isdisjoint(tokens.distinct)):
                for match in rule.find(tokens.text, places[rule.starts]):
                    yield rule, match

    def _places(self, tokens: Tokens) -> dict[frozenset[str], list[int]]:
        kinds = self._kinds_of(tokens.distinct)
        words = zip(tokens.starts, tokens.words, strict=True)
        found = compress(words, map(kinds.__contains__, tokens.words))
        listed = ((start - tokens.offset, word) for start, word in found)
        places: list[list[int]] = [[] for _ in self._kinds]
        for start, word in sorted((*listed, *digits(tokens.text))):
            for index in kinds[word]:
                places[index].append(start)
        return dict(zip(self._kinds, places, strict=True))

    def _kinds_of(self, words: AbstractSet[str]) -> dict[str, Sequence[int]]:
        """Choose the words that a rule may match at, with those rules."""
        # A pattern that ignores case may take other letters than ASCII's for one of those.
        others = (word for word in filterfalse(str.isascii, words) if word[0].isalpha())
        kinds: dict[str, Sequence[int]] = dict.fromkeys(others, range(len(self._kinds)))
        return kinds | {
            word: self._by_word[word] for word in (words & self._words) | YEARS | DIGITS
        }
