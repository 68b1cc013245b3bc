"""Creates the indices beside the articles', as only small documents change there.

They are the memory of stories, and what `newsreel monitor` writes; each has an alias of its own.
"""

import json
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from elasticsearch import AsyncElasticsearch, NotFoundError

from services.provision.live import Growth, grow, growth
from services.provision.report import Done, ProvisioningError, state
from services.runtime.settings import Elasticsearch

Body = dict[str, Any]


@dataclass(frozen=True, slots=True)
class Beside:
    """An alias, the template of the indices behind it, and the live one if there is one."""

    alias: str
    template: Body
    live: Growth | None


def templates(folder: Path, articles: str, chosen: Mapping[str, str]) -> dict[str, Body]:
    """Read the shipped templates; give them the installation's names, shards and copies."""
    sizes = {key: value for key, value in chosen.items() if key != "refresh_interval"}
    found = {}
    shipped, names = Elasticsearch().beside, Elasticsearch(articles=articles).beside
    for file, name in zip(shipped, names, strict=True):
        body = json.loads((folder / f"{file}.json").read_text(encoding="utf-8"))
        body["template"]["settings"]["index"] |= sizes
        found[name] = body | {"index_patterns": [f"{name}-*"]}
    return found


async def compared(client: AsyncElasticsearch, alias: str, template: Body) -> Beside:
    """Look at the live index, and change nothing; raises `ProvisioningError` as `growth` does."""
    index = await _live(client, alias)
    live = await growth(client, index, template["template"]) if index else None
    return Beside(alias, template, live)


async def provide(client: AsyncElasticsearch, wanted: Beside) -> list[Done]:
    """Create template, index and alias where they are missing; a live index gets new fields."""
    done = [await put_template(client, wanted.alias, wanted.template)]
    index = wanted.live.index if wanted.live else f"{wanted.alias}-000001"
    if wanted.live:
        done.append(await grow(client, wanted.live))
    else:
        await client.indices.create(index=index)
        done.append(Done(f"index {index}", "created"))
    if await client.indices.exists_alias(name=wanted.alias):
        return [*done, Done(f"alias {wanted.alias}", "unchanged")]
    action = {"add": {"index": index, "alias": wanted.alias, "is_write_index": True}}
    await client.indices.update_aliases(actions=[action])
    return [*done, Done(f"alias {wanted.alias}", "created")]


async def put_template(client: AsyncElasticsearch, name: str, wanted: Body) -> Done:
    """Put an index template where it is missing or differs."""
    try:
        found = await client.indices.get_index_template(name=name)
        there = found["index_templates"][0]["index_template"]
    except NotFoundError:
        there = None
    if there != wanted:
        await client.indices.put_index_template(name=name, **wanted)
    return Done(f"index template {name}", state(there, wanted))


async def _live(client: AsyncElasticsearch, alias: str) -> str | None:
    """Find the index that is written to; without the alias, the first."""
    try:
        behind = await client.indices.get_alias(name=alias)
    except NotFoundError:
        first = f"{alias}-000001"
        return first if await client.indices.exists(index=first) else None
    writable = [index for index, at in behind.items() if at["aliases"][alias].get("is_write_index")]
    if len(behind) > 1 and not writable:
        raise ProvisioningError(f"{alias} has no write index among {', '.join(sorted(behind))}")
    chosen: str = (writable or list(behind))[0]
    return chosen
