"""The proxy does to a connection what a fault asks of it."""

import socket
import threading
import time
from collections.abc import Iterator
from contextlib import closing

import pytest

from services.servers.ports import HOST
from tests.faults.proxy import Proxy


@pytest.fixture
def echo() -> Iterator[int]:
    """Run a server that answers each piece with the same; its port."""
    with socket.create_server((HOST, 0)) as listening:

        def serve() -> None:
            while True:
                try:
                    connection, _ = listening.accept()
                except OSError:
                    return
                threading.Thread(target=_echo, args=[connection], daemon=True).start()

        threading.Thread(target=serve, daemon=True).start()
        yield listening.getsockname()[1]


def _echo(connection: socket.socket) -> None:
    with closing(connection):
        try:
            while piece := connection.recv(1024):
                connection.sendall(piece)
        except OSError:
            return


@pytest.fixture
def proxy(echo: int) -> Iterator[Proxy]:
    with Proxy(echo) as running:
        yield running


def ask(proxy: Proxy, words: bytes = b"hello", timeout: float = 5.0) -> bytes:
    with socket.create_connection((HOST, proxy.port), timeout) as connection:
        connection.sendall(words)
        return connection.recv(1024)


def test_untouched_it_passes_everything_on(proxy):
    assert ask(proxy) == b"hello"


def test_a_latency_delays_the_answer(proxy):
    proxy.latency = 0.3
    began = time.monotonic()
    assert ask(proxy) == b"hello"
    assert time.monotonic() - began >= 0.3


def test_silent_it_answers_nothing_and_keeps_the_connection(proxy):
    proxy.silent = True
    with pytest.raises(TimeoutError):
        ask(proxy, timeout=0.3)
    proxy.silent = False
    assert ask(proxy) == b"hello"


def test_it_resets_one_connection_in_the_middle_of_a_request(proxy):
    proxy.reset_after = 2
    with pytest.raises(ConnectionResetError):
        ask(proxy)
    assert proxy.resets == 1
    assert ask(proxy) == b"hello"
