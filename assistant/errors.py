"""What can go wrong while a question is answered.

AssistantError
├── CitationBroken      a quote is not verbatim where the citation says it is
├── BadLimits           the limits in the settings are malformed
├── BadPrompt           the file of a prompt is missing or malformed
├── ChatUnavailable     the chat model of the settings cannot be opened
├── ChatFailed          the chat model gave no answer
└── BadKeys             the keys in the settings or in the file of keys are malformed, or cannot be changed so
"""

from __future__ import annotations


class AssistantError(Exception):
    """Any fault of this package; its text says what is wrong and what to do."""


class CitationBroken(AssistantError):
    """A quote is not verbatim on the cited page; such an answer never leaves the program."""


class BadLimits(AssistantError):
    """The limits in the settings are malformed; the text names the setting."""


class BadKeys(AssistantError):
    """The keys in the settings or in the file of keys are malformed, or cannot be changed as asked."""


class BadPrompt(AssistantError):
    """The file of a prompt is missing or malformed; the text names it and says what is wrong."""


class ChatUnavailable(AssistantError):
    """The chat model of the settings cannot be opened; the text says which and why."""


class ChatFailed(AssistantError):
    """The chat model gave no answer; `helps` where asking once more may help, after `wait` seconds."""

    def __init__(self, reason: str, *, helps: bool = False, wait: float = 0.0) -> None:
        super().__init__(reason)
        self.helps, self.wait = helps, wait
