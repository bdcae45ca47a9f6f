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
    implied: bool = False
    """An environment that nobody names, and that is concluded: whose customers suffer is in production."""


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

    def with_reply(self, reply: Read) -> Read:
        """What is known after a reply's words. No word of it makes the impact less: an agent does, or a stated fact."""
        new = {found.fact: found for found in reply.facts if found.fact in _TOLD_IN_REPLIES}
        if self.value("service") is not None:
            new.pop("service", None)
        if "environment" in new and new["environment"].implied and self.value("environment") is not None:
            del new["environment"]
        if "impact" in new and not worse(new["impact"].value, self.value("impact")):
            del new["impact"]
        kept = tuple(new.pop(found.fact, found) for found in self.facts)
        known = {proposal.clause for proposal in self.exclusions}
        further = tuple(proposal for proposal in reply.exclusions if proposal.clause not in known)
        return Read(facts=kept + tuple(new.values()), exclusions=self.exclusions + further)

    def value(self, fact: str) -> str | None:
        """What was read of a fact."""
        return next((found.value for found in self.facts if found.fact == fact), None)


_TOLD_IN_REPLIES = ("environment", "impact", "workaround", "ongoing", "service")
_GRAVE = ("none", "intermittent", "degraded", "outage")


def worse(impact: str, known: str | None) -> bool:
    """Whether this impact is more than the one that is known."""
    return known is None or _GRAVE.index(impact) > _GRAVE.index(known)
