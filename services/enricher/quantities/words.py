"""Closed word classes and guesses at open ones, for reading around a quantity without a tagger."""

from services.enricher.calendars.words import MONTH_NUMBERS, WEEKDAY_NUMBERS


def word_list(text: str) -> tuple[str, ...]:
    """Write words as a line of text."""
    return tuple(text.split())


def word_set(text: str) -> frozenset[str]:
    """Write a set of words as a line of text."""
    return frozenset(text.split())


PREPOSITIONS = word_set(
    "due according because in on at by from to with within without into onto of for over under "
    "between among amid during since until till after before against about around through "
    "throughout across along behind beyond near off out up down via per despite inside outside "
    "toward towards upon than as like including excluding involving regarding following"
)
AUXILIARIES = word_set(
    "is are was were be been being has have had having do does did will would shall should "
    "can could may might must"
)
DETERMINERS = word_set(
    "the a an this that these those his her its their our my your each every some any no both "
    "all another such"
)
PRONOUNS = word_set(
    "he she it they we i you who whom whose which what that there here them him us me himself "
    "herself themselves itself where when why how"
)
CONJUNCTIONS = word_set(
    "and or but nor so yet while whereas because although though if unless whether once"
)
FUNCTION_WORDS = PREPOSITIONS | AUXILIARIES | DETERMINERS | PRONOUNS | CONJUNCTIONS
ADVERBS = word_set(
    "also already still now then later earlier ago apart away today yesterday tomorrow "
    "tonight reportedly allegedly officially finally not only just even again ever "
    "currently however meanwhile together respectively instead alone early late soon "
    "altogether total previously recently apiece combined overall worldwide nationwide so far "
    "too"
)
MONTHS = frozenset(MONTH_NUMBERS)
WEEKDAYS = frozenset(WEEKDAY_NUMBERS)

SENTENCE_STARTS = frozenset((".", "\n", "", '"', "!", "?", ":"))
"""What stands before a word that is capitalised for no other reason."""

PAST_TENSES = word_set(
    "came went said told made took gave got saw found held led met ran sat set won lost struck "
    "began became fell grew knew left rose spoke stood thought wrote broke brought built bought "
    "caught chose drew drove flew kept paid put sent shot showed spent taught wore beat says said"
)
IRREGULAR_PLURALS = word_set(
    "people children men women police feet teeth mice geese cattle sheep fish aircraft "
    "spacecraft species troops crew personnel staff dead wounded injured media data criteria "
    "fishermen policemen servicemen congressmen congresswomen firefighters others folk youth "
    "youths lives wives knives leaves halves policewomen businessmen lawmen gunmen salmon "
    "deer series personnel civilians militia cavalry infantry offspring runners-up"
)
_SINGULAR_S = (
    "measles",
    "mumps",
    "diabetes",
    "texas",
    "ss",
    "us",
    "is",
    "ics",
    "news",
    "'s",
    "less",
)
PEOPLE = word_set(
    "people troops soldiers residents deaths cases votes employees workers children students "
    "civilians protesters demonstrators women men members staff jobs homes houses buildings "
    "lives patients infections passengers officers refugees migrants families fans spectators "
    "others aftershocks seats copies flights barrels tonnes tons"
)
"""What is counted so often that a numeral before it is no year."""

CASUALTIES = {
    "dead": "killed", "died": "killed", "dies": "killed", "die": "killed", "killed": "killed",
    "kills": "killed", "kill": "killed", "killing": "killed", "deaths": "killed",
    "fatalities": "killed", "death": "killed", "slain": "killed", "murdered": "murdered",
    "injured": "injured", "injures": "injured", "injuring": "injured", "injuries": "injured",
    "injure": "injured", "hurt": "injured", "hurting": "injured",
    "wounded": "wounded", "wounds": "wounded", "wounding": "wounded", "wound": "wounded",
    "missing": "missing", "arrested": "arrested", "arrests": "arrested", "arresting": "arrested",
    "arrest": "arrested", "detained": "detained", "detains": "detained", "detaining": "detained",
    "displaced": "displaced", "displaces": "displaced", "displacing": "displaced",
    "evacuated": "evacuated", "evacuates": "evacuated", "evacuating": "evacuated",
    "infected": "infected", "infects": "infected", "infecting": "infected",
    "hospitalized": "hospitalized", "hospitalised": "hospitalised", "homeless": "homeless",
    "rescued": "rescued", "rescues": "rescued", "rescuing": "rescued", "saved": "saved",
    "saves": "saved", "saving": "saved", "destroyed": "destroyed", "destroys": "destroyed",
    "destroying": "destroyed", "damaged": "damaged", "damages": "damaged",
    "damaging": "damaged", "affected": "affected", "affects": "affected",
    "affecting": "affected", "claimed": "claimed", "claiming": "claimed", "claims": "claimed",
    "stranded": "stranded", "trapped": "trapped", "jailed": "jailed", "jails": "jailed",
    "shot": "shot", "shoots": "shot", "stabbed": "stabbed", "stabs": "stabbed",
    "fled": "fled", "flee": "fled", "survived": "survived",
    "convicted": "convicted", "charged": "charged", "sentenced": "sentenced",
    "executed": "executed", "kidnapped": "kidnapped", "abducted": "abducted",
    "drowned": "drowned", "relocated": "relocated", "relocating": "relocated",
    "recovered": "recovered", "tested": "tested", "sued": "suing", "sue": "suing",
    "struck": "struck", "fired": "fired", "launched": "launched", "collapsed": "collapsed",
    "deployed": "deployed", "deploying": "deployed", "deploys": "deployed",
    "released": "released", "freed": "freed", "lost": "lost", "won": "won",
    "signed": "signed", "ratified": "ratified", "voted": "voting", "participated": "participating",
    "harvested": "harvested", "seized": "seized", "stolen": "stolen", "sold": "sold",
    "downed": "shot down", "intercepted": "intercepted",
}  # fmt: skip
"""Verbs and adjectives that tell what became of what is counted."""

BODILY = word_set(
    "killed murdered injured wounded missing arrested detained infected hospitalized hospitalised "
    "homeless jailed stabbed executed kidnapped abducted drowned stranded evacuated "
    "displaced"
)
"""What becomes of people: a quantity with one of these and no noun counts people."""

PERSONS = word_set(
    "man woman boy girl brother sister son daughter wife husband mother father suspect driver "
    "victim student player teenager resident officer soldier pilot defendant friend cousin uncle "
    "princess prince queen king president senator governor mayor minister actor actress singer "
    "teacher nurse doctor journalist reporter activist farmer lawyer passenger worker migrant "
    "gunman attacker survivor winner champion captain striker midfielder goalkeeper defender "
    "aunt nephew niece neighbour neighbor partner fiancee grandmother grandfather child couple"
)
"""Singular nouns for persons, after which a number between commas is an age."""


def is_plural(word: str) -> bool:
    """Guess from its form that a lower-case word is a plural noun."""
    return word in IRREGULAR_PLURALS or (
        len(word) > 3 and word[-1] == "s" and not word.endswith(_SINGULAR_S)
    )
