"""Who the demo's customers are: what they use, under which plan, and who wants to be told what."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime, timedelta

from shared.events import AccountChanged, Contact, Term

HOOK_SECRETS = {
    "acme": "whsec_YWNtZS1zaWducy1pdHMtd2ViaG9va3MtMDE=",
    "cobalt": "whsec_Y29iYWx0LXNpZ25zLWl0cy13ZWJob29rcw==",
}


def accounts(hooks: Mapping[str, str], now: datetime) -> dict[str, AccountChanged]:
    """The customers by id; `hooks` says where each one's webhook is."""
    term = Term(start=now - timedelta(days=200), end=now + timedelta(days=165))

    def mail(name: str, address: str, **wants: tuple[str, ...]) -> Contact:
        return Contact.model_validate({"name": name, "channel": "email", "address": address, **wants})

    def hook(account: str) -> Contact:
        return Contact(name="Incident desk", channel="webhook", address=hooks[account], secret=HOOK_SECRETS[account])

    return {
        "acme": AccountChanged(
            id="acme",
            name="Acme Airlines",
            plan="business",
            term=term,
            services=("voice", "sms", "mms", "whatsapp"),
            contacts=(mail("Operations", "noc@acme.example"), hook("acme")),
        ),
        "birch": AccountChanged(
            id="birch",
            name="Birch Books",
            plan="basic",
            term=term,
            services=("sms", "verify", "whatsapp"),
            contacts=(mail("Support desk", "support@birch.example"),),
        ),
        "cobalt": AccountChanged(
            id="cobalt",
            name="Cobalt Bank",
            plan="personalized",
            term=term,
            services=("voice", "sip-trunking", "phone-numbers", "mms"),
            contacts=(
                mail("On duty", "duty@cobalt.example", priorities=("P1", "P2")),
                mail("Head of operations", "head@cobalt.example", statuses=("Initial", "Resolved"), priorities=("P1",)),
                hook("cobalt"),
            ),
        ),
        "delta": AccountChanged(
            id="delta",
            name="Delta Dental",
            plan="business",
            term=term,
            services=("lookup",),
            contacts=(mail("IT", "it@delta.example"),),
        ),
    }
