from __future__ import annotations

from pathlib import Path

from ingest.folder import Folder, folder_of
from ingest.settings import IndexSettings
from ingest.types import Audience, Fields, Kind
from tests.conftest import Sync, Write, document
from tests.ingest.test_glossary import GLOSSARY


def opened(corpus: Path) -> Folder:
    return folder_of(corpus, IndexSettings())


def fields(corpus: Path) -> dict[str, Fields]:
    folder = opened(corpus)
    return {file.path: folder.fields(file) for file in folder.files()}


def test_what_is_no_document_is_left_alone(write: Write, corpus: Path) -> None:
    for name in ("README.md", "_defaults.yaml", "_sources/a.md", ".git/b.md", "c.pdf.yaml"):
        write(name, "")
    write("c.pdf", "")
    write("sub/README.md", "# Read me")
    assert [file.path for file in opened(corpus).files()] == ["c.pdf", "sub/README.md"]


def test_fields_come_from_the_folders_above_and_the_file_beside(write: Write, corpus: Path) -> None:
    write("_defaults.yaml", "audience: public\nkind: note")
    write("rules/_defaults.yaml", "kind: policy")
    write("rules/a.pdf.yaml", "title: Rule A")
    write("rules/a.pdf", "")
    assert fields(corpus)["rules/a.pdf"] == Fields(title="Rule A", kind=Kind.POLICY, audience=Audience.PUBLIC)


def test_the_glossary_is_one_public_document(write: Write, corpus: Path) -> None:
    write("glossary.yaml", GLOSSARY)
    assert fields(corpus)["glossary.yaml"] == Fields(
        id="glossary", title="Glossary", kind=Kind.GLOSSARY, language="en", audience=Audience.PUBLIC
    )


def test_the_glossary_of_a_folder_for_staff_is_for_staff(write: Write, corpus: Path) -> None:
    write("glossary.yaml", GLOSSARY)
    write("_defaults.yaml", "audience: staff\nkind: policy\norganisation: CERN")
    found = fields(corpus)["glossary.yaml"]
    assert (found.audience, found.kind, found.organisation) == (Audience.STAFF, Kind.GLOSSARY, "CERN")


def test_a_changed_glossary_is_a_new_version_like_any_file(write: Write, run_sync: Sync) -> None:
    write("a.md", document("# A\n\nText."))
    write("glossary.yaml", GLOSSARY)
    run_sync()
    write("glossary.yaml", GLOSSARY.replace("verkoopt iets", "verkoopt goederen"))
    assert {file.path: file.outcome.value for file in run_sync().files} == {
        "a.md": "unchanged",
        "glossary.yaml": "replaced",
    }


def test_a_broken_glossary_is_refused_and_its_earlier_version_stays(write: Write, run_sync: Sync) -> None:
    write("glossary.yaml", GLOSSARY)
    run_sync()
    write("glossary.yaml", GLOSSARY.replace("broader:", "broder:"))
    (report,) = run_sync().files
    assert (report.id, report.outcome.value, report.warnings) == (
        "glossary",
        "refused",
        ("its earlier version stays in force",),
    )
    assert "glossary.yaml:9: broder" in str(report.reason)
