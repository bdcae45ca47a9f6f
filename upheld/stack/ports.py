"""Free ports that stay free."""

import random
import socket
from pathlib import Path


def free_port() -> int:
    """A port of 127.0.0.1 on which nobody listens, outside the range of outgoing connections.

    The kernel gives ports of that range to clients: one that reconnects to a server which was just killed could be
    given the server's own port, connect to itself, and keep the server from coming back.
    """
    first = _first_outgoing()
    ports = random.SystemRandom()
    for _ in range(1000):
        port = ports.randrange(10_000, first) if first > 12_000 else ports.randrange(61_000, 65_000)
        with socket.socket() as probe:
            try:
                probe.bind(("127.0.0.1", port))
            except OSError:
                continue
            return port
    raise OSError("no free port was found on 127.0.0.1")


def _first_outgoing() -> int:
    try:
        return int(Path("/proc/sys/net/ipv4/ip_local_port_range").read_text().split()[0])
    except (OSError, ValueError):
        return 32_768
