"""`newsreel web`: the index in a browser."""

import socket
from ipaddress import ip_address

import uvicorn
from pydantic import Field

from services.runtime.settings import Elasticsearch, Settings
from services.search.reading import ask, connected
from services.search.story.searching import searcher
from services.web.app import create_app

LOOPBACK_NAMES = ("localhost", "127.0.0.1", "[::1]")


class Web(Settings):
    """Serve a small page to search and read the articles, for a browser on this machine.

    Nobody has to log in, so it listens on this machine's loopback address only, unless told
    otherwise; put a proxy that asks who comes in front of it before you do.
    """

    host: str = "127.0.0.1"
    """Where to listen. Loopback: there is no authentication."""
    port: int = Field(default=8090, ge=0, le=65535)
    """0 takes any free port."""
    elasticsearch: Elasticsearch = Elasticsearch()

    def cli_cmd(self) -> None:
        """Serve until SIGINT or SIGTERM."""
        listening = self._listen()
        print(f"newsreel web: {address(listening)}", flush=True)
        with listening, connected(self.elasticsearch) as client:
            app = create_app(
                lambda body: ask(client, self.elasticsearch, body),
                searcher(client, self.elasticsearch),
                seconds=self.elasticsearch.timeout,
                hosts=LOOPBACK_NAMES if is_loopback(self.host) else ("*",),
            )
            uvicorn.Server(
                uvicorn.Config(
                    app,
                    log_level="warning",
                    access_log=False,  # what is searched for is nobody's business
                    proxy_headers=False,
                    server_header=False,
                    timeout_graceful_shutdown=5,
                )
            ).run(sockets=[listening])

    def _listen(self) -> socket.socket:
        family = socket.AF_INET6 if ":" in self.host else socket.AF_INET
        try:
            return socket.create_server((self.host, self.port), family=family)
        except OSError as error:
            raise SystemExit(
                f"newsreel web: can't listen on {self.host}:{self.port} ({error.strerror}); "
                "choose another with --port (0: any free)"
            ) from error


def is_loopback(host: str) -> bool:
    """Tell whether only this machine can reach the address."""
    try:
        return ip_address(host).is_loopback
    except ValueError:
        return host == "localhost"


def address(listening: socket.socket) -> str:
    """Write the page's address for a browser."""
    host, port = listening.getsockname()[:2]
    return f"http://[{host}]:{port}" if ":" in host else f"http://{host}:{port}"
