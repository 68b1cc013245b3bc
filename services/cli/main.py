"""The `newsreel` command: one name, one process."""

import os
import sys
from argparse import ArgumentParser, Namespace
from collections.abc import Callable
from importlib import import_module

# name: (module, settings class whose `cli_cmd` runs it, what it does). Modules are imported only
# when asked for: an image holds the libraries of its own command and no others.
COMMANDS = {
    "demo": ("services.demo.command", "Demo", "Run everything once on the seeds and show it."),
    "servers": ("services.servers.command", "Servers", "Start or stop Kafka and Elasticsearch."),
    "provision": ("services.provision.command", "Provision", "Create topics, index and aliases."),
    "replay": ("services.producer.command", "Replay", "Replay articles onto the raw topic."),
    "enricher": ("services.enricher.command", "Enricher", "Run the worker: raw to enriched."),
    "indexer": ("services.indexer.command", "Indexer", "Run the worker: enriched to the index."),
    "monitor": ("services.monitor.command", "Monitor", "Show lag and dead letters in Kibana."),
    "enrich": ("services.enricher.command", "Enrich", "Enrich files to JSON lines; no servers."),
    "accuracy": ("services.accuracy.command", "Accuracy", "Measure how right enriching is."),
    "search": ("services.search.command", "Search", "Search the index."),
    "story": ("services.search.story.command", "Story", "One event: its articles, its figures."),
    "web": ("services.web.command", "Web", "Serve a small page to search and read."),
    "tail": ("services.tail.command", "Tail", "Follow the enriched topic."),
    "dead-letters": (
        "services.dead_letters.command",
        "DeadLetters",
        "List, show, replay or drop dead letters.",
    ),
    "resume": ("services.dead_letters.resuming", "Resume", "Go on after the dead-letter brake."),
}


def main() -> None:
    """Run the named command with the rest of the command line."""
    arguments = sys.argv[1:]
    if not arguments or arguments[0] in {"-h", "--help"}:
        print(overview())
        raise SystemExit(0 if arguments else 2)
    name, *rest = arguments
    if name not in COMMANDS:
        raise SystemExit(f"newsreel: there is no command {name!r}; `newsreel --help` lists them.")
    try:
        run(name, rest)
        sys.stdout.flush()
    except KeyboardInterrupt:
        raise SystemExit(130) from None
    except BrokenPipeError:
        # Whoever read our output has seen enough; Python must not try to flush the rest.
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        raise SystemExit(141) from None


def _parse(arguments: list[str]) -> Callable[..., Namespace]:
    """Choose: Python 3.11 takes words after options only intermixed, and -- only otherwise."""
    plain = "--" in arguments
    return ArgumentParser.parse_args if plain else ArgumentParser.parse_intermixed_args


def overview() -> str:
    """List the commands."""
    rows = "\n".join(f"  {name:12} {summary}" for name, (_, _, summary) in COMMANDS.items())
    return f"usage: newsreel COMMAND [OPTION...]\n\n{rows}\n\nnewsreel COMMAND --help tells more."


def run(name: str, arguments: list[str]) -> None:
    """Import the command's module and run it; bad settings end in one line."""
    # Not at the top: a Ctrl-C while they are imported has to end in `main` too.
    from pydantic import ValidationError  # noqa: PLC0415
    from pydantic_settings import CliApp, CliSettingsSource, SettingsError  # noqa: PLC0415

    module, settings, _ = COMMANDS[name]
    sys.argv[0] = f"newsreel {name}"
    try:
        command = getattr(import_module(module), settings)
        source = CliSettingsSource[ArgumentParser](command, parse_args_method=_parse(arguments))
        CliApp.run(command, cli_args=arguments, cli_settings_source=source)
    except ModuleNotFoundError as error:  # some commands import what they need late
        if error.name and error.name.split(".")[0] in {"services", "schemas"}:
            raise
        raise SystemExit(
            f"newsreel {name}: {error.name} is not installed; install all: uv sync --all-extras"
        ) from error
    except ValidationError as error:
        lines = (
            ": ".join([*map(str, e["loc"]), e["msg"].removeprefix("Value error, ")])
            for e in error.errors()
        )
        raise SystemExit(f"newsreel {name}: " + "; ".join(lines)) from error
    except SettingsError as error:
        raise SystemExit(f"newsreel {name}: {error}") from error
