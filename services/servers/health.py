"""Whether a server answers: asked in its own protocol, with the standard library only."""

import base64
import json
import socket
import struct
import urllib.error
import urllib.request
from http.client import HTTPException

from services.servers.ports import HOST

TIMEOUT = 2.0
METADATA = 3
"""The request's key; https://kafka.apache.org/protocol#The_Messages_Metadata"""


def kafka_answers(port: int) -> bool:
    """Tell whether Kafka on this port lists at least one broker."""
    try:
        with socket.create_connection((HOST, port), TIMEOUT) as connection:
            connection.sendall(metadata_request())
            return brokers(_receive(connection)) > 0
    except OSError:
        return False


def metadata_request() -> bytes:
    """Encode a metadata request, version 1, without client name and for no topic."""
    body = struct.pack(">hhihi", METADATA, 1, 0, -1, 0)
    return struct.pack(">i", len(body)) + body


def brokers(response: bytes) -> int:
    """Count the brokers in a metadata response: its first field after the correlation id."""
    return int(struct.unpack_from(">i", response, 4)[0]) if len(response) >= 8 else 0


def elasticsearch_answers(port: int, password: str | None = None) -> bool:
    """Tell whether Elasticsearch on this port has a cluster that takes writes."""
    url = f"http://{HOST}:{port}/_cluster/health"
    request = urllib.request.Request(url)
    if password is not None:
        token = base64.b64encode(f"elastic:{password}".encode()).decode()
        request.add_header("Authorization", f"Basic {token}")
    try:
        with urllib.request.urlopen(request, timeout=TIMEOUT) as response:  # noqa: S310 - http, our own address
            return json.load(response)["status"] in {"green", "yellow"}
    except urllib.error.HTTPError as error:
        error.close()
        return False
    except (OSError, HTTPException, ValueError):
        return False


def _receive(connection: socket.socket) -> bytes:
    """Read one response: its length, then as much."""
    with connection.makefile("rb") as stream:
        head = stream.read(4)
        return stream.read(struct.unpack(">i", head)[0]) if len(head) == 4 else b""
