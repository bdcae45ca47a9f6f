"""What a version of the SLA does to the accounts, worked out before it is published; and which version a name means."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import datetime
from typing import Literal

from shared.events import AccountChanged
from shared.policy import Policies, Policy, Published
from shared.policy.amend import Effect, Holding, effect, hold, line_of
from upheld.errors import NotThere

_SHA = re.compile(r"[0-9a-f]{7,64}")
_NOTHING = Effect((), ())


@dataclass(frozen=True, slots=True)
class Affected:
    """An account, and what a version does to it when it takes effect.

    `whole`: nothing of what it holds is kept. `kept`: some of it is. `agreed`: it begins with this version.
    `unknown-plan`: no version has its plan; `out-of-term`: its term will be over by then.
    """

    account: AccountChanged
    state: Literal["whole", "kept", "agreed", "unknown-plan", "out-of-term"]
    effect: Effect


def conflict(policies: Policies, new: Policy) -> Policy | None:
    """The version of the same name that is published already and says something else: a version is immutable."""
    for item in policies.versions:
        known = item.policy
        if (known.policy, known.version) == (new.policy, new.version) and known.sha256 != new.sha256:
            return known
    return None


def affected(policies: Policies, new: Policy, accounts: Iterable[AccountChanged], now: datetime) -> Iterator[Affected]:
    """What this version does to each account, in the order given; nothing where it never comes into effect."""
    if superseded_by(policies, new, now) is not None:
        return
    known = _with(policies, new, now)
    for account in accounts:
        yield _affected(known, new, account, max(now, new.effective))


def superseded_by(policies: Policies, new: Policy, now: datetime) -> Policy | None:
    """The version that is in effect instead of this one when its time has come; None where it is the one."""
    holds = _with(policies, new, now).in_effect(max(now, new.effective))
    return holds if holds is not None and holds.sha256 != new.sha256 else None


def newer_agreed(policies: Policies, chosen: Policy, account: AccountChanged, now: datetime) -> Policy | None:
    """The version that the account has agreed on already, where that stands behind this one in the order of effect.

    Nobody agrees back to an older version: what was agreed on last is what may not be degraded (the SLA's preamble).
    """
    at = max(now, chosen.effective)
    upto = policies.in_effect(at)
    if upto is None:
        return None
    agreed = line_of(policies, upto, account.term, account.agreed, at).versions[0]
    order = [item.policy.sha256 for item in policies.line]
    return agreed if order.index(agreed.sha256) > order.index(chosen.sha256) else None


def _with(policies: Policies, new: Policy, now: datetime) -> Policies:
    """As if it were published now, where it is not yet."""
    if policies.by_sha(new.sha256) is not None:
        return policies
    return Policies((*policies.versions, Published(new, new.effective, now)))


def _affected(policies: Policies, new: Policy, account: AccountChanged, at: datetime) -> Affected:
    if account.term.end is not None and account.term.end <= at:
        return Affected(account, "out-of-term", _NOTHING)
    holding = holding_of(policies, new, account, at)
    if not holding.known:
        return Affected(account, "unknown-plan", _NOTHING)
    found = effect(holding)
    if len(holding.versions) == 1:
        return Affected(account, "agreed", found)
    return Affected(account, "kept" if found.kept else "whole", found)


def holding_of(policies: Policies, upto: Policy, account: AccountChanged, at: datetime) -> Holding:
    """What the account holds at this time, when this version is the one in effect."""
    line = line_of(policies, upto, account.term, account.agreed, at)
    return hold(account.plan, line.versions, line.plan_from)


def named(policies: Policies, name: str, now: datetime) -> Policy:
    """The published version that is meant: `id@version`, the start of a SHA-256, or an id (the one in effect, else the
    next). Raises NotThere.
    """
    id, _, version = name.partition("@")
    found = [
        item
        for item in policies.line
        if (item.policy.policy == id and version in ("", item.policy.version))
        or (_SHA.fullmatch(name) and item.policy.sha256.startswith(name))
    ]
    if not version and len({item.policy.policy for item in found}) == 1:
        found = [item for item in found if item.effective <= now][-1:] or found[:1]
    if len(found) == 1:
        return found[0].policy
    known = ", ".join(f"{item.policy.policy}@{item.policy.version}" for item in policies.line)
    if found:
        raise NotThere(f"{name} may be several versions.", hint=f"Write one of {known}, or more of the SHA-256.")
    raise NotThere(
        f"No published version is called {name}.",
        hint=f"There are {known}." if known else "None is published yet: upheld policy apply FILE",
    )
