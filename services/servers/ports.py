"""Ports of this machine's loopback address."""

import socket

HOST = "127.0.0.1"


def free_port() -> int:
    """Name a port that nothing uses now."""
    with socket.socket() as probe:
        probe.bind((HOST, 0))
        port: int = probe.getsockname()[1]
        return port


def taken(port: int) -> bool:
    """Tell whether something listens on the port, on this address or on all."""
    with socket.socket() as probe:
        # Connections that ended a moment ago do not count: a server just stopped can come back.
        probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            probe.bind((HOST, port))
        except OSError:
            return True
    return False
