"""The contracts as a service shows them: a page without scripts or anything from elsewhere, and the raw documents."""

from __future__ import annotations

import json
import re
from collections.abc import AsyncIterator
from pathlib import Path

import httpx2
import pytest
import pytest_asyncio
import yaml

from shared.contracts.site.fields import Row, rows
from shared.service import App
from shared.settings import SERVICES, Settings
from upheld.contracts.promises import service_of

ROOT = Path(__file__).parents[2]


@pytest_asyncio.fixture(params=SERVICES)
async def client(request: pytest.FixtureRequest) -> AsyncIterator[httpx2.AsyncClient]:
    app = App(service_of(request.param), Settings.model_construct())
    transport = httpx2.ASGITransport(app=app.web.api)
    async with httpx2.AsyncClient(transport=transport, base_url=f"http://{request.param}") as client:
        yield client


async def test_the_page_names_every_route_and_event_and_loads_nothing_from_elsewhere(
    client: httpx2.AsyncClient,
) -> None:
    answer = await client.get("/contracts")

    page = answer.text
    assert answer.headers["content-type"] == "text/html; charset=utf-8"
    assert answer.headers["content-security-policy"].startswith("default-src 'none'; style-src 'self';")
    assert "<script" not in page
    assert "style=" not in page
    loaded = re.findall(r'(?:href|src)="([^"#]+)"', page)
    assert {place.split("/")[0] for place in loaded} == {"contracts"}
    for place in loaded:
        assert (await client.get(f"/{place}")).status_code == 200, place
    document = (await client.get("/contracts/openapi.json")).json()
    for path, operations in document["paths"].items():
        for operation in operations.values():
            assert f'<details id="{operation["operationId"]}">' in page, path
    asyncapi = yaml.safe_load((await client.get("/contracts/asyncapi.yaml")).text)
    for message in asyncapi["components"]["messages"].values():
        assert f'<details id="{message["name"].removeprefix("upheld.")}">' in page


async def test_the_raw_documents_are_those_of_the_repository(client: httpx2.AsyncClient) -> None:
    name = client.base_url.host
    served = await client.get("/contracts/openapi.json")

    assert served.json() == json.loads((ROOT / f"docs/openapi/{name}.json").read_text())
    schema = await client.get("/contracts/schemas/policypublished.v1.json")
    assert schema.headers["content-type"] == "application/schema+json"
    assert schema.json() == json.loads((ROOT / "schemas/policypublished.v1.json").read_text())


async def test_an_event_of_others_is_not_among_a_services_schemas(client: httpx2.AsyncClient) -> None:
    answer = await client.get("/contracts/schemas/nothing.v1.json")

    assert answer.status_code == 404
    assert answer.json()["detail"].endswith("neither reads nor says an event nothing.v1.")


def test_a_schema_becomes_rows_in_words() -> None:
    schema = {
        "type": "object",
        "required": ["name"],
        "properties": {
            "name": {"type": "string", "minLength": 1, "maxLength": 200, "description": "Whose\nit is."},
            "state": {"anyOf": [{"enum": ["open", "closed"]}, {"type": "null"}]},
            "items": {"type": "array", "maxItems": 50, "items": {"$ref": "#/$defs/Item"}},
            "targets": {"type": "object", "additionalProperties": {"anyOf": [{"$ref": "#/$defs/Item"}]}},
        },
        "$defs": {"Item": {"type": "object", "description": "One.", "properties": {"at": {"format": "date-time"}}}},
    }

    assert rows(schema, schema) == [
        Row("name", "string, 1 to 200 characters", True, "Whose it is."),
        Row("state", "one of open, closed, or null", False, ""),
        Row("items", "list of object, at most 50", False, ""),
        Row("items[].at", "date-time", False, ""),
        Row("targets", "object, each value object", False, ""),
        Row("targets.*.at", "date-time", False, ""),
    ]
