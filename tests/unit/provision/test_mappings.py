import pytest

from services.provision.mappings import drift, fields

LIVE = {
    "dynamic": "strict",
    "properties": {
        "title": {"type": "text", "fields": {"keyword": {"type": "keyword"}}},
        "numbers": {"type": "nested", "properties": {"value": {"type": "double"}}},
        "enrichment": {"properties": {"model": {"type": "keyword"}}},
    },
}


def with_properties(**properties: object) -> dict[str, object]:
    return LIVE | {"properties": LIVE["properties"] | properties}


def test_fields_are_named_by_their_path_with_parts_and_multi_fields() -> None:
    assert dict(fields(LIVE)) == {
        "title": {"type": "text"},
        "title.keyword": {"type": "keyword"},
        "numbers": {"type": "nested"},
        "numbers.value": {"type": "double"},
        "enrichment": {"type": "object"},
        "enrichment.model": {"type": "keyword"},
    }


def test_the_same_mapping_has_no_drift() -> None:
    assert drift(LIVE, LIVE).added == ()
    assert drift(LIVE, LIVE).refused == ()


@pytest.mark.parametrize(
    ("properties", "added"),
    [
        ({"story_id": {"type": "keyword"}}, ("story_id",)),
        (
            {
                "numbers": {
                    "type": "nested",
                    "properties": {"value": {"type": "double"}, "unit": {"type": "keyword"}},
                }
            },
            ("numbers.unit",),
        ),
        (
            {
                "title": {
                    "type": "text",
                    "fields": {"keyword": {"type": "keyword"}, "exact": {"type": "text"}},
                }
            },
            ("title.exact",),
        ),
    ],
)
def test_a_new_field_part_or_multi_field_is_added(
    properties: dict[str, object], added: tuple[str, ...]
) -> None:
    found = drift(LIVE, with_properties(**properties))
    assert (found.added, found.refused) == (added, ())


@pytest.mark.parametrize(
    ("properties", "refused"),
    [
        (
            {"numbers": {"type": "nested", "properties": {"value": {"type": "long"}}}},
            "numbers.value is type=double, wanted type=long",
        ),
        ({"title": {"type": "text"}}, "title.keyword is mapped and no longer wanted"),
        (
            {
                "title": {
                    "type": "text",
                    "analyzer": "english",
                    "fields": {"keyword": {"type": "keyword"}},
                }
            },
            "title is type=text, wanted analyzer=english type=text",
        ),
    ],
)
def test_what_changed_or_went_is_refused_by_name(
    properties: dict[str, object], refused: str
) -> None:
    assert drift(LIVE, with_properties(**properties)).refused == (refused,)


def test_an_index_that_takes_unknown_fields_is_refused() -> None:
    assert drift(LIVE | {"dynamic": "true"}, LIVE).refused == ("dynamic is true, wanted strict",)
