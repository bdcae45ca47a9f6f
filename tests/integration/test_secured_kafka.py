"""A Kafka with TLS and users: every client of ours says who it is, and what is wrong is said by name."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest
from pydantic import ValidationError

from shared.contracts.examples import ISSUE
from shared.envelope import field_errors
from shared.settings import Settings
from tests.support.command import Command
from tests.support.secured import MECHANISM, PASSWORD, USER, Secured, secured_kafka
from tests.support.space import make_space
from tests.support.waiting import until
from upheld.stack import Stack


def told(kafka: Secured, password: str = PASSWORD) -> dict[str, Any]:
    return {
        "kafka_security_protocol": "SASL_SSL",
        "kafka_sasl_mechanism": MECHANISM,
        "kafka_username": USER,
        "kafka_password": password,
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

        environment = {
            "UPHELD_KAFKA_BOOTSTRAP_SERVERS": kafka.address,
            **{f"UPHELD_{name.upper()}": str(value) for name, value in told(kafka, "wrong").items()},
        }
        refused = await Command(environment)("topics", "check")

    assert refused.code == 3
    assert f"Kafka at {kafka.address}: " in refused.err
    assert "are UPHELD_KAFKA_USERNAME, _PASSWORD, _SASL_MECHANISM and _CA_FILE right for it?" in refused.err


def test_a_user_is_needed_where_kafka_asks_for_one(tmp_path: Path) -> None:
    with pytest.raises(ValidationError) as found:
        Settings(kafka_security_protocol="SASL_SSL", kafka_username="upheld", kafka_ca_file=tmp_path / "none.pem")

    assert field_errors(found.value) == [
        ("kafka_password", "must be set, since UPHELD_KAFKA_SECURITY_PROTOCOL is SASL_SSL"),
        ("kafka_ca_file", "Path does not point to a file"),
    ]
