"""Says what is being waited for: a moving line on a terminal, plain lines elsewhere."""

import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager

from rich.console import Console

Progress = Callable[[str], None]


class StackError(Exception):
    """Nothing can serve; the message says what to install or to mend."""


@contextmanager
def shown(progress: Progress | None) -> Iterator[Progress]:
    """The given one, else standard error."""
    if progress is not None:
        yield progress
    elif sys.stderr.isatty():
        console = Console(stderr=True)
        with console.status("starting Kafka and Postgres") as status:
            yield lambda text: status.update(text)
    else:
        yield lambda text: print(text, file=sys.stderr, flush=True)
