"""Words misspelt by a letter or two, read as the words that the documents use."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Mapping

from ingest.analyse import fold

_WORD = re.compile(r"[^\W\d_]{4,}(?:[-‐‑][^\W\d_]+)*")
_LONG = 10  # letters in which two slips are forgiven; in less one is


def corrections(
    question: str, names: Iterable[str], vocabulary: Iterable[str], is_known: Callable[[str], bool]
) -> dict[str, str]:
    """What was written in a question and is read as something else.

    A word that `is_known` stays. Another one is read as the word of `vocabulary` that is nearest to it, if one is near
    enough and no other is as near; a name of several words, or an abbreviation, as one of `names`. What is read begins
    with the letter that was written.
    """
    found = _names(question, names)
    spoken = {word for name in found for word in name.split()}
    words: dict[str, str] = {}
    for match in _WORD.finditer(question):
        word = match.group()
        if word in spoken or is_known(word):
            continue
        words = words or {word.casefold(): word for word in vocabulary}
        near = _nearest(word.casefold(), names if word.isupper() else words)
        if near is not None:
            found[word] = near if word.isupper() else _cased(words[near], word)
    return found


def corrected(question: str, read: Mapping[str, str]) -> str:
    """A question with what was misspelt as it is read."""
    if not read:
        return question
    written = "|".join(map(re.escape, sorted(read, key=len, reverse=True)))
    return re.sub(rf"(?<!\w)(?:{written})(?!\w)", lambda found: read[found.group()], question)


def _names(question: str, names: Iterable[str]) -> dict[str, str]:
    """The names of several words that the question holds but for a slip or two."""
    told = question.casefold()
    written = re.findall(r"[\w&.-]*\w", question)
    found = {}
    for name in names:
        size = len(name.split())
        if size > 1 and name.casefold() not in told:
            for start, word in enumerate(written[: len(written) - size + 1]):
                words = " ".join(written[start : start + size])
                if word[0] == name[0] and _is_near(words.casefold(), name.casefold()):
                    found[words] = name
    return found


def _nearest(word: str, candidates: Iterable[str]) -> str | None:
    """The one candidate with the fewest slips; None where none is near or two are as near."""
    near = [(distance(word, fold(each.casefold())), each) for each in candidates if _is_near(word, each.casefold())]
    best = min((slips for slips, _ in near), default=0)
    nearest = {each for slips, each in near if slips == best}
    return nearest.pop() if len(nearest) == 1 else None


def _is_near(written: str, meant: str) -> bool:
    forgiven = 2 if len(meant) >= _LONG else 1
    if written[:1] != meant[:1] or abs(len(written) - len(meant)) > forgiven or min(len(written), len(meant)) < 4:
        return False
    return 0 < distance(fold(written), fold(meant)) <= forgiven


def distance(left: str, right: str) -> int:
    """The least number of letters put in, left out, changed, or swapped with their neighbour (Damerau, restricted)."""
    before: list[int] = []
    above = list(range(len(right) + 1))
    for row, letter in enumerate(left, start=1):
        here = [row]
        for column, other in enumerate(right, start=1):
            here.append(min(above[column] + 1, here[-1] + 1, above[column - 1] + (letter != other)))
            if row > 1 and column > 1 and letter == right[column - 2] and left[row - 2] == other:
                here[-1] = min(here[-1], before[column - 2] + 1)
        before, above = above, here
    return above[-1]


def _cased(word: str, like: str) -> str:
    return word.capitalize() if like[0].isupper() else word.lower()
