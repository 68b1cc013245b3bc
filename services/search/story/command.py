"""`newsreel story`: what came of one event, and the figures in which its articles differ."""

import json

from pydantic import Field
from pydantic_settings import CliPositionalArg
from rich.console import Console

from schemas.identity import article_id
from services.runtime.settings import Elasticsearch, Settings
from services.runtime.terminal import harmless
from services.search.reading import SearchFailedError, connected
from services.search.story import render
from services.search.story.reading import Search, chapters, story_ids
from services.search.story.searching import searcher
from services.search.story.telling import as_json, tell

MOST_SUBJECTS = 8


class Story(Settings):
    """Show all articles of an event in order of time, and the figures in which they differ."""

    id: CliPositionalArg[str] = Field(min_length=1, max_length=2000)
    """The id of an article or of a story, or an article's URL."""
    all: bool = False
    """Show all subjects in which the articles differ, not the first ones only."""
    as_json: bool = Field(default=False, validation_alias="json")
    """Print one JSON object."""
    elasticsearch: Elasticsearch = Elasticsearch()

    def cli_cmd(self) -> None:
        """Print the story."""
        console = Console(highlight=False)
        try:
            with connected(self.elasticsearch) as client:
                self.print_story(console, searcher(client, self.elasticsearch))
        except SearchFailedError as error:
            raise SystemExit(f"newsreel story: {error}") from error

    def print_story(self, console: Console, search: Search) -> None:
        """Find the story with `search` and print it; raises `SystemExit` when there is none."""
        told = tell(chapters(search, story_ids(search, identity(self.id))))
        if not told.chapters:
            raise SystemExit(
                f"newsreel story: no article or story {self.id}; `newsreel search … --json` "
                "prints the article_id of each hit"
            )
        if self.as_json:
            line = json.dumps(as_json(told), ensure_ascii=False)
            console.out(harmless(line), highlight=False)
        else:
            render.story(console, told, None if self.all else MOST_SUBJECTS)


def identity(given: str) -> str:
    """Return the id of an article that is given by its URL; what is an id stays one."""
    if given.startswith(("http://", "https://")):
        return str(article_id("", "", given))
    return given
