import socket

from services.servers.ports import HOST, free_port, taken


def test_a_port_is_taken_while_something_listens_on_it():
    with socket.create_server((HOST, 0)) as listener:
        port = listener.getsockname()[1]
        assert taken(port)
    assert not taken(port)


def test_a_port_is_taken_by_a_listener_on_every_address():
    with socket.create_server(("0.0.0.0", 0)) as listener:  # noqa: S104 - what is tested
        assert taken(listener.getsockname()[1])


def test_a_free_port_is_not_taken():
    assert not taken(free_port())
