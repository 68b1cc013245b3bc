"""What happens to Elasticsearch: killed, hanging, blocked, slow, reset, refusing."""

import time
from collections.abc import Mapping

from elasticsearch import Elasticsearch

from services.servers.ports import HOST
from tests.faults.acts.kafka import hang
from tests.faults.fault import fault
from tests.faults.http_proxy import HttpProxy
from tests.faults.proxy import Proxy
from tests.faults.stage import Stage


@fault("F6", "Elasticsearch killed and started")
def elasticsearch_killed(on: Stage) -> None:
    on.start()
    with on.replaying():
        on.pause(2.0, 6.0)
        on.elasticsearch.kill()
        with on.without("indexer"):
            on.pause(1.0, 4.0)
            on.elasticsearch.start()


@fault("F7", "Elasticsearch hangs for 90 s")
def elasticsearch_hangs(on: Stage) -> None:
    on.start()
    with on.replaying():
        on.pause(2.0, 6.0)
        with on.without("indexer"):
            hang(on.elasticsearch, on.lasting(90, 15))


@fault("F9", "Elasticsearch has too much to do: a part of each bulk is refused with 429")
def too_many_requests(on: Stage) -> None:
    proxy = _through_http_proxy(on)
    on.start()
    proxy.refused_share = on.random.uniform(0.3, 0.7)
    with on.replaying():
        pass
    time.sleep(on.lasting(10, 2))
    proxy.refused_share = 0.0
    on.expect("some documents were refused", proxy.refused)
    on.afterwards.append(
        lambda _: on.expect(
            f"only refused documents are sent again, but {proxy.sent_again}", not proxy.sent_again
        )
    )


@fault("F11", "write block, then read-only block on the index")
def write_block(on: Stage) -> None:
    on.start()
    blocks = ("index.blocks.write", "index.blocks.read_only_allow_delete")
    with on.replaying(), on.client() as client:
        on.pause(1.0, 4.0)
        for block in blocks:
            index = f"{on.installation.alias}-*"
            client.indices.put_settings(index=index, settings={block: True})
            with on.without("indexer"):
                time.sleep(on.lasting(15, 5))
            client.indices.put_settings(index=index, settings={block: None})


@fault("F12", "disk fuller than the flood-stage watermark")
def flood_stage(on: Stage) -> None:
    on.start()
    with on.replaying(), on.client() as client:
        on.pause(1.0, 4.0)
        try:
            _settings(client, {**WATERMARKS, **LOW})
            with on.without("indexer"):
                on.until("the node blocks the index itself", lambda: _blocked(on, client))
                time.sleep(on.lasting(15, 5))
        finally:
            # The node looks again and lifts its block; only then it may forget how often to look.
            _settings(client, dict.fromkeys(LOW))
            on.until("the node lifts its block", lambda: not _blocked(on, client))
            _settings(client, dict.fromkeys(WATERMARKS))


DISK = "cluster.routing.allocation.disk"
LOW = {
    f"{DISK}.watermark.low": "0.001%",
    f"{DISK}.watermark.high": "0.002%",
    f"{DISK}.watermark.flood_stage": "0.003%",
}
"""Any disk is fuller than that."""
WATERMARKS = {f"{DISK}.threshold_enabled": True, "cluster.info.update.interval": "10s"}


def _settings(client: Elasticsearch, settings: Mapping[str, object]) -> None:
    client.cluster.put_settings(transient=settings)


def _blocked(on: Stage, client: Elasticsearch) -> bool:
    index = f"{on.installation.alias}-*"
    found = client.indices.get_settings(index=index, flat_settings=True)
    settings = [one["settings"] for one in found.values()]
    return any(one.get("index.blocks.read_only_allow_delete") == "true" for one in settings)


@fault("F13", "Elasticsearch takes 2 s, at 32 KB/s")
def slow_elasticsearch(on: Stage) -> None:
    proxy = _through_proxy(on)
    on.start()
    proxy.latency, proxy.bandwidth = 2.0, 32_000
    on.rate = on.articles / on.lasting(120, 10)
    with on.replaying():
        pass
    time.sleep(10)
    proxy.latency, proxy.bandwidth = 0.0, None


@fault("F14", "connections to Elasticsearch reset in the middle of a bulk")
def reset_connections(on: Stage) -> None:
    proxy = _through_proxy(on)
    on.start()
    with on.replaying():
        for _ in range(6):
            proxy.reset_after = on.random.randrange(100, 60_000)
            on.pause(0.5, 2.0)
    on.expect("a connection was reset", proxy.resets)


@fault("F15", "connections to Elasticsearch half open")
def half_open(on: Stage) -> None:
    proxy = _through_proxy(on)
    on.start()
    with on.replaying():
        on.pause(1.0, 4.0)
        proxy.silent = True
        with on.without("indexer"):
            time.sleep(12)  # twice the time-out
        proxy.silent = False


@fault("F23", "write alias removed and put back")
def alias_removed(on: Stage) -> None:
    on.start()
    alias, index = f"{on.installation.alias}-write", f"{on.installation.alias}-000001"
    with on.replaying(), on.client() as client:
        on.pause(1.0, 4.0)
        client.indices.delete_alias(index=index, name=alias)
        with on.without("indexer"):
            time.sleep(on.lasting(20, 8))
        client.indices.put_alias(index=index, name=alias, is_write_index=True)


@fault("F26", "Elasticsearch refuses the credentials: 401, then 403")
def refused_credentials(on: Stage) -> None:
    proxy = _through_http_proxy(on)
    on.start()
    for status in (401, 403):
        with on.replaying(on.articles // 2):
            on.pause(0.5, 2.0)
            _refuse(on, proxy, status)


def _refuse(on: Stage, proxy: HttpProxy, status: int) -> None:
    before = proxy.refused
    proxy.status = status
    with on.without("indexer"):
        on.until(f"the indexer is answered {status}", lambda: proxy.refused > before)
        time.sleep(on.lasting(15, 5))
    proxy.status = None


def _through_proxy(on: Stage) -> Proxy:
    """Put a proxy between the indexer, which is not started yet, and Elasticsearch."""
    proxy = on.ending.enter_context(Proxy(on.servers.state.elasticsearch_port))
    on.add("indexer", "indexer", NEWSREEL_ELASTICSEARCH__URL=f"http://{HOST}:{proxy.port}")
    return proxy


def _through_http_proxy(on: Stage) -> HttpProxy:
    """Put one there that reads what passes."""
    target = on.servers.state.elasticsearch_port
    proxy = on.ending.enter_context(HttpProxy(target, on.random))
    on.add("indexer", "indexer", NEWSREEL_ELASTICSEARCH__URL=f"http://{HOST}:{proxy.port}")
    return proxy
