"""Follow-ups: a question that leans on the conversation is made one that stands alone."""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace

from assistant.cues import CUES, Cues
from assistant.phrases import Phrase, Sort, phrases_of, same_words
from assistant.types import Turn
from ingest.analyse import words

Alike = Callable[[str, Sequence[str]], Sequence[float]]
"""How near in meaning each of some phrases is to one, −1 to 1."""

_TURNS = 6  # questions of the conversation that are looked at, the last ones
_MOST_CARRIED = 5  # phrases: more would drown the question
_FEW = 4  # words, small ones aside, of a question that says too little to stand alone
_SHORT = 6  # words of "and for the services of the office?"
# A phrase takes the place of one that has its preposition, is of its sort, and means something alike.
_SAME_PREPOSITION = 0.6
_OTHER_PREPOSITION = -0.1
_SAME_SORT = 0.3
_SAME_CAPITALS = 0.15
_WHOLE = 0.2
_FITS = 0.45
_RIVALS = 0.4  # likeness from which two names exclude each other ("Brussels", "the Netherlands")
_YEARS = re.compile(r"\b(?:1[89]|20)\d\d\b(?:(?: \w{1,4} |[-–/])(?:1[89]|20)?\d\d\b)?")
YEAR = re.compile(r"\b(?:1[89]|20)\d\d\b")
_QUOTED_SOURCE = re.compile(r"“(?P<title>[^”]+)”(?: \((?P<organisation>[^)]+)\))? ?:")
_SENTENCE_END = re.compile(r"(?<=[.?!])\s+")
_SIGNS_OF_SOURCES = re.compile(r"\[\d+\]|\([A-Z]{1,3}\d{1,2}[^)]*\)")


@dataclass(frozen=True, slots=True)
class _Talk:
    """What is being talked about: the last question as it would stand alone, the answer to it, and what limits all."""

    question: str = ""
    answer: str = ""
    limits: tuple[str, ...] = ()


def standalone(
    question: str, history: Sequence[Turn], language: str, alike: Alike, known: re.Pattern[str] | None = None
) -> str:
    """The question with what it takes over from the conversation; as it was where it takes nothing.

    What is taken over stands in place of what the question replaces ("And for services?"), or behind it in brackets
    ("Which bid wins there? (ESO)"). A question that changes the subject takes nothing. `known` finds the names of
    organisations.
    """
    if not history:
        return question
    listener = _Listener(language, CUES[language], alike, known)
    talk = _Talk()
    for turn in _last(history):
        talk = replace(talk, answer=turn.content) if turn.role == "assistant" else listener.hear(turn.content, talk)
    return listener.hear(question, talk).question


def leans(question: str, language: str, alike: Alike, known: re.Pattern[str] | None = None) -> bool:
    """Whether a question cannot be without what is said beside it: it points there, or says too little."""
    return _Listener(language, CUES[language], alike, known).leans(question)


def _last(history: Sequence[Turn]) -> Sequence[Turn]:
    asked = [place for place, turn in enumerate(history) if turn.role == "user"]
    return history[asked[-_TURNS] :] if len(asked) > _TURNS else history


@dataclass(frozen=True, slots=True)
class _Listener:
    """Follows a conversation in one language, turn by turn."""

    language: str
    cues: Cues
    alike: Alike
    known: re.Pattern[str] | None

    def hear(self, said: str, talk: _Talk) -> _Talk:
        """What is being talked about after a reader said something."""
        if changed := self.cues.changes.match(said.casefold()):
            said, talk = said[changed.end() :] or said, _Talk()
        told = self._without_what_is_left_out(said)
        return _Talk(self._resolved(told, talk), "", self._limits(told) or talk.limits)

    def _without_what_is_left_out(self, said: str) -> str:
        """So that "only the ILL, not the ESRF" speaks of the ILL."""
        return self.cues.leaves_out.sub("", said) if self.cues.limits(said.casefold()) else said

    def _limits(self, said: str) -> tuple[str, ...]:
        """The names by which a turn limits the whole conversation."""
        limiting = [part for part in _SENTENCE_END.split(said) if self.cues.limits(part.casefold())]
        return tuple(name.text for part in limiting for name in self._names(part))

    def _resolved(self, said: str, talk: _Talk) -> str:
        if not talk.question:
            return said
        if turned := self._other_year(said, talk.question) or self._other_side(said, talk.question):
            return turned
        lead = self.cues.adds.match(said.casefold())
        rest = f", {said[lead.end() :]}" if lead else said  # a capital after "and" does not open the question
        if self._is_fragment(rest):
            return self._replaced(talk.question, rest)
        if lead or self._refers(rest) or self._says_little(rest):
            return _with(said, self._carried(rest, talk))
        return _with(said, self._without_rivals(talk.limits, self._phrases(rest)))

    def leans(self, question: str) -> bool:
        """Whether a question points at what neither a noun nor a name of its own says before, or says too little."""
        nouns = [phrase for phrase in self._phrases(question) if phrase.is_noun]
        return self._points_beyond(question, [*nouns, *self._sure_names(question)]) or self._says_little(question)

    def _phrases(self, text: str) -> Sequence[Phrase]:
        return phrases_of(text, self.language, self.known)

    def _names(self, text: str) -> list[Phrase]:
        return [phrase for phrase in self._phrases(text) if phrase.sort is Sort.NAME]

    def _is_fragment(self, rest: str) -> bool:
        """Whether it is no question of its own: a few words without a verb or a question word."""
        is_short = len(words(rest)) <= _SHORT
        return is_short and not self.cues.asks.search(rest.casefold()) and bool(self._phrases(rest))

    def _refers(self, rest: str) -> bool:
        """Whether it points back at something that it does not name itself before."""
        return self._points_beyond(rest, self._sure_names(rest))

    def _points_beyond(self, rest: str, told: Sequence[Phrase]) -> bool:
        found = self.cues.refers.search(rest.casefold())
        return found is not None and not any(phrase.end <= found.start() for phrase in told)

    def _says_little(self, rest: str) -> bool:
        asks_meaning = self.cues.asks_meaning.match(rest.casefold())
        told = sum(len(words(phrase.text)) for phrase in self._phrases(rest))
        return not asks_meaning and not self._sure_names(rest) and told <= _FEW

    def _sure_names(self, text: str) -> list[Phrase]:
        """The names in a text; in German, where every noun has a capital, those with more than one."""
        names = self._names(text)
        if self.language != "de":
            return names
        return [name for name in names if any(sign.isupper() for word in name.text.split() for sign in word[1:])]

    def _other_year(self, said: str, before: str) -> str:
        """The last question of the other year ("And the year after?"); "" where that is not asked."""
        lowered = said.casefold()
        step = bool(self.cues.year_after.search(lowered)) - bool(self.cues.year_before.search(lowered))
        years = YEAR.findall(before)
        if not years or not step or YEAR.search(said):
            return ""
        return re.sub(rf"\b{years[-1]}\b", str(int(years[-1]) + step), before)

    def _other_side(self, said: str, before: str) -> str:
        """The last question of the other side of its limit ("And below that?"); "" where that is not asked."""
        cues = self.cues
        if len(words(said)) > _SHORT or self._phrases(_without(said, cues.more, cues.less, cues.refers)):
            return ""
        for here, there, told in ((cues.more, cues.less, cues.less_than), (cues.less, cues.more, cues.more_than)):
            limit = here.search(before)
            if limit and _names_side(said, there, told) and re.match(r"\D{0,12}\d", before[limit.end() :]):
                return f"{before[: limit.start()]}{told}{before[limit.end() :]}"
        return ""

    def _replaced(self, question: str, rest: str) -> str:
        """The last question with the phrases of a fragment in the places that they take."""
        told = self._phrases(rest)
        if years := _YEARS.search(rest):
            told = [new for new in told if new.sort is not Sort.YEAR and self.cues.year not in new.text.casefold()]
            before = _YEARS.search(question)
            question = _put(question, before.span(), years.group()) if before else _with(question, [years.group()])
        for new in told:
            if not any(same_words(new.text, old.text) for old in self._phrases(question)):
                place = self._place(new, question)
                question = _put(question, place, new.text) if place else _with(question, [new.text])
        return question

    def _place(self, new: Phrase, question: str) -> tuple[int, int] | None:
        """Where in a question a new phrase belongs; None where nothing there is like it."""
        last = _SENTENCE_END.split(question)[-1]
        offset = len(question) - len(last)
        nouns = [old for old in self._phrases(last) if old.is_noun or old.sort is Sort.NAME]
        rivals = [(part, part == old) for old in nouns if old.sort is not Sort.YEAR for part in _parts(old)]
        if not rivals:
            return None
        likeness = self.alike(new.text, [part.text for part, _ in rivals])
        fits = [like + _fit(new, part, whole=whole) for like, (part, whole) in zip(likeness, rivals, strict=True)]
        best = max(range(len(fits)), key=lambda place: fits[place])
        part = rivals[best][0]
        return (offset + part.start, offset + part.end) if fits[best] >= _FITS else None

    def _carried(self, rest: str, talk: _Talk) -> list[str]:
        """The phrases of the conversation that a question goes on about: its names, nouns where little else is said."""
        before = self._phrases(talk.question)
        names = [phrase.text for phrase in before if phrase.sort is Sort.NAME] or _source_of(talk.answer)
        nouns = [phrase.text for phrase in before if phrase.sort is not Sort.NAME and phrase.is_noun]
        own = self._phrases(rest)
        says_nothing = not own or not names
        wanted = [*self._whom(rest, talk), *talk.limits, *names, *(nouns if says_nothing else [])]
        return self._without_rivals([text for text in wanted if not _is_said(text, rest)], own)

    def _whom(self, rest: str, talk: _Talk) -> list[str]:
        """Whom the last answer named, where the question asked who, and this one goes on about "them"."""
        if not (self.cues.asks_who.search(talk.question.casefold()) and self.cues.people.search(rest.casefold())):
            return []
        said = _SIGNS_OF_SOURCES.sub("", _QUOTED_SOURCE.split(talk.answer)[-1])
        return [name.text for name in self._names(said) if not _is_said(name.text, talk.question)][:2]

    def _without_rivals(self, carried: Sequence[str], own: Sequence[Phrase]) -> list[str]:
        """What is carried over but for the one that a name of the question excludes ("Brussels", "the Netherlands")."""
        kept = list(dict.fromkeys(carried))
        for new in own:
            if kept and new.sort is Sort.NAME:
                like, text = max(zip(self.alike(new.text, kept), kept, strict=True))
                kept = [other for other in kept if other != text or like < _RIVALS]
        return kept[:_MOST_CARRIED]


def _fit(new: Phrase, old: Phrase, *, whole: bool) -> float:
    """How well a phrase fits into the place of another, whatever the two mean."""
    if new.preposition != old.preposition:
        prepositions = _OTHER_PREPOSITION
    else:
        prepositions = _SAME_PREPOSITION if new.preposition else 0.0
    of_whole = _WHOLE if whole and len(new.text.split()) > 1 else 0.0
    alike_written = _SAME_SORT * (new.sort is old.sort) + _SAME_CAPITALS * (_is_proper(new) and _is_proper(old))
    return prepositions + alike_written + of_whole


def _is_proper(phrase: Phrase) -> bool:
    """Whether each of its words has a capital and none is an abbreviation."""
    return all(word[0].isupper() and not word.isupper() for word in phrase.text.split())


def _parts(phrase: Phrase) -> list[Phrase]:
    """A phrase, and the two parts of a name of which one is an abbreviation or a number ("ESA BIC", "Noordwijk")."""
    parts = phrase.text.split()
    kinds = [part.isupper() or part.isdigit() for part in parts]
    cut = next((place for place in range(1, len(parts)) if kinds[place] != kinds[place - 1]), 0)
    if phrase.sort is not Sort.NAME or not cut:
        return [phrase]
    middle = phrase.start + len(" ".join(parts[:cut]))
    left = replace(phrase, text=" ".join(parts[:cut]), end=middle)
    right = replace(phrase, text=" ".join(parts[cut:]), start=middle + 1)
    return [phrase, left, right]


def _without(said: str, *patterns: re.Pattern[str]) -> str:
    said = said.casefold()
    for pattern in patterns:
        said = pattern.sub(" ", said)
    return said


def _names_side(said: str, side: re.Pattern[str], told: str) -> bool:
    """Whether a text names a side of a limit, also within a word ("daaronder", "darunter")."""
    return bool(side.search(said.casefold())) or told.split()[-1] in said.casefold()


def _source_of(answer: str) -> list[str]:
    """Whom the last answer quoted: the organisation of its first source, else its title."""
    found = _QUOTED_SOURCE.search(answer)
    return [found["organisation"] or found["title"]] if found else []


def _is_said(text: str, rest: str) -> bool:
    said = set(re.findall(r"[\w.&-]+", rest.casefold()))
    return all(word in said for word in text.casefold().split())


def _put(question: str, place: tuple[int, int], text: str) -> str:
    return f"{question[: place[0]]}{text}{question[place[1] :]}"


def _with(question: str, carried: Sequence[str]) -> str:
    """A question with what it goes on about in brackets behind it."""
    kept = [text for text in carried if text.casefold() not in question.casefold()]
    return f"{question} ({', '.join(kept)})" if kept else question
