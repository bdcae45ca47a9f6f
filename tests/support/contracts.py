"""A schema, and changes of it."""

from __future__ import annotations

import copy
from collections.abc import Callable
from typing import Any

Json = dict[str, Any]
Change = Callable[[Json], object]

BEFORE: Json = {
    "type": "object",
    "required": ["id", "state"],
    "properties": {
        "id": {"type": "string", "minLength": 1, "maxLength": 200},
        "state": {"enum": ["open", "closed"], "type": "string"},
        "at": {"type": "string", "format": "date-time"},
        "count": {"type": "integer", "minimum": 0},
        "note": {"anyOf": [{"type": "string"}, {"type": "null"}], "default": None},
        "tags": {"type": "array", "items": {"type": "string"}, "maxItems": 50},
        "targets": {"type": "object", "additionalProperties": {"$ref": "#/$defs/Target"}},
        "actor": {"$ref": "#/$defs/Actor"},
    },
    "$defs": {
        "Target": {"type": "object", "required": ["hours"], "properties": {"hours": {"type": "integer"}}},
        "Actor": {
            "type": "object",
            "required": ["kind"],
            "properties": {"kind": {"const": "agent"}, "name": {"type": "string"}},
            "additionalProperties": False,
        },
    },
}


def after(change: Change) -> Json:
    schema = copy.deepcopy(BEFORE)
    change(schema)
    return schema


def fields(schema: Json) -> Json:
    found: Json = schema["properties"]
    return found


def needs(name: str, field: Json | None = None) -> Change:
    def change(schema: Json) -> None:
        schema["required"].append(name)
        if field is not None:
            fields(schema)[name] = field

    return change
