"""What every event on a topic has in common, and how events are read and written."""

from datetime import datetime
from typing import Annotated, Any, Self

from pydantic import AfterValidator, BaseModel, ConfigDict, Field, StringConstraints


def _open_to_new_fields(schema: dict[str, Any]) -> None:
    """Keep the schema open: consumers must accept fields that a later producer adds."""
    schema.pop("additionalProperties", None)


class Value(BaseModel):
    """A part of an event: frozen, strict, and free of unknown fields when we build it."""

    model_config = ConfigDict(
        frozen=True,
        strict=True,
        extra="forbid",
        allow_inf_nan=False,
        json_schema_extra=_open_to_new_fields,
    )


class Event(Value):
    """The value of a record on a topic."""

    @classmethod
    def from_json(cls, payload: bytes) -> Self:
        """Read an event from the wire; fields this version does not know are ignored.

        Raises `pydantic.ValidationError` when `payload` is not JSON or breaks the schema, an
        unknown `schema_version` included.
        """
        return cls.model_validate_json(payload, extra="ignore")

    def to_json(self) -> bytes:
        """Write the event as UTF-8 JSON."""
        return self.model_dump_json().encode()


def _parses_as_date(value: str) -> str:
    """Refuse what looks like ISO 8601 but is no date, such as 2019-02-30."""
    datetime.fromisoformat(value + "-01-01"[len(value) - len("2019") :])
    return value


ReducedDate = Annotated[
    str,
    StringConstraints(
        pattern=r"^\d{4}(-\d{2}(-\d{2}(T\d{2}:\d{2}(:\d{2}(\.\d+)?)?(Z|[+-]\d{2}:\d{2})?)?)?)?$"
    ),
    AfterValidator(_parses_as_date),
]
"""A point in time in ISO 8601, with the precision it is known to: 2019, 2019-01, 2019-01-30, …"""

Offset = Annotated[int, Field(ge=0)]
"""A code point index into the article's `text`."""
