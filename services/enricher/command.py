"""The enricher's process entries: the worker, and `enrich` for files without any server."""

import asyncio
import sys
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from datetime import UTC, datetime
from functools import partial
from hashlib import sha256
from pathlib import Path

from pydantic import Field
from pydantic_settings import CliPositionalArg

from schemas.identity import article_id
from schemas.raw_article import RawArticle, Source
from schemas.topics import BRAKES, ENRICHED, RAW, RAW_DEAD_LETTERS
from services.enricher.app import create_app
from services.enricher.pool import Pool, Work
from services.enricher.settings import EnricherSettings
from services.runtime.consumer import App
from services.runtime.decoding import decoded
from services.runtime.health import Health
from services.runtime.logs import configure
from services.runtime.outlets import settler
from services.runtime.settings import Settings
from services.runtime.settling import Failpoint, no_failpoint
from services.runtime.terminal import harmless
from services.runtime.worker import run

TOPICS = (RAW, ENRICHED, RAW_DEAD_LETTERS, BRAKES)
"""What the worker needs to be there."""


class Enricher(EnricherSettings):
    """Run the worker that enriches raw articles."""

    def cli_cmd(self) -> None:
        """Run until a signal."""
        configure(self.log)
        asyncio.run(self._run())

    async def _run(self) -> None:
        await run(self, TOPICS, partial(assembled, self))


@asynccontextmanager
async def assembled(
    settings: EnricherSettings,
    health: Health,
    *,
    work: Work | None = None,
    failpoint: Failpoint = no_failpoint,
) -> AsyncIterator[App]:
    """Make the app with all that it needs; `work` replaces what the pool's processes do."""
    with Pool(settings.processes, settings.time_limit, work) as pool:
        await pool.warm_up()
        health.busy = pool.busy
        outlets = (ENRICHED, RAW_DEAD_LETTERS)
        async with settler(settings, "enricher", outlets, health, failpoint) as settle:
            yield create_app(settings, pool.process, settle)


class Enrich(Settings):
    """Enrich files, or stdin, to JSON lines on stdout; needs no server."""

    paths: CliPositionalArg[list[str]] = Field(default=[])
    """Files, HTML by their suffix; none or - reads plain text from stdin."""
    article_version: int = Field(default=1, ge=1)
    """The version to give the articles."""

    def cli_cmd(self) -> None:
        """Print one enriched article a line; name a file that can't be read and go on."""
        failed = [path for path in self.paths or ["-"] if not self._enrich(path)]
        raise SystemExit(1 if failed else 0)

    def _enrich(self, path: str) -> bool:
        try:
            data = sys.stdin.buffer.read() if path == "-" else Path(path).read_bytes()
            text = decoded(data, html=_is_html(path))
            raw = raw_article(path, text, self.article_version, datetime.now(UTC))
        except OSError as error:
            print(f"newsreel enrich: {path}: {error.strerror}", file=sys.stderr)
            return False
        except UnicodeDecodeError as error:
            why = f"not UTF-8: {error.reason} at byte {error.start}"
            print(f"newsreel enrich: {path}: {why}", file=sys.stderr)
            return False
        from services.enricher.local import enricher  # noqa: PLC0415 - the worker does without

        print(harmless(enricher()([raw])[0].model_dump_json()), flush=True)
        return True


def raw_article(path: str, text: str, version: int, fetched_at: datetime) -> RawArticle:
    """Make an article of a file's text; its item is the file's stem."""
    source = Source(name="files", item="stdin" if path == "-" else Path(path).stem)
    return RawArticle(
        article_id=article_id(source.name, source.item),
        version=version,
        source=source,
        fetched_at=fetched_at,
        content_type="text/html" if _is_html(path) else "text/plain",
        content_sha256=sha256(text.encode()).hexdigest(),
        text=text,
    )


def _is_html(path: str) -> bool:
    return Path(path).suffix in {".html", ".htm"}
