"""What every service's own routes answer, as the contracts say it."""

from __future__ import annotations

from datetime import datetime
from typing import Literal

from pydantic import BaseModel

Kind = Literal["malformed", "refused", "unexplained", "parked"]


class Alive(BaseModel):
    """The process answers."""

    service: str
    status: Literal["alive"]


class Ready(BaseModel):
    """Whether the service can do its work, and what it lacks, each thing by name."""

    service: str
    ready: bool
    missing: list[str]


class Letter(BaseModel):
    """A record that could not be handled, or that waits behind one."""

    id: int
    topic: str
    partition: int
    offset: int
    key: str | None
    bytes: int
    state: Literal["dead", "parked", "redriven", "discarded"]
    kind: Kind
    reason: str
    created_at: datetime
    settled_at: datetime | None
    settled_by: str | None


class LetterList(BaseModel):
    """Dead letters in the order of their ids, without their values."""

    service: str
    dead_letters: list[Letter]


class WholeLetter(Letter):
    """A dead letter with its headers and its value, as text and as base64 of the raw bytes."""

    service: str
    headers: dict[str, str | None]
    value: str | None
    value_base64: str | None


class LetterSettled(BaseModel):
    """How many records were handled: the letter itself, and what was parked behind it."""

    service: str
    id: int
    handled: int
    discarded: bool
