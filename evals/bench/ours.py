"""Our side of `evals.bench.side_by_side`: the program's own sync and retrieval on a BEIR folder."""

from __future__ import annotations

import time
from collections.abc import Mapping, Sequence
from contextlib import closing
from datetime import date
from pathlib import Path

from assistant.language import of_question
from assistant.retrieve import Retriever
from assistant.settings import assistant_settings
from evals.beir import Asker, BeirCorpus, local_settings
from evals.bench.gauge import TOP, questions, run_step, timed
from evals.types import Query
from ingest.embed import open_embedder
from ingest.index import open_reader
from ingest.lexicon.lexicon import lexicon_of
from ingest.report import progress
from ingest.settings import index_settings
from ingest.sync import sync
from ingest.types import Audience
from ingest.validity import Scope


def ingest(data: Path, store: Path) -> Mapping[str, object]:
    """Syncs all passages."""
    started = time.perf_counter()
    settings = index_settings()
    embedder = open_embedder(settings.embedding_model, settings.model_cache)
    settings = local_settings(data, settings, embedder, store)
    with progress("passages", hidden=False) as advance:
        report = sync(BeirCorpus(data / "corpus.jsonl"), settings, embedder, date.today(), advance)
    return {"seconds": time.perf_counter() - started, "embedded": report.chunks_embedded}


def query(data: Path, store: Path) -> Mapping[str, object]:
    """Asks every question for the best passages, then again with the evidence decision that an answer needs."""
    settings, asking, today = index_settings(), assistant_settings(), date.today()
    embedder = open_embedder(settings.embedding_model, settings.model_cache)
    lexicon = lexicon_of(settings)
    retriever, scope = Retriever(embedder, asking.candidates, lexicon), Scope(Audience.PUBLIC, today, today)
    with closing(open_reader(local_settings(data, settings, embedder, store), embedder.name)) as reader:

        def rank(text: str) -> Sequence[str]:
            hits = retriever.retrieve(reader, text, of_question(text), scope, TOP).hits
            return list(dict.fromkeys(hit.version.path for hit in hits))

        measured = timed(questions(data), rank)
        asker = Asker(reader, retriever, asking, today)
        whole = [asker.ask(Query(id_, text)).milliseconds for id_, text in questions(data).items()]
    return {**measured, "with_evidence": whole}


if __name__ == "__main__":
    run_step({"ingest": ingest, "query": query})
