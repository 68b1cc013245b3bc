"""Names that show their type in how they are written: storms, aircraft, bracketed acronyms."""

import re
from collections.abc import Iterator, Sequence
from typing import NamedTuple

from schemas.enriched_article import EntityType


class Found(NamedTuple):
    """A stretch of the text, its type, and its full name where that differs."""

    start: int
    end: int
    type: EntityType
    name: str | None = None


CAPITALISED = r"[A-Z][\w'-]{1,40}"
"""Bounded: a page of hyphens without a space would else be read again from each of them."""
STORM = re.compile(
    rf"\b(?:Tropical Storm|Tropical Depression|Super Typhoon|Hurricane|Typhoon|Cyclone)"
    rf" (?!Cent|Season|Warning){CAPITALISED}"
)
CONTESTS = (
    *("World Cup", "Grand Prix", "Marathon", "Championship", "Olympics", "Olympic Games"),
    *("Paralympics", "Super Bowl", "Film Festival", "Cup Final", "Cup final"),
)
CONTEST = re.compile(
    rf"\b(?:(?:18|19|20)\d\d )?(?:(?:{CAPITALISED}|of|de) ){{0,4}}"
    rf"(?:Open Championship|Championships|{'|'.join(CONTESTS)})\b"
)
VOTE = re.compile(
    r"\b(?:18|19|20)\d\d (?:[A-Z][\w.'-]+ ){0,3}"
    r"(?:(?:presidential|general|parliamentary|federal|state|local|legislative|midterm|snap|mayoral"
    r"|gubernatorial|Presidential|General|Parliamentary|Federal) )+(?:elections?|Elections?)\b"
)
WAR = re.compile(
    rf"\b(?:{CAPITALISED} )?{CAPITALISED} (?:[Cc]ivil )?War(?: (?:I{{1,3}}|Two|One))?\b"
)
_MODELS = (
    ("Boeing", r" (?:[BCKPEF]+-)?\d{2,3}(?:-\w+)?(?: M(?:AX|ax)(?: \d+)?)?s?"),
    ("Airbus", r" A\d{3}(?:-\w+)?s?"),
    ("A3", r"[0-9]0s?(?:-\d+)?"),
    ("Antonov Tupolev Ilyushin Sukhoi Cessna Embraer", r" [A-Z]{0,3}-?\d+\w*"),
    ("Bombardier Fokker Sikorsky Bell Lockheed", r" [A-Z]{0,3}-?\d+\w*"),
    ("Su MiG Mig Tu Il An Mi Ka Yak", r"-\d{1,3}\w*"),
    ("UH AH CH MH HH SH MQ RQ KC EA EC", r"-\d{1,3}\w?s?"),
    ("F B C", r"-\d{1,3}[A-Z]{0,2}s?"),
    ("T", r"-\d{2}\w*"),
    ("AK", r"-\d{2,3}s?"),
    ("AR", r"-15s?"),
    ("M", r"-?16s?"),
    ("Kh", r"-\d+\w*"),
    ("S", r"-[1-5]00s?"),
    ("BMP Unha", r"-\d"),
    ("BTR Hwasong", r"-\d+"),
    ("R", r"-\d{2}\b"),
    ("Nodong", r"-?\d?"),
    ("Soyuz", r"(?: TMA?| MS)?-\d+\w*"),
    ("Progress", r" MS?-\d+"),
    ("Falcon Ariane PlayStation", r" \d"),
    ("Long", r" March \d\w*"),
    ("Delta", r" I[IV]\w*"),
    ("Atlas", r" [IV]+"),
    ("PSLV", r"-?\w*"),
    ("GSLV", r"(?: Mk ?\w+)?(?:-\w+)?"),
    ("Electron", r" rocket"),
    ("Proton", r"-M"),
    ("Crew", r" Dragon"),
    ("Galaxy", r" (?:S|Note ?)\d+"),
    ("Windows", r" (?:\d+|XP|Vista)"),
    ("Model", r" [SX3Y]\b"),
)
"""Makers or series, and how their models go on."""
# Each begins with a capital letter of its own, rather than with \b or a choice of letters: all that
# begins none is then passed over by a table of letters.
CRAFT = re.compile(
    "|".join(rf"{word}(?<!\w{word}){model}" for words, model in _MODELS for word in words.split())
)
IPHONE = re.compile(r"\biPhone (?:\d+|X[SR]?)(?: Pro| Plus)?")
BRACKETED = re.compile(
    r" \(((?:[A-Z]{1,2}\.){2,}|[A-Z][\w&-]{0,9}[A-Z]\w*|[A-Z]{2,10}|[A-Z]\w{3,9})\)"
)
POSTED_ON_X = re.compile(
    r"(?:(?<=\bon )|(?<=\bin )|(?<=\bto ))X(?= (?:account|page|post|after|that|on)\b|[.,;]|$)",
    re.MULTILINE,
)


class Manner(NamedTuple):
    """A manner of writing names, and words of which one stands in every name of the sort."""

    pattern: re.Pattern[str]
    type: EntityType
    words: tuple[str, ...] = ("",)
    name: str | None = None


MANNERS = (
    Manner(STORM, "EVENT", ("Tropical", "Typhoon", "Hurricane", "Cyclone")),
    Manner(CRAFT, "PRODUCT"),
    Manner(IPHONE, "PRODUCT", ("iPhone",)),
    Manner(VOTE, "EVENT", ("election", "Election")),
    Manner(WAR, "EVENT", (" War",)),
    Manner(CONTEST, "EVENT", CONTESTS),
    Manner(POSTED_ON_X, "ORG", ("X",), "X (Twitter)"),
)


def manners(text: str) -> Sequence[Manner]:
    """Choose those of which a text has a word: to look for one is cheaper than to try a pattern."""
    return [manner for manner in MANNERS if any(map(text.__contains__, manner.words))]


def found(text: str, start: int, end: int, manners: Sequence[Manner]) -> Iterator[Found]:
    """Find such names in `text[start:end]`, a line of plain text."""
    for manner in manners:
        for match in manner.pattern.finditer(text, start, end):
            yield Found(match.start(), match.end(), manner.type, manner.name)
