"""django-helpdesk: `POST /api/tickets/`, under gunicorn, on Postgres, with a token; no mail is sent."""

from __future__ import annotations

import asyncio
import json

from bench.hammer import ID, Target
from bench.house import House
from bench.rivals.serving import gunicorn
from bench.rivals.venv import python_of
from upheld.stack import Progress

TOKEN = "bench000" * 5


async def start(house: House, progress: Progress) -> Target:
    """Run it in this installation's database; where its tickets are sent."""
    python = await asyncio.to_thread(python_of, "django-helpdesk", progress)
    environment = {
        "DJANGO_SETTINGS_MODULE": "bench.rivals.helpdesk_site.settings",
        "HELPDESK_DATABASE_URL": house.database_url,
    }
    said = await house.finish("prepare", [python, "-m", "bench.rivals.helpdesk_site.prepare", TOKEN], environment)
    queue = int(said.rpartition("queue ")[2].split()[0])
    application = "django.core.wsgi:get_wsgi_application()"
    port = await gunicorn(house, "django_helpdesk", python, application, environment)
    ticket = {
        "queue": queue,
        "title": f"Calls fail {ID.decode()}",
        "description": "Outbound calls from our main number fail with 503 since this morning; about one call in two "
        "gets through, and the others end before they ring. Nothing was changed on our side.",
        "submitter_email": "ann@account-1.example",
        "priority": 2,
        "status": 1,
        "on_hold": False,
    }
    return Target(
        port,
        "/api/tickets/",
        {"Authorization": f"Token {TOKEN}", "Content-Type": "application/json"},
        json.dumps(ticket),
    )
