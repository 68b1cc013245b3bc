"""The line of links on top of each dashboard, to the others."""

from saving import Object, reference, saved

LINKS = "newsreel-links"
NEWS = "newsreel"
OPERATIONS = "newsreel-operations"

TARGETS = {NEWS: "News", OPERATIONS: "Operations"}


def links() -> Object:
    """Lead on with the filters, but not with the time: each dashboard has a time field of its own.

    Links are older than versions of their shape, so none is given, which is right for all.
    """
    names = {target: f"link_{target}_dashboard" for target in TARGETS}
    attributes = {
        "title": "Newsreel's dashboards",
        "layout": "horizontal",
        "links": [
            {
                "id": target,
                "order": order,
                "type": "dashboardLink",
                "label": label,
                "destinationRefName": names[target],
                "options": {
                    "openInNewTab": False,
                    "useCurrentFilters": True,
                    "useCurrentDateRange": False,
                },
            }
            for order, (target, label) in enumerate(TARGETS.items())
        ],
    }
    references = [reference("dashboard", target, name) for target, name in names.items()]
    return saved("links", LINKS, None, attributes, references)
