"""Which reader reads which file."""

from pathlib import Path

import pytest

from ingest.errors import Refusal, RefusedFile
from ingest.load import read


@pytest.mark.parametrize(
    ("name", "text"),
    [
        ("a.md", "# Rules"),
        ("a.markdown", "# Rules"),
        ("a.HTML", "<h1>Rules</h1>"),
        ("a.htm", "<h1>Rules</h1>"),
        ("a.txt", "Rules"),
    ],
)
def test_the_extension_decides(tmp_path: Path, name: str, text: str) -> None:
    (tmp_path / name).write_text(text, encoding="utf-8")
    assert read(tmp_path / name).pages[0].text == "Rules"


@pytest.mark.parametrize("name", ["a.xlsx", "README", "a.doc", "a"])
def test_other_files_are_refused(tmp_path: Path, name: str) -> None:
    with pytest.raises(RefusedFile) as refused:
        read(tmp_path / name)
    assert refused.value.refusal is Refusal.UNSUPPORTED


def test_a_file_that_is_gone_is_refused(tmp_path: Path) -> None:
    with pytest.raises(RefusedFile, match="it cannot be read: No such file"):
        read(tmp_path / "gone.md")
