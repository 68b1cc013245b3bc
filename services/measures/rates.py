"""What kind of quantity one measure per another is."""

from schemas.enriched_article import NumberKind


def rate_kind(above: NumberKind, below: NumberKind) -> NumberKind:
    """Tell metres a second (speed) from tonnes a year (still mass) and from grams a metre."""
    if below == "duration":
        return "speed" if above == "length" else above
    return "pressure" if (above, below) == ("mass", "area") else "other"
