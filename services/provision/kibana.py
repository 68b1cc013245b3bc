"""Imports the saved objects into Kibana and makes them what a newcomer sees first."""

import json
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import aiohttp

from services.provision.report import Done, ProvisioningError
from services.provision.waiting import ServerAway

READY = {"available", "degraded"}


@dataclass(frozen=True, slots=True)
class Objects:
    """What Kibana is to have: NDJSON exports by file name, and advanced settings."""

    exports: Mapping[str, bytes]
    settings: Mapping[str, Any] | None


def shipped(folder: Path) -> Objects:
    """Read each NDJSON file of the folder and its settings.json, if there is one."""
    settings = folder / "settings.json"
    return Objects(
        exports={file.name: file.read_bytes() for file in sorted(folder.glob("*.ndjson"))},
        settings=json.loads(settings.read_text(encoding="utf-8")) if settings.exists() else None,
    )


async def provide_kibana(session: aiohttp.ClientSession, objects: Objects) -> list[Done]:
    """Import the objects and apply the settings, overwriting what has the same names.

    The session has Kibana's address, with a closing slash, as its base and carries the
    credentials. Raises `ServerAway` while Kibana starts and `ProvisioningError` when it refuses.
    """
    await _require_ready(session)
    done = [await _import(session, name, export) for name, export in objects.exports.items()]
    if objects.settings:
        done.append(await _apply(session, objects.settings))
    return done


async def _require_ready(session: aiohttp.ClientSession) -> None:
    async with session.get("api/status") as response:
        if response.status != 200:
            raise ServerAway(f"its status answers {response.status}")
        level = (await response.json())["status"]["overall"]["level"]
    if level not in READY:
        raise ServerAway(f"it is {level}")


async def _import(session: aiohttp.ClientSession, name: str, export: bytes) -> Done:
    form = aiohttp.FormData()
    form.add_field("file", export, filename=name, content_type="application/x-ndjson")
    url = "api/saved_objects/_import?overwrite=true"
    async with session.post(url, data=form, headers={"kbn-xsrf": "newsreel"}) as response:
        await _require_accepted(response, f"import {name}")
        answer = await response.json()
    # Kibana answers 200 also when it imported nothing.
    if not answer.get("success") or answer.get("errors"):
        raise ProvisioningError(f"Kibana did not import {name}: {refusals(answer)}")
    return Done(f"Kibana objects of {name}", "changed", f"{answer['successCount']} imported")


def refusals(answer: Mapping[str, Any]) -> str:
    """Write what an import's answer says of the objects that Kibana refused, in one line."""
    refused = (
        f"{error.get('type')} {error.get('id')} ({json.dumps(error.get('error', {}))})"
        for error in answer.get("errors", ())
    )
    return "; ".join(refused) or "it gives no reason"


async def _apply(session: aiohttp.ClientSession, settings: Mapping[str, Any]) -> Done:
    url = "api/kibana/settings"
    async with session.post(url, json=settings, headers={"kbn-xsrf": "newsreel"}) as response:
        if response.status == 404:
            # Elastic can switch this interface off; the objects are of use without it.
            return Done("Kibana settings", "kept", "this Kibana has no interface for settings")
        await _require_accepted(response, "change the settings")
    return Done("Kibana settings", "changed", ", ".join(settings["changes"]))


async def _require_accepted(response: aiohttp.ClientResponse, what: str) -> None:
    if response.status in {429, 502, 503, 504}:
        raise ServerAway(f"it answers {response.status}")
    if response.status >= 400:
        text = " ".join((await response.text()).split())[:500]
        raise ProvisioningError(f"Kibana refuses to {what}: {response.status} {text}")
