"""Where sentences end, in the five languages of the corpus and in running text of any other."""

from __future__ import annotations

import re
from itertools import pairwise

_ABBREVIATIONS = frozenset(
    # English
    "e.g i.e vs cf art arts sec para dept prof dr mr mrs ms inc ltd co corp approx est fig figs vol ed eds al p pp "
    # Dutch
    "bv bijv nl d.w.z m.b.t i.v.m o.a m.n incl excl ca nr nrs resp t.a.v t.o.v z.g.n zgn dhr mevr ir ing "
    # German
    "z.b d.h u.a bzw abs ggf evtl vgl nr ziff lit inkl zzgl gem i.d.r s.o s.u bspw mio mrd "
    # French and Italian
    "p.ex c.-à-d art al env m mme n.b sig sigg dott es cit pag p.es c.d ss".split()
)
_BEFORE_NUMBERS = frozenset(["no", "nos", "nr", "nrs", "p", "pp", "fig", "figs", "vol", "art", "arts", "n", "c", "ca"])
_MONTHS = [
    "januar",
    "februar",
    "märz",
    "april",
    "mai",
    "juni",
    "juli",
    "august",
    "september",
    "oktober",
    "november",
    "dezember",
    "januari",
    "februari",
    "maart",
    "mei",
    "augustus",
    "january",
]
_END = re.compile(r"""(?<![.!?…])[.!?…]+(?:["'”’»)\]]+)?(?=\s|$)""")
_LAST_WORD = re.compile(r"[\w.\-]+$")
_LABEL = re.compile(r"(?:\(?[0-9]{1,3}(?:\.[0-9]+)*|\(?[a-zA-Z]|\(?[ivxIVX]{1,4})\)?$")


def sentence_spans(text: str) -> list[tuple[int, int]]:
    """The sentences of a text as `[start, end)` pairs, in order, without overlap, stripped of surrounding white space.

    A line break always ends a sentence; an abbreviation, an initial, an ordinal before a month, a number's point and
    the label of a clause ("1.", "(b)") do not. Every character that is not white space lies in exactly one span.
    """
    spans: list[tuple[int, int]] = []
    position = 0
    for line in text.splitlines(keepends=True):
        spans.extend(_in_line(text, position, position + len(line)))
        position += len(line)
    return spans


def _in_line(text: str, start: int, end: int) -> list[tuple[int, int]]:
    bounds = [start]
    for match in _END.finditer(text, start, end):
        if _is_end(text, bounds[-1], match):
            bounds.append(match.end())
    bounds.append(end)
    spans = (_stripped(text, left, right) for left, right in pairwise(bounds))
    return [span for span in spans if span[0] < span[1]]


def _stripped(text: str, start: int, end: int) -> tuple[int, int]:
    piece = text[start:end]
    return start + len(piece) - len(piece.lstrip()), end - (len(piece) - len(piece.rstrip()))


def _is_end(text: str, sentence_start: int, match: re.Match[str]) -> bool:
    rest = text[match.end() : match.end() + 40].lstrip()
    if not rest:
        return True
    if rest[0].islower():
        return match.group()[0] != "." and match.group()[0] != "…" and match.group()[-1] not in "\"'”’»)]"
    if match.group()[0] != ".":
        return True
    before = text[sentence_start : match.start()]
    return not _binds(before, rest)


def _binds(before: str, rest: str) -> bool:
    """Whether the point after `before` belongs to its last word rather than ends a sentence."""
    found = _LAST_WORD.search(before)
    if found is None:
        return False
    word = found.group()
    if _LABEL.fullmatch(before.strip()):
        return True
    if word.lower() in _ABBREVIATIONS or (word.lower() in _BEFORE_NUMBERS and rest[0].isdigit()):
        return True
    if len(word) == 1 and word.isupper():
        return True
    return word.isdigit() and len(word) <= 2 and rest.split()[0].rstrip(".,").lower() in _MONTHS
