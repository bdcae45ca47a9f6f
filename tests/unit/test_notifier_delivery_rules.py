"""When to try again, when to give up, what to hold back; and which addresses a webhook may go to."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from ipaddress import ip_address

import pytest

from services.notifier.channels.guard import refusal
from services.notifier.channels.webhook import answer_of
from services.notifier.domain.gates import Gates
from services.notifier.domain.retries import ACCEPTED, Again, Over, Result, verdict, wait

BEGAN = datetime(2026, 3, 2, 12, 0, tzinfo=UTC)
DAY = 86_400.0


def after(result: Result, *, attempts: int = 1, hours: float = 0) -> Over | Again:
    return verdict(result, attempts, BEGAN, BEGAN + timedelta(hours=hours), DAY, 0.0)


def test_waits_double_from_a_second_to_five_minutes_and_are_shortened_at_random() -> None:
    assert [wait(attempt, 0.0) for attempt in range(1, 11)] == [1, 2, 4, 8, 16, 32, 64, 128, 256, 300]
    assert wait(3, 0.5) == 3.0
    assert wait(1000, 0.999) == pytest.approx(150.15)


def test_retry_after_is_honoured_up_to_the_longest_wait() -> None:
    assert wait(1, 0.0, 30) == 30
    assert wait(1, 0.0, 9999) == 300
    assert wait(5, 0.0, 3) == 16


def test_what_may_recover_is_tried_until_it_is_given_up_and_at_least_once() -> None:
    later = Result("later", "HTTP 503")

    assert after(later, attempts=50, hours=23.9) == Again(300)
    assert after(later, attempts=51, hours=24) == Over(False)
    assert after(later, attempts=1, hours=48) == Over(False)
    assert after(ACCEPTED, hours=48) == Over(True)


def test_what_was_not_tried_is_no_attempt_and_what_lacks_something_is_never_given_up() -> None:
    assert after(Result("unsent")) == Again(0, counted=False)
    assert after(Result("lacking", "the support phone number")) == Again(1, counted=False)
    assert after(Result("lacking", "the support phone number"), hours=1000) == Again(30, counted=False)


@pytest.mark.parametrize(
    ("status", "answer", "trouble"),
    [
        (200, "accepted", False),
        (204, "accepted", False),
        (301, "refused", False),
        (307, "refused", False),
        (400, "refused", False),
        (401, "refused", False),
        (404, "refused", False),
        (408, "later", True),
        (410, "gone", False),
        (425, "later", True),
        (429, "later", True),
        (500, "later", True),
        (503, "later", True),
    ],
)
def test_what_a_status_code_says_of_the_message_and_of_the_host(status: int, answer: str, trouble: bool) -> None:
    result = answer_of(status)

    assert (result.answer, result.gate) == (answer, trouble)


def test_a_refusal_is_given_up_after_three_tries_and_gone_at_once() -> None:
    refused = Result("refused", "HTTP 404")

    assert [after(refused, attempts=n) for n in (1, 2, 3)] == [Again(1), Again(2), Over(False)]
    assert after(Result("gone", "HTTP 410")) == Over(False)


def test_a_gate_that_fails_three_times_is_closed_and_then_tried_with_one() -> None:
    gates = Gates(8)

    for _ in range(3):
        gates.enter("smtp")
        gates.leave("smtp", trouble=True, now=100.0, chance=0.0)

    assert gates.barred(100.5) == ["smtp"]
    assert gates.troubled() == ["smtp"]
    assert gates.barred(101.0) == []
    gates.enter("smtp")
    assert gates.barred(101.0) == ["smtp"]
    gates.leave("smtp", trouble=True, now=101.0, chance=0.0)
    assert gates.barred(102.9) == ["smtp"]
    gates.enter("smtp")
    gates.leave("smtp", trouble=False, now=103.0, chance=0.0)
    assert gates.barred(103.0) == gates.troubled() == []


def test_a_closed_gate_is_not_closed_longer_by_what_was_already_on_its_way() -> None:
    gates = Gates(8)
    for _ in range(6):
        gates.enter("host")

    for _ in range(6):
        gates.leave("host", trouble=True, now=100.0, chance=0.0)

    assert gates.barred(101.0) == []


def test_a_busy_gate_leaves_room_for_others() -> None:
    gates = Gates(4)

    for _ in range(5):
        gates.enter("slow")
    gates.enter("fast")

    assert gates.barred(0.0) == ["slow"]
    for _ in range(5):
        gates.leave("slow", trouble=None, now=0.0, chance=0.0)
    assert list(gates.names()) == ["fast"]


@pytest.mark.parametrize(
    "address",
    [
        "10.0.0.1",
        "172.16.0.1",
        "192.168.1.1",
        "127.0.0.1",
        "0.0.0.0",
        "169.254.169.254",
        "100.64.0.1",
        "168.63.129.16",
        "192.88.99.1",
        "198.18.0.1",
        "224.0.0.1",
        "239.255.255.255",
        "255.255.255.255",
        "240.0.0.1",
        "192.0.2.1",
        "::",
        "::1",
        "fe80::1",
        "fc00::1",
        "fd12::1",
        "fec0::1",
        "ff02::1",
        "ff0e::1",
        "2001:db8::1",
        "::ffff:10.0.0.1",
        "::ffff:127.0.0.1",
        "64:ff9b::7f00:1",
        "64:ff9b:1::a00:1",
        "2002:7f00:1::",
        "2002:808:808::1",
        "2001:0:7f00:1::",
        "::7f00:1",
        "::ffff:0:7f00:1",
    ],
)
def test_an_address_that_is_not_public_is_refused_in_every_disguise(address: str) -> None:
    assert refusal(ip_address(address)) is not None


@pytest.mark.parametrize("address", ["8.8.8.8", "1.1.1.1", "2606:4700::1111", "2a00:1450:4001::1", "::ffff:8.8.8.8"])
def test_a_public_address_is_allowed(address: str) -> None:
    assert refusal(ip_address(address)) is None


@pytest.mark.parametrize(
    ("address", "is_allowed"),
    [
        ("127.0.0.1", True),
        ("::1", True),
        ("10.1.2.3", True),
        ("fd00::1", True),
        ("169.254.169.254", False),
        ("0.0.0.0", False),
        ("224.0.0.1", False),
        ("2002:7f00:1::", False),
        ("fe80::1", False),
    ],
)
def test_where_private_addresses_are_allowed_metadata_and_tunnels_are_not(address: str, is_allowed: bool) -> None:
    assert (refusal(ip_address(address), allow_private=True) is None) is is_allowed
