"""Creates the article index with its templates and aliases, and adds new fields to a live one."""

import json
import re
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from elasticsearch import AsyncElasticsearch, NotFoundError

from services.provision.beside import compared, provide, put_template, templates
from services.provision.live import grow, growth
from services.provision.report import Done, ProvisioningError, state

SHIPPED_NAME = "news-articles"
"""The name in the files of deploy/elasticsearch; it gives way to the installation's own."""
PARTS = ("-settings", "-mappings", "")

Body = dict[str, Any]


@dataclass(frozen=True, slots=True)
class Plan:
    """What Elasticsearch is to have for one installation."""

    articles: str
    """The read alias, and the beginning of every other name."""
    settings: Body
    """The component template of what an operator may want otherwise: shards and such."""
    mappings: Body
    """The component template of the fields and of the analyzers that they name."""
    index: Body
    """The index template that joins both."""
    chosen: Mapping[str, str]
    """Index settings that were asked for, so that a live index gets them too."""
    beside: Mapping[str, Body]
    """The templates of the other indices by alias, which is also the template's name."""

    @property
    def aliases(self) -> Body:
        """The write alias, and the read alias that shows no withdrawn article."""
        return {
            f"{self.articles}-write": {"is_write_index": True},
            self.articles: {"filter": {"term": {"status": "usable"}}},
        }


def plan(folder: Path, articles: str, chosen: Mapping[str, str]) -> Plan:
    """Read the shipped templates and give them the installation's name and chosen settings."""
    settings, mappings, index = (
        json.loads((folder / f"{SHIPPED_NAME}{part}.json").read_text(encoding="utf-8"))
        for part in PARTS
    )
    settings["template"]["settings"]["index"] |= chosen
    for names in ("index_patterns", "composed_of"):
        index[names] = [articles + name.removeprefix(SHIPPED_NAME) for name in index[names]]
    beside = templates(folder, articles, chosen)
    return Plan(articles, settings, mappings, index, chosen, beside)


async def provide_index(client: AsyncElasticsearch, wanted: Plan) -> list[Done]:
    """Create what is missing and bring the rest up to date.

    Raises `ProvisioningError` before anything is changed when a live index has a field that is
    wanted otherwise or no longer.
    """
    live = await _live_index(client, wanted)
    found = await growth(client, live, wanted.mappings["template"]) if live else None
    beside = [await compared(client, name, body) for name, body in wanted.beside.items()]
    done = [await _component(client, f"{wanted.articles}-settings", wanted.settings)]
    done += [await _component(client, f"{wanted.articles}-mappings", wanted.mappings)]
    done += [await put_template(client, wanted.articles, wanted.index)]
    for one in beside:
        done += await provide(client, one)
    if found is None:
        name = f"{wanted.articles}-000001"
        await client.indices.create(index=name, aliases=wanted.aliases)
        created = [f"index {name}", *(f"alias {alias}" for alias in wanted.aliases)]
        return done + [Done(what, "created") for what in created]
    done.append(await grow(client, found))
    done += await _choose_settings(client, found.index, wanted)
    return done + await _aliases(client, found.index, wanted)


async def _live_index(client: AsyncElasticsearch, wanted: Plan) -> str | None:
    """Find the index that is written to; without the alias, the one with the highest number."""
    for alias in wanted.aliases:
        if await client.indices.exists(index=alias) and not await _behind(client, alias):
            raise ProvisioningError(
                f"{alias} is an index and must be an alias; delete that index, or choose another "
                "name with --elasticsearch.articles"
            )
    behind = await _behind(client, f"{wanted.articles}-write")
    if len(behind) == 1:
        return next(iter(behind))
    writable = [name for name, alias in behind.items() if alias.get("is_write_index")]
    if behind and not writable:
        names = ", ".join(sorted(behind))
        raise ProvisioningError(f"{wanted.articles}-write has no write index among {names}")
    numbered = re.compile(re.escape(wanted.articles) + r"-\d{6}")
    indices = await client.indices.get(index=f"{wanted.articles}-*", features="aliases")
    return max(writable or filter(numbered.fullmatch, indices), default=None)


async def _behind(client: AsyncElasticsearch, alias: str) -> Mapping[str, Body]:
    """Return the indices behind an alias, each with the alias's definition there."""
    try:
        found = await client.indices.get_alias(name=alias)
    except NotFoundError:
        return {}
    return {index: entry["aliases"][alias] for index, entry in found.items()}


async def _choose_settings(client: AsyncElasticsearch, live: str, wanted: Plan) -> list[Done]:
    """Give the live index the settings that were asked for; an operator's own stay otherwise."""
    there = (await client.indices.get_settings(index=live))[live]["settings"]["index"]
    differing = {name: value for name, value in wanted.chosen.items() if there.get(name) != value}
    shards = differing.pop("number_of_shards", None)
    done = []
    if shards:
        detail = f"{there['number_of_shards']} shards, not {shards}: only a new index can have more"
        done.append(Done(f"index {live}", "kept", detail))
    if differing:
        await client.indices.put_settings(index=live, settings=differing)
        changed = ", ".join(f"{name}={value}" for name, value in differing.items())
        done.append(Done(f"index {live}", "changed", changed))
    return done


async def _aliases(client: AsyncElasticsearch, live: str, wanted: Plan) -> list[Done]:
    there = (await client.indices.get_alias(index=live))[live]["aliases"]
    done = []
    for alias, definition in wanted.aliases.items():
        if there.get(alias) == definition:
            done.append(Done(f"alias {alias}", "unchanged"))
            continue
        action = {"add": {"index": live, "alias": alias} | definition}
        await client.indices.update_aliases(actions=[action])
        done.append(Done(f"alias {alias}", "changed" if alias in there else "created"))
    return done


async def _component(client: AsyncElasticsearch, name: str, body: Body) -> Done:
    try:
        found = await client.cluster.get_component_template(name=name)
        there = found["component_templates"][0]["component_template"]
    except NotFoundError:
        there = None
    if there != body:
        await client.cluster.put_component_template(name=name, **body)
    return Done(f"component template {name}", state(there, body))
