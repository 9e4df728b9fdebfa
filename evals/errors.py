"""What can go wrong while something is measured.

EvalsError
├── BadFolder       an evaluation folder lacks a file, or a row of it is malformed: names file and line
├── ForeignIndex    the index folder that a command names holds something else
└── BenchError      a program that is measured beside ours failed
"""

from __future__ import annotations


class EvalsError(Exception):
    """Any fault of this package; its text says what is wrong and what to do."""


class BadFolder(EvalsError):
    """A folder of questions and passages that cannot be used."""


class ForeignIndex(EvalsError):
    """An index that this command did not make, and so must not replace."""


class BenchError(EvalsError):
    """A measured program did not finish."""
