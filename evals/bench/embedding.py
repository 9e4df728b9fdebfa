"""How fast the default model embeds passages and questions: `python -m evals.bench.embedding --help`.

Rates are medians of three runs. Time of the processor a passage varies less than the rate where a machine is shared.
"""

from __future__ import annotations

import argparse
import json
import random
import resource
import statistics
import time
from collections.abc import Sequence
from pathlib import Path

from ingest.embed import minilm_folder
from ingest.embed_onnx import BATCH_TOKENS, OnnxEmbedder
from ingest.processor import Arithmetic, fastest
from ingest.settings import index_settings

_RUNS = 3
_QUESTIONS = 200
_WORDS_OF_A_QUESTION = 12
_WORDS = "the of a to in and contract supplier tender magnet member state price delivery access committee rule".split()
_HEADER = ("batch tokens", "passages/s", "tokens/s", "processor ms/passage", "question p50 ms", "question p95 ms")


def main() -> None:
    """Prints a row for each batch size asked for, and the peak of memory."""
    options = _options()
    texts = read_passages(options.texts, options.n) if options.texts else made_up_passages(options.n)
    folder = minilm_folder(index_settings().model_cache, options.arithmetic)
    sizes = options.batch_tokens or [BATCH_TOKENS[options.arithmetic]]
    models = (OnnxEmbedder(folder, "bench", options.arithmetic, batch_tokens=size) for size in sizes)
    rows = [measure(model, size, texts) for model, size in zip(models, sizes, strict=True)]
    print(f"{len(texts)} passages, {min(len(texts), _QUESTIONS)} questions of {_WORDS_OF_A_QUESTION} words\n")
    for line in (_HEADER, ("--:",) * len(_HEADER), *rows):
        print(f"| {' | '.join(line)} |")
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
    print(f"\npeak memory of the process over all rows: {peak:.0f} MiB")


def measure(model: OnnxEmbedder, batch_tokens: int, texts: Sequence[str]) -> tuple[str, ...]:
    """A row of the table for one batch size."""
    tokens = sum(min(count, model.maximum_tokens) for count in model.count_tokens(texts))
    model.embed(texts[:100])
    runs = [_embed(model, texts) for _ in range(_RUNS)]
    seconds, processor_seconds = (statistics.median(column) for column in zip(*runs, strict=True))
    questions = [" ".join(text.split()[:_WORDS_OF_A_QUESTION]) for text in texts[:_QUESTIONS]]
    latencies = statistics.quantiles([_ask(model, question) for question in questions], n=20)
    figures = (len(texts) / seconds, tokens / seconds, 1000 * processor_seconds / len(texts))
    return str(batch_tokens), *(f"{figure:.1f}" for figure in (*figures, latencies[9], latencies[18]))


def read_passages(path: Path, count: int) -> list[str]:
    """Title and text of at most `count` rows of a BEIR corpus, drawn with a fixed seed."""
    rows = [json.loads(line) for line in path.read_text(encoding="utf-8").splitlines()]
    drawn = random.Random(0).sample(rows, min(count, len(rows)))
    return [f"{row.get('title', '')}\n{row['text']}" for row in drawn]


def made_up_passages(count: int) -> list[str]:
    """Texts of random words, their lengths spread as those of obliqa-dev are (median 60 words)."""
    chance = random.Random(0)
    return [" ".join(chance.choices(_WORDS, k=max(1, round(chance.lognormvariate(4.1, 0.8))))) for _ in range(count)]


def _embed(model: OnnxEmbedder, texts: Sequence[str]) -> tuple[float, float]:
    start, processor_start = time.perf_counter(), time.process_time()
    model.embed(texts)
    return time.perf_counter() - start, time.process_time() - processor_start


def _ask(model: OnnxEmbedder, question: str) -> float:
    start = time.perf_counter()
    model.embed_query(question)
    return 1000 * (time.perf_counter() - start)


def _options() -> argparse.Namespace:
    parser = argparse.ArgumentParser(prog="python -m evals.bench.embedding", description=__doc__)
    parser.add_argument("--texts", type=Path, help="corpus.jsonl of a BEIR folder; without it, made-up passages")
    parser.add_argument("-n", type=int, default=1000, help="number of passages (1000)")
    parser.add_argument("--batch-tokens", type=int, nargs="+", help="batch sizes to compare")
    parser.add_argument("--arithmetic", type=Arithmetic, default=fastest(), help="floats or bytes (the faster one)")
    return parser.parse_args()


if __name__ == "__main__":
    main()
