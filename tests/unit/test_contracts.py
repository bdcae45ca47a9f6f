"""The published contracts: as the code makes them, valid by the specifications' own parsers, and true."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest
import yaml
from fastapi.routing import iter_route_contexts
from jsonschema import Draft202012Validator
from openapi_spec_validator import validate

from shared.contracts.asyncapi import Party, as_yaml, asyncapi
from shared.contracts.examples import EXAMPLES
from shared.envelope import Envelope
from shared.events import EVENTS, Event
from shared.service import App
from shared.settings import SERVICES, Settings
from shared.topics import TOPICS
from tests.support.asyncapi import parsed
from upheld.contracts.documents import documents
from upheld.contracts.promises import service_of

ROOT = Path(__file__).parents[2]
DOCUMENTS = documents()
ASYNCAPI = yaml.safe_load(DOCUMENTS["docs/asyncapi.yaml"])
FORMATS = Draft202012Validator.FORMAT_CHECKER


@pytest.mark.parametrize("path", DOCUMENTS)
def test_the_file_is_as_the_code_makes_it(path: str) -> None:
    assert (ROOT / path).read_text() == DOCUMENTS[path], "run: make contracts"


def test_no_other_file_claims_to_be_a_contract() -> None:
    there = {
        path.relative_to(ROOT).as_posix()
        for folder in ("schemas", "docs/openapi")
        for path in (ROOT / folder).iterdir()
    }

    assert there == {path for path in DOCUMENTS if path != "docs/asyncapi.yaml"}


def test_the_asyncapi_parser_takes_the_whole_and_each_service_and_finds_what_is_wrong(tmp_path: Path) -> None:
    whole = DOCUMENTS["docs/asyncapi.yaml"]
    services = [service_of(name) for name in SERVICES]
    parts = [as_yaml(asyncapi(service.name, [Party.of(service)])) for service in services]

    wrong, all_of_it, *each = parsed(
        [whole.replace("action: receive", "action: listen", 1), whole, *parts], programs=tmp_path
    )

    assert not wrong["valid"]
    assert wrong["faults"][0].startswith("operations.intakeReadsIssues.action: ")
    assert [said["faults"] for said in (all_of_it, *each)] == [[], [], [], [], []]
    assert all_of_it["channels"] == list(TOPICS)
    assert {"intakeReadsIssues", "intakeSaysTickets", "notifierSaysNotifications"} <= set(all_of_it["operations"])
    for service, said in zip(services, each, strict=True):
        spoken = (*service.handles, *service.keeps, *service.emits)
        assert set(said["channels"]) == {kind.TOPIC for kind in spoken}


@pytest.mark.parametrize("name", SERVICES)
def test_the_openapi_validator_finds_nothing_wrong(name: str) -> None:
    validate(json.loads(DOCUMENTS[f"docs/openapi/{name}.json"]))


@pytest.mark.parametrize("kind", EVENTS, ids=lambda kind: kind.NAME)
def test_a_schema_is_valid_and_takes_its_example(kind: type[Event]) -> None:
    schema = json.loads(DOCUMENTS[f"schemas/{kind.NAME}.v1.json"])
    Draft202012Validator.check_schema(schema)
    validator = Draft202012Validator(schema, format_checker=FORMATS)

    validator.validate(json.loads(EXAMPLES[kind].event.encode()))

    assert [list(error.path) for error in validator.iter_errors({})] != []


@pytest.mark.parametrize("name", ASYNCAPI["components"]["messages"])
def test_the_example_of_a_message_is_as_its_schemas_say(name: str) -> None:
    message = ASYNCAPI["components"]["messages"][name]
    (example,) = message["examples"]

    _validator(message["payload"]).validate(example["payload"])
    if "headers" in message:
        _validator(message["headers"]).validate(example["headers"])
        assert set(example["headers"]) <= set(message["headers"]["properties"])


def _validator(schema: dict[str, Any]) -> Draft202012Validator:
    return Draft202012Validator({**schema, "components": ASYNCAPI["components"]}, format_checker=FORMATS)


def test_every_header_that_an_event_may_have_is_described() -> None:
    headers = ASYNCAPI["components"]["messages"]["StatusChanged"]["headers"]
    at = EXAMPLES[EVENTS[0]].envelope.time

    written = Envelope("id", "status-monitor", "type", "UP-1", at, 1, "trace", "cause").headers()

    assert [name for name, _ in written if name not in headers["properties"]] == []


def test_every_event_has_one_service_that_says_it_or_comes_from_outside() -> None:
    said = {kind: service.name for service in map(service_of, SERVICES) for kind in service.emits}

    assert {kind: kind.PRODUCER for kind in EVENTS if kind.PRODUCER} == {
        kind: name for kind, name in said.items() if kind.PRODUCER
    }


@pytest.mark.parametrize("name", SERVICES)
def test_every_route_says_what_it_answers(name: str) -> None:
    app = App(service_of(name), Settings.model_construct())
    routes = [route for route in iter_route_contexts(app.web.api.routes) if route.include_in_schema]

    silent = [
        route.path
        for route in routes
        if route.path.startswith("/v1/") and getattr(route.endpoint, "answer", None) is None
    ]

    assert silent == [], "put @answers(Model, problems...) below @routes... : see services/intake/api.py"


def test_what_a_route_asks_for_is_in_its_document() -> None:
    document = json.loads(DOCUMENTS["docs/openapi/status-monitor.json"])

    update = document["paths"]["/v1/tickets/{number}/updates"]["post"]

    body = update["requestBody"]["content"]["application/json"]["schema"]
    assert body == {"$ref": "#/components/schemas/UpdateTicket"}
    assert document["components"]["schemas"]["UpdateTicket"]["additionalProperties"] is False
    assert update["security"] == [{"apiKey": ["agent"]}]
    assert [p.get("name") or p["$ref"].rpartition("/")[2] for p in update["parameters"]] == [
        "number",
        "Idempotency-Key",
        "X-Correlation-Id",
        "If-Match",
    ]
    assert document["components"]["parameters"]["If-Match"]["required"]
    assert list(update["responses"]) == [
        *("200", "400", "401", "403", "404", "409", "412", "413", "415", "422", "428", "500", "503"),
    ]
    conflict = document["components"]["responses"]["Conflict"]["content"]
    assert conflict == {"application/problem+json": {"schema": {"$ref": "#/components/schemas/ProblemDetails"}}}
