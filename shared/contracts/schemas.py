"""The JSON Schemas: of each event, what its data looks like and where it lies; and of a policy file."""

from __future__ import annotations

from typing import Any

from shared.events import Event
from shared.policy import Policy

Json = dict[str, Any]

DIALECT = "https://json-schema.org/draft/2020-12/schema"
POLICY = "policy.v1"
"""The form of policy files, as its schema is called."""


def name_of(kind: type[Event]) -> str:
    """`issuereported.v1`: the event and its version, as the files are called."""
    return f"{kind.NAME}.v{kind.VERSION}"


def schema_of(kind: type[Event]) -> Json:
    """The schema of an event's data.

    A field that need not be there is not required, also where Upheld always writes it: messages that were written
    before there was such a field are read as well.
    """
    schema = kind.model_json_schema(by_alias=True, mode="validation")
    return {
        "$schema": DIALECT,
        "$id": f"urn:upheld:{name_of(kind)}",
        "title": kind.__name__,
        "x-type": kind.type_name(),
        "x-topic": kind.TOPIC,
        "x-key": kind.KEY,
        "x-producer": kind.PRODUCER,
        **plain(schema),
    }


def policy_schema() -> Json:
    """The schema of a policy file, from its form: what it may hold, for editors and for who writes it by program.

    That its names fit together (a rule's clause, a target's calendar) `parse_policy` says.
    """
    schema = Policy.model_json_schema(by_alias=True, mode="validation")
    return {"$schema": DIALECT, "$id": f"urn:upheld:{POLICY}", **plain(schema), "title": "A policy file of Upheld"}


def plain(schema: Any) -> Any:
    """Without the titles that pydantic derives from names: they say nothing that the name does not."""
    match schema:
        case {"properties": dict(fields), **rest}:
            shown = {name: plain({k: v for k, v in field.items() if k != "title"}) for name, field in fields.items()}
            return {**{name: plain(value) for name, value in rest.items()}, "properties": shown}
        case dict():
            return {name: plain(value) for name, value in schema.items()}
        case list():
            return [plain(item) for item in schema]
    return schema
