"""The files of a BEIR folder as typed rows: corpus.jsonl, queries.jsonl and qrels/<split>.tsv."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import TypeVar

from pydantic import BaseModel, ConfigDict, Field, ValidationError

from assistant.types import Turn
from evals.errors import BadFolder
from evals.types import Qrel, Query, Row


class _Line(BaseModel):
    model_config = ConfigDict(coerce_numbers_to_str=True)

    id: str = Field(alias="_id", min_length=1)
    text: str


class _RowMetadata(BaseModel):
    language: str | None = None


class _RowLine(_Line):
    title: str | None = None
    metadata: _RowMetadata | None = None


class _QueryMetadata(BaseModel):
    history: tuple[Turn, ...] | None = None


class _QueryLine(_Line):
    metadata: _QueryMetadata | None = None


L = TypeVar("L", bound=_Line)


def row_lines(path: Path) -> Iterator[tuple[int, bytes, Row]]:
    """Every row of a corpus: where its line starts in the file, the line, and what it says.

    Raises:
        BadFolder: the file is missing, a row is malformed, or two rows have one id.
    """
    for start, line, parsed in _lines(path, _RowLine):
        yield start, line, _row(parsed)


def row_at(path: Path, start: int) -> tuple[bytes, Row]:
    """The line of a corpus that starts at a place in the file, and its row."""
    with path.open("rb") as file:
        file.seek(start)
        line = file.readline()
    return line, _row(_RowLine.model_validate_json(line))


def _row(parsed: _RowLine) -> Row:
    language = parsed.metadata.language if parsed.metadata else None
    return Row(parsed.id, parsed.title or "", parsed.text, language or None)


def read_queries(folder: Path, split: str) -> tuple[tuple[Query, ...], tuple[Qrel, ...]]:
    """The queries of a split with their qrels.

    A query without a qrel belongs to the split as an unanswerable one, unless another split has a qrel for it.

    Raises:
        BadFolder: a file is missing or a row is malformed; a missing split is answered by those there are.
    """
    qrels = _read_qrels(_split_file(folder, split))
    judged = {qrel.query_id for qrel in qrels}
    others = [path for path in _split_files(folder) if path.stem != split]
    elsewhere = {qrel.query_id for path in others for qrel in _read_qrels(path)} - judged
    queries = tuple(query for query in _read_queries(folder / "queries.jsonl") if query.id not in elsewhere)
    asked = {query.id for query in queries}
    return queries, tuple(qrel for qrel in qrels if qrel.query_id in asked)


def _read_queries(path: Path) -> Iterator[Query]:
    for _, _, parsed in _lines(path, _QueryLine):
        history = parsed.metadata.history if parsed.metadata else None
        yield Query(parsed.id, parsed.text, history or ())


def _lines(path: Path, shape: type[L]) -> Iterator[tuple[int, bytes, L]]:
    if not path.is_file():
        raise BadFolder(f"{path} is missing: a BEIR folder holds corpus.jsonl, queries.jsonl and qrels/<split>.tsv")
    start = 0
    seen: set[str] = set()
    with path.open("rb") as file:
        for number, line in enumerate(file, start=1):
            if line.strip():
                parsed = _parsed(line, shape, f"{path}:{number}")
                if parsed.id in seen:
                    raise BadFolder(f"{path}:{number}: _id: {parsed.id} is the id of an earlier row too")
                seen.add(parsed.id)
                yield start, line, parsed
            start += len(line)


def _parsed(line: bytes, shape: type[L], where: str) -> L:
    try:
        return shape.model_validate_json(line)
    except ValidationError as error:
        first = error.errors()[0]
        field = ".".join(str(part) for part in first["loc"]) or "(row)"
        raise BadFolder(f"{where}: {field}: {first['msg']}") from error


def _split_files(folder: Path) -> Sequence[Path]:
    return sorted((folder / "qrels").glob("*.tsv"))


def _split_file(folder: Path, split: str) -> Path:
    path = folder / "qrels" / f"{split}.tsv"
    if not path.is_file():
        there = ", ".join(other.stem for other in _split_files(folder)) or "none"
        raise BadFolder(f"{path} is missing: name a split with `--split` (there: {there})")
    return path


def _read_qrels(path: Path) -> tuple[Qrel, ...]:
    lines = enumerate(path.read_text(encoding="utf-8").splitlines(), start=1)
    rows = [(number, line.split("\t")) for number, line in lines if line.strip()]
    if rows and not _is_number(rows[0][1][-1]):
        rows = rows[1:]  # the names of the columns
    return tuple(_qrel(columns, f"{path}:{number}") for number, columns in rows)


def _qrel(columns: Sequence[str], where: str) -> Qrel:
    if len(columns) != 3 or not _is_number(columns[2]):
        raise BadFolder(f"{where}: a query id, a corpus id and a number are expected, with tabs between")
    return Qrel(columns[0], columns[1], int(float(columns[2])))


def _is_number(text: str) -> bool:
    try:
        float(text)
    except ValueError:
        return False
    return True
