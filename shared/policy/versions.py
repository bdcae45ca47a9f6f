"""The versions of the SLA that were published, and which of them is in effect when.

A version takes effect at its effective date, that instant included; of several with one date, the one published last.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from functools import cached_property

from shared.policy.form import Policy


@dataclass(frozen=True, slots=True)
class Published:
    """A version and when it came."""

    policy: Policy
    effective: datetime
    published_at: datetime


@dataclass(frozen=True)
class Policies:
    """All versions that were published here."""

    versions: tuple[Published, ...]

    @cached_property
    def line(self) -> tuple[Published, ...]:
        """In the order in which they take effect."""
        return tuple(sorted(self.versions, key=lambda item: (item.effective, item.published_at)))

    def in_effect(self, at: datetime) -> Policy | None:
        """The version whose effective date came last, up to this time."""
        return next((item.policy for item in reversed(self.line) if item.effective <= at), None)

    def up_to(self, policy: Policy) -> Sequence[Published]:
        """The versions that took effect up to this one, which is the last of them."""
        place = next(place for place, item in enumerate(self.line) if item.policy.sha256 == policy.sha256)
        return self.line[: place + 1]

    def by_sha(self, sha256: str) -> Policy | None:
        return next((item.policy for item in self.versions if item.policy.sha256 == sha256), None)

    @property
    def newest(self) -> Policy | None:
        """The version published last, whether in effect yet or not."""
        return max(self.versions, key=lambda item: item.published_at).policy if self.versions else None
