"""Creates the memory of stories: an index of its own, as only small documents change there."""

from collections.abc import Mapping
from typing import Any

from elasticsearch import AsyncElasticsearch, NotFoundError

from services.provision.report import Done, state


def stories_template(shipped: Mapping[str, Any], name: str, chosen: Mapping[str, str]) -> Any:
    """Give the shipped template the installation's name, its shards and its copies."""
    settings = shipped["template"]["settings"]["index"]
    sizes = {key: value for key, value in chosen.items() if key != "refresh_interval"}
    template = shipped["template"] | {"settings": {"index": settings | sizes}}
    return {**shipped, "index_patterns": [f"{name}-*"], "template": template}


async def provide_stories(
    client: AsyncElasticsearch, name: str, template: Mapping[str, Any]
) -> list[Done]:
    """Create template, index and alias where they are missing; a live index stays as it is."""
    try:
        found = await client.indices.get_index_template(name=name)
        there = found["index_templates"][0]["index_template"]
    except NotFoundError:
        there = None
    if there != template:
        await client.indices.put_index_template(name=name, **template)
    done = Done(f"index template {name}", state(there, template))
    if await client.indices.exists_alias(name=name):
        return [done, Done(f"alias {name}", "unchanged")]
    index = f"{name}-000001"
    if await client.indices.exists(index=index):
        action = {"add": {"index": index, "alias": name, "is_write_index": True}}
        await client.indices.update_aliases(actions=[action])
        return [done, Done(f"alias {name}", "created")]
    await client.indices.create(index=index, aliases={name: {"is_write_index": True}})
    return [done, Done(f"index {index}", "created"), Done(f"alias {name}", "created")]
