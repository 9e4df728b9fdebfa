"""Whether one sentence follows from another: its words, figures, names, denial, strength, extent and roles."""

from __future__ import annotations

from collections import Counter
from collections.abc import Collection, Iterator, Sequence
from dataclasses import dataclass, field
from decimal import Decimal
from enum import StrEnum
from itertools import pairwise
from typing import TypeAlias

from assistant.verify.names import folded_words, holds_name
from assistant.verify.quantities import Amount, Figures, borne_out, ones, same_value
from assistant.verify.roles import swapped
from assistant.verify.said import Clause, Said
from assistant.verify.signs import Sign, denied, denies_a_verb, is_passive, sign_words
from assistant.verify.words import Likeness, Word, alike, covered

# Chosen on the planted cases for development: `python -m evals verification`.
_LEAST_COVERED = 0.51  # share of a sentence's words that must be told, headings counted
_LEAST_COVERED_ACROSS = 0.4  # the same between two languages, where no lexicon knows every word
_LEAST_IN_SENTENCE = 0.33  # the same without headings
# Where likeness is at hand: of the share of words and figures told, from which it is asked, from which it is not, and
# of that share and the cosine of the two sentences together. Chosen on the planted cases: `evals verification`.
_MAY_BE_TOLD = 0.25
_SURELY_TOLD = 0.66
_TOLD_AND_ALIKE = 0.72
_LEAST_IN_CLAUSE = 0.25  # so that no invented clause rides on a true one
_NEARLY_ALL = 0.75  # share of its words from which a sentence is a copy with some words replaced
_COPIED = 0.9  # share of its words from which their order says who does what
_DENIED_TOO = 0.5  # share of a denied clause that a claim says, so that it may deny it too
_SMALL_CLAUSE = 2  # words up to which a clause is judged with the sentence alone


# An amount, a year or a name, with its kind.
Fact: TypeAlias = tuple[str, object]


class Fault(StrEnum):
    """Why a sentence is not borne out."""

    NO_SUCH_PASSAGE = "cites a passage that was not given"
    NOT_TOLD = "no passage that it cites says this"
    NUMBER = "a number, amount or unit is not in the passage"
    DATE = "a date is not in the passage"
    NAME = "a name is not in the passage"
    PAIRED = "joins what the passage tells of different things"
    DENIED = "denies what the passage says, or says what it denies"
    STRENGTH = "makes a duty of a possibility, a fact of a plan, or the reverse"
    EXTENT = "says all, some or only where the passage does not"
    EXTREME = "says first, lowest or the like where the passage does not"
    TURNED = "turns an order or a direction round"
    ROLES = "swaps who does what"
    LINK = "says because where the passage does not"
    FORM = "holds a link, code or markup"
    INSTRUCTION = "repeats an instruction to a program"
    LONG = "is beyond the length of an answer"


@dataclass(frozen=True, slots=True)
class Around:
    """What stands around the sentences of a passage: title, organisation, headings, the head of a table.

    `passage` are the words of all of its sentences.
    """

    text: str
    words: tuple[Word, ...]
    figures: Figures
    signs: frozenset[Sign] = frozenset()
    folded: frozenset[str] = field(default_factory=frozenset)
    passage: tuple[Word, ...] = ()


def fault(claim: Said, told: Said, around: Around, likeness: Likeness | None = None) -> Fault | None:
    """The first reason why a sentence does not follow from another; None where it does.

    Where too few of its words are told for its words alone to decide, likeness does.
    """
    return next(_faults(claim, told, around, likeness), None)


def share_told(claim: Said, told: Said, around: Around) -> float:
    """The share of the words of a sentence that another tells; 0 for a sentence without any."""
    matched = covered(claim.words, (*told.words, *around.words))
    return sum(word is not None for word in matched) / len(matched) if matched else 0.0


def nearness(claim: Said, told: Said, around: Around) -> float:
    """How much of a sentence another tells, its figures and names counted as words."""
    facts = [
        *(any(same_value(amount, other) for other in told.figures.amounts) for amount in claim.figures.amounts),
        *(any(day.told_by(other) for other in told.figures.days) for day in claim.figures.days),
    ]
    words = len(claim.words)
    return (words * share_told(claim, told, around) + sum(facts)) / ((words + len(facts)) or 1)


def _faults(claim: Said, told: Said, around: Around, likeness: Likeness | None) -> Iterator[Fault]:
    if not _is_told(claim, told, around, likeness):
        yield Fault.NOT_TOLD
    yield from _figure_faults(claim, told, around)
    if not _names_told(claim, told, around):
        yield Fault.NAME
    if any(_falsely_paired(clause, told) or _of_another(clause, told) for clause in claim.clauses):
        yield Fault.PAIRED
    for said, main, here in _by_told_clauses(claim, told):
        non = _non_differs(said, claim.signs, main.signs, told.signs)  # "non-residents" are "who does not live here"
        differs = _denial_differs(said, main.signs, here) and not (denied(said) and _denied_beside(claim, main, told))
        if non != differs:
            yield Fault.DENIED
        if Sign.FREE in main.signs and Sign.FREE not in claim.signs:
            yield Fault.NOT_TOLD
        plan = told.signs & {Sign.PLANNED}  # German ends a sentence with it, whatever stands between
        refused = denied(said) and denies_a_verb(claim.text, claim.language)
        strength = main.signs | plan
        if _of_something_else(main, told, claim):
            strength -= {Sign.MAY}
        shared = claim.signs & {Sign.ONLY, Sign.OPEN, Sign.PLANNED} | claim.clauses[0].signs & {Sign.MAY}
        if not _same_strength(said | shared, strength, refused):
            yield Fault.STRENGTH
    for clause in claim.clauses:
        yield from _sign_faults(clause, _aligned(clause, told), told, around)
    if Sign.FREE in claim.signs and Sign.FREE not in told.signs | around.signs:
        yield Fault.NOT_TOLD
    if Sign.CAUSE in claim.signs and Sign.CAUSE not in told.signs:
        yield Fault.LINK
    if _roles_swapped(claim, told) or swapped(claim, told, around.passage):
        yield Fault.ROLES


def _is_told(claim: Said, told: Said, around: Around, likeness: Likeness | None) -> bool:
    share = nearness(claim, told, around)
    if not claim.words or not _clauses_told(claim, told, around):
        return False
    enough = _share(claim.words, told.words) >= _LEAST_IN_SENTENCE
    if likeness is not None and share >= _MAY_BE_TOLD and (share < _SURELY_TOLD or not enough):
        return share + likeness((claim.text, claim.language), (told.text, told.language)) >= _TOLD_AND_ALIKE
    least = _LEAST_COVERED if claim.language == told.language else _LEAST_COVERED_ACROSS
    return share >= least and enough


def _clauses_told(claim: Said, told: Said, around: Around) -> bool:
    """Whether no clause is invented, as far as its words and figures go."""
    everything = (*told.words, *around.words)
    figures = _amounts(told, around)
    return all(
        _share(clause.words, everything) >= _LEAST_IN_CLAUSE
        or any(same_value(amount, other) for amount in clause.figures.amounts for other in figures)
        for clause in claim.clauses
        if len(clause.words) > _SMALL_CLAUSE
    )


def _share(words: Sequence[Word], told: Sequence[Word]) -> float:
    return sum(word is not None for word in covered(words, told)) / len(words) if words else 1.0


def _figure_faults(claim: Said, told: Said, around: Around) -> Iterator[Fault]:
    limits = claim.figures.about_a_limit or told.figures.about_a_limit or around.figures.about_a_limit
    units = told.figures.units | around.figures.units
    for amount in claim.figures.amounts:
        borne = [other for other in _amounts(told, around) if borne_out(amount, other, limits=limits, units=units)]
        if amount.value == 1 and amount.unit in units:
            continue  # "within one year" and "within a year" say the same
        if not borne or (all(other.unit for other in borne) and _of_other_things(amount, claim, told, around)):
            yield Fault.NUMBER
    named = units | told.figures.within | around.figures.within | _whole_units(told)
    if not claim.figures.units - {amount.unit for amount in claim.figures.amounts} <= named:
        yield Fault.NUMBER
    for day in claim.figures.days:
        if not any(day.told_by(other) for other in (*told.figures.days, *around.figures.days)):
            yield Fault.DATE


def _whole_units(told: Said) -> frozenset[str]:
    """The units of which a sentence tells just one in another unit: a year, where it says twelve months."""
    return frozenset().union(*(ones(amount) for amount in told.figures.amounts))


def _of_other_things(amount: Amount, claim: Said, told: Said, around: Around) -> bool:
    """Whether what a claim counts is told nowhere, as in miles for kilometres."""
    counted = [word for word in claim.words if word.text == amount.counted]
    return not amount.unit and None in covered(counted, (*told.everything, *around.words))


def _amounts(told: Said, around: Around) -> tuple[Amount, ...]:
    return told.figures.amounts + around.figures.amounts


def _names_told(claim: Said, told: Said, around: Around) -> bool:
    here, same = folded_words(told.text), claim.language == told.language
    wanted = (*claim.names, *(claim.titles if same else ()))
    absent = [
        name for name in wanted if not (holds_name(name, here, told.text, same) or _meant(name, claim, told.words))
    ]
    if not same and not told.names:
        # What opens a sentence may be an ordinary word that no list knows.
        absent = [name for name in absent if not (name.istitle() and claim.text.startswith(name))]
    if not absent:
        return not (same and _replaced(claim, told, around))
    if not all(
        holds_name(name, around.folded, around.text, same) or _meant(name, claim, around.words) for name in absent
    ):
        return False
    # A name from the heading may be the sentence's subject, unless the sentence is about somebody else.
    own = folded_words(claim.text)
    kept = all(
        holds_name(name, own | around.folded, claim.text, same) or _meant(name, told, claim.words)
        for name in told.names
    )
    return kept and not (same and Counter(told.titles) - Counter(claim.titles))


def _replaced(claim: Said, told: Said, around: Around) -> bool:
    """Whether a word that nobody knows, told nowhere, stands where the other sentence has a name: "imec"."""
    own = folded_words(claim.text)
    if claim.language == "de":  # where every noun looks like a name
        return False
    if all(holds_name(name, own, claim.text, same_language=True) for name in told.names):
        return False
    matched = covered(claim.words, (*told.words, *around.words))
    strange = [word for word, other in zip(claim.words, matched, strict=True) if other is None and not word.meanings]
    return bool(strange) and len(claim.words) - matched.count(None) >= _NEARLY_ALL * len(claim.words)


def _meant(name: str, holder: Said, words: Sequence[Word]) -> bool:
    """Whether some word means what a name of a sentence means: "Schweiz", "Switzerland"."""
    mine = [word for word in holder.words if name in word.text or word.text == name.lower()]
    return any(alike(word, other) for word in mine for other in words)


def _falsely_paired(clause: Clause, told: Said) -> bool:
    """Whether two facts of a clause are told apart, each with one of the other's kind: 2023 and 573, 2024 and 612."""
    facts = _facts(clause)
    places = [_facts(other) for other in told.clauses]
    return any(
        one[0] < other[0]
        and _told_apart(*one, *other, places)
        and (_in_turn(facts, one, other) or not _both_paired(one, other, facts, places))
        for one in facts
        for other in facts
    )


def _in_turn(facts: Sequence[Fact], one: Fact, other: Fact) -> bool:
    """Whether two facts stand at the same place among the facts of their kinds, as many of one kind as of the other."""
    mine, theirs = ([fact for fact in facts if fact[0] == kind] for kind in (one[0], other[0]))
    return len(mine) == len(theirs) and mine.index(one) == theirs.index(other)


def _both_paired(one: Fact, other: Fact, facts: Sequence[Fact], places: Sequence[Sequence[Fact]]) -> bool:
    """Whether a clause tells with each of two facts what it is told with: "from 573 in 2023 to 612 in 2024"."""
    apart = one[0].split()[0] != other[0].split()[0]
    return apart and _paired(one, other, facts, places) and _paired(other, one, facts, places)


def _paired(one: Fact, other: Fact, facts: Sequence[Fact], places: Sequence[Sequence[Fact]]) -> bool:
    with_it = [fact for kind, fact in facts if kind.split()[0] == other[0].split()[0]]
    held = [[fact for _, fact in place] for place in places]
    return any(one[1] in place and fact in place for place in held for fact in with_it)


def _of_another(clause: Clause, told: Said) -> bool:
    """Whether an amount is said of what the passage tells another amount of: 43 of the turnover, 50 of the total."""
    stretches = told.stretches
    mine = {(amount.value, amount.unit) for amount in clause.figures.amounts}
    for value, unit in mine:
        own = [words for amounts, words in stretches if (value, unit) in amounts]
        rivals = [words for amounts, words in stretches if _rival(amounts, value, unit, mine)]
        if (
            own
            and rivals
            and not any((value, unit) in amounts and _rival(amounts, value, unit, mine) for amounts, _ in stretches)
        ):
            here = [word for words in own for word in words]
            there = [word for words in rivals for word in words]
            only_here = [word for word in here if not any(alike(word, other) for other in there)]
            only_there = [word for word in there if not any(alike(word, other) for other in here)]
            mine_told, other_told = covered(only_here, clause.words), covered(only_there, clause.words)
            if only_here and not any(mine_told) and any(other_told):
                return True
            if None in mine_told and only_there and None not in other_told:
                return True
    return False


def _rival(
    amounts: Collection[tuple[Decimal, str]], value: Decimal, unit: str, mine: Collection[tuple[Decimal, str]]
) -> bool:
    return any(other != value and other_unit == unit and (other, unit) not in mine for other, other_unit in amounts)


def _told_apart(kind: str, fact: object, other_kind: str, other: object, places: Sequence[Sequence[Fact]]) -> bool:
    with_fact = [place for place in places if (kind, fact) in place]
    with_other = [place for place in places if (other_kind, other) in place]
    if not with_fact or not with_other or any(place in with_other for place in with_fact):
        return False
    return any(_has_other(place, other_kind, other) for place in with_fact) and any(
        _has_other(place, kind, fact) for place in with_other
    )


def _has_other(place: Sequence[Fact], kind: str, fact: object) -> bool:
    return any(found == kind and held != fact for found, held in place)


def _facts(clause: Clause) -> list[Fact]:
    amounts = [(f"amount {amount.unit}", (amount.value, amount.ordinal)) for amount in clause.figures.amounts]
    days = [("day", day.year) for day in clause.figures.days if day.year]
    names = [("name", name.casefold()) for name in clause.names]
    return [*amounts, *days, *names]


def _aligned(clause: Clause, told: Said) -> list[Clause]:
    """The clauses that together tell what a clause says: the one that tells most, then those that add two words.

    A figure counts as a word; a clause of one word adds that.
    """
    matched = [_matched(clause, other) for other in told.clauses]
    chosen: list[int] = []
    held: frozenset[int] = frozenset()
    for _ in matched:
        best = max(range(len(matched)), key=lambda place: (len(matched[place] - held), -place))
        if len(matched[best] - held) < (2 if chosen and len(told.clauses[best].words) > 1 else 1):
            break
        chosen.append(best)
        held |= matched[best]
    return [told.clauses[place] for place in chosen]


def _matched(clause: Clause, other: Clause) -> frozenset[int]:
    """The places of the words, then of the figures, of a clause that another clause tells."""
    words = (place for place, word in enumerate(covered(clause.words, other.words)) if word)
    figures = (
        len(clause.words) + place
        for place, amount in enumerate(clause.figures.amounts)
        if any(same_value(amount, told) for told in other.figures.amounts)
    )
    return frozenset((*words, *figures))


def _sign_faults(clause: Clause, aligned: Sequence[Clause], told: Said, around: Around) -> Iterator[Fault]:
    said = clause.signs - _worded(clause, told)
    if Sign.IF in clause.signs:  # a condition is told by a condition, in whatever words
        aligned = [*aligned, *(other for other in told.clauses if Sign.IF in other.signs)]
    here = frozenset[Sign]().union(*(other.signs for other in aligned)) if aligned else told.signs
    bounded = any(amount.bounds for other in aligned for amount in other.figures.amounts)
    told_of = here | around.signs | ({Sign.IF} if bounded and not here & {Sign.SOME, Sign.FEW, Sign.MOST} else set())
    if not _same_extent(said, told_of, denied(here)):  # who does more than so much is whoever does
        yield Fault.EXTENT
    if not said & _EXTREMES <= told.signs | around.signs:
        yield Fault.EXTREME
    forwards = _in_order(clause, told)
    if Sign.AFTER in said and Sign.THEN in here and Sign.AFTER not in here and forwards:
        yield Fault.TURNED
    for one, other in _OPPOSITES:
        if one is Sign.BEFORE and not forwards:
            continue  # "approval before use" and "use only after approval" say the same
        if (one in said and other not in said and other in here and one not in here) or (
            other in said and one not in said and one in here and other not in here
        ):
            yield Fault.TURNED


def _worded(clause: Clause, told: Said) -> frozenset[Sign]:
    """The signs of a clause whose words are told by words of the same meaning: "full" by "volle"."""
    opposite = {pair[place - 1] for pair in _OPPOSITES for place in (0, 1) if pair[place] in told.signs}
    return frozenset(
        sign
        for sign, words in clause.turning
        if words
        and sign not in opposite
        and all(any(word.meanings & other.meanings for other in told.everything) for word in words)
    )


_DENIALS = frozenset((Sign.NOT, Sign.PRIVATIVE, Sign.WITHOUT, Sign.REFUSED))


def _non_differs(said: frozenset[Sign], claim: frozenset[Sign], main: frozenset[Sign], told: frozenset[Sign]) -> bool:
    """Whether "non-economic" has become "economic", or the reverse."""
    return (Sign.NON in said and Sign.NON not in told) or (Sign.NON in main and Sign.NON not in claim)


def _denial_differs(said: frozenset[Sign], main: frozenset[Sign], here: frozenset[Sign]) -> bool:
    """Whether one side denies what the other does not; `main` tells most of what is said, `here` all of it.

    Where both say "not", one may say "without" of a thing beside it: "firms without staff", "the self-employed".
    """
    if Sign.NOT in said & main and (said ^ main) & _DENIALS == {Sign.WITHOUT}:
        return False
    if Sign.ENDED in said | main:
        return False  # who no longer does something ceases to do it
    return denied(said) != denied(main) or (not said & _DENIALS and bool((main | here) & _DENIALS))


def _denied_beside(claim: Said, main: Clause, told: Said) -> bool:
    """Whether another clause, of which a claim says half or more, denies what it denies."""
    return not denied(main.signs) and any(
        Sign.NOT in other.signs and other.words and _share(other.words, claim.words) >= _DENIED_TOO
        for other in told.clauses
        if other is not main
    )


def _of_something_else(main: Clause, told: Said, claim: Said) -> bool:
    """Whether what a clause says may be done is left out of a claim: "may be used at a price of 5" and "it costs 5"."""
    if Sign.MAY not in main.signs or not main.words:
        return False
    if told.language in ("nl", "de"):
        verbs = (
            tuple(word for word in main.words if word.text.endswith("en") and word.text.islower()) or main.words[-1:]
        )
    else:
        behind = main.text.find(sign_words(main.text, told.language, Sign.MAY).split(" ")[-1])
        verbs = tuple(word for word in main.words if main.text.find(word.text) > behind)[:2]
    return bool(verbs) and not any(covered(verbs, claim.words))


def _by_told_clauses(claim: Said, told: Said) -> Iterator[tuple[frozenset[Sign], Clause, frozenset[Sign]]]:
    """The signs of the clauses that one clause tells most of, that clause, and the signs of all that tell them."""
    said: dict[int, frozenset[Sign]] = {}
    here: dict[int, frozenset[Sign]] = {}
    untold = frozenset[Sign]()
    for clause in claim.clauses:
        aligned = _aligned(clause, told) or list(told.clauses[: len(told.clauses) == 1])
        if not aligned:
            untold |= clause.signs & {Sign.NOT}
            continue
        place = told.clauses.index(aligned[0])
        said[place] = said.get(place, frozenset()) | clause.signs | untold
        here[place] = here.get(place, frozenset()).union(*(other.signs for other in aligned))
        untold = frozenset()
    for place, signs in said.items():
        yield signs, told.clauses[place], here[place]


def _in_order(clause: Clause, told: Said) -> bool:
    """Whether the words of a clause stand in the order in which they are told, as far as most of them go."""
    order = _order(clause.words, told.words)
    rising = sum(left < right for left, right in pairwise(order))
    return 2 * rising >= len(order) - 1


_EXTREMES = frozenset(
    (
        Sign.LOWEST,
        Sign.HIGHEST,
        Sign.LARGEST,
        Sign.SMALLEST,
        Sign.BEST,
        Sign.WORST,
        Sign.FIRST,
        Sign.LAST,
        Sign.OLDEST,
        Sign.NEWEST,
    )
)
_OPPOSITES = ((Sign.BEFORE, Sign.AFTER), (Sign.MORE, Sign.LESS), (Sign.LOWEST, Sign.HIGHEST), (Sign.FIRST, Sign.LAST))


def _same_strength(said: frozenset[Sign], told: frozenset[Sign], is_denied: bool) -> bool:
    """Whether a duty stays a duty, a possibility a possibility, advice advice and a plan a plan."""
    duty, possibility, advice, plan = Sign.MUST, Sign.MAY, Sign.SHOULD, Sign.PLANNED
    if is_denied:
        return True
    if duty in said:  # a rule is told as a fact too: "X reports to Y"
        return (
            duty in told
            or not told & {possibility, advice, plan}
            or bool(told & {Sign.ONLY} and possibility in told)
            or bool(plan in said & told)
        )
    if advice in said:
        return advice in told or plan in told
    if possibility in said:
        return possibility in told or not told & {duty, advice}
    return not (
        possibility in told and not told & {duty, plan, Sign.ONLY} and not said & {Sign.ONLY, Sign.OPEN}
    ) and not (plan in told and not said & {plan})


def _same_extent(said: frozenset[Sign], told: frozenset[Sign], told_denied: bool) -> bool:
    """Whether all stays all, some some, and only is told."""
    if Sign.ALL in said and not told & {Sign.ALL, Sign.EACH, Sign.ALWAYS, Sign.IF}:
        return False
    if Sign.MOST in said and Sign.MOST not in told:
        return False
    if Sign.ONLY in said and Sign.ONLY not in told and not told_denied:
        return False
    if Sign.ALWAYS in said and not told & {Sign.ALWAYS, Sign.ALL, Sign.MUST}:
        return False
    if Sign.FEW in said and told & {Sign.MOST, Sign.ALL}:
        return False
    if (
        said & {Sign.SOME, Sign.FEW, Sign.SOMETIMES}
        and told & {Sign.ALL, Sign.ALWAYS}
        and not told & {Sign.SOME, Sign.FEW, Sign.SOMETIMES}
    ):
        return False
    return Sign.RARELY not in told or bool(said & {Sign.RARELY, Sign.NOT})


def _roles_swapped(claim: Said, told: Said) -> bool:
    """Whether words have changed sides round a word between them, and no passive explains it."""
    if is_passive(claim.text, claim.language) != is_passive(told.text, told.language):
        return False
    if _two_swapped(_order(_named(claim), _named(told))):
        return True
    if _share(claim.words, told.words) < _COPIED:
        return False
    return any(
        _turned(clause.spoken, told.spoken, claim.spoken)
        or any(_turned(clause.spoken, nearest.spoken, claim.spoken) for nearest in _aligned(clause, told)[:1])
        for clause in claim.clauses
    )


def _named(sentence: Said) -> list[Word]:
    return [word for word in sentence.spoken if any(name in word.text for name in sentence.names)]


def _turned(said: Sequence[Word], told: Sequence[Word], whole: Sequence[Word]) -> bool:
    """Whether two stretches on the sides of a third have changed sides."""
    across = bool(said) and bool(told) and said[0].language != told[0].language
    order = _order(said, told, whole)
    runs = list(_runs(order))
    if across or whole[0].language == "de":
        return False  # each language puts its verb in another place, and German often what is done first
    return any(before[0] > pivot[0] > after[0] for before, pivot, after in zip(runs, runs[1:], runs[2:], strict=False))


def _runs(order: Sequence[int]) -> Iterator[list[int]]:
    """The stretches of a sequence in which each place is the next one."""
    run: list[int] = []
    for place in order:
        if run and place != run[-1] + 1:
            yield run
            run = []
        run.append(place)
    if run:
        yield run


def _two_swapped(order: Sequence[int]) -> bool:
    """Whether two words that do not stand side by side have changed places, and all others stand as they stood."""
    moved = [place for place, (here, there) in enumerate(zip(order, sorted(order), strict=True)) if here != there]
    return len(moved) == 2 and moved[1] - moved[0] > 1


def _order(said: Sequence[Word], told: Sequence[Word], whole: Sequence[Word] = ()) -> list[int]:
    """The places of the said words in what is told: of words told once, said once, and in one form in the `whole`."""
    order: list[int] = []
    for word in said:
        places = [place for place, other in enumerate(told) if alike(word, other)]
        again = sum(alike(word, other) for other in said) > 1
        if (
            len(places) == 1
            and not again
            and not any(word.text != other.text and alike(word, other) for other in whole)
        ):
            order.append(places[0])
    return order
