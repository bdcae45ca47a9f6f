"""What claimed deliveries say: the notice's content under its policy, and the secret of a webhook's contact."""

from __future__ import annotations

import time
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from services.notifier.domain.content import Content, Lacking, content_of
from services.notifier.domain.messages import Claimed, Message
from services.notifier.domain.retries import Result
from shared.events import AccountChanged, StatusChanged
from shared.policy import Policies, Policy
from shared.refdata import load_accounts, load_policies

STALE = 5.0
"""Seconds after which a policy that is not named by its SHA-256 is looked up again."""
KEPT = 2048


@dataclass(frozen=True, slots=True)
class Unwritten:
    """A delivery that cannot be sent as it stands, and why."""

    claimed: Claimed
    content: Content | None
    result: Result


class Writer:
    """Writes contents once per notice, however many are told."""

    def __init__(self, phone: str | None) -> None:
        self._phone = phone
        self._policies = Policies(())
        self._read_at = -STALE
        self._contents: dict[tuple[UUID, int], Content] = {}

    async def write(self, conn: Any, claimed: Sequence[Claimed]) -> list[Message | Unwritten]:
        """One for each, in order."""
        owners = {one.account for one in claimed if one.channel == "webhook" and one.account is not None}
        accounts = await load_accounts(conn, owners) if owners else {}
        written: list[Message | Unwritten] = []
        for one in claimed:
            try:
                content = self._contents.get(one.notice) or await self._content(conn, one)
            except Lacking as lacking:
                written.append(Unwritten(one, None, Result("lacking", str(lacking))))
                continue
            if one.channel != "webhook":
                written.append(Message(one, content))
                continue
            contact, secret = _secret_of(one, accounts)
            written.append(
                Message(one, content, secret)
                if contact
                else Unwritten(one, content, Result("gone", "the account has no such contact any more"))
            )
        return written

    async def _content(self, conn: Any, claimed: Claimed) -> Content:
        event = StatusChanged.model_validate_json(claimed.event)
        content = content_of(event, await self._policy(conn, event), self._phone)
        if len(self._contents) >= KEPT:
            self._contents.clear()
        self._contents[claimed.notice] = content
        return content

    async def _policy(self, conn: Any, event: StatusChanged) -> Policy | None:
        found = self._known(event)
        stale = time.monotonic() - self._read_at
        if (found is None and stale > 0.2) or (event.ticket.policy is None and stale > STALE):
            self._policies = await load_policies(conn)
            self._read_at = time.monotonic()
            found = self._known(event)
        return found

    def _known(self, event: StatusChanged) -> Policy | None:
        ref = event.ticket.policy
        if ref is not None:
            return self._policies.by_sha(ref.sha256)
        return self._policies.in_effect(event.changed_at) or self._policies.newest


def _secret_of(claimed: Claimed, accounts: dict[str, AccountChanged]) -> tuple[bool, str | None]:
    """Whether the contact is still one of the account's, and its secret as it is now."""
    account = accounts.get(claimed.account or "")
    for contact in account.contacts if account else ():
        if contact.channel == "webhook" and contact.address == claimed.address:
            return True, contact.secret
    return False, None
