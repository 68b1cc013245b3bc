"""`newsreel dead-letters`: what the workers refused, and what an operator does about it."""

import asyncio
import logging
import sys
from collections.abc import Sequence
from datetime import datetime
from pathlib import Path
from typing import Annotated

from aiokafka.errors import KafkaConnectionError, KafkaError
from pydantic import BeforeValidator, Field
from pydantic_settings import CliPositionalArg, CliToggleFlag, SettingsConfigDict

from services.dead_letters import render
from services.dead_letters.asking import Action, agreed, misfit
from services.dead_letters.letters import Letter, Selection, SelectionError, instant, select
from services.dead_letters.office import Book, Office
from services.dead_letters.replaying import obstacle
from services.dead_letters.resolutions import to_take
from services.runtime.kafka import Refused
from services.runtime.logs import configure
from services.runtime.record import MissingTopic
from services.runtime.settings import Kafka, Log, Settings


def _instant(given: object) -> object:
    return instant(given) if isinstance(given, str) else given


class DeadLetters(Settings):
    """List, show, replay or drop dead letters: records that a worker could not process.

    `replay` puts the original bytes back onto the topic they came from; `drop` gives letters up
    and asks twice. Both say which: ID..., --reason and --since, or --everything. An ID is where
    the letter stands, topic-partition-offset, as `list` shows it.
    """

    model_config = SettingsConfigDict(cli_shortcuts={"as-json": "json"})

    action: CliPositionalArg[Action]
    """list, show, replay or drop."""
    ids: CliPositionalArg[list[str]] = Field(default=[])
    """Ids of letters."""
    reason: str | None = None
    """Only letters with this reason, such as not_json."""
    since: Annotated[datetime | None, BeforeValidator(_instant)] = None
    """Only letters since this date or time, in UTC: 2024-05-04 or 2024-05-04T12:30."""
    everything: CliToggleFlag[bool] = False
    """Replay or drop all open letters."""
    all: CliToggleFlag[bool] = False
    """Letters that were replayed or dropped, too."""
    as_json: CliToggleFlag[bool] = False
    """List as JSON lines."""
    raw: CliToggleFlag[bool] = False
    """Show the original bytes and nothing else."""
    file: Path | None = None
    """Replay these repaired bytes instead of the one letter's own."""
    dry_run: CliToggleFlag[bool] = False
    """Only show which letters would be replayed or dropped."""
    yes: CliToggleFlag[bool] = False
    """Drop without the first question; needed where there is no terminal to ask on."""
    kafka: Kafka = Kafka()
    log: Log = Log()

    def cli_cmd(self) -> None:
        """Do it; what can't be done is one line."""
        configure(self.log)
        # aiokafka logs every attempt to connect; one line at the end says it.
        logging.getLogger("aiokafka").setLevel(logging.CRITICAL)
        try:
            self._run(Office(self.kafka))
        except KafkaConnectionError as error:
            servers = self.kafka.bootstrap_servers
            raise SystemExit(f"newsreel dead-letters: no Kafka answers at {servers}") from error
        except (SelectionError, MissingTopic, Refused, KafkaError) as error:
            raise SystemExit(f"newsreel dead-letters: {error}") from error
        except KeyboardInterrupt:
            print("Interrupted; what was not told of may still be open.", file=sys.stderr)
            raise SystemExit(130) from None

    def _run(self, office: Office) -> None:
        problem = misfit(self.action, self._given, len(self.ids))
        if problem:
            raise SelectionError(problem)
        repaired = self._repaired()
        book = asyncio.run(office.book())
        selected = select(book.letters, Selection(self.ids, self.reason, self.since))
        if self.action == "list":
            self._list(book, selected)
        elif self.action == "show":
            self._show(book, selected[0], asyncio.run(office.value(selected[0])))
        else:
            taken = to_take(selected, book.resolutions, named=bool(self.ids), again=self.all)
            self._settle(office, taken, repaired)

    def _list(self, book: Book, selected: Sequence[Letter]) -> None:
        resolved = book.resolutions
        letters = [letter for letter in selected if self.all or letter.id not in resolved]
        letters.sort(key=lambda letter: letter.place.timestamp)
        if self.as_json:
            for letter in letters:
                print(render.json_line(letter, resolved.get(letter.id)))
        elif letters:
            print(*render.table(letters, resolved if self.all else None), sep="\n")
        else:
            print("No dead letters." if self.all else "No open dead letters.", file=sys.stderr)

    def _show(self, book: Book, letter: Letter, value: bytes | None) -> None:
        if not self.raw:
            print(*render.shown(letter, value, book.resolutions.get(letter.id)), sep="\n")
        elif value is None:
            raise SelectionError(f"{letter.id} has no value")
        else:
            sys.stdout.buffer.write(value)

    def _settle(self, office: Office, letters: Sequence[Letter], repaired: bytes | None) -> None:
        """Replay or drop, or show what would be."""
        if not letters:
            raise SelectionError(f"there is no open letter to {self.action}")
        if repaired is not None and len(letters) > 1:
            raise SelectionError(f"--file repairs one letter; {len(letters)} are meant")
        if self.dry_run:
            print(*render.table(letters), sep="\n")
            found = (obstacle(letter, office.origins, repaired) for letter in letters)
            problems = [problem for problem in found if problem and self.action == "replay"]
        elif self.action == "replay":
            problems = asyncio.run(office.replay(letters, repaired, tell=_tell))
        else:
            self._be_sure(len(letters))
            problems = asyncio.run(office.drop(letters, tell=_tell))
        for problem in problems:
            print(problem, file=sys.stderr)
        if problems:
            raise SelectionError(f"{len(problems)} of {len(letters)} could not be replayed")

    def _be_sure(self, count: int) -> None:
        terminal = sys.stdin.isatty()
        if not agreed(count, _ask, yes=self.yes, terminal=terminal):
            advice = "" if terminal else "; there is no terminal to ask on: add --yes"
            raise SelectionError(f"nothing was dropped{advice}")

    @property
    def _given(self) -> set[str]:
        """The options that differ from their defaults."""
        fields = type(self).model_fields
        asked = fields.keys() - {"action", "kafka", "log"}
        return {name for name in asked if getattr(self, name) != fields[name].default}

    def _repaired(self) -> bytes | None:
        try:
            return self.file.read_bytes() if self.file else None
        except OSError as error:
            raise SelectionError(f"--file: {error}") from error


def _tell(line: str) -> None:
    print(line, flush=True)


def _ask(question: str) -> str:
    # On stderr, and no readline: stdout may be a file, and an end of input is a no.
    print(question, end="", file=sys.stderr, flush=True)
    return sys.stdin.readline()
