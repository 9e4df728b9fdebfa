"""Whether the passages answer the question: a calibrated probability from a few signals that a person can read."""

from __future__ import annotations

import math
from collections.abc import Callable, Collection, Mapping, Sequence
from dataclasses import dataclass, replace
from functools import cache
from importlib.resources import files

from pydantic import TypeAdapter

from assistant.context import Sentence
from assistant.gaps import speaks_of_a_list
from assistant.relevance import Examined, Fit
from assistant.retrieve import Retrieved
from assistant.sorts import Form, Sort

COEFFICIENTS = "evidence.json"
_COMPARABLE = 0.75  # of the best sentence's fit: such a sentence may answer as well as that one
_WEIGHT_OF_FRAME = 0.7  # of what stands above a sentence, against what the sentence says
_WEIGHT_OF_NAMES = 0.6  # what a sentence loses that is about none of the names asked for
_WEIGHT_OF_LANGUAGE = 0.15  # what a sentence loses that a translation had to be found for
_START_OF_THING = 0.2  # by which what is known must fit better than the thing that is not
_SAYS_SO = 0.5  # of what is not known and what is asked for, that they are the same
_LEAVES_OPEN = 0.9  # the same, where other sentences seem to answer
_MOST_OF_IT = 0.8  # of a question: a passage that holds less than this tells nothing by how much less
_BACKGROUND = slice(10, 30)  # ranks of the dense half that are near by chance
Nearness = Callable[[Sentence], float]  # of a sentence to the question: the cosine
Signals = Mapping[str, float]


@dataclass(frozen=True, slots=True)
class Fitted:
    """What each signal adds to the log-odds that there is an answer."""

    intercept: float
    coefficients: Mapping[str, float]


@dataclass(frozen=True, slots=True)
class Coefficients:
    """One fit for what was found in the question's language, one for what was found in others.

    And one for what was found in the question's language where it is typed as search words are: names cannot be told
    in it, so that its words say less and its meaning more. `made` says by which command, on what data and when.
    """

    made: Mapping[str, str]
    own_language: Fitted
    other_language: Fitted
    search_words: Fitted

    def fitting(self, values: Signals) -> Fitted:
        """The fit for a question with these signals."""
        if values["foreign"]:
            return self.other_language
        return self.search_words if values["typed"] else self.own_language


def sides(examined: Examined, retrieved: Retrieved, nearness: Nearness) -> tuple[Signals, ...]:
    """What speaks for and against an answer being among the passages: the side that most speaks for one comes first.

    The question's own language and the others are judged apart: what answers in another language need not say more of
    the question's words than what does not answer in its own. Of a side, for one:

    - `cosine`: of its nearest chunk; `stands_out`: by how much it is nearer than those that are near by chance
    - `sentence`: how much of the question the best sentence holds with what stands above it
    - `first`: how much of it a sentence of its first passage says
    - `whole`: how much of it one passage holds with what stands above it, beyond four fifths
    - `thing`: how much of the thing asked for is in the best sentence and what stands above it
    - `pairs`: the share of the question's pairs of neighbours in one sentence
    - `near`: the cosine of the best sentence to the question, 0 in another language, where it adds nothing;
      `near_and_told`: the same times how much of the question that sentence holds
    - `lexical_margin`: by what share the best chunk's BM25 exceeds the second's; `agreement`: the nearest chunk's BM25
      as a share of the best, both of all sides
    - `worded`: its best BM25 as a share of the best of all; `leads`: the first passage of all is its own

    Against one:

    - `numbers_lacking`, `years_lacking`: the numbers and years of the question stand in no sentence that fits about as
      well as the best; `years_nowhere`: nor the years in the passage of one; `of_another_year`: but other years
    - `names_nowhere`: names of the question stand in no passage of such a sentence, nor above it
    - `sort_lacking`, `form_lacking`: none of them gives the sort of thing asked for, by a form that is loose or strict
    - `behind`: by what share the best sentence that gives the sort asked for, numbers what is counted and is of the
      countries and years of the question is behind the best of all
    - `uncounted`: no sentence of their passages numbers the thing of which it is asked how many there are
    - `unknown_leads`: what a sentence of any side says is not known is what is asked for, and fits better than what is
      said
    - `glossed`: the model compared the question by its gloss, which is near to more

    `only_form_lacking` is whether none of them gives it by the only form that it has, and then there is no answer.
    `foreign` is whether the side is in another language than the question, `typed` whether the question has neither a
    capital letter nor a question mark.
    """
    asked = {
        **_of_retrieval(retrieved),
        "glossed": float(not retrieved.read),
        "typed": float(examined.question.islower() and "?" not in examined.question),
    }
    apart = [tuple(fit for fit in examined.fits if fit.foreign is foreign) for foreign in (False, True)]
    found = [{**asked, **_of_side(fits, examined, retrieved, nearness)} for fits in apart if fits]
    return tuple(sorted(found, key=probability, reverse=True)) or ({**_of_nothing(), **asked},)


def answering(examined: Examined, found: Sequence[Signals], threshold: float) -> Examined:
    """The question held against those sentences alone whose side may answer, and against those on what is not known.

    A side may answer that is likely enough to, or at least a third as likely as the likeliest.
    """
    enough = min(threshold, probability(found[0]) / 3)
    kept = {bool(side["foreign"]) for side in found if probability(side) >= enough}
    return replace(examined, fits=tuple(f for f in examined.fits if f.foreign in kept or f.unknown is not None))


def probability(values: Signals, by: Coefficients | None = None) -> float:
    """The chance that there is an answer, by the coefficients kept unless others are given.

    It is 1 / (1 + e^−z), z the intercept and the sum of signals times coefficients; 0 where what is asked for has one
    form alone and nothing has it.
    """
    if values["only_form_lacking"]:
        return 0.0
    fitted = (by or coefficients()).fitting(values)
    z = fitted.intercept + sum(coefficient * values[name] for name, coefficient in fitted.coefficients.items())
    return 1 / (1 + math.exp(-z))


def gap(examined: Examined) -> tuple[Sentence, ...]:
    """The sentence by which a document says that what is asked for is not known; empty where none does.

    Before it, what its passage does say of the matter: that actions were agreed, of which none is listed.
    """
    gaps = [fit for fit in examined.fits if _is_asked_for(fit) >= _SAYS_SO]
    if not gaps:
        return ()
    says_so = max(gaps, key=_is_asked_for)
    stated = [fit for fit in examined.fits if fit.unknown is None and _stand_together(fit, says_so)]
    nearest = max(stated, key=_fit, default=says_so)
    return (nearest.sentence, says_so.sentence) if _fit(nearest) > _fit(says_so) else (says_so.sentence,)


def left_open(examined: Examined, documents: Collection[str]) -> Sentence | None:
    """The sentence by which one of the documents that an answer quotes says that what is asked is not known.

    None where the question asks for a sort of thing that can be told by its form: that is there, or it is not.
    """
    if examined.sought is not None:
        return None
    here = [fit for fit in examined.fits if _leaves_open(fit) and _document(fit) in documents]
    return max(here, key=_is_asked_for).sentence if here else None


@cache
def coefficients() -> Coefficients:
    """The coefficients as `python -m evals.bench.calibrate` left them."""
    stored = files("assistant").joinpath(COEFFICIENTS).read_bytes()
    return TypeAdapter(Coefficients).validate_json(stored)


def _of_retrieval(retrieved: Retrieved) -> Signals:
    scores = list(retrieved.lexical.values())
    of_nearest = retrieved.lexical.get(next(iter(retrieved.dense), ""), 0.0)
    return {
        "lexical_margin": 1 - scores[1] / scores[0] if len(scores) > 1 else float(bool(scores)),
        "agreement": of_nearest / scores[0] if scores else 0.0,
    }


def _of_side(fits: Sequence[Fit], examined: Examined, retrieved: Retrieved, nearness: Nearness) -> Signals:
    stated = sorted((fit for fit in fits if fit.unknown is None), key=_fit, reverse=True)
    best = _fit(stated[0]) if stated else 0.0
    first = min(fit.sentence.passage.number for fit in fits)
    return {
        **_of_passages(fits, retrieved),
        **_of_meaning(stated[0] if stated and not stated[0].foreign else None, nearness),
        **_lacking(examined.sought, _comparable(stated)),
        "behind": _behind(stated, examined.sought),
        "uncounted": _uncounted(stated),
        "unknown_leads": _lead([fit for fit in examined.fits if fit.unknown is not None], best),
        "sentence": best,
        "first": max((fit.said for fit in stated if fit.sentence.passage.number == first), default=0.0),
        "whole": max(max(fit.around for fit in fits) - _MOST_OF_IT, 0.0),
        "thing": stated[0].thing if stated else 0.0,
        "pairs": max((len(fit.paired) for fit in stated), default=0) / max(len(examined.pairs), 1),
        "leads": float(first == 1),
        "foreign": float(fits[0].foreign),
    }


def _comparable(stated: Sequence[Fit]) -> list[Fit]:
    """Of sentences, the best first, those that may answer as well: by what they say, or by what they stand under.

    "Investering: 1.632.694 euro" says nothing of the project whose budget it is, and stands under its title.
    """
    enough = _COMPARABLE * _fit(stated[0]) if stated else 0.0
    most = max((fit.framed * _named(fit) for fit in stated), default=0.0)
    return [fit for fit in stated if _fit(fit) >= enough or fit.framed * _named(fit) >= most]


def _of_passages(fits: Sequence[Fit], retrieved: Retrieved) -> Signals:
    scores = [fit.sentence.passage.hit.scores for fit in fits]
    cosines, most = list(retrieved.dense.values()) or [0.0], max(retrieved.lexical.values(), default=0.0)
    nearest = max(score.dense for score in scores)
    return {
        "cosine": max(nearest, 0.0),
        "stands_out": nearest - _mean(cosines[_BACKGROUND] or cosines),
        "worded": max(score.lexical for score in scores) / most if most else 0.0,
    }


def _of_meaning(best: Fit | None, nearness: Nearness) -> Signals:
    near = max(nearness(best.sentence), 0.0) if best else 0.0
    return {"near": near, "near_and_told": near * _fit(best) if best else 0.0}


def _of_nothing() -> Signals:
    return dict.fromkeys((*coefficients().own_language.coefficients, "only_form_lacking", "foreign"), 0.0)


def _lacking(wanted: Sort | None, comparable: Sequence[Fit]) -> Signals:
    """What the question has or wants that no sentence has which fits about as well as the best."""
    lacking = wanted.form if wanted and not any(fit.gives for fit in comparable) else None
    return {
        "numbers_lacking": 1 - max((fit.numbered for fit in comparable), default=0.0),
        "names_nowhere": 1 - max((fit.named_around for fit in comparable), default=0.0),
        "years_lacking": float(not any(fit.dated for fit in comparable)),
        "years_nowhere": float(not any(fit.dated_around for fit in comparable)),
        "of_another_year": float(any(f.of_another_year for f in comparable) and not any(f.dated for f in comparable)),
        "sort_lacking": float(lacking is Form.LOOSE),
        "form_lacking": float(lacking is Form.STRICT),
        "only_form_lacking": float(lacking is Form.ONLY),
    }


def _behind(stated: Sequence[Fit], wanted: Sort | None) -> float:
    """By what share the best sentence that has all that may be asked for is behind the best; 1 where none has.

    What is told of another country, or in another year, stands beside what is asked for more often than it answers.
    """
    whole = [f for f in stated if (wanted is None or f.gives) and f.counts and f.of_countries and f.dated]
    best = _fit(stated[0]) if stated else 0.0
    return 1 - max(map(_fit, whole), default=0.0) / best if best else 0.0


def _uncounted(stated: Sequence[Fit]) -> float:
    """Whether no sentence of a passage with one that may answer numbers what is to be counted.

    What was counted under its name may be told of "they" in the next sentence, or the other way about.
    """
    passages = {fit.sentence.passage.number for fit in _comparable(stated)}
    return float(not any(fit.counts for fit in stated if fit.sentence.passage.number in passages))


def _lead(gaps: Sequence[Fit], best: float) -> float:
    """By how much what is said to be unknown fits better than what is said."""
    thing = max(map(_is_asked_for, gaps), default=0.0)
    return max(thing - best + _START_OF_THING, 0.0) if thing else 0.0


def _is_asked_for(gap: Fit) -> float:
    """How well what a sentence says is not known is what is asked for."""
    return (gap.unknown or 0.0) * _named(gap)


def _document(fit: Fit) -> str:
    return fit.sentence.passage.hit.version.document


def _leaves_open(gap: Fit) -> bool:
    """Whether what seems to answer does not: other sentences name the things that a document says it does not list."""
    return _is_asked_for(gap) >= (_SAYS_SO if speaks_of_a_list(gap.sentence.text) else _LEAVES_OPEN)


def _stand_together(one: Fit, other: Fit) -> bool:
    return one.sentence.passage.number == other.sentence.passage.number


def _fit(fit: Fit) -> float:
    nearness = 1 - _WEIGHT_OF_LANGUAGE * fit.foreign
    return (fit.said + _WEIGHT_OF_FRAME * (fit.framed - fit.said)) * _named(fit) * nearness


def _named(fit: Fit) -> float:
    return 1 - _WEIGHT_OF_NAMES * (1 - fit.named)


def _mean(values: Sequence[float]) -> float:
    return sum(values) / len(values)
