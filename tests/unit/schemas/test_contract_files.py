import copy
import json
from pathlib import Path

import pytest
from jsonschema import Draft202012Validator

from schemas.generate import EVENTS, FOLDER, documents
from tests.unit.schemas.compatibility import breaks

RELEASED = Path(__file__).parent / "released"
EXAMPLES = Path(__file__).parents[3] / "schemas" / "examples"
EXAMPLE_FILES = sorted(EXAMPLES.glob("*/*.json"))


@pytest.mark.parametrize(("name", "text"), documents().items())
def test_the_committed_file_is_what_the_models_say(name, text):
    """To mend it: python -m schemas.generate."""
    assert (FOLDER / name).read_text(encoding="utf-8") == text


@pytest.mark.parametrize("name", EVENTS)
def test_a_consumer_of_the_released_schema_can_read_what_we_write(name):
    released = json.loads((RELEASED / f"{name}.schema.json").read_text(encoding="utf-8"))
    today = json.loads((FOLDER / f"{name}.schema.json").read_text(encoding="utf-8"))
    assert breaks(released, today) == []


@pytest.mark.parametrize("path", EXAMPLE_FILES, ids=lambda path: f"{path.parent.name}-{path.stem}")
def test_every_example_is_valid_for_the_models_and_for_the_json_schema(path):
    name = path.parent.name
    EVENTS[name].from_json(path.read_bytes())
    schema = json.loads((FOLDER / f"{name}.schema.json").read_text(encoding="utf-8"))
    errors = list(Draft202012Validator(schema).iter_errors(json.loads(path.read_bytes())))
    assert errors == []


def test_there_is_an_example_of_each_event():
    assert {path.parent.name for path in EXAMPLE_FILES} == set(EVENTS)


def change(schema: dict, path: str, **changes: object) -> dict:
    changed = copy.deepcopy(schema)
    place = changed
    for step in path.split("/"):
        place = place[step]
    for key, value in changes.items():
        if value is None:
            place.pop(key)
        else:
            place[key] = value
    return changed


@pytest.mark.parametrize(
    ("path", "changes"),
    [
        ("", {}),
        ("$defs/Mention", {"required": ["start", "end"]}),
        ("$defs/Entity/properties/name", {"type": "integer"}),
        ("$defs/Entity/properties/type", {"enum": ["PERSON", "CATTLE"]}),
        ("$defs/Entity/properties/mentions", {"minItems": None}),
        ("properties/content_sha256", {"pattern": "^.*$"}),
        ("properties/version", {"minimum": 0}),
        ("properties/title", {"anyOf": [{"$ref": "#/$defs/Title"}, {"type": "string"}]}),
    ],
)
def test_the_check_finds_each_kind_of_break_and_no_other(path, changes):
    released = json.loads((RELEASED / "enriched_article.v1.schema.json").read_text("utf-8"))
    if not path:
        grown = change(released, "properties", mood={"type": "string"})
        assert breaks(released, grown) == []
        return
    assert len(breaks(released, change(released, path, **changes))) >= 1
