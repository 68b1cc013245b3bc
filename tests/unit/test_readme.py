from services.cli.configuration import README, rewritten


def test_the_table_of_settings_is_what_the_classes_say():
    """To mend it: python -m services.cli.configuration."""
    text = README.read_text(encoding="utf-8")
    assert rewritten(text) == text


def test_the_main_commands_stand_in_the_readme():
    text = README.read_text(encoding="utf-8")
    assert "\nmake demo\n" in text
    assert "\nmake test\n" in text
