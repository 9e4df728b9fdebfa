"""`python -m evals.bench.calibrate DIR...` fits the evidence decision and says what it is worth on sets it did not see.

Every example is a question with what the program found for it. It is answerable, or unanswerable in one of two ways: by
nature (the folder or the question set says so), or because the passages that answer it were taken from what was found,
so that near misses are left. Sources count by fixed weights, and within a source both outcomes the same.
"""

from __future__ import annotations

import json
import zlib
from collections import Counter, defaultdict
from collections.abc import Callable, Iterator, Mapping, Sequence, Set
from contextlib import closing
from dataclasses import asdict, dataclass, replace
from datetime import date
from functools import partial
from pathlib import Path
from typing import Annotated

import numpy as np
import typer

import assistant
from assistant import evidence
from assistant.context import passages_of
from assistant.evidence import Coefficients, Fitted, Signals
from assistant.premise import premise_of
from assistant.relevance import examine
from assistant.retrieve import Retrieved, Retriever
from assistant.settings import assistant_settings
from assistant.types import AnswerStatus, Inquiry, Question
from assistant.understand import understand
from evals.beir import local_settings, open_index
from evals.bench.logistic import Floats, fitted
from evals.metrics.abstention import auroc
from evals.question_sets import read_cases
from evals.rows import read_queries
from evals.types import Case, Query
from ingest.embed import open_embedder
from ingest.index import IndexReader, open_reader
from ingest.lexicon.lexicon import open_lexicon
from ingest.settings import index_settings
from ingest.types import Audience, Hit
from ingest.validity import Scope

_REFUSED = {AnswerStatus.NO_EVIDENCE, AnswerStatus.OUT_OF_SCOPE}
_FOR = (
    "cosine",
    "stands_out",
    "sentence",
    "first",
    "whole",
    "thing",
    "pairs",
    "near",
    "near_and_told",
    "lexical_margin",
    "agreement",
    "worded",
    "leads",
)
_AGAINST = (
    "numbers_lacking",
    "names_nowhere",
    "years_lacking",
    "years_nowhere",
    "of_another_year",
    "behind",
    "uncounted",
    "sort_lacking",
    "form_lacking",
    "unknown_leads",
    "glossed",
)
SIGNALS = (*_FOR, *_AGAINST)
_SIGNS = (*(1 for _ in _FOR), *(-1 for _ in _AGAINST))
_OWN, _ABROAD, _PLAIN, _FREE = "corpus", "corpus abroad", "plain wording", "free wording"
_TYPED: Mapping[str, str] = {source: f"{source} typed" for source in (_OWN, _PLAIN, _FREE)}
_WEIGHTS: Mapping[str, float] = {
    _OWN: 4.0,
    _ABROAD: 4.0,
    _PLAIN: 4.0,
    _FREE: 1.0,
    **dict.fromkeys(_TYPED.values(), 0.25),
}
_WEIGHT_OF_FOLDER = 2.0
_WEIGHT_OF_NEAR_MISSES = 0.6  # of what is left in a folder without unanswerable questions when answers are taken
_WEIGHT_OF_CUT = 0.3  # of a question of the corpus whose answer was taken away, against one that never had any
_ODDS_OWN = 0.45  # at less, more of the corpus's answerable questions are refused than of its others are gained
_ODDS_ABROAD = 1.0  # so that of questions across languages at most one in ten is refused
_ODDS_TYPED = 1.2  # so that of clapnq-dev one in ten is
_FOLDS = 5
Answers = Callable[[Hit], bool]  # whether a hit holds the answer
_MOST = 200  # questions of a folder whose answers are taken away: more of a kind tell nothing more
_DEPTH = 60  # chunks from which the answering ones are taken away


@dataclass(frozen=True, slots=True)
class Side:
    """The signals of what was found in the question's own language, or in others, and whether the answer is there."""

    signals: Signals
    answers: bool


@dataclass(frozen=True, slots=True)
class Example:
    """A question with what was found for it; `natural` is False where its answer was taken away."""

    source: str
    question_id: str
    answerable: bool
    natural: bool
    sides: tuple[Side, ...]


def run(
    folders: Annotated[
        list[Path], typer.Argument(metavar="DIR...", help="BEIR folders.", file_okay=False, exists=True)
    ],
    split: Annotated[str, typer.Option(help="Which of the qrels to use.")] = "dev",
    questions: Annotated[Path, typer.Option(help="The question sets of the corpus.")] = Path("evals/questions"),
    plain: Annotated[Path, typer.Option(help="Those in plain wording.")] = Path("evals/plain-wording"),
    free: Annotated[Path, typer.Option(help="Those in free wording.")] = Path("evals/free-wording"),
    index: Annotated[Path, typer.Option(help="Folder of the index of the corpus.")] = Path(".liaison"),
    keep: Annotated[bool, typer.Option("--keep", help="Write nothing, only tell.")] = False,
) -> None:
    """Fit the coefficients, print what they are worth as Markdown, and write them beside `assistant/evidence.py`."""
    asker = _Asker()
    found = [example for folder in folders for example in asker.of_folder(folder, split)]
    for sets, source in ((questions, _OWN), (plain, _PLAIN), (free, _FREE)):
        found.extend(asker.of_corpus(read_cases(sets), source, index))
    print(table(found))
    made = {
        "command": f"python -m evals.bench.calibrate {' '.join(_name(folder) for folder in folders)}",
        "data": "; ".join(f"{source}: {count}" for source, count in Counter(e.source for e in found).items()),
        "date": date.today().isoformat(),
    }
    if not keep:
        target = Path(assistant.__file__).parent / evidence.COEFFICIENTS
        target.write_text(json.dumps(asdict(fit(found, made)), indent=2) + "\n", encoding="utf-8")


def fit(examples: Sequence[Example], made: Mapping[str, str]) -> Coefficients:
    """The coefficients of least loss on the examples."""
    rows = [(e, side) for e in examples for side in e.sides if not side.signals["only_form_lacking"]]
    weights = _weights(rows)
    foreign, typed = (np.asarray([bool(side.signals[name]) for _, side in rows]) for name in ("foreign", "typed"))
    own, other, search_words = (
        _fitted([side for (_, side), here in zip(rows, chosen, strict=True) if here], weights[chosen])
        for chosen in (~foreign & ~typed, foreign, ~foreign & typed)
    )
    return Coefficients(made, own, other, search_words)


def table(examples: Sequence[Example]) -> str:
    """For each source: AUROC, in five-fold cross-validation over all sources, and fitted on the other sources alone.

    Then the shares of answerable questions answered and of unanswerable ones refused, at four thresholds.
    """
    folds = [zlib.crc32(example.question_id.encode()) % _FOLDS for example in examples]
    seen = _held_out(examples, folds)
    apart = _held_out(examples, ["corpus" if e.source in _WEIGHTS else e.source for e in examples])
    lines = [
        "| source | questions | AUROC | left out | answered / refused at .2 | .3 | .4 | .5 |",
        "|---|--:|--:|--:|--:|--:|--:|--:|",
    ]
    lines.extend(_line(source, examples, seen, apart) for source in dict.fromkeys(e.source for e in examples))
    return "\n".join(lines)


def _line(source: str, examples: Sequence[Example], seen: Floats, apart: Floats) -> str:
    natural = any(e.natural and not e.answerable for e in examples if e.source == source)
    here = [i for i, e in enumerate(examples) if e.source == source and (e.natural or not natural)]
    able = [i for i in here if examples[i].answerable]
    unable = [i for i in here if not examples[i].answerable]
    figures = [auroc(list(scores[able]), list(scores[unable])) or 0.0 for scores in (seen, apart)]
    shares = [f"{np.mean(seen[able] >= t):.2f} / {np.mean(seen[unable] < t):.2f}" for t in (0.2, 0.3, 0.4, 0.5)]
    cells = [source, f"{len(able)} + {len(unable)}", *(f"{figure:.3f}" for figure in figures), *shares]
    return f"| {' | '.join(cells)} |"


def _held_out(examples: Sequence[Example], groups: Sequence[object]) -> Floats:
    """The probability of each example by a fit on the other groups."""
    scores = np.zeros(len(examples))
    for group in set(groups):
        made = fit([e for e, other in zip(examples, groups, strict=True) if other != group], {})
        for i, example in enumerate(examples):
            if groups[i] == group:
                scores[i] = max(evidence.probability(side.signals, made) for side in example.sides)
    return scores


def _fitted(sides: Sequence[Side], weights: Floats) -> Fitted:
    outcomes = np.asarray([float(side.answers) for side in sides])
    intercept, coefficients = fitted(np.stack([_row(side) for side in sides]), outcomes, weights, _SIGNS)
    return Fitted(
        round(intercept, 4), {name: round(float(c), 4) for name, c in zip(SIGNALS, coefficients, strict=True)}
    )


def _row(side: Side) -> Floats:
    return np.asarray([side.signals[name] for name in SIGNALS])


def _weights(rows: Sequence[tuple[Example, Side]]) -> Floats:
    """Each source's weight times 300 for each outcome, spread over its rows."""
    nature = {example.source for example, _ in rows if example.natural and not example.answerable} | set(_WEIGHTS)
    shares = [_WEIGHT_OF_CUT if not example.natural and example.source in _WEIGHTS else 1.0 for example, _ in rows]
    totals: defaultdict[tuple[str, bool], float] = defaultdict(float)
    for (example, side), share in zip(rows, shares, strict=True):
        totals[example.source, side.answers] += share
    return np.asarray(
        [
            300 * _weight_of(example, side, nature) * share / totals[example.source, side.answers]
            for (example, side), share in zip(rows, shares, strict=True)
        ]
    )


def _weight_of(example: Example, side: Side, nature: Set[str]) -> float:
    weight = _WEIGHTS.get(example.source, _WEIGHT_OF_FOLDER)
    if not side.answers:
        return weight if example.source in nature else _WEIGHT_OF_NEAR_MISSES
    return weight * (_ODDS_ABROAD if side.signals["foreign"] else _ODDS_TYPED if side.signals["typed"] else _ODDS_OWN)


class _Asker:
    """Asks folders and the corpus as the program asks, and takes answers away."""

    def __init__(self) -> None:
        self._settings = index_settings()
        self._embedder = open_embedder(self._settings.embedding_model, self._settings.model_cache)
        lexicon = open_lexicon(self._settings.model_cache, self._settings.lexicons)
        self._passages = assistant_settings().passages
        self._retriever = Retriever(self._embedder, assistant_settings().candidates, lexicon)
        self._today = date.today()

    def of_folder(self, folder: Path, split: str) -> Iterator[Example]:
        """A folder's questions; where all are answerable, each a second time with its answer taken away."""
        settings = local_settings(folder, self._settings, self._embedder)
        queries, qrels = read_queries(folder, split)
        gold: dict[str, set[str]] = {}
        for qrel in qrels:
            gold.setdefault(qrel.query_id, set()).add(qrel.doc_id)
        natural = len(gold) < len(queries)
        index, _ = open_index(folder, settings, self._embedder, self._today)
        with closing(index):
            for query in queries if natural else sorted(queries, key=_by_chance)[:_MOST]:
                yield from self._of_query(index, _name(folder), query, gold.get(query.id, set()), cut=not natural)

    def of_corpus(self, cases: Sequence[Case], source: str, folder: Path) -> Iterator[Example]:
        """The questions that end in an answer or in none, each answerable one also with its answer taken away."""
        with closing(open_reader(self._settings.model_copy(update={"index": folder}), self._embedder.name)) as index:
            for case in filter(_is_decided_by_evidence, cases):
                yield from self._of_case(index, case, _ABROAD if case.purpose == "cross-language" else source)

    def _of_query(
        self, index: IndexReader, source: str, query: Query, gold: set[str], *, cut: bool
    ) -> Iterator[Example]:
        question = Question(query.text, Audience.PUBLIC, tuple(query.history))
        inquiry = understand(question, index, self._retriever, self._today)
        found = self._found(index, inquiry, Scope(Audience.PUBLIC, self._today, self._today))
        yield Example(source, query.id, bool(gold), True, self._sides(index, inquiry, found, _in_rows(gold)))
        if cut:
            left = _without(found, _in_rows(gold))
            yield Example(source, query.id, False, False, self._sides(index, inquiry, left, _nowhere))

    def _of_case(self, index: IndexReader, case: Case, source: str) -> Iterator[Example]:
        question = Question(case.question, case.audience, case.history, case.as_of)
        inquiry = understand(question, index, self._retriever, self._today)
        found = self._found(index, inquiry, Scope(case.audience, case.as_of or self._today, self._today))
        answers = _in_places(case, found) if case.answerable else _nowhere
        yield Example(source, case.id, case.answerable, True, self._sides(index, inquiry, found, answers))
        if source in _TYPED:  # the two halves of the search do not mind capitals
            typed = replace(inquiry, text=inquiry.text.lower().rstrip(" ?"))
            yield Example(_TYPED[source], case.id, case.answerable, True, self._sides(index, typed, found, answers))
        if case.answerable and case.facts and case.relevant:
            left = _without(found, answers)
            yield Example(source, case.id, False, False, self._sides(index, inquiry, left, _nowhere))

    def _found(self, index: IndexReader, inquiry: Inquiry, scope: Scope) -> Retrieved:
        return self._retriever.retrieve(index, inquiry.text, inquiry.language, scope, _DEPTH)

    def _sides(self, index: IndexReader, inquiry: Inquiry, found: Retrieved, answers: Answers) -> tuple[Side, ...]:
        passages = passages_of(found.hits[: self._passages])
        nearness = partial(self._retriever.nearness, index, found.vector)
        sides = evidence.sides(examine(inquiry.text, found.terms, passages), found, nearness)
        abroad = {passage.hit.version.language != found.terms.language for passage in passages if answers(passage.hit)}
        return tuple(Side(signals, bool(signals["foreign"]) in abroad) for signals in sides)


def _without(found: Retrieved, answers: Answers) -> Retrieved:
    """What would have been found had the chunks that answer not been there."""
    gone = {hit.chunk_id for hit in found.hits if answers(hit)}
    lexical, dense = (
        {chunk: score for chunk, score in scores.items() if chunk not in gone}
        for scores in (found.lexical, found.dense)
    )
    hits = tuple(hit for hit in found.hits if hit.chunk_id not in gone)
    return replace(found, hits=hits, lexical=lexical, dense=dense)


def _by_chance(query: Query) -> int:
    """An order of questions that has nothing to do with them and is the same every time."""
    return zlib.crc32(query.id.encode())


def _is_decided_by_evidence(case: Case) -> bool:
    """Whether it ends in an answer or in none for what is found; not where what it takes for granted is answered."""
    decided = case.answerable or bool(_REFUSED & set(case.expected))
    return decided and premise_of(case.question) is None


def _nowhere(_: Hit) -> bool:
    return False


def _in_rows(gold: Set[str]) -> Answers:
    return lambda hit: hit.version.path in gold


def _in_places(case: Case, found: Retrieved) -> Answers:
    """What answers a question of the corpus, by its document or its words; where nothing does, the first hit."""
    best = {place.document for place in case.relevant if place.grade == 2}
    forms = {form.casefold() for forms in case.facts for form in forms}

    def answers(hit: Hit) -> bool:
        return hit.version.document in best or any(form in hit.chunk.text.casefold() for form in forms)

    return answers if any(map(answers, found.hits)) else lambda hit: hit in found.hits[:1]


def _name(folder: Path) -> str:
    parent = folder.resolve().parent.name
    return folder.name if parent == "eval-data" else f"{parent}/{folder.name}"


if __name__ == "__main__":
    typer.run(run)
