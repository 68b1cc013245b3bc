import pytest
from hypothesis import given
from hypothesis import strategies as st

from services.enricher.draft import Draft
from services.enricher.enrichments.zones import Zones, zones
from tests.unit.enricher.builders import raw_article

LEAD = (
    "NATO countries strongly condemned the latest air attacks, and pledged to continue "
    "strengthening the defenses of Ukraine."
)
MORE = "In a statement issued after the meeting the allies recalled what they had already given."

JUNK = [
    "Also Read: Ukraine Claims to Have Eliminated 34 Drones",
    "READ MORE: What the summit decided",
    "See also: Ten things to know about the alliance",
    "By Scribe",
    "By Jane Doe and John McDonald, Associated Press",
    "Reporting by Jane Doe; editing by John Roe",
    "Wednesday, January 30, 2019",
    "30 January 2019",
    "2019-01-30 10:15",
    "January 30, 2019 at 10:15 a.m. EST",
    "vineri, 3 mai 2024 - 13:26",
    "Updated: March 3, 2022",
    "17.3 C",
    "spot_img",
    "IMG_1234.jpg",
    "https://example.org/story",
    "No menu items!",
    "Home | World | Politics",
    "Home > News > World",
    "Skip to content",
    "Share on Facebook",
    "Share this article",
    "Advertisement",
    "Subscribe to our newsletter",
    "Follow us on Twitter",
    "Sign up for our daily briefing",
    "© 2024 Daily News",
    "Copyright 2024 The Associated Press. All rights reserved.",
    "Photo: Jane Doe",
    "A banner for the event. Image: Paul Budd.",
    "Soldiers on parade (Photo by Jane Doe/AFP)",
    "The building after the attack / Getty Images",
    "Tags: NATO, Ukraine",
    "3 min read",
    "5 hours ago",
    "12 Comments",
    "Leave a comment",
    "***",
    "___",
    "by Jane Doe - January 3, 2024 in Africa, News 0",
    "(Reporting by Jane Doe; Editing by John Roe)",
    "Associated Press writer John Roe in Mombasa contributed to this report.",
    "Your email address will not be published. Required fields are marked *",
    "WATCH: Minister announces tax",
    "pic.twitter.com/abc123",
    "— Jane Doe (@janedoe) January 3, 2024",
    "Wed 30 Jan 2019 10.15 GMT",
    "Jane Doe | January 30, 2019 | 3 min read",
    "Image caption, The road on Monday",
    "REUTERS/Jane Doe",
    "[Photo: AFP]",
    "The road on Monday. Photo: AFP",
    "Flags on the road. Image: J. Doe.",
    "By Jane Doe for the Daily News",
    "jane.doe@example.org",
    "Have you been there? Email us at news@example.org",
    "Article continues after this advertisement",
    "By continuing to browse the site you are agreeing to our use of cookies.",
    "Terms and Conditions | Privacy Policy",
    "(AP)",
    "jd/jr (AFP, dpa)",
]

PROSE = [
    "Moscow attacks civil infrastructure",
    "“Russian attacks against civilian population”",
    "• Sixteen states joined the suit",
    "Sharing the burden is what the alliance was made for, he said.",
    "By Tuesday, the city had been under fire for a week.",
    "Image matters in politics, the adviser said.",
    "Photographs showed the aircraft with its cockpit buried within a house.",
    "Home to over a million people, the city has no power.",
    "Source code was leaked, the company said.",
    "On 3 May 2024 the allies met again in Bucharest.",
    "He added: yes.",
    "Videos of the attack were shared by the minister on social media.",
    "Read aloud in court, the letter moved many to tears.",
    "Copyright law does not cover such pictures, the court said.",
    "Advertisements for the bonds were withdrawn.",
    "See also the summit of 1997, when six states joined.",
    "Join us, the minister said, and help.",
    "Most read the warning too late, she said.",
    "12 views of the valley were painted here.",
]


def zones_of(text: str, **changes: str) -> Zones:
    return zones(Draft(raw=raw_article(text, **changes), text=text))


def title_of(text: str, **changes: str) -> str | None:
    title = zones_of(text, **changes).title
    return title.text if title else None


def body_of(text: str, **changes: str) -> list[str]:
    return [text[span.start : span.end] for span in zones_of(text, **changes).body]


@pytest.mark.parametrize("gap", ["\n", "\n\n", "\r\n\r\n", "\n\xa0\n"])
def test_a_headline_above_the_first_paragraph_is_the_title(gap: str) -> None:
    text = gap.join(["NATO reacts to massive strikes", LEAD, MORE])
    assert title_of(text) == "NATO reacts to massive strikes"
    assert body_of(text) == [gap.join([LEAD, MORE])]


@pytest.mark.parametrize(
    "headline",
    [
        "NATO chief says alliance won’t back down on Ukraine aid",
        "ALLIANCE WILL NOT BACK DOWN, SAYS NATO CHIEF.",
        "Will NATO send troops to Ukraine?",
        "Sixteen states sue the U.S.",
        "540 million private records of NATO countries found on public Internet",
    ],
)
def test_headlines_take_many_forms(headline: str) -> None:
    assert title_of(f"{headline}\n\n{LEAD}\n{MORE}") == headline


@pytest.mark.parametrize(
    "text",
    [
        f"{LEAD}\n{MORE}",
        f"{LEAD}\n\nA headline in the middle\n\n{MORE}",
        f"Wednesday, January 30, 2019\n\n{LEAD}",
        f"Speaking to reporters on Tuesday, he said:\n{LEAD}",
        "A line and nothing else",
        LEAD,
        "Home\nWorld\nSport",
        "",
        "\n \n",
    ],
)
def test_an_article_without_headline_has_no_title(text: str) -> None:
    assert title_of(text) is None


def test_a_slug_glued_to_the_headline_is_cut() -> None:
    text = f"nato-commits-to-ukraine's-defensesNATO commits to Ukraine's defenses\n\n{LEAD}"
    assert title_of(text) == "NATO commits to Ukraine's defenses"
    assert body_of(text) == [LEAD]


def test_a_hyphenated_word_at_the_start_is_no_slug() -> None:
    text = f"state-of-the-art defenses for NATO\n\n{LEAD}"
    assert title_of(text) == "state-of-the-art defenses for NATO"


def test_what_stands_above_the_title_is_boilerplate() -> None:
    head = "17.3 C\nBucurești\nvineri, 3 mai 2024 - 13:26\nNo menu items!\n\n"
    text = f"{head}NATO will not back down on aid\n\nspot_img\n\n{LEAD}\n\n{MORE}"
    assert title_of(text) == "NATO will not back down on aid"
    assert body_of(text) == [f"{LEAD}\n\n{MORE}"]


def test_of_several_headlines_the_title_is_the_one_the_lead_takes_up() -> None:
    text = f"Your daily source of everything\nAttacks on Ukraine condemned by NATO\n{LEAD}"
    assert title_of(text) == "Attacks on Ukraine condemned by NATO"


def test_a_standfirst_under_the_title_is_body_and_a_lone_name_is_not() -> None:
    text = f"NATO reacts to strikes\nAllies pledge more air defence\nJane Doe\n{LEAD}"
    assert title_of(text) == "NATO reacts to strikes"
    assert body_of(text) == ["Allies pledge more air defence", LEAD]


@pytest.mark.parametrize("junk", JUNK)
@pytest.mark.parametrize("place", ["before", "after", "middle"])
def test_junk_lines_are_left_out_wherever_they_stand(junk: str, place: str) -> None:
    text = {
        "before": f"{junk}\nNATO reacts to strikes\n{LEAD}\n{MORE}",
        "after": f"NATO reacts to strikes\n{LEAD}\n{MORE}\n{junk}",
        "middle": f"NATO reacts to strikes\n{LEAD}\n{junk}\n{MORE}",
    }[place]
    assert title_of(text) == "NATO reacts to strikes"
    assert body_of(text) == ([LEAD, MORE] if place == "middle" else [f"{LEAD}\n{MORE}"])


@pytest.mark.parametrize("line", PROSE)
def test_lines_of_the_article_that_resemble_junk_are_kept(line: str) -> None:
    text = f"NATO reacts to strikes\n{LEAD}\n{line}\n{MORE}"
    assert body_of(text) == [f"{LEAD}\n{line}\n{MORE}"]


@pytest.mark.parametrize("announcement", ["Keep reading:", "Related articles", "See also:"])
def test_a_list_of_links_goes_with_the_line_that_announces_it(announcement: str) -> None:
    links = "  • A first link to another story\n  • A second: this one has a colon\nKenya"
    text = f"{LEAD}\n\n{announcement}\n\n{links}\n\n{MORE}"
    assert body_of(text) == [LEAD, MORE]


def test_a_headline_from_metadata_that_stands_in_the_text_has_its_offsets() -> None:
    text = f"Some section here today\nNATO’s  reaction to strikes\n{LEAD}"
    title = zones_of(text, headline="NATO's reaction to strikes").title
    assert title is not None
    assert title.text == "NATO’s  reaction to strikes" == text[title.start : title.end]


def test_a_headline_from_metadata_that_is_not_in_the_text_has_none() -> None:
    title = zones_of(LEAD, headline="NATO reacts").title
    assert title is not None
    assert (title.text, title.start, title.end) == ("NATO reacts", None, None)
    assert body_of(LEAD, headline="NATO reacts") == [LEAD]


LINES = st.lists(
    st.one_of(
        st.sampled_from([*JUNK, *PROSE, LEAD, MORE, "NATO reacts to strikes", "", "Keep reading:"]),
        st.text(max_size=60),
    ),
    max_size=12,
)


@given(LINES, st.sampled_from(["\n", "\r\n", "\u2028", "\n\n"]), st.none() | st.text(max_size=30))
def test_zones_of_any_text_are_in_order_disjoint_and_trimmed(
    page: list[str], gap: str, headline: str | None
) -> None:
    text = gap.join(page)
    draft = Draft(raw=raw_article(text, headline=headline), text=text)
    found = zones(draft)
    spans = list(Draft(raw=draft.raw, text=text, title=found.title, body=found.body).zones())
    ends = [0, *(end for _, end in spans)]
    assert all(end <= start < stop for end, (start, stop) in zip(ends, spans, strict=False))
    assert all(text[start:stop] == text[start:stop].strip() for start, stop in spans)


@pytest.mark.parametrize("piece", ["a-", "\n", "By A ", ". ", ">", "'", "related ", "1 ", "a\n"])
def test_hostile_repetition_is_read_in_linear_time(piece: str) -> None:
    text = piece * (200_000 // len(piece))
    assert all(span.end <= len(text) for span in zones_of(text).body)


@pytest.mark.parametrize(
    "site", [" | The Guardian", " - BBC News", " – DW", " — Al Jazeera English", " - CNN.com"]
)
def test_the_name_of_the_site_is_not_part_of_the_title(site: str) -> None:
    text = f"NATO reacts to strikes{site}\n\n{LEAD}"
    assert title_of(text) == "NATO reacts to strikes"
    assert title_of(text, headline="NATO reacts to strikes") == "NATO reacts to strikes"
    assert body_of(text) == [LEAD]


def test_a_dash_may_stand_in_a_title() -> None:
    headline = "Merkel - the last chancellor of her kind"
    assert title_of(f"{headline}\n\n{LEAD}") == headline


def test_a_title_that_comes_twice_is_no_body() -> None:
    text = f"NATO reacts to strikes | Daily News\nNATO reacts to strikes\n{LEAD}"
    assert title_of(text) == "NATO reacts to strikes"
    assert body_of(text) == [LEAD]


@pytest.mark.parametrize("author", ["Jane Doe and John Roe", "Jane Doe in Kyiv", "Jane Doe, AFP"])
def test_authors_between_title_and_lead_are_no_body(author: str) -> None:
    assert body_of(f"NATO reacts to strikes\n{author}\n{LEAD}") == [LEAD]


def test_a_list_of_sources_is_no_body() -> None:
    sources = "Sources\nJane Doe. “Strikes condemned” — BBC News, May 3, 2024\nJohn Roe. “Aid”"
    assert body_of(f"{LEAD}\n\n{MORE}\n\n{sources}") == [f"{LEAD}\n\n{MORE}"]


def test_a_line_that_was_broken_to_a_width_is_no_by_line() -> None:
    text = f"NATO reacts to strikes\n\n{LEAD}\n\nBy Tuesday\nmost of the aid had come."
    assert body_of(text) == [f"{LEAD}\n\nBy Tuesday\nmost of the aid had come."]


def test_marks_of_headings_and_byte_order_are_no_title() -> None:
    assert title_of(f"\ufeff# NATO reacts to strikes\n\n{LEAD}") == "NATO reacts to strikes"
