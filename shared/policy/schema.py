"""The JSON Schema of a policy file, from the form itself: for editors, and for whoever writes policies by program.

It says what a file may hold. That its names fit together (a rule's clause, a target's calendar) `parse_policy` says.
"""

from __future__ import annotations

import json
from typing import Any

from shared.policy.form import Policy

ID = "urn:upheld:policy.v1"


def policy_schema() -> dict[str, Any]:
    """The schema of the whole file (JSON Schema 2020-12)."""
    schema = Policy.model_json_schema(by_alias=True, mode="validation")
    return {
        "$schema": "https://json-schema.org/draft/2020-12/schema",
        "$id": ID,
        **_plain(schema),
        "title": "A policy file of Upheld",
    }


def _plain(schema: Any) -> Any:
    """Without the titles that are made from names: they say nothing that the name does not."""
    match schema:
        case {"properties": dict(fields), **rest}:
            shown = {name: _plain({k: v for k, v in field.items() if k != "title"}) for name, field in fields.items()}
            return {**{name: _plain(value) for name, value in rest.items()}, "properties": shown}
        case dict():
            return {name: _plain(value) for name, value in schema.items()}
        case list():
            return [_plain(item) for item in schema]
    return schema


if __name__ == "__main__":  # python -m shared.policy.schema > schemas/policy.v1.json
    print(json.dumps(policy_schema(), indent=2))
