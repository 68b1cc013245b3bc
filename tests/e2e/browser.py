"""The system's Chromium without a window, and what axe says of a page in it."""

import os
import shutil
from collections.abc import Iterator
from contextlib import contextmanager

from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Browser, Page, sync_playwright

from services.servers.server import MissingPrerequisiteError

NAMES = ("chromium", "chromium-browser", "google-chrome")


def executable() -> str:
    """Find Chromium. Raises MissingPrerequisiteError."""
    found = next(filter(None, map(shutil.which, NAMES)), None)
    if found is None:
        raise MissingPrerequisiteError("the web page is looked at in Chromium: install chromium")
    return found


@contextmanager
def browser(path: str) -> Iterator[Browser]:
    """Run Chromium for the length of the block."""
    words = ["--disable-dev-shm-usage"]  # a container's is small
    if os.geteuid() == 0:
        words.append("--no-sandbox")  # it has none for root
    with sync_playwright() as playwright:
        running = playwright.chromium.launch(executable_path=path, args=words)
        try:
            yield running
        finally:
            running.close()


def barriers(page: Page) -> list[str]:
    """List what axe finds on a page, a line each; its context must not heed the page's policy."""
    found = Axe().run(page).response["violations"]
    return [f"{one['id']}: {node['html']}" for one in found for node in one["nodes"]]
