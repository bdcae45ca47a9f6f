"""Kafka and Postgres as processes of this machine, both started at once."""

from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from pathlib import Path

from upheld.stack.home import sweep
from upheld.stack.java import java
from upheld.stack.kafka import LocalKafka, kafka_jars
from upheld.stack.postgres import LocalPostgres, postgres_binaries
from upheld.stack.progress import Progress, StackError


@contextmanager
def local_servers(progress: Progress) -> Iterator[tuple[LocalKafka, LocalPostgres, str]]:
    """The two servers and a sentence on where their programs come from."""
    runtime, jars, binaries = _programs(progress)
    sweep()
    with ExitStack() as ending:
        kafka = LocalKafka(runtime, jars)
        ending.callback(kafka.stop)
        postgres = LocalPostgres(binaries)
        ending.callback(postgres.stop)
        ending.callback(kafka.begin_stop)  # so that both end at once
        both = (kafka, postgres)
        progress("preparing the data folders of Kafka and Postgres")
        for server in both:
            server.begin_preparation()
        for server in both:
            server.end_preparation()
        progress("starting Kafka and Postgres")
        for server in both:
            server.begin_start()
        for server in both:
            server.end_start()
        yield kafka, postgres, f"Java {_place(runtime)}, Postgres {_place(binaries)}"


def _programs(progress: Progress) -> tuple[Path, Path, Path]:
    """Java, Kafka's jars and Postgres' binaries; all that is missing is said at once."""
    missing: list[str] = []
    runtime = jars = binaries = None
    try:
        runtime = java(progress)
    except StackError as error:
        missing.append(str(error))
    try:
        jars = kafka_jars(runtime, progress)
    except StackError as error:
        missing.append(str(error))
    try:
        binaries = postgres_binaries(progress)
    except StackError as error:
        missing.append(str(error))
    if runtime is None or jars is None or binaries is None:
        raise StackError("\n- ".join(["Kafka and Postgres cannot run on this machine yet:", *missing]))
    return runtime, jars, binaries


def _place(path: Path) -> str:
    return f"at {path}"
