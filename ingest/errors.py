"""What can go wrong while documents are read and stored.

IngestError
├── FieldError          front matter, sidecar or defaults: names file, line and field
├── RefusedFile         a file that cannot be taken in: names the reason
├── CorpusError         the folder as a whole: missing, empty
├── IndexMissing        nothing was synced here yet
├── IndexMismatch       made with another embedding model or by a newer program
├── IndexDamaged        a store lacks what the catalog says it holds
├── IndexLocked         another sync holds the lock
├── JournalUnavailable  what was asked or done cannot be kept or read
├── SettingsError       an environment variable that is malformed
├── LexiconError        the lexicon's table or a further list: names file and line
└── ModelError          the embedding model's weights are missing or not the ones expected
"""

from __future__ import annotations

from enum import StrEnum
from typing import TYPE_CHECKING

if TYPE_CHECKING:  # every process that reads a file imports this module, and pydantic takes longer than most files
    from pydantic import ValidationError


class Refusal(StrEnum):
    """Why a file was not taken in."""

    ENCRYPTED = "encrypted"
    NO_TEXT = "no text"
    CORRUPT = "corrupt"
    TOO_LARGE = "too large"
    TIMED_OUT = "timed out"
    UNSUPPORTED = "unsupported"
    BAD_FRONT_MATTER = "bad front matter"
    DUPLICATE_ID = "duplicate id"


class IngestError(Exception):
    """Any fault of this package; its text says what is wrong and what to do."""


class RefusedFile(IngestError):
    """A file that cannot be taken in; `refusal` is the named reason, `detail` what its owner should know."""

    def __init__(self, refusal: Refusal, detail: str) -> None:
        super().__init__(f"{refusal}: {detail}")
        self.refusal = refusal
        self.detail = detail

    def __reduce__(self) -> tuple[type[RefusedFile], tuple[Refusal, str]]:
        """Survives the way back from a worker process."""
        return (RefusedFile, (self.refusal, self.detail))


class FieldError(IngestError):
    """A field that is unknown or malformed; carries file, line (from 1) and field."""

    def __init__(self, path: str, line: int, name: str, problem: str) -> None:
        super().__init__(f"{path}:{line}: {name}: {problem}")
        self.path = path
        self.line = line
        self.name = name
        self.problem = problem


class CorpusError(IngestError):
    """The folder cannot be synced at all."""


class IndexMissing(IngestError):
    """There is no index here yet."""


class IndexMismatch(IngestError):
    """The index was made with another embedding model or by a newer program."""


class IndexDamaged(IngestError):
    """A store lacks what the catalog says it holds; the next sync, or opening the index alone, mends it."""


class IndexLocked(IngestError):
    """Another sync holds the lock; the text says which."""


class JournalUnavailable(IngestError):
    """The journal cannot be opened, read or written."""


class SettingsError(IngestError):
    """Environment variables that are malformed; each is named with what is wrong with it."""

    def __init__(self, error: ValidationError) -> None:
        problems = (f"LIAISON_{str(e['loc'][0]).upper()}: {e['msg']} (it says {e['input']!r})" for e in error.errors())
        super().__init__("; ".join(problems))


class LexiconError(IngestError):
    """A line of the lexicon's table or of a further list that is malformed; carries file and line (from 1)."""

    def __init__(self, path: str, line: int | None, problem: str) -> None:
        super().__init__(f"{path}:{line}: {problem}" if line is not None else f"{path}: {problem}")
        self.path = path
        self.line = line


class ModelError(IngestError):
    """The embedding model cannot be opened or is not the one expected."""
