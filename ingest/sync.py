"""One run over a corpus: compare, read, split, embed, and make all of it count at once."""

from __future__ import annotations

import hashlib
import logging
import time
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from concurrent.futures import ThreadPoolExecutor
from contextlib import closing
from dataclasses import dataclass, field
from datetime import date
from pathlib import PurePosixPath
from typing import Protocol, TypeVar

from pydantic import TypeAdapter

from ingest import language
from ingest.catalog import Catalog, Draft, StoredFile
from ingest.embed import Embedder
from ingest.errors import FieldError, IndexMissing, JournalUnavailable, Refusal, RefusedFile
from ingest.folder import CorpusFile
from ingest.frontmatter import id_from_path
from ingest.glossary import parse
from ingest.journal import Journal
from ingest.lexicon.gloss import Glosser
from ingest.lexicon.lexicon import Lexicon
from ingest.lexicon.sense import Sense, of_glossary
from ingest.load import GLOSSARY
from ingest.load.decode import decode
from ingest.settings import IndexSettings
from ingest.split import split
from ingest.types import Audience, Fields, FileReport, Kind, Outcome, Parsed, SyncReport, Version
from ingest.writer import Changes, draft_digest, open_writer

PARSER = 5  # raise it when the same file would give other pages, chunks or terms, so that every document is read again
_STAGED_TOGETHER = 512  # chunks: enough to embed in batches of like length, few enough to keep in memory
_FIELDS = TypeAdapter(Fields)
_log = logging.getLogger(__name__)

T = TypeVar("T")
Progress = Callable[[int, int], None]  # documents done, documents to read
Stage = Callable[[Sequence[Draft]], int]  # stores drafts unseen, gives the number of texts embedded


class Corpus(Protocol):
    """Where documents come from: a folder, or rows of an evaluation set."""

    def files(self) -> Sequence[CorpusFile]:
        """Every document there is now."""

    def fields(self, file: CorpusFile) -> Fields:
        """What is said of a document; raises FieldError."""

    def content(self, file: CorpusFile) -> bytes:
        """The document as it was given."""

    def media_type(self, file: CorpusFile) -> str:
        """The media type of the content."""

    def parsed(self, files: Sequence[CorpusFile]) -> Iterator[tuple[CorpusFile, Parsed | RefusedFile]]:
        """What each document says, or why it cannot be read, in any order."""


@dataclass(frozen=True, slots=True)
class _Candidate:
    """A file whose fields are known: the document it is, and the version that its content would be."""

    file: CorpusFile
    document: str
    version: str
    fields: Fields


@dataclass(slots=True)
class _Run:
    """One sync: what it works with, and what it has found so far."""

    corpus: Corpus
    embedder: Embedder
    glosser: Glosser
    chunk_tokens: int
    stored: Mapping[str, StoredFile]
    reports: dict[str, FileReport] = field(default_factory=dict)
    recorded: list[str] = field(default_factory=list)
    paths: dict[str, str] = field(default_factory=dict)
    embedded: int = 0

    def report(self, generation: int, seconds: float) -> SyncReport:
        """The receipt, in the order of the paths."""
        return SyncReport(
            generation, tuple(self.reports[path] for path in sorted(self.reports)), self.embedded, seconds
        )


def sync(
    corpus: Corpus, settings: IndexSettings, embedder: Embedder, today: date, progress: Progress | None = None
) -> SyncReport:
    """Brings an index up to a corpus; readers see the old state until all of the new one is there.

    A file that is refused leaves the document's earlier version in force. A document whose file is gone is retired.

    Raises:
        CorpusError: the corpus is missing or empty.
        IndexLocked: another sync did not finish in time.
        IndexMismatch: the index belongs to another embedding model or a newer program.
        LexiconError: a list of `LIAISON_LEXICONS` is malformed.
    """
    started = time.monotonic()
    files = corpus.files()
    with open_writer(settings, embedder) as writer:
        stored = writer.catalog.stored_files()
        if (glossary := _glossary(corpus, files, stored)) is not None:
            writer.lead_with(glossary)
        run = _Run(corpus, embedder, writer.glosser, _limit(settings, embedder), stored)
        _read(run, _compare(run, files), writer.stage, progress)
        digests, embedded = writer.gloss_anew()
        run.embedded += embedded
        changes = Changes(tuple(run.recorded), run.paths, tuple(_retire(run, files)), digests)
        generation = writer.publish(changes, today)
    report = run.report(generation, time.monotonic() - started)
    _note(settings, report)
    return report


def rehearse(
    corpus: Corpus, settings: IndexSettings, embedder: Embedder, progress: Progress | None = None
) -> SyncReport:
    """What `sync` would report, with every file read and nothing written; the generation is the present one."""
    started = time.monotonic()
    files = corpus.files()
    generation, stored = _as_stored(settings)
    run = _Run(corpus, embedder, Glosser(Lexicon(), None), _limit(settings, embedder), stored)
    _read(run, _compare(run, files), lambda _drafts: 0, progress)
    _retire(run, files)
    return run.report(generation, time.monotonic() - started)


def _note(settings: IndexSettings, report: SyncReport) -> None:
    """Adds the sync to the audit log; it counts already, and is not undone where the log cannot be written."""
    refused = {file.path: file.reason for file in report.files if file.outcome is Outcome.REFUSED}
    details = {"counts": dict(report.counts), "refused": refused, "seconds": round(report.seconds, 3)}
    try:
        with closing(Journal.open(settings.index, settings.catalog_secret)) as journal:
            journal.note("sync", f"generation {report.generation}", details)
    except JournalUnavailable as error:
        _log.warning("the sync is not in the audit log: %s", error)


def _as_stored(settings: IndexSettings) -> tuple[int, Mapping[str, StoredFile]]:
    try:
        catalog = Catalog.open(settings.index, settings.catalog_secret)
    except IndexMissing:
        return 0, {}
    try:
        return catalog.generation(), catalog.stored_files()
    finally:
        catalog.close()


def _glossary(corpus: Corpus, files: Sequence[CorpusFile], stored: Mapping[str, StoredFile]) -> Sequence[Sense] | None:
    """What goes ahead of the lexicon, if everybody may see it; None where it is what it was, or cannot be read."""
    file = next((file for file in files if file.path == GLOSSARY), None)
    if file is None:
        return ()
    known = stored.get(GLOSSARY)
    if known is not None and known.stamp == _stamp(file):
        return None
    try:
        public = corpus.fields(file).audience is Audience.PUBLIC
        return of_glossary(parse(decode(corpus.content(file)), GLOSSARY)) if public else ()
    except (FieldError, RefusedFile):
        return None  # it is refused as a document, and its earlier version stays in force


def _limit(settings: IndexSettings, embedder: Embedder) -> int:
    return min(settings.chunk_tokens, embedder.maximum_tokens)


def _compare(run: _Run, files: Sequence[CorpusFile]) -> list[_Candidate]:
    """The files that must be read; those that are what they were, or cannot be, are reported."""
    changed: list[CorpusFile] = []
    for file in files:
        known = run.stored.get(file.path)
        if known is not None and known.stamp == _stamp(file):
            run.reports[file.path] = FileReport(file.path, known.document, Outcome.UNCHANGED, None, known.warnings)
        else:
            changed.append(file)
    present = {file.path for file in files}
    owners = {known.document: path for path, known in run.stored.items() if path in present}
    return list(_admitted(run, list(_identified(run, changed)), owners))


def _identified(run: _Run, files: Iterable[CorpusFile]) -> Iterator[_Candidate]:
    for file in files:
        try:
            yield _candidate(run.corpus, file)
        except FieldError as error:
            _refuse(run, file, None, RefusedFile(Refusal.BAD_FRONT_MATTER, str(error)))


def _admitted(run: _Run, candidates: Sequence[_Candidate], owners: dict[str, str]) -> Iterator[_Candidate]:
    """Those with an id of their own that do not supersede themselves; `owners` says which path has an id by now."""
    circular = _circular(candidates)
    for candidate in candidates:
        path, document = candidate.file.path, candidate.document
        owner = owners.setdefault(document, path)
        if owner != path:
            problem = f"{owner} has the id {document} too: give one of them another"
            _refuse(run, candidate.file, document, RefusedFile(Refusal.DUPLICATE_ID, problem))
        elif document in circular:
            problem = f"{path}: supersedes: {document} supersedes itself in a circle"
            _refuse(run, candidate.file, document, RefusedFile(Refusal.BAD_FRONT_MATTER, problem))
        else:
            yield candidate


def _candidate(corpus: Corpus, file: CorpusFile) -> _Candidate:
    fields = corpus.fields(file)
    document = fields.id or id_from_path(PurePosixPath(file.path))
    told = hashlib.sha256(f"{PARSER}\n{document}\n{file.digest}\n".encode())
    told.update(_FIELDS.dump_json(fields))
    return _Candidate(file, document, told.hexdigest()[:20], fields)


def _circular(candidates: Sequence[_Candidate]) -> set[str]:
    """The documents that supersede themselves, directly or over others of this run."""
    older = {candidate.document: candidate.fields.supersedes for candidate in candidates}
    return {document for document in older if document in _chain(document, older)}


def _chain(document: str, older: Mapping[str, str | None]) -> set[str]:
    seen: set[str] = set()
    following = older.get(document)
    while following is not None and following not in seen:
        seen.add(following)
        following = older.get(following)
    return seen


def _read(run: _Run, candidates: Sequence[_Candidate], stage: Stage, progress: Progress | None) -> None:
    """Parses and splits some hundred chunks while the ones before them are embedded and staged."""
    current = {known.version: known for known in run.stored.values()}
    unread = {c.file.path: c for c in candidates if not _is_known(run, c, current.get(c.version))}
    for done, drafts in _ahead(_drafted(run, unread)):
        run.embedded += stage(drafts)
        run.recorded.extend(draft.version.id for draft in drafts)
        if progress is not None:
            progress(done, len(unread))


def _ahead(items: Iterator[T]) -> Iterator[T]:
    """The items, each worked out while the one before it is used."""
    with ThreadPoolExecutor(1) as beside:
        following = beside.submit(next, items, None)
        while (item := following.result()) is not None:
            following = beside.submit(next, items, None)
            yield item


def _drafted(run: _Run, unread: Mapping[str, _Candidate]) -> Iterator[tuple[int, list[Draft]]]:
    """What the files say, some hundred chunks at a time, each time with the number of files read by then."""
    drafts: list[Draft] = []
    parsed_files = run.corpus.parsed([candidate.file for candidate in unread.values()])
    for done, (file, parsed) in enumerate(parsed_files, start=1):
        if isinstance(parsed, RefusedFile):
            _refuse(run, file, unread[file.path].document, parsed)
        else:
            drafts.append(_draft(run, unread[file.path], parsed))
            _take_in(run, drafts[-1])
        if sum(len(draft.chunks) for draft in drafts) >= _STAGED_TOGETHER or done == len(unread):
            yield done, drafts
            drafts = []


def _is_known(run: _Run, candidate: _Candidate, known: StoredFile | None) -> bool:
    """Whether the file, moved or merely touched, is the version that counts already."""
    if known is None:
        return False
    path = candidate.file.path
    run.paths[candidate.version] = path
    run.reports[path] = FileReport(path, candidate.document, Outcome.UNCHANGED, None, known.warnings)
    return True


def _draft(run: _Run, candidate: _Candidate, parsed: Parsed) -> Draft:
    version, warnings = _described(run.corpus, candidate, parsed)
    chunks = split(parsed.pages, version.title, count_tokens=run.embedder.count_tokens, limit=run.chunk_tokens)
    return Draft(
        version=version,
        stamp=_stamp(candidate.file),
        file_digest=candidate.file.digest,
        content=run.corpus.content(candidate.file),
        pages=parsed.pages,
        chunks=chunks,
        digests=tuple(draft_digest(version, chunk, run.glosser) for chunk in chunks),
        warnings=warnings,
    )


def _described(corpus: Corpus, candidate: _Candidate, parsed: Parsed) -> tuple[Version, tuple[str, ...]]:
    """The version, with what its fields leave open found out, and what its owner should know."""
    fields, file = candidate.fields, candidate.file
    warnings = list(parsed.warnings)
    if fields.audience is None:
        warnings.append("no audience is given, so only staff see it: set `audience: public` to publish it")
    text = "\n".join(page.text for page in parsed.pages)
    version = Version(
        id=candidate.version,
        document=candidate.document,
        path=file.path,
        title=fields.title or parsed.title or PurePosixPath(file.path).stem,
        kind=fields.kind or Kind.NOTE,
        language=fields.language or language.detect(text),
        audience=fields.audience or Audience.STAFF,
        recorded=0,
        organisation=fields.organisation,
        published=fields.published,
        effective_from=fields.effective_from,
        effective_until=fields.effective_until,
        supersedes=fields.supersedes,
        source_url=fields.source_url,
        sources=fields.sources,
        contact=fields.contact,
        infrastructure=fields.infrastructure,
        media_type=corpus.media_type(file),
    )
    return version, tuple(warnings)


def _take_in(run: _Run, draft: Draft) -> None:
    known = {stored.document for stored in run.stored.values()}
    outcome = Outcome.REPLACED if draft.version.document in known else Outcome.INDEXED
    path, document = draft.version.path, draft.version.document
    run.reports[path] = FileReport(path, document, outcome, None, draft.warnings)


def _refuse(run: _Run, file: CorpusFile, document: str | None, refusal: RefusedFile) -> None:
    known = run.stored.get(file.path)
    kept = ("its earlier version stays in force",) if known is not None else ()
    named = document or (known.document if known else None)
    run.reports[file.path] = FileReport(file.path, named, Outcome.REFUSED, str(refusal), kept)


def _retire(run: _Run, files: Sequence[CorpusFile]) -> list[str]:
    """The latest versions of documents whose files are gone and that no other file carries on."""
    present = {file.path for file in files}
    carried_on = {report.id for report in run.reports.values() if report.outcome is not Outcome.REFUSED}
    gone = {
        path: known for path, known in run.stored.items() if path not in present and known.document not in carried_on
    }
    for path, known in gone.items():
        run.reports[path] = FileReport(path, known.document, Outcome.RETIRED)
    return [known.version for known in gone.values()]


def _stamp(file: CorpusFile) -> str:
    return hashlib.sha256(f"{PARSER}{file.stamp}".encode()).hexdigest()
