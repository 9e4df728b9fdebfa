"""`python -m ingest CORPUS` syncs a folder; `check CORPUS` says what is wrong with it, `status` what an index holds."""

from __future__ import annotations

import json
import sys
from datetime import date
from pathlib import Path
from typing import Annotated

import typer

from ingest import report
from ingest.check import check
from ingest.embed import open_embedder
from ingest.errors import IngestError
from ingest.folder import folder_of
from ingest.settings import index_settings
from ingest.sync import rehearse, sync

app = typer.Typer(no_args_is_help=True, add_completion=False, help=__doc__)
Index = Annotated[
    Path | None, typer.Option("--index", help="Folder of the index; default LIAISON_INDEX, then .liaison/.")
]
AsJson = Annotated[bool, typer.Option("--json", help="Print JSON for machines.")]


@app.command("sync")
def sync_command(
    corpus: Annotated[Path, typer.Argument(help="Folder of documents.")],
    index: Index = None,
    dry_run: Annotated[
        bool, typer.Option("--dry-run", help="Read everything, change nothing, say what would be done.")
    ] = False,
    as_json: AsJson = False,
) -> None:
    """Bring the index up to a folder of documents (the word `sync` may be left out).

    Exit code 0: all documents are in; 1: some were refused, the rest are in; 2: nothing was done.
    """
    settings = index_settings(index)
    embedder = open_embedder(settings.embedding_model, settings.model_cache)
    with report.progress("documents", hidden=as_json) as progress:
        folder = folder_of(corpus, settings)
        if dry_run:
            result = rehearse(folder, settings, embedder, progress)
        else:
            result = sync(folder, settings, embedder, date.today(), progress)
    typer.echo(json.dumps(report.as_json(result), ensure_ascii=False, indent=2) if as_json else report.as_text(result))
    raise typer.Exit(report.exit_code(result))


@app.command("check")
def check_command(
    corpus: Annotated[Path, typer.Argument(help="Folder of documents.")], as_json: AsJson = False
) -> None:
    """Say what is wrong with a folder of documents, before it is synced; nothing is changed.

    Exit code 0: nothing that must be mended; 1: errors were found; 2: the folder could not be checked.
    """
    folder = folder_of(corpus, index_settings())
    with report.progress("documents", hidden=as_json) as progress:
        found = check(folder, date.today(), progress)
    if as_json:
        typer.echo(json.dumps(report.findings_as_json(found), ensure_ascii=False, indent=2))
    else:
        typer.echo(report.findings_as_text(found))
    raise typer.Exit(int(found.has_errors))


@app.command("status")
def status_command(index: Index = None, as_json: AsJson = False) -> None:
    """Say what an index holds."""
    status = report.status(index_settings(index))
    typer.echo(json.dumps(status, ensure_ascii=False, indent=2) if as_json else report.status_as_text(status))


def main() -> None:
    """Runs the command line; a first word that is no command is the folder to sync; a fault is exit code 2."""
    arguments = sys.argv[1:]
    named = {command.name for command in app.registered_commands} | {"--help"}
    if arguments and arguments[0] not in named:
        arguments = ["sync", *arguments]
    try:
        app(arguments)
    except IngestError as error:
        typer.echo(f"error: {error}", err=True)
        raise SystemExit(2) from error


if __name__ == "__main__":
    main()
