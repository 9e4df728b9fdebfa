"""The answers to the parts of a question as one answer."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace

from assistant.types import Answer, AnswerStatus, Place

_MARKER = re.compile(r"\[(\d+)\]")
_MARKERS = re.compile(r"\[\d+\](?:, \[\d+\])*")


def join(answers: Sequence[Answer]) -> Answer:
    """The answers one below the other, their citations numbered through; one that says nothing new is left out.

    `partial` where one of them is. There must be at least one.
    """
    first, *others = answers
    joined = first
    for answer in others:
        if not places(answer) <= places(joined):
            joined = _below(joined, answer)
    partial = any(answer.status is AnswerStatus.PARTIAL for answer in answers)
    return replace(joined, status=AnswerStatus.PARTIAL if partial else joined.status)


def places(answer: Answer) -> frozenset[Place]:
    """Where what an answer quotes stands."""
    return frozenset(cited.place for cited in answer.citations)


def _below(upper: Answer, lower: Answer) -> Answer:
    by = max((cited.marker for cited in upper.citations), default=0)
    return replace(
        upper,
        answer=f"{upper.answer}\n\n{_shifted(lower.answer, by)}",
        citations=(*upper.citations, *(replace(cited, marker=cited.marker + by) for cited in lower.citations)),
        notes=_merged((*upper.notes, *(_shifted(note, by) for note in lower.notes))),
    )


def _merged(notes: Sequence[str]) -> tuple[str, ...]:
    """Each remark once: those that differ in their markers only become one that names all markers."""
    markers: dict[str, list[str]] = {}
    for note in notes:
        said = markers.setdefault(_MARKERS.sub("{}", note, count=1), [])
        if (named := _MARKERS.search(note)) and named.group() not in said:
            said.append(named.group())
    return tuple(bare.replace("{}", ", ".join(named), 1) if named else bare for bare, named in markers.items())


def _shifted(text: str, by: int) -> str:
    """A text with every marker raised by a number."""
    return _MARKER.sub(lambda marker: f"[{int(marker[1]) + by}]", text)
