"""What a message says, and that nobody's words can break it."""

from __future__ import annotations

import email
import email.policy
import json
from datetime import UTC, datetime, timedelta
from email.message import EmailMessage
from pathlib import Path
from typing import Any
from uuid import UUID

import pytest
from hypothesis import given
from hypothesis import strategies as st
from jinja2 import UndefinedError
from jinja2.exceptions import SecurityError
from jsonschema import Draft202012Validator

from services.notifier.channels import written
from services.notifier.channels.written import Mails, header, html_of, sender_of, text_of, webhook_of
from services.notifier.domain.content import Content, Lacking, clean, content_of, one_line
from services.notifier.domain.messages import Claimed, Message
from shared.envelope import Envelope
from shared.policy import parse_policy
from tests.support.statuses import Ticket

NOW = datetime(2026, 3, 2, 12, 0, tzinfo=UTC)
FOLDER = Path(__file__).parents[2] / "deploy" / "policies"
DEMO, PLIVO = (parse_policy((FOLDER / f"{name}.yaml").read_text()) for name in ("demo", "plivo"))
ANY_LETTER = st.characters(exclude_characters="\x00", exclude_categories=["Cs"])
FIRST, SECOND = UUID(int=1), UUID(int=2)
MAILS = Mails(sender_of("Upheld Support <support@upheld.example>"))


def said(status: str | None = "Initial", **given: Any) -> Content:
    ticket = Ticket("1", description=given.pop("description", "Calls fail with 503"))
    return content_of(ticket.change(status, at=NOW, **given), DEMO, None)


def message(content: Content, *, id: UUID = FIRST, thread: UUID = FIRST, address: str = "ann@x.example") -> Message:
    claimed = Claimed(
        id,
        UUID(int=9),
        content.ticket_id,
        id.int,
        "email",
        address,
        address,
        "smtp",
        "acme",
        False,
        1,
        NOW,
        thread,
        "",
        Envelope("e", "status-monitor", "t", None, NOW),
    )
    return Message(claimed, content)


def parsed(content: Content, **given: Any) -> EmailMessage:
    raw = Mails(MAILS.sender).write(message(content, **given), NOW)
    assert b"\n" not in raw.replace(b"\r\n", b"")
    assert max(map(len, raw.split(b"\r\n"))) < 998
    return email.message_from_bytes(raw, policy=email.policy.default)


def bodies(mail: EmailMessage) -> tuple[str, str]:
    plain, html = mail.get_body(("plain",)), mail.get_body(("html",))
    assert plain is not None
    assert html is not None
    return plain.get_content(), html.get_content()


def test_a_mail_has_the_four_contents_the_clause_and_what_comes_next_in_text_and_html() -> None:
    content = said("Action Required", message="Which environment is it?", next_update_due=NOW + timedelta(hours=2))

    mail = parsed(content)

    assert mail["Subject"] == "[T-1] Action Required: Calls fail with 503"
    assert mail["From"] == "Upheld Support <support@upheld.example>"
    assert mail["Message-ID"] == f"<{FIRST}@upheld.example>"
    assert mail["Auto-Submitted"] == "auto-generated"
    assert mail["X-Upheld-Notification"] == str(FIRST)
    assert mail["In-Reply-To"] is None
    for body in bodies(mail):
        for words in (
            "Action Required",
            "T-1",
            "+1 555 0100",
            "Calls fail with 503",
            "P1 (clause B.3.P1)",
            "out in production and no workaround exists",
            "Which environment is it?",
            "Please reply to the ticket with what is asked for",
            "due by 02 Mar 2026 14:00 UTC",
            "https://upheld.example/docs",
        ):
            assert words in body


def test_later_mails_of_a_ticket_answer_its_first_one() -> None:
    mail = parsed(said("Update"), id=SECOND, thread=FIRST)

    assert mail["In-Reply-To"] == mail["References"] == f"<{FIRST}@upheld.example>"
    assert mail["Message-ID"] == f"<{SECOND}@upheld.example>"


def test_a_customer_s_words_break_neither_headers_nor_html_nor_templates() -> None:
    hostile = (
        "x\r\nBcc: all@victim.example\r\n\r\n<script>alert(1)</script> {{ 7 * 7 }} {% raw %} "
        "=?utf-8?q?spoof?= \u202egnp.exe\r\n--=_0.1--\r\n.\r\nSupport phone: +1 900 EVIL"
    )

    mail = parsed(said(description=hostile, message=hostile))

    assert mail["Bcc"] is None
    assert mail["Subject"].startswith("[T-1] Initial: x Bcc: all@victim.example <script>")
    plain, html = bodies(mail)
    assert "<script>" not in html
    assert "&lt;script&gt;alert(1)&lt;/script&gt; {{ 7 * 7 }} {% raw %}" in html
    assert "> Support phone: +1 900 EVIL" in plain
    assert "\nSupport phone: +1 900 EVIL" not in plain
    assert "\u202e" not in plain + html + mail["Subject"]
    assert [part.get_content_type() for part in mail.iter_parts()] == ["text/plain", "text/html"]


@given(words=st.text(ANY_LETTER, min_size=1, max_size=300), id=st.sampled_from([FIRST, SECOND]))
def test_any_words_make_a_mail_with_the_same_headers_and_both_parts(words: str, id: UUID) -> None:
    mail = parsed(said("Update", description=words, message=words), id=id)

    assert mail.keys().count("Subject") == 1
    assert mail["X-Upheld-Notification"] == str(id)
    assert [part.get_content_type() for part in mail.iter_parts()] == ["text/plain", "text/html"]
    assert not mail.defects


def test_a_subject_of_another_script_is_encoded_and_read_back() -> None:
    mail = parsed(said(description="Звонки не проходят: ошибка 503"))

    assert mail["Subject"] == "[T-1] Initial: Звонки не проходят: ошибка 503"


@pytest.mark.parametrize("value", ["a\r\nb", "a\nb", "a\x00b", "a\x7f"])
def test_a_header_of_more_than_one_line_is_refused(value: str) -> None:
    with pytest.raises(ValueError, match="control character"):
        header("X-Test", value)


def test_templates_are_sandboxed_and_an_undefined_name_is_an_error() -> None:
    with pytest.raises(SecurityError):
        written._templates.from_string("{{ ''.__class__.__mro__ }}").render()
    with pytest.raises(UndefinedError):
        written._templates.from_string("{{ nothing }}").render()


def test_an_alarm_says_what_it_is_and_that_the_customer_was_not_told() -> None:
    content = said(None, cause="breached", message="first_response was due at 11:00")

    text = text_of(content)

    assert content.subject == "[T-1] breached: Calls fail with 503"
    assert "Status: breached" in text
    assert "> first_response was due at 11:00" in text
    assert "the customer was not told of this" in text
    assert "Status</th><td>breached" in html_of(content)


def test_the_phone_comes_from_the_policy_else_from_the_settings_else_it_is_lacking() -> None:
    event = Ticket("1").change("Initial", at=NOW)

    assert content_of(event, DEMO, "+1 999").phone == "+1 555 0100"
    assert content_of(event, PLIVO, "+1 999").phone == "+1 999"
    with pytest.raises(Lacking, match="support phone number"):
        content_of(event, PLIVO, None)
    with pytest.raises(Lacking, match="a policy in effect"):
        content_of(event, None, "+1 999")


def test_a_webhook_says_the_same_as_json() -> None:
    body = json.loads(webhook_of(message(said("Resolved", message="Fixed \u2713"))))

    assert body["type"] == "upheld.notification"
    assert body["timestamp"] == "2026-03-02T12:00:00+00:00"
    data = body["data"]
    assert (data["status"], data["number"], data["phone"], data["description"]) == (
        "Resolved",
        "T-1",
        "+1 555 0100",
        "Calls fail with 503",
    )
    assert data["message"] == "Fixed \u2713"
    assert data["notification_id"] == str(FIRST)
    assert data["account"] == "acme"
    assert data["next_step"].startswith("If the problem is still there, reply to the ticket within 7 days")


@pytest.mark.parametrize("status", ["Initial", "Update", "Resolved", "Informational", "Action Required"])
def test_a_webhook_is_posted_as_the_contract_says_and_no_field_more(status: str) -> None:
    document = json.loads((Path(__file__).parents[2] / "docs/openapi/notifier.json").read_text())
    schemas = document["components"]["schemas"]
    for schema in (schemas["Posted"], schemas["Notice"]):
        schema["additionalProperties"] = False
    ask = document["webhooks"]["notification"]["post"]["requestBody"]["content"]["application/json"]["schema"]
    validator = Draft202012Validator(
        {**ask, "components": document["components"]}, format_checker=Draft202012Validator.FORMAT_CHECKER
    )

    for due in (None, NOW + timedelta(hours=2)):
        body = json.loads(webhook_of(message(said(status, message="words", next_update_due=due))))

        assert [error.message for error in validator.iter_errors(body)] == []


def test_cleaning_drops_what_hides_or_reorders_and_keeps_lines_and_tabs() -> None:
    assert clean(" a\r\nb\rc\u2028d\te\x1b[31m\u200f\u2066f\ud800 ") == "a\nb\nc\nd\te[31mf"
    assert one_line("a \n\t b" + "c" * 100, 10) == "a bcccccc\u2026"


def test_a_sender_without_an_address_is_refused() -> None:
    with pytest.raises(ValueError, match="holds no e-mail address"):
        sender_of("Support")
