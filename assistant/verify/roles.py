"""Who does what in a clause, as far as its actors can be told, and whether two of them have changed places."""

from __future__ import annotations

import re
import tomllib
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from pathlib import Path

from assistant.verify.said import Clause, Said
from assistant.verify.words import Word, alike, covered

_TABLE = tomllib.loads(Path(__file__).with_name("roles.toml").read_text(encoding="utf-8"))
_BODIES = frozenset(f"en:{name}" for name in _TABLE["bodies"])
_PARTIES = frozenset(f"en:{name}" for name in _TABLE["parties"])
_OBLIQUE = {language: frozenset(words.split()) for language, words in _TABLE["oblique"].items()}
_BY = {language: frozenset(words.split()) for language, words in _TABLE["by"].items()}
_UNDERGONE = {language: re.compile(words, re.IGNORECASE) for language, words in _TABLE["undergone"].items()}
_FUNCTION_WORD = re.compile(r"[^\W\d_]+")
_NEW_START = re.compile(r"[,;:\d]")
_VERB_LAST = frozenset(("nl", "de"))
_OF_BY = frozenset(("de", "it"))  # where "by" is also "of" or "from"
_AND = frozenset("and or en of und oder et ou e ed o".split())
_OWNERS = re.compile(r"['’]s\s")
_REPORTING = frozenset("that whether dat dass ob que qu che".split())
_SUBORDINATORS = _REPORTING | frozenset("if of als wenn si se".split())
_MOST_MODIFIERS = 2  # before a noun: "the external scientific committee"
_LONGEST_PHRASE = 5  # words
_NEAR = 3  # words behind an actor among which its verb is
_MOST_TOLD = 0.6  # of what else a clause says, so that it tells of the same doing


@dataclass(frozen=True, slots=True)
class Actor:
    """Who does something, or where `undergoes` to whom it is done; `is_body` for an authority or a name.

    `is_reported` for who does what somebody says or decides, behind "that".
    `phrase` are the words that stand together with it: "the investment committee".
    """

    word: Word
    place: int
    is_body: bool
    phrase: Sequence[Word]
    undergoes: bool = False
    is_reported: bool = False


def swapped(claim: Said, told: Said, others: Sequence[Word]) -> bool:
    """Whether somebody does in a claim what the passage says another does; `others` are all words of the passage."""
    mine = [(clause, actor) for clause in claim.clauses for actor in _actors(clause, claim.language)[:1]]
    theirs = [(clause, actor) for clause in told.clauses for actor in _actors(clause, told.language)]
    for clause, actor in mine:
        doing = [
            (sum(word is not None for word in covered(clause.spoken, other.spoken)), rival)
            for other, rival in theirs
            if rival.is_reported <= actor.is_reported and _same_doing(clause, actor, claim, other, told)
        ]
        most = max((share for share, _ in doing), default=0)
        rivals = [rival for share, rival in doing if share == most]
        if rivals and all(_differ(actor, claim, rival, told, others) for rival in rivals):
            return True
    return False


def _differ(mine: Actor, claim: Said, theirs: Actor, told: Said, others: Sequence[Word]) -> bool:
    """Whether two actors are not the same: each is named by the other side too, or one is a body and one a party."""
    if mine.undergoes != theirs.undergoes or any(alike(mine.word, word) for word in theirs.phrase):
        return False
    if any(alike(theirs.word, word) for word in mine.phrase) or _is_agent(mine.word, told):
        return False
    elsewhere = [word for word in claim.spoken if word is not mine.word]
    if any(alike(theirs.word, word) for word in elsewhere):
        return True
    return mine.is_body != theirs.is_body and any(alike(mine.word, word) for word in others)


def _same_doing(clause: Clause, actor: Actor, claim: Said, other: Clause, told: Said) -> bool:
    """Whether a clause tells of the same doing as another: its verb and most of its words are told there."""
    rest = [word for word in clause.spoken if word is not actor.word]
    behind = clause.spoken[actor.place + 1 :]
    if not rest:
        return False
    near = [*behind[:_NEAR], *(rest[-1:] if claim.language in _VERB_LAST else ())]
    if None in covered(near, told.spoken) or not any(covered(near, other.spoken)):
        return False
    found = covered(rest, told.spoken)
    return len(found) - found.count(None) >= _MOST_TOLD * len(found)


def _is_agent(word: Word, told: Said) -> bool:
    """Whether a sentence names somebody with "by": "projects led by firms"."""
    by = _BY.get(told.language, frozenset())
    return any(
        _function_words(gap) & by and alike(word, other)
        for clause in told.clauses
        if told.language not in _OF_BY or _UNDERGONE[told.language].search(clause.text)
        for other, gap in zip(clause.spoken, _gaps(clause), strict=True)
    )


def _actors(clause: Clause, language: str) -> list[Actor]:
    """Who does what a clause says: named by a passive, or by the noun that it opens with, or that "that" opens."""
    if language not in _OBLIQUE:
        return []
    gaps = list(_gaps(clause))
    undergoes = _UNDERGONE[language].search(clause.text) is not None
    if undergoes:
        by = [place for place, gap in enumerate(gaps) if _function_words(gap) & _BY[language]]
        if found := [actor for place in by if (actor := _actor_at(clause, place, gaps))]:
            return found[:1]
    opening = [place for place in range(len(gaps)) if _opens_subject(gaps, place, language)]
    told = [place for place in opening if place == opening[0] or _function_words(gaps[place]) & _SUBORDINATORS]
    found = [actor for place in told if (actor := _actor_at(clause, place, gaps))]
    return [replace(actor, undergoes=undergoes) for actor in found]


def _actor_at(clause: Clause, start: int, gaps: Sequence[str]) -> Actor | None:
    """The actor that a noun phrase from a place on names."""
    owners = [place for place in range(start, len(gaps) - 1) if _OWNERS.match(gaps[place + 1])]
    end = next((p for p in range(start + 1, len(gaps)) if gaps[p].strip() and p - 1 not in owners), len(gaps))
    for place in range(start, min(end, start + _MOST_MODIFIERS + 1)):
        if place in owners:  # "ESA's office" is the office
            continue
        word = clause.spoken[place]
        named = any(name in word.text for name in clause.names)
        if named or word.meanings & (_BODIES | _PARTIES):
            phrase = clause.spoken[start : min(end, start + _LONGEST_PHRASE)]
            reported = bool(_function_words(gaps[start]) & _REPORTING)
            return Actor(word, place, named or bool(word.meanings & _BODIES), phrase, is_reported=reported)
    return None


def _gaps(clause: Clause) -> Iterator[str]:
    """What stands in a clause before each of its words, nothing within a compound."""
    text, end = clause.text.lower(), 0
    for word in clause.spoken:
        start = text.find(word.text.lower(), end)
        gap = text[end:start] if start >= 0 else ""
        yield gap if not gap.isalpha() else ""
        end = start + len(word.text) if start >= 0 else end


def _opens_subject(gaps: Sequence[str], place: int, language: str) -> bool:
    """Whether a word opens a noun phrase that no preposition makes part of another."""
    words = _function_words(gaps[place])
    if place and not words:
        return False
    if place and words <= _AND:
        return _opens_subject(gaps, place - 1, language)
    if language == "de" and place and words == {"der"}:
        return False  # behind a noun, of a woman or of many: "die Rechte der Universität"
    return not (words & _OBLIQUE[language] or (language == "fr" and place > 0 and "des" in words))


def _function_words(gap: str) -> frozenset[str]:
    """The small words right before a word: none from before a comma or a number."""
    return frozenset(word.casefold() for word in _FUNCTION_WORD.findall(_NEW_START.split(gap)[-1]))
