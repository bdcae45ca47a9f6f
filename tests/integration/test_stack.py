"""The stack itself: real servers, which survive kill -9 with their data and end with whoever started them."""

import asyncio
import json
import os
import signal
import subprocess
import sys
import textwrap
from collections.abc import AsyncIterator, Iterator
from contextlib import asynccontextmanager
from pathlib import Path

import asyncpg
import pytest
from aiokafka import AIOKafkaConsumer, AIOKafkaProducer
from aiokafka.admin import AIOKafkaAdminClient, NewTopic

from tests.support.processes import gone, until
from upheld.stack import Stack, start_stack


def quiet(_text: str) -> None:
    pass


@pytest.fixture(scope="module")
def own() -> Iterator[Stack]:
    """A second stack, beside that of the session, to be put through crashes."""
    with start_stack(progress=quiet, take="local") as stack:
        yield stack


async def create_topic(stack: Stack, name: str, **configs: str) -> None:
    admin = AIOKafkaAdminClient(bootstrap_servers=stack.kafka)
    await admin.start()
    try:
        await admin.create_topics([NewTopic(name, 1, 1, topic_configs=configs)])
    finally:
        await admin.close()


@asynccontextmanager
async def producer(stack: Stack, **options: int) -> AsyncIterator[AIOKafkaProducer]:
    made = AIOKafkaProducer(bootstrap_servers=stack.kafka, acks="all", **options)
    await made.start()
    try:
        yield made
    finally:
        await made.stop()


async def first_value(stack: Stack, topic: str) -> bytes | None:
    consumer = AIOKafkaConsumer(
        topic, bootstrap_servers=stack.kafka, auto_offset_reset="earliest", max_partition_fetch_bytes=4 << 20
    )
    await consumer.start()
    try:
        return (await asyncio.wait_for(consumer.getone(), 30)).value
    finally:
        await consumer.stop()


async def test_the_session_s_stack_says_which_way_it_took(stack: Stack) -> None:
    assert stack.took in ("environment", "docker", "local")
    assert stack.sentence.startswith("Kafka and Postgres ")
    assert stack.environment == {
        "UPHELD_KAFKA_BOOTSTRAP_SERVERS": stack.kafka,
        "UPHELD_DATABASE_URL": stack.database_url,
    }


async def test_two_stacks_run_side_by_side(stack: Stack, own: Stack) -> None:
    assert own.kafka != stack.kafka
    assert own.database_url != stack.database_url


async def test_postgres_takes_300_connections_and_none_without_the_password(own: Stack) -> None:
    connection = await asyncpg.connect(own.database_url)
    try:
        assert await connection.fetchval("SELECT current_database()") == "upheld"
        assert await connection.fetchval("SHOW max_connections") == "300"
        assert await connection.fetchval("SHOW full_page_writes") == "on"
    finally:
        await connection.close()
    address = own.database_url.rpartition("@")[2]
    with pytest.raises(asyncpg.InvalidPasswordError):
        await asyncpg.connect(f"postgresql://postgres:guess@{address}")


async def test_a_record_of_2_MiB_is_taken(own: Stack) -> None:
    await create_topic(own, "large", **{"max.message.bytes": str(2 * 1024 * 1024)})
    value = os.urandom(2 * 1024 * 1024 - 200)

    async with producer(own, max_request_size=3 << 20) as client:
        await client.send_and_wait("large", value)

    assert await first_value(own, "large") == value


async def test_a_topic_that_nobody_created_is_not_made_by_a_producer(own: Stack) -> None:
    admin = AIOKafkaAdminClient(bootstrap_servers=own.kafka)
    await admin.start()
    async with producer(own) as client:
        await client.client.force_metadata_update()
        client.client.add_topic("never-created")
        await client.client.force_metadata_update()

    assert "never-created" not in await admin.list_topics()
    await admin.close()


async def test_kafka_comes_back_from_kill_9_on_the_same_port_with_what_it_had_acknowledged(own: Stack) -> None:
    await create_topic(own, "kept")
    async with producer(own) as client:
        await client.send_and_wait("kept", b"before the crash")
    broker = own.kafka_process
    assert broker is not None
    former = broker.pid

    broker.kill()

    assert gone(former)
    host, _, port = own.kafka.partition(":")
    with pytest.raises(ConnectionRefusedError):
        await asyncio.open_connection(host, int(port))
    broker.restart()
    assert broker.pid != former
    assert await first_value(own, "kept") == b"before the crash"


async def test_postgres_comes_back_from_kill_9_of_all_its_processes_with_what_it_had_committed(own: Stack) -> None:
    connection = await asyncpg.connect(own.database_url)
    backend = connection.get_server_pid()
    await connection.execute("CREATE TABLE kept AS SELECT generate_series(1, 1000) AS n")
    server = own.postgres_process
    assert server is not None
    former = server.pid

    server.kill()

    assert [gone(former), gone(backend)] == [True, True]
    connection.terminate()
    server.restart()
    connection = await asyncpg.connect(own.database_url)
    assert await connection.fetchval("SELECT count(*) FROM kept") == 1000
    await connection.close()


def test_the_java_tools_write_and_read_with_headers(own: Stack) -> None:
    subprocess.run(
        own.kafka_tool("kafka-topics", "--create", "--topic", "notes", progress=quiet), check=True, timeout=60
    )

    subprocess.run(
        own.kafka_tool("kafka-console-producer", "--topic", "notes", "--property", "parse.headers=true",
                       progress=quiet),
        input="ce_type:upheld.note.v1\tgood morning\n", text=True, check=True, timeout=60,
    )  # fmt: skip
    read = subprocess.run(
        own.kafka_tool("kafka-console-consumer", "--topic", "notes", "--from-beginning", "--max-messages", "1",
                       "--property", "print.headers=true", progress=quiet),
        capture_output=True, text=True, check=True, timeout=60,
    )  # fmt: skip

    assert read.stdout == "ce_type:upheld.note.v1\tgood morning\n"


@pytest.mark.parametrize("number", [signal.SIGINT, signal.SIGKILL])
def test_nothing_is_left_of_a_stack_whose_owner_was_ended(number: signal.Signals) -> None:
    code = """
        import json, time
        from upheld.stack import start_stack
        with start_stack(take="local") as stack:
            both = stack.kafka_process, stack.postgres_process
            print(json.dumps([(server.pid, str(server.home.path)) for server in both]), flush=True)
            time.sleep(600)
    """
    owner = subprocess.Popen(
        [sys.executable, "-c", textwrap.dedent(code)], stdout=subprocess.PIPE, stderr=subprocess.DEVNULL
    )
    assert owner.stdout is not None
    servers = json.loads(owner.stdout.readline())

    owner.send_signal(number)

    owner.wait(20)
    until(lambda: all(gone(pid) and not Path(folder).exists() for pid, folder in servers))
    owner.stdout.close()
