"""A Kafka that speaks TLS with a certificate of its own authority, and wants a user and a password."""

from __future__ import annotations

import asyncio
import sys
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import dataclass
from pathlib import Path

import trustme
from cryptography.hazmat.primitives.serialization import (
    Encoding,
    NoEncryption,
    PrivateFormat,
    load_pem_private_key,
)

from upheld.stack import free_port
from upheld.stack.java import java
from upheld.stack.kafka import LocalKafka, kafka_jars

MECHANISM = "SCRAM-SHA-512"
USER, PASSWORD = "upheld", "correct horse"


@dataclass(frozen=True)
class Secured:
    """Where it listens, and who signed its certificate."""

    address: str
    authority: Path


class _Broker(LocalKafka):
    """The local Kafka with one listener more."""

    def __init__(self, runtime: Path, jars: Path) -> None:
        super().__init__(runtime, jars)
        self.secured_port = free_port()
        authority = trustme.CA()
        self.authority = self.home.path / "authority.pem"
        authority.cert_pem.write_to_path(self.authority)
        own = self.home.path / "broker.pem"
        own.write_bytes(_java_pem(authority.issue_cert("127.0.0.1")))
        settings = dict(line.split("=", 1) for line in self._config.read_text().splitlines())
        settings["listeners"] += f",SECURED://127.0.0.1:{self.secured_port}"
        settings["listener.security.protocol.map"] += ",SECURED:SASL_SSL"
        settings |= {
            "listener.name.secured.ssl.keystore.type": "PEM",
            "listener.name.secured.ssl.keystore.location": str(own),
            "listener.name.secured.sasl.enabled.mechanisms": MECHANISM,
            f"listener.name.secured.{MECHANISM.lower()}.sasl.jaas.config": (
                "org.apache.kafka.common.security.scram.ScramLoginModule required;"
            ),
        }
        self._config.write_text("".join(f"{key}={value}\n" for key, value in settings.items()))

    def preparation(self) -> list[str | Path]:
        return [*super().preparation(), "--add-scram", f"{MECHANISM}=[name={USER},password={PASSWORD}]"]


def _java_pem(certificate: trustme.LeafCert) -> bytes:
    """The key in PKCS 8, the only form that Java reads, and the certificates."""
    key = load_pem_private_key(certificate.private_key_pem.bytes(), None)
    chain = b"".join(one.bytes() for one in certificate.cert_chain_pems)
    return key.private_bytes(Encoding.PEM, PrivateFormat.PKCS8, NoEncryption()) + chain


@asynccontextmanager
async def secured_kafka() -> AsyncIterator[Secured]:
    """It runs for as long as it is used."""
    runtime = java(_tell)
    broker = _Broker(runtime, kafka_jars(runtime, _tell))
    try:
        await asyncio.to_thread(_start, broker)
        yield Secured(f"127.0.0.1:{broker.secured_port}", broker.authority)
    finally:
        await asyncio.to_thread(broker.stop)


def _start(broker: _Broker) -> None:
    broker.begin_preparation()
    broker.end_preparation()
    broker.begin_start()
    broker.end_start()


def _tell(text: str) -> None:
    print(text, file=sys.stderr)
