"""How every client of ours is let in to Kafka, and why one is not."""

import asyncio
import ssl
from collections.abc import Iterable
from typing import Any, Protocol

from aiokafka import AIOKafkaConsumer, errors
from aiokafka.admin import AIOKafkaAdminClient
from aiokafka.conn import collect_hosts, create_conn

from services.runtime.record import MissingTopic
from services.runtime.settings import Kafka
from services.runtime.tls import trusting
from services.runtime.waiting import answered

STARTED_WITHIN = 1.0
"""Seconds that the start of a client has which nobody wants any more."""
STOP_WITHIN = 5.0
"""Seconds that a consumer has to stop by itself."""
ASK_WITHIN = 10.0
"""Seconds that a broker has to say why it does not let us in."""
_NOT_ADMITTED = (
    errors.SaslAuthenticationFailed,
    errors.UnsupportedSaslMechanismError,
    errors.IllegalSaslStateError,
)


class Refused(Exception):  # noqa: N818 - an answer of the broker's, or ours to it
    """The broker does not know our user, or we do not trust its certificate: it will not pass."""


class Client(Protocol):
    """A producer, a consumer or an admin client of aiokafka."""

    async def start(self) -> None:
        """Connect."""


def context(to: Kafka) -> ssl.SSLContext | None:
    """Make the TLS context of a client; None for PLAINTEXT."""
    return None if to.security_protocol == "PLAINTEXT" else trusting(to.ca_file)


def options(to: Kafka) -> dict[str, Any]:
    """Give what every aiokafka client is made with."""
    given: dict[str, Any] = {
        "bootstrap_servers": to.bootstrap_servers,
        "security_protocol": to.security_protocol,
        "ssl_context": context(to),
    }
    if to.username and to.password:
        given |= {
            "sasl_mechanism": to.sasl_mechanism,
            "sasl_plain_username": to.username,
            "sasl_plain_password": to.password.get_secret_value(),
        }
    return given


async def started(client: Client, to: Kafka) -> None:
    """Start a client; raises `Refused` where aiokafka itself only says that no broker answers.

    aiokafka leaves its first connection open when its start is cancelled, so that is waited for.
    """
    starting = asyncio.ensure_future(client.start())
    try:
        await asyncio.shield(starting)
    except errors.KafkaConnectionError:
        await _raise_if_refused(to)
        raise
    except asyncio.CancelledError:
        await asyncio.wait([starting], timeout=STARTED_WITHIN)
        starting.cancel()
        raise


async def stopped(consumer: AIOKafkaConsumer) -> None:
    """Stop a consumer of no group, whatever becomes of its last requests.

    Where they fail at that moment, aiokafka lets the cancellation of its own out, which would be
    taken for ours, and leaves connections open; or it waits for ever.
    """
    stopping = asyncio.ensure_future(consumer.stop())
    await asyncio.wait([stopping], timeout=STOP_WITHIN)
    if stopping.done() and not stopping.cancelled() and stopping.exception() is None:
        return
    stopping.cancel()
    await consumer._client.close()  # noqa: SLF001 - there is no public way to close them


async def _raise_if_refused(to: Kafka) -> None:
    given = options(to)
    for host, port, _ in collect_hosts(given.pop("bootstrap_servers")):
        where = f"Kafka at {host}:{port}"
        try:
            connection = await create_conn(
                host, port, request_timeout_ms=int(ASK_WITHIN * 1000), **given
            )
        except ssl.SSLCertVerificationError as error:
            raise Refused(
                f"the certificate of {where} is not to be trusted ({error.verify_message}); "
                "see NEWSREEL_KAFKA__CA_FILE and NEWSREEL_KAFKA__BOOTSTRAP_SERVERS"
            ) from error
        except _NOT_ADMITTED as error:
            raise Refused(
                f"{where} refuses user {to.username} ({error}); see NEWSREEL_KAFKA__USERNAME, "
                "NEWSREEL_KAFKA__PASSWORD and NEWSREEL_KAFKA__SASL_MECHANISM"
            ) from error
        except (errors.KafkaError, OSError, TimeoutError):
            continue  # it is away, or away again
        await connection.close()


async def require_topics(kafka: Kafka, topics: Iterable[str]) -> None:
    """Wait for the broker; raises `MissingTopic`, which names the command that creates it."""
    server = f"Kafka at {kafka.bootstrap_servers}"
    there = await answered(lambda: _topics(kafka), server, (errors.KafkaError, OSError))
    missing = set(topics) - there
    if missing:
        raise MissingTopic(missing)


async def _topics(kafka: Kafka) -> set[str]:
    admin = AIOKafkaAdminClient(**options(kafka))
    try:
        await started(admin, kafka)
        return set(await admin.list_topics())
    finally:
        await admin.close()
