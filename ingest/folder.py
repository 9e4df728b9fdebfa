"""A corpus as a folder of files: which there are, whether they changed, what their fields say, and how to read them."""

from __future__ import annotations

import hashlib
import mimetypes
import os
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path, PurePosixPath

from ingest.errors import CorpusError, FieldError, RefusedFile
from ingest.fences import split_front_matter
from ingest.frontmatter import Examined, Layer, examine, read_layer
from ingest.load import GLOSSARY, Limits, read_all
from ingest.settings import IndexSettings
from ingest.types import Fields, Parsed

DEFAULTS = "_defaults.yaml"
_MARKDOWN = (".md", ".markdown")
_README = "README.md"
_GLOSSARY_FIELDS = "{id: glossary, title: Glossary, kind: glossary, language: en}"


@dataclass(frozen=True, slots=True)
class CorpusFile:
    """A file: its path below the folder, a digest of its content, and one of all that decides what it becomes."""

    path: str
    digest: str
    stamp: str


class Folder:
    """A folder of documents.

    Files and folders whose names begin with `_` or `.` are not documents, nor is a README at the top; `<file>.yaml` (or
    `<name>.yaml`) beside a file that is not Markdown gives its fields. The glossary at the top is one document, public
    unless the defaults at the top say otherwise.
    """

    def __init__(self, root: Path, limits: Limits, workers: int) -> None:
        if not root.is_dir():
            raise CorpusError(f"{root} is not a folder: name the folder that holds your documents")
        self._root, self._limits, self._workers = root, limits, workers
        self._layer = lru_cache(maxsize=None)(self._read_layer)

    def files(self) -> list[CorpusFile]:
        """Every document, in the order of the paths.

        Raises:
            CorpusError: the folder holds none.
        """
        paths = sorted(path for path in self._root.rglob("*") if path.is_file() and self._is_document(path))
        if not paths:
            raise CorpusError(f"{self._root} holds no documents: nothing was changed")
        return [self._described(path) for path in paths]

    def fields(self, file: CorpusFile) -> Fields:
        """The fields of a file, folder defaults applied.

        Raises:
            FieldError: an unknown field or a malformed value, in the file, its sidecar or a defaults file.
        """
        examined = self.examined(file)
        if examined.errors:
            raise examined.errors[0]
        return examined.fields

    def examined(self, file: CorpusFile) -> Examined:
        """The fields of a file, folder defaults applied, with every error in them."""
        return examine(*self._layers(self._root / file.path))

    def path(self, relative: str) -> Path:
        """Where something below the folder stands."""
        return self._root / relative

    def content(self, file: CorpusFile) -> bytes:
        """The file itself."""
        return (self._root / file.path).read_bytes()

    def media_type(self, file: CorpusFile) -> str:
        """The media type that the file's extension stands for."""
        return "text/markdown" if file.path.endswith(_MARKDOWN) else mimetypes.guess_type(file.path)[0] or "text/plain"

    def parsed(self, files: Sequence[CorpusFile]) -> Iterator[tuple[CorpusFile, Parsed | RefusedFile]]:
        """What each file says, or why it cannot be read; in worker processes, as they finish."""
        by_path = {self._root / file.path: file for file in files}
        for path, parsed in read_all(list(by_path), limits=self._limits, workers=self._workers):
            yield by_path[path], parsed

    def _is_document(self, path: Path) -> bool:
        parts = path.relative_to(self._root).parts
        if any(part.startswith(("_", ".")) for part in parts) or parts == (_README,):
            return False
        return parts == (GLOSSARY,) or path.suffix != ".yaml" or not _owner_exists(path)

    def _described(self, path: Path) -> CorpusFile:
        digest = hashlib.sha256(path.read_bytes()).hexdigest()
        stamp = hashlib.sha256(digest.encode())
        relative = path.relative_to(self._root).as_posix()
        stamp.update(relative.encode())
        for layer in (*self._defaults_of(path), *_sidecars_of(path)):
            stamp.update(hashlib.sha256(layer.read_bytes()).digest())
        return CorpusFile(relative, digest, stamp.hexdigest())

    def _defaults_of(self, path: Path) -> Iterator[Path]:
        """The defaults files that hold for a file, outermost first."""
        above = [folder for folder in path.parents if folder == self._root or self._root in folder.parents]
        return (folder / DEFAULTS for folder in reversed(above) if (folder / DEFAULTS).is_file())

    def _layers(self, path: Path) -> Iterator[Layer]:
        """What gives a file its fields, the one that counts most last."""
        if path == self._root / GLOSSARY:
            yield read_layer("audience: public", GLOSSARY)
        yield from map(self._layer, self._defaults_of(path))
        yield self._own_layer(path)

    def _own_layer(self, path: Path) -> Layer:
        if path == self._root / GLOSSARY:
            return read_layer(_GLOSSARY_FIELDS, GLOSSARY)
        if path.suffix.lower() in _MARKDOWN:
            front, _ = split_front_matter(_text(path))
            return read_layer(front, self._relative(path), first_line=2)
        sidecars = list(_sidecars_of(path))
        if len(sidecars) > 1:
            names = " and ".join(sidecar.name for sidecar in sidecars)
            return Layer(
                {}, (FieldError(self._relative(path), 1, "(sidecar)", f"both {names} give its fields: keep one"),)
            )
        return self._layer(sidecars[0]) if sidecars else Layer({})

    def _read_layer(self, path: Path) -> Layer:
        return read_layer(_text(path), self._relative(path))

    def _relative(self, path: Path) -> str:
        return PurePosixPath(path.relative_to(self._root)).as_posix()


def folder_of(root: Path, settings: IndexSettings) -> Folder:
    """The folder, read within the limits that the settings give."""
    limits = Limits(
        max_bytes=settings.maximum_file_mib << 20,
        seconds=settings.parse_seconds,
        memory_bytes=settings.parse_memory_mib << 20,
    )
    return Folder(root, limits, os.cpu_count() or 1)


def _text(path: Path) -> str:
    return path.read_text(encoding="utf-8-sig", errors="replace")


def _sidecars_of(path: Path) -> Iterator[Path]:
    if path.suffix.lower() not in _MARKDOWN:
        for candidate in (path.with_name(path.name + ".yaml"), path.with_suffix(".yaml")):
            if candidate.is_file() and candidate != path:
                yield candidate


def _owner_exists(sidecar: Path) -> bool:
    """Whether a YAML file stands beside the file whose fields it gives."""
    named = sidecar.with_suffix("")
    return named.is_file() or any(
        other.is_file() and other != sidecar and other.suffix.lower() not in (*_MARKDOWN, ".yaml")
        for other in sidecar.parent.glob(f"{sidecar.stem}.*")
    )
