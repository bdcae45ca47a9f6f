"""Deterministic identities: the same cause always makes the same id, so a replay repeats nothing.

Every id is a UUID of version 5 over the parts that define it, joined by U+001F, which no part may hold alone:
parts are length-prefixed, so ("a", "bc") and ("ab", "c") differ.
"""

from hashlib import sha1
from operator import attrgetter
from uuid import UUID

BY_TICKET = attrgetter("ticket_id.int")
"""The order of tickets' ids, in which their rows are locked everywhere: as Postgres has it, and without the comparisons
of UUID objects, which are Python."""

_NAMESPACE = UUID("6f6a1d0e-5c1b-5f1a-9a53-0b7a9c2e4d11").bytes
_MARKED = (1 << 128) - 1 ^ 0xF000 << 64 ^ 0xC000 << 48
_MARKS = 5 << 76 | 0x8000 << 48
"""Version and variant (RFC 9562, 5.5), which take the place of six bits of the hash."""


def named(*parts: str) -> UUID:
    """The id of what these parts name together."""
    return UUID(int=_number(parts))


def text_of(*parts: str) -> str:
    """The same as text: most ids are written down only, and a UUID object would be the dearer half of one."""
    digits = f"{_number(parts):032x}"
    return f"{digits[:8]}-{digits[8:12]}-{digits[12:16]}-{digits[16:20]}-{digits[20:]}"


def _number(parts: tuple[str, ...]) -> int:
    name = "\x1f".join([f"{len(part)}:{part}" for part in parts])
    digest = sha1(_NAMESPACE + name.encode(), usedforsecurity=False).digest()
    return int.from_bytes(digest[:16]) & _MARKED | _MARKS


def issue_uid(scope: str, issue_id: str) -> str:
    """An issue: the account (else the source) that reports it, and the id that it gave."""
    return text_of("issue", scope, issue_id)


def ticket_id(issue: str) -> UUID:
    """One issue is one ticket."""
    return named("ticket", issue)


def event_id(cause: str, type_name: str, aggregate: str, place: int) -> str:
    """An event out: its cause's identity, its type, what it is about, its place among that type."""
    return text_of("event", cause, type_name, aggregate, str(place))


def notification_id(status_changed: str, channel: str, destination: str) -> UUID:
    """A notification: the StatusChanged it tells of, by which channel, to whom."""
    return named("notification", status_changed, channel, destination)


def act_id(key_id: str, idempotency_key: str) -> str:
    """An act over HTTP: the API key and the Idempotency-Key it came with."""
    return text_of("act", key_id, idempotency_key)
