"""The client's retries and errors, against a real HTTP server that answers as it is told."""

from __future__ import annotations

import json
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, HTTPServer

import pytest

from shared.settings import Settings
from upheld.client import Client
from upheld.errors import Misused, Refused, Unreachable

KEY = "uph_0a_0123456789abcdef"


@dataclass
class Told:
    """What to answer, in turn (the last one again and again; 0 hangs up), and what was asked."""

    answers: list[tuple[int, dict[str, object] | str]]
    asked: list[tuple[str, str | None, str | None]] = field(default_factory=list)


@contextmanager
def service(*answers: tuple[int, dict[str, object] | str]) -> Iterator[tuple[Settings, Told]]:
    told = Told(list(answers))

    class Handler(BaseHTTPRequestHandler):
        def do_POST(self) -> None:
            self.rfile.read(int(self.headers.get("content-length", "0")))
            told.asked.append((self.path, self.headers.get("idempotency-key"), self.headers.get("if-match")))
            status, said = told.answers.pop(0) if len(told.answers) > 1 else told.answers[0]
            if status == 0:
                self.close_connection = True
                return
            raw = (said if isinstance(said, str) else json.dumps(said)).encode()
            self.send_response(status)
            self.send_header("content-length", str(len(raw)))
            self.end_headers()
            self.wfile.write(raw)

        do_GET = do_POST

        def log_message(self, *_: object) -> None:
            pass

    server = HTTPServer(("127.0.0.1", 0), Handler)
    thread = threading.Thread(target=server.serve_forever, args=(0.01,), daemon=True)
    thread.start()
    url = f"http://127.0.0.1:{server.server_port}"
    try:
        yield Settings(intake_url=url, triage_url=url, status_monitor_url=url, notifier_url=url), told
    finally:
        server.shutdown()
        server.server_close()
        thread.join()


def problem(status: int, detail: str, **more: object) -> tuple[int, dict[str, object]]:
    return status, {"type": "about:blank", "title": "x", "status": status, "detail": detail, **more}


async def test_an_act_without_an_answer_is_sent_again_under_the_same_key() -> None:
    with service((0, ""), problem(503, "The database does not answer."), (201, {"issue_id": "1"})) as (settings, told):
        async with Client(settings, KEY) as client:
            done = await client.report({"description": "x"})

    assert done == {"issue_id": "1"}
    assert [path for path, _, _ in told.asked] == ["/v1/issues"] * 3
    keys = {key for _, key, _ in told.asked}
    assert len(keys) == 1
    assert None not in keys


async def test_two_acts_have_two_keys() -> None:
    with service((201, {})) as (settings, told):
        async with Client(settings, KEY) as client:
            await client.report({})
            await client.report({})

    assert told.asked[0][1] != told.asked[1][1]


async def test_a_service_that_stays_unavailable_is_unreachable() -> None:
    with service(problem(503, "Too many requests wait; try again.")) as (settings, told):
        async with Client(settings, KEY) as client:
            with pytest.raises(Unreachable, match="intake: Too many requests wait"):
                await client.tickets()

    assert len(told.asked) == 5


async def test_a_refusal_carries_its_fields_and_is_not_repeated() -> None:
    said = problem(422, "Some fields are not as they must be.", errors=[{"field": "impact", "message": "is wrong"}])
    with service(said) as (settings, told):
        async with Client(settings, KEY) as client:
            with pytest.raises(Refused) as refused:
                await client.report({})

    assert (refused.value.status, refused.value.errors) == (422, [("impact", "is wrong")])
    assert len(told.asked) == 1


async def test_an_update_without_if_match_is_for_the_ticket_as_it_is_now() -> None:
    view: tuple[int, dict[str, object]] = (200, {"sequences": {"status-monitor": 3}})
    late = problem(412, "The ticket has moved on.", sequence=4)
    with service(view, late, (200, {"sequence": 5})) as (settings, told):
        async with Client(settings, KEY) as client:
            done = await client.update("UP-1", {"message": "x"})

    assert done == {"sequence": 5}
    assert [(path, if_match) for path, _, if_match in told.asked] == [
        ("/v1/tickets/UP-1", None), ("/v1/tickets/UP-1/updates", "3"), ("/v1/tickets/UP-1/updates", "4"),
    ]  # fmt: skip


async def test_an_update_with_if_match_is_refused_when_the_ticket_has_moved_on() -> None:
    with service(problem(412, "The ticket has moved on.", sequence=4)) as (settings, told):
        async with Client(settings, KEY) as client:
            with pytest.raises(Refused, match="has moved on"):
                await client.update("UP-1", {"message": "x"}, if_match=3)

    assert [if_match for _, _, if_match in told.asked] == ["3"]


async def test_a_redrive_is_asked_for_only_once() -> None:
    with service((0, "")) as (settings, told):
        async with Client(settings, KEY) as client:
            with pytest.raises(Unreachable, match="Whether it was done is not known"):
                await client.settle("intake", 1)

    assert len(told.asked) == 1


@pytest.mark.parametrize("answer", [(200, "<html>hello</html>"), (404, {"message": "nginx"}), (200, "[]")])
async def test_something_else_at_the_address_is_not_taken_for_the_service(
    answer: tuple[int, dict[str, object] | str],
) -> None:
    with service(answer) as (settings, _):
        async with Client(settings, KEY) as client:
            with pytest.raises(Unreachable, match="is not intake"):
                await client.tickets()


async def test_a_ticket_number_cannot_lead_elsewhere() -> None:
    with service((200, {})) as (settings, told):
        async with Client(settings, KEY) as client:
            await client.ticket("../dead-letters?x=1#")

    assert told.asked[0][0] == "/v1/tickets/..%2Fdead-letters%3Fx%3D1%23"


@pytest.mark.parametrize("url", ["intake:8101", "ftp://127.0.0.1", "http://[::1"])
async def test_an_address_that_is_none_is_named(url: str) -> None:
    async with Client(Settings(intake_url=url), KEY) as client:
        with pytest.raises(Misused, match="UPHELD_INTAKE_URL"):
            await client.tickets()


async def test_a_key_that_no_header_can_hold_is_refused() -> None:
    with pytest.raises(Misused, match="is not an API key"):
        Client(Settings(), "uph_0a_\n")
