"""What the lexicon costs: `python -m evals.bench.lexicon DIR` (a BEIR folder with passages in another language).

Times of questions and passages are medians of processor time, which varies less on a shared machine; memory is what
opening the lexicon and using it adds to the process.
"""

from __future__ import annotations

import statistics
import time
from collections.abc import Callable, Iterable
from pathlib import Path
from typing import Annotated, TypeVar

import psutil
import typer

from assistant.language import also_likely, of_question
from assistant.terms import understand
from evals.rows import read_queries, row_lines
from ingest.language import detect
from ingest.lexicon.gloss import ENGLISH, gloss
from ingest.lexicon.lexicon import lexicon_of
from ingest.settings import index_settings

_MOST_PASSAGES = 500
T = TypeVar("T")


def run(
    folder: Annotated[Path, typer.Argument(metavar="DIR", help="A BEIR folder.", file_okay=False, exists=True)],
    split: Annotated[str, typer.Option(help="Whose queries to understand.")] = "dev",
) -> None:
    """Print what loading, understanding a question and glossing a passage take."""
    settings = index_settings()
    lexicon_of(settings)  # compiles it where that was not done yet
    process = psutil.Process()
    before, started = process.memory_info().rss, time.perf_counter()
    lexicon = lexicon_of(settings)
    lexicon.find_word("liaison", ENGLISH)
    loaded = time.perf_counter() - started
    queries, _ = read_queries(folder, split)
    told = [(query.text, of_question(query.text)) for query in queries]
    asked = [(text, language, also_likely(text, language)) for text, language in told]
    passages = _foreign(folder)
    languages = sorted({ENGLISH, *(language for _, language in passages)})
    understanding = _median(
        asked, lambda heard: understand(*heard[:2], languages, lexicon, lambda group: 1.0, heard[2])
    )
    glossing = _median(passages, lambda passage: gloss(*passage, lexicon)) if passages else float("nan")
    added = (process.memory_info().rss - before) / 1e6
    print(f"loading {loaded:.3f} s, {added:.0f} MB with all that was looked up")
    print(f"understanding a question {understanding:.2f} ms ({len(asked)} questions)")
    print(f"glossing a passage {glossing:.2f} ms ({len(passages)} passages)")


def _foreign(folder: Path) -> list[tuple[str, str]]:
    """The first passages that are not in English, with their languages."""
    rows = (row for _, _, row in row_lines(folder / "corpus.jsonl"))
    told = ((row.text, row.language or detect(row.text)) for row in rows)
    return [passage for passage in told if passage[1] != ENGLISH][:_MOST_PASSAGES]


def _median(items: Iterable[T], use: Callable[[T], object]) -> float:
    """The median of the milliseconds of processor time that an item takes."""
    milliseconds: list[float] = []
    for item in items:
        started = time.process_time()
        use(item)
        milliseconds.append(1e3 * (time.process_time() - started))
    return statistics.median(milliseconds)


if __name__ == "__main__":
    typer.run(run)
