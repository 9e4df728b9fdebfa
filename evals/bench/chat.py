"""`python -m evals.bench.chat DIR` measures how long `POST /chat` takes over HTTP, on indexes of two sizes.

The documents are made of the passages of a BEIR folder, which come again in further editions until there are enough;
the questions are those of the folder. Embedding 100,000 passages takes the better part of an hour and says nothing
about the time of a question: the vectors of the documents are stand-ins, each the sum of fixed random vectors of its
words. Questions are embedded by the program's own model. As stand-ins are near no question, the evidence threshold is
0: every question is composed, checked and answered, which is the longest way.
"""

from __future__ import annotations

import json
import os
import re
import socket
import subprocess
import sys
import time
import urllib.request
import zlib
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from datetime import date
from itertools import islice
from pathlib import Path
from typing import Annotated
from urllib.error import URLError

import numpy as np
import typer

from evals.bench.gauge import questions
from evals.metrics.latency import percentile
from evals.rows import row_lines
from evals.types import Row
from ingest.embed import Embedder, FloatMatrix, FloatVector, open_embedder
from ingest.folder import folder_of
from ingest.report import progress
from ingest.settings import index_settings
from ingest.sync import sync

_PASSAGES = 12  # of a document
_LONGEST = 1_200  # characters of a passage, so that it is one chunk
_PATIENCE = 120  # seconds until the server must be ready
_WORDS = re.compile(r"\w+")


class StandIn:
    """Vectors that cost nothing: of the form, name and spread of a model's, without its meaning."""

    def __init__(self, model: Embedder) -> None:
        self._model = model
        self.name, self.dimension = model.name, model.dimension
        self.maximum_tokens, self.languages = model.maximum_tokens, model.languages
        self._directions = np.random.default_rng(1).normal(size=(4_096, model.dimension)).astype(np.float32)

    def count_tokens(self, texts: Sequence[str]) -> list[int]:
        """As the model counts."""
        return self._model.count_tokens(texts)

    def embed(self, texts: Sequence[str], *, progress: Callable[[int], None] | None = None) -> FloatMatrix:
        """The sum of the directions of each text's words, of length 1."""
        rows = np.stack([self.embed_query(text) for text in texts])
        if progress:
            progress(len(texts))
        return rows

    def embed_query(self, text: str) -> FloatVector:
        """As for a passage."""
        buckets = [zlib.crc32(word.encode()) % len(self._directions) for word in _WORDS.findall(text.casefold())]
        total = self._directions[buckets or [0]].sum(axis=0)
        return np.asarray(total / np.linalg.norm(total), dtype=np.float32)


def run(
    folder: Annotated[Path, typer.Argument(metavar="DIR", help="A BEIR folder.", file_okay=False, exists=True)],
    chunks: Annotated[list[int], typer.Option(help="About how many chunks an index holds.")] = [13_000, 100_000],  # noqa: B006
    asked: Annotated[int, typer.Option(help="How many questions are asked.")] = 200,
    store: Annotated[Path, typer.Option(help="Where the indexes are kept.")] = Path(".liaison-bench"),
) -> None:
    """Print the median and the 95th percentile of the milliseconds of a question, as Markdown."""
    texts = list(islice(questions(folder).values(), asked))
    print("| chunks | questions | p50 ms | p95 ms |\n|--:|--:|--:|--:|")
    for size in chunks:
        index = store / f"chat-{size}"
        if not (index / "made").is_file():
            _make(folder, index, size)
        with _served(index) as address:
            milliseconds = [_ask(address, text) for text in [texts[0], *texts]][1:]
        held = (index / "made").read_text(encoding="utf-8")
        print(f"| {held} | {len(texts)} | {percentile(milliseconds, 50):.1f} | {percentile(milliseconds, 95):.1f} |")


def _make(folder: Path, index: Path, size: int) -> None:
    documents = index / "documents"
    documents.mkdir(parents=True)
    passages = list(islice(_passages(folder), size))
    for number, start in enumerate(range(0, size, _PASSAGES), start=1):
        text = _document(number, passages[start : start + _PASSAGES])
        (documents / f"document-{number:05}.md").write_text(text, encoding="utf-8")
    settings = index_settings(index)
    model = open_embedder(settings.embedding_model, settings.model_cache)
    with progress("passages", hidden=False) as advance:
        report = sync(folder_of(documents, settings), settings, StandIn(model), date.today(), advance)
    (index / "made").write_text(str(report.chunks_embedded), encoding="utf-8")


def _passages(folder: Path) -> Iterator[tuple[Row, int]]:
    """The passages of one length, edition after edition without end."""
    rows = [row for _, _, row in row_lines(folder / "corpus.jsonl") if 100 <= len(row.text) <= _LONGEST]
    edition = 1
    while True:
        yield from ((row, edition) for row in rows)
        edition += 1


def _document(number: int, passages: Sequence[tuple[Row, int]]) -> str:
    head = f"---\nid: document-{number:05}\nlanguage: en\naudience: public\nkind: note\n---\n# Document {number}"
    sections = (
        f"## {row.title or 'Passage'}, edition {edition}\n\n{' '.join(row.text.split())}" for row, edition in passages
    )
    return "\n\n".join((head, *sections)) + "\n"


@contextmanager
def _served(index: Path) -> Iterator[str]:
    """The program's own server over an index, and its address."""
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    command = [sys.executable, "-m", "assistant", "serve", "--index", str(index), "--port", str(port)]
    wishes = {"LIAISON_EVIDENCE_THRESHOLD": "0", "LIAISON_RATE_LIMIT": "off"}
    server = subprocess.Popen(
        command, env={**os.environ, **wishes}, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL
    )
    address = f"http://127.0.0.1:{port}"
    try:
        _await(f"{address}/ready")
        yield address
    finally:
        server.terminate()
        server.wait()


def _await(address: str) -> None:
    until = time.monotonic() + _PATIENCE
    while True:
        try:
            with urllib.request.urlopen(address):
                return
        except (URLError, ConnectionError):
            if time.monotonic() > until:
                raise
            time.sleep(0.2)


def _ask(address: str, text: str) -> float:
    """The milliseconds from sending a question to having read the whole answer."""
    body = json.dumps({"question": text}).encode()
    request = urllib.request.Request(f"{address}/chat", body, {"Content-Type": "application/json"})
    started = time.perf_counter()
    with urllib.request.urlopen(request) as reply:
        reply.read()
    return 1e3 * (time.perf_counter() - started)


if __name__ == "__main__":
    typer.run(run)
