"""Whether a server answers, asked in its own protocol: an open port alone says nothing."""

import socket
import struct

_PATIENCE = 3.0


def kafka_answers(host: str, port: int) -> bool:
    """It replies to ApiVersions (key 18, version 0, correlation 1, no client id)."""
    request = struct.pack(">hhih", 18, 0, 1, -1)
    return len(_ask(host, port, struct.pack(">i", len(request)) + request)) > 0


def postgres_answers(host: str, port: int) -> bool:
    """It goes on to authentication, or refuses us for another reason than that it is still starting."""
    parameters = struct.pack(">i", 3 << 16) + b"user\0postgres\0database\0postgres\0\0"
    reply = _ask(host, port, struct.pack(">i", len(parameters) + 4) + parameters)
    return len(reply) > 0 and b"C57P0" not in reply


def _ask(host: str, port: int, request: bytes) -> bytes:
    try:
        with socket.create_connection((host, port), timeout=_PATIENCE) as connection:
            connection.sendall(request)
            return connection.recv(1024)
    except OSError:
        return b""
