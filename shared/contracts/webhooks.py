"""What a service posts to addresses of others, in the words of OpenAPI: Standard Webhooks, signed."""

from __future__ import annotations

from shared.contracts.schemas import Json

_HEADERS = {
    "webhook-id": ("The same on every attempt: drop what you have.", {"type": "string", "format": "uuid"}),
    "webhook-timestamp": ("Seconds since 1970, of this attempt.", {"type": "string", "pattern": "^[0-9]+$"}),
    "webhook-signature": (
        "`v1,` and the HMAC-SHA256 in base64, keyed by the contact's secret, of id, timestamp and body joined by dots.",
        {"type": "string", "pattern": "^v1,[A-Za-z0-9+/]+=*$"},
    ),
}
_ANSWERS = {
    "2XX": "Accepted, within 10 s.",
    "410": "Gone: it is given up.",
    "4XX": "Refused: tried three times. 408, 425 and 429 are taken for 5XX.",
    "5XX": "Tried again, with growing waits and your Retry-After, for a day.",
}


def webhooks(body: Json) -> Json:
    """The `webhooks` of a document, with the reference to the body's schema."""
    return {
        "notification": {
            "post": {
                "summary": "Tell a contact what happened to a ticket",
                "description": "Posted to each contact whose channel is `webhook`. Nothing overtakes what was sent "
                "before of the same ticket. Verify the signature (Standard Webhooks) over the body's bytes as they "
                "came.",
                "operationId": "notification",
                "parameters": [
                    {"name": name, "in": "header", "required": True, "description": says, "schema": schema}
                    for name, (says, schema) in _HEADERS.items()
                ],
                "requestBody": {"required": True, "content": {"application/json": {"schema": body}}},
                "responses": {status: {"description": says} for status, says in _ANSWERS.items()},
            }
        }
    }
