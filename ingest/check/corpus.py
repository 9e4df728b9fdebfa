"""Reads a whole corpus and puts every check to it."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from datetime import date
from pathlib import Path, PurePosixPath

from ingest import load
from ingest.check.chains import chains
from ingest.check.fields import contacts, duplicate_ids, incomplete, malformed
from ingest.check.finding import Checked, Document, Finding, Severity
from ingest.check.glossary import glossary
from ingest.check.links import links
from ingest.check.nearness import near
from ingest.check.sources import keys
from ingest.errors import Refusal, RefusedFile
from ingest.folder import CorpusFile, Folder
from ingest.frontmatter import Examined, id_from_path
from ingest.language import detect
from ingest.types import Parsed

_AS_WRITTEN = (".md", ".markdown", ".txt", ".yaml")

Progress = Callable[[int, int], None]  # files read, files to read

_REMEDIES = {
    Refusal.ENCRYPTED: "save it without a password",
    Refusal.NO_TEXT: "run text recognition over a scan, or take the file out",
    Refusal.CORRUPT: "open it in the program that made it, and save it anew",
    Refusal.TOO_LARGE: "divide it, or raise LIAISON_MAXIMUM_FILE_MIB or LIAISON_PARSE_MEMORY_MIB",
    Refusal.TIMED_OUT: "divide it, or raise LIAISON_PARSE_SECONDS",
    Refusal.UNSUPPORTED: "save it in one of these formats, or begin its name with _ to leave it out",
}


def check(folder: Folder, today: date, progress: Progress | None = None) -> Checked:
    """Everything wrong with a corpus.

    Raises:
        CorpusError: the folder is missing or holds no documents.
    """
    files = folder.files()
    examined = {file.path: folder.examined(file) for file in files}
    parsed = _parsed(folder, files, progress)
    documents = [_document(folder, file, examined[file.path], parsed[file.path]) for file in files]
    findings = [malformed(error) for each in examined.values() for error in each.errors]
    for document in documents:
        findings.extend(_reading(document, parsed[document.path]))
        findings.extend(incomplete(document, today))
        findings.extend(links(document, _targets(folder, document), lambda path: folder.path(path).exists()))
    findings.extend(duplicate_ids(documents))
    findings.extend(chains(documents))
    findings.extend(contacts(documents))
    findings.extend(keys(documents))
    findings.extend(near(documents, [document.fields.language or detect(document.text) for document in documents]))
    findings.extend(
        finding for document in documents if document.path == load.GLOSSARY for finding in glossary(document.source)
    )
    ordered = sorted(dict.fromkeys(findings), key=lambda finding: (finding.path, finding.line or 0, finding.what))
    return Checked(len(documents), tuple(ordered))


def _parsed(
    folder: Folder, files: Sequence[CorpusFile], progress: Progress | None
) -> Mapping[str, Parsed | RefusedFile]:
    parsed: dict[str, Parsed | RefusedFile] = {}
    for file, result in folder.parsed(files):
        parsed[file.path] = result
        if progress is not None:
            progress(len(parsed), len(files))
    return parsed


def _document(folder: Folder, file: CorpusFile, examined: Examined, parsed: Parsed | RefusedFile) -> Document:
    read = parsed if isinstance(parsed, Parsed) else Parsed(())
    return Document(
        path=file.path,
        id=examined.fields.id or id_from_path(PurePosixPath(file.path)),
        fields=examined.fields,
        entries=examined.entries,
        text="\n".join(page.text for page in read.pages),
        title=read.title,
        source=_source(folder.path(file.path)),
    )


def _source(path: Path) -> str:
    return path.read_text(encoding="utf-8-sig", errors="replace") if path.suffix in _AS_WRITTEN else ""


def _targets(folder: Folder, document: Document) -> Sequence[tuple[int, str]]:
    """The links in a file that could be read; what its reader refused is not opened again."""
    return load.links(folder.path(document.path)) if document.text else ()


def _reading(document: Document, parsed: Parsed | RefusedFile) -> Iterator[Finding]:
    """Why a file cannot be read, or what its reader remarks, such as pages without text."""
    if isinstance(parsed, Parsed):
        for warning in parsed.warnings:
            yield document.in_text(
                Severity.WARNING, None, "file", warning, "open the file and look whether that matters"
            )
    elif parsed.refusal is Refusal.UNSUPPORTED and document.path.endswith(".yaml"):
        problem, remedy = "gives fields for a file that is not there", "put the file beside it, or take this one out"
        yield document.in_text(Severity.ERROR, None, "file", problem, remedy)
    elif parsed.refusal in _REMEDIES:
        yield document.in_text(Severity.ERROR, None, "file", str(parsed), _REMEDIES[parsed.refusal])
