"""Embedding models of LangChain's providers, `provider:model`."""

from __future__ import annotations

from collections.abc import Callable, Sequence

import numpy as np
from langchain.embeddings import init_embeddings
from langchain_core.embeddings import Embeddings
from numpy.typing import NDArray

from ingest.errors import ModelError

_TEXTS_AT_ONCE = 64
_BYTES_PER_TOKEN = 4


class LangChainEmbedder:
    """An `Embedder` over any `Embeddings`; opening it embeds one word to learn the dimension.

    A provider does not show its tokenizer, so tokens are estimated from the text's length in bytes. 256 of them are far
    from what any provider cuts off, and keep chunks of the size that the rest of the program is tuned to.
    """

    maximum_tokens = 256
    languages: frozenset[str] | None = None

    def __init__(self, name: str, embeddings: Embeddings) -> None:
        self.name = name
        self._embeddings = embeddings
        self.dimension = len(embeddings.embed_query("dimension"))

    def count_tokens(self, texts: Sequence[str]) -> list[int]:
        """An estimate: a token for every four bytes, and two special ones."""
        return [-(-len(text.encode()) // _BYTES_PER_TOKEN) + 2 for text in texts]

    def embed(self, texts: Sequence[str], *, progress: Callable[[int], None] | None = None) -> NDArray[np.float32]:
        """As `Embedder.embed`; the provider's faults pass as they are."""
        vectors = np.empty((len(texts), self.dimension), dtype=np.float32)
        for start in range(0, len(texts), _TEXTS_AT_ONCE):
            batch = list(texts[start : start + _TEXTS_AT_ONCE])
            vectors[start : start + len(batch)] = self._embeddings.embed_documents(batch)
            if progress:
                progress(len(batch))
        return _normalised(vectors)

    def embed_query(self, text: str) -> NDArray[np.float32]:
        """As `Embedder.embed_query`; the provider's faults pass as they are."""
        return _normalised(np.array(self._embeddings.embed_query(text), dtype=np.float32))


def open_langchain(model: str) -> LangChainEmbedder:
    """Opens `provider:model`; this calls the provider.

    Raises:
        ModelError: LangChain does not know the provider, or its package is not installed.
    """
    try:
        embeddings = init_embeddings(model)
    except (ImportError, ValueError) as error:
        raise ModelError(f"LangChain cannot open the embedding model {model!r}: {error}") from error
    return LangChainEmbedder(model, embeddings)


def _normalised(vectors: NDArray[np.float32]) -> NDArray[np.float32]:
    return np.asarray(vectors / np.linalg.norm(vectors, axis=-1, keepdims=True), dtype=np.float32)
