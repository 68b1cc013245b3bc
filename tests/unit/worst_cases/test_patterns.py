"""No pattern takes more than linear time, whatever the text."""

import ast
import re
from collections.abc import Callable
from pathlib import Path
from typing import NamedTuple

import pytest

from services.enricher.enrichments.published_at import LONGEST_STATEMENT
from services.enricher.layout.boilerplate import LONGEST_JUNK
from services.enricher.layout.titles import LONGEST_TITLE
from tests.unit.worst_cases.adversary import Family, families
from tests.unit.worst_cases.cpu import cpu_seconds
from tests.unit.worst_cases.patterns import patterns

SMALL, MEGABYTE = 5_000, 1_000_000
SLOWEST = 2
"""Of all texts made for a pattern, so many are fed to it at full size."""
SECONDS = 4.0
"""CPU seconds for a megabyte; what is quadratic would take hours."""

Feed = Callable[[re.Pattern[str], str], object]


def everywhere(pattern: re.Pattern[str], text: str) -> None:
    for _ in pattern.finditer(text):
        pass


class Use(NamedTuple):
    """How a pattern is used, where that is not: everywhere in a text of any length."""

    feed: Feed
    at_most: int = MEGABYTE
    """Characters of the longest text that it is used on."""


LAYOUT, ZONES = "services.enricher.layout.boilerplate.", "services.enricher.enrichments.zones."
DATELINES, TITLES = "services.enricher.layout.datelines.", "services.enricher.layout.titles."
USES = {
    DATELINES + "_LINE": Use(re.Pattern.fullmatch, LONGEST_JUNK),
    DATELINES + "_STATED": Use(re.Pattern.match, LONGEST_STATEMENT),
    DATELINES + "_AT_THE_LEAD": Use(re.Pattern.match, LONGEST_JUNK),
    ZONES + "_SLUG": Use(re.Pattern.match),
    TITLES + "_SITE": Use(everywhere, LONGEST_TITLE),
    TITLES + "_AUTHORS": Use(re.Pattern.fullmatch, LONGEST_TITLE),
    ZONES + "_ABBREVIATION": Use(everywhere, LONGEST_TITLE),
    LAYOUT + "_LINKS_AHEAD": Use(re.Pattern.match, LONGEST_JUNK),
    LAYOUT + "_NOTICE": Use(re.Pattern.match, LONGEST_JUNK),
    LAYOUT + "_BYLINE": Use(re.Pattern.match, LONGEST_JUNK),
    LAYOUT + "_DATELINE": Use(re.Pattern.match, LONGEST_JUNK),
    LAYOUT + "_IDENTIFIER": Use(re.Pattern.match, LONGEST_JUNK),
    LAYOUT + "_BREADCRUMB": Use(re.Pattern.match, LONGEST_JUNK),
}
PATTERNS = patterns()


def fed(name: str, family: Family, size: int) -> float:
    """Measure a pattern on a text of `size`, in pieces if it never sees more at once."""
    use = USES.get(name, Use(everywhere))
    text = family.text(min(size, use.at_most))
    times = max(1, size // len(text))

    def run() -> None:
        for _ in range(times):
            use.feed(PATTERNS[name], text)

    return cpu_seconds(run, SECONDS)


@pytest.mark.parametrize("name", PATTERNS)
def test_a_pattern_reads_a_megabyte_of_its_own_worst_case_in_linear_time(name):
    made = families(PATTERNS[name])
    slowest = sorted(made, key=lambda family: fed(name, family, SMALL))[-SLOWEST:]
    for family in slowest:
        assert fed(name, family, MEGABYTE) < SECONDS, family


@pytest.mark.parametrize(
    "slow",
    [
        r"\w+@",
        r"(?:a|a)*b",
        r"\s*,?\s*$",
        r"by\s*:?\s+[A-Z]",
        r"^[A-Z][\w-]*(?:(?:,?\s+|\s*[,&-]\s*)[A-Z][\w-]*){0,11}$",
    ],
)
def test_a_slow_pattern_is_found_out(slow):
    pattern = re.compile(slow)
    assert any(
        cpu_seconds(lambda: everywhere(pattern, family.text(20_000)), 0.5) >= 0.5  # noqa: B023
        for family in families(pattern)
    )


def test_every_use_that_is_told_of_is_of_a_pattern_that_exists():
    assert USES.keys() <= PATTERNS.keys()


@pytest.mark.parametrize("package", ["schemas", "services/enricher", "services/search"])
def test_every_pattern_that_reads_an_article_is_kept_where_these_tests_find_it(package):
    inside = [
        f"{path}:{call.lineno}"
        for path in Path(package).rglob("*.py")
        for function in ast.walk(ast.parse(path.read_text(encoding="utf-8")))
        if isinstance(function, ast.FunctionDef)
        for call in ast.walk(function)
        if _is_a_pattern_of_its_own(call)
    ]
    assert inside == []


def _is_a_pattern_of_its_own(node: ast.AST) -> bool:
    """Whether a call gives `re` a pattern that is written there; an escaped word is none."""
    if not isinstance(node, ast.Call) or not ast.unparse(node.func).startswith("re."):
        return False
    written = any(isinstance(arg, ast.Constant | ast.JoinedStr) for arg in node.args)
    return written and "re.escape(" not in ast.unparse(node)
