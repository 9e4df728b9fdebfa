"""Retrieval and the evidence decision on any BEIR folder, through the real sync and the real retriever."""

from __future__ import annotations

import hashlib
import logging
import re
import shutil
import time
from collections.abc import Iterator, Sequence
from contextlib import closing, suppress
from dataclasses import replace
from datetime import date
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING

from assistant import evidence
from assistant.context import passages_of
from assistant.relevance import examine
from assistant.retrieve import Retrieved, Retriever
from assistant.settings import AssistantSettings
from assistant.types import Inquiry, Question
from assistant.understand import understand
from evals.errors import BadFolder, ForeignIndex
from evals.rows import read_queries, row_at, row_lines
from evals.types import Asked, Query, Row
from ingest.catalog import SCHEMA
from ingest.embed import Embedder
from ingest.errors import IndexDamaged, IndexMismatch, IndexMissing, RefusedFile
from ingest.folder import CorpusFile
from ingest.index import IndexReader, open_reader
from ingest.lexicon.lexicon import lexicon_of
from ingest.load.blocks import compose
from ingest.load.plain import drafts
from ingest.report import progress
from ingest.settings import IndexSettings
from ingest.sync import PARSER, sync
from ingest.types import Audience, Fields, Hit, Kind, Outcome, Parsed, SyncReport
from ingest.validity import Scope

if TYPE_CHECKING:
    from evals.beir_report import BeirReport

CACHE = Path(".liaison-beir")
_DEPTH = 10  # rows that the measures look at
_MARK = "beir.digest"  # in the index folder: what it was made from
_UNTITLED = " "  # keeps the sync from taking the id for a title, which no search should see
_SLUG = re.compile(r"[a-z0-9]+([-_.][a-z0-9]+)*")
_log = logging.getLogger(__name__)


class BeirCorpus:
    """The rows of a corpus.jsonl as public documents, read from the file whenever they are needed.

    The path of a document is the `_id` of its row, and so a hit's `version.path` says which row was found.
    """

    def __init__(self, path: Path) -> None:
        self.path = path
        self._starts: dict[str, int] = {}

    def files(self) -> list[CorpusFile]:
        """Every row, in the order of the file.

        Raises:
            BadFolder: the file is missing, a row is malformed, or two rows have one id.
        """
        files: list[CorpusFile] = []
        for start, line, row in row_lines(self.path):
            self._starts[row.id] = start
            digest = hashlib.sha256(line).hexdigest()
            files.append(CorpusFile(row.id, digest, digest))
        return files

    def fields(self, file: CorpusFile) -> Fields:
        """What the row says of itself."""
        row = self._row(file)
        return Fields(
            id=document_id(row.id),
            title=" ".join(row.title.split()) or _UNTITLED,
            kind=Kind.NOTE,
            language=row.language,
            audience=Audience.PUBLIC,
        )

    def content(self, file: CorpusFile) -> bytes:
        """The line of the row."""
        return row_at(self.path, self._starts[file.path])[0]

    def media_type(self, file: CorpusFile) -> str:
        """Rows are JSON."""
        return "application/json"

    def parsed(self, files: Sequence[CorpusFile]) -> Iterator[tuple[CorpusFile, Parsed | RefusedFile]]:
        """The text of each row as the program reads plain text; a row without text is its title."""
        for file in files:
            row = self._row(file)
            try:
                yield file, compose(drafts(row.text if row.text.strip() else row.title))
            except RefusedFile as refused:
                yield file, refused

    def _row(self, file: CorpusFile) -> Row:
        return row_at(self.path, self._starts[file.path])[1]


def document_id(row_id: str) -> str:
    """A row's id where it is a slug; else one made of it, with a digest that keeps it apart from others."""
    if _SLUG.fullmatch(row_id):
        return row_id
    plain = re.sub(r"[^a-z0-9]+", "-", row_id.lower()).strip("-")
    return "-".join(part for part in (plain[:60].strip("-"), hashlib.sha256(row_id.encode()).hexdigest()[:12]) if part)


def measure(
    folder: Path,
    split: str,
    settings: IndexSettings,
    assistant: AssistantSettings,
    embedder: Embedder,
    *,
    index: Path | None = None,
    language: str | None = None,
    quiet: bool = False,
) -> BeirReport:
    """Indexes a folder where that was not done yet, asks every query, and scores what came back.

    The index lies below `.liaison-beir/`, named by what it was made from, unless `index` names another folder. Every
    query is taken for one in `language` where that is given: what a wrong guess costs.

    Raises:
        BadFolder: a file is missing or a row is malformed.
        ForeignIndex: the named index folder holds something else.
    """
    from evals.beir_report import scored  # ir-measures takes 9 MB, which the bench is not to count as the program's

    queries, qrels = read_queries(folder, split)
    today = date.today()
    settings = local_settings(folder, settings, embedder, index)
    reader, chunks_per_second = open_index(folder, settings, embedder, today, quiet=quiet)
    with closing(reader):
        lexicon = lexicon_of(settings)
        asker = Asker(reader, Retriever(embedder, assistant.candidates, lexicon), assistant, today, language)
        asked = list(_asked(asker, queries, quiet=quiet))
    return scored(asked, qrels, chunks_per_second)


def local_settings(
    folder: Path, settings: IndexSettings, embedder: Embedder, index: Path | None = None
) -> IndexSettings:
    """The settings with everything in one folder of files, whatever shared stores the program is set to use."""
    where = index or CACHE / _made_from(folder, settings, embedder)[:16]
    return settings.model_copy(update={"index": where, "catalog_url": None})


def open_index(
    folder: Path, settings: IndexSettings, embedder: Embedder, today: date, *, quiet: bool = False
) -> tuple[IndexReader, float | None]:
    """The index over the corpus of a folder, and chunks embedded a second, None where it was there already.

    Raises:
        BadFolder: the corpus is missing or malformed.
        ForeignIndex: the index folder holds something else.
    """
    mark, key = settings.index / _MARK, _made_from(folder, settings, embedder)
    found = mark.read_text() if mark.is_file() else ""
    whole = f"{key} {PARSER} {lexicon_of(settings).version}"
    if found == whole:
        with suppress(IndexDamaged, IndexMismatch, IndexMissing):  # an older program may have made it
            return open_reader(settings, embedder.name), None
    if not found and settings.index.is_dir() and any(settings.index.iterdir()):
        raise ForeignIndex(f"{settings.index} holds something else: name a new folder with `--index DIR`")
    if found.partition(" ")[0] != key:
        shutil.rmtree(settings.index, ignore_errors=True)
    settings.index.mkdir(parents=True, exist_ok=True)
    mark.write_text(f"{key} unfinished")  # what an interrupted run has embedded is there for the next
    with progress("passages", hidden=quiet) as advance:
        report = sync(BeirCorpus(folder / "corpus.jsonl"), settings, embedder, today, advance)
    mark.write_text(whole)
    _tell_refused(report)
    return open_reader(settings, embedder.name), report.chunks_embedded / report.seconds


def _made_from(folder: Path, settings: IndexSettings, embedder: Embedder) -> str:
    """A digest of what decides which vectors an index needs; the mark tells the rest, which a sync renews."""
    path = folder / "corpus.jsonl"
    if not path.is_file():
        raise BadFolder(f"{path} is missing: a BEIR folder holds corpus.jsonl, queries.jsonl and qrels/<split>.tsv")
    with path.open("rb") as file:
        digest = hashlib.file_digest(file, "sha256")
    digest.update(f"{embedder.name}\n{settings.chunk_tokens}\n{SCHEMA}".encode())
    return digest.hexdigest()


def _tell_refused(report: SyncReport) -> None:
    refused = [file for file in report.files if file.outcome is Outcome.REFUSED]
    if refused:
        _log.warning("%d passages were refused, such as %s: %s", len(refused), refused[0].path, refused[0].reason)


class Asker:
    """Asks an index as the program asks it."""

    def __init__(
        self,
        index: IndexReader,
        retriever: Retriever,
        settings: AssistantSettings,
        today: date,
        language: str | None = None,
    ) -> None:
        """Every question is taken for one in `language` where that is given, else for what it seems to be in."""
        self._index, self._retriever, self._settings, self._language = index, retriever, settings, language
        self._scope = Scope(Audience.PUBLIC, today, today)

    def ask(self, query: Query) -> Asked:
        """What the program finds and whether it would answer; the time is that of one question, all steps included."""
        started = time.perf_counter()
        question = Question(query.text, Audience.PUBLIC, tuple(query.history))
        asked = understand(question, self._index, self._retriever, self._scope.today)
        asked = replace(asked, language=self._language or asked.language)
        found = self._found(asked, max(_DEPTH, self._settings.passages))
        passages = passages_of(found.hits[: self._settings.passages])
        nearness = partial(self._retriever.nearness, self._index, found.vector)
        surest = evidence.sides(examine(asked.text, found.terms, passages), found, nearness)[0]
        probability = evidence.probability(surest)
        milliseconds = 1e3 * (time.perf_counter() - started)
        ranking = _rows(found.hits)
        if len(ranking) < _DEPTH:  # several chunks of one row are among the first
            ranking = _rows(self._found(asked, 2 * self._settings.candidates).hits)
        refused = probability < self._settings.evidence_threshold
        return Asked(query.id, ranking[:_DEPTH], probability, refused, milliseconds)

    def _found(self, asked: Inquiry, limit: int) -> Retrieved:
        return self._retriever.retrieve(self._index, asked.text, asked.language, self._scope, limit)


def _asked(asker: Asker, queries: Sequence[Query], *, quiet: bool) -> Iterator[Asked]:
    for query in queries[:1]:
        asker.ask(query)  # loads what a serving program has loaded; not counted
    with progress("questions", hidden=quiet) as advance:
        for done, query in enumerate(queries, start=1):
            yield asker.ask(query)
            advance(done, len(queries))


def _rows(hits: Sequence[Hit]) -> tuple[str, ...]:
    """The rows of hits, each by its best chunk."""
    return tuple(dict.fromkeys(hit.version.path for hit in hits))
