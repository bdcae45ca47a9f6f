"""What is downloaded once, what is found on the machine, and what the errors say."""

import os
import socket
import subprocess
import sys
import textwrap
from pathlib import Path

import pytest

from upheld.stack import StackError, free_port, start_stack
from upheld.stack.cache import provide
from upheld.stack.java import java
from upheld.stack.kafka import kafka_jars


@pytest.fixture
def cache(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    folder = tmp_path / "cache"
    monkeypatch.setenv("UPHELD_CACHE", str(folder))
    return folder


def quiet(_text: str) -> None:
    pass


def program(folder: Path, name: str, script: str) -> None:
    folder.mkdir(parents=True, exist_ok=True)
    file = folder / name
    file.write_text(f"#!/bin/sh\n{script}\n")
    file.chmod(0o755)


def test_two_starts_at_once_download_once(cache: Path, tmp_path: Path) -> None:
    code = """
        import sys, time
        from pathlib import Path
        from upheld.stack.cache import provide
        def make(scratch):
            with open(sys.argv[1], "a") as log:
                log.write("downloaded\\n")
            time.sleep(0.3)
            (scratch / "thing").write_text("whole")
        print((provide("thing-1", make, lambda text: None) / "thing").read_text())
    """
    log = tmp_path / "log"
    starts = [
        subprocess.Popen([sys.executable, "-c", textwrap.dedent(code), str(log)], stdout=subprocess.PIPE, text=True)
        for _ in range(3)
    ]

    outputs = [start.communicate()[0] for start in starts]

    assert outputs == ["whole\n"] * 3
    assert log.read_text() == "downloaded\n"


def test_a_download_that_broke_off_leaves_nothing_and_is_made_again(cache: Path) -> None:
    def half(scratch: Path) -> None:
        (scratch / "thing").write_text("hal")
        raise StackError("the network went away")

    with pytest.raises(StackError, match="the network went away"):
        provide("thing-1", half, quiet)

    killed = cache / ".thing-1.killed"  # as kill -9 leaves it
    killed.mkdir()
    made = provide("thing-1", lambda scratch: (scratch / "thing").write_text("whole") and None, quiet)

    assert (made / "thing").read_text() == "whole"
    assert sorted(path.name for path in cache.iterdir()) == ["thing-1", "thing-1.lock"]


def test_a_cache_folder_that_cannot_be_made_is_named(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (tmp_path / "file").touch()
    monkeypatch.setenv("UPHELD_CACHE", str(tmp_path / "file" / "cache"))

    with pytest.raises(StackError, match=r"file/cache cannot be used .*Set UPHELD_CACHE"):
        provide("thing-1", lambda scratch: None, quiet)


def test_a_java_that_is_too_old_is_passed_over(cache: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    program(tmp_path / "old" / "bin", "java", "echo 'openjdk version \"11.0.2\"' >&2")
    program(tmp_path / "new", "java", "echo 'openjdk version \"21.0.8\" 2025-07-15' >&2")
    monkeypatch.setenv("JAVA_HOME", str(tmp_path / "old"))
    monkeypatch.setenv("PATH", f"{tmp_path / 'new'}:{os.environ['PATH']}")

    assert java(quiet) == tmp_path / "new" / "java"


def test_without_maven_the_error_names_the_package(
    cache: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("PATH", str(tmp_path))

    with pytest.raises(StackError) as caught:
        kafka_jars(None, quiet)

    assert str(caught.value) == (
        "Install Maven (Debian: maven), which downloads Apache Kafka once; there is no mvn on the PATH"
    )


def test_when_maven_fails_what_it_printed_is_shown_and_the_cache_stays_empty(
    cache: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    program(tmp_path / "bin", "mvn", "echo 'Could not transfer artifact'; exit 1")
    monkeypatch.setenv("PATH", f"{tmp_path / 'bin'}:{os.environ['PATH']}")

    with pytest.raises(StackError, match=r"is the network there\?\nCould not transfer artifact"):
        kafka_jars(None, quiet)

    assert [path.name for path in cache.iterdir()] == ["kafka-4.1.1.lock"]


def test_all_that_a_machine_lacks_is_said_at_once(cache: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("PATH", str(tmp_path))
    monkeypatch.delenv("JAVA_HOME", raising=False)
    monkeypatch.setenv("PIP_NO_INDEX", "1")
    monkeypatch.setenv("PIP_FIND_LINKS", str(tmp_path))
    monkeypatch.setattr("upheld.stack.postgres.INSTALLED", tmp_path)

    with pytest.raises(StackError) as caught, start_stack(progress=quiet, take="local"):
        pass

    lines = str(caught.value).splitlines()
    assert lines[0] == "Kafka and Postgres cannot run on this machine yet:"
    assert [line.partition(" or ")[0].partition(",")[0] for line in lines if line.startswith("- ")] == [
        "- Install Java 17",
        "- Install Maven (Debian: maven)",
        "- Install Postgres 14",
    ]


def test_one_address_without_the_other_is_an_error(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("UPHELD_KAFKA_BOOTSTRAP_SERVERS", "127.0.0.1:9092")
    monkeypatch.delenv("UPHELD_DATABASE_URL", raising=False)

    with pytest.raises(StackError, match="UPHELD_DATABASE_URL is not set"), start_stack(progress=quiet):
        pass


def test_an_address_where_nothing_answers_is_an_error_and_no_reason_to_start_another_server(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    port = free_port()
    monkeypatch.setenv("UPHELD_KAFKA_BOOTSTRAP_SERVERS", f"127.0.0.1:{port}")
    monkeypatch.setenv("UPHELD_DATABASE_URL", f"postgresql://postgres@127.0.0.1:{port}/upheld")

    with (
        pytest.raises(StackError, match=f"UPHELD_KAFKA_BOOTSTRAP_SERVERS leads to 127.0.0.1:{port}"),
        start_stack(progress=quiet),
    ):
        pass


def test_insisting_on_docker_where_there_is_none_is_an_error(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.setenv("DOCKER_HOST", f"unix://{tmp_path}/docker.sock")

    with (
        pytest.raises(StackError, match="UPHELD_STACK is docker, but no Docker engine can be reached"),
        start_stack(progress=quiet, take="docker"),
    ):
        pass


def test_a_free_port_is_none_that_the_kernel_gives_to_clients() -> None:
    ports = {free_port() for _ in range(50)}

    with socket.socket() as client, socket.socket() as server:
        server.bind(("127.0.0.1", min(ports)))
        server.listen()
        client.connect(server.getsockname())
        given = client.getsockname()[1]
    assert all(10_000 <= port < 65_000 for port in ports)
    assert given > max(ports) or given < min(ports)
