"""E-mail by SMTP, over a few connections that are used again.

- A connection on which anything went wrong is thrown away; one that the server closed while it was idle is found
  out before the message is handed over, and replaced without an attempt being lost.
- What the server says of one mailbox concerns that message; what keeps us from talking at all concerns the gate.
"""

from __future__ import annotations

import contextlib
import time
from collections.abc import AsyncIterator
from datetime import UTC, datetime

import aiosmtplib
from aiosmtplib.errors import (
    SMTPDataError,
    SMTPException,
    SMTPRecipientRefused,
    SMTPResponseException,
    SMTPServerDisconnected,
)

from services.notifier.channels.written import Mails, sender_of
from services.notifier.domain.messages import Message
from services.notifier.domain.recipients import Channel, is_email
from services.notifier.domain.retries import ACCEPTED, Result
from shared.settings import Settings

IDLE = 30.0
"""Seconds after which an unused connection is closed."""
_OURS = frozenset({421, 530, 534, 535, 538})
"""Codes that say something of the connection or our login, not of the message."""


class Email:
    """The mail server's channel."""

    name: Channel = "email"

    def __init__(self, settings: Settings) -> None:
        self.width = settings.smtp_connections
        self.per_gate = self.width
        self._settings = settings
        self._mails = Mails(sender_of(settings.mail_from))
        self._idle: list[tuple[float, aiosmtplib.SMTP]] = []

    async def send(self, message: Message) -> Result:
        address = message.claimed.address
        if not is_email(address):
            return Result("gone", "not an e-mail address")
        data = self._mails.write(message, datetime.now(UTC))
        try:
            async with self._envelope() as smtp:
                await smtp.rcpt(address)
                await smtp.data(data)
        except (SMTPRecipientRefused, SMTPDataError) as error:
            return _refused(error)
        except (SMTPException, OSError, TimeoutError, ValueError) as error:
            return Result("later", f"{type(error).__name__}: {error}", gate=True)
        return ACCEPTED

    @contextlib.asynccontextmanager
    async def _envelope(self) -> AsyncIterator[aiosmtplib.SMTP]:
        """A connection on which MAIL FROM was accepted; back among the idle ones if it is still sound."""
        smtp = await self._begun()
        sound = False
        try:
            yield smtp
            sound = True
        except SMTPResponseException as error:
            if error.code not in _OURS:
                with contextlib.suppress(SMTPException, OSError):
                    await smtp.rset()
                    sound = True
            raise
        finally:
            if sound and smtp.is_connected:
                self._idle.append((time.monotonic(), smtp))
            else:
                smtp.close()

    async def _begun(self) -> aiosmtplib.SMTP:
        sender = self._mails.sender.address
        while (smtp := self._reusable()) is not None:
            try:
                await smtp.mail(sender)
                return smtp
            except SMTPServerDisconnected:
                smtp.close()  # closed by the server while idle: nothing was said yet
            except BaseException:
                smtp.close()
                raise
        smtp = await self._connect()
        try:
            await smtp.mail(sender)
        except BaseException:
            smtp.close()
            raise
        return smtp

    def _reusable(self) -> aiosmtplib.SMTP | None:
        """The one used last; those idle for too long are closed."""
        now = time.monotonic()
        while self._idle and self._idle[0][0] < now - IDLE:
            self._idle.pop(0)[1].close()
        while self._idle:
            _, smtp = self._idle.pop()
            if smtp.is_connected:
                return smtp
            smtp.close()
        return None

    async def _connect(self) -> aiosmtplib.SMTP:
        given = self._settings
        smtp = aiosmtplib.SMTP(
            hostname=given.smtp_host,
            port=given.smtp_port,
            username=given.smtp_user,
            password=given.smtp_password.get_secret_value() if given.smtp_password else None,
            use_tls=given.smtp_tls == "tls",
            start_tls=given.smtp_tls == "starttls",
            local_hostname=self._mails.sender.domain,
            timeout=given.delivery_timeout,
        )
        try:
            await smtp.connect()
        except BaseException:
            smtp.close()
            raise
        return smtp

    async def aclose(self) -> None:
        while self._idle:
            _, smtp = self._idle.pop()
            with contextlib.suppress(SMTPException, OSError, TimeoutError):
                await smtp.quit(timeout=1)
            smtp.close()


def _refused(error: SMTPResponseException) -> Result:
    reason = f"{error.code} {error.message}"
    if error.code in _OURS:
        return Result("later", reason, gate=True)
    return Result("gone" if error.code >= 500 else "later", reason, gate=False)
