"""What a service shows of its contracts: a page without scripts, and the raw documents."""

from __future__ import annotations

import json
import re
from functools import cached_property
from inspect import getdoc
from pathlib import Path
from typing import TYPE_CHECKING

from jinja2 import PackageLoader, StrictUndefined
from jinja2.sandbox import ImmutableSandboxedEnvironment
from markupsafe import Markup, escape

from shared.contracts.asyncapi import Party, as_yaml, asyncapi
from shared.contracts.examples import example_of
from shared.contracts.messages import data_of
from shared.contracts.openapi import openapi
from shared.contracts.schemas import Json, name_of, schema_of
from shared.contracts.site.fields import resolved, rows, words
from shared.events import EVENTS, Event

if TYPE_CHECKING:
    from fastapi import FastAPI

    from shared.service.app import Service

JSON = "application/json"
HEADERS = {
    "Content-Security-Policy": "default-src 'none'; style-src 'self'; base-uri 'none'; form-action 'none'; "
    "frame-ancestors 'none'",
    "X-Content-Type-Options": "nosniff",
    "Referrer-Policy": "no-referrer",
}
_pages = ImmutableSandboxedEnvironment(
    loader=PackageLoader("shared.contracts.site", ""),
    undefined=StrictUndefined,
    autoescape=True,
    trim_blocks=True,
    lstrip_blocks=True,
)


def _code(text: str) -> Markup:
    """What stands between backticks as code."""
    return Markup(re.sub(r"`([^`]+)`", r"<code>\1</code>", str(escape(text))))


_pages.filters["code"] = _code


class Site:
    """The documents of one service, each made when it is first asked for."""

    HEADERS = HEADERS

    def __init__(self, service: Service, api: FastAPI) -> None:
        self._service, self._api, self._party = service, api, Party.of(service)
        self._events = [kind for kind in EVENTS if kind in (*self._party.reads, *self._party.says)]

    @cached_property
    def openapi(self) -> Json:
        """The service's routes."""
        return openapi(self._api, self._service.posts)

    @cached_property
    def asyncapi(self) -> str:
        """What the service reads and says, as YAML."""
        return as_yaml(asyncapi(f"Upheld {self._service.name}", [self._party]))

    @cached_property
    def schemas(self) -> dict[str, Json]:
        """The schemas of the events that the service reads or says, by the names of their files."""
        return {name_of(kind): schema_of(kind) for kind in self._events}

    @cached_property
    def style(self) -> str:
        """The page's style sheet."""
        return Path(__file__).with_name("contracts.css").read_text()

    @cached_property
    def page(self) -> str:
        """All of it as HTML, without scripts."""
        return _pages.get_template("contracts.html").render(
            service=self._service.name,
            about=(self._service.about or "").strip(),
            version=self.openapi["info"]["version"],
            events=[_event(self._party, kind, self.schemas[name_of(kind)]) for kind in self._events],
            routes=[
                _route(self.openapi, method, path, operation)
                for kind in ("paths", "webhooks")
                for path, operations in self.openapi.get(kind, {}).items()
                for method, operation in operations.items()
            ],
        )


def _event(party: Party, kind: type[Event], schema: Json) -> Json:
    example = example_of(kind)
    return {
        "title": kind.__name__,
        "name": name_of(kind),
        "type": kind.type_name(),
        "does": " and ".join(verb for verb, kinds in (("reads", party.reads), ("says", party.says)) if kind in kinds),
        "topic": kind.TOPIC,
        "key": kind.KEY,
        "by": kind.PRODUCER or "anyone with rights on the topic",
        "says": getdoc(kind),
        "fields": rows(schema, schema),
        "headers": "\n".join(f"{name}: {value}" for name, value in example.headers.items()),
        "example": json.dumps(data_of(example), indent=2, ensure_ascii=False),
    }


def _route(document: Json, method: str, path: str, operation: Json) -> Json:
    body = operation.get("requestBody")
    schema = body and body["content"][JSON]["schema"]
    return {
        "method": method.upper(),
        "path": path,
        "id": operation["operationId"],
        "says": operation["summary"],
        "more": operation.get("description", ""),
        "roles": [role for scheme in operation.get("security", ()) for roles in scheme.values() for role in roles],
        "parameters": [
            _parameter(resolved(parameter, document), document) for parameter in operation.get("parameters", ())
        ],
        "body": rows(schema, document) if schema else [],
        "answers": [
            _answer(status, resolved(answer, document), document) for status, answer in operation["responses"].items()
        ],
    }


def _parameter(parameter: Json, document: Json) -> Json:
    return {
        "name": parameter["name"],
        "place": parameter["in"],
        "type": words(parameter["schema"], document),
        "required": parameter.get("required", False),
        "says": parameter.get("description", ""),
    }


def _answer(status: str, answer: Json, document: Json) -> Json:
    schema = answer.get("content", {}).get(JSON, {}).get("schema")
    return {"status": status, "says": answer["description"], "fields": rows(schema, document) if schema else []}
