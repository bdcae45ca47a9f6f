"""The same connection in FastStream's words."""

from __future__ import annotations

from faststream.security import BaseSecurity, SASLPlaintext, SASLScram256, SASLScram512

from shared.kafka import authenticated, encrypted, tls
from shared.settings import Settings

_MECHANISMS = {"PLAIN": SASLPlaintext, "SCRAM-SHA-256": SASLScram256, "SCRAM-SHA-512": SASLScram512}


def security_of(settings: Settings) -> BaseSecurity:
    """How the service's broker connects."""
    context = tls(settings) if encrypted(settings) else None
    if not authenticated(settings):
        return BaseSecurity(ssl_context=context, use_ssl=encrypted(settings))
    assert settings.kafka_username is not None  # the settings see to it
    assert settings.kafka_password is not None
    return _MECHANISMS[settings.kafka_sasl_mechanism](
        settings.kafka_username,
        settings.kafka_password.get_secret_value(),
        ssl_context=context,
        use_ssl=encrypted(settings),
    )
