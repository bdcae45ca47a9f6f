"""What is read from a text: facts and proposed exclusions, each with the words that it rests on and their place."""

from __future__ import annotations

from shared.events import Instant, Name, Part, Text


class Found(Part):
    """A fact as read: its words, and where in the text they stand (in characters)."""

    fact: Name
    value: Name
    words: Text
    start: int
    end: int


class Proposal(Part):
    """A clause of SLA B.5 that the text gives evidence for, to the extent of an interval where it names one."""

    clause: Name
    words: tuple[Text, ...]
    from_: Instant | None = None
    to: Instant | None = None


class Read(Part):
    """What was read from a text; recorded as it was read, so that an assessment can be worked out again."""

    facts: tuple[Found, ...] = ()
    exclusions: tuple[Proposal, ...] = ()

    def value(self, fact: str) -> str | None:
        """What was read of a fact."""
        return next((found.value for found in self.facts if found.fact == fact), None)
