"""`upheld key`: API keys, made here and published as a SHA-256; the key itself is printed once and kept nowhere."""

from __future__ import annotations

import hashlib
import secrets
from typing import Annotated, Any

import typer
from rich.table import Table

from shared.events import AccessChanged, Role
from shared.settings import Settings
from upheld.cli.common import JsonFlag, checked, clean, console, examples, group, note, print_json, run, settings_of
from upheld.cli.reference import published
from upheld.cli.values import a_name
from upheld.client import publish_events, wait_for_key
from upheld.errors import Misused, NotThere

key = group("API keys: who may do what, and for whom.")


@key.command(
    "create",
    epilog=examples(
        "export UPHELD_API_KEY=$(upheld key create --role agent --name Gil)",
        "upheld key create --role customer --account acme",
        "upheld key create --role upstream --source crm --json",
    ),
)
def create(
    role: Annotated[Role, typer.Option(help="What the key may do.")],
    account: Annotated[
        str | None,
        typer.Option(parser=a_name, metavar="ID", help="The account that it speaks for; a customer's key needs it."),
    ] = None,
    source: Annotated[
        str | None,
        typer.Option(
            parser=a_name,
            metavar="NAME",
            help="The system that it speaks for; an upstream system's or monitor's key needs it.",
        ),
    ] = None,
    name: Annotated[
        str | None, typer.Option(parser=a_name, metavar="NAME", help="Who holds it; shown where it acts.")
    ] = None,
    wait: Annotated[bool, typer.Option(help="Wait until every service that runs knows it.")] = True,
    as_json: JsonFlag = False,
) -> None:
    """Make a key and publish its SHA-256. The key alone goes to stdout, this once."""
    if role == "customer" and account is None:
        raise Misused("A customer's key speaks for an account.", errors=[("--account", "is missing")])
    if role in ("upstream", "monitor") and source is None:
        raise Misused(f"A key with the role {role} speaks for a source.", errors=[("--source", "is missing")])
    settings = settings_of()
    made, change = new_key(role, account=account, source=source, name=name)
    late = run(_publish(settings, change, made if wait else None))
    if as_json:
        print_json(
            {
                "key_id": change.key_id,
                "key": made,
                "role": role,
                "name": change.name,
                "account": account,
                "source": source,
                "unknown_to": late,
            }
        )
    else:
        note(f"Key {change.key_id} for {change.name} ({role}); it is shown only now.")
        console().print(made, soft_wrap=True)
    for service in late:
        note(f"{service} does not know the key yet.", warning=True)


def new_key(
    role: Role, *, account: str | None = None, source: str | None = None, name: str | None = None
) -> tuple[str, AccessChanged]:
    """A key, and what is published of it."""
    key_id, secret = secrets.token_hex(6), secrets.token_hex(24)
    facts: dict[str, Any] = {
        "key_id": key_id,
        "secret_sha256": hashlib.sha256(secret.encode()).hexdigest(),
        "role": role,
        "name": name or f"the {role}" + (f" of {account or source}" if account or source else ""),
        "account": account,
        "source": source,
    }
    change: AccessChanged = checked(AccessChanged, facts, "the key")
    return f"uph_{key_id}_{secret}", change


async def _publish(settings: Settings, change: AccessChanged, made: str | None) -> list[str]:
    await publish_events(settings, [change])
    return await wait_for_key(settings, made) if made is not None else []


@key.command("revoke", epilog=examples("upheld key revoke 3f9a1c0b7d21"))
def revoke(
    key_id: Annotated[
        str, typer.Argument(parser=a_name, metavar="KEY_ID", help="The id, the middle part of uph_<id>_<secret>.")
    ],
    as_json: JsonFlag = False,
) -> None:
    """End a key: within seconds every service refuses it. Make a new one if that was too soon."""
    settings = settings_of()
    parts = key_id.split("_")
    change = run(_revoke(settings, parts[1] if len(parts) == 3 and parts[0] == "uph" else key_id))
    if as_json:
        print_json({"key_id": change.key_id, "role": change.role, "name": change.name, "revoked": True})
    else:
        console().print(f"Revoked: {change.key_id}, {clean(change.name)} ({change.role})")


async def _revoke(settings: Settings, key_id: str) -> AccessChanged:
    known = (await published(settings, "access")).get(key_id)
    if not isinstance(known, AccessChanged):
        raise NotThere(f"There is no key {key_id}.", hint="Those that there are: upheld key list")
    change = known.model_copy(update={"revoked": True})
    await publish_events(settings, [change])
    return change


@key.command("list", epilog=examples("upheld key list", "upheld key list --json | jq '.keys[] | select(.revoked)'"))
def list_keys(as_json: JsonFlag = False) -> None:
    """The keys that were published, without their secrets, which are kept nowhere."""
    events = run(published(settings_of(), "access"))
    found = sorted(
        (e for e in events.values() if isinstance(e, AccessChanged)), key=lambda e: (e.role, e.name, e.key_id)
    )
    if as_json:
        print_json({"keys": [event.model_dump(mode="json", exclude={"secret_sha256"}) for event in found]})
        return
    table = Table("key id", "role", "name", "account", "source", "")
    for event in found:
        table.add_row(
            event.key_id,
            event.role,
            clean(event.name),
            clean(event.account or ""),
            clean(event.source or ""),
            "revoked" if event.revoked else "",
        )
    console().print(table)
