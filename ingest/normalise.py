"""Turns raw text into the text that is stored, once and for all: every span refers to what comes out here."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Callable, Sequence
from dataclasses import dataclass

_TAGS = re.compile("[\U000e0000-\U000e007f]")
_SOFT_BREAK = re.compile(r"(?<=\w)\u00ad[^\S\n]*\n[^\S\n]*(?=\w)")
# Controls, soft hyphen, zero-width signs, bidi controls, invisible operators, variation selectors, tags, no characters.
_UNSEEN = re.compile(
    "[\x00-\x08\x0e-\x1f\x7f-\x84\x86-\x9f\u00ad\u034f\u061c\u180b-\u180f\u200b-\u200f\u202a-\u202e\u2060-\u206f"
    "\ud800-\udfff\ufdd0-\ufdef\ufe00-\ufe0f\ufeff\ufff0-\ufffb\ufffe\uffff\U000e0000-\U000e0fff]"
)
# Latin and Armenian ligatures, and the Arabic letters that older fonts store as shapes.
_SHAPES = re.compile("[\ufb00-\ufb06\ufb13-\ufb17\ufb50-\ufbb1\ufbd3-\ufd3d\ufd50-\ufdfc\ufe70-\ufefc]")
_UNEVEN_SPACE = re.compile(r"[^\S \n]\s*| \s+|\n\s+")
_LINE_BREAK = re.compile("\r\n|[\n\v\f\r\x85\u2028\u2029]")
_BROKEN_WORD = re.compile(r"(?<=[^\W_])([-\u2010]\n)(?=[^\W_])")
_WORD = re.compile(r"\w+")
# "Forschungs-\nund Entwicklung": the hyphen stands for the word that comes later.
_AFTER_SUSPENDED_HYPHEN = frozenset({"und", "oder", "bzw", "and", "or", "of", "et", "ou", "e", "o"})


@dataclass(frozen=True, slots=True)
class Normalised:
    """Normalised text; `origins[i]` is the index of the raw character that `text[i]` came from, never decreasing."""

    text: str
    origins: Sequence[int]
    tags: int = 0


def normalise(raw: str) -> Normalised:
    """Composes (NFC), opens ligatures, mends words broken over line ends, evens out spaces, drops what no reader sees.

    Line breaks stay, at most two in a row. Unicode tag characters are dropped and counted. Applying it to its own
    result changes nothing.
    """
    edited = _Edited(raw, range(len(raw)))
    if not raw.isascii():
        edited = edited.replace(_SOFT_BREAK, _nothing)
    edited = edited.replace(_UNSEEN, _nothing)
    edited = edited.replace(_SHAPES, lambda match: unicodedata.normalize("NFKC", match[0]))
    edited = _compose(edited)
    edited = edited.replace(_UNEVEN_SPACE, _even_space)
    edited = edited.replace(_BROKEN_WORD, _mended)
    edited = edited.strip()
    return Normalised(edited.text, edited.origins, tags=len(_TAGS.findall(raw)))


@dataclass(frozen=True, slots=True)
class _Edited:
    text: str
    origins: Sequence[int]

    def replace(self, pattern: re.Pattern[str], replacement: Callable[[re.Match[str]], str]) -> _Edited:
        """Each new character comes from the first character that its match replaces."""
        pieces: list[str] = []
        origins: list[int] = []
        done = 0
        for match in pattern.finditer(self.text):
            new = replacement(match)
            start, end = match.span()
            pieces += (self.text[done:start], new)
            origins += self.origins[done:start]
            origins += [self.origins[start]] * len(new)
            done = end
        if not pieces:
            return self
        return _Edited("".join((*pieces, self.text[done:])), [*origins, *self.origins[done:]])

    def strip(self) -> _Edited:
        start = len(self.text) - len(self.text.lstrip())
        end = len(self.text.rstrip())
        return _Edited(self.text[start:end], self.origins[start:end])


def _nothing(match: re.Match[str]) -> str:
    return ""


def _compose(edited: _Edited) -> _Edited:
    if unicodedata.is_normalized("NFC", edited.text):
        return edited
    characters = set(edited.text)
    joining = "".join(filter(_joins_what_is_before, characters))
    alone = "".join(character for character in characters if not unicodedata.is_normalized("NFC", character))
    clusters = [f"(?s:.)[{re.escape(joining)}]+"] * bool(joining) + [f"[{re.escape(alone)}]"] * bool(alone)
    return edited.replace(re.compile("|".join(clusters)), lambda match: unicodedata.normalize("NFC", match[0]))


def _joins_what_is_before(character: str) -> bool:
    """Marks, and the vowels and final consonants of Korean: the only characters that compose with the one before."""
    return unicodedata.category(character).startswith("M") or "\u1160" <= character <= "\u11ff"


def _even_space(match: re.Match[str]) -> str:
    return "\n" * min(len(_LINE_BREAK.findall(match[0])), 2) or " "


def _mended(match: re.Match[str]) -> str:
    """Whether the hyphen at a line end belongs to the word, and whether the word goes on without a space."""
    text, hyphen, start, end = match.string, match[0][0], match.start(), match.end()
    left = text[max(text.rfind(" ", 0, start), text.rfind("\n", 0, start)) + 1 : start]
    right = _WORD.match(text, end)
    after = right[0] if right else ""
    if after in _AFTER_SUSPENDED_HYPHEN or (after == "en" and left[-1] not in "aeiouy"):
        return f"{hyphen} "
    if not (left[-1].islower() and after[:1].islower()) or _belongs_to_its_word(text, left, after):
        return hyphen
    return ""


def _belongs_to_its_word(text: str, left: str, right: str) -> bool:
    """As in "state-of-the-" + "art", in addresses, and where the same text writes the word with a hyphen elsewhere."""
    last = re.split(r"[-\u2010]", left)[-1]
    if f"{last}{right}" in text:
        return False
    return last != left or not left.strip("(\"'“‘«[„‚").isalpha() or f"{left}-{right}" in text
