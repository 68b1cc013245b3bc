"""What stands with a headline and is not of it: the site's name, the authors."""

import re

TITLE_WORDS = range(3, 31)
LONGEST_TITLE = 220
"""Characters."""

_OUTLET = (
    r"(?:News|Times|Post|Guardian|Reuters|BBC|CNN|ABC|CBS|NBC|Fox|AP|AFP|DW|NPR|Jazeera|Daily|Tribune"
    r"|Herald|Telegraph|Journal|Gazette|Chronicle|Mail|Mirror|Independent|Observer|Press|Online"
    r"|Bloomberg|Politico|Euronews|Wikinews|\w+\.(?:com|org|net|co\.uk))"
)
_SITE = re.compile(
    rf"\s(?:\|\s[^|]{{2,40}}|[-–—]\s(?:[A-Z][\w.]*\s){{0,3}}{_OUTLET}(?:\s[A-Z]\w*){{0,2}})$"
)
"""The name of the site, as pages append it to the headline."""
_NAME = r"[^\W\d_a-z][^\W\d_]+ [^\W\d_a-z][^\W\d_]+"
_AUTHORS = re.compile(rf"{_NAME}(?: (?:and|&) {_NAME})?(?:, [^.]{{2,40}}| in [^\W\d_a-z]\w+)?")


def without_site(headline: str) -> str:
    """Cut the site's name behind a headline, where enough is left to be one."""
    if len(headline) > LONGEST_TITLE:
        return headline
    words = _SITE.sub("", headline).rstrip()
    return words if len(words.split()) >= TITLE_WORDS[0] else headline


def names_authors(line: str) -> bool:
    """Whether a line is "Jane Doe and John Roe", "Jane Doe in Kyiv" or "Jane Doe, BBC News"."""
    return len(line) <= LONGEST_TITLE and bool(_AUTHORS.fullmatch(line))
