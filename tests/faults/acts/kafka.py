"""What happens to Kafka: killed, hanging, late, full, without a topic."""

import time

from services.servers import server
from tests.faults.fault import fault
from tests.faults.stage import Stage

BOTH = ("enricher", "indexer")


@fault("F4", "broker killed, back after 5 s and after 60 s")
def broker_killed(on: Stage) -> None:
    on.start()
    on.rate = on.articles / on.lasting(30, 8)
    with on.replaying():
        for seconds in (5, 60) if on.full else (5,):
            on.pause(2.0, 6.0)
            on.kafka.kill()
            with on.without(*BOTH):
                time.sleep(seconds)
                on.kafka.start()


@fault("F5", "broker hangs for 45 s")
def broker_hangs(on: Stage) -> None:
    on.start()
    with on.replaying():
        on.pause(2.0, 6.0)
        with on.without(*BOTH):
            hang(on.kafka, on.lasting(45, 15))


@fault("F25", "servers come late, by 60 s")
def late_servers(on: Stage) -> None:
    on.kafka.stop()
    on.elasticsearch.stop()
    for one in on.workers.values():
        one.launch()
    with on.without(*BOTH):
        time.sleep(on.lasting(60, 8))
        on.expect("no worker has ended while the servers were away", not on.watch.exits)
        server.start([on.elasticsearch, on.kafka])
    for one in on.workers.values():
        one.wait()
    with on.replaying():
        pass


def hang(one: server.Server, seconds: float) -> None:
    """Stop a server's process for some time."""
    one.pause()
    time.sleep(seconds)
    one.resume()
