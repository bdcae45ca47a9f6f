"""`upheld up`: a whole installation on this machine, until Ctrl-C.

Nothing that is there already is replaced: servers from the environment, schemas, topics, a policy, keys.
"""

from __future__ import annotations

import asyncio
import os
import sys
import threading
from contextlib import suppress
from pathlib import Path
from typing import Annotated, Any
from urllib.parse import urlsplit

import typer
from pydantic import SecretStr
from rich.text import Text

import upheld
from shared.policy import Policy
from shared.settings import SERVICES, Settings, schema_of
from upheld.cli import policy_views as views
from upheld.cli.common import JsonFlag, clean, console, examples, note, print_json, run, settings_of
from upheld.cli.installation import apply_migrations, make_topics
from upheld.cli.keys import new_key
from upheld.cli.policies import apply_policy, parsed, warn_of_superseded
from upheld.cli.reference import published, published_policies
from upheld.cli.values import read_text
from upheld.client import Client, publish_events, wait_for_key
from upheld.errors import Misused, Unreachable
from upheld.stack import Stack, StackError, free_port, start_stack
from upheld.supervisor import Child, Supervisor

Json = dict[str, Any]
READY_WITHIN = 90.0
EXAMPLES = examples(
    "UPHELD_SUPPORT_PHONE='+1 555 0100' upheld up",
    "upheld up --policy my-sla.yaml --port 8201",
    "UPHELD_KAFKA_BOOTSTRAP_SERVERS=kafka:9092 UPHELD_DATABASE_URL=postgresql://owner@db/upheld upheld up",
)


def up(
    policy: Annotated[
        str | None,
        typer.Option(
            metavar="FILE",
            help="The policy to put into effect, as by `policy apply`. Default: plivo.yaml, if none was published yet.",
        ),
    ] = None,
    port: Annotated[
        int | None,
        typer.Option(
            min=0,
            max=65532,
            help="The first of four ports in a row; 0 picks free ones. Default: those of UPHELD_INTAKE_URL "
            "and so on, 8101 to 8104.",
        ),
    ] = None,
    as_json: JsonFlag = False,
) -> None:
    """Start Kafka and Postgres (or use the environment's) and the four services, and keep them running until Ctrl-C.

    It migrates, creates the topics, and where there is none yet publishes a policy, an admin's and an agent's key,
    which are printed once. A service that dies is started again. Logs go to stderr.
    """
    settings = settings_of()
    file = policy or shipped_policy()
    wanted = parsed(read_text(file), file) if file is not None else None
    fresh = not {"UPHELD_KAFKA_BOOTSTRAP_SERVERS", "UPHELD_DATABASE_URL"} & set(os.environ)
    if wanted is not None and (policy is not None or fresh):
        require_phone(settings, wanted)  # before anything is started
    try:
        with start_stack() as stack:
            note(stack.sentence)
            _run_all(_placed(settings, stack, port), stack, wanted, policy is not None, as_json)
    except StackError as error:
        raise Unreachable(str(error)) from None
    raise typer.Exit(130)


def shipped_policy() -> str | None:
    """The policy file that comes with the distribution, or lies in the checkout."""
    package = Path(upheld.__file__).parent
    for place in (package / "policies", package.parent / "deploy" / "policies"):
        if (place / "plivo.yaml").is_file():
            return str(place / "plivo.yaml")
    return None


def require_phone(settings: Settings, policy: Policy) -> None:
    """Each notification contains the support phone number (SLA B.2), so there must be one."""
    if policy.support.phone is None and settings.support_phone is None:
        raise Misused(
            f"The policy {policy.policy} has no support phone number, and every notification must contain it.",
            errors=[("UPHELD_SUPPORT_PHONE", "is not set")],
            hint="Set it: UPHELD_SUPPORT_PHONE='+1 555 0100' upheld up; or write support.phone into the policy.",
        )


def _placed(settings: Settings, stack: Stack, first: int | None) -> Settings:
    """The settings as they are for this installation: its servers, and where its services listen."""
    urls = {}
    for place, service in enumerate(SERVICES):
        url = settings.url_of(service)
        if first is not None:
            url = f"http://127.0.0.1:{first + place if first else free_port()}"
        urls[f"{schema_of(service)}_url"] = url
    return settings.model_copy(
        update={"kafka_bootstrap_servers": stack.kafka, "database_url": SecretStr(stack.database_url), **urls}
    )


def _run_all(settings: Settings, stack: Stack, wanted: Policy | None, insist: bool, as_json: bool) -> None:
    keys = run(_prepare(settings, wanted, insist))
    children = [_child(settings, stack, service) for service in SERVICES]
    with Supervisor(children, on_line=_log) as supervisor:
        lacking = run(_ready(settings, list(keys.values())))
        _report(settings, stack, keys, as_json)
        for service, missing in lacking.items():
            note(f"{service} is not ready: {'; '.join(missing)}", warning=True)
        supervisor.wait()
        note("Stopping.")


async def _prepare(settings: Settings, wanted: Policy | None, insist: bool) -> dict[str, str]:
    """Schemas, topics, a policy and keys; returns the keys made just now by their role."""
    await apply_migrations(settings)
    await make_topics(settings)
    known = await published_policies(settings)
    if insist or not known:
        if wanted is None:
            raise Misused("There is no policy yet.", errors=[("--policy", "is missing")])
        require_phone(settings, wanted)
        done = await apply_policy(settings, wanted)
        note(f"{'Published' if done.published else 'Published before'}: policy {views.name_of(wanted)}.")
        for line in views.affected_lines(done.accounts, wanted) if done.published else ():
            note(line.plain)
        warn_of_superseded(wanted, done)
    elif all(policy.support.phone is None for policy in known):
        require_phone(settings, known[0])
    if await published(settings, "access"):
        return {}
    admin, agent = new_key("admin", name="admin"), new_key("agent", name="agent")
    await publish_events(settings, [admin[1], agent[1]])
    return {"admin": admin[0], "agent": agent[0]}


def _child(settings: Settings, stack: Stack, service: str) -> Child:
    parts = urlsplit(settings.url_of(service))
    port = parts.port or 80
    if parts.hostname not in ("127.0.0.1", "localhost", settings.host):
        raise Misused(
            f"`upheld up` runs {service} on this machine.",
            errors=[
                (f"UPHELD_{schema_of(service).upper()}_URL", f"is {settings.url_of(service)}: unset it, or give --port")
            ],
        )
    environment = {"UPHELD_LOG_FORMAT": "console", **stack.environment}
    if "UPHELD_LOG_FORMAT" in os.environ:
        environment.pop("UPHELD_LOG_FORMAT")
    return Child(service, [sys.executable, "-m", "upheld", "run", service, "--port", str(port)], environment)


async def _ready(settings: Settings, keys: list[str]) -> dict[str, list[str]]:
    """Wait until every service is ready and knows the keys; returns what those lack that are not, after a while."""
    deadline = asyncio.get_running_loop().time() + READY_WITHIN
    lacking: dict[str, list[str]] = {service: ["it has not started"] for service in SERVICES}
    async with Client(settings) as client:
        while lacking and asyncio.get_running_loop().time() < deadline:
            for service in list(lacking):
                missing = await client.missing(service)
                if missing == []:
                    del lacking[service]
                elif missing is not None:
                    lacking[service] = missing
            await asyncio.sleep(0.1)
    for key in keys:
        await wait_for_key(settings, key)
    return lacking


def _report(settings: Settings, stack: Stack, keys: dict[str, str], as_json: bool) -> None:
    urls = {service: settings.url_of(service) for service in SERVICES}
    if as_json:
        print_json({"services": urls, "kafka": stack.kafka, "database_url": stack.database_url, "keys": keys})
        return
    out = console()
    for service, url in urls.items():
        out.print(Text.assemble((f"{service:<16}", "bold"), url))
    out.print(f"{'mail by':<16}{settings.smtp_host}:{settings.smtp_port} (UPHELD_SMTP_HOST, UPHELD_SMTP_PORT)")
    out.print(
        "\nIn another terminal (keys are shown only now):"
        if keys
        else "\nIn another terminal (a key: upheld key create --role agent):"
    )
    exports = {**stack.environment}
    exports |= {
        f"UPHELD_{schema_of(service).upper()}_URL": url
        for service, url in urls.items()
        if url != Settings.model_fields[f"{schema_of(service)}_url"].default
    }
    if settings.topic_prefix:
        exports["UPHELD_TOPIC_PREFIX"] = settings.topic_prefix
    for name, value in exports.items():
        out.print(f"  export {name}='{value}'", soft_wrap=True)
    for role, key in keys.items():
        out.print(f"  export UPHELD_API_KEY={key}   # {role}", soft_wrap=True)
    out.print("\nCtrl-C stops everything.")
    sys.stdout.flush()


_printing = threading.Lock()
_COLOURS = dict(zip(SERVICES, ("cyan", "magenta", "green", "blue"), strict=True))


def _log(name: str, text: str) -> None:
    """A service's line, on stderr."""
    with _printing, suppress(BrokenPipeError):
        console(stderr=True).print(
            Text.assemble((f"{name:<15}", _COLOURS.get(name, "")), " ", clean(text)), soft_wrap=True
        )
