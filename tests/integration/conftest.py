"""An installation for each test, on the stack that all share."""

from collections.abc import AsyncIterator, Awaitable, Callable
from typing import Any

import pytest
import pytest_asyncio

from tests.support.space import Space, make_space, prepare_template
from upheld.stack import Stack


@pytest_asyncio.fixture(scope="session", loop_scope="session")
async def prepared(stack: Stack) -> Stack:
    """The stack, with the migrated template."""
    await prepare_template(stack.database_url)
    return stack


@pytest.fixture
def new_space(prepared: Stack) -> Callable[..., Awaitable[Space]]:
    """Make a space with settings of one's own; the caller stops it."""

    async def make(**overrides: Any) -> Space:
        return await make_space(prepared.kafka, prepared.database_url, **overrides)

    return make


@pytest_asyncio.fixture(loop_scope="session")
async def space(prepared: Stack) -> AsyncIterator[Space]:
    """A space of the test's own; its services are stopped after it, and a service that died fails it."""
    own = await make_space(prepared.kafka, prepared.database_url)
    yield own
    await own.stop()
