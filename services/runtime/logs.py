"""Structured logs: JSON lines in a container, readable lines in a terminal."""

import logging
import sys

import structlog

from services.runtime.settings import Log

CHATTY = ("aiokafka", "elastic_transport", "faust", "mode", "services.runtime.consumer")
"""Loggers that tell every step at level INFO: libraries, and Faust under the name of our app."""


def configure(settings: Log) -> None:
    """Send our logs and the libraries' to stderr in one format."""
    stamp = structlog.processors.TimeStamper(fmt="iso", utc=True)
    shared: list[structlog.typing.Processor] = [
        structlog.stdlib.add_log_level,
        structlog.stdlib.add_logger_name,
        structlog.stdlib.ExtraAdder(),
        stamp,
        structlog.processors.format_exc_info,
    ]
    as_json = {"json": True, "console": False, "auto": not sys.stderr.isatty()}[settings.format]
    renderer: structlog.typing.Processor = (
        structlog.processors.JSONRenderer() if as_json else structlog.dev.ConsoleRenderer()
    )
    handler = logging.StreamHandler(sys.stderr)
    handler.setFormatter(
        structlog.stdlib.ProcessorFormatter(
            foreign_pre_chain=shared,
            processors=[structlog.stdlib.ProcessorFormatter.remove_processors_meta, renderer],
        )
    )
    logging.basicConfig(handlers=[handler], level=settings.level, force=True)
    for chatty in CHATTY:
        logging.getLogger(chatty).setLevel(logging.WARNING)
    structlog.configure(
        processors=[*shared, structlog.stdlib.ProcessorFormatter.wrap_for_formatter],
        logger_factory=structlog.stdlib.LoggerFactory(),
        wrapper_class=structlog.stdlib.BoundLogger,
        cache_logger_on_first_use=True,
    )
