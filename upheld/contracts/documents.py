"""Every file that says what Upheld promises, made from the code."""

from __future__ import annotations

import json
from typing import Any

from shared.contracts.asyncapi import COMMAND, Party, as_yaml, asyncapi
from shared.contracts.examples import EXAMPLES
from shared.contracts.messages import data_of
from shared.contracts.schemas import name_of
from shared.settings import SERVICES
from upheld.contracts.promises import promises, service_of


def documents() -> dict[str, str]:
    """Path in the repository -> text, of every document."""
    parties = [Party.of(service_of(name)) for name in SERVICES]
    made = {"docs/asyncapi.yaml": as_yaml(asyncapi("Upheld", [*parties, COMMAND]))}
    return made | {path: as_json(document) for path, document in promises().items()}


def golden_messages() -> dict[str, str]:
    """Path in the repository -> text, of one message an event and version, as it lies on Kafka."""
    return {
        f"tests/contracts/{name_of(kind)}.json": as_json(
            {"topic": kind.TOPIC, "key": example.key, "headers": example.headers, "value": data_of(example)}
        )
        for kind, example in EXAMPLES.items()
    }


def as_json(data: Any) -> str:
    """As the files have it: readable, in the order in which it was made."""
    return json.dumps(data, indent=2, ensure_ascii=False) + "\n"
