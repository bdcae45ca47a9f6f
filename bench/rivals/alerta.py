"""Alerta (PyPI `alerta-server`): `POST /alert`, under gunicorn, on Postgres, with an API key."""

from __future__ import annotations

import asyncio
import json

from bench.hammer import ID, Target
from bench.house import House
from bench.rivals.serving import gunicorn
from bench.rivals.venv import python_of
from upheld.stack import Progress

ADMIN, KEY = "admin@bench.example", "bench-key-of-alerta-0123456789abcdef"


async def start(house: House, progress: Progress) -> Target:
    """Run it in this installation's database; where its alerts are sent."""
    python = await asyncio.to_thread(python_of, "alerta", progress)
    settings = house.folder / "alertad.conf"
    settings.write_text(
        f"DATABASE_URL = {house.database_url!r}\n"
        "DATABASE_NAME = None\n"
        "AUTH_REQUIRED = True\n"
        f"ADMIN_USERS = [{ADMIN!r}]\n"
        "SECRET_KEY = 'bench'\n"
    )
    environment = {"ALERTA_SVR_CONF_FILE": str(settings)}
    command = "from alerta.commands import cli; cli()"  # what its script `alertad` does
    await house.finish("alertad", [python, "-c", command, "key", "--username", ADMIN, "--key", KEY], environment)
    port = await gunicorn(house, "alerta", python, "alerta:create_app()", environment, "--threads", "4")
    alert = {
        "resource": ID.decode(),
        "event": "CallsFail",
        "environment": "Production",
        "severity": "major",
        "service": ["voice"],
        "group": "Network",
        "value": "503",
        "text": "Outbound calls from our main number fail with 503 since this morning; about one call in two gets "
        "through, and the others end before they ring. Nothing was changed on our side, and other numbers work.",
        "tags": ["account-1"],
        "attributes": {"account": "account-1", "workaround": "none"},
        "origin": "bench",
    }
    return Target(
        port, "/alert", {"Authorization": f"Key {KEY}", "Content-Type": "application/json"}, json.dumps(alert)
    )
