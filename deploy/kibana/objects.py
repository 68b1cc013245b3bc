#!/usr/bin/env python3
"""Print newsreel.ndjson: what Kibana shows of articles and operations, as Kibana 8.19 saves it.

    python deploy/kibana/objects.py > deploy/kibana/newsreel.ndjson

Kibana keeps a dashboard's panels as JSON inside a string inside JSON, which nobody can review.
Ids and order are fixed, so that the same source gives the same bytes and an import overwrites.
README.md here tells where the shapes are from and how sure they are.
"""

import sys

from links import links
from maps import place_map
from news import news
from operations import operations
from saving import dumped
from searches import searches
from views import data_views

if __name__ == "__main__":
    for thing in (*data_views(), *searches(), place_map(), links(), news(), operations()):
        sys.stdout.write(dumped(thing) + "\n")
