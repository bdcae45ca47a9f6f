"""How every client of Kafka connects: where to, encrypted or not, and as whom."""

from __future__ import annotations

import ssl
from typing import Any

from shared.settings import Settings


def connection(settings: Settings) -> dict[str, Any]:
    """What aiokafka's clients are told. Raises OSError where the certificate's file cannot be read."""
    told: dict[str, Any] = {
        "bootstrap_servers": settings.kafka_bootstrap_servers,
        "security_protocol": settings.kafka_security_protocol,
    }
    if encrypted(settings):
        told["ssl_context"] = tls(settings)
    if authenticated(settings):
        assert settings.kafka_password is not None  # the settings see to it
        told["sasl_mechanism"] = settings.kafka_sasl_mechanism
        told["sasl_plain_username"] = settings.kafka_username
        told["sasl_plain_password"] = settings.kafka_password.get_secret_value()
    return told


def encrypted(settings: Settings) -> bool:
    """Whether the connection is TLS."""
    return settings.kafka_security_protocol.endswith("SSL")


def authenticated(settings: Settings) -> bool:
    """Whether the client says who it is."""
    return settings.kafka_security_protocol.startswith("SASL")


def tls(settings: Settings) -> ssl.SSLContext:
    """Trusts the given authority alone, else those of the machine; checks the broker's name."""
    return ssl.create_default_context(cafile=settings.kafka_ca_file)
