"""Commands for those who run the service: keys, what was asked in vain, and what was done."""

from __future__ import annotations

import json
from collections.abc import Mapping
from contextlib import closing
from datetime import UTC, date, datetime, timedelta
from pathlib import Path
from typing import Annotated

import typer

from assistant.bootstrap import key_file
from assistant.gate import Key
from assistant.settings import assistant_settings
from assistant.unanswered import Gap, gaps
from ingest.catalog import Catalog
from ingest.journal import Journal
from ingest.settings import IndexSettings, index_settings
from ingest.types import Audience

keys = typer.Typer(no_args_is_help=True, help="Create, list and revoke the keys that readers identify themselves with.")
Index = Annotated[
    Path | None, typer.Option("--index", help="Folder of the index; default LIAISON_INDEX, then .liaison/.")
]
AsJson = Annotated[bool, typer.Option("--json", help="Print JSON for machines.")]
Name = Annotated[str, typer.Argument(help="What the key is known by, to you and in the audit log.")]


@keys.command("create")
def create_key(
    name: Name,
    audience: Annotated[Audience, typer.Option(help="Whose documents its bearer sees.")] = Audience.STAFF,
    expires: Annotated[
        datetime | None, typer.Option(formats=["%Y-%m-%d"], help="The last day on which it counts.")
    ] = None,
    index: Index = None,
    as_json: AsJson = False,
) -> None:
    """Make a key and print it, this once: only its digest is kept. A running server knows it at once."""
    stored = index_settings(index)
    until = expires.date() if expires else None
    secret = key_file(stored, assistant_settings()).create(name, audience, until, date.today())
    _note(stored, "key created", name, {"audience": audience.value, "expires": until.isoformat() if until else None})
    typer.echo(json.dumps({"name": name, "key": secret, "audience": audience.value}) if as_json else secret)


@keys.command("list")
def list_keys(index: Index = None, as_json: AsJson = False) -> None:
    """List the keys of the file by name; the keys themselves are nowhere."""
    held = key_file(index_settings(index), assistant_settings()).keys()
    if as_json:
        typer.echo(json.dumps([_key_as_json(key) for key in held], indent=2))
    else:
        typer.echo("\n".join(_line(key) for key in held) or "no keys yet: `python -m assistant keys create NAME`")


@keys.command("revoke")
def revoke_key(name: Name, index: Index = None) -> None:
    """Take a key back. A running server refuses it at once."""
    stored = index_settings(index)
    key_file(stored, assistant_settings()).revoke(name)
    _note(stored, "key revoked", name, {})
    typer.echo(f"{name} is revoked")


def list_gaps(
    days: Annotated[int, typer.Option(min=1, help="How many days back.")] = 30,
    index: Index = None,
    as_json: AsJson = False,
) -> None:
    """List what readers asked and did not get, near which documents; needs LIAISON_LOG_QUESTIONS in the server."""
    stored = index_settings(index)
    with closing(Journal.open(stored.index, stored.catalog_secret)) as journal:
        found = gaps(journal.questions(datetime.now(UTC) - timedelta(days=days)))
    with closing(Catalog.open(stored.index, stored.catalog_secret)) as catalog:
        timeline = catalog.snapshot().timeline
    titles = {document: timeline.history(document)[-1].title for document in timeline.documents}
    if as_json:
        typer.echo(json.dumps([_gap_as_json(gap, titles) for gap in found], ensure_ascii=False, indent=2))
    else:
        typer.echo("\n".join(_gap_as_text(gap, titles) for gap in found) or "nothing was asked in vain, or kept")


def list_audit(index: Index = None, as_json: AsJson = False) -> None:
    """List the audit log: every sync and every change of keys, when and by which user of the machine."""
    stored = index_settings(index)
    with closing(Journal.open(stored.index, stored.catalog_secret)) as journal:
        entries = journal.entries()
    for entry in entries:
        at = entry.at.isoformat(timespec="seconds")
        row = {"at": at, "by": entry.by, "action": entry.action, "subject": entry.subject, "details": entry.details}
        details = json.dumps(entry.details, ensure_ascii=False)
        shown = f"{at}  {entry.by:<12} {entry.action:<12} {entry.subject}  {details}"
        typer.echo(json.dumps(row, ensure_ascii=False) if as_json else shown)


def _gap_as_text(gap: Gap, titles: Mapping[str, str]) -> str:
    near = " · ".join(f"“{titles.get(document, document)}” ({document})" for document in gap.nearest)
    lines = [f"{gap.times} asked near {near or 'nothing'}"]
    for asked in gap.questions:
        lines.append(f"  {asked.times}× {asked.question}  [{', '.join(asked.statuses)}; last {asked.last:%Y-%m-%d}]")
        lines.extend(f"     said of it: {comment}" for comment in asked.comments)
    return "\n".join(lines)


def _gap_as_json(gap: Gap, titles: Mapping[str, str]) -> dict[str, object]:
    return {
        "times": gap.times,
        "nearest": [{"document": document, "title": titles.get(document, document)} for document in gap.nearest],
        "questions": [
            {
                "question": asked.question,
                "times": asked.times,
                "statuses": list(asked.statuses),
                "last": asked.last.isoformat(timespec="seconds"),
                "comments": list(asked.comments),
            }
            for asked in gap.questions
        ],
    }


def _note(stored: IndexSettings, action: str, subject: str, details: dict[str, object]) -> None:
    with closing(Journal.open(stored.index, stored.catalog_secret)) as journal:
        journal.note(action, subject, details)


def _line(key: Key) -> str:
    until = f"until {key.expires}" if key.expires else "without end"
    expired = "  expired" if key.expires and key.expires < date.today() else ""
    return f"{key.name:<24} {key.audience:<8} from {key.created} {until}{expired}"


def _key_as_json(key: Key) -> dict[str, str | None]:
    return {
        "name": key.name,
        "audience": key.audience.value,
        "created": key.created.isoformat() if key.created else None,
        "expires": key.expires.isoformat() if key.expires else None,
    }
