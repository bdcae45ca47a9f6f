"""Kafka and Postgres in containers, where a Docker engine can be reached.

The images are those of docker-compose.yml. testcontainers removes the containers, after a crash of ours too.
"""

import importlib.util
import os
import secrets
import socket
import time
from collections.abc import Callable, Iterator
from contextlib import ExitStack, contextmanager
from typing import TYPE_CHECKING
from urllib.parse import urlsplit

from upheld.stack.answers import kafka_answers, postgres_answers
from upheld.stack.kafka import KAFKA_VERSION, SETTINGS
from upheld.stack.ports import free_port
from upheld.stack.progress import Progress, StackError

if TYPE_CHECKING:
    from testcontainers.core.container import DockerContainer

KAFKA_IMAGE = f"apache/kafka:{KAFKA_VERSION}"
POSTGRES_IMAGE = "postgres:18"
_START = 120.0


class Container:
    """A server in a container, its port bound to the same one of the host, so that it survives a restart."""

    def __init__(self, container: "DockerContainer", inside: int, answers: Callable[[str, int], bool]) -> None:
        self.port = free_port()
        self._answers = answers
        self._container = container.with_bind_ports(inside, self.port)
        self.host = container.get_docker_client().host().replace("localhost", "127.0.0.1")

    @property
    def pid(self) -> int:
        inner = self._container.get_wrapped_container()
        inner.reload()
        return int(inner.attrs["State"]["Pid"])

    def configure(self, environment: dict[str, str]) -> None:
        self._container.with_envs(**environment)

    def start(self) -> None:
        from docker.errors import DockerException

        try:
            self._container.start()
        except DockerException as error:
            raise StackError(
                f"Docker could not start {self._container.image}: {error}\nUPHELD_STACK=local does without Docker."
            ) from error

    def end_start(self) -> None:
        until = time.monotonic() + _START
        while not self._answers(self.host, self.port):
            if time.monotonic() > until:
                raise StackError(f"The container of {self._container.image} did not answer within {_START:.0f} s")
            time.sleep(0.1)

    def kill(self) -> None:
        self._container.get_wrapped_container().kill("SIGKILL")

    def restart(self) -> None:
        inner = self._container.get_wrapped_container()
        inner.reload()
        if inner.status == "running":
            self.kill()
        inner.start()
        self.end_start()

    def stop(self) -> None:
        self._container.stop()


def why_no_docker() -> str | None:
    """None where a Docker engine can be used, else what is missing."""
    if importlib.util.find_spec("testcontainers") is None:
        return "testcontainers is not installed (pip install 'upheld[docker]')"
    return None if _engine_answers() else "no Docker engine can be reached"


def _engine_answers() -> bool:
    """Somebody listens where the engine should be. (docker-py leaks a socket when nobody does.)"""
    engine = urlsplit(os.environ.get("DOCKER_HOST") or "unix:///var/run/docker.sock")
    try:
        if engine.scheme == "unix":
            with socket.socket(socket.AF_UNIX) as probe:
                probe.settimeout(3)
                probe.connect(engine.path)
        elif engine.hostname:
            socket.create_connection((engine.hostname, engine.port or 2375), timeout=3).close()
    except OSError:
        return False
    return True


@contextmanager
def docker_servers(progress: Progress) -> Iterator[tuple[Container, Container, str]]:
    """Kafka's container, Postgres' container and the latter's address."""
    from testcontainers.core.container import DockerContainer

    password = secrets.token_hex(16)
    progress(f"starting the containers {KAFKA_IMAGE} and {POSTGRES_IMAGE}")
    with ExitStack() as ending:
        kafka = Container(DockerContainer(KAFKA_IMAGE), 9092, kafka_answers)
        settings = SETTINGS | {
            "listeners": "BROKER://:9092,CONTROLLER://:9093",
            "advertised.listeners": f"BROKER://{kafka.host}:{kafka.port}",
            "controller.quorum.voters": "1@localhost:9093",
        }
        kafka.configure({f"KAFKA_{name.replace('.', '_').upper()}": value for name, value in settings.items()})
        postgres = Container(DockerContainer(POSTGRES_IMAGE, command="-c max_connections=300"), 5432, postgres_answers)
        postgres.configure({"POSTGRES_PASSWORD": password, "POSTGRES_DB": "upheld"})
        for server in (kafka, postgres):
            ending.callback(server.stop)
            server.start()
        for server in (kafka, postgres):
            server.end_start()
        yield kafka, postgres, f"postgresql://postgres:{password}@{postgres.host}:{postgres.port}/upheld"
