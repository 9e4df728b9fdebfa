"""Checks what an engine says against the passages that it cites; both engines' sentences pass here."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from functools import cached_property, reduce
from itertools import pairwise, takewhile

from assistant.context import Sentence, sentences_of
from assistant.language import SPOKEN
from assistant.types import Passage, Quoted, Statement
from assistant.verify.compare import Around, Fault, fault, nearness
from assistant.verify.instructions import speaks_to_a_program
from assistant.verify.names import folded_words, without_keys
from assistant.verify.quantities import figures
from assistant.verify.said import Said, joined, said
from assistant.verify.signs import Sign, denied, signs
from assistant.verify.words import Likeness, Reader, Word, alike, covered
from ingest import language as languages

_SURE = 0.9  # probability from which a sentence is taken to be in another language than asked
_LONG_ENOUGH = 6  # words from which the language of a sentence can be told
_MARGIN = 0.1  # of the share of words told; chosen on the planted cases: `python -m evals verification`
_FEWEST_ELSEWHERE = 2  # words that a claim takes from another sentence than the one that bears it out
_MOST_OF = 0.6  # of the words that this one leaves
_DOUBTFUL = 0.8  # share of words told below which another sentence may be the one that a claim is about
_FARTHEST = 0.5  # of the share of words told, behind the nearest, from which nothing bears a claim out
# Of the cosine, by which one stretch is ahead of all others, so that it bears out what shares more words with another,
# or what has words of others: the latter only where it tells no more than so many words.
_NEARER_IN_MEANING = 0.15
_SURELY_MEANT = 0.28
_REWORDED = 0.72
_COPIED = 0.75  # share of words told from which the others are taken for replaced
_IN_PARALLEL = 0.4  # share of words from which two sentences are put alike
_ENUMERATES = 3  # clauses from which a claim may tell the items of a list
_NEAREST = 4  # sentences of a passage that share most with a claim; farther ones cannot bear it out
_MARKUP = re.compile(r"\]\(|!\[|<\s*/?\s*[a-zA-Z!]|```|javascript:|data:[a-z]+/")
_ADDRESS = re.compile(
    r"https?://\S+|www\.\S+|[\w.+-]+@[\w-]+\.[\w.]+|\b[\w-]+(?:\.[\w-]+)*\.(?:com|org|net|eu|ch|io|info|example|de|nl|fr|it|be|int)\b(?:/\S*)?"
)
_QUOTED = re.compile(r"[“«„\"]\s*([^“”«»„\"]{12,}?)\s*[”»“\"]")
_LIST_MARK = re.compile(r"^\s*(?:[-*•–]|\d{1,2}[.)])\s+")


@dataclass(frozen=True, slots=True)
class Verdict:
    """What became of a sentence: the statement with the places that bear it out, or why it was dropped."""

    text: str
    statement: Statement | None = None
    fault: Fault | None = None


@dataclass(frozen=True, slots=True)
class Evidence:
    """A stretch of a passage that may bear a sentence out: one sentence of it, or two that stand together."""

    told: Said
    quoted: tuple[Quoted, ...]


@dataclass(frozen=True, slots=True)
class Near:
    """A stretch of a passage, and how much of a claim it tells by its words."""

    share: float
    passage: Shown
    evidence: Evidence

    @property
    def told(self) -> Said:
        """What the stretch says."""
        return self.evidence.told

    def likeness(self, claim: Said) -> float:
        """How near in meaning a claim is; 0 where that cannot be told."""
        told, likeness = self.told, self.passage.likeness
        return likeness((claim.text, claim.language), (told.text, told.language)) if likeness else 0.0


def verified(
    statements: Iterable[Statement],
    passages: Sequence[Passage],
    language: str,
    reader: Reader,
    likeness: Likeness | None = None,
) -> Iterator[Verdict]:
    """What becomes of each statement, told as soon as it is known.

    A statement whose words are those of its sources passes as it is. Any other must follow from the passages that it
    cites: its words enough of them, every number, date, amount, unit, name, denial, duty, extent and role. One that
    cites a passage that was not given is dropped; one that cites none gets the passage that bears it out, or is
    dropped. `language` is that of the answer. `likeness` tells of a sentence in other words whether it says the same.
    """
    given = {passage.number: Shown(passage, reader, likeness) for passage in passages}
    for statement in statements:
        yield _verdict(statement, given, language, reader)


def _verdict(statement: Statement, given: dict[int, Shown], language: str, reader: Reader) -> Verdict:
    if statement.sources and _is_verbatim(statement):
        silenced = any(given[quoted.passage.number].is_silenced(quoted) for quoted in statement.sources)
        ordered = silenced or speaks_to_a_program(statement.head)
        return Verdict(statement.text, None, Fault.INSTRUCTION) if ordered else Verdict(statement.text, statement)
    if any(number not in given for number in statement.cited):
        return Verdict(statement.text, None, Fault.NO_SUCH_PASSAGE)
    cited = [given[number] for number in _cited(statement)]
    claim = said(_bare(statement.text), _language(statement.text, language), reader)
    if wrong := _wrong_form(statement.text, cited or list(given.values())):
        return Verdict(statement.text, None, wrong)
    found, reason = _borne_out(claim, cited) if cited else _attributed(claim, list(given.values()))
    if found is None:
        return Verdict(statement.text, None, reason)
    return Verdict(statement.text, replace(statement, sources=found))


def _cited(statement: Statement) -> tuple[int, ...]:
    return statement.cited or tuple(dict.fromkeys(quoted.passage.number for quoted in statement.sources))


def _is_verbatim(statement: Statement) -> bool:
    """Whether a statement says what its sources say, word for word."""
    told = " ".join(" ".join(quoted.quote.split()) for quoted in statement.sources)
    return statement.text == told


def _bare(text: str) -> str:
    return re.sub(r"\*\*|__|`", "", _LIST_MARK.sub("", text))


def _language(text: str, expected: str) -> str:
    """The language of a sentence: that of the answer unless it is surely in another."""
    if len(text.split()) < _LONG_ENOUGH:
        return expected
    best, probability = next((pair for pair in languages.likely(text) if pair[0] in SPOKEN), (expected, 1.0))
    return best if probability >= _SURE else expected


def _wrong_form(text: str, cited: Sequence[Shown]) -> Fault | None:
    """Markup is never said; an address, or words in quotation marks, only as they stand in a passage."""
    if _MARKUP.search(text):
        return Fault.FORM
    if speaks_to_a_program(text):
        return Fault.INSTRUCTION
    shown = " ".join(passage.everything for passage in cited)
    addresses = (found.group().rstrip(".,;:)") for found in _ADDRESS.finditer(text))
    if any(address.casefold() not in shown.casefold() for address in addresses):
        return Fault.FORM
    quotes = (" ".join(found[1].split()).rstrip(".,;") for found in _QUOTED.finditer(text))
    return Fault.NOT_TOLD if any(quote.casefold() not in shown.casefold() for quote in quotes) else None


class Shown:
    """A passage as it is read for verification, each part once."""

    def __init__(self, passage: Passage, reader: Reader, likeness: Likeness | None = None) -> None:
        self._passage, self._reader, self.likeness = passage, reader, likeness
        self._language = passage.hit.version.language

    @cached_property
    def everything(self) -> str:
        """The text of the passage and what stands around it, on one line."""
        chunk = self._passage.hit.chunk
        return " ".join(f"{self._above} {chunk.text}".split())

    @cached_property
    def around(self) -> Around:
        """Title, organisation, headings and the head of a table."""
        text, code = self._above, self._language
        return Around(
            text,
            tuple(self._reader(text, code)),
            figures(text, code),
            signs(text, code) & _FROM_HEADINGS,
            folded_words(text),
            tuple(word for one, _ in self._told for word in one.words),
        )

    @cached_property
    def evidence(self) -> tuple[Evidence, ...]:
        """Every sentence that speaks to a reader, then every two of them that stand together."""
        told = self._told
        single = [Evidence(one, sentence.quoted) for one, sentence in told]
        double = [
            _as_one([(first, left), (second, right)])
            for (first, left), (second, right) in pairwise(told)
            if right.position == left.position + 1 and _goes_on(first, second, right)
        ]
        return (*single, *double)

    @cached_property
    def lists(self) -> tuple[Evidence, ...]:
        """Every sentence that announces a list of two items or more, with them."""
        announced = [place for place, (one, _) in enumerate(self._told, start=1) if one.text.endswith(":")]
        items = [list(takewhile(lambda item: _LIST_MARK.match(item[1].text), self._told[at:])) for at in announced]
        return tuple(
            _as_one(self._told[at - 1 : at + len(listed)])
            for at, listed in zip(announced, items, strict=True)
            if len(listed) > 1
        )

    @cached_property
    def _told(self) -> list[tuple[Said, Sentence]]:
        told = ((_LIST_MARK.sub("", without_keys(sentence.text)), sentence) for sentence in self._for_readers())
        return [(said(text, self._language, self._reader), sentence) for text, sentence in told]

    @cached_property
    def _above(self) -> str:
        version, chunk = self._passage.hit.version, self._passage.hit.chunk
        return " . ".join(
            part for part in (version.title, version.organisation, *chunk.headings, chunk.context) if part
        )

    def is_silenced(self, quoted: Quoted) -> bool:
        """Whether a stretch gives orders to a program, or stands behind such orders in their paragraph."""
        if not speaks_to_a_program(self._passage.hit.chunk.text):
            return False
        return all(quoted not in sentence.quoted for sentence in self._for_readers())

    def _for_readers(self) -> Iterator[Sentence]:
        """The sentences, without those that give orders to a program and the rest of their paragraph."""
        silenced = False
        for sentence in sentences_of(self._passage):
            silenced = speaks_to_a_program(sentence.text) or (silenced and sentence.lines_above < 1)
            if not silenced:
                yield sentence


_FROM_HEADINGS = frozenset((Sign.FIRST, Sign.LAST, Sign.LOWEST, Sign.HIGHEST, Sign.BEST))
_COORDINATED = re.compile(
    r"(?i)(?:and|but|while|whereas|en|maar|terwijl|und|aber|während|et|mais|tandis que|alors que|e|ed|ma|mentre)\b"
)
_RELATIVE = {  # behind a comma
    code: re.compile(rf"(?:{words})\b")
    for code, words in {"en": "which|who", "nl": "die|dat", "de": "die|der|das", "fr": "qui", "it": "che"}.items()
}
_TAKES_UP = {
    "en": "it|they|this|these|that|those|he|she|such|here|there|both|the same|its|their",
    "nl": "hij|zij|ze|dit|dat|deze|daar|hier|zo['’]n|beide|hun",
    "de": "er|sie|es|dies\\w*|jene\\w*|dabei|dafür|dazu|dort|hier|darin|beide|ihre?",
    "fr": "ils?|elles?|celui|celles?|ceux|cet|cette|ces|cela|ici|tous deux|leurs?",
    "it": "ess[oaie]|quest[oaie]|ciò|tal[ei]|qui|entrambi",
}
_OPENS_ON = {code: re.compile(rf"\s*(?:(?:{words})\b|[-•(]|\d+\.)", re.IGNORECASE) for code, words in _TAKES_UP.items()}


# Within a sentence only words that point back for certain count.
_TAKEN_UP = {
    code: re.compile(rf"(?<!\w)(?:{words})(?!\w)", re.IGNORECASE)
    for code, words in {
        "en": "this|these|such an?|thereof|of (?:it|them)",
        "nl": "deze|die termijn|dit bedrag|dat bedrag|daarvan|ervan|daarvoor",
        "de": "diese[rsnm]?|davon|daraus|dafür|dazu",
        "fr": "cet|cette|ces",
        "it": "quest[oaie]|tal[ei]",
    }.items()
}


def _as_one(stretch: Sequence[tuple[Said, Sentence]]) -> Evidence:
    told = reduce(joined, (one for one, _ in stretch))
    return Evidence(told, tuple(quoted for _, sentence in stretch for quoted in sentence.quoted))


def _goes_on(first: Said, second: Said, right: Sentence) -> bool:
    """Whether a sentence speaks of what the one before it speaks of.

    It does so by a pronoun, as an item of a list, or by naming what that one names or opening as that one does; then
    both must deny something, or neither.
    """
    opening = _OPENS_ON.get(second.language)
    taken_up = _TAKEN_UP.get(second.language)
    return (
        bool((opening and opening.match(second.text)) or (taken_up and taken_up.search(second.text)))
        or first.text.endswith(":")
        or (right.lines_above == 1 and bool(_LIST_MARK.match(right.text)))
        or (denied(first.signs) == denied(second.signs) and _names_the_same(first, second))
    )


def _names_the_same(first: Said, second: Said) -> bool:
    return _open_alike(first, second) or not set(second.names[:1]).isdisjoint(first.names)


def _open_alike(first: Said, second: Said) -> bool:
    return bool(first.words and second.words) and alike(second.words[0], first.words[0])


def _borne_out(claim: Said, cited: Sequence[Shown]) -> tuple[tuple[Quoted, ...] | None, Fault]:
    """The places that bear a claim out: one stretch for the whole of it, or one for each half."""
    found, reason = _whole(claim, cited)
    if found or reason is Fault.ROLES:  # whose halves may each be told, of somebody else
        return found.evidence.quoted if found else None, reason
    return _by_halves(claim, cited), reason


def _whole(claim: Said, cited: Sequence[Shown]) -> tuple[Near | None, Fault]:
    """The one stretch that bears a claim out, or why the nearest does not."""
    near = sorted((one for passage in cited for one in _nearest(claim, passage)), key=lambda one: -one.share)
    reason = Fault.NOT_TOLD
    for one in near:
        if one.share < near[0].share - (_FARTHEST if one.passage.likeness else _MARGIN):
            break
        found = _fault_beside(claim, one, near, cited)
        if found is None:
            nearer = [other for other in near if other.share >= one.share and other is not one]
            if one.share < _DOUBTFUL and Sign.NOT not in claim.signs and _denied_by(claim, one, nearer):
                return None, Fault.DENIED
            return one, reason
        reason = found if one.share == near[0].share else reason
    return None, reason


def _fault_beside(claim: Said, one: Near, near: Sequence[Near], cited: Sequence[Shown]) -> Fault | None:
    """Why a stretch does not bear a claim out, seen beside the others.

    What a nearer one contradicts, a farther one that only shares some words does not bear out, unless it is much nearer
    in meaning.
    """
    found = fault(claim, one.told, one.passage.around, one.passage.likeness)
    if found:
        return found
    if one.share < near[0].share - _MARGIN and _ahead(claim, one, near) < _NEARER_IN_MEANING:
        return Fault.NOT_TOLD
    if not _mixed(claim, one, cited):
        return None
    return None if one.share < _REWORDED and _ahead(claim, one, near) >= _SURELY_MEANT else Fault.PAIRED


def _ahead(claim: Said, one: Near, near: Sequence[Near]) -> float:
    """How much nearer in meaning one stretch is to a claim than any that shares nothing with it."""
    others = [other.likeness(claim) for other in near if not _shares(other.evidence, one.evidence)]
    return one.likeness(claim) - max(others, default=0.0)


def _denied_by(claim: Said, one: Near, others: Sequence[Near]) -> bool:
    """Whether a sentence as near by its words, and nearer in meaning, says the opposite."""
    denying = [
        other.likeness(claim)
        for other in others
        if len(other.told.clauses) == 1
        and not _shares(other.evidence, one.evidence)
        and fault(claim, other.told, other.passage.around, other.passage.likeness) is Fault.DENIED
    ]
    return bool(denying) and max(denying) > one.likeness(claim)


def _mixed(claim: Said, one: Near, cited: Sequence[Shown]) -> bool:
    """Whether what bears a claim out leaves words of it to another sentence of what it cites.

    Those are the word that it speaks of first, most of the words that are left, or those of a copy of one sentence in
    which words of another stand that is put alike.
    """
    here = covered(claim.words, (*one.told.words, *one.passage.around.words))
    left = [word for word, other in zip(claim.words, here, strict=True) if other is None]
    others = [other.told.words for shown in cited for other in shown.evidence if not _shares(other, one.evidence)]
    opens = claim.language == one.told.language and bool(left) and left[0] is claim.words[0]
    if opens and any(covered(left[:1], words) != [None] for words in others):
        return True
    elsewhere = max((len(left) - covered(left, words).count(None) for words in others), default=0)
    return elsewhere >= max(_FEWEST_ELSEWHERE, _MOST_OF * len(left)) or _replaced(claim, one.told, others)


def _replaced(claim: Said, told: Said, others: Sequence[Sequence[Word]]) -> bool:
    """Whether a claim is a copy of a sentence but for words of another that is put alike."""
    left = [word for word, other in zip(claim.words, covered(claim.words, told.words), strict=True) if other is None]
    copied = 0 < len(left) <= (1 - _COPIED) * len(claim.words) and None in covered(told.words, claim.words)
    frame = [word for word in claim.words if word not in left]
    alike = (words for words in others if covered(frame, words).count(None) <= (1 - _IN_PARALLEL) * len(frame))
    return copied and any(None not in covered(left, words) for words in alike)


def _shares(one: Evidence, other: Evidence) -> bool:
    return any(quoted in other.quoted for quoted in one.quoted)


def _attributed(claim: Said, given: Sequence[Shown]) -> tuple[tuple[Quoted, ...] | None, Fault]:
    """The place in the one passage that bears out a claim which cites none."""
    for passage in given:
        found, _ = _borne_out(claim, [passage])
        if found:
            return found, Fault.NOT_TOLD
    return None, Fault.NOT_TOLD


def _nearest(claim: Said, passage: Shown) -> list[Near]:
    stretches = (*passage.evidence, *(passage.lists if len(claim.clauses) >= _ENUMERATES else ()))
    found = [Near(nearness(claim, one.told, passage.around), passage, one) for one in stretches]
    return sorted(found, key=lambda one: -one.share)[: 2 * _NEAREST]


def _by_halves(claim: Said, cited: Sequence[Shown]) -> tuple[Quoted, ...] | None:
    """The places that bear out the two halves of a claim, which must be told of the same thing.

    A half without a name of its own is about the names of the half before it. A cause is never told by halves.
    """
    if Sign.CAUSE in claim.signs or Sign.IF in claim.signs or len(claim.clauses) < 2:
        return None
    for place in range(1, len(claim.clauses)):
        if not _opens_half(claim, place):
            continue
        first, second = claim.clauses[:place], claim.clauses[place:]
        own = any(clause.names for clause in second)
        left, _ = _whole(_half(claim, first), cited)
        right, _ = _whole(_half(claim, second), cited)
        if left and right and (own or _same_subject(left, right)):
            return tuple(dict.fromkeys((*left.evidence.quoted, *right.evidence.quoted)))
    return None


def _opens_half(claim: Said, place: int) -> bool:
    """Whether a clause may be told elsewhere than those before it: after "and", ";", or ", which"."""
    before, text = claim.clauses[place - 1].text, claim.clauses[place].text
    relative = _RELATIVE.get(claim.language) if before.endswith(",") else None
    return before.endswith(";") or bool(_COORDINATED.match(text) or (relative and relative.match(text)))


def _half(claim: Said, clauses: Sequence[object]) -> Said:
    kept = tuple(clause for clause in claim.clauses if clause in clauses)
    text = " ".join(clause.text for clause in kept)
    return Said(
        text, claim.language, kept, figures(text, claim.language), frozenset().union(*(clause.signs for clause in kept))
    )


def _same_subject(left: Near, right: Near) -> bool:
    """Whether two stretches speak of the same: they have the same names, or open with the same word."""
    first, second = left.told, right.told
    if left.passage is not right.passage:
        return bool(set(first.names) & set(second.names)) and set(second.names[:1]) <= set(first.names)
    return _open_alike(first, second) or (bool(first.names) and first.names[:1] == second.names[:1])
