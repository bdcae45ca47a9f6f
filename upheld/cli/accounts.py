"""`upheld account`: plan, term, services in use, and whom to tell; published whole, changed in part."""

from __future__ import annotations

import base64
import binascii
import secrets
from collections.abc import Sequence
from datetime import UTC, datetime
from email.utils import parseaddr
from typing import Annotated, Any
from urllib.parse import urlsplit

import typer

from shared.events import AccountChanged, Agreement
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
from upheld.cli.reference import published_accounts, published_policies
from upheld.cli.values import read_mapping, said, when
from upheld.client import publish_events
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
    id: Annotated[str, typer.Argument(metavar="ID", help="The account's id.")],
    name: Annotated[str | None, typer.Option(help="Default for a new account: its id.")] = None,
    plan: Annotated[str | None, typer.Option(help="A plan of the policy; needed for a new account.")] = None,
    term_start: Annotated[
        str | None,
        typer.Option(parser=when, metavar="TIME", help="From when on support is owed. Default for a new account: now."),
    ] = None,
    term_end: Annotated[
        str | None, typer.Option(parser=when, metavar="TIME", help="Until when; left out: without end.")
    ] = None,
    service: Annotated[
        list[str] | None,
        typer.Option("--service", metavar="KEY", help="A service in use; again for each. Replaces all."),
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
        str | None, typer.Option(metavar="ZONE", help="An IANA name, kept for readers of accounts; notices are in UTC.")
    ] = None,
    locale: Annotated[
        str | None, typer.Option(help="Such as en or de, kept for readers of accounts; notices are in English.")
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
    changed, made, remarks = run(
        _set(
            settings,
            id,
            given,
            term,
            [_email(text) for text in email or []],
            _webhooks(webhook or [], secret or []),
            read_mapping(file) if file is not None else None,
            file or "",
        )
    )
    if as_json:
        print_json({"account": _shown(changed, made), "secrets": made})
    else:
        _print(changed, made)
    for remark in remarks:
        note(remark, warning=True)


async def _set(
    settings: Settings,
    id: str,
    given: Json,
    term: Json,
    emails: Sequence[Json],
    webhooks: Sequence[tuple[str, str]],
    whole: Json | None,
    where: str,
) -> tuple[AccountChanged, dict[str, str], list[str]]:
    """Publishes; returns the account, the secrets made just now by their URL, and what looks wrong."""
    if whole is not None and whole.setdefault("id", id) != id:
        raise Misused(f"{where} is account {whole['id']!r}, not {id!r}.", hint="Give the id that is in the file.")
    known = await _known(settings, id) if whole is None else None
    base = whole if known is None else known.model_dump(mode="json", exclude_none=True)
    if base is None:
        if "plan" not in given:
            raise Misused(f"{id} is a new account: it needs a plan.", errors=[("--plan", "is missing")])
        base = {"id": id, "name": id, "term": {"start": datetime.now(UTC).isoformat()}}
    contacts = base.get("contacts") or []
    if emails:
        contacts = [item for item in contacts if item.get("channel") != "email"] + [*emails]
    made: dict[str, str] = {}
    if webhooks:
        kept = {item.get("address"): item.get("secret") for item in contacts if item.get("channel") == "webhook"}
        contacts = [item for item in contacts if item.get("channel") != "webhook"]
        for url, given_secret in webhooks:
            signed = given_secret or kept.get(url)
            if signed is None:
                signed = made[url] = "whsec_" + base64.b64encode(secrets.token_bytes(32)).decode()
            contacts.append({"name": "webhook", "channel": "webhook", "address": url, "secret": signed})
    merged = base | given | {"contacts": contacts}
    if term:
        merged["term"] = (base.get("term") or {}) | term
    account: AccountChanged = checked(AccountChanged, merged, where or f"account {id}")
    if account.term.end is not None and account.term.end <= account.term.start:
        raise Misused(f"The term of {id} ends before it begins.", errors=[("--term-end", "must be after --term-start")])
    if whole is not None:
        known = await _known(settings, id)
    account = _with_agreements(account, known)
    remarks = await _doubts(settings, account)
    await publish_events(settings, [account])
    return account, made, remarks


async def _known(settings: Settings, id: str) -> AccountChanged | None:
    return (await published_accounts(settings)).get(id)


def _with_agreements(account: AccountChanged, known: AccountChanged | None) -> AccountChanged:
    """What was agreed on is no data that a file leaves out; and another plan is agreed on as it is now."""
    if known is None:
        return account
    agreed = account.agreed or known.agreed
    if account.plan != known.plan:
        agreed += (Agreement(at=datetime.now(UTC), cause="plan"),)
    return account.model_copy(update={"agreed": agreed})


async def _doubts(settings: Settings, account: AccountChanged) -> list[str]:
    """An account may come before its policy; so these are no errors."""
    policies = await published_policies(settings)
    plans = sorted({name for policy in policies for name in policy.plans})
    services = sorted({key for policy in policies for key in policy.service_keys})
    found = []
    if policies and account.plan not in plans:
        found.append(f"No published policy has a plan {account.plan!r}; there are {', '.join(plans)}.")
    if policies and (unknown := [key for key in account.services if key not in services]):
        found.append(f"No published policy has the service {', '.join(unknown)}; there are {', '.join(services)}.")
    if not account.contacts:
        found.append(f"{account.id} has no contacts: only who reports a case will be told. Add --email or --webhook.")
    return found


def _email(text: str) -> Json:
    name, address = parseaddr(text)
    if "@" not in address.strip("@"):
        raise Misused(
            f"{text!r} is no e-mail address.", errors=[("--email", "write ann@acme.example or 'Ann <ann@...>'")]
        )
    return {"name": name or address, "channel": "email", "address": address}


def _webhooks(urls: Sequence[str], given: Sequence[str]) -> list[tuple[str, str]]:
    if len(given) > len(urls):
        raise Misused("There are more secrets than webhooks.", errors=[("--secret", "one for each --webhook")])
    for url in urls:
        parts = urlsplit(url)
        if parts.scheme not in ("http", "https") or not parts.hostname:
            raise Misused(f"{url!r} is no URL to send to.", errors=[("--webhook", "write https://host/path")])
    for value in given:
        try:
            raw = base64.b64decode(value.removeprefix("whsec_"), validate=True)
        except binascii.Error:
            raw = b""
        if not value.startswith("whsec_") or not 24 <= len(raw) <= 64:
            raise Misused(
                "A signing secret is not as it must be.",
                errors=[("--secret", "write whsec_ and the base64 of 24 to 64 random bytes, or leave it out")],
            )
    return [(url, given[place] if place < len(given) else "") for place, url in enumerate(urls)]


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
