"""Measures the program: by question sets of one's own (`run`, `score`), and on any BEIR folder (`beir`)."""

from __future__ import annotations

import json
import logging
from contextlib import closing
from datetime import datetime
from pathlib import Path
from typing import Annotated

import typer

from assistant.errors import AssistantError
from assistant.generative import open_chat
from assistant.settings import assistant_settings
from assistant.verify.words import by_lexicon
from evals import beir_report, show, show_comparison, verification
from evals.baseline import PATH as BASELINE
from evals.baseline import read_baseline
from evals.beir import measure
from evals.compare import compare
from evals.errors import EvalsError, NoJudge
from evals.gate import gate, renew
from evals.instance import open_local
from evals.judge import judge, verdict
from evals.junit import junit
from evals.question_sets import read_cases
from evals.report import report
from evals.run import new_folder, without_staff
from evals.run import run as ask_all
from evals.run_folder import read_run
from evals.score import marked
from evals.served import open_served
from evals.suggest import drafts
from ingest.embed import open_embedder
from ingest.errors import IngestError
from ingest.journal import Journal
from ingest.lexicon.lexicon import open_lexicon
from ingest.settings import index_settings

app = typer.Typer(no_args_is_help=True, add_completion=False, help=__doc__)
Index = Annotated[
    Path | None, typer.Option("--index", help="Folder of the index; default LIAISON_INDEX, then .liaison/.")
]
RunFolder = Annotated[Path, typer.Argument(metavar="RUN", help="Folder that `run` wrote.")]
Json = Annotated[bool, typer.Option("--json", help="Print JSON for machines.")]


@app.command()
def run(
    questions: Annotated[
        Path, typer.Argument(metavar="QUESTIONS", help="A question set (JSONL), or a folder of them.")
    ],
    index: Index = None,
    out: Annotated[
        Path | None, typer.Option(help="Folder to write; that of an interrupted run goes on. Default: evals/runs/TIME.")
    ] = None,
    base_url: Annotated[
        str | None, typer.Option("--base-url", metavar="URL", help="Ask a served instance instead of an index.")
    ] = None,
    key: Annotated[
        str | None, typer.Option(help="Staff key of the served instance, for the questions of staff.")
    ] = None,
    workers: Annotated[int, typer.Option(min=1, help="Questions asked at a time.")] = 2,
    as_json: Json = False,
) -> None:
    """Ask every question of a set, write what came of it into a folder, and print the figures."""
    cases = read_cases(questions)
    folder = out or new_folder(datetime.now())
    if base_url is None:
        with open_local(index_settings(index), assistant_settings()) as local:
            ask_all(local, cases, folder, workers=workers, quiet=as_json)
    else:
        with open_served(base_url, key) as served:
            asked = cases if key else without_staff(cases)
            ask_all(served, asked, folder, workers=workers, quiet=as_json)
    score(folder, as_json=as_json)


@app.command()
def score(folder: RunFolder, as_json: Json = False) -> None:
    """Print the figures of a run, by the metrics of today."""
    questions = marked(read_run(folder))
    if as_json:
        _echo_json(show.score_as_json(folder, questions))
    else:
        typer.echo(show.score_as_text(folder, questions))


@app.command("compare")
def compare_runs(
    first: Annotated[Path, typer.Argument(metavar="RUN_A", help="Folder of the run before the change.")],
    second: Annotated[Path, typer.Argument(metavar="RUN_B", help="Folder of the run after it.")],
    as_json: Json = False,
) -> None:
    """Hold two runs against each other; exit 1 on a significant regression or a newly broken invariant."""
    comparison = compare(read_run(first), read_run(second))
    if as_json:
        _echo_json(show_comparison.comparison_as_json(comparison))
    else:
        typer.echo(show_comparison.comparison_as_text(comparison))
    raise typer.Exit(1 if comparison.regressions else 0)


@app.command("gate")
def gate_run(
    folder: RunFolder,
    baseline: Annotated[Path, typer.Option(metavar="FILE", help="What the run must reach.")] = BASELINE,
    write: Annotated[
        bool, typer.Option("--write-baseline", help="Make the baseline what this run reaches, unless that is worse.")
    ] = False,
    as_json: Json = False,
) -> None:
    """Hold a run to the baseline and write RUN/junit.xml; exit 1 where it falls short."""
    questions = marked(read_run(folder))
    if write:
        renew(baseline, questions)
    rulings = gate(questions, read_baseline(baseline))
    (folder / "junit.xml").write_text(junit(rulings), encoding="utf-8")
    if as_json:
        _echo_json(show_comparison.rulings_as_json(rulings))
    else:
        typer.echo(show_comparison.rulings_as_text(rulings))
    raise typer.Exit(1 if any(ruled.red for ruled in rulings) else 0)


@app.command("report")
def report_run(
    folder: RunFolder,
    against: Annotated[Path | None, typer.Option(metavar="RUN", help="An earlier run to show what changed.")] = None,
) -> None:
    """Write RUN/report.html: one page with plots and every failure, which needs nothing else."""
    page = folder / "report.html"
    page.write_text(report(read_run(folder), read_run(against) if against else None), encoding="utf-8")
    typer.echo(page)


@app.command("judge")
def judge_run(
    folder: RunFolder,
    workers: Annotated[int, typer.Option(min=1, help="Answers graded at a time.")] = 2,
    as_json: Json = False,
) -> None:
    """Have the chat model of LIAISON_CHAT_MODEL grade a run's answers, into RUN/judge.json; no gate reads it."""
    settings = assistant_settings()
    if settings.chat_model is None:
        raise NoJudge("set LIAISON_CHAT_MODEL to the model that is to judge")
    found = verdict(judge(read_run(folder), open_chat(settings).reply, workers=workers, quiet=as_json))
    (folder / "judge.json").write_text(json.dumps(found, ensure_ascii=False, indent=2) + "\n", encoding="utf-8")
    if as_json:
        _echo_json(found)
    else:
        typer.echo(show.judgement_as_text(found))


@app.command()
def suggest(index: Index = None) -> None:
    """Print draft rows (JSONL) from questions that readers asked in vain, where LIAISON_LOG_QUESTIONS keeps them."""
    settings = index_settings(index)
    with closing(Journal.open(settings.index, settings.catalog_secret)) as journal:
        for draft in drafts(journal.questions()):
            typer.echo(json.dumps(draft, ensure_ascii=False))


@app.command()
def beir(
    folder: Annotated[
        Path, typer.Argument(metavar="DIR", help="Folder with corpus.jsonl, queries.jsonl and qrels/<split>.tsv.")
    ],
    split: Annotated[str, typer.Option(help="Which of the qrels to measure by.")] = "test",
    index: Annotated[
        Path | None,
        typer.Option("--index", help="Folder of the index; default one below .liaison-beir/ for each corpus."),
    ] = None,
    language: Annotated[
        str | None, typer.Option(help="Take every question for one in this language; default what it seems to be in.")
    ] = None,
    as_json: Json = False,
) -> None:
    """Index a BEIR folder, ask every query, and print how good the rankings and refusals are."""
    settings = index_settings()
    embedder = open_embedder(settings.embedding_model, settings.model_cache)
    report = measure(
        folder, split, settings, assistant_settings(), embedder, index=index, language=language, quiet=as_json
    )
    if as_json:
        _echo_json(beir_report.as_json(report))
    else:
        typer.echo(beir_report.as_text(report))


def _echo_json(values: object) -> None:
    typer.echo(json.dumps(values, ensure_ascii=False, indent=2))


@app.command(name="verification")
def planted(as_json: Json = False) -> None:
    """Check planted sentences, faithful and corrupted ones, and print by kind how many went the right way."""
    settings = index_settings()
    lexicon = open_lexicon(settings.model_cache, settings.lexicons)
    embedder = open_embedder(settings.embedding_model, settings.model_cache)
    reader, likeness = by_lexicon(lexicon), verification.likeness_by(embedder, lexicon)
    for path in sorted(verification.PLANTED.glob("*.jsonl")):
        found = list(verification.outcomes(verification.read_cases(path), reader, likeness))
        told = json.dumps(verification.as_json(found)) if as_json else verification.as_text(found)
        typer.echo(told if as_json else f"{path.stem}\n{told}\n")


def main() -> None:
    """Runs the command line; a fault is one line and exit code 2."""
    logging.basicConfig(level=logging.WARNING, format="%(levelname)s: %(message)s")
    try:
        app()
    except (EvalsError, AssistantError, IngestError) as error:
        typer.echo(f"error: {error}", err=True)
        raise SystemExit(2) from error


if __name__ == "__main__":
    main()
