"""Every answer that a test gets is held against the service's own OpenAPI document: status, form, and no field more.

So the document is true as far as the tests go, and they go everywhere.
"""

from __future__ import annotations

import copy
import re
from functools import cache
from typing import Any

import httpx2
from jsonschema import Draft202012Validator

from shared.contracts.openapi import openapi
from shared.service import App
from shared.settings import Settings
from upheld.contracts.promises import service_of

Json = dict[str, Any]
ANYWHERE = frozenset({404, 405})
"""What an address or a method that is not there answers; no document lists those."""


async def hold(service: str, response: httpx2.Response) -> None:
    """Raises AssertionError where the answer is not what the service's document says."""
    await response.aread()
    document = document_of(service)
    path, method = response.request.url.path, response.request.method
    route = _route(document, path)
    if route is None or method.lower() not in document["paths"][route]:
        assert response.status_code in ANYWHERE or path.startswith("/contracts"), f"{method} {path} is in no document"
        return
    where = f"{method} {route} of {service} answers {response.status_code}"
    answers = document["paths"][route][method.lower()]["responses"]
    assert str(response.status_code) in answers, f"{where}, which docs/openapi does not say: put it into @answers"
    content = _resolved(answers[str(response.status_code)], document)["content"]
    media = response.headers["content-type"].partition(";")[0]
    assert media in content, f"{where} with {media}, not {' or '.join(content)}"
    if media.endswith("json"):
        schema = {**content[media]["schema"], "components": document["components"]}
        found = [
            f"{'.'.join(map(str, error.absolute_path)) or 'body'}: {error.message}"
            for error in Draft202012Validator(schema, format_checker=Draft202012Validator.FORMAT_CHECKER).iter_errors(
                response.json()
            )
        ]
        assert not found, f"{where}, and its model in @answers says otherwise: {'; '.join(found)}"


@cache
def document_of(service: str) -> Json:
    """The service's document, in which no object may hold a field that it does not name."""
    document = copy.deepcopy(openapi(App(service_of(service), Settings.model_construct()).web.api))
    _close(document["components"]["schemas"])
    return document


def _close(schemas: Any) -> None:
    match schemas:
        case {"properties": dict(fields), **rest}:
            if "additionalProperties" not in rest:
                schemas["additionalProperties"] = False
            for field in fields.values():
                _close(field)
        case dict():
            for part in schemas.values():
                _close(part)
        case list():
            for part in schemas:
                _close(part)


def _route(document: Json, path: str) -> str | None:
    """The route that serves this path; one without parameters first."""
    fitting = [
        route for route in document["paths"] if re.fullmatch(re.sub(r"\{\w+\}", "[^/]+", route), path) is not None
    ]
    return min(fitting, key=lambda route: route.count("{"), default=None)


def _resolved(answer: Json, document: Json) -> Json:
    if "$ref" in answer:
        found: Json = document["components"]["responses"][answer["$ref"].rpartition("/")[2]]
        return found
    return answer
