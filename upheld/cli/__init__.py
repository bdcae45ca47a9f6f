"""The command `upheld`: one module a group of commands; each asks `upheld.client`, and prints for people or machines.

Data goes to stdout, all else to stderr. Exit codes: 0 done, 1 refused or not there, 2 asked for wrongly,
3 something could not be reached, 130 Ctrl-C.
"""

import contextlib
import sys


def main() -> None:
    """The console script."""
    for stream in (sys.stdout, sys.stderr):
        with contextlib.suppress(AttributeError, ValueError):
            stream.reconfigure(errors="replace")  # type: ignore[union-attr]
    try:
        from upheld.cli.app import app

        app(prog_name="upheld")
    except KeyboardInterrupt:
        sys.exit(130)
