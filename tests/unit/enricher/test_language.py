import pytest
from hypothesis import example, given
from hypothesis import strategies as st
from py3langid.langid import MODEL_FILE, LanguageIdentifier

from schemas.enriched_article import Span
from services.enricher.enrichments.language import identifier, language
from tests.unit.enricher.builders import draft, raw_article


@pytest.mark.parametrize(
    ("text", "code"),
    [
        ("The alliance will deploy its response force, its chief announced on Tuesday.", "en"),
        ("ALLIANCE WILL DEPLOY ITS RESPONSE FORCE, CHIEF ANNOUNCES", "en"),
        ("Die Allianz will weitere Truppen entsenden, sagte der Generalsekretär.", "de"),
        ("Альянс продовжить зміцнювати протиповітряну оборону України.", "uk"),
        ("La alianza seguirá reforzando la defensa aérea de Ucrania, dijo el ministro.", "es"),
    ],
)
def test_the_language_is_told_from_a_sentence(text: str, code: str) -> None:
    found = language(draft(text))
    assert found is not None
    assert found.code == code
    assert found.confidence > 0.5


@pytest.mark.parametrize("text", ["", "NATO", "17.3 C", "1234567890 " * 20, "…" * 500])
def test_text_too_short_to_tell_has_no_language(text: str) -> None:
    assert language(draft(text)) is None


def test_the_source_is_believed_where_the_text_cannot_tell() -> None:
    found = language(draft("NATO", raw=raw_article("NATO", language="pt-BR")))
    assert found is not None
    assert (found.code, found.confidence) == ("pt", 0)


def test_the_text_is_believed_against_its_source() -> None:
    text = "The alliance will deploy its response force, its chief announced on Tuesday."
    found = language(draft(text, raw=raw_article(text, language="ro")))
    assert found is not None
    assert found.code == "en"


def test_boilerplate_has_no_say() -> None:
    junk = "vineri, ora 13, meniul nostru este gol și vremea de astăzi în București este bună. " * 5
    text = junk + "The alliance would not pull back in its support, its chief said on Tuesday."
    found = language(draft(text, body=(Span(start=len(junk), end=len(text)),)))
    assert found is not None
    assert found.code == "en"


@given(st.text())
def test_any_text_has_a_two_letter_code_or_none(text: str) -> None:
    found = language(draft(text))
    assert found is None or (len(found.code) == 2 and 0 <= found.confidence <= 1)


@pytest.fixture(scope="module")
def library() -> LanguageIdentifier:
    plain = LanguageIdentifier.from_model_file(MODEL_FILE, norm_probs=True)
    plain.set_languages(identifier().labels)
    return plain


@example(text="\U00010400" * 40)  # Deseret, of which the model knows nothing
@given(text=st.text() | st.text("etaoin shrdlu", min_size=50))
def test_a_text_is_ranked_as_the_library_ranks_it(text: str, library: LanguageIdentifier) -> None:
    assert identifier().rank(text) == library.rank(text)
