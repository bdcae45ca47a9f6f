"""A key's partition is the one that every Kafka client gives it."""

from aiokafka.partitioner import murmur2 as of_aiokafka
from hypothesis import given
from hypothesis import strategies as st

from shared.outbox.partitions import murmur2, partition_of


@given(st.binary(max_size=200))
def test_the_hash_of_a_key_is_that_of_other_clients(key: bytes) -> None:
    assert murmur2(key) == of_aiokafka(key)


@given(st.binary(max_size=50), st.integers(1, 100))
def test_a_key_goes_to_one_of_the_partitions_there_are(key: bytes, partitions: int) -> None:
    assert partition_of(key, partitions) == (of_aiokafka(key) & 0x7FFFFFFF) % partitions
