"""A real mail server and a real webhook receiver, for the demo and the tests: they note what they get, and can fail.

- A receipt is noted when the whole message has arrived, before it is answered: what the sender repeats shows up twice.
- `answers` decides each answer: a status code, or HANG. `refuse` closes the port, `listen` opens the same one again.
- `python -m upheld.receivers` runs both as a process of their own, noting receipts as JSON lines.
"""

from __future__ import annotations

import argparse
import asyncio
import contextlib
import email
import email.header
import json
import sys
import time
from collections.abc import AsyncIterator, Callable
from dataclasses import asdict, dataclass, field
from email.message import Message
from pathlib import Path
from typing import Any, Self, TextIO, cast

from aiosmtpd.smtp import SMTP, Envelope, Session

HANG = -1
HOST = "127.0.0.1"


@dataclass(frozen=True, slots=True)
class Receipt:
    """One message as it arrived. `destination` is the address or the URL's path; `answer` what was said to it."""

    at: float
    channel: str
    destination: str
    id: str
    number: str
    status: str
    text: str
    headers: dict[str, str] = field(default_factory=dict)
    answer: int = 0

    @property
    def accepted(self) -> bool:
        return 200 <= self.answer < 300


Answers = Callable[[Receipt], int]


class Receiver:
    """What both have in common: a port, notes, and a will of their own."""

    fine = 200

    def __init__(self, *, port: int = 0, answers: Answers | None = None, notes: TextIO | None = None) -> None:
        self.port = port
        self.answers: Answers = answers or (lambda _: self.fine)
        self.receipts: list[Receipt] = []
        self._notes = notes
        self._server: asyncio.Server | None = None
        self._closers: set[Callable[[], object]] = set()
        self._arrived = asyncio.Condition()

    @property
    def accepted(self) -> list[Receipt]:
        """The receipts that were answered well, in the order of their arrival."""
        return [receipt for receipt in self.receipts if receipt.accepted]

    async def __aenter__(self) -> Self:
        await self.listen()
        return self

    async def __aexit__(self, *_: object) -> None:
        await self.refuse()

    async def listen(self) -> None:
        """Accept connections, always on the same port."""
        self._server = await self._serve()
        self.port = self._server.sockets[0].getsockname()[1]

    async def refuse(self) -> None:
        """Close the port and every connection: the next attempt is refused."""
        if self._server is not None:
            self._server.close()
            self._server = None
        for close in list(self._closers):
            close()
        await asyncio.sleep(0)

    async def until(self, enough: Callable[[list[Receipt]], bool], within: float = 20.0) -> list[Receipt]:
        """The receipts, once there are enough. Raises AssertionError when they do not come in time."""
        try:
            async with asyncio.timeout(within), self._arrived:
                await self._arrived.wait_for(lambda: enough(self.receipts))
        except TimeoutError:
            seen = [(r.destination, r.number, r.status, r.answer) for r in self.receipts[-10:]]
            raise AssertionError(f"waited {within} s; the last of {len(self.receipts)} receipts: {seen}") from None
        return self.receipts

    async def _serve(self) -> asyncio.Server:
        raise NotImplementedError

    async def note(self, receipt: Receipt) -> int:
        """Note it, and give the answer that it is to get; does not return for HANG."""
        answer = self.answers(receipt)
        noted = Receipt(**{**asdict(receipt), "answer": answer})
        self.receipts.append(noted)
        if self._notes is not None:
            self._notes.write(json.dumps(asdict(noted)) + "\n")
            self._notes.flush()
        async with self._arrived:
            self._arrived.notify_all()
        if answer == HANG:
            await asyncio.Event().wait()
        return answer


class MailReceiver(Receiver):
    """An SMTP server (aiosmtpd). `unknown` are addresses whose mailbox does not exist."""

    fine = 250

    def __init__(self, *, unknown: frozenset[str] = frozenset(), **given: Any) -> None:
        super().__init__(**given)
        self.unknown = unknown

    async def _serve(self) -> asyncio.Server:
        loop = asyncio.get_running_loop()
        return await loop.create_server(self._protocol, HOST, self.port)

    def _protocol(self) -> SMTP:
        protocol = _Smtp(self, hostname="receiver", ident="receiver", loop=asyncio.get_running_loop())
        protocol.closers = self._closers
        return protocol

    async def handle_RCPT(
        self, server: SMTP, session: Session, envelope: Envelope, address: str, options: list[str]
    ) -> str:
        if address.lower() in self.unknown:
            return "550 5.1.1 no such mailbox"
        envelope.rcpt_tos.append(address)
        return "250 OK"

    async def handle_DATA(self, server: SMTP, session: Session, envelope: Envelope) -> str:
        message = email.message_from_bytes(cast(bytes, envelope.content))
        for address in envelope.rcpt_tos:
            answer = await self.note(_mail(message, address))
        return f"{answer} {'OK' if answer == 250 else 'not now' if answer < 500 else 'no'}"


class _Smtp(SMTP):
    """A connection that its receiver can break off."""

    closers: set[Callable[[], object]]

    def connection_made(self, transport: asyncio.BaseTransport) -> None:
        self._abort = cast(asyncio.Transport, transport).abort
        self.closers.add(self._abort)
        super().connection_made(transport)

    def connection_lost(self, error: Exception | None) -> None:
        self.closers.discard(self._abort)
        super().connection_lost(error)


def _mail(message: Message, address: str) -> Receipt:
    headers = {name.lower(): _plain(value) for name, value in message.items()}
    return Receipt(
        at=time.time(),
        channel="email",
        destination=address,
        id=headers.get("x-upheld-notification") or headers.get("message-id", ""),
        number=headers.get("x-upheld-ticket", ""),
        status=headers.get("x-upheld-status", ""),
        text=_text(message),
        headers=headers,
    )


def _plain(value: str) -> str:
    return str(email.header.make_header(email.header.decode_header(value))) if "=?" in value else value


def _text(message: Message) -> str:
    for part in message.walk():
        if part.get_content_type() == "text/plain":
            content = cast(bytes, part.get_payload(decode=True))
            return content.decode("utf-8", "replace").replace("\r\n", "\n")
    return ""


class WebhookReceiver(Receiver):
    """An HTTP/1.1 server of its own that knows POST with a Content-Length, and keeps connections open."""

    async def _serve(self) -> asyncio.Server:
        return await asyncio.start_server(self._connected, HOST, self.port)

    def url(self, path: str = "/hook") -> str:
        return f"http://{HOST}:{self.port}{path}"

    async def _connected(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        task = cast("asyncio.Task[None]", asyncio.current_task())
        self._closers.add(task.cancel)
        try:
            async for receipt in _posts(reader):
                answer = await self.note(receipt)
                writer.write(b"HTTP/1.1 %d x\r\nContent-Length: 0\r\n\r\n" % answer)
                await writer.drain()
        except (ConnectionError, asyncio.IncompleteReadError, asyncio.CancelledError):
            pass
        finally:
            self._closers.discard(task.cancel)
            writer.transport.abort()


async def _posts(reader: asyncio.StreamReader) -> AsyncIterator[Receipt]:
    while head := await _head(reader):
        first, *lines = head.decode("latin-1").rstrip("\r\n").split("\r\n")
        headers = {name.lower(): value.strip() for name, _, value in (line.partition(":") for line in lines)}
        body = (await reader.readexactly(int(headers.get("content-length", "0")))).decode("utf-8", "replace")
        try:
            data = json.loads(body).get("data", {})
        except (ValueError, AttributeError):
            data = {}
        yield Receipt(
            at=time.time(),
            channel="webhook",
            destination=first.split(" ")[1],
            id=headers.get("webhook-id", ""),
            number=str(data.get("number", "")),
            status=str(data.get("status", "")),
            text=body,
            headers=headers,
        )


async def _head(reader: asyncio.StreamReader) -> bytes:
    with contextlib.suppress(asyncio.IncompleteReadError):
        return await reader.readuntil(b"\r\n\r\n")
    return b""


async def _main(mail_port: int, webhook_port: int, notes: TextIO) -> None:
    async with (
        MailReceiver(port=mail_port, notes=notes) as mail,
        WebhookReceiver(port=webhook_port, notes=notes) as hook,
    ):
        print(json.dumps({"mail": mail.port, "webhook": hook.port}), flush=True)
        await asyncio.Event().wait()


def main() -> None:
    """Both receivers, until killed. Prints their ports as one line of JSON; notes go to a file, one line each."""
    parser = argparse.ArgumentParser(description=main.__doc__)
    parser.add_argument("--mail-port", type=int, default=0)
    parser.add_argument("--webhook-port", type=int, default=0)
    parser.add_argument("--notes", type=Path, help="append receipts to this file")
    given = parser.parse_args()
    with (
        given.notes.open("a") if given.notes else contextlib.nullcontext(sys.stderr) as notes,
        contextlib.suppress(KeyboardInterrupt),
    ):
        asyncio.run(_main(given.mail_port, given.webhook_port, notes))


if __name__ == "__main__":
    main()
