"""`upheld policy`: an SLA as data, checked and published."""

from __future__ import annotations

from datetime import UTC, datetime
from typing import Annotated

import typer

from shared.events import PolicyPublished
from shared.policy import Policy, PolicyError, parse_policy
from shared.settings import Settings
from upheld.cli.common import JsonFlag, console, examples, group, moment, note, print_json, run, settings_of
from upheld.cli.values import read_text
from upheld.client import publish_events
from upheld.errors import Misused

policy = group("The SLA as data: check a policy file, and put it into effect.")


@policy.callback()
def _group() -> None:
    pass


@policy.command(
    "apply",
    epilog=examples(
        "upheld policy apply deploy/policies/plivo.yaml",
        "upheld policy apply --check my-sla.yaml",
        "upheld policy apply --json my-sla.yaml | jq -r .sha256",
    ),
)
def apply(
    file: Annotated[str, typer.Argument(metavar="FILE", help="The policy file, YAML; - reads stdin.")],
    check: Annotated[bool, typer.Option("--check", help="Only say whether the file holds; publish nothing.")] = False,
    as_json: JsonFlag = False,
) -> None:
    """Check a policy file and publish it; every fault is named with its field and line.

    A version is known by its SHA-256: the same file again changes nothing. It decides from its `effective` date on.
    """
    settings = settings_of()
    found = parsed(read_text(file), file)
    if not check:
        run(publish_policy(settings, found))
    phone = found.support.phone or settings.support_phone
    if as_json:
        print_json(
            {
                "policy": found.policy,
                "version": found.version,
                "sha256": found.sha256,
                "effective": found.effective.astimezone(UTC).isoformat(),
                "plans": sorted(found.plans),
                "phone": phone,
                "published": not check,
            }
        )
    else:
        console().print(
            f"{'The file holds' if check else 'Published'}: policy {found.policy} {found.version}, "
            f"effective {moment(found.effective)}"
        )
        console().print(f"SHA-256 {found.sha256}; plans {', '.join(sorted(found.plans))}")
    if phone is None:
        note(
            "The policy has no support.phone and UPHELD_SUPPORT_PHONE is not set here. Each notification must name "
            "the number (SLA B.2): write support.phone into the file, or start the services with "
            "UPHELD_SUPPORT_PHONE set.",
            warning=True,
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
    await publish_events(
        settings,
        [
            PolicyPublished(
                sha256=found.sha256,
                id=found.policy,
                version=found.version,
                effective=found.effective,
                published_at=datetime.now(UTC),
                text=found.text,
            )
        ],
    )
