import pytest

from services.runtime.decoding import decoded


def page(charset: str) -> str:
    return f'<html><head><meta charset="{charset}"><title>“Über 5 €”</title></head></html>'


@pytest.mark.parametrize("charset", ["utf-8", "windows-1252", "ISO-8859-1", "cp1252", "rot13"])
def test_a_page_in_utf8_is_read_as_such_whatever_it_declares(charset):
    assert decoded(page(charset).encode(), html=True) == page(charset)


@pytest.mark.parametrize("charset", ["windows-1252", "ISO-8859-1", "latin1"])
def test_a_page_that_is_no_utf8_is_read_as_it_declares(charset):
    assert decoded(page(charset).encode("cp1252"), html=True) == page(charset)


def test_an_older_declaration_is_read_too():
    head = '<meta http-equiv="Content-Type" content="text/html; charset=shift_jis"><p>洪水</p>'
    assert decoded(head.encode("shift_jis"), html=True) == head


@pytest.mark.parametrize("charset", ["utf-8", "no-such", "rot13", "hex", "ascii", "utf-16"])
def test_what_cannot_be_read_as_declared_is_refused_as_no_utf8(charset):
    with pytest.raises(UnicodeDecodeError) as error:
        decoded(page(charset).encode("cp1252") + b"x", html=True)
    assert error.value.encoding == "utf-8"


def test_plain_text_is_utf8_whatever_stands_in_it():
    with pytest.raises(UnicodeDecodeError):
        decoded(page("windows-1252").encode("cp1252"), html=False)


@pytest.mark.parametrize("charset", ["utf-16", "utf-16le", "utf-32", "utf-7", "unicode_escape"])
def test_a_page_whose_declaration_is_ascii_is_not_in_what_ascii_is_no_part_of(charset):
    content = b"<meta charset=" + charset.encode() + b"><p>caf\xe9 \\ud800</p>"
    for end in (b"", b" ", b"  ", b"   "):
        with pytest.raises(UnicodeDecodeError):
            decoded(content + end, html=True)
