from services.web.zones import rest


def left(text, title, body):
    return [text[start:end].strip() for start, end in rest(text, title, body)]


def test_menus_before_between_and_after_are_rest():
    text = "17.3 C\nHome\n\nQuake\n\nIt shook.\n\nspot_img\n\nIt stopped.\n\nRead more"
    assert left(text, "Quake", "It shook.\n\nIt stopped.") == [
        "17.3 C\nHome",
        "spot_img",
        "Read more",
    ]


def test_nothing_is_rest_of_a_text_that_is_all_title_and_body():
    assert left("Quake\n\nIt shook.\n\nAgain.", "Quake", "It shook.\n\nAgain.") == []


def test_a_title_that_stands_only_behind_the_body_hides_none_of_it():
    text = "It shook.\n\nIt stopped.\n\nQuake"
    assert left(text, "Quake", "It shook.\n\nIt stopped.") == ["Quake"]


def test_a_title_from_metadata_is_not_in_the_text():
    assert left("Menu\n\nIt shook.", "Quake", "It shook.") == ["Menu"]


def test_nothing_is_rest_when_there_is_no_body():
    assert left("Menu\n\nIt shook.", "Quake", "") == []


def test_a_paragraph_that_comes_twice_is_taken_where_it_first_stands():
    assert left("a\n\nb\n\na\n\nc", "", "a\n\nc") == ["b\n\na"]
