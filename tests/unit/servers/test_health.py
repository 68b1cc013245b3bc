import json
import socket
import struct
import threading
from collections.abc import Iterator
from contextlib import contextmanager

import pytest
from hypothesis import given
from hypothesis import strategies as st

from services.servers import health
from services.servers.ports import HOST, free_port


@contextmanager
def answering(answer: bytes) -> Iterator[int]:
    """A server that reads what one client asks and answers always the same."""

    def serve() -> None:
        connection, _ = listener.accept()
        with connection:
            connection.recv(4096)
            connection.sendall(answer)

    with socket.create_server((HOST, 0)) as listener:
        thread = threading.Thread(target=serve)
        thread.start()
        yield listener.getsockname()[1]
        thread.join()


def metadata(brokers: int) -> bytes:
    body = struct.pack(">ii", 0, brokers) + b"the brokers themselves"
    return struct.pack(">i", len(body)) + body


def http(status: str, body: object) -> bytes:
    content = json.dumps(body).encode()
    head = f"HTTP/1.1 {status}\r\nContent-Length: {len(content)}\r\nConnection: close\r\n\r\n"
    return head.encode() + content


def test_a_metadata_request_says_its_own_length():
    request = health.metadata_request()
    assert struct.unpack_from(">ihh", request) == (len(request) - 4, 3, 1)


@given(st.binary(max_size=7))
def test_a_response_cut_short_lists_no_broker(response):
    assert health.brokers(response) == 0


@pytest.mark.parametrize(
    ("answer", "alive"),
    [(metadata(1), True), (metadata(0), False), (b"", False), (b"\0\0", False)],
    ids=["one broker", "no broker yet", "nothing", "half a length"],
)
def test_kafka_answers_once_it_lists_a_broker(answer, alive):
    with answering(answer) as port:
        assert health.kafka_answers(port) is alive


@pytest.mark.parametrize(
    ("answer", "alive"),
    [
        (http("200 OK", {"status": "green"}), True),
        (http("200 OK", {"status": "yellow"}), True),
        (http("200 OK", {"status": "red"}), False),
        (http("503 Service Unavailable", {}), False),
        (http("401 Unauthorized", {}), False),
        (b"", False),
        (b"no http\r\n\r\n", False),
    ],
    ids=["green", "yellow", "red", "not ready", "no password", "nothing", "something else"],
)
def test_elasticsearch_answers_once_it_takes_writes(answer, alive):
    with answering(answer) as port:
        assert health.elasticsearch_answers(port) is alive


def test_nothing_answers_where_nothing_listens():
    port = free_port()
    assert not health.kafka_answers(port)
    assert not health.elasticsearch_answers(port)
