import socket

import pytest

from services.web.command import Web, address, is_loopback


@pytest.mark.parametrize("host", ["127.0.0.1", "127.8.8.8", "::1", "localhost"])
def test_loopback_is_told_from_all_else(host):
    assert is_loopback(host)


@pytest.mark.parametrize("host", ["0.0.0.0", "::", "10.0.0.1", "example.org", ""])  # noqa: S104
def test_what_others_can_reach_is_no_loopback(host):
    assert not is_loopback(host)


def test_it_listens_on_loopback_unless_told_otherwise():
    assert is_loopback(Web().host)


def test_a_taken_port_is_one_line_that_says_what_to_do():
    with socket.create_server(("127.0.0.1", 0)) as other:
        port = other.getsockname()[1]
        assert address(other) == f"http://127.0.0.1:{port}"
        with pytest.raises(SystemExit, match=f"127.0.0.1:{port} .*--port") as ended:
            Web(port=port).cli_cmd()
    assert "\n" not in str(ended.value)
