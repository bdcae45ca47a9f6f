"""A Kafka with TLS and users: every client of ours says who it is, and what is wrong is said by name."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest
from pydantic import SecretStr, ValidationError

from shared.contracts.examples import ISSUE
from shared.envelope import field_errors
from shared.settings import Settings
from tests.support.secured import MECHANISM, PASSWORD, USER, Secured, secured_kafka
from tests.support.space import make_space
from tests.support.waiting import until
from upheld.client import require_topics
from upheld.errors import Unreachable
from upheld.stack import Stack


def told(kafka: Secured) -> dict[str, Any]:
    return {
        "kafka_security_protocol": "SASL_SSL",
        "kafka_sasl_mechanism": MECHANISM,
        "kafka_username": USER,
        "kafka_password": PASSWORD,
        "kafka_ca_file": kafka.authority,
    }


async def test_a_service_works_over_tls_as_a_user_and_a_wrong_password_is_hinted_at(prepared: Stack) -> None:
    async with secured_kafka() as kafka:
        space = await make_space(kafka.address, prepared.database_url, **told(kafka))
        try:
            await space.start("intake")
            await space.publish(ISSUE)
            await until("the ticket is on its topic", lambda: space.read("tickets"))
            (opened,) = await space.read("tickets")
            assert opened.headers["ce_type"] == "upheld.ticketopened.v1"
            assert opened.json["issue"]["issue_id"] == "crm-4711"
        finally:
            await space.stop()

        stranger = space.settings.model_copy(update={"kafka_password": SecretStr("wrong")})
        with pytest.raises(Unreachable) as refused:
            await require_topics(stranger)

    assert refused.value.message.startswith(f"Kafka at {kafka.address}: ")
    assert refused.value.hint == (
        "If it is there: are UPHELD_KAFKA_USERNAME, _PASSWORD, _SASL_MECHANISM and _CA_FILE right for it?"
    )


def test_a_user_is_needed_where_kafka_asks_for_one(tmp_path: Path) -> None:
    with pytest.raises(ValidationError) as found:
        Settings(kafka_security_protocol="SASL_SSL", kafka_username="upheld", kafka_ca_file=tmp_path / "none.pem")

    assert field_errors(found.value) == [
        ("kafka_password", "must be set, since UPHELD_KAFKA_SECURITY_PROTOCOL is SASL_SSL"),
        ("kafka_ca_file", "Path does not point to a file"),
    ]
