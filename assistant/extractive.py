"""The engine that needs no model: it chooses the sentences that answer and says them in a readable order."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace
from itertools import accumulate, pairwise, takewhile

from assistant import asked
from assistant.context import Sentence
from assistant.definitions import defines, in_one_language
from assistant.gaps import says_unknown
from assistant.language import of_quote
from assistant.relevance import Examined, Fit
from assistant.types import Statement
from assistant.verify.signs import denied, signs
from ingest.analyse import terms

_MOST_SENTENCES = 4
_ENOUGH_WORDS = 55  # with the titles of three documents, what is read in 20 seconds
_MOST_ITEMS = 8  # of a list that a sentence introduces
_LEAST_SHARE = 0.75  # of the best sentence's score: weaker ones distract from the answer
_SAME = 0.7  # share of what a sentence adds, from which another says the same
_SAYS_NOTHING_NEW = 0.8  # of the score of a sentence that only says the question over
_SHARE_OF_NEXT = 0.8  # of the best sentence's score, for the one that goes on from it
_WEIGHT_OF_RANK = 0.35  # what the passage's own score adds to a sentence's coverage
_WEIGHT_OF_TYPE = 0.4
_WEIGHT_OF_NAMES = 0.6  # what a sentence loses that is about none of the names asked for
_WEIGHT_OF_GAP = 0.2  # what a sentence loses that says what is not known: what is known comes first
_WEIGHT_OF_OTHER_GAP = 0.5  # the same, as far as what is not known is something else than what is asked for
_WEIGHT_OF_LANGUAGE = 0.15  # what a sentence loses that a reader needs another language for
_WEIGHT_OF_HEADINGS = 0.4  # of what the headings above a sentence say, against what the sentence itself says
_REFERENCE = re.compile(r"[A-Z]{1,3}\d{1,3}: ")  # "P12: CERN in figures", a source by its key


@dataclass(frozen=True, slots=True)
class Scored:
    """A sentence with how well it answers, the question's words that it says and the index terms that it adds.

    `foreign` is whether the reader needs another language than the question's for it.
    """

    sentence: Sentence
    score: float
    says: frozenset[str]
    adds: frozenset[str]
    foreign: bool

    @property
    def language(self) -> str:
        """The language that it is in."""
        return of_quote(self.sentence.text, self.sentence.passage.hit.version)


def compose(examined: Examined) -> tuple[Statement, ...]:
    """The sentences that answer, the best one's document first and each document's in reading order.

    At most four sentences, and none after 55 words; none that repeats another, each with the place it stands; a
    sentence that introduces a list brings the list, a row of a table the table's head. Empty where no passage holds a
    sentence.
    """
    ranked = ranked_sentences(examined)
    scored = ranked if examined.sought else _with_what_follows(ranked)
    likely = [s for s in scored if s.score >= _LEAST_SHARE * scored[0].score]
    readable = [s.sentence for s in _readable(_short(_without_repetition(likely)))]
    listed = _Surroundings(examined)
    said = dict.fromkeys(sentence for chosen in readable for sentence in listed.around(chosen, readable))
    return tuple(_stated(sentence, before) for before, sentence in pairwise([None, *said]) if sentence)


def _short(chosen: Sequence[Scored]) -> list[Scored]:
    """The first of the sentences, until enough is said."""
    first = chosen[:_MOST_SENTENCES]
    words_before = accumulate((len(s.sentence.text.split()) for s in first), initial=0)
    return [scored for scored, before in zip(first, words_before, strict=False) if before < _ENOUGH_WORDS]


def _stated(sentence: Sentence, before: Sentence | None) -> Statement:
    """A sentence as it is said; the first row of a passage with the head of its table where an earlier chunk has it."""
    goes_on = before is not None and before.is_row and before.passage == sentence.passage
    head = "" if goes_on else sentence.head_elsewhere
    return Statement(sentence.text, sentence.quoted, head=head)


def _with_what_follows(scored: Sequence[Scored]) -> list[Scored]:
    """The ranked sentences, the one raised that goes on from the best: it tells of the same, and names it no more."""
    after = next((s for s in scored if _goes_on(scored[0].sentence, s.sentence)), None)
    if after is None:
        return list(scored)
    raised = replace(after, score=max(after.score, _SHARE_OF_NEXT * scored[0].score))
    return sorted((raised if s is after else s for s in scored), key=lambda s: -s.score)


def _goes_on(sentence: Sentence, next_one: Sentence) -> bool:
    """Whether one sentence stands right behind another in its paragraph, is whole and tells what is known."""
    if next_one.passage != sentence.passage or next_one.position != sentence.position + 1 or next_one.lines_above:
        return False
    return _wholeness(next_one.text) == 1 and not next_one.text.endswith(":") and not says_unknown(next_one.text)


class _Surroundings:
    """The sentences of the passages in reading order, to see what stands around one of them."""

    def __init__(self, examined: Examined) -> None:
        self._passages: dict[int, list[Sentence]] = {}
        for fit in examined.fits:
            self._passages.setdefault(fit.sentence.passage.number, []).append(fit.sentence)

    def around(self, sentence: Sentence, chosen: Sequence[Sentence]) -> list[Sentence]:
        """A sentence with what a reader needs to understand it.

        The head above a row; the whole of a short table of which several rows were chosen; the list below a colon.
        """
        if sentence.is_row:
            head, rows = self._table(sentence)
            several = sum(row in chosen for row in rows) > 1 and len(rows) <= _MOST_ITEMS
            return [*head, *(rows if several else [sentence])]
        return [sentence, *(self._items(sentence) if sentence.text.endswith(":") else [])]

    def _table(self, row: Sentence) -> tuple[list[Sentence], list[Sentence]]:
        """The head of the table that a row belongs to, where the passage holds it, and the rows of the passage."""
        here = self._passages[row.passage.number]
        above = list(takewhile(lambda sentence: sentence.is_row, reversed(here[: row.position])))[::-1]
        below = list(takewhile(lambda sentence: sentence.is_row, here[row.position + 1 :]))
        rows = [*above, row, *below]
        return (rows[:1], rows[1:]) if _is_table_head(rows[0]) else ([], rows)

    def _items(self, lead: Sentence) -> list[Sentence]:
        """The items of the list that a sentence introduces, also where the next chunk holds them."""
        below = self._passages[lead.passage.number][lead.position + 1 :] or self._continued(lead)
        items: list[Sentence] = []
        for sentence in below:
            starts_item = sentence.lines_above == 1 or (not items and sentence.lines_above != 1)
            if len(items) == _MOST_ITEMS or not (starts_item or (items and sentence.lines_above == 0)):
                break
            items.append(sentence)
        return items

    def _continued(self, lead: Sentence) -> list[Sentence]:
        """The passage whose list is introduced by the sentence at the end of another."""
        version = lead.passage.hit.version.id
        for sentences in self._passages.values():
            hit = sentences[0].passage.hit
            if hit.version.id == version and hit.chunk.context.endswith(lead.text):
                return sentences
        return []


def ranked_sentences(examined: Examined) -> list[Scored]:
    """Every sentence of the passages, the one that answers best first."""
    best = max((fit.sentence.passage.hit.scores.total for fit in examined.fits), default=0.0) or 1.0
    readable = in_one_language([fit.sentence for fit in examined.fits], examined.language)
    fits = [fit for fit in examined.fits if fit.sentence in readable and not _is_table_head(fit.sentence)]
    hits = (fit.sentence.passage.hit for fit in fits)
    beside = any(defines(examined.question, examined.language, hit) for hit in hits)
    scored = [_score(fit, examined, best, beside=beside) for fit in fits]
    return sorted(scored, key=lambda s: (-s.score, s.sentence.passage.number, s.sentence.position))


def _score(fit: Fit, examined: Examined, best: float, *, beside: bool) -> Scored:
    """`beside` is whether a definition is at hand, beside which a sentence must itself speak of what it defines."""
    sentence = fit.sentence
    score = fit.said
    score += _WEIGHT_OF_RANK * sentence.passage.hit.scores.total / best
    hit = sentence.passage.hit
    means = asked.says_what_it_means(examined.question, sentence.text)
    defined = means or defines(examined.question, examined.language, hit)
    if defined or not beside:
        score += _WEIGHT_OF_HEADINGS * (fit.framed - fit.said)
    score += _WEIGHT_OF_TYPE * (fit.gives or defined)
    if fit.unknown is not None:
        score -= _WEIGHT_OF_GAP + _WEIGHT_OF_OTHER_GAP * (1 - fit.unknown)
    foreign = fit.foreign and of_quote(sentence.text, hit.version) != examined.language
    score *= 1 - _WEIGHT_OF_LANGUAGE * foreign
    score *= 1 - _WEIGHT_OF_NAMES * (1 - fit.named)
    adds = fit.terms - examined.terms
    score *= _wholeness(sentence.text) * (1.0 if _is_new(sentence, adds) else _SAYS_NOTHING_NEW)
    return Scored(sentence, score, fit.says, adds, foreign)


def _is_new(sentence: Sentence, adds: frozenset[str]) -> bool:
    """Whether a sentence adds more than where it stands, or denies: "X proposed a hub (N4)" says the question over."""
    return not adds <= _sources(sentence) or denied(signs(sentence.text, sentence.passage.hit.version.language))


def _sources(sentence: Sentence) -> frozenset[str]:
    """The index terms of the brackets that say where a sentence stands, which add nothing to what it says."""
    told = " ".join(asked.source_keys(sentence.text))
    return frozenset(terms(told, sentence.passage.hit.version.language))


def _is_table_head(sentence: Sentence) -> bool:
    """Whether it is the first row of a table, which says what the others are about and nothing itself."""
    return sentence.is_row and sentence.lines_above != 1 and not sentence.passage.hit.chunk.context


def _wholeness(text: str) -> float:
    """Fragments such as captions, and the titles of sources below a page, answer less well than sentences."""
    return 0.5 if len(text.split()) < 5 or _REFERENCE.match(text) else 1.0


def _without_repetition(scored: Sequence[Scored]) -> list[Scored]:
    kept: list[Scored] = []
    for candidate in scored:
        if not any(_repeats(candidate, other) for other in kept):
            kept.append(candidate)
    return kept


def _repeats(candidate: Scored, other: Scored) -> bool:
    """Whether another sentence adds most of what a sentence adds to the question.

    In another language: it has no figure that the other lacks; where it has none, it says no more of the question, and
    the other is in the reader's language.
    """
    if candidate.language != other.language:
        figures = {term for term in candidate.adds if term.isdigit()}
        says_no_more = candidate.foreign and not other.foreign and candidate.says <= other.says
        return figures <= other.adds and (bool(figures) or says_no_more)
    return not candidate.adds or len(candidate.adds & other.adds) / len(candidate.adds) >= _SAME


def _readable(chosen: Sequence[Scored]) -> list[Scored]:
    """Document by document in the order of their best sentences: the best one first, then as the pages have them."""
    documents = list(dict.fromkeys(s.sentence.passage.hit.version.id for s in chosen))
    best = chosen[0] if chosen else None

    def place(scored: Scored) -> tuple[int, bool, int, int, int]:
        span = scored.sentence.quoted[0].span
        document = documents.index(scored.sentence.passage.hit.version.id)
        return document, scored is not best, span.page, span.start, span.end

    return sorted(chosen, key=place)
