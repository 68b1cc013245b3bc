from io import StringIO

from rich.console import Console

from services.search import render
from services.search.results import Bucket, Figure, Fragment, Hit


def console(*, colours=False, width=100):
    system = "standard" if colours else None
    return Console(file=StringIO(), width=width, force_terminal=colours, color_system=system)


def printed(to):
    return to.file.getvalue()


def hit(**changes):
    least = {
        "article_id": "a",
        "version": 1,
        "score": 2.5,
        "title": "Kyiv receives air defence",
        "first_words": "Jens Stoltenberg said",
        "timestamp": "2024-05-03",
        "timestamp_origin": "published",
        "source": "reuters",
    }
    return Hit(**(least | changes))


def test_a_hit_shows_rank_title_date_source_score_fragments_and_names():
    to = console()
    fragment = Fragment("sent air defences", ((5, 8),))
    render.hits(to, [hit(fragments=(fragment,), people=("Jens Stoltenberg",), places=("Kyiv",))])
    for shown in (
        "1. Kyiv receives air defence",
        "2024-05-03",
        "reuters",
        "score 2.50",
        "sent air defences",
        "people: Jens Stoltenberg",
        "places: Kyiv",
    ):
        assert shown in printed(to)


def test_what_a_hit_is_known_by_is_never_cut():
    to = console(width=40)
    url = "https://example.org/" + "a" * 60
    render.hits(to, [hit(url=url), hit(article_id="b" * 36, item="000", duplicate_of="c" * 36)])
    assert url in "".join(printed(to).split())
    assert f" {'b' * 36}\n" in printed(to)
    assert "copy of" in printed(to)
    assert "c" * 28 in printed(to)
    assert "…" not in printed(to)


def test_a_match_is_styled_and_the_rest_is_not():
    to = console(colours=True)
    render.hits(to, [hit(fragments=(Fragment("sent air defences", ((5, 8),)),))])
    assert "sent \x1b[1;35mair\x1b[0m defences" in printed(to)


def test_markup_in_an_article_is_text():
    to = console()
    markup = "[red]not red[/red] [/] [link=x]"
    render.hits(to, [hit(title=markup, fragments=(Fragment(markup),), people=(markup,))])
    render.articles(to, [hit(title="[b]", people=("[/x]",))])
    render.facets(to, {"people": (Bucket("[bold]", 1),)})
    assert printed(to).count(markup) == 3
    assert all(shown in printed(to) for shown in ("[b]", "[/x]", "[bold]"))


def test_names_cannot_steer_the_terminal():
    to = console()
    figure = Figure("count", 3.0, of="\x1b[2Jtanks")
    render.hits(to, [hit(people=("\x1b]0;x\x07",), url="\x1b[1m", matched_numbers=(figure,))])
    render.articles(to, [hit(places=("\x1b[2J",), numbers=(figure,))])
    render.facets(to, {"people": (Bucket("\x9b2J", 1),)})
    assert not set(printed(to)) & set("\x07\x1b\x9b")


def test_the_number_that_met_the_search_is_shown_with_what_it_measures():
    to = console()
    render.hits(to, [hit(matched_numbers=(Figure("money", 2.4e9, unit="EUR", of="systems"),))])
    assert "2.4 billion EUR (systems)" in printed(to)


def test_without_a_title_the_first_words_or_the_item_stand_for_it():
    to = console()
    untitled = [hit(title=None), hit(title=None, first_words="", item="000_x")]
    render.hits(to, untitled)
    assert "1. Jens Stoltenberg said" in printed(to)
    assert "2. (000_x)" in printed(to)


def test_a_time_of_fetching_is_not_passed_off_as_publication():
    to = console()
    fetched = hit(timestamp="2024-05-04T12:00:00+00:00", timestamp_origin="fetched")
    render.hits(to, [fetched])
    assert "fetched 2024-05-04 " in printed(to)


def test_facets_show_values_with_counts_and_leave_out_empty_ones():
    to = console()
    render.facets(to, {"people": (Bucket("Jens Stoltenberg", 1234),), "groups": ()})
    assert "Jens Stoltenberg" in printed(to)
    assert "1,234" in printed(to)
    assert "Groups" not in printed(to)


def test_the_table_of_articles_names_the_top_three_and_notable_numbers():
    to = console(width=140)
    many = hit(
        organizations=("NATO", "EU", "UN", "OSCE"), numbers=(Figure("money", 5e6, unit="EUR"),)
    )
    render.articles(to, [many])
    for shown in ("Kyiv receives air defence", "2024-05-03", "NATO", "EU", "UN", "5 million EUR"):
        assert shown in printed(to)
    assert "OSCE" not in printed(to)
