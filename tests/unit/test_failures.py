"""Which failures pass by themselves."""

import asyncpg
import pytest
from aiokafka.errors import KafkaConnectionError

from shared.consumer.failures import Gap, Waiting, is_transient


@pytest.mark.parametrize(
    "error",
    [
        asyncpg.InternalClientError("cannot switch to state 12; another operation (2) is in progress"),
        asyncpg.InterfaceError("connection is closed"),
        asyncpg.AdminShutdownError("terminating connection"),
        ConnectionResetError(),
        TimeoutError(),
        KafkaConnectionError(),
        Gap("1 to 3"),
        Waiting("not here yet"),
    ],
)
def test_what_the_network_or_a_lost_connection_raises_is_transient(error: Exception) -> None:
    assert is_transient(error)


@pytest.mark.parametrize(
    "error",
    [
        asyncpg.UniqueViolationError("23505"),
        asyncpg.DatetimeFieldOverflowError("22008"),
        KeyError("a bug"),
    ],
)
def test_what_the_data_or_the_code_raises_is_not(error: Exception) -> None:
    assert not is_transient(error)
