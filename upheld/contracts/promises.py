"""The schemas and the routes' documents: what the gate compares, made without any example.

A change that breaks an event breaks its example as well; the gate must come so far as to say why.
"""

from __future__ import annotations

import importlib

from shared.contracts.openapi import openapi
from shared.contracts.schemas import POLICY, Json, name_of, policy_schema, schema_of
from shared.events import EVENTS
from shared.service import App, Service
from shared.settings import SERVICES, Settings
from shared.settings import schema_of as package_of


def promises() -> dict[str, Json]:
    """Path in the repository -> document."""
    made = {f"schemas/{name_of(kind)}.json": schema_of(kind) for kind in EVENTS}
    made[f"schemas/{POLICY}.json"] = policy_schema()
    # The defaults, whatever this machine's environment says.
    defaults = Settings.model_construct()
    for service in map(service_of, SERVICES):
        made[f"docs/openapi/{service.name}.json"] = openapi(App(service, defaults).web.api, service.posts)
    return made


def service_of(name: str) -> Service:
    """The service's card."""
    service: Service = importlib.import_module(f"services.{package_of(name)}.app").service
    return service
