"""Which files the sources make, byte for byte, and which of them are not so in the corpus."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from functools import partial
from pathlib import Path

from builder.document import Document, SourceError
from builder.pdf_pages import write_pdf
from builder.source import read_shapes, read_source, sidecar
from builder.web import write_html
from builder.word import write_docx


@dataclass(frozen=True, slots=True)
class Shape:
    """The ending of a built file and what makes its bytes."""

    extension: str
    write: Callable[[Document], bytes]


SHAPES = {
    "pdf": Shape("pdf", partial(write_pdf, columns=1)),
    "pdf-two-columns": Shape("pdf", partial(write_pdf, columns=2)),
    "docx": Shape("docx", write_docx),
    "html": Shape("html", write_html),
}


def expected_files(corpus: Path) -> dict[Path, bytes]:
    """Every file that the sources make; `SourceError` when a source and the list of shapes do not fit."""
    sources = corpus / "_sources"
    shapes = read_shapes(sources / "shapes.yaml")
    written = {path.relative_to(sources).with_suffix("").as_posix() for path in sources.glob("*/*.md")}
    if unmatched := sorted(written ^ shapes.keys()):
        raise SourceError(f"shapes.yaml and the sources differ in {', '.join(unmatched)}")
    files: dict[Path, bytes] = {}
    for name, shape in sorted(shapes.items()):
        files |= _build(corpus, name, shape)
    return files


def differing(corpus: Path, files: Mapping[Path, bytes]) -> list[Path]:
    """The files that are missing or other than expected, and built files that no source makes any more."""
    changed = [path for path, content in files.items() if not path.exists() or path.read_bytes() != content]
    sidecars = (path for path in corpus.glob("[!_]*/*.yaml") if path.read_bytes().startswith(b"# Built from "))
    return changed + [path for path in sidecars if path not in files]


def write_files(files: Mapping[Path, bytes], changed: Iterable[Path]) -> None:
    """Writes the changed files and removes those that no source makes any more."""
    for path in changed:
        if path in files:
            path.parent.mkdir(parents=True, exist_ok=True)
            path.write_bytes(files[path])
        else:
            path.with_suffix("").unlink(missing_ok=True)
            path.unlink()


def _build(corpus: Path, name: str, shape_name: str) -> dict[Path, bytes]:
    if shape_name not in SHAPES:
        raise SourceError(f"shapes.yaml: {name} is to be {shape_name}, which is none of {', '.join(SHAPES)}")
    shape = SHAPES[shape_name]
    built = corpus / f"{name}.{shape.extension}"
    try:
        document = read_source(corpus / "_sources" / f"{name}.md")
        content = shape.write(document)
    except SourceError as error:
        raise SourceError(f"{name}.md: {error}") from error
    return {built: content, built.with_name(f"{built.name}.yaml"): sidecar(document, f"corpus/_sources/{name}.md")}
