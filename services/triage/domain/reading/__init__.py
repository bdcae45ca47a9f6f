"""Facts read from a description, by rules and by precedents, with the words they rest on.

Pure: the same text gives the same facts. Five languages: English, Spanish, French, Portuguese, German.
"""

from services.triage.domain.reading.found import Found, Proposal, Read
from services.triage.domain.reading.precedents import all_precedents as prepare
from services.triage.domain.reading.read import read

__all__ = ["Found", "Proposal", "Read", "prepare", "read"]
