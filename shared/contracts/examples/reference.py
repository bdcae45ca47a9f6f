"""Reference data, as the command publishes it."""

from __future__ import annotations

from datetime import UTC, datetime

from shared.contracts.examples.base import POLICY, at, example
from shared.events import AccessChanged, AccountChanged, Contact, PolicyPublished, Term

ACCOUNT = example(
    AccountChanged(
        id="acme",
        name="Acme GmbH",
        plan="premium",
        term=Term(start=datetime(2026, 1, 1, tzinfo=UTC), end=datetime(2027, 1, 1, tzinfo=UTC)),
        services=("voice", "sms"),
        time_zone="Europe/Berlin",
        locale="de",
        contacts=(
            Contact(name="Ada Field", channel="email", address="ada@acme.example", statuses=("Initial",)),
            Contact(
                name="Status board",
                channel="webhook",
                address="https://board.acme.example/upheld",
                secret="whsec_c2VjcmV0LW9mLWFuLWV4YW1wbGU=",
            ),
        ),
    ),
    "upheld",
    at(0),
)
PUBLISHED = example(
    PolicyPublished(
        sha256=POLICY.sha256,
        id=POLICY.id,
        version=POLICY.version,
        effective=datetime(2026, 1, 1, tzinfo=UTC),
        published_at=at(0),
        text="policy: acme-sla\nversion: 2026-01-01\n# ... the whole file",
    ),
    "upheld",
    at(0),
)
ACCESS = example(
    AccessChanged(
        key_id="3f2a9c1b",
        secret_sha256="6b" * 32,
        role="customer",
        name="Acme's integration",
        account="acme",
    ),
    "upheld",
    at(0),
)
