"""One example of each event, as its producer would put it on its topic: a morning on which calls failed.

They are shown in the documents, and the golden messages of the tests say what they look like on the wire.
"""

from shared.contracts.examples import reference, ticket
from shared.contracts.examples.base import ISSUE, Example
from shared.events import Event

EXAMPLES: dict[type[Event], Example] = {
    type(example.event): example
    for example in (
        ticket.REPORTED,
        ticket.OPENED,
        ticket.REPLIED,
        ticket.ASSIGNED,
        ticket.CHANGED,
        ticket.SENT,
        ticket.DETECTED,
        reference.ACCOUNT,
        reference.PUBLISHED,
        reference.ACCESS,
    )
}


def example_of(kind: type[Event]) -> Example:
    """The event's example. Raises LookupError for an event that has none."""
    if kind not in EXAMPLES:
        raise LookupError(f"{kind.__name__} has no example: add one to shared/contracts/examples/")
    return EXAMPLES[kind]


__all__ = ["EXAMPLES", "ISSUE", "Example", "example_of"]
