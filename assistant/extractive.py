"""The engine that needs no model: it chooses the sentences that answer and says them in a readable order."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass

from assistant import asked
from assistant.context import Sentence, sentences_of
from assistant.types import Passage, Statement
from ingest.analyse import terms

InverseFrequency = Callable[[str], float]

_MOST_SENTENCES = 4
_MOST_ITEMS = 8  # of a list that a sentence introduces
_LEAST_SHARE = 0.75  # of the best sentence's score: weaker ones distract from the answer
_SAME = 0.7  # share of common terms from which two sentences say the same
_WEIGHT_OF_RANK = 0.35  # what the passage's own score adds to a sentence's coverage
_WEIGHT_OF_TYPE = 0.4
_WEIGHT_OF_NAMES = 0.6  # what a sentence loses that is about none of the names asked for
_WEIGHT_OF_HEADINGS = 0.4  # of what the headings above a sentence say, against what the sentence itself says


@dataclass(frozen=True, slots=True)
class Scored:
    """A sentence with how well it answers, and the question terms that it holds."""

    sentence: Sentence
    score: float
    held: frozenset[str]


def compose(
    question: str, language: str, passages: Sequence[Passage], weigh: InverseFrequency
) -> tuple[Statement, ...]:
    """The sentences that answer, the best one's document first and each document's in reading order.

    `weigh` says how much an index term tells. At most four sentences, none that repeats another, each with the place
    it stands. Empty where no passage holds a sentence.
    """
    scored = ranked_sentences(question, language, passages, weigh)
    chosen = _without_repetition([s for s in scored if scored and s.score >= _LEAST_SHARE * scored[0].score])
    readable = [s.sentence for s in _readable(chosen[:_MOST_SENTENCES])]
    said = dict.fromkeys(sentence for lead in readable for sentence in (lead, *_list_below(lead)))
    return tuple(Statement(sentence.text, sentence.quoted) for sentence in said)


def _list_below(lead: Sentence) -> list[Sentence]:
    """The items of the list that a sentence introduces by its colon; none where it introduces none."""
    if not lead.text.endswith(":"):
        return []
    items: list[Sentence] = []
    for sentence in sentences_of(lead.passage)[lead.position + 1 :]:
        starts_item = sentence.lines_above == 1 or (not items and sentence.lines_above == 2)
        if len(items) == _MOST_ITEMS or not (starts_item or (items and sentence.lines_above == 0)):
            break
        items.append(sentence)
    return items


def ranked_sentences(
    question: str, language: str, passages: Sequence[Passage], weigh: InverseFrequency
) -> list[Scored]:
    """Every sentence of the passages, the one that answers best first."""
    best = max((passage.hit.scores.total for passage in passages), default=0.0) or 1.0
    scored = [
        _score(sentence, question, language, passage.hit.scores.total / best, weigh)
        for passage in passages
        for sentence in sentences_of(passage)
        if not _is_table_head(sentence)
    ]
    return sorted(scored, key=lambda s: (-s.score, s.sentence.passage.number, s.sentence.position))


def coverage(question_terms: Mapping[str, float], held: Sequence[str] | frozenset[str]) -> float:
    """The share of what the question says that is held: Σ weight of held terms / Σ weight of all; 0 for no terms."""
    total = sum(question_terms.values())
    return sum(question_terms[term] for term in set(held) if term in question_terms) / total if total else 0.0


def _score(sentence: Sentence, question: str, language: str, passage_share: float, weigh: InverseFrequency) -> Scored:
    version = sentence.passage.hit.version
    wanted = {term: weigh(term) for code in {language, version.language} for term in terms(question, code)}
    held = frozenset(terms(sentence.text, version.language))
    above = terms(f"{version.title} {sentence.passage.hit.chunk.section}", version.language)
    score = coverage(wanted, held) + _WEIGHT_OF_HEADINGS * coverage(wanted, frozenset(above) - held)
    score += _WEIGHT_OF_RANK * passage_share + _WEIGHT_OF_TYPE * asked.fits_type(question, sentence.text)
    named = f"{sentence.text} {version.title} {version.organisation} {sentence.passage.hit.chunk.section}"
    score *= 1 - _WEIGHT_OF_NAMES * (1 - asked.named_share(question, language, named))
    return Scored(sentence, score * _wholeness(sentence.text), held)


def _is_table_head(sentence: Sentence) -> bool:
    """Whether it is the first row of a table, which says what the others are about and nothing itself."""
    told = asked.without_source_keys(sentence.text)
    return " | " in told and sentence.lines_above != 1 and not any(sign.isdigit() for sign in told)


def _wholeness(text: str) -> float:
    """Fragments such as captions answer less well than sentences."""
    return 1.0 if len(text.split()) >= 5 else 0.5


def _without_repetition(scored: Sequence[Scored]) -> list[Scored]:
    kept: list[Scored] = []
    for candidate in scored:
        if all(_overlap(candidate.held, other.held) < _SAME for other in kept):
            kept.append(candidate)
    return kept


def _overlap(left: frozenset[str], right: frozenset[str]) -> float:
    return len(left & right) / min(len(left), len(right)) if left and right else 0.0


def _readable(chosen: Sequence[Scored]) -> list[Scored]:
    """Document by document in the order of their best sentences: the best one first, then as the pages have them."""
    documents = list(dict.fromkeys(s.sentence.passage.hit.version.id for s in chosen))
    best = chosen[0] if chosen else None

    def place(scored: Scored) -> tuple[int, bool, int, int, int]:
        span = scored.sentence.quoted[0].span
        document = documents.index(scored.sentence.passage.hit.version.id)
        return document, scored is not best, span.page, span.start, span.end

    return sorted(chosen, key=place)
