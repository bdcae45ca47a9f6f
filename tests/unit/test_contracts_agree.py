"""The schemas and the code agree: what one refuses the other refuses too, tried on every field of every example."""

from __future__ import annotations

import copy
import json
import re
from collections.abc import Callable, Iterator
from typing import Any

import pytest
from fastapi.routing import iter_route_contexts
from jsonschema import Draft202012Validator
from pydantic import ValidationError

from shared.contracts.examples import EXAMPLES
from shared.contracts.openapi import openapi
from shared.contracts.schemas import schema_of
from shared.contracts.site.fields import resolved
from shared.events import EVENTS, Event
from shared.service import App
from shared.settings import SERVICES, Settings
from upheld.contracts.promises import service_of

Json = dict[str, Any]
Path = tuple[str | int, ...]
GONE = object()
VALUES: tuple[object, ...] = (
    *(GONE, None, True, 0, -1, 1.5, "", " ", "x", "x" * 201, "x" * 10_001, "a\u0000b"),
    *([], ["x"], ["x"] * 51, [None], {}, {"x": "y"}, "2026-03-02T09:00:00", "2026-03-02T09:00:00+01:00"),
)
DURATION = r"-?P(?!$)(\d+Y)?(\d+M)?(\d+W)?(\d+D)?(T(?=\d)(\d+H)?(\d+M)?(\d+(\.\d+)?S)?)?"
FORMATS = copy.deepcopy(Draft202012Validator.FORMAT_CHECKER)


@FORMATS.checks("duration")
def is_duration(value: object) -> bool:
    return not isinstance(value, str) or re.fullmatch(DURATION, value) is not None


def sample(schema: Json, root: Json) -> Any:
    """Something that is as the schema says, with every field."""
    schema = resolved(schema, root)
    match schema:
        case {"anyOf": [first, *_]}:
            return sample(first, root)
        case {"const": value} | {"enum": [value, *_]}:
            return value
        case {"properties": dict(fields)}:
            return {name: sample(field, root) for name, field in fields.items()}
        case {"type": "array", "items": items}:
            return [sample(items, root)]
        case {"format": "date-time"}:
            return "2026-03-02T09:00:00Z"
        case {"format": "uuid"}:
            return "b5d675b1-fe9c-5d37-9dd4-dba3db3ad196"
        case {"type": "boolean"}:
            return True
        case {"type": "integer"}:
            return schema.get("minimum", 1)
        case {"type": "object"}:
            return {}
    return "x"


def places(data: Any, above: Path = ()) -> Iterator[Path]:
    """Every field and item, and the whole."""
    yield above
    for step, value in data.items() if isinstance(data, dict) else enumerate(data) if isinstance(data, list) else ():
        yield from places(value, (*above, step))


def changed(data: Any, place: Path, value: object) -> Any:
    if not place:
        return {} if value is GONE else value
    data = copy.deepcopy(data)
    holder = data
    for step in place[:-1]:
        holder = holder[step]
    if value is GONE:
        del holder[place[-1]]
    else:
        holder[place[-1]] = value
    return data


def disagreements(data: Json, validator: Draft202012Validator, takes: Callable[[Any], bool]) -> list[str]:
    assert validator.is_valid(data)
    assert takes(data)
    tried = [
        (place, value, changed(data, place, value))
        for place in places(data)
        for value in (*VALUES, *({**holder, "unknown": 1} for holder in [data] if not place))
    ]
    return [
        f"{'.'.join(map(str, place))} = {'gone' if value is GONE else repr(value)[:40]}: the schema "
        f"{'takes' if not takes(given) else 'refuses'} it"
        for place, value, given in tried
        if validator.is_valid(given) != takes(given)
    ]


def takes(model: Any) -> Callable[[Any], bool]:
    def take(data: Any) -> bool:
        try:
            model.model_validate_json(json.dumps(data))
        except ValidationError as error:
            # What fields may not be together is said in words: no schema can.
            return all(found["loc"] == () and found["type"] == "value_error" for found in error.errors())
        return True

    return take


@pytest.mark.parametrize("kind", EVENTS, ids=lambda kind: kind.NAME)
def test_an_events_schema_and_its_class_refuse_the_same(kind: type[Event]) -> None:
    validator = Draft202012Validator(schema_of(kind), format_checker=FORMATS)
    data = json.loads(EXAMPLES[kind].event.encode())

    assert disagreements(data, validator, takes(kind)) == []


@pytest.mark.parametrize("name", SERVICES)
def test_a_bodys_schema_and_its_model_refuse_the_same(name: str) -> None:
    api = App(service_of(name), Settings.model_construct()).web.api
    document = openapi(api)
    for route in iter_route_contexts(api.routes):
        for dependency in route.dependant.dependencies:
            if (model := getattr(dependency.call, "model", None)) is not None:
                schema = {"$ref": f"#/components/schemas/{model.__name__}", "components": document["components"]}
                validator = Draft202012Validator(schema, format_checker=FORMATS)

                assert disagreements(sample(schema, document), validator, takes(model)) == [], model.__name__
