"""A running Kafka and Postgres, from wherever this machine can give them.

In this order: the addresses in the environment, a Docker engine, processes of this machine. Everything that is started
here ends with the `with` block, and at the latest with the process, even by kill -9.
"""

import os
import socket
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass
from typing import Literal
from urllib.parse import urlsplit

from upheld.stack.docker import docker_servers, why_no_docker
from upheld.stack.java import java
from upheld.stack.kafka import TOOLS, java_command, kafka_jars
from upheld.stack.local import local_servers
from upheld.stack.ports import free_port
from upheld.stack.process import Process
from upheld.stack.progress import Progress, StackError, shown
from upheld.stack.server import Server

__all__ = ["Process", "Progress", "Server", "Stack", "StackError", "Took", "free_port", "start_stack"]

Took = Literal["environment", "docker", "local"]

_KAFKA = "UPHELD_KAFKA_BOOTSTRAP_SERVERS"
_DATABASE = "UPHELD_DATABASE_URL"


@dataclass(frozen=True)
class Stack:
    """Where the servers are. Those that we started can be killed and restarted."""

    kafka: str
    """The bootstrap servers."""
    database_url: str
    """Of a superuser where we started it, with a database to use."""
    took: Took
    sentence: str
    """Which way was taken, and why, to be shown to the user."""
    kafka_process: Server | None = None
    postgres_process: Server | None = None

    @property
    def environment(self) -> dict[str, str]:
        """The settings that lead a service to these servers."""
        return {_KAFKA: self.kafka, _DATABASE: self.database_url}

    def kafka_tool(self, tool: str, *arguments: str, progress: Progress | None = None) -> list[str]:
        """The command line of one of Kafka's own Java tools: a name such as `kafka-console-consumer`, which is led to
        this Kafka, or a class."""
        with shown(progress) as tell:
            runtime = java(tell)
            jars = kafka_jars(runtime, tell)
        command = java_command(runtime, jars, TOOLS.get(tool, tool), "-XX:TieredStopAtLevel=1", "-Dupheld.log=warn")
        here = ["--bootstrap-server", self.kafka] if tool in TOOLS else []
        return [*map(str, command), *here, *arguments]


@contextmanager
def start_stack(progress: Progress | None = None, take: Took | None = None) -> Iterator[Stack]:
    """Give a running stack. `take` insists on one way; so does UPHELD_STACK."""
    wanted = take or os.environ.get("UPHELD_STACK")
    with ExitStack() as ending:
        with shown(progress) as tell:
            stack = ending.enter_context(_started(wanted, tell))
        yield stack


@contextmanager
def _started(wanted: str | None, tell: Progress) -> Iterator[Stack]:
    if wanted not in (None, "environment", "docker", "local"):
        raise StackError(f"UPHELD_STACK is {wanted!r}; it can be environment, docker or local.")
    if wanted == "environment" or (wanted is None and (_KAFKA in os.environ or _DATABASE in os.environ)):
        yield _given()
        return
    reason = "as asked"
    if wanted != "local":
        missing = why_no_docker()
        if missing is None:
            with docker_servers(tell) as (kafka, postgres, url):
                yield Stack(f"{kafka.host}:{kafka.port}", url, "docker", "Kafka and Postgres run in Docker.",
                            kafka, postgres)  # fmt: skip
            return
        if wanted == "docker":
            raise StackError(f"UPHELD_STACK is docker, but {missing}.")
        reason = missing
    with local_servers(tell) as (broker, postmaster, programs):
        sentence = f"Kafka and Postgres run as local processes ({reason}): {programs}."
        yield Stack(broker.address, postmaster.address, "local", sentence, broker, postmaster)


def _given() -> Stack:
    """The servers of the environment, which must be there: falling back would hide a wrong address."""
    kafka, database = os.environ.get(_KAFKA), os.environ.get(_DATABASE)
    if not kafka or not database:
        missing = _DATABASE if kafka else _KAFKA
        raise StackError(f"{missing} is not set. Set both {_KAFKA} and {_DATABASE}, or neither.")
    parts = urlsplit(database)
    for name, address, port in (
        *((_KAFKA, *_split(server)) for server in kafka.split(",")[:1]),
        (_DATABASE, parts.hostname or "127.0.0.1", parts.port or 5432),
    ):
        try:
            socket.create_connection((address, port), timeout=5).close()
        except OSError as error:
            raise StackError(f"{name} leads to {address}:{port}, where nothing answers: {error}") from error
    return Stack(kafka, database, "environment", f"Kafka and Postgres are those of {_KAFKA} and {_DATABASE}.")


def _split(server: str) -> tuple[str, int]:
    host, _, port = server.strip().rpartition(":")
    if not host or not port.isdigit():
        raise StackError(f"{_KAFKA} is {server!r}; it must be host:port, several separated by commas.")
    return host.strip("[]"), int(port)
