"""Which lines of a page are not the article: general rules on the form of a single line."""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from itertools import islice

from services.enricher.layout.datelines import line_with_date
from services.enricher.quantities.words import word_set

LONGEST_JUNK = 400
"""Characters; a longer line is prose whatever it begins with."""
MOST_LINKS = 12
"""Words of navigation in a line."""

_NAVIGATION = word_set("""
home menu search news world sport sports business politics opinion video videos live more share
tweet print email e-mail comment comments facebook twitter whatsapp telegram linkedin pinterest
reddit instagram youtube messenger copy link save bookmark login log in sign up subscribe register
advertisement advertisements ad ads sponsored loading close next previous prev back top skip to
main content navigation toggle items no trending latest popular on this story article listen view
rss feed like follow us newsletter newsletters gallery photo photos image images
""")

_LINKS_AHEAD = re.compile(
    r"(?:also|keep|further|more|continue)\s+(?:reading|read)\b"
    r"|(?:read|see|watch|view)\s+(?:also|more|next|this)\b|see\s+also\b|(?:read|watch|listen|videos?|photos|live)\s*:"
    r"|related\s*+(?::|articles?|stor(?:y|ies)|news|posts?|topics?|content|links|coverage|reading)?"
    r"\s*+(?::|$)"
    r"|(?:more|other)\s+(?:on|from|about|stories|news|articles|like)\b[^.]{0,60}(?::|$)"
    r"|(?:you\s+may|you\s+might|you'll)\s+(?:also\s+)?(?:like|be\s+interested|enjoy)\b"
    r"|don['’]t\s+miss\b|recommended\b[^.]{0,30}(?::|$)|most\s+(?:read|popular|viewed)\b"
    r"|(?:top|latest|trending|popular)\s+(?:stories|news|posts|articles)\s*(?::|$)"
    r"|editor['’]?s['’]?\s+(?:picks?|choice)|what\s+to\s+read\s+next|up\s+next\b|--$"
    r"|(?:=+\s)?(?:sources?|references|external\s+links|sister\s+links|related\s+news)(?:\s=+)?:?$",
    re.IGNORECASE,
)
_NOTICE = re.compile(
    r"©|\(c\)\s*\d{4}|copyright\s*+(?:©|\(c\)|\d|by\b|the\b|$)|copyright\b.{0,80}reserved"
    r"|all\s+rights\s+reserved|terms\s+(?:of|and)\b.{0,40}(?:use|service|conditions)"
    r"|(?:privacy|cookies?)\s+(?:policy|settings|notice|preferences)$|manage\s+(?:your\s+)?privacy\b"
    r"|by\s+continuing\s+to\b.{0,80}cookies|(?:article|story)\s+continues\b"
    r"|(?=[^@]*@).{0,80}\b(?:e-?mail|write\s+to|contact)\b.{1,40}@\S{1,60}$"
    r"|subscribe\b|sign\s+up\b|sign\s+in\b|log\s+in\b|follow\s+(?:us|our|me|@)\b|join\s+(?:us|our)\b"
    r"|click\s+(?:here|to|on)\b|tap\s+(?:here|to)\b|share\s+(?:this|on|via|with)\b|like\s+us\b"
    r"|(?:download|get)\s+(?:our|the)\s.{0,30}\bapp\b|get\s+(?:our|the\s+latest|more)\b.{0,60}"
    r"(?:newsletter|inbox|alerts?)|support\s+our\s|donate\b"
    r"|advertisements?\s*+(?:\W|$)|sponsored\s*+(?:\W|$|by\b|content\b|links?\b)"
    r"|we\s+use\s+cookies|this\s+(?:site|website)\s+uses\s+cookies|accept\s+(?:all\s+)?cookies"
    r"|leave\s+a\s+(?:reply|comment)|post\s+a\s+comment|\d[\d,.]*\s+(?:comments?|shares?|views?|likes?)\b(?!\s\w)"
    r"|(?:comments?|views|shares|likes)\s*(?::\s*\d|\(\d)|(?:tags?|filed\s+under|topics?|categor(?:y|ies)"
    r"|posted\s+(?:in|by|on)|keywords?|source|sources|via|credits?|contact|short\s*link|permalink)\s*:"
    r"|\d+\s*min(?:ute)?s?\s+read\b|reading\s+time\b|(?:last\s+)?(?:updated|published|posted|modified)"
    r"(?:\s+(?:on|at)\b|\s*:|\s+\d)|\d+\s+(?:minute|hour|day|week)s?\s+ago$|have\s+an\s+opinion\s+on"
    r"|(?:skip|jump)\s+to\b|you\s+are\s+here\b|back\s+to\s+(?:top|home)|load\s+more\b|show\s+more\b"
    r"|(?:this\s+)?(?:article|story)\s+(?:was\s+)?(?:originally|first)\s+(?:appeared|published)\b"
    r"|about\s+the\s+authors?\b|your\s+email\s+address\b|required\s+fields|our\s+standards\s*:"
    r"|follow\b.{1,60}\bhttps?://|(?=.*contributed).{1,150}\bcontributed\s+(?:to\s+this\s+(?:report|story|article)|reporting)\b"
    r"|[-–—]\s?.{1,60}\s\(@\w+\)|photo\s+gallery\b|disclaimer\s*:",
    re.IGNORECASE,
)
_CAPTION = re.compile(
    r"\[?(?:file\s+)?(?:photos?|images?|pictures?|pic|photograph|picture\s+credit|photo\s+credit"
    r"|image\s+(?:credit|source|caption)|caption|illustration|credit|file|representational\s+image)"
    r"\s*(?::|[-–—]\s)|(?:image|media)\s+(?:source|caption)(?:,|$)|\[?(?:image|photo|video|embed|placeholder|gallery|advertisement)\s*\d*\]?$"
    r"|file\s+photo\b|(?:ap|afp|reuters|epa)(?:\s+photo\b|\s?/\s?[^.]{2,40}$)|photo\s+by\b|image\s+courtesy\b",
    re.IGNORECASE,
)
_CREDIT_AT_END = re.compile(
    r"(?:\((?:photo|image|picture|video|file|credit)s?\b[^()]{0,80}\)"
    r"|\b(?:images?|photos?|pictures?|credit):\s[^:]{2,60}|/\s?(?:getty(?:\s+images)?|ap|afp|reuters|epa|shutterstock)"
    r"|\b(?:getty\s+images|shutterstock|ap\s+photo[^.]{0,40}))[.)]?$",
    re.IGNORECASE,
)
_NAME = r"(?:[^\W\d_a-z][\w.'’-]*|(?:de|da|di|van|von|der|den|bin|al|el|la|le|du)\b)"
# Atomic: else each hyphen of "By A-A-A-…" may end a name or not, and all combinations are tried.
_NAMES = (
    rf"(?>{_NAME})(?:(?>\s*[,&|/–—-]\s*|\s+)(?:(?:and|for|of|in|with|the|at)\s+){{0,2}}"
    rf"(?>{_NAME})){{0,11}}"
)
_BYLINE = re.compile(
    r"(?:(?i:(?:words\s+|written\s+|reported\s+|posted\s+|edited\s+|story\s+)?by|author|reporter)"
    rf"(?:\s*+:)?\s++){_NAMES}[,|]?$"
    rf"|(?i:by)(?:\s{_NAME}){{2,4}}\s?[-–—|•·]\s"
    r"|\(?(?i:(?:(?:additional\s+)?reporting|writing|editing|compiled)\s+by\s)",
)
_DATE = (
    r"(?:\w{1,12}\.?\s\d{1,2}(?:st|nd|rd|th)?,?\s\d{4}|\d{1,2}(?:st|nd|rd|th|\.)?\s\w{1,12}\.?,?\s\d{4}"
    r"|\d{4}[-/.]\d{1,2}[-/.]\d{1,2}|\d{1,2}[-/.]\d{1,2}[-/.]\d{2,4})"
)
_CLOCK = r"\d{1,2}[:.]\d{2}(?::\d{2})?(?:\s?[ap]\.?m\.?)?(?:\s?\(?[A-Z]{2,5}\)?)?"
_DATELINE = re.compile(
    rf"(?:(?:\w+\s){{0,2}}\w+\s?[:,]?\s)?{_DATE}"
    rf"(?:\s?(?:[-–—|,T]|at|@)?\s?{_CLOCK})?(?:\s?[A-Z]{{2,5}})?\.?$|{_CLOCK}$",
    re.IGNORECASE,
)
_WEATHER = re.compile(r"[-–+−]?\d{1,3}(?:[.,]\d)?\s?°?\s?[CF]\b°?$")
_IDENTIFIER = re.compile(
    r"\w*[^\W_]_\w+$|\S+\.(?:jpe?g|png|gif|webp|svg|mp4|pdf)$|(?:https?://|www\.|pic\.twitter\.com/)\S+$|[@#]\w+$"
    r"|[\w.+-]+@[\w.-]+$"
    r"|[a-z0-9]+(?:-[a-z0-9]+){2,}$|[\W_]+$|\d[\d\W]*$",
    re.IGNORECASE,
)
_AGENCY = re.compile(
    r"[(\[—–-]?\s?(?:AFP|AP|Reuters|REUTERS|dpa|DPA|EFE|ANSA|PTI|ANI|IANS|Xinhua|TASS|UPI)[)\]]?$"
    r"|[a-z]{2,4}(?:/[a-z]{2,4}){1,3}(?:\s\([^()]{2,40}\))?$"
)
_TOLD = re.compile(r"\b(?:said|told|asked|added|replied|joked|wrote)\b.{0,80}[.”\"]$")
"""What is told of someone is told by the article."""
_TOLD_WITHIN = 90
"""Characters at the end of a line, which hold the longest of those verbs and what may follow."""
_BREADCRUMB = re.compile(r"[^>»›|]{1,40}(?:\s[>»›|]\s[^>»›|]{1,40}){2,}$")
_NO_WIDTH = "\ufeff\u200b"
"""Marks that are no white space to Python: of byte order, and a place to break a word."""
_WORD = re.compile(r"[\w-]+")
_BULLET = re.compile(r"(?:[•·▪●◦‣*►➤→-]|[–—]\s)")


@dataclass(frozen=True, slots=True)
class Line:
    """A line that is not blank, without the white space around it."""

    start: int
    end: int
    text: str
    """What stands there, with single spaces: patterns need not know of non-breaking ones."""

    @property
    def is_bullet(self) -> bool:
        """Whether the line is an item of a list."""
        return bool(_BULLET.match(self.text))

    @property
    def announces_links(self) -> bool:
        """Whether a link to another article, or a list of them, starts here."""
        full_sentence = self.text.endswith(".") and ":" not in self.text and " " in self.text
        if full_sentence or len(self.text) > LONGEST_JUNK:
            return False
        return bool(_LINKS_AHEAD.match(self.text))


def lines(text: str) -> Iterator[Line]:
    """Yield the lines that are not blank."""
    position = 0
    for whole in text.splitlines(keepends=True):
        bare = whole.strip().strip(_NO_WIDTH).strip()
        if bare:
            start = position + whole.index(bare)
            yield Line(start, start + len(bare), " ".join(bare.split()))
        position += len(whole)


def is_boilerplate(line: Line) -> bool:
    """Whether a line by its form alone is navigation, a notice, a caption, a by-line or a date."""
    size = len(line.text)
    if size > LONGEST_JUNK or _TOLD.search(line.text, max(0, size - _TOLD_WITHIN)):
        return False
    return (
        line.announces_links
        or any(pattern.match(line.text) for pattern in _JUNK)
        or (size <= 200 and bool(_CREDIT_AT_END.search(line.text)))
        or line_with_date(line.text) is not None
        or _is_navigation(line.text)
    )


_JUNK = (_NOTICE, _CAPTION, _BYLINE, _DATELINE, _WEATHER, _IDENTIFIER, _BREADCRUMB, _AGENCY)


def _is_navigation(text: str) -> bool:
    lower = text.lower()
    first = _WORD.search(lower)
    if first is None or first.group() not in _NAVIGATION:  # as of nearly all lines
        return False
    words = [word.group() for word in islice(_WORD.finditer(lower), MOST_LINKS + 1)]
    return len(words) <= MOST_LINKS and _NAVIGATION.issuperset(words)
