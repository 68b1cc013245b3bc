"""Faust's credentials: it hands them on to the aiokafka clients that it makes."""

import faust
from faust.types.auth import CredentialsT

from services.runtime.kafka import context
from services.runtime.settings import Kafka


def credentials(to: Kafka) -> CredentialsT | None:
    """Give what Faust calls `broker_credentials`; None for PLAINTEXT."""
    tls = context(to)
    if tls is None:
        return None
    if to.username and to.password:
        return faust.SASLCredentials(
            username=to.username,
            password=to.password.get_secret_value(),
            ssl_context=tls,
            mechanism=to.sasl_mechanism,
        )
    return faust.SSLCredentials(tls)
