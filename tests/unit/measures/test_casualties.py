import pytest

from services.measures.casualties import fate


@pytest.mark.parametrize(
    ("of", "told"),
    [
        ("people killed", "killed"),
        ("dead", "killed"),
        ("deaths", "killed"),
        ("death", "killed"),
        ("Buddhist pilgrims died", "killed"),
        ("confirmed death toll", "killed"),
        ("lives claimed", "killed"),
        ("people who lost their lives", "killed"),
        ("injured individuals in Davao del Sur", "injured"),
        ("others wounded", "injured"),
        ("killed or wounded", None),
        ("casualties", None),
        ("death threats", None),
        ("lives saved", None),
        ("skilled workers", None),
        ("", None),
        (None, None),
    ],
)
def test_the_words_tell_what_became_of_those_who_are_counted(
    of: str | None, told: str | None
) -> None:
    assert fate(of) == told
