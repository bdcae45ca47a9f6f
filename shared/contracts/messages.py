"""Each event as AsyncAPI messages: its CloudEvents headers, its key, and the forms in which it is read."""

from __future__ import annotations

import json
from inspect import getdoc
from typing import Any

from shared.contracts.examples import Example, example_of
from shared.contracts.schemas import Json
from shared.envelope import JSON, MAX_ATTRIBUTE, PLAIN_TOPICS, STRUCTURED
from shared.events import Event

SCHEMAS = "#/components/schemas/"
_ID = {"type": "string", "minLength": 1, "maxLength": MAX_ATTRIBUTE}
_ATTRIBUTES: dict[str, Json] = {
    "specversion": {"const": "1.0"},
    "id": {**_ID, "description": "Unique for this source; with it the identity of the event."},
    "source": {**_ID, "description": "Who says it."},
    "type": {**_ID, "description": "The event and its major version."},
    "subject": {**_ID, "description": "The ticket's number."},
    "time": {"type": "string", "format": "date-time", "description": "When it occurred; else when it was appended."},
    "sequence": {
        "type": "string",
        "pattern": "^[1-9][0-9]{0,8}$",
        "description": "1..n for each ticket and source, without gaps.",
    },
    "correlationid": {**_ID, "description": "The same on everything that one report or act caused."},
}
_TRACEPARENT: Json = {"type": "string", "description": "W3C trace context; one that is not of its form is no trace."}
_ASKED = ("specversion", "id", "source", "type")
_OURS = (*_ASKED, "subject", "time", "sequence", "correlationid")


def messages_of(kind: type[Event]) -> dict[str, Json]:
    """The messages by name: binary mode, and where others write or delete, the further forms."""
    messages = {kind.__name__: _binary(kind)}
    if kind.TOPIC in PLAIN_TOPICS:
        messages[f"{kind.__name__}Structured"] = _structured(kind)
        messages[f"{kind.__name__}Plain"] = _plain(kind)
    if kind.PRODUCER is None and kind.TOPIC not in PLAIN_TOPICS:
        messages[f"{kind.__name__}Deletion"] = _deletion(kind)
    return messages


def _binary(kind: type[Event]) -> Json:
    example = example_of(kind)
    return _message(
        kind,
        title=f"{kind.__name__}, CloudEvents in binary mode",
        content_type=JSON,
        headers={
            "type": "object",
            "required": [f"ce_{name}" for name in _required(kind)],
            "properties": {
                **{f"ce_{name}": schema for name, schema in _attributes(kind).items()},
                "traceparent": _TRACEPARENT,
                "content-type": {"const": JSON},
            },
        },
        payload={"$ref": SCHEMAS + kind.__name__},
        example={"headers": example.headers, "payload": data_of(example)},
    )


def _structured(kind: type[Event]) -> Json:
    example = example_of(kind)
    attributes = {name.removeprefix("ce_"): value for name, value in example.headers.items() if name.startswith("ce_")}
    return _message(
        kind,
        title=f"{kind.__name__}, CloudEvents in structured mode",
        content_type=STRUCTURED,
        headers={
            "type": "object",
            "required": ["content-type"],
            "properties": {"content-type": {"type": "string", "pattern": "^application/cloudevents"}},
        },
        payload={
            "type": "object",
            "required": [*_required(kind), "data"],
            "properties": {
                **_attributes(kind),
                "traceparent": _TRACEPARENT,
                "datacontenttype": {"const": JSON},
                "data": {"$ref": SCHEMAS + kind.__name__},
            },
        },
        example={
            "headers": {"content-type": STRUCTURED},
            "payload": {**attributes, "datacontenttype": JSON, "data": data_of(example)},
        },
    )


def _plain(kind: type[Event]) -> Json:
    filled_in = "`issue_id`" if kind.TOPIC == "issues" else ""
    data = {name: value for name, value in data_of(example_of(kind)).items() if f"`{name}`" != filled_in}
    says = "The attributes are filled in: `id` from topic, partition and offset, `source` from the key."
    return _message(
        kind,
        title=f"{kind.__name__}, plain JSON without CloudEvents",
        content_type=JSON,
        headers=None,
        payload={"$ref": f"{SCHEMAS}{kind.__name__}Plain" if filled_in else SCHEMAS + kind.__name__},
        example={"payload": data},
        description=says + (f" Without {filled_in} the same is the issue's." if filled_in else ""),
    )


def _deletion(kind: type[Event]) -> Json:
    return _message(
        kind,
        title=f"A null value: what the key named is no more ({kind.__name__})",
        content_type=JSON,
        headers=None,
        payload={"type": "null"},
        example={"payload": None},
    )


def _message(
    kind: type[Event],
    *,
    title: str,
    content_type: str,
    headers: Json | None,
    payload: Json,
    example: Json,
    description: str | None = None,
) -> Json:
    message: Json = {"name": kind.type_name(), "title": title, "contentType": content_type, "payload": payload}
    message["description"] = description or getdoc(kind) or ""
    if headers is not None:
        message["headers"] = headers
    message["bindings"] = {"kafka": {"key": key_of(kind), "bindingVersion": "0.5.0"}}
    message["examples"] = [{"name": example_of(kind).key, "summary": f"Key: {example_of(kind).key}", **example}]
    return message


def _attributes(kind: type[Event]) -> dict[str, Json]:
    fixed: dict[str, Any] = {"type": kind.type_name(), "source": kind.PRODUCER}
    return {
        name: {"const": fixed[name], "description": schema["description"]} if fixed.get(name) else schema
        for name, schema in _ATTRIBUTES.items()
    }


def _required(kind: type[Event]) -> tuple[str, ...]:
    return _ASKED if kind.PRODUCER is None else _OURS


def key_of(kind: type[Event]) -> Json:
    """The Kafka key: a field of the event, or what the class says in words."""
    field = kind.model_json_schema().get("properties", {}).get(kind.KEY)
    if field is None:
        return {"type": "string", "description": kind.KEY}
    said = {name: value for name, value in field.items() if name in ("type", "format", "pattern", "maxLength")}
    return {**said, "description": f"`{kind.KEY}` of the event."}


def data_of(example: Example) -> Json:
    """The example's data as it lies in the log."""
    data: Json = json.loads(example.event.encode())
    return data
