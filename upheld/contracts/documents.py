"""Every file that says what Upheld promises, made from the code."""

from __future__ import annotations

import importlib
import json
from typing import Any

from shared.contracts.asyncapi import COMMAND, Party, as_yaml, asyncapi
from shared.contracts.examples import EXAMPLES
from shared.contracts.messages import data_of
from shared.contracts.openapi import openapi
from shared.contracts.schemas import POLICY, name_of, policy_schema, schema_of
from shared.events import EVENTS
from shared.service import App, Service
from shared.settings import SERVICES, Settings
from shared.settings import schema_of as package_of


def documents() -> dict[str, str]:
    """Path in the repository -> text, of every document."""
    services = [service_of(name) for name in SERVICES]
    made = {
        "docs/asyncapi.yaml": as_yaml(asyncapi("Upheld", [*(Party.of(service) for service in services), COMMAND])),
    }
    made |= {f"schemas/{name_of(kind)}.json": as_json(schema_of(kind)) for kind in EVENTS}
    made[f"schemas/{POLICY}.json"] = as_json(policy_schema())
    # The defaults, whatever this machine's environment says.
    defaults = Settings.model_construct()
    for service in services:
        made[f"docs/openapi/{service.name}.json"] = as_json(openapi(App(service, defaults).web.api, service.posts))
    return made


def golden_messages() -> dict[str, str]:
    """Path in the repository -> text, of one message an event and version, as it lies on Kafka."""
    return {
        f"tests/contracts/{name_of(kind)}.json": as_json(
            {"topic": kind.TOPIC, "key": example.key, "headers": example.headers, "value": data_of(example)}
        )
        for kind, example in EXAMPLES.items()
    }


def service_of(name: str) -> Service:
    """The service's card."""
    service: Service = importlib.import_module(f"services.{package_of(name)}.app").service
    return service


def as_json(data: Any) -> str:
    """As the files have it: readable, in the order in which it was made."""
    return json.dumps(data, indent=2, ensure_ascii=False) + "\n"
