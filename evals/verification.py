"""Verification on planted cases: what share of the corrupted sentences is stopped, and of the faithful dropped."""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

from assistant.context import passages_of
from assistant.prompting import statements_of
from assistant.types import Passage
from assistant.verify.check import verified
from assistant.verify.compare import Fault
from assistant.verify.words import Likeness, Reader, by_vectors
from ingest.embed import Embedder
from ingest.lexicon.gloss import Glosser
from ingest.lexicon.lexicon import Lexicon
from ingest.types import Audience, Chunk, Hit, Kind, Span, Version

PLANTED = Path(__file__).parent / "planted"
FAITHFUL = "faithful"


@dataclass(frozen=True, slots=True)
class Case:
    """A sentence as a chat model might write it, its kind ("faithful", or how it was corrupted), its passages."""

    kind: str
    language: str
    text: str
    passages: tuple[Passage, ...]


@dataclass(frozen=True, slots=True)
class Outcome:
    """What became of a case: dropped for a fault, or let through."""

    case: Case
    fault: Fault | None

    @property
    def right(self) -> bool:
        """A faithful sentence goes through, a corrupted one does not."""
        return (self.fault is None) == (self.case.kind == FAITHFUL)


def likeness_by(embedder: Embedder, lexicon: Lexicon) -> Likeness:
    """Likeness as an assistant with that model and lexicon sees it: by glosses where the model does not read."""
    glosser = Glosser(lexicon, embedder.languages)
    return by_vectors(lambda text, language: embedder.embed_query(glosser.as_read(text, language)))


def read_cases(path: Path) -> list[Case]:
    """The cases of a file: a line holds some passages, faithful sentences about them, and corrupted ones with kinds."""
    groups = (json.loads(line) for line in path.read_text(encoding="utf-8").splitlines())
    return [case for group in groups for case in _cases(group)]


def _cases(group: Mapping[str, list[dict[str, str]]]) -> Iterator[Case]:
    passages = passages_of([_hit(number, told) for number, told in enumerate(group["passages"], start=1)])
    for planted in (*({**told, "kind": FAITHFUL} for told in group["faithful"]), *group["corrupted"]):
        yield Case(planted["kind"], planted["language"], planted["text"], passages)


def outcomes(cases: Sequence[Case], reader: Reader, likeness: Likeness) -> Iterator[Outcome]:
    """What becomes of each case; a case of several sentences goes through if all of them do."""
    for case in cases:
        statements, _ = statements_of(case.text, ended=True)
        verdicts = list(verified(statements, case.passages, case.language, reader, likeness))
        yield Outcome(case, next((verdict.fault for verdict in verdicts if verdict.fault), None))


def by_kind(found: Sequence[Outcome]) -> Mapping[str, tuple[int, int]]:
    """For each kind how many cases went right, and how many there are."""
    kinds = dict.fromkeys(outcome.case.kind for outcome in found)
    return {
        kind: (
            sum(outcome.right for outcome in found if outcome.case.kind == kind),
            sum(outcome.case.kind == kind for outcome in found),
        )
        for kind in kinds
    }


def stopped(found: Sequence[Outcome]) -> float:
    """The share of corrupted sentences that were stopped."""
    return _share([outcome.right for outcome in found if outcome.case.kind != FAITHFUL])


def dropped(found: Sequence[Outcome]) -> float:
    """The share of faithful sentences that were dropped."""
    return 1 - _share([outcome.right for outcome in found if outcome.case.kind == FAITHFUL])


def as_text(found: Sequence[Outcome]) -> str:
    """A line for each kind, the two shares, and every case that went wrong."""
    lines = [f"{kind:<20} {right:>4} of {total}" for kind, (right, total) in by_kind(found).items()]
    lines.append(f"corrupted stopped: {stopped(found):.1%}; faithful dropped: {dropped(found):.1%}")
    lines.extend(
        f"  {outcome.case.kind} ({outcome.case.language}): {outcome.case.text} {outcome.fault or ''}".rstrip()
        for outcome in found
        if not outcome.right
    )
    return "\n".join(lines)


def as_json(found: Sequence[Outcome]) -> Mapping[str, object]:
    """The same for machines."""
    kinds = {kind: {"right": right, "cases": total} for kind, (right, total) in by_kind(found).items()}
    return {"kinds": kinds, "stopped": round(stopped(found), 4), "dropped": round(dropped(found), 4)}


def _share(right: Sequence[bool]) -> float:
    return sum(right) / len(right) if right else 1.0


def _hit(number: int, told: Mapping[str, str]) -> Hit:
    version = Version(
        f"v{number}",
        f"document-{number}",
        f"document-{number}.md",
        told["title"],
        Kind.POLICY,
        told["language"],
        Audience.PUBLIC,
        recorded=1,
        organisation=told["organisation"],
    )
    text = told["text"]
    return Hit(f"v{number}-0", Chunk(text, (Span(1, 0, len(text)),), (told["section"],)), version, number)
