"""Webhooks: JSON over HTTPS, signed as Standard Webhooks has it, under an id that stays the same on every attempt.

- httpcore2, the engine under httpx2, is used as it is: it knows no redirects, no proxies and no environment, and takes
  the guard as its network.
- No secret, no delivery: a receiver could not tell it from a forgery.
"""

from __future__ import annotations

import binascii
from datetime import UTC, datetime
from urllib.parse import urlsplit

import httpcore2
from standardwebhooks import Webhook as Signer
from standardwebhooks.webhooks import EmptyWebhookSecretError

from services.notifier.channels.guard import Blocked, GuardedBackend
from services.notifier.channels.written import webhook_of
from services.notifier.domain.messages import Message
from services.notifier.domain.recipients import Channel
from services.notifier.domain.retries import ACCEPTED, Result
from shared.settings import Settings

_LATER = frozenset({408, 425, 429})
_READ = 16 * 1024
"""What is read of an answer; of a longer one the connection is closed."""
_Problems = (
    httpcore2.TimeoutException,
    httpcore2.NetworkError,
    httpcore2.ProtocolError,
    httpcore2.ProxyError,
    OSError,
    TimeoutError,
)


class Webhook:
    """The channel of webhooks; each host is a gate."""

    name: Channel = "webhook"

    def __init__(self, settings: Settings) -> None:
        self.width = settings.webhook_connections
        self.per_gate = max(1, self.width // 2)
        self._allow_private = settings.webhook_allow_private
        self._timeout = settings.delivery_timeout
        self._network = GuardedBackend(allow_private=self._allow_private)
        self._pool = httpcore2.AsyncConnectionPool(
            ssl_context=httpcore2.default_ssl_context(),
            max_connections=self.width,
            max_keepalive_connections=self.width,
            keepalive_expiry=4.0,
            network_backend=self._network,
        )
        self._signers: dict[str, Signer] = {}

    async def send(self, message: Message) -> Result:
        url = message.claimed.address
        if (fault := self._fault(url)) is not None:
            return Result("gone", fault)
        if not message.secret:
            return Result("gone", "the contact has no secret to sign the webhook with")
        try:
            signer = self._signer(message.secret)
        except (EmptyWebhookSecretError, binascii.Error, ValueError):
            return Result("gone", "the contact's secret is not valid: whsec_ and base64")
        try:
            return await self._post(url, message, signer)
        except Blocked as error:
            return Result("gone", f"address not allowed: {error}")
        except _Problems as error:
            return Result("later", f"{type(error).__name__}: {error}".rstrip(": "), gate=True)
        except (httpcore2.UnsupportedProtocol, ValueError) as error:
            return Result("gone", f"not a URL that can be called: {error}")

    def _signer(self, secret: str) -> Signer:
        if (found := self._signers.get(secret)) is None:
            if len(self._signers) >= 4096:
                self._signers.clear()
            found = self._signers[secret] = Signer(secret)
        return found

    def _fault(self, url: str) -> str | None:
        try:
            parts = urlsplit(url)
            host, user = parts.hostname, parts.username
        except ValueError as error:
            return f"not a URL: {error}"
        if parts.scheme != "https" and not (self._allow_private and parts.scheme == "http"):
            return "a webhook's address must begin with https://"
        if not host:
            return "the address has no host"
        if user is not None:
            return "the address must not hold a user or password"
        if not url.isascii() or any(letter <= " " for letter in url):
            return "the address holds characters that a URL must escape"
        return None

    async def _post(self, url: str, message: Message, signer: Signer) -> Result:
        body = webhook_of(message)
        id, at = str(message.claimed.id), datetime.now(UTC)
        headers: list[tuple[bytes | str, bytes | str]] = [
            ("content-type", "application/json"),
            ("user-agent", "Upheld"),
            ("webhook-id", id),
            ("webhook-timestamp", str(int(at.timestamp()))),
            ("webhook-signature", signer.sign(id, at, body.decode())),
        ]
        if message.trace is not None:
            headers.append(("traceparent", message.trace))
        limits = {"connect": self._timeout, "read": self._timeout, "write": self._timeout, "pool": self._timeout}
        async with self._pool.stream(
            "POST", url.partition("#")[0], headers=headers, content=body, extensions={"timeout": limits}
        ) as response:
            read = 0
            async for part in response.aiter_stream():
                read += len(part)
                if read > _READ:
                    break
            return answer_of(response.status, _retry_after(response))

    async def aclose(self) -> None:
        await self._pool.aclose()
        self._network.close()


def answer_of(status: int, retry_after: float | None = None) -> Result:
    """What a status code says: of this message, or of the host."""
    reason = f"HTTP {status}"
    if 200 <= status < 300:
        return ACCEPTED
    if status == 410:
        return Result("gone", reason, gate=False)
    if status >= 500 or status in _LATER:
        return Result("later", reason, gate=True, retry_after=retry_after)
    redirect = ", and redirects are not followed" if 300 <= status < 400 else ""
    return Result("refused", reason + redirect, gate=False)


def _retry_after(response: httpcore2.Response) -> float | None:
    for name, value in response.headers:
        if name.lower() == b"retry-after" and value.isdigit() and len(value) <= 6:
            return float(value)
    return None
