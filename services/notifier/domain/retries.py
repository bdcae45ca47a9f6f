"""When a delivery is tried again, and when it is given up.

- Whoever may recover is tried for `give_up` seconds, at least once: no answer, 5xx, 408, 425, 429, SMTP 4xx.
- What says no for good is given up at once (410 Gone, a mailbox that does not exist, an address not allowed);
  other 4xx after three tries, since some of them come from a deployment in progress.
- What cannot be written yet is looked at again after as long as it has waited, 1 to 30 seconds: it is no attempt.
- Waits double from 1 second to 5 minutes, each shortened by up to half at random, so that what failed together
  does not come back together.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import Literal

FIRST = 1.0
LONGEST = 300.0
LONGEST_LACKING = 30.0
TRIES_REFUSED = 3

Answer = Literal["accepted", "gone", "refused", "later", "unsent", "lacking"]


@dataclass(frozen=True, slots=True)
class Result:
    """What became of one attempt.

    accepted; gone: no for good; refused: no, but it may be a mistake; later: may recover; unsent: not tried at all;
    lacking: cannot be written yet. `gate`: whether the mail server or the host itself is in trouble, not this message;
    None where nothing was learned of it.
    """

    answer: Answer
    reason: str | None = None
    gate: bool | None = None
    retry_after: float | None = None


@dataclass(frozen=True, slots=True)
class Over:
    """The delivery is over."""

    accepted: bool


@dataclass(frozen=True, slots=True)
class Again:
    """The delivery is tried again after so many seconds; `counted` when this was an attempt."""

    seconds: float
    counted: bool = True


ACCEPTED = Result("accepted", gate=False)


def verdict(
    result: Result, attempts: int, created_at: datetime, now: datetime, give_up: float, chance: float
) -> Over | Again:
    """What follows from an attempt, the `attempts`-th. `chance` is random, in [0, 1)."""
    match result.answer:
        case "accepted":
            return Over(True)
        case "gone":
            return Over(False)
        case "unsent":
            return Again(0.0, counted=False)
        case "lacking":
            age = (now - created_at).total_seconds()
            return Again(min(max(age, FIRST), LONGEST_LACKING), counted=False)
        case "refused" if attempts >= TRIES_REFUSED:
            return Over(False)
    if (now - created_at).total_seconds() >= give_up:
        return Over(False)
    return Again(wait(attempts, chance, result.retry_after))


def wait(attempts: int, chance: float, asked: float | None = None) -> float:
    """Seconds until the next attempt; a receiver's Retry-After is honoured up to the longest wait."""
    most = min(FIRST * 2.0 ** min(attempts - 1, 20), LONGEST)
    own = most * (1 - chance / 2)
    return own if asked is None else min(max(own, asked), LONGEST)
