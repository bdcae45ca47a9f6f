"""`upheld policy show | diff | accept`: versions as they are published, compared, and agreed on for an account."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import UTC, datetime
from pathlib import Path
from typing import Annotated

import typer

from shared.events import AccountChanged, Agreement
from shared.policy import Policies, Policy
from shared.policy.amend import diff
from shared.settings import Settings
from upheld.amendments import holding_of, named, newer_agreed
from upheld.cli import policy_views as views
from upheld.cli.common import JsonFlag, clean, console, examples, moment, note, print_json, run, settings_of
from upheld.cli.policies import parsed
from upheld.cli.reference import published_accounts, published_versions
from upheld.cli.turns import turn
from upheld.cli.values import a_name, read_text, when, words
from upheld.errors import CommandError, Misused, NotThere

VersionHelp = "A policy file, or a published version: id@version, an id, or the start of a SHA-256."
SHOW_EXAMPLES = examples(
    "upheld policy show",
    "upheld policy show plivo@2024-12-20",
    "upheld policy show my-sla.yaml --json | jq .file.plans",
    "upheld policy show --account acme",
)
DIFF_EXAMPLES = examples(
    "upheld policy diff plivo@2024-12-20 my-sla.yaml",
    "upheld policy diff old.yaml new.yaml --all",
    "upheld policy diff old.yaml new.yaml --json | jq '.cells[] | select(.material)'",
)
ACCEPT_EXAMPLES = examples(
    "upheld policy accept plivo@2027-01-01 --account acme --by 'Ann Ode' --note 'Her mail of 3 March'",
)


def show(
    version: Annotated[str | None, typer.Argument(parser=words, metavar="[POLICY]", help=VersionHelp)] = None,
    account: Annotated[
        str | None,
        typer.Option(parser=a_name, metavar="ID", help="What this account holds, cell by cell, and why."),
    ] = None,
    at: Annotated[
        str | None,
        typer.Option("--at", parser=when, metavar="TIME", help="With --account: at this time. Default: now."),
    ] = None,
    as_json: JsonFlag = False,
) -> None:
    """The published versions; one of them, or a file; or what an account holds of them."""
    if version is not None and account is not None:
        raise Misused("Either a policy or an account.", errors=[("--account", "leave it out, or POLICY")])
    settings = settings_of()
    time = datetime.fromisoformat(at) if at else datetime.now(UTC)
    if account is not None:
        run(_show_account(settings, account, time, as_json))
    elif version is None:
        policies = run(published_versions(settings))
        found = views.versions_json(policies, time)
        if as_json:
            print_json({"versions": found})
        else:
            console().print(
                views.versions_table(found) if found else "No policy is published: upheld policy apply FILE"
            )
    else:
        one = _version(settings, version)
        if as_json:
            print_json(views.policy_json(one))
            return
        console().print(f"{views.name_of(one)}: {one.document.title}", soft_wrap=True)
        console().print(f"effective {moment(one.effective)}, SHA-256 {one.sha256}", soft_wrap=True)
        console().print(views.plans_table(one))


async def _show_account(settings: Settings, id: str, at: datetime, as_json: bool) -> None:
    accounts, policies = await published_accounts(settings), await published_versions(settings)
    if (account := accounts.get(id)) is None:
        raise NotThere(f"There is no account {id}.", hint="Publish it: upheld account set --help")
    if (upto := policies.in_effect(at)) is None:
        raise NotThere(f"No policy is in effect at {moment(at)}.", hint="Publish one: upheld policy apply --help")
    holding = holding_of(policies, upto, account, at)
    if as_json:
        print_json({"account": id, "at": at.isoformat(), **views.holding_json(holding)})
        return
    agreed = views.name_of(holding.versions[0])
    console().print(f"{id}, plan {account.plan}: agreed on {agreed}, in effect is {views.name_of(upto)}")
    if not holding.known:
        note(f"No version has a plan {account.plan!r}: its tickets go to a person.", warning=True)
    console().print(views.holding_table(holding))
    for line in views.kept_lines(holding):
        console().print(line, soft_wrap=True)


def compare(
    before: Annotated[str, typer.Argument(parser=words, metavar="A", help=VersionHelp)],
    after: Annotated[str, typer.Argument(parser=words, metavar="B", help=VersionHelp)],
    every: Annotated[bool, typer.Option("--all", help="Also what is equal.")] = False,
    as_json: JsonFlag = False,
) -> None:
    """Compare two versions cell by cell, in the eyes of a customer who was promised A.

    Every promise (plan, priority, clock: target, calendar, pauses, warnings, what meets it), every exclusion and every
    decision of the rules is better, equal, worse or (each has what the other lacks) incomparable. `material` says
    whether A's own rule calls it a material degradation, which an account is not given without its consent.
    """
    settings = settings_of()
    found = diff(_version(settings, before), _version(settings, after))
    if as_json:
        print_json(views.difference_json(found))
        return
    changes = [change for change in found.changes if every or change.verdict != "equal"]
    if changes:
        console().print(views.changes_table(changes))
    counts = ", ".join(f"{count} {verdict}" for verdict, count in found.summary.items())
    console().print(f"{views.name_of(found.before)} -> {views.name_of(found.after)}: {counts}", soft_wrap=True)


def accept(
    version: Annotated[str, typer.Argument(parser=words, metavar="POLICY", help=VersionHelp)],
    account: Annotated[
        list[str], typer.Option("--account", parser=a_name, metavar="ID", help="For this account; again for each.")
    ],
    by: Annotated[str, typer.Option(parser=a_name, metavar="NAME", help="Who accepted it, on the account's side.")],
    remark: Annotated[str | None, typer.Option("--note", metavar="TEXT", help="Such as where that is written.")] = None,
    as_json: JsonFlag = False,
) -> None:
    """Record that somebody accepted a version for an account: it holds whole from now on, or from its effective date.

    What was kept for the account until now is given up. Tickets that are open stay with what they were opened under.
    """
    settings = settings_of()
    found = run(_accept(settings, version, account, by, remark))
    if as_json:
        print_json({**views.ref_json(found[0]), "accepted": found[1], "by": by})
        return
    console().print(
        f"{views.name_of(found[0])} holds whole for {clean(', '.join(found[1]))}, accepted by {clean(by)}",
        soft_wrap=True,
    )


async def _accept(
    settings: Settings, version: str, ids: list[str], by: str, remark: str | None
) -> tuple[Policy, list[str]]:
    policies = await published_versions(settings)
    async with turn(settings, "accounts") as mine:
        accounts, now = await published_accounts(settings), datetime.now(UTC)
        chosen = named(policies, version, now)
        if missing := [id for id in ids if id not in accounts]:
            raise NotThere(f"There is no account {', '.join(missing)}.", hint="Publish it: upheld account set --help")
        _refuse_older(policies, chosen, [accounts[id] for id in dict.fromkeys(ids)], now)
        agreement = Agreement(at=now, cause="accepted", version=chosen.sha256, by=by, note=remark)
        changed = [agreed(accounts[id], agreement) for id in dict.fromkeys(ids)]
        await mine.publish(changed)
    return chosen, [account.id for account in changed]


def _refuse_older(policies: Policies, chosen: Policy, accounts: Sequence[AccountChanged], now: datetime) -> None:
    """Raises CommandError where an account has agreed on a later version: of the older one nothing would hold."""
    later = [
        (account.id, f"agreed on {views.name_of(known)}, effective {moment(known.effective)}")
        for account in accounts
        if (known := newer_agreed(policies, chosen, account, now)) is not None
    ]
    if later:
        raise CommandError(
            f"{views.name_of(chosen)} is older than what was agreed on already: nothing is recorded.",
            errors=later,
            hint="Terms of old come back as a new version: upheld policy apply --help",
        )


def agreed(account: AccountChanged, agreement: Agreement) -> AccountChanged:
    """The account with one agreement more."""
    return account.model_copy(update={"agreed": (*account.agreed, agreement)})


def _version(settings: Settings, name: str) -> Policy:
    """A file's version, or a published one. Raises CommandError."""
    if name == "-" or name.endswith((".yaml", ".yml")) or Path(name).is_file():
        return parsed(read_text(name), name)
    return named(run(published_versions(settings)), name, datetime.now(UTC))


def add_to(policy: typer.Typer) -> None:
    """The group's further commands."""
    policy.command("show", epilog=SHOW_EXAMPLES)(show)
    policy.command("diff", epilog=DIFF_EXAMPLES)(compare)
    policy.command("accept", epilog=ACCEPT_EXAMPLES)(accept)
