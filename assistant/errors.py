"""What can go wrong while a question is answered.

AssistantError
├── CitationBroken      a quote is not verbatim where the citation says it is
└── BadKeys             the keys in the settings are malformed
"""

from __future__ import annotations


class AssistantError(Exception):
    """Any fault of this package; its text says what is wrong and what to do."""


class CitationBroken(AssistantError):
    """A quote is not verbatim on the cited page; such an answer never leaves the program."""


class BadKeys(AssistantError):
    """The keys in the settings are malformed."""
