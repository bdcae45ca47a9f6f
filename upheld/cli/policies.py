"""`upheld policy validate | apply`: an SLA as data, checked and published."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Annotated

import typer

from shared.events import AccountChanged, PolicyPublished
from shared.policy import Policies, Policy, PolicyError, parse_policy
from shared.settings import Settings
from upheld.amendments import Affected, affected, conflict, superseded_by
from upheld.cli import policy_views as views
from upheld.cli.common import JsonFlag, console, examples, group, moment, note, print_json, run, settings_of
from upheld.cli.reference import published_accounts, published_versions
from upheld.cli.turns import turn
from upheld.cli.values import read_text
from upheld.client import publish_events, require_fits
from upheld.errors import CommandError, Misused

policy = group("The SLA as data: check a policy file, compare versions, put one into effect.")


@policy.callback()
def _group() -> None:
    pass


@policy.command(
    "validate",
    epilog=examples(
        "upheld policy validate my-sla.yaml",
        "upheld policy validate deploy/policies/*.yaml",
        "upheld policy validate --json my-sla.yaml | jq '.files[].errors'",
    ),
)
def validate(
    file: Annotated[list[str], typer.Argument(metavar="FILE...", help="Policy files, YAML; - reads stdin.")],
    as_json: JsonFlag = False,
) -> None:
    """Say whether policy files hold; every fault with its field, its line and what to do. Asks nobody.

    Exit code 2 if one does not hold.
    """
    texts = [(name, read_text(name)) for name in file]
    results = [(name, *_tried(text)) for name, text in texts]
    if as_json:
        print_json(
            {
                "files": [
                    {
                        "file": name,
                        "valid": found is not None,
                        **(views.ref_json(found) if found is not None else {}),
                        "errors": [{"field": at, "line": line, "message": words} for at, words, line in faults],
                    }
                    for name, found, faults in results
                ]
            }
        )
        if any(found is None for _, found, _ in results):
            raise typer.Exit(Misused.code)
        return
    for name, found, _ in results:
        if found is not None:
            console().print(
                f"{name} holds: {views.name_of(found)}, effective {moment(found.effective)}, SHA-256 {found.sha256}"
            )
    wrong = [(name, at, words, line) for name, _, faults in results for at, words, line in faults]
    if wrong:
        files = sorted({name for name, *_ in wrong})
        several = len(file) > 1
        raise Misused(
            f"{', '.join(files)}: no policy that can be applied.",
            errors=[(f"{name}: {at}" if several else at, f"{words} (line {line})") for name, at, words, line in wrong],
        )


def _tried(text: str) -> tuple[Policy | None, Sequence[tuple[str, str, int]]]:
    try:
        return parse_policy(text), ()
    except PolicyError as error:
        return None, error.faults


@policy.command(
    "apply",
    epilog=examples(
        "upheld policy apply deploy/policies/plivo.yaml",
        "upheld policy apply --dry-run my-sla.yaml",
        "upheld policy apply --json my-sla.yaml | jq '.accounts[] | select(.state == \"kept\")'",
    ),
)
def apply(
    file: Annotated[str, typer.Argument(metavar="FILE", help="The policy file, YAML; - reads stdin.")],
    dry_run: Annotated[
        bool, typer.Option("--dry-run", help="Only say whom it would keep on what; publish nothing.")
    ] = False,
    check: Annotated[
        bool, typer.Option("--check", help="Only say whether the file holds, as `validate` does; ask nobody.")
    ] = False,
    as_json: JsonFlag = False,
) -> None:
    """Check a policy file and publish it; it decides from its `effective` date on.

    Every account gets what is better at once. Where a change would be a material degradation, the account keeps what it
    had, until somebody accepts the version for it or its term is renewed: it is said who keeps what, and why.

    A version is immutable and known by its SHA-256: the same file again changes nothing; the same policy and version
    with other contents is refused.
    """
    settings = settings_of()
    found = parsed(read_text(file), file)
    done = Applied(False, (), None) if check else run(apply_policy(settings, found, dry_run=dry_run))
    phone = found.support.phone or settings.support_phone
    if as_json:
        kept = sum(item.state == "kept" for item in done.accounts)
        print_json(
            {
                **views.ref_json(found),
                "plans": sorted(found.plans),
                "phone": phone,
                "published": done.published,
                "superseded_by": views.ref_json(done.superseded_by) if done.superseded_by is not None else None,
                "kept": kept,
                "accounts": [views.affected_json(item) for item in done.accounts],
            }
        )
    else:
        word = (
            "The file holds"
            if check
            else "Published"
            if done.published
            else "Not published"
            if dry_run
            else "Published before"
        )
        console().print(f"{word}: policy {views.name_of(found)}, effective {moment(found.effective)}")
        console().print(f"SHA-256 {found.sha256}; plans {', '.join(sorted(found.plans))}")
        for line in views.affected_lines(done.accounts, found):
            console().print(line, soft_wrap=True)
    warn_of_superseded(found, done)
    if phone is None:
        note(
            "The policy has no support.phone and UPHELD_SUPPORT_PHONE is not set here. Each notification must name "
            "the number (SLA B.2): write support.phone into the file, or start the services with "
            "UPHELD_SUPPORT_PHONE set.",
            warning=True,
        )


@dataclass(frozen=True, slots=True)
class Applied:
    """Whether a version was published now, what it does to whom, and which one is in effect instead of it."""

    published: bool
    accounts: Sequence[Affected]
    superseded_by: Policy | None


async def apply_policy(settings: Settings, new: Policy, *, dry_run: bool = False) -> Applied:
    """Put it into effect, once; with `dry_run` only say what that would do.

    Raises CommandError where the same version is published with other contents, Misused for one that is too large.
    """
    require_fits(event_of(new))
    accounts = await published_accounts(settings)
    if dry_run:
        policies = await published_versions(settings)
        refuse_conflict(policies, new)
        return _applied(policies, new, accounts.values(), published=False)
    async with turn(settings, "policies") as mine:
        policies = await published_versions(settings)
        refuse_conflict(policies, new)
        if missing := policies.by_sha(new.sha256) is None:
            await mine.publish([event_of(new)])
    return _applied(policies, new, accounts.values(), published=missing)


def _applied(policies: Policies, new: Policy, accounts: Iterable[AccountChanged], *, published: bool) -> Applied:
    now = datetime.now(UTC)
    return Applied(published, tuple(affected(policies, new, accounts, now)), superseded_by(policies, new, now))


def warn_of_superseded(new: Policy, done: Applied) -> None:
    """Whoever publishes a version means it to decide."""
    if (other := done.superseded_by) is not None:
        note(
            f"{views.name_of(new)} is superseded by {views.name_of(other)}, effective {moment(other.effective)}. A "
            "version that is to decide needs an `effective` date after that.",
            warning=True,
        )


def refuse_conflict(policies: Policies, new: Policy) -> None:
    """Raises CommandError where the same version is published with other contents."""
    if (known := conflict(policies, new)) is not None:
        raise CommandError(
            f"{new.policy} {new.version} is published already, with other contents: a version is immutable.",
            errors=[("published", f"SHA-256 {known.sha256}"), ("this file", f"SHA-256 {new.sha256}")],
            hint="Give the file a `version` of its own, and the `effective` date from which it is to decide.",
        )


def parsed(text: str, where: str) -> Policy:
    """Raises Misused with a line for each fault."""
    try:
        return parse_policy(text)
    except PolicyError as error:
        raise Misused(
            f"{where} is no policy that can be applied.",
            errors=[(fault.field, f"{fault.message} (line {fault.line})") for fault in error.faults],
        ) from None


async def publish_policy(settings: Settings, found: Policy) -> None:
    """For the services to keep."""
    await publish_events(settings, [event_of(found)])


def event_of(found: Policy) -> PolicyPublished:
    """The whole file, published now."""
    return PolicyPublished(
        sha256=found.sha256,
        id=found.policy,
        version=found.version,
        effective=found.effective,
        published_at=datetime.now(UTC),
        text=found.text,
    )
