"""The HTTP proxy refuses what it is told to, and passes on the rest."""

import json
import random
import threading
from collections.abc import Iterator
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from urllib.error import HTTPError
from urllib.request import Request, urlopen

import pytest

from services.servers.ports import HOST
from tests.faults.http_proxy import HttpProxy

ITEMS = 40


class Elasticsearch(BaseHTTPRequestHandler):
    """Answers a bulk request with the ids it got, anything else with its path."""

    def do_POST(self) -> None:
        lines = self.rfile.read(int(self.headers["Content-Length"])).splitlines()
        ids = [json.loads(line)["index"]["_id"] for line in lines[::2]]
        self._send({"items": [{"index": {"status": 201, "_id": one}} for one in ids]})

    def do_GET(self) -> None:
        self._send({"path": self.path})

    def log_message(self, *_: object) -> None:
        pass

    def _send(self, answer: object) -> None:
        body = json.dumps(answer).encode()
        self.send_response(200)
        self.send_header("Content-Type", "application/json")
        self.send_header("Content-Length", str(len(body)))
        self.end_headers()
        self.wfile.write(body)


@pytest.fixture
def proxy() -> Iterator[HttpProxy]:
    with ThreadingHTTPServer((HOST, 0), Elasticsearch) as server:
        threading.Thread(target=server.serve_forever, daemon=True).start()
        with HttpProxy(server.server_port, random.Random(1)) as running:  # noqa: S311 - a schedule
            yield running
        server.shutdown()


def ask(proxy: HttpProxy, path: str, body: bytes | None = None) -> dict:
    request = Request(f"http://{HOST}:{proxy.port}{path}", body)
    with urlopen(request, timeout=5) as response:  # noqa: S310 - http, our own address
        return json.load(response)


def bulk(numbers: range | list[int]) -> bytes:
    lines = []
    for number in numbers:
        lines += [{"index": {"_id": str(number), "version": 1}}, {"title": "x"}]
    return "".join(json.dumps(line) + "\n" for line in lines).encode()


def test_untouched_it_passes_everything_on(proxy):
    assert ask(proxy, "/_alias/x?y=z") == {"path": "/_alias/x?y=z"}
    answers = ask(proxy, "/_bulk", bulk(range(3)))["items"]
    assert [answer["index"]["_id"] for answer in answers] == ["0", "1", "2"]


def test_it_takes_a_part_of_a_bulk_out_and_answers_in_order(proxy):
    proxy.refused_share = 0.5
    answers = [answer["index"] for answer in ask(proxy, "/_bulk", bulk(range(ITEMS)))["items"]]
    assert len(answers) == ITEMS
    refused = [number for number, answer in enumerate(answers) if answer["status"] == 429]
    assert len(refused) == proxy.refused
    assert 0 < len(refused) < ITEMS
    assert {answers[number]["error"]["type"] for number in refused} == {
        "es_rejected_execution_exception"
    }
    passed = [(number, a) for number, a in enumerate(answers) if a["status"] == 201]
    assert all(answer["_id"] == str(number) for number, answer in passed)


def test_what_was_accepted_and_comes_again_is_noted(proxy):
    proxy.refused_share = 0.5
    answers = ask(proxy, "/_bulk", bulk(range(ITEMS)))["items"]
    refused = [n for n, answer in enumerate(answers) if answer["index"]["status"] == 429]
    proxy.refused_share = 0.0
    ask(proxy, "/_bulk", bulk(refused))
    assert proxy.sent_again == []
    ask(proxy, "/_bulk", bulk(refused[:1]))
    assert proxy.sent_again == [(str(refused[0]), 1)]


@pytest.mark.parametrize("status", [401, 403])
def test_it_refuses_all_requests_and_passes_none_on(proxy, status):
    proxy.status = status
    with pytest.raises(HTTPError) as raised:
        ask(proxy, "/_bulk", bulk(range(2)))
    assert raised.value.code == status
    raised.value.close()
    assert not proxy.accepted
