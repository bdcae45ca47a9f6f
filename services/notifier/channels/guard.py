"""Keeps webhooks out of our own network: a name is resolved once, every address is checked, and the connection goes
to a checked address, not to the name again.

`is_global` alone is not enough: Python 3.11 calls NAT64, 6to4, Teredo and multicast addresses global, and some
of them lead to private IPv4 addresses.
"""

from __future__ import annotations

import asyncio
import socket
from collections.abc import Iterable
from concurrent.futures import ThreadPoolExecutor
from ipaddress import IPv4Address, IPv6Address, ip_address, ip_network

from httpcore2 import (
    SOCKET_OPTION,
    AnyIOBackend,
    AsyncNetworkBackend,
    AsyncNetworkStream,
    ConnectError,
    ConnectTimeout,
)

Address = IPv4Address | IPv6Address

_NEVER = tuple(
    ip_network(block)
    for block in (
        "0.0.0.0/8",  # this host
        "169.254.0.0/16",  # link-local: the clouds' metadata
        "168.63.129.16/32",  # Azure's metadata, a public address
        "192.88.99.0/24",  # 6to4 relays
        "224.0.0.0/4",  # multicast
        "240.0.0.0/4",  # reserved
        "::/128",  # unspecified
        "fe80::/10",  # link-local
        "fec0::/10",  # site-local
        "ff00::/8",  # multicast
    )
)
"""Refused even where private addresses are allowed."""
_TUNNELS = tuple(
    ip_network(block)
    for block in (
        "64:ff9b::/96",  # NAT64
        "64:ff9b:1::/48",  # NAT64, local
        "2001::/32",  # Teredo
        "2002::/16",  # 6to4
        "::/96",  # IPv4-compatible, ::1 apart
        "::ffff:0:0:0/96",  # SIIT
    )
)
"""IPv6 that carries an IPv4 address which nobody checked."""


class Blocked(Exception):
    """This address is not one that a webhook may be delivered to."""


def refusal(address: Address, *, allow_private: bool = False) -> str | None:
    """Why a connection to this address is refused; None when it is allowed."""
    if isinstance(address, IPv6Address) and address.ipv4_mapped is not None:
        address = address.ipv4_mapped
    if any(address in block for block in _NEVER if block.version == address.version):
        return f"{address} is link-local, multicast or reserved"
    if address.version == 6 and not address.is_loopback and any(address in block for block in _TUNNELS):
        return f"{address} is a tunnel to an IPv4 address"
    if not address.is_global and not (allow_private and (address.is_private or address.is_loopback)):
        return f"{address} is not a public address"
    return None


class GuardedBackend(AsyncNetworkBackend):
    """Connects only to addresses that were checked. Lookups run in threads of their own, so that a slow resolver
    holds up nothing else."""

    def __init__(self, *, allow_private: bool) -> None:
        self._allow_private = allow_private
        self._inner = AnyIOBackend()
        self._lookups = ThreadPoolExecutor(max_workers=16, thread_name_prefix="dns")

    async def connect_tcp(
        self,
        host: str,
        port: int,
        timeout: float | None = None,
        local_address: str | None = None,
        socket_options: Iterable[SOCKET_OPTION] | None = None,
    ) -> AsyncNetworkStream:
        """Raises Blocked when any of the host's addresses is refused."""
        addresses = await self._resolve(host, port, timeout)
        for address in addresses:
            if (reason := refusal(address, allow_private=self._allow_private)) is not None:
                raise Blocked(f"{host}: {reason}")
        failure: Exception = ConnectError(f"{host} has no address")
        for address in addresses:
            try:
                return await self._inner.connect_tcp(str(address), port, timeout, local_address, socket_options)
            except (ConnectError, ConnectTimeout) as error:
                failure = error
        raise failure

    async def _resolve(self, host: str, port: int, timeout: float | None) -> list[Address]:
        loop = asyncio.get_running_loop()
        lookup = loop.run_in_executor(self._lookups, lambda: socket.getaddrinfo(host, port, type=socket.SOCK_STREAM))
        try:
            found = await asyncio.wait_for(lookup, timeout)
        except TimeoutError:
            raise ConnectTimeout(f"{host} could not be looked up in time") from None
        except (OSError, UnicodeError) as error:
            raise ConnectError(f"{host} could not be looked up: {error}") from None
        return list(dict.fromkeys(ip_address(str(entry[4][0]).partition("%")[0]) for entry in found))

    async def connect_unix_socket(
        self, path: str, timeout: float | None = None, socket_options: Iterable[SOCKET_OPTION] | None = None
    ) -> AsyncNetworkStream:
        raise Blocked("webhooks do not go to unix sockets")

    async def sleep(self, seconds: float) -> None:
        await asyncio.sleep(seconds)

    def close(self) -> None:
        self._lookups.shutdown(wait=False, cancel_futures=True)
