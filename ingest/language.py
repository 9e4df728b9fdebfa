"""Which language a text is in."""

from __future__ import annotations

from functools import lru_cache
from typing import Protocol, cast


class _Identifier(Protocol):
    def rank(self, text: str) -> list[tuple[str, float]]: ...


_SIGNS = 5_000  # enough to be sure of a document; more only takes longer


def detect(text: str) -> str:
    """The ISO 639-1 code of the most likely language; "und" for a text without letters."""
    if not any(sign.isalpha() for sign in text):
        return "und"
    return likely(text)[0][0]


def likely(text: str) -> list[tuple[str, float]]:
    """All languages with their probabilities, the most likely first."""
    return _identifier().rank(text[:_SIGNS])


@lru_cache(maxsize=1)
def _identifier() -> _Identifier:
    from py3langid.langid import MODEL_FILE, LanguageIdentifier  # its model takes a third of a second to load

    return cast(_Identifier, LanguageIdentifier.from_model_file(MODEL_FILE, norm_probs=True))
