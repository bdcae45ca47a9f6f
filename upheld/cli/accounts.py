"""`upheld account`: plan, term, services in use, and whom to tell; published whole, changed in part."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Annotated, Any

import typer

from shared.events import AccountChanged, Agreement
from shared.policy import Policy
from shared.settings import Settings
from upheld.cli.common import (
    JsonFlag,
    checked,
    clean,
    console,
    examples,
    group,
    moment,
    note,
    print_json,
    run,
    settings_of,
)
from upheld.cli.contacts import doubts_of, email_contact, faults_of, replaced, webhooks
from upheld.cli.reference import published_accounts, published_policies
from upheld.cli.turns import turn
from upheld.cli.values import NO_ZONE, a_name, is_zone, read_mapping, said, when, zone
from upheld.errors import Misused

Json = dict[str, Any]
account = group("Accounts: plan, term, services in use, and whom to tell.")


@account.callback()
def _group() -> None:
    pass


@account.command(
    "set",
    epilog=examples(
        "upheld account set acme --name 'Acme Ltd' --plan business --term-start 2026-01-01T00:00:00Z "
        "--service voice --email 'Ann <ann@acme.example>'",
        "upheld account set acme --plan personalized",
        "upheld account set acme --webhook https://acme.example/hooks",
        "upheld account set acme --file acme.yaml",
    ),
)
def set_account(
    id: Annotated[str, typer.Argument(parser=a_name, metavar="ID", help="The account's id.")],
    name: Annotated[
        str | None, typer.Option(parser=a_name, metavar="NAME", help="Default for a new account: its id.")
    ] = None,
    plan: Annotated[
        str | None, typer.Option(parser=a_name, metavar="PLAN", help="A plan of the policy; needed for a new account.")
    ] = None,
    term_start: Annotated[
        str | None,
        typer.Option(parser=when, metavar="TIME", help="From when on support is owed. Default for a new account: now."),
    ] = None,
    term_end: Annotated[
        str | None, typer.Option(parser=when, metavar="TIME", help="Until when; left out: without end.")
    ] = None,
    service: Annotated[
        list[str] | None,
        typer.Option("--service", parser=a_name, metavar="KEY", help="A service in use; again for each. Replaces all."),
    ] = None,
    email: Annotated[
        list[str] | None,
        typer.Option(metavar="ADDRESS", help="Tell this address; again for each. Replaces all e-mail contacts."),
    ] = None,
    webhook: Annotated[
        list[str] | None,
        typer.Option(metavar="URL", help="Tell this URL, signed; again for each. Replaces all webhooks."),
    ] = None,
    secret: Annotated[
        list[str] | None,
        typer.Option(
            metavar="WHSEC", help="The signing secret of each --webhook, in order. Default: made, and printed once."
        ),
    ] = None,
    time_zone: Annotated[
        str | None,
        typer.Option(
            parser=zone, metavar="ZONE", help="An IANA name, kept for readers of accounts; notices are in UTC."
        ),
    ] = None,
    locale: Annotated[
        str | None,
        typer.Option(
            parser=a_name,
            metavar="LOCALE",
            help="Such as en or de, kept for readers of accounts; notices are in English.",
        ),
    ] = None,
    file: Annotated[
        str | None,
        typer.Option(
            metavar="FILE", help="The account whole, YAML or JSON (- reads stdin); options given with it come on top."
        ),
    ] = None,
    as_json: JsonFlag = False,
) -> None:
    """Publish an account. What is not said stays as it was published last; with --file only what was agreed on stays.

    With another plan the account agrees to what that plan promises now. A term that goes on is renewed, by which the
    account agrees to the policy of that time: see `upheld account renew`.

    Which statuses and priorities a contact wants is said in a file: contacts: [{name, channel, address, statuses,
    priorities, secret}].
    """
    settings = settings_of()
    term = said(start=term_start, end=term_end)
    given = said(name=name, plan=plan, services=service, time_zone=time_zone, locale=locale)
    whole = read_mapping(file) if file is not None else None
    contacts = [email_contact(text) for text in email or []], webhooks(webhook or [], secret or [])
    changed, made, remarks = run(_set(settings, id, _Said(given, term, *contacts, whole, file or "")))
    if as_json:
        print_json({"account": _shown(changed, made), "secrets": made})
    else:
        _print(changed, made)
    for remark in remarks:
        note(remark, warning=True)


@dataclass(frozen=True)
class _Said:
    """What a command says of an account; `whole` is what its file says."""

    given: Json
    term: Json
    emails: Sequence[Json]
    webhooks: Sequence[tuple[str, str]]
    whole: Json | None
    where: str


async def _set(settings: Settings, id: str, said: _Said) -> tuple[AccountChanged, dict[str, str], list[str]]:
    """Publishes; returns the account, the secrets made just now by their URL, and what looks wrong."""
    drawn = _of_file(id, said) if said.whole is not None else None
    policies = await published_policies(settings)
    async with turn(settings, "accounts") as mine:
        known = (await published_accounts(settings)).get(id)
        account, made = drawn or _changed(id, said, _base(id, said, known))
        account = _with_agreements(account, known)
        await mine.publish([account])
    return account, made, _doubts(account, policies)


def _of_file(id: str, said: _Said) -> tuple[AccountChanged, dict[str, str]]:
    """Raises Misused, also for what only a file can say wrongly: options are checked one by one."""
    whole = said.whole or {}
    if whole.setdefault("id", id) != id:
        raise Misused(f"{said.where} is account {whole['id']!r}, not {id!r}.", hint="Give the id that is in the file.")
    account, made = _changed(id, said, whole)
    faults = list(faults_of(account.contacts))
    if not is_zone(account.time_zone):
        faults.append(("time_zone", NO_ZONE.format(account.time_zone)))
    if faults:
        raise Misused(f"{said.where}: some fields are not as they must be.", errors=faults)
    return account, made


def _base(id: str, said: _Said, known: AccountChanged | None) -> Json:
    """The account as it was published last; a new one begins with its id."""
    if known is not None:
        return known.model_dump(mode="json", exclude_none=True)
    if "plan" not in said.given:
        raise Misused(f"{id} is a new account: it needs a plan.", errors=[("--plan", "is missing")])
    return {"id": id, "name": id, "term": {"start": datetime.now(UTC).isoformat()}}


def _changed(id: str, said: _Said, base: Json) -> tuple[AccountChanged, dict[str, str]]:
    """The account with what was said, and the secrets made for it."""
    contacts, made = replaced(base.get("contacts") or [], said.emails, said.webhooks)
    merged = base | said.given | {"contacts": contacts}
    if said.term:
        merged["term"] = (base.get("term") or {}) | said.term
    account: AccountChanged = checked(AccountChanged, merged, said.where or f"account {id}")
    if account.term.end is not None and account.term.end <= account.term.start:
        raise Misused(f"The term of {id} ends before it begins.", errors=[("--term-end", "must be after --term-start")])
    return account, made


def _with_agreements(account: AccountChanged, known: AccountChanged | None) -> AccountChanged:
    """What was agreed on is no data that a file leaves out; and another plan is agreed on as it is now."""
    if known is None:
        return account
    agreed = account.agreed or known.agreed
    if account.plan != known.plan:
        agreed += (Agreement(at=datetime.now(UTC), cause="plan"),)
    return account.model_copy(update={"agreed": agreed})


def _doubts(account: AccountChanged, policies: Sequence[Policy]) -> list[str]:
    """An account may come before its policy; so these are no errors."""
    plans = sorted({name for policy in policies for name in policy.plans})
    services = sorted({key for policy in policies for key in policy.service_keys})
    found = []
    if policies and account.plan not in plans:
        found.append(f"No published policy has a plan {account.plan!r}; there are {', '.join(plans)}.")
    if policies and (unknown := [key for key in account.services if key not in services]):
        found.append(f"No published policy has the service {', '.join(unknown)}; there are {', '.join(services)}.")
    if not account.contacts:
        found.append(f"{account.id} has no contacts: only who reports a case will be told. Add --email or --webhook.")
    found += doubts_of(account.contacts, sorted({key for policy in policies for key in policy.ranks}))
    return found


def _shown(account: AccountChanged, made: dict[str, str]) -> Json:
    """Secrets that were known before are not shown again."""
    data = account.model_dump(mode="json", exclude_none=True)
    for contact in data["contacts"]:
        if contact["address"] not in made:
            contact.pop("secret", None)
    return data


def _print(account: AccountChanged, made: dict[str, str]) -> None:
    out = console()
    end = f" until {moment(account.term.end)}" if account.term.end else ""
    out.print(
        f"Published: account {clean(account.id)} ({clean(account.name)}), plan {clean(account.plan)}, "
        f"in term from {moment(account.term.start)}{end}"
    )
    if account.services:
        out.print(f"  uses {clean(', '.join(account.services))}")
    for contact in account.contacts:
        out.print(f"  tells {clean(contact.name)} by {contact.channel} at {clean(contact.address)}")
    for url, value in made.items():
        out.print(f"  signing secret of {clean(url)}, shown only now: {value}")
