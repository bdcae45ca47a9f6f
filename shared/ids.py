"""Deterministic identities: the same cause always makes the same id, so a replay repeats nothing.

Every id is a UUID of version 5 over the parts that define it, joined by U+001F, which no part may hold alone:
parts are length-prefixed, so ("a", "bc") and ("ab", "c") differ.
"""

from uuid import UUID, uuid5

_NAMESPACE = UUID("6f6a1d0e-5c1b-5f1a-9a53-0b7a9c2e4d11")


def named(*parts: str) -> UUID:
    """The id of what these parts name together."""
    return uuid5(_NAMESPACE, "\x1f".join(f"{len(part)}:{part}" for part in parts))


def issue_uid(scope: str, issue_id: str) -> UUID:
    """An issue: the account (else the source) that reports it, and the id that it gave."""
    return named("issue", scope, issue_id)


def ticket_id(issue: UUID) -> UUID:
    """One issue is one ticket."""
    return named("ticket", str(issue))


def event_id(cause: str, type_name: str, aggregate: str, place: int) -> str:
    """An event out: its cause's identity, its type, what it is about, its place among that type."""
    return str(named("event", cause, type_name, aggregate, str(place)))


def notification_id(status_changed: str, channel: str, destination: str) -> UUID:
    """A notification: the StatusChanged it tells of, by which channel, to whom."""
    return named("notification", status_changed, channel, destination)


def act_id(key_id: str, idempotency_key: str) -> str:
    """An act over HTTP: the API key and the Idempotency-Key it came with."""
    return str(named("act", key_id, idempotency_key))
