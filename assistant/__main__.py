"""`python -m assistant ask "…"` answers a question; `python -m assistant serve` serves the API."""

from __future__ import annotations

import json
from datetime import datetime
from pathlib import Path
from typing import Annotated

import typer

from assistant import logs, office
from assistant.bootstrap import key_file, open_assistant, open_desk
from assistant.errors import AssistantError
from assistant.settings import assistant_settings
from assistant.show import as_text, explained
from assistant.types import Question
from assistant.wire import answer_as_json, explanation_as_json
from ingest.errors import IngestError
from ingest.settings import index_settings
from ingest.types import Audience

app = typer.Typer(no_args_is_help=True, add_completion=False, help=__doc__)
_GRACE_SECONDS = 10  # for answers under way when the program is told to stop; their readers ask again by themselves
Index = Annotated[
    Path | None, typer.Option("--index", help="Folder of the index; default LIAISON_INDEX, then .liaison/.")
]
Day = Annotated[datetime | None, typer.Option("--as-of", formats=["%Y-%m-%d"], help="Answer as of this day.")]


@app.command()
def ask(
    question: Annotated[str, typer.Argument(help="The question, in any language of the documents.")],
    index: Index = None,
    as_of: Day = None,
    audience: Annotated[Audience, typer.Option(help="Whose eyes the answer is for.")] = Audience.STAFF,
    explain: Annotated[
        bool, typer.Option("--explain", help="Show what was looked for, found and how it scored.")
    ] = False,
    as_json: Annotated[bool, typer.Option("--json", help="Print JSON for machines.")] = False,
) -> None:
    """Answer a question from the index, with every sentence cited."""
    asked = Question(question, audience, as_of=as_of.date() if as_of else None)
    with open_assistant(index_settings(index), assistant_settings()) as assistant:
        answer = assistant.answer(asked)
    if as_json:
        explanation = {"explanation": explanation_as_json(answer.explanation)} if explain else {}
        typer.echo(json.dumps({**answer_as_json(answer), **explanation}, ensure_ascii=False, indent=2))
    else:
        typer.echo(as_text(answer) + (explained(answer.explanation) if explain else ""))


@app.command()
def serve(
    index: Index = None,
    host: Annotated[
        str | None, typer.Option(help="Address to listen on; default LIAISON_HOST, then 127.0.0.1.")
    ] = None,
    port: Annotated[int | None, typer.Option(help="Port to listen on; default LIAISON_PORT, then 8000.")] = None,
) -> None:
    """Serve the API and the chat page."""
    # Here and below, what other commands need not wait for: up to half a second for each of these libraries.
    import uvicorn

    from assistant.api import create_app

    settings, stored = assistant_settings(), index_settings(index)
    logs.configure(settings.log_format)
    application = create_app(lambda: open_desk(stored, settings), settings, key_file(stored, settings))
    # Its own access log would tell what was searched for and by which address.
    uvicorn.run(
        application,
        host=host or settings.host,
        port=port if port is not None else settings.port,
        log_config=None,
        access_log=False,
        timeout_graceful_shutdown=_GRACE_SECONDS,
    )


@app.command()
def mcp(
    index: Index = None,
    audience: Annotated[Audience, typer.Option(help="Whose eyes the client is for.")] = Audience.STAFF,
) -> None:
    """Serve other assistants over the Model Context Protocol, on standard input and output."""
    from assistant.mcp_server import serve_on_stdio

    settings, stored = assistant_settings(), index_settings(index)
    logs.configure(settings.log_format)
    with open_desk(stored, settings) as desk:
        serve_on_stdio(desk, audience)


def main() -> None:
    """Runs the command line; a fault is one line and exit code 2."""
    app.add_typer(office.keys, name="keys")
    app.command("gaps")(office.list_gaps)
    app.command("audit")(office.list_audit)
    try:
        app()
    except (IngestError, AssistantError) as error:
        typer.echo(f"error: {error}", err=True)
        raise SystemExit(2) from error


if __name__ == "__main__":
    main()
