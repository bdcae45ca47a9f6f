"""What is reported outside the subscription term goes to a person, whatever became known when."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

from shared.events import Term
from tests.support.space import CALLS, POLICIES, Message, Space
from tests.support.waiting import until

POLICY = (POLICIES / "plivo.yaml").read_text()
DAY = timedelta(days=1)


async def notices(space: Space, account: str, count: int) -> list[tuple[str, str]]:
    """The internal notices on the account's ticket, once there are so many: cause and message."""

    async def found() -> list[Message] | None:
        said = [m for m in await space.read("tickets") if m.headers["ce_source"] == "status-monitor"]
        internal = [m for m in said if m.json["audience"] == "internal" and m.json["ticket"]["account"] == account]
        return internal if len(internal) >= count else None

    return [(m.json["cause"], m.json["message"]) for m in await until(f"{count} internal notices", found)]


async def report(space: Space, account: str) -> None:
    async with space.http("intake", await space.key("customer", account=account)) as http:
        assert (await http.post("/v1/issues", json=CALLS)).status_code in (201, 202)


async def test_an_account_that_is_known_later_than_its_ticket_is_told_of_as_out_of_term_then(space: Space) -> None:
    await space.start("intake", "triage", "status-monitor")
    await space.policy(POLICY)
    await report(space, "ghost")
    (unknown,) = await notices(space, "ghost", 1)

    await space.account("ghost", plan="business", services=["voice"], term=Term(start=datetime.now(UTC), end=None))
    _, outside = await notices(space, "ghost", 2)

    assert unknown[0] == "unknown account"
    assert outside[0] == "out of term"
    assert outside[1].startswith("Reported outside the subscription term of ghost (term: ")
    assert ", reported " in outside[1]


async def test_a_ticket_before_its_term_begins_and_one_between_two_terms_go_to_a_person(space: Space) -> None:
    now = datetime.now(UTC)
    await space.start("intake", "triage", "status-monitor")
    await space.policy(POLICY)
    await space.account("early", plan="business", services=["voice"], term=Term(start=now + DAY, end=None))
    await space.account("late", plan="business", services=["voice"], term=Term(start=now - 9 * DAY, end=now - DAY))

    await report(space, "early")
    ((cause, before),) = await notices(space, "early", 1)
    await report(space, "late")
    ((ended, _),) = await notices(space, "late", 1)
    await space.account("late", plan="business", services=["voice"], term=Term(start=datetime.now(UTC), end=None))
    _, (renewed, message) = await notices(space, "late", 2)

    assert (cause, ended, renewed) == ("out of term", "out of term", "term renewed")
    assert f"(term: {now + DAY:%Y-%m-%d} to open, B.5)" in before
    assert "This ticket was reported outside the term: nothing is owed on it (B.5)" in message
