from services.cli.readme import README, rewritten


def test_the_tables_are_what_the_code_says():
    """To mend it: python -m services.cli.readme."""
    text = README.read_text(encoding="utf-8")
    assert rewritten(text) == text


def test_the_main_commands_stand_in_the_readme():
    text = README.read_text(encoding="utf-8")
    assert "\nmake demo\n" in text
    assert "\nmake test\n" in text


def test_the_example_of_a_consumer_is_short_and_is_python():
    _, _, rest = README.read_text(encoding="utf-8").partition(
        "<!-- consumer: begin -->\n```python\n"
    )
    program, _, _ = rest.partition("```")
    assert 10 < len(program.splitlines()) <= 20
    compile(program, "consumer.py", "exec")
