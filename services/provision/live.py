"""What a live index lacks of the fields that are wanted, and how it gets them."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from elasticsearch import AsyncElasticsearch

from services.provision.mappings import drift
from services.provision.report import Done, ProvisioningError


@dataclass(frozen=True, slots=True)
class Growth:
    """A live index, and the fields to add to it."""

    index: str
    fields: tuple[str, ...]
    mappings: Mapping[str, Any]


async def growth(client: AsyncElasticsearch, index: str, template: Mapping[str, Any]) -> Growth:
    """Compare a live index with its template, and change nothing.

    Raises `ProvisioningError` naming what the index has otherwise or no longer should have.
    """
    live = (await client.indices.get_mapping(index=index))[index]["mappings"]
    settings = (await client.indices.get_settings(index=index))[index]["settings"]["index"]
    found = drift(live, template["mappings"])
    refused = list(found.refused)
    wanted = template.get("settings", {}).get("index", {}).get("analysis")
    if settings.get("analysis") != wanted:
        refused.append("the analyzers differ")
    if refused:
        raise ProvisioningError(
            f"index {index} cannot be changed: {'; '.join(refused)}. Only new fields are added to "
            "a live index; for the rest, create a new index and index the articles again"
        )
    return Growth(index, found.added, template["mappings"])


async def grow(client: AsyncElasticsearch, found: Growth) -> Done:
    """Add the fields."""
    if not found.fields:
        return Done(f"index {found.index}", "unchanged")
    await client.indices.put_mapping(index=found.index, body=dict(found.mappings))
    return Done(f"index {found.index}", "changed", f"new fields {', '.join(found.fields)}")
