"""The one stack of a test session, started by the first test that needs it."""

import sys
from collections.abc import Iterator

import pytest

from upheld.stack import Stack, start_stack


@pytest.fixture(scope="session")
def stack(pytestconfig: pytest.Config) -> Iterator[Stack]:
    """A running Kafka and Postgres; says which way was taken."""
    capture = pytestconfig.pluginmanager.getplugin("capturemanager")

    def tell(text: str) -> None:
        with capture.global_and_fixture_disabled():
            print(f"\n{text}", end=" ", file=sys.stderr, flush=True)

    with start_stack(progress=tell) as running:
        tell(running.sentence)
        yield running
