"""Which language a text is in."""

from __future__ import annotations

import math
from functools import lru_cache
from typing import Protocol, cast

import numpy as np
from numpy.typing import NDArray


class _Identifier(Protocol):
    def rank(self, text: str) -> list[tuple[str, float]]: ...


_SIGNS = 5_000  # enough to be sure of a document; more only takes longer


def detect(text: str) -> str:
    """The ISO 639-1 code of the most likely language; "und" for a text without letters."""
    if not any(sign.isalpha() for sign in text):
        return "und"
    return likely(text)[0][0]


def likely(text: str) -> list[tuple[str, float]]:
    """All languages with their probabilities, the most likely first.

    Naive Bayes takes the pieces of a word for independent and so is far too sure: the logarithms are divided by the
    root of the number of bytes, as py3langid does from version 0.4 on.
    """
    ranked = _identifier().rank(text[:_SIGNS])
    warmth = math.sqrt(len(text[:_SIGNS].encode()) or 1)
    odds = {code: math.exp((float(score) - float(ranked[0][1])) / warmth) for code, score in ranked}
    total = sum(odds.values())
    return [(code, odd / total) for code, odd in odds.items()]


@lru_cache(maxsize=1)
def _identifier() -> _Identifier:
    from py3langid.langid import MODEL_FILE, LanguageIdentifier  # its model takes a tenth of a second to load

    class OfFeaturesHeld(LanguageIdentifier):  # type: ignore[misc]  # py3langid has no types
        """Adds up what the features of a text say, and not also the nothing that 7,000 others say.

        numpy would multiply by all of them in threads, which spin for a tenth of a second afterwards: whoever asked for
        a language ten times a second lost a core.
        """

        def nb_classprobs(self, fv: NDArray[np.uint16]) -> NDArray[np.float32]:
            held = np.flatnonzero(fv)
            told: NDArray[np.float32] = (fv[held, np.newaxis] * self.nb_ptc[held]).sum(axis=0) + self.nb_pc
            return told

    return cast(_Identifier, OfFeaturesHeld.from_pickled_model(MODEL_FILE))
