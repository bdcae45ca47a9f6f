"""The JSON Schema of each event: what its data looks like, and where it lies."""

from __future__ import annotations

from typing import Any

from shared.events import Event

Json = dict[str, Any]

DIALECT = "https://json-schema.org/draft/2020-12/schema"


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
