"""The one stack of a test session, started by the first test that needs it."""

import logging
import os
import signal
import sys
from collections.abc import Iterator

import hypothesis
import pytest
import structlog

from upheld.stack import Stack, start_stack

# Laws are tried on new cases each time, but for whoever lands: there a run says the same twice. How long one example
# takes says nothing on a busy machine, and the first of all builds Hypothesis's tables of Unicode.
hypothesis.settings.register_profile("laws", deadline=None)
hypothesis.settings.register_profile("ci", deadline=None, derandomize=True)
hypothesis.settings.load_profile("ci" if os.environ.get("CI") else "laws")

# Started in the background, a shell has its children ignore SIGINT, and theirs: the tests of Ctrl-C need it back.
if signal.getsignal(signal.SIGINT) is signal.SIG_IGN:
    signal.signal(signal.SIGINT, signal.default_int_handler)

# Services run inside the tests' process: what they warn of is shown with a test that fails.
structlog.configure(
    processors=[
        structlog.processors.add_log_level,
        structlog.dev.ConsoleRenderer(colors=False, exception_formatter=structlog.dev.plain_traceback),
    ],
    wrapper_class=structlog.make_filtering_bound_logger(logging.WARNING),
)


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
