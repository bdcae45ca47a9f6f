"""What can go wrong for whoever uses the command, as sentences that say what to do; each with its exit code.

0 done · 1 refused, or not there · 2 asked for wrongly · 3 something could not be reached.
"""

from __future__ import annotations

from collections.abc import Sequence


class CommandError(Exception):
    """Ends the command with a sentence, a hint where there is one, and a code."""

    code = 1

    def __init__(self, message: str, *, hint: str | None = None, errors: Sequence[tuple[str, str]] = ()) -> None:
        super().__init__(message)
        self.message = message
        self.hint = hint
        self.errors = list(errors)
        """(field, what is wrong with it), where the fault lies in fields."""


class Refused(CommandError):
    """A service said no. `status` and `problem` are what it answered (RFC 9457)."""

    def __init__(
        self,
        message: str,
        *,
        status: int,
        problem: dict[str, object] | None = None,
        hint: str | None = None,
        errors: Sequence[tuple[str, str]] = (),
    ) -> None:
        super().__init__(message, hint=hint, errors=errors)
        self.status = status
        self.problem = problem or {}


class NotThere(CommandError):
    """What was asked for does not exist, or cannot be used as it is."""


class Misused(CommandError):
    """An option, a file or a setting is not as it must be."""

    code = 2


class Unreachable(CommandError):
    """A service, Kafka or Postgres does not answer; the hint says what to start."""

    code = 3
