"""Structured logs: JSON lines in a container, readable lines in a terminal."""

import logging
import sys
import time
from collections.abc import Callable

import structlog

from services.runtime.settings import Log
from services.runtime.terminal import harmless

LIBRARIES = ("aiokafka", "elastic_transport", "faust", "mode")
CHATTY = (*LIBRARIES, "services.runtime.consumer", "services.runtime.consumer_thread")
"""Loggers that tell every step at level INFO: libraries, and Faust under the name of our app."""


MOST_REMEMBERED = 1000
REPEAT_AFTER = 60.0
"""Seconds until a library may say again what it has just said."""


class OncePerMinute(logging.Filter):
    """Lets through what a library says again and again only once a minute.

    aiokafka says at every try that a broker is away, up to a thousand times a second.
    """

    def __init__(self, now: Callable[[], float] = time.monotonic) -> None:
        super().__init__()
        self._now = now
        self._said: dict[tuple[str, str], float] = {}

    def filter(self, record: logging.LogRecord) -> bool:
        """Tell whether to let the record through; what differs only in its arguments is equal."""
        if not record.name.startswith(LIBRARIES):
            return True
        now, what = self._now(), (record.name, str(record.msg))
        if now - self._said.get(what, now - REPEAT_AFTER) < REPEAT_AFTER:
            return False
        if len(self._said) == MOST_REMEMBERED:
            self._said.clear()  # a library that formats its messages itself must not fill memory
        self._said[what] = now
        return True


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
    # JSON escapes by itself all that a terminal obeys.
    rendering: list[structlog.typing.Processor] = (
        [structlog.processors.JSONRenderer()]
        if as_json
        else [_harmless, structlog.dev.ConsoleRenderer()]
    )
    handler = logging.StreamHandler(sys.stderr)
    handler.addFilter(OncePerMinute())
    handler.setFormatter(
        structlog.stdlib.ProcessorFormatter(
            foreign_pre_chain=shared,
            processors=[structlog.stdlib.ProcessorFormatter.remove_processors_meta, *rendering],
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


def _harmless(
    _logger: structlog.typing.WrappedLogger, _method: str, event: structlog.typing.EventDict
) -> structlog.typing.EventDict:
    """Escape what a log line quotes of articles and records; tracebacks keep their lines."""
    return {
        name: harmless(value, keep="\n\t") if isinstance(value, str) else value
        for name, value in event.items()
    }
