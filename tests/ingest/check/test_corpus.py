"""The check of whole folders, and of the corpus that comes along."""

from __future__ import annotations

import json
from datetime import date
from pathlib import Path

import pytest
from typer.testing import CliRunner

from ingest.__main__ import app
from ingest.check import Checked, check
from ingest.folder import folder_of
from ingest.settings import IndexSettings
from tests.conftest import ROOT, TODAY, Write, document
from tests.ingest.check.documents import said


def checked(corpus: Path, today: date = TODAY) -> Checked:
    return check(folder_of(corpus, IndexSettings()), today)


@pytest.fixture
def flawed(write: Write) -> None:
    """A folder with something wrong in every file but one."""
    write("_defaults.yaml", "audience: public\nlanguage: en\n")
    write("glossary.yaml", "- id: sme\n  prefLabel: {en: SME, nl: kmo, de: KMU, fr: PME, it: PMI}\n  definition: {}\n")
    write("rules/right.md", "---\nid: right\n---\n# Right\n\nSee [the office](../office.txt).")
    write("rules/wrong.md", "---\nkind: polcy\npublished: soon\nid: right\n---\n# Wrong\n\nSee [nothing](gone.md).")
    write("rules/next.md", "---\nsupersedes: right\n---\n# Next\n\nNew text.")
    write("office.txt", "Ask the office of the laboratory by telephone.")
    write("copy.txt", "Ask the office of the laboratory by telephone.")
    write("blank.txt", " \n")
    write("slides.pptx", "")
    write("lost.pdf.yaml", "title: Lost")


@pytest.mark.usefixtures("flawed")
def test_everything_wrong_is_found_in_one_run(corpus: Path) -> None:
    found = said(checked(corpus).findings)
    assert [(path, line, severity) for path, line, severity, _ in found] == [
        ("blank.txt", None, "error"),
        ("copy.txt", None, "warning"),
        ("glossary.yaml", 1, "error"),
        ("lost.pdf.yaml", None, "error"),
        ("office.txt", None, "warning"),
        ("office.txt", None, "warning"),
        ("rules/next.md", 2, "error"),
        ("rules/wrong.md", 2, "error"),
        ("rules/wrong.md", 3, "error"),
        ("rules/wrong.md", 4, "error"),
        ("rules/wrong.md", 8, "error"),
        ("slides.pptx", None, "error"),
    ]
    problems = {problem for _, _, _, problem in found}
    assert "gives fields for a file that is not there" in problems
    assert "rules/right.md has the id right too" in problems
    assert "gone.md leads to no file" in problems
    assert "says nearly the same as copy.txt (100% of its text)" in problems


def test_an_error_in_the_defaults_of_a_folder_is_one_finding(write: Write, corpus: Path) -> None:
    write("_defaults.yaml", "audience: public\ncolour: red")
    for name in "ab":
        write(f"{name}.md", f"# {name}\n\nText of {name} alone.")
    ((path, line, severity, _),) = said(checked(corpus).findings)
    assert (path, line, severity) == ("_defaults.yaml", 2, "error")


@pytest.mark.usefixtures("flawed")
def test_the_command_shows_findings_and_exits_with_one(corpus: Path) -> None:
    result = CliRunner().invoke(app, ["check", str(corpus)])
    assert result.exit_code == 1
    assert (
        "error    rules/wrong.md:8: link: gone.md leads to no file\n         → correct the link, or add the file"
        in result.stdout
    )
    assert result.stdout.splitlines()[-1] == "9 documents checked: 9 errors, 3 warnings."


def test_warnings_alone_are_shown_and_exit_with_zero(write: Write, corpus: Path) -> None:
    write("a.md", document("Text without a heading."))
    result = CliRunner().invoke(app, ["check", str(corpus), "--json"])
    assert result.exit_code == 0
    report = json.loads(result.stdout)
    assert (report["documents"], report["counts"]) == (1, {"warning": 1})
    assert report["findings"] == [
        {
            "severity": "warning",
            "path": "a.md",
            "line": None,
            "what": "title",
            "problem": "has neither a title nor a heading, so readers see the name of its file",
            "remedy": "give it a `title`",
        }
    ]


def test_the_corpus_that_comes_along_has_no_errors() -> None:
    found = checked(ROOT / "corpus", date.today())
    assert [finding for finding in found.findings if finding.severity == "error"] == []
    assert [finding for finding in found.findings if finding.path == "glossary.yaml"] == []
