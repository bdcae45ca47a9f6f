"""`upheld account renew`: the subscription term goes on, under the SLA as it is by then."""

from __future__ import annotations

from datetime import UTC, datetime
from typing import Annotated

import typer

from shared.events import AccountChanged, Agreement, Term
from shared.settings import Settings
from upheld.cli.amendments import agreed
from upheld.cli.common import JsonFlag, clean, console, examples, moment, print_json, run, settings_of
from upheld.cli.reference import published_accounts
from upheld.cli.turns import turn
from upheld.cli.values import a_name, when
from upheld.errors import Misused, NotThere

RENEW_EXAMPLES = examples(
    "upheld account renew acme --until 2028-01-01T00:00:00Z",
    "upheld account renew acme --from 2027-03-01T00:00:00Z --until 2028-03-01T00:00:00Z",
)


def renew(
    id: Annotated[str, typer.Argument(parser=a_name, metavar="ID", help="The account's id.")],
    until: Annotated[
        str | None, typer.Option(parser=when, metavar="TIME", help="The end of the new term; left out: without end.")
    ] = None,
    begin: Annotated[
        str | None,
        typer.Option(
            "--from",
            parser=when,
            metavar="TIME",
            help="Its begin. Default: the end of the present term, or now where that is past.",
        ),
    ] = None,
    by: Annotated[
        str | None, typer.Option(parser=a_name, metavar="NAME", help="Who renewed it, on the account's side.")
    ] = None,
    as_json: JsonFlag = False,
) -> None:
    """Renew an account's subscription term. From its begin on the SLA holds as it is in effect then, whole.

    Support is owed within the term only: the clocks of open tickets go on, or resume where they were cancelled. Time
    between the two terms is not owed.
    """
    settings = settings_of()
    account, starts = run(_renew(settings, id, until, begin, by))
    if as_json:
        print_json({"account": account.id, "term": account.term.model_dump(mode="json"), "renewed": starts.isoformat()})
        return
    end = f" until {moment(account.term.end)}" if account.term.end else ""
    console().print(f"Renewed: account {clean(account.id)} from {moment(starts)}{end}")


async def _renew(
    settings: Settings, id: str, until: str | None, begin: str | None, by: str | None
) -> tuple[AccountChanged, datetime]:
    end = datetime.fromisoformat(until) if until else None
    first = datetime.fromisoformat(begin) if begin else None
    async with turn(settings, "accounts") as mine:
        account = (await published_accounts(settings)).get(id)
        if account is None:
            raise NotThere(f"There is no account {id}.", hint="Publish it: upheld account set --help")
        changed, starts = renewed(account, end, first, by, datetime.now(UTC))
        await mine.publish([changed])
    return changed, starts


def renewed(
    account: AccountChanged, until: datetime | None, begin: datetime | None, by: str | None, now: datetime
) -> tuple[AccountChanged, datetime]:
    """The account with its term renewed, and from when. A term that follows on without a gap is one with the last.

    Raises Misused.
    """
    old = account.term
    if old.end is None:
        raise Misused(f"The term of {account.id} has no end, so that it cannot be renewed.")
    starts = begin or max(old.end, now)
    if until is not None and until <= starts:
        raise Misused(f"The term of {account.id} would end before it begins.", errors=[("--until", "must be later")])
    if starts > old.end > now:
        raise Misused(
            f"The term of {account.id} ends at {moment(old.end)}: until then nothing can begin later than that.",
            errors=[("--from", f"leave it out, or {moment(old.end)} at the latest; else wait for that time")],
        )
    term = Term(start=old.start if starts <= old.end else starts, end=until)
    changed = agreed(account, Agreement(at=starts, cause="renewed", by=by))
    return changed.model_copy(update={"term": term}), starts


def add_to(account: typer.Typer) -> None:
    """The group's further command."""
    account.command("renew", epilog=RENEW_EXAMPLES)(renew)
