"""What can go wrong while something is measured.

EvalsError
├── BadFolder       an evaluation folder lacks a file, or a row of it is malformed: names file and line
├── BadQuestionSet  a question set is missing or a line of it is malformed: names file, line and field
├── BadRun          a run folder is missing, damaged, or another run's
├── BadBaseline     a baseline is missing or malformed
├── Unreachable     a served instance does not answer as it should
├── NoJudge         no chat model is set that could grade answers
├── ForeignIndex    the index folder that a command names holds something else
└── BenchError      a program that is measured beside ours failed
"""

from __future__ import annotations


class EvalsError(Exception):
    """Any fault of this package; its text says what is wrong and what to do."""


class BadFolder(EvalsError):
    """A folder of questions and passages that cannot be used."""


class BadQuestionSet(EvalsError):
    """A question set that cannot be used."""


class BadRun(EvalsError):
    """A run folder that cannot be used."""


class BadBaseline(EvalsError):
    """A baseline that cannot be used."""


class Unreachable(EvalsError):
    """A served instance that does not answer, or answers something else."""


class NoJudge(EvalsError):
    """Answers cannot be graded without a chat model."""


class ForeignIndex(EvalsError):
    """An index that this command did not make, and so must not replace."""


class BenchError(EvalsError):
    """A measured program did not finish."""
