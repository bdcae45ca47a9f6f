"""Whom an account has told: contacts as options and as a file say them, checked before anybody is owed a word."""

from __future__ import annotations

import base64
import secrets
from collections.abc import Iterator, Sequence
from email.utils import parseaddr
from typing import Any
from urllib.parse import urlsplit

from services.notifier.domain.recipients import is_email
from shared.events import Contact
from upheld.errors import Misused

Json = dict[str, Any]
_SECRET = "write whsec_ and the base64 of 24 to 64 random bytes, or leave it out"


def email_contact(text: str) -> Json:
    """The contact of an --email. Raises Misused."""
    name, address = parseaddr(text)
    if not is_email(address):
        raise Misused(
            f"{text!r} is no e-mail address.", errors=[("--email", "write ann@acme.example or 'Ann <ann@...>'")]
        )
    return {"name": name or address, "channel": "email", "address": address}


def webhooks(urls: Sequence[str], given: Sequence[str]) -> list[tuple[str, str]]:
    """Each --webhook with its --secret, empty where none was given. Raises Misused."""
    if len(given) > len(urls):
        raise Misused("There are more secrets than webhooks.", errors=[("--secret", "one for each --webhook")])
    for url in urls:
        if not _is_url(url):
            raise Misused(f"{url!r} is no URL to send to.", errors=[("--webhook", "write https://host/path")])
    for value in given:
        if not _is_secret(value):
            raise Misused("A signing secret is not as it must be.", errors=[("--secret", _SECRET)])
    return [(url, given[place] if place < len(given) else "") for place, url in enumerate(urls)]


def replaced(
    contacts: Sequence[Json], emails: Sequence[Json], hooks: Sequence[tuple[str, str]]
) -> tuple[list[Json], dict[str, str]]:
    """The contacts with those of a kind that was given instead of the old ones; and the secrets made, by their URL."""
    found = [item for item in contacts if not emails or item.get("channel") != "email"] + [*emails]
    if not hooks:
        return found, {}
    made: dict[str, str] = {}
    kept = {item.get("address"): item.get("secret") for item in found if item.get("channel") == "webhook"}
    found = [item for item in found if item.get("channel") != "webhook"]
    for url, given in hooks:
        signed = given or kept.get(url)
        if signed is None:
            signed = made[url] = "whsec_" + base64.b64encode(secrets.token_bytes(32)).decode()
        found.append({"name": "webhook", "channel": "webhook", "address": url, "secret": signed})
    return found, made


def faults_of(contacts: Sequence[Contact]) -> Iterator[tuple[str, str]]:
    """What in the contacts of a file could never be sent to: the field, and what to write."""
    for place, contact in enumerate(contacts):
        if contact.channel == "email":
            if not is_email(contact.address):
                yield f"contacts.{place}.address", f"{contact.address!r} is no e-mail address: write ann@acme.example"
            continue
        if not _is_url(contact.address):
            yield f"contacts.{place}.address", f"{contact.address!r} is no URL to send to: write https://host/path"
        if contact.secret is not None and not _is_secret(contact.secret):
            yield f"contacts.{place}.secret", _SECRET.removesuffix(", or leave it out")


def doubts_of(contacts: Sequence[Contact], priorities: Sequence[str]) -> Iterator[str]:
    """Contacts that will be told nothing; `priorities` are all that a published policy has, none where none is."""
    for contact in contacts:
        unknown = [key for key in contact.priorities if key not in priorities] if priorities else []
        if unknown:
            yield (
                f"No published policy has the priority {', '.join(unknown)} of which {contact.name} wants to be told; "
                f"there are {', '.join(priorities)}."
            )
        if contact.channel == "webhook" and contact.secret is None:
            yield f"{contact.name} at {contact.address} has no secret to sign with: nothing will be sent there."


def _is_url(text: str) -> bool:
    try:
        parts = urlsplit(text)
    except ValueError:
        return False
    return parts.scheme in ("http", "https") and bool(parts.hostname)


def _is_secret(text: str) -> bool:
    try:
        raw = base64.b64decode(text.removeprefix("whsec_"), validate=True)
    except ValueError:
        return False
    return text.startswith("whsec_") and 24 <= len(raw) <= 64
