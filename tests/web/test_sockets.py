"""Answers are sent at once on every connection to the server's port, and on no other."""

from __future__ import annotations

import socket

from web.sockets import send_at_once


def accepted(listening: socket.socket) -> int:
    """Return the option of a connection to a socket that listens: 0 where small parts wait for each other."""
    with socket.create_connection(listening.getsockname()[:2]), listening.accept()[0] as connection:
        return connection.getsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY)


def test_connections_to_the_port_send_at_once_and_others_stay_as_they_are() -> None:
    with socket.create_server(("127.0.0.1", 0)) as ours, socket.create_server(("127.0.0.1", 0)) as other:
        port = ours.getsockname()[1]
        assert accepted(ours) == 0
        assert send_at_once(port) == 1
        assert accepted(ours) != 0
        assert accepted(other) == 0
    assert send_at_once(port) == 0
