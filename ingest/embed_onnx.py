"""Embedding models in a local folder, run by ONNX Runtime.

The folder holds `tokenizer.json` and `model.onnx` (or `onnx/model.onnx`, as the Hugging Face hub has it). The graph
takes `input_ids`, and `attention_mask` and `token_type_ids` if it likes, all int64, and gives `sentence_embedding`, or
`last_hidden_state`, which is pooled as `1_Pooling/config.json` says, else by mean. How much the model reads is said in
`sentence_bert_config.json` (`max_seq_length`) or `tokenizer_config.json` (`model_max_length`), else it is 512 tokens.
"""

from __future__ import annotations

import hashlib
import json
import os
from collections import defaultdict
from collections.abc import Callable, Iterator, Mapping, Sequence
from concurrent.futures import ThreadPoolExecutor
from functools import cached_property
from pathlib import Path
from typing import TypeAlias, TypeVar

import numpy as np
from numpy.typing import NDArray
from onnxruntime import InferenceSession, SessionOptions
from tokenizers import Encoding, Tokenizer

from ingest.errors import ModelError
from ingest.processor import Arithmetic

Floats: TypeAlias = NDArray[np.float32]
Tokens: TypeAlias = NDArray[np.int64]
Run: TypeAlias = Callable[[Mapping[str, Tokens]], Floats]
T = TypeVar("T")

# Flat from 128 to 2,048 tokens (23–25 ms of processor time a passage), and a small batch needs less memory:
# `python -m evals.bench.embedding --texts obliqa-dev/corpus.jsonl -n 400 --batch-tokens 128 512 2048`
# In bytes each text runs alone: the texts of a run share their scales.
BATCH_TOKENS = {Arithmetic.FLOATS: 512, Arithmetic.BYTES: 1}
# The same command with 1 and 2 here: a question of 12 words takes 6.4 and 4.5 ms at p50. Batches are another matter:
# runs of one thread beside each other need 23.6 ms of processor time a passage, runs that share two threads 26.8.
# In bytes a step is too short to be shared.
_QUESTION_THREADS = {Arithmetic.FLOATS: 2, Arithmetic.BYTES: 1}
_FEW = 64  # texts: the sentences beside a question, not worth a session of their own
_TOKENIZED_AT_ONCE = 256  # texts: an encoding takes some 300 bytes a token until its ids are taken out
_POOLING = "1_Pooling/config.json"
_LENGTHS = {"sentence_bert_config.json": "max_seq_length", "tokenizer_config.json": "model_max_length"}
_MAXIMUM_TOKENS_UNSAID = 512
_NO_LIMIT = 1_000_000  # transformers writes 10^30 for a limit that it does not know


class OnnxEmbedder:
    """An `Embedder` over a folder as described above.

    Texts of one length run together, so that nothing is ever padded: a text's vector does not depend on its company,
    and no token is computed in vain. Each core runs batches of its own, which leaves no core waiting for another; in
    floats a question is shared between cores. What only batches need is made when it is first asked for.

    Raises:
        ModelError: the folder lacks something, or something in it is not what it should be.
    """

    def __init__(
        self,
        folder: Path,
        name: str,
        arithmetic: Arithmetic = Arithmetic.FLOATS,
        *,
        languages: frozenset[str] | None = None,
        batch_tokens: int | None = None,
    ) -> None:
        self.name = name
        self.languages = languages
        self.maximum_tokens = _maximum_tokens(folder)
        self._batch_tokens = batch_tokens or BATCH_TOKENS[arithmetic]
        self._tokenizer_file, self._model = _files(folder)
        self._tokenizer = _opened(self._tokenizer_file, _tokenizer)
        self._tokenizer.enable_truncation(self.maximum_tokens)
        self._question_threads = min(_QUESTION_THREADS[arithmetic], _cores())
        session = _opened(self._model, lambda model: _session(model, self._question_threads))
        self._inputs = _input_names(session, self._model)
        self._output, self._pool = _output_and_pooling(session, self._model, folder)
        self._run_question = _run_of(session, self._output)
        self.dimension = _opened(self._model, lambda _: self.embed_query("dimension")).shape[0]

    def count_tokens(self, texts: Sequence[str]) -> list[int]:
        """As `Embedder.count_tokens`."""
        return [len(encoding) for encoding in _encodings(self._untruncated, texts)]

    def embed(self, texts: Sequence[str], *, progress: Callable[[int], None] | None = None) -> Floats:
        """As `Embedder.embed`; a text that is given twice is computed once."""
        row_of = {text: row for row, text in enumerate(dict.fromkeys(texts))}
        tokens = [np.array(encoding.ids) for encoding in _encodings(self._tokenizer, list(row_of))]
        report = progress or (lambda finished: None)
        report(len(texts) - len(row_of))
        vectors = np.empty((len(row_of), self.dimension), dtype=np.float32)
        for rows, batch in self._run_all(tokens):
            vectors[rows] = batch
            report(len(rows))
        return vectors[[row_of[text] for text in texts]]

    def embed_query(self, text: str) -> Floats:
        """As `Embedder.embed_query`."""
        vector: Floats = self._vectors(self._run_question, [self._tokens(text)])[0]
        return vector

    @cached_property
    def _untruncated(self) -> Tokenizer:
        return _tokenizer(self._tokenizer_file)

    @cached_property
    def _run_batch(self) -> Run:
        return self._run_question if self._question_threads == 1 else _run_of(_session(self._model), self._output)

    def _tokens(self, text: str) -> Tokens:
        return np.array(self._tokenizer.encode(text).ids)

    def _run_all(self, tokens: Sequence[Tokens]) -> Iterator[tuple[list[int], Floats]]:
        batches = _batches([len(ids) for ids in tokens], self._batch_tokens)
        pool = ThreadPoolExecutor(_cores())
        run = self._run_batch if len(tokens) > _FEW else self._run_question
        try:
            vectors = pool.map(lambda rows: self._vectors(run, [tokens[row] for row in rows]), batches)
            yield from zip(batches, vectors, strict=True)
        finally:
            pool.shutdown(cancel_futures=True)

    def _vectors(self, run: Run, texts: Sequence[Tokens]) -> Floats:
        tokens = np.stack(texts)
        given = {"input_ids": tokens, "attention_mask": np.ones_like(tokens), "token_type_ids": np.zeros_like(tokens)}
        vectors = self._pool(run({name: given[name] for name in self._inputs}))
        return np.asarray(vectors / np.linalg.norm(vectors, axis=1, keepdims=True), dtype=np.float32)


def folder_name(folder: Path) -> str:
    """The name of the model in a folder: the folder's own and a checksum of what makes its vectors.

    Raises:
        ModelError: the folder lacks the tokenizer or the model.
    """
    tokenizer, model = _files(folder)
    configs = [path for name in (_POOLING, *_LENGTHS) if (path := folder / name).is_file()]
    digest = hashlib.sha256()
    for path in (tokenizer, *sorted(model.parent.glob("model.onnx*")), *configs):
        with path.open("rb") as file:
            digest.update(path.name.encode() + hashlib.file_digest(file, "sha256").digest())
    return f"{folder.resolve().name}@{digest.hexdigest()[:12]}"


def _files(folder: Path) -> tuple[Path, Path]:
    tokenizer, models = folder / "tokenizer.json", (folder / "model.onnx", folder / "onnx" / "model.onnx")
    model = next((path for path in models if path.is_file()), None)
    if model is None or not tokenizer.is_file():
        raise ModelError(f"{folder} is not an ONNX model: it needs tokenizer.json, and model.onnx or onnx/model.onnx")
    return tokenizer, model


def _opened(path: Path, open_file: Callable[[Path], T]) -> T:
    try:
        return open_file(path)
    except Exception as error:  # neither library's errors share a narrower class
        raise ModelError(f"{path} cannot be used ({error}): delete {path.parent} and get or make it again") from error


def _tokenizer(path: Path) -> Tokenizer:
    tokenizer = Tokenizer.from_file(str(path))
    tokenizer.no_padding()
    tokenizer.no_truncation()
    return tokenizer


def _session(path: Path, threads: int = 1) -> InferenceSession:
    options = SessionOptions()
    options.intra_op_num_threads = threads
    options.log_severity_level = 3
    # A thread that spins while it waits takes the core from whoever else serves or syncs here.
    options.add_session_config_entry("session.intra_op.allow_spinning", "0")
    options.add_session_config_entry("session.dynamic_block_base", "4")
    slower_than_its_parts = ["SkipLayerNormFusion"]  # see `ingest.onnx_graph`
    return InferenceSession(
        str(path), options, providers=["CPUExecutionProvider"], disabled_optimizers=slower_than_its_parts
    )


def _run_of(session: InferenceSession, output: str) -> Run:
    return lambda given: np.asarray(session.run([output], dict(given))[0])


def _input_names(session: InferenceSession, model: Path) -> list[str]:
    names = [entry.name for entry in session.get_inputs()]
    if unknown := set(names) - {"input_ids", "attention_mask", "token_type_ids"}:
        raise ModelError(f"{model} wants {', '.join(sorted(unknown))}, which a text embedding model does not")
    return names


def _output_and_pooling(session: InferenceSession, model: Path, folder: Path) -> tuple[str, Callable[[Floats], Floats]]:
    names = [entry.name for entry in session.get_outputs()]
    if "sentence_embedding" in names:
        return "sentence_embedding", lambda vectors: vectors
    if "last_hidden_state" in names:
        return "last_hidden_state", _pooling(folder / _POOLING)
    raise ModelError(f"{model} gives {', '.join(names)}: it should give sentence_embedding or last_hidden_state")


def _mean(states: Floats) -> Floats:
    return np.asarray(states.mean(axis=1))


def _first(states: Floats) -> Floats:
    return states[:, 0]


def _largest(states: Floats) -> Floats:
    return np.asarray(states.max(axis=1))


# By the words of sentence-transformers today and until version 5.
_POOLINGS: Mapping[str, Callable[[Floats], Floats]] = {
    "mean": _mean,
    "pooling_mode_mean_tokens": _mean,
    "cls": _first,
    "pooling_mode_cls_token": _first,
    "max": _largest,
    "pooling_mode_max_tokens": _largest,
}


def _pooling(path: Path) -> Callable[[Floats], Floats]:
    said = _json(path)
    switched_on = [key for key, value in said.items() if key.startswith("pooling_mode_") and value is True]
    mode = "+".join(switched_on) or str(said.get("pooling_mode", "mean"))
    if mode not in _POOLINGS:
        raise ModelError(f"{path} asks for pooling by {mode}: only {', '.join(_POOLINGS)} are known")
    return _POOLINGS[mode]


def _maximum_tokens(folder: Path) -> int:
    for name, key in _LENGTHS.items():
        said = _json(folder / name).get(key)
        if isinstance(said, int) and said < _NO_LIMIT:
            return said
    return _MAXIMUM_TOKENS_UNSAID


def _json(path: Path) -> Mapping[str, object]:
    try:
        content = json.loads(path.read_bytes()) if path.is_file() else {}
    except ValueError as error:
        raise ModelError(f"{path} is not JSON: {error}") from error
    return content if isinstance(content, dict) else {}


def _encodings(tokenizer: Tokenizer, texts: Sequence[str]) -> Iterator[Encoding]:
    for start in range(0, len(texts), _TOKENIZED_AT_ONCE):
        yield from tokenizer.encode_batch_fast(texts[start : start + _TOKENIZED_AT_ONCE])


def _batches(lengths: Sequence[int], batch_tokens: int) -> list[list[int]]:
    """Rows of equal length together, the longest first: then no core is left with a long batch at the end."""
    rows_by_length: dict[int, list[int]] = defaultdict(list)
    for row, length in enumerate(lengths):
        rows_by_length[length].append(row)
    batches = []
    for length, rows in sorted(rows_by_length.items(), reverse=True):
        size = max(1, batch_tokens // length)
        batches += [rows[start : start + size] for start in range(0, len(rows), size)]
    return batches


def _cores() -> int:
    """The cores that this process may use, where the system tells."""
    if hasattr(os, "sched_getaffinity"):
        return len(os.sched_getaffinity(0))
    return os.cpu_count() or 1
