from collections.abc import Mapping, Sequence
from dataclasses import replace

import pytest

from schemas.enriched_article import EntityType
from services.enricher.enrichments.quotes import quotes
from tests.unit.enricher.builders import draft, entities

DOE, ROE, WHO = "Jane Doe", "Mary Roe", "World Health Organization"
COURT, MINISTRY = "Supreme Court", "Ministry of Health"
NAMES: Mapping[str, tuple[EntityType, Sequence[str]]] = {
    DOE: ("PERSON", ["Jane Doe", "Doe"]),
    ROE: ("PERSON", ["Mary Roe", "Roe"]),
    WHO: ("ORG", ["World Health Organization", "WHO"]),
    COURT: ("ORG", ["Supreme Court"]),
    MINISTRY: ("ORG", ["Ministry of Health"]),
    "Twitter": ("ORG", ["Twitter"]),
}
Q = "“We will not be part of this”"


def speakers(text: str) -> list[str | None]:
    named = replace(draft(text), entities=entities(text, NAMES))
    return [quote.speaker for quote in quotes(named)]


def speaker(text: str) -> str | None:
    return speakers(text)[-1]


@pytest.mark.parametrize(
    "text",
    [
        f"{Q}, as Doe put it.",
        f"As Doe put it, {Q}.",
        f"{Q}, tweeted Mayor of London Jane Doe.",
        f"{Q}, said WHO expert Professor Jane Doe of the Ministry of Health.",
        f"{Q}, said the head of the WHO, Jane Doe.",
        f"{Q}, Doe told reporters. Roe left.",
        "“Will it ever be part of this?” Doe wrote on Twitter.",
        f"According to Doe, {Q}.",
        f"Doe was quoted by the WHO as saying {Q}.",
        f"The WHO quoted Jane Doe, formerly a lawyer, as saying {Q}.",
        f"Doe said — as reported by the WHO — {Q}.",
        f"Doe called it a {Q}, according to the WHO.",
        f"It had a pattern described by Doe as {Q}.",
        f"She was told by minister Jane Doe of {Q}.",
    ],
)
def test_a_verb_of_saying_has_its_subject_on_either_side(text):
    assert speaker(text) == DOE


@pytest.mark.parametrize(
    "text",
    [
        f"Jane Doe, ministerial commissioner, said {Q}.",
        f"Jane Doe, a Toronto lawyer representing Mary Roe, told the WHO after it {Q}.",
        f"Jane Doe, director of the WHO's Ministry of Health that saw it, said, {Q}.",
        f"Jane Doe, Supreme Court in the Faculty at the Ministry of Health, said {Q}.",
        f"Jane Doe, his wife and the current chairwoman of the WHO, said Roe {Q}.",
        f"Jane Doe of the World Health Organization (WHO) told the press: {Q}",
        f"Supreme Court medical anthropologist Jane Doe told the press, {Q}.",
        f"Newly elected Assemblywoman Jane Doe said, {Q}.",
        f"Another co-author, civil engineering professor Jane Doe, said, {Q}.",
        f"The mayor of London, Jane Doe, thanked {Q}.",
        f"Doe praised Roe for her empathy and said she was {Q}.",
        f"Doe praised Roe's endorsement on Twitter, stating {Q}.",
        f"The bill was drafted by Jane Doe who said, {Q}.",
    ],
)
def test_the_subject_is_no_name_that_describes_it_or_is_an_object(text):
    assert speaker(text) == DOE


@pytest.mark.parametrize(
    ("text", "name"),
    [
        (f"Doe met Roe on Monday. She said, {Q}.", DOE),
        (f"Doe met Roe. She spoke to the WHO of Roe. She then added, {Q}.", DOE),
        (f"Doe spoke first. On live television she said, {Q}.", DOE),
        (f"Doe said Roe is {Q}; however, {Q}, she added.", DOE),
        (f"Doe's speech came late. She said, {Q}.", DOE),
        (f"It was led by Roe, {Q}, said Doe. She went on to say {Q}.", DOE),
        (f"The WHO mourned Doe. It also credited Roe with it, noting on Twitter {Q}.", WHO),
        (f"Doe left. One of the victims came. She said {Q}.", None),
        (f"The head of the search came with Doe. She said {Q}.", None),
    ],
)
def test_a_pronoun_is_the_last_subject_not_the_last_name(text, name):
    assert speaker(text) == name


@pytest.mark.parametrize(
    ("text", "name"),
    [
        (f"Judge Jane Doe came with Roe. Roe left. The judge said, {Q}.", DOE),
        (f"It was seen by archbishop Jane Doe. Calling it so the archbishop said {Q}.", DOE),
        (f"“It was a very bad day,” said Jane Doe. The WHO professor added, {Q}.", DOE),
        (f"The Supreme Court met. Doe came. The three-judge court ruled {Q}.", COURT),
        (f"The Ministry of Health met Doe. The ministry said {Q}.", MINISTRY),
        (f"The WHO met Doe. Doe left. The organisation said {Q}.", WHO),
        (f"A WHO spokesperson said {Q}.", WHO),
        (f"A spokesperson for the WHO said {Q}.", WHO),
        (f"A WHO spokesman came. The spokesman added {Q}.", WHO),
        (f"The Doe campaign said {Q}.", None),
        (f"Doe left. A protester said {Q}.", None),
        (f"According to police, Doe was {Q}.", None),
        (f"{Q}, said a student named Doe.", DOE),
    ],
)
def test_a_role_is_whom_the_article_describes_so(text, name):
    assert speaker(text) == name


@pytest.mark.parametrize(
    ("text", "name"),
    [
        (f"{Q}, reads Judge Doe's statement.", DOE),
        (f"{Q}, reads a WHO press release.", WHO),
        (f"The WHO's website said: {Q}", WHO),
        (f"The WHO released a statement which said, {Q}.", WHO),
        (f"Judge Jane Doe came. Part of the judge's statement reads {Q}.", DOE),
        (f"The Supreme Court met. The summary of the decision read in part: {Q}", COURT),
        (f"The WHO released a statement on Doe. It was early. {Q}, read the statement.", WHO),
        (f"Judge Doe came. The decree signed by the judge read {Q}.", DOE),
        (f"The decree signed by Doe read {Q}.", DOE),
        (f"Doe left, says the statement from the WHO. {Q}, the statement says.", WHO),
        (f"In a letter to the WHO, Doe said no. Roe left. The letter stressed {Q}.", DOE),
    ],
)
def test_a_document_speaks_as_its_author(text, name):
    assert speaker(text) == name


@pytest.mark.parametrize(
    ("text", "name"),
    [
        (f"Doe took a parting shot on Twitter: {Q}", DOE),
        (f"Doe spoke on a programme of the WHO when she announced it: {Q}", DOE),
        (f"Doe had this to say:\n\n{Q}", DOE),
        (f"Doe looked at the role as a {Q}, having questioned it for years.", DOE),
        (f"The home side lost, leaving Doe unimpressed. {Q}", DOE),
        (f"“Numb,” writes Roe's friend Jane Doe. {Q}", DOE),
        (f"Roe spoke.\n\n{Q}", None),
        (f"“It was a very bad day,” said a witness. {Q}", None),
        (f"“It was a very bad day,” said the WHO. Doe came. {Q}", WHO),
    ],
)
def test_without_a_verb_the_subject_of_the_sentence_speaks(text, name):
    assert speaker(text) == name


@pytest.mark.parametrize(
    ("text", "names"),
    [
        (f"Doe told Roe it {Q} while Roe noted {Q}.", [DOE, ROE]),
        (f"Doe said in part, “Do it now and here!” According to Roe, {Q}.", [DOE, ROE]),
        (f"Saying {Q}, Doe elaborated, {Q}.", [DOE, DOE]),
        (f"Doe called it {Q}; Roe said {Q}.", [DOE, ROE]),
        (f"{Q}, said Doe, {Q}.", [DOE, DOE]),
    ],
)
def test_each_quotation_of_several_has_its_own_speaker(text, names):
    assert speakers(text) == names


def test_his_claims_are_no_verb():
    assert speaker(f"Doe rejected Roe in her claims, {Q}.") == DOE


@pytest.mark.parametrize(
    "again",
    [
        f"Doe said {Q}. She said {Q}. ",
        f"{Q}, said the court of Doe. ",
        f"{Q}, read the statement ",
        "Doe WHO Roe " * 20 + f"{Q}, she said. ",
        f"{Q} the judge ",
        f"a statement by the statement {Q}, read the statement by it, ",
        f"The WHO professor of the WHO company said it. {Q} ",
    ],
)
def test_speakers_are_found_in_linear_time(again):
    assert len(speakers(again * (100_000 // len(again)))) >= 100_000 // len(again)
