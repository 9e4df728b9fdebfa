"""`python -m evals beir DIR` measures retrieval and the evidence decision on any BEIR folder."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Annotated

import typer

from assistant.errors import AssistantError
from assistant.settings import assistant_settings
from evals import beir_report
from evals.beir import measure
from evals.errors import EvalsError
from ingest.embed import open_embedder
from ingest.errors import IngestError
from ingest.settings import index_settings

app = typer.Typer(no_args_is_help=True, add_completion=False)
Index = Annotated[
    Path | None, typer.Option("--index", help="Folder of the index; default one below .liaison-beir/ for each corpus.")
]


@app.callback(help=__doc__)
def main_options() -> None:
    """Keeps the commands named while there is only one."""


@app.command()
def beir(
    folder: Annotated[
        Path, typer.Argument(metavar="DIR", help="Folder with corpus.jsonl, queries.jsonl and qrels/<split>.tsv.")
    ],
    split: Annotated[str, typer.Option(help="Which of the qrels to measure by.")] = "test",
    index: Index = None,
    as_json: Annotated[bool, typer.Option("--json", help="Print JSON for machines.")] = False,
) -> None:
    """Index a BEIR folder, ask every query, and print how good the rankings and refusals are."""
    settings = index_settings()
    embedder = open_embedder(settings.embedding_model, settings.model_cache)
    report = measure(folder, split, settings, assistant_settings(), embedder, index=index, quiet=as_json)
    typer.echo(json.dumps(beir_report.as_json(report), indent=2) if as_json else beir_report.as_text(report))


def main() -> None:
    """Runs the command line; a fault is one line and exit code 2."""
    try:
        app()
    except (EvalsError, AssistantError, IngestError) as error:
        typer.echo(f"error: {error}", err=True)
        raise SystemExit(2) from error


if __name__ == "__main__":
    main()
