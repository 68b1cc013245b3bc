"""Closed lists of words by which a speaker is told: verbs of saying, roles, documents."""

from services.enricher.quantities.words import AUXILIARIES, PAST_TENSES, PREPOSITIONS, word_set

_REGULAR_CLAIMS = word_set(
    "acknowledge add affirm agree allege announce apologise apologize argue assert attest boast "
    "claim clarify comment complain conclude concede confess confirm contend counter declare deny "
    "elaborate emphasise emphasize exclaim explain highlight hope indicate insist joke lament "
    "maintain mention note observe opine pledge post predict proclaim promise propose protest "
    "reaffirm reason recall recount reflect reiterate remark remember repeat reply report respond "
    "reveal rule state stress suggest testify tweet underline underscore vow worry"
)
_REGULAR_ADDRESSES = word_set(
    "accuse address advise answer appeal ask assure blame brand call caution characterise "
    "characterize cite condemn continue credit criticise criticize decry defend demand denounce "
    "describe dismiss express extend inform instruct label laud plead portray praise question "
    "quote reassure request shout summarise summarize thank urge warn welcome yell"
)
_CLAIMS = word_set(
    "said say says saying wrote write writes writing admitted admits admitting feels found finds "
    "thought thinks decided quipped quips quipping swore believes believed believing read reads "
    "reading"
)
_ADDRESSES = word_set(
    "told tell tells telling put puts putting dubbed dubs dubbing referred refers referring"
)


def _forms(verb: str) -> tuple[str, ...]:
    """Write a regular verb in its past, its present and as a participle."""
    if verb.endswith("y") and verb[-2] not in "aeiou":
        return f"{verb[:-1]}ied", f"{verb[:-1]}ies", f"{verb}ing"
    if verb.endswith("e"):
        participle = verb if verb.endswith("ee") else verb[:-1]
        return f"{verb}d", f"{verb}s", f"{participle}ing"
    return f"{verb}ed", f"{verb}{'es' if verb.endswith(('s', 'sh', 'ch')) else 's'}", f"{verb}ing"


CLAIMS = _CLAIMS.union(*map(_forms, _REGULAR_CLAIMS))
"""Verbs after which a name begins a clause of its own: "said Ms Doe agreed"."""

ADDRESSES = _ADDRESSES.union(*map(_forms, _REGULAR_ADDRESSES))
"""Verbs after which a name is that of who is spoken to, or about."""

VERBS = CLAIMS | ADDRESSES

SUBORDINATORS = word_set(
    "after although as because before if since so that though unless until what when where "
    "whether which while who whom whose why how"
)
GOVERNORS = (PREPOSITIONS | word_set("alongside behalf than")) - SUBORDINATORS
TRANSITIVES = PAST_TENSES - CLAIMS
STANDS_ALONE = AUXILIARIES
ADJECTIVES = word_set(
    "acting alleged beloved controversial convicted disgraced elected experienced incoming king "
    "leading outgoing re-elected reigning renowned respected retired ruling so-called unnamed "
    "visiting morning evening talk-show celebrated re-signed"
)
"""Words in -ed and -ing that stand before a name or a title and are no verbs."""

PERSON_ROLES = word_set(
    "actor activist actress administrator adviser advisor advocate aide ambassador analyst "
    "archbishop artist assemblyman assemblywoman astronaut athlete attendee attorney author "
    "barrister bishop boss boxer boy brother businessman businesswoman candidate captain cardinal "
    "caretaker chair chairman chairperson chairwoman champion chancellor chief co-author co- "
    "founder co-owner coach colleague colonel columnist commander commentator commissioner "
    "composer congressman congresswoman constable coroner correspondent councillor councilman "
    "councilwoman counsel critic daughter dean defendant delegate deputy designer developer "
    "diplomat director doctor driver economist editor employee engineer envoy ex-president "
    "executive expert eyewitness family farmer father founder friend general girl governor "
    "graduate head historian husband interviewee investigator journalist judge justice king "
    "laureate lawmaker lawyer leader legislator lieutenant magistrate maker man manager mayor "
    "medic member midfielder minister mother mp musician native neighbour neighbor nominee nurse "
    "officer official onlooker organiser organizer owner painter participant partner passenger "
    "pastor photographer pilot player poet politician pontiff pope premier presenter president "
    "priest prince princess principal producer professor prosecutor protester queen rapper "
    "reporter representative republican democrat researcher resident rider rival scholar "
    "scientist secretary senator sergeant sheriff singer sister skipper soldier solicitor son "
    "speaker specialist spokesman spokesperson spokeswoman star striker student surgeon survivor "
    "suspect teacher technician teenager undergraduate undersecretary user veteran vice-president "
    "victim victor volunteer wife winner witness woman worker wrestler writer"
)
SPOKESPEOPLE = word_set("spokesman spokesperson spokeswoman")

BODIES = word_set(
    "academy administration agency airline alliance association authority bank board body brand "
    "broadcaster bureau campaign cabinet centre center charity church city club coalition "
    "commission committee company congress corporation council court department embassy "
    "federation firm force foundation government group institute institution league legislature "
    "maker manufacturer ministry museum movement network newspaper office organisation "
    "organization outlet panel parliament party project promotion publisher regulator retailer "
    "school senate service society startup studio team tribunal union university watchdog"
)
"""Nouns for an organisation, many of which are part of its name."""

DOCUMENTS = word_set(
    "announcement caption decision decree document email filing judgement judgment letter memo "
    "notice message note opinion order post press-release release ruling statement summary tweet "
    "website webpage writing complaint lawsuit resolution"
)
"""What somebody wrote, which reads, says or states as they do."""

ANYBODY = word_set(
    "some many others several one critics supporters witnesses eyewitnesses officials authorities "
    "police experts residents protesters researchers scientists locals analysts activists "
    "lawmakers prosecutors users members neighbours neighbors reports studies investigators "
    "doctors organisers organizers opponents everyone sources "
    "friends people allies aides colleagues relatives fans parents"
)
"""Those who speak and are not named."""

STUDIES = word_set("article book investigation paper poll report research study survey text")
"""What states something as nobody's words; without an article they may be verbs."""
