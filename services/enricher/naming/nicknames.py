"""People whose name holds a nickname or ends in Jr.: Edward Lodewijk "Eddie" Van Halen."""

import re
from collections.abc import Sequence
from operator import attrgetter

from services.enricher.naming.names import Name

NICKNAME = re.compile(r" (?:[\"“][A-Z][^\"“”\n]{1,20}[\"”]|\([A-Z][\w-]{1,20}\)) ")
JUNIOR = re.compile(r",? (?:Jr|Sr)\b\.?")


Zones = Sequence[tuple[int, int]]


def completed(text: str, zones: Zones, names: Sequence[Name]) -> list[Name]:
    """Join the parts of a person's name around a nickname, and take Jr. in.

    `names` are in text order and without overlaps, and so is what comes back; none leaves its zone.
    """
    wholes = _around_nicknames(text, zones, names)
    inside = {
        name.start for whole in wholes for name in names if whole.start <= name.start < whole.end
    }
    rest = [name for name in names if name.start not in inside]
    found = sorted((*wholes, *rest), key=attrgetter("start"))
    return [_with_junior(text, zones, name) for name in found]


def _around_nicknames(text: str, zones: Zones, names: Sequence[Name]) -> list[Name]:
    people = [name for name in names if name.type == "PERSON"]
    ends = {name.end: name for name in people}
    starts = {name.start: name for name in people}
    wholes: list[Name] = []
    for match in NICKNAME.finditer(text):
        first, last = ends.get(match.start()), starts.get(match.end())
        if not (first and last) or (wholes and wholes[-1].end > first.start):
            continue
        if _in_a_zone(zones, first.start, last.end):
            wholes.append(last._replace(start=first.start, name=None))
    return wholes


def _with_junior(text: str, zones: Zones, name: Name) -> Name:
    match = JUNIOR.match(text, name.end) if name.type == "PERSON" else None
    inside = match and _in_a_zone(zones, name.start, match.end())
    return name._replace(end=match.end()) if match and inside else name


def _in_a_zone(zones: Zones, start: int, end: int) -> bool:
    return any(first <= start and end <= last for first, last in zones)
