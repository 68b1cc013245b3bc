"""Fields, and queries that are held against them."""

import pytest

from tests.unit.kibana.kql import misasked
from tests.unit.kibana.mapping import Field, fields
from tests.unit.kibana.shipped import MAPPING


def test_fields_inside_nested_ones_are_nested_and_subfields_are_named():
    mapping = {
        "numbers": {"type": "nested", "properties": {"unit": {"type": "keyword"}}},
        "title": {"type": "text", "fields": {"keyword": {"type": "keyword"}}},
        "enrichment": {"properties": {"model": {"type": "keyword"}}},
    }
    assert fields(mapping) == {
        "numbers": Field("nested", nested=True),
        "numbers.unit": Field("keyword", nested=True),
        "title": Field("text", nested=False),
        "title.keyword": Field("keyword", nested=False),
        "enrichment.model": Field("keyword", nested=False),
    }


@pytest.mark.parametrize(
    ("query", "why"),
    [
        ("", None),
        ("killed >= 100 and (places: Kharkiv or places: Kyiv)", None),
        ('not numbers:{ kind:"money" and value < -1 } and injured: *', None),
        ("dead > 1", "there is no field dead to ask for"),
        ("places > 1", "places is of type keyword, which has no more and no less"),
        ("numbers.value > 1", "numbers.value is nested: ask for it in braces"),
        ("numbers:{ killed > 1 }", "there is no field numbers.killed to ask for"),
        ("places:{ name: x }", "places is of type keyword: braces are for nested ones"),
        ("numbers: 1", "numbers is of type nested: braces are for nested ones"),
        ("numbers:{ value > 1", "numbers:{ value > 1 leaves { open"),
        ("killed > 1)", "killed > 1) closes what is not open"),
        ('places: "Kyiv', 'places: "Kyiv is not to be read'),
    ],
)
def test_a_query_is_held_against_the_mapping(query: str, why: str | None):
    found = list(misasked(query, MAPPING))
    assert found[:1] == ([why] if why else [])
