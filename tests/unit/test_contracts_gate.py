"""Which changes of an event's place or of a route break whom, and which are allowed."""

from __future__ import annotations

import copy
from typing import Any

import pytest

from tests.support.contracts import BEFORE, Change, Json, after, fields, needs
from upheld.contracts.gate import broken_events, broken_routes


def event(producer: str | None, **more: Any) -> Json:
    return {**BEFORE, "x-type": "t", "x-topic": "tickets", "x-key": "id", "x-producer": producer, **more}


def test_an_event_of_ours_is_read_by_others_and_again_from_the_log() -> None:
    gone = after(lambda s: fields(s).pop("note"))
    asked = after(needs("colour", {"type": "string"}))

    assert broken_events({"e.v1": event("intake")}, {"e.v1": event("intake", **gone)}) == [
        "e.v1: `note` was removed: who reads it finds nothing there. Keep the field."
    ]
    assert broken_events({"e.v1": event("intake")}, {"e.v1": event("intake", **asked)}) == [
        "e.v1: `colour` is required now: who writes without it is refused, and so is what lies in the log. "
        "Give it a default."
    ]


def test_an_event_of_others_may_ask_for_less_but_one_of_ours_may_not_say_less() -> None:
    less = after(lambda s: s["required"].remove("state"))

    assert broken_events({"e.v1": event(None)}, {"e.v1": event(None, **less)}) == []
    assert broken_events({"e.v1": event("intake")}, {"e.v1": event("intake", **less)}) == [
        "e.v1: `state` was always there and may be absent now: who reads relies on it. Keep it required."
    ]


def test_an_event_stays_where_it_is_and_a_new_version_goes_beside_it() -> None:
    was = {"e.v1": event("intake")}

    assert broken_events(was, was | {"e.v2": event("intake"), "new.v1": event("intake")}) == []
    assert broken_events(was, {"e.v2": event("intake")}) == [
        "e.v1: is gone: it lies in the log, and others speak it. Keep it; a new version goes beside it."
    ]
    assert broken_events(was, {"e.v1": event("intake", **{"x-key": "number"})}) == [
        "e.v1: its key was id, is number: who reads or writes it looks elsewhere, and what lies there loses its order. "
        "Make it a new version."
    ]


def content(schema: str) -> Json:
    return {"content": {"application/json": {"schema": {"$ref": f"#/components/schemas/{schema}"}}}}


def service(change: Change = lambda document: None) -> Json:
    document = {
        "paths": {
            "/v1/things": {
                "post": {
                    "parameters": [
                        {"name": "limit", "in": "query", "schema": {"type": "integer"}},
                        {"$ref": "#/components/parameters/If-Match"},
                    ],
                    "security": [{"apiKey": ["agent"]}, {"apiKey": ["customer"]}],
                    "requestBody": content("In"),
                    "responses": {"200": content("Out"), "404": {"$ref": "#/components/responses/NotFound"}},
                }
            }
        },
        "components": {
            "parameters": {"If-Match": {"name": "If-Match", "in": "header", "schema": {"type": "string"}}},
            "schemas": {"In": copy.deepcopy(BEFORE), "Out": copy.deepcopy(BEFORE)},
        },
    }
    document["components"]["schemas"] |= BEFORE["$defs"]
    for schema in ("In", "Out"):  # references point into the document
        fields(document["components"]["schemas"][schema])["actor"] = {"$ref": "#/components/schemas/Actor"}
        fields(document["components"]["schemas"][schema])["targets"] = {"type": "object"}
    change(document)
    return document


def route(document: Json) -> Json:
    found: Json = document["paths"]["/v1/things"]["post"]
    return found


ROUTE_BREAKS: list[tuple[str, Change, str]] = [
    (
        "gone",
        lambda d: d["paths"].clear(),
        "is gone: who calls it gets 404. Keep it; what replaces it goes beside it.",
    ),
    (
        "body asks for more",
        lambda d: d["components"]["schemas"]["In"]["required"].append("at"),
        "body: `at` is required now: who writes without it is refused, and so is what lies in the log. "
        "Give it a default.",
    ),
    (
        "answer says less",
        lambda d: fields(d["components"]["schemas"]["Out"]).pop("note"),
        "answer 200: `note` was removed: who reads it finds nothing there. Keep the field.",
    ),
    (
        "another success",
        lambda d: route(d)["responses"].update({"202": route(d)["responses"].pop("200")}),
        "no longer answers 200: who waits for it takes the new answer for an error.",
    ),
    (
        "role lost",
        lambda d: route(d)["security"].pop(),
        "the role customer may not call it any more: who has such a key gets 403.",
    ),
    (
        "parameter required",
        lambda d: d["components"]["parameters"]["If-Match"].update(required=True),
        "the parameter header If-Match is required now: who calls without it is refused.",
    ),
    (
        "parameter removed",
        lambda d: route(d)["parameters"].pop(0),
        "the parameter query limit was removed: what is said there would be passed over in silence.",
    ),
    (
        "parameter retyped",
        lambda d: route(d)["parameters"][0].update(schema={"type": "boolean"}),
        "parameter query limit: the whole was integer, is boolean: who writes integer is refused. "
        "Keep taking it, or add another field.",
    ),
]


@pytest.mark.parametrize(("change", "sentence"), [case[1:] for case in ROUTE_BREAKS], ids=[c[0] for c in ROUTE_BREAKS])
def test_this_breaks_those_who_call_a_route(change: Change, sentence: str) -> None:
    assert broken_routes(service(), service(change)) == [f"POST /v1/things: {sentence}"]


def test_who_is_posted_a_webhook_is_a_reader() -> None:
    header = {"name": "webhook-id", "in": "header", "required": True, "schema": {"type": "string"}}
    hook = {"post": {"parameters": [header], "requestBody": content("Out"), "responses": {"2XX": {}}}}
    was = service(lambda d: d.update(webhooks={"notification": hook}))
    more = copy.deepcopy(was)
    needs("colour", {"type": "string"})(more["components"]["schemas"]["Out"])
    less = copy.deepcopy(was)
    fields(less["components"]["schemas"]["Out"]).pop("note")
    less["webhooks"]["notification"]["post"]["parameters"] = []

    assert broken_routes(was, more) == []
    assert broken_routes(was, less)[1:] == [
        "webhook notification: body: `note` was removed: who reads it finds nothing there. Keep the field.",
        "webhook notification: the header webhook-id is not sent any more: who reads it finds nothing there.",
    ]
    assert broken_routes(was, service()) == [
        "webhook notification: is gone: who waits for it is told nothing any more. "
        "Keep it; what replaces it goes beside it."
    ]


@pytest.mark.parametrize(
    "change",
    [
        lambda d: d["paths"].update({"/v1/more": {"get": {"responses": {"200": {}}}}}),
        lambda d: fields(d["components"]["schemas"]["In"]).update(colour={"type": "string"}),
        lambda d: needs("colour", {"type": "string"})(d["components"]["schemas"]["Out"]),
        lambda d: route(d)["parameters"].append({"name": "after", "in": "query", "schema": {"type": "integer"}}),
        lambda d: route(d)["security"].append({"apiKey": ["admin"]}),
        lambda d: route(d)["responses"].pop("404"),
    ],
    ids=["route", "field of the body", "field of the answer", "parameter", "role", "one problem less"],
)
def test_a_route_may_take_and_say_more(change: Change) -> None:
    assert broken_routes(service(), service(change)) == []
