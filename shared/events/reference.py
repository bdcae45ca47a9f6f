"""Reference data: accounts, policies and access, each the whole as it is now, on compacted topics."""

from __future__ import annotations

from typing import Annotated, ClassVar, Literal

from pydantic import Field, StringConstraints

from shared.events.base import Event, Instant, Name, Part, Role, Status, Text


class Contact(Part):
    """Someone at an account who wants to be told. Empty `statuses` or `priorities` mean all of them.

    `secret` signs a webhook (Standard Webhooks, `whsec_...`).
    """

    name: Name
    channel: Literal["email", "webhook"]
    address: Name
    statuses: tuple[Status, ...] = ()
    priorities: tuple[Name, ...] = ()
    secret: Text | None = None


class Term(Part):
    """The subscription term (SLA B.5): support is owed from `start` until `end`, which is outside it."""

    start: Instant
    end: Instant | None = None


class Agreement(Part):
    """That the account agreed anew: from `at` on the SLA holds for it as this version has it, whole.

    `accepted`: a person accepted an amendment for the account. `renewed`: the term was renewed. `plan`: only what the
    plan promises was agreed on, since the plan changed. Without a version it is the one in effect at that time.
    """

    at: Instant
    cause: Literal["accepted", "renewed", "plan"]
    version: Name | None = None
    """SHA-256."""
    by: Name | None = None
    note: Text | None = None


class AccountChanged(Event):
    """An account as it is now: plan, term, services in use, contacts, and what was agreed on since the term began."""

    NAME: ClassVar[str] = "accountchanged"
    TOPIC: ClassVar[str] = "accounts"
    KEY: ClassVar[str] = "id"

    id: Name
    name: Name
    plan: Name
    term: Term
    services: tuple[Name, ...] = ()
    time_zone: Name = "UTC"
    """For readers of this topic. Nothing here goes by it: working hours are counted in the zone of the policy's
    calendar, and notices give their times in UTC."""
    locale: Name = "en"
    """For readers of this topic. Nothing here goes by it: notices are in English."""
    contacts: Annotated[tuple[Contact, ...], Field(max_length=50)] = ()
    agreed: Annotated[tuple[Agreement, ...], Field(max_length=200, exclude_if=lambda value: not value)] = ()


class PolicyPublished(Event):
    """A version of the SLA as data: the whole file. Immutable, known by its SHA-256."""

    NAME: ClassVar[str] = "policypublished"
    TOPIC: ClassVar[str] = "policies"
    KEY: ClassVar[str] = "sha256"

    sha256: Annotated[str, StringConstraints(pattern=r"^[0-9a-f]{64}$")]
    id: Name
    version: Name
    effective: Instant
    published_at: Instant
    text: Text


class AccessChanged(Event):
    """An API key: what it may do, and for whom it may speak. The secret itself is never stored."""

    NAME: ClassVar[str] = "accesschanged"
    TOPIC: ClassVar[str] = "access"
    KEY: ClassVar[str] = "key_id"

    key_id: Name
    secret_sha256: Annotated[str, StringConstraints(pattern=r"^[0-9a-f]{64}$")]
    role: Role
    name: Name
    account: Name | None = None
    source: Name | None = None
    revoked: bool = False
