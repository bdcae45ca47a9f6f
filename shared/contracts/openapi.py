"""OpenAPI 3.1 of a service's routes: what FastAPI knows of them, and what `allow`, `body` and `answers` say.

Bodies are read by `body`, which parses bytes itself: FastAPI does not see them. So they, the roles, the headers and
the problems that come with them are added here, once for all routes.
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterable, Iterator
from importlib.metadata import version
from inspect import getdoc
from typing import Any

from fastapi import FastAPI
from fastapi.openapi.utils import get_openapi
from fastapi.routing import RouteContext, iter_route_contexts
from pydantic import BaseModel, ConfigDict
from pydantic.json_schema import models_json_schema

from shared.contracts.schemas import Json, plain
from shared.contracts.webhooks import webhooks
from shared.envelope import MAX_ATTRIBUTE
from shared.service.http import TITLES

SCHEMAS = "#/components/schemas/"
PROBLEM = "application/problem+json"
_HEADERS: dict[str, Json] = {
    "Idempotency-Key": {
        "schema": {"type": "string", "minLength": 1, "maxLength": 200},
        "description": "Makes a retry safe: the same key with the same request is done once, and answered alike.",
    },
    "X-Correlation-Id": {
        "schema": {"type": "string", "minLength": 1, "maxLength": MAX_ATTRIBUTE},
        "description": "Goes on as `correlationid` of every event that follows.",
    },
    "If-Match": {
        "schema": {"type": "string", "pattern": r'^(W/)?"?[0-9]{1,9}"?$'},
        "description": "The `sequence` of this service's last event on the ticket, as `sequences` of the ticket says.",
    },
}
_WHEN = {
    400: "not JSON, a header that is not of its form, or U+0000 in the path or the query.",
    401: "no API key, or one that is not known or was revoked.",
    403: "the key's role may not do this, or not for this account.",
    404: "there is none, or it is another's. What was said a moment ago may be on its way: ask again.",
    409: "it cannot be done as things stand; the answer says how they stand.",
    412: "the ticket has moved on since.",
    413: "the body is larger than 128 kB.",
    415: "the body is not application/json.",
    422: "some fields are not as they must be; `errors` names each.",
    428: "If-Match is missing.",
    500: "a fault of the service's own; it was logged.",
    503: "not done, or not known to be; send it again with its Idempotency-Key.",
}
_ANSWERED: dict[int, str] = {401: "WWW-Authenticate", 404: "Retry-After", 503: "Retry-After"}


class FieldError(BaseModel):
    """What is wrong with one field."""

    field: str
    message: str


class ProblemDetails(BaseModel):
    """RFC 9457. Further members say what would be right, such as `sequence`."""

    model_config = ConfigDict(extra="allow")

    type: str
    title: str
    status: int
    detail: str
    errors: list[FieldError] = []


def openapi(api: FastAPI, posts: type[BaseModel] | None = None) -> Json:
    """The document of everything that this application serves, and of what it posts to others."""
    document = get_openapi(
        title=api.title,
        version=version("upheld"),
        description=api.description,
        routes=api.routes,
        openapi_version="3.1.0",
    )
    routes = list(_routes(api))
    models = {ProblemDetails, *(model for route in routes for model in (*_marks(route, "model"), *_answer(route)))}
    models |= {posts} if posts else set()
    # An answer too is described as it may be read: what it repeats of an event leaves absent facts out.
    named, made = models_json_schema(
        [(model, "validation") for model in sorted(models, key=lambda m: m.__name__)], ref_template=SCHEMAS + "{model}"
    )
    refs = {model: named[model, "validation"] for model in models}
    for route in routes:
        for method in route.methods or ():
            operation = document["paths"][route.path_format][method.lower()]
            _describe(operation, route, refs)
    if posts:
        document["webhooks"] = webhooks(refs[posts])
    document["components"] = {
        "schemas": dict(sorted(plain(made["$defs"]).items())),
        "parameters": {
            name: {"name": name, "in": "header", "required": name == "If-Match", **_HEADERS[name]}
            for name in sorted(_used(document, "parameters"))
        },
        "responses": {
            _title(status): _problem(status) for status in TITLES if _title(status) in _used(document, "responses")
        },
        "securitySchemes": {
            "apiKey": {
                "type": "http",
                "scheme": "bearer",
                "bearerFormat": "uph_<key id>_<secret>",
                "description": "`upheld key create` makes one. Its role decides what it may do, and for whom.",
            }
        },
    }
    return document


def _routes(api: FastAPI) -> Iterator[RouteContext]:
    for route in iter_route_contexts(api.routes):
        if getattr(route, "include_in_schema", False):
            yield route


def _marks(route: RouteContext, name: str) -> list[Any]:
    """What the route's dependencies say of themselves under this name."""
    return [
        getattr(dependency.call, name) for dependency in route.dependant.dependencies if hasattr(dependency.call, name)
    ]


def _answer(route: RouteContext) -> list[type[BaseModel]]:
    model = getattr(route.endpoint, "answer", None)
    return [] if model is None else [model]


def _describe(operation: Json, route: RouteContext, refs: dict[type[BaseModel], Json]) -> None:
    says, _, more = (getdoc(route.endpoint) or route.name or "").partition("\n\n")
    operation["summary"] = says.removesuffix(".")
    operation.pop("description", None)
    if more:
        operation["description"] = more
    operation["operationId"] = route.name
    for parameter in operation.get("parameters", ()):
        parameter["schema"] = {name: value for name, value in parameter["schema"].items() if name != "title"}
    problems = set(getattr(route.endpoint, "problems", ()))
    if operation.get("parameters"):
        problems |= {400, 422}
    for roles in _marks(route, "roles"):
        operation["security"] = [{"apiKey": [role]} for role in roles]
        problems |= {401, 403, 500, 503}
    for model in _marks(route, "model"):
        body: Json = {"required": True, "content": {"application/json": {"schema": refs[model]}}}
        operation["requestBody"] = body
        names = ["Idempotency-Key", "X-Correlation-Id", *(["If-Match"] if 428 in problems else [])]
        operation.setdefault("parameters", []).extend({"$ref": f"#/components/parameters/{name}"} for name in names)
        problems |= {400, 413, 415, 422}
    success = str(route.status_code or 200)
    responses = {success: _success(operation["responses"].get(success, {}), _answer(route), refs)}
    responses |= {str(status): {"$ref": f"#/components/responses/{_title(status)}"} for status in sorted(problems)}
    operation["responses"] = {**responses, **_others(operation["responses"], success)}


def _success(made: Json, answer: Iterable[type[BaseModel]], refs: dict[type[BaseModel], Json]) -> Json:
    for model in answer:
        others = {kind: said for kind, said in made.get("content", {}).items() if kind != "application/json"}
        return {
            "description": (getdoc(model) or "").partition("\n")[0],
            "content": {"application/json": {"schema": refs[model]}, **others},
        }
    return made


def _title(status: int) -> str:
    return TITLES[status].title().replace(" ", "")


def _problem(status: int) -> Json:
    answer: Json = {
        "description": f"{TITLES[status]}: {_WHEN[status]}",
        "content": {PROBLEM: {"schema": {"$ref": SCHEMAS + ProblemDetails.__name__}}},
    }
    if (header := _ANSWERED.get(status)) is not None:
        answer["headers"] = {header: {"schema": {"type": "string"}}}
    return answer


def _used(document: Json, kind: str) -> set[str]:
    """The names under `components` of this kind that the paths refer to."""
    return set(re.findall(rf"#/components/{kind}/([\w-]+)", json.dumps(document["paths"])))


def _others(made: Json, success: str) -> Json:
    """What a route says of its own in `responses`, other than the checks of FastAPI, which answer a problem here."""
    return {status: answer for status, answer in made.items() if status not in (success, "422")}
