"""Where the suite finds the real servers."""

import os
from pathlib import Path

from services.servers import local

CACHE = Path(os.environ.get("NEWSREEL_SERVERS__CACHE") or local.CACHE)
