from collections.abc import AsyncIterator
from contextlib import asynccontextmanager

import aiohttp
import pytest
from aiohttp import web
from aiohttp.test_utils import TestServer

from services.provision.kibana import Objects, provide_kibana
from services.provision.report import Done, ProvisioningError
from services.provision.waiting import ServerAway

OBJECTS = Objects(exports={"newsreel.ndjson": b'{"id": "a"}\n'}, settings={"changes": {"x": 1}})


class Kibana:
    """Answers as Kibana does, and keeps what it was given."""

    def __init__(self) -> None:
        self.level = "available"
        self.imported = web.json_response({"success": True, "successCount": 1})
        self.settings_status = 200
        self.got: list[object] = []

    async def status(self, _: web.Request) -> web.Response:
        status = 200 if self.level == "available" else 503
        return web.json_response({"status": {"overall": {"level": self.level}}}, status=status)

    async def take(self, request: web.Request) -> web.Response:
        part = await (await request.multipart()).next()
        assert isinstance(part, aiohttp.BodyPartReader)
        self.got.append((part.name, part.filename, bytes(await part.read())))
        self.got.append((dict(request.query), "kbn-xsrf" in request.headers))
        return self.imported

    async def settings(self, request: web.Request) -> web.Response:
        self.got.append(await request.json())
        return web.json_response({}, status=self.settings_status)

    @asynccontextmanager
    async def session(self, base: str = "") -> AsyncIterator[aiohttp.ClientSession]:
        app = web.Application()
        app.router.add_get(base + "/api/status", self.status)
        app.router.add_post(base + "/api/saved_objects/_import", self.take)
        app.router.add_post(base + "/api/kibana/settings", self.settings)
        async with TestServer(app) as server:
            url = server.make_url(base + "/")
            async with aiohttp.ClientSession(base_url=url) as session:
                yield session


@pytest.mark.parametrize("base", ["", "/behind/a/proxy"])
async def test_objects_are_imported_by_name_and_the_settings_applied(base: str) -> None:
    kibana = Kibana()
    async with kibana.session(base) as session:
        done = await provide_kibana(session, OBJECTS)
    assert done == [
        Done("Kibana objects of newsreel.ndjson", "changed", "1 imported"),
        Done("Kibana settings", "changed", "x"),
    ]
    assert kibana.got == [
        ("file", "newsreel.ndjson", b'{"id": "a"}\n'),
        ({"overwrite": "true"}, True),
        {"changes": {"x": 1}},
    ]


async def test_an_import_that_answers_200_and_failed_is_an_error_naming_the_object() -> None:
    kibana = Kibana()
    error = {"type": "dashboard", "id": "d", "error": {"type": "missing_references"}}
    kibana.imported = web.json_response({"success": False, "successCount": 0, "errors": [error]})
    async with kibana.session() as session:
        with pytest.raises(ProvisioningError, match=r"dashboard d .*missing_references"):
            await provide_kibana(session, OBJECTS)


async def test_a_kibana_that_starts_is_away() -> None:
    kibana = Kibana()
    kibana.level = "unavailable"
    async with kibana.session() as session:
        with pytest.raises(ServerAway, match="503"):
            await provide_kibana(session, OBJECTS)


async def test_refused_credentials_say_so() -> None:
    kibana = Kibana()
    kibana.imported = web.json_response({"message": "Unauthorized"}, status=401)
    async with kibana.session() as session:
        with pytest.raises(ProvisioningError, match=r"401 .*Unauthorized"):
            await provide_kibana(session, OBJECTS)


async def test_a_kibana_without_the_settings_interface_keeps_its_objects() -> None:
    kibana = Kibana()
    kibana.settings_status = 404
    async with kibana.session() as session:
        done: list[Done] = await provide_kibana(session, OBJECTS)
    assert [one.state for one in done] == ["changed", "kept"]
