"""README's tables are held to the code."""

from __future__ import annotations

import re
import tomllib
from pathlib import Path

import pytest
from pydantic_settings import BaseSettings

from assistant.api import create_app
from assistant.settings import AssistantSettings
from ingest.settings import IndexSettings

ROOT = Path(__file__).parent.parent
README = (ROOT / "README.md").read_text(encoding="utf-8")


def rows(heading: str) -> list[list[str]]:
    """The cells of the first table below a heading, without its head."""
    section = README.split(f"## {heading}\n", 1)[1].split("\n## ", 1)[0]
    lines = [line for line in section.splitlines() if line.startswith("|")]
    return [[cell.strip().replace("\\|", "|") for cell in re.split(r"(?<!\\)\|", line)[1:-1]] for line in lines[2:]]


def settings_rows(settings: type[BaseSettings]) -> list[list[str]]:
    return [
        [f"`LIAISON_{name.upper()}`", shown(field.default), field.description or ""]
        for name, field in settings.model_fields.items()
    ]


def shown(default: object) -> str:
    text = str(default).replace(str(Path.home()), "~")
    return "" if default in (None, "") or "SecretStr" in repr(default) else f"`{text}`"


def test_the_settings_table_lists_every_setting_with_its_default() -> None:
    assert rows("Settings") == settings_rows(IndexSettings) + settings_rows(AssistantSettings)


def test_the_routes_table_lists_every_route() -> None:
    app = create_app(lambda: pytest.fail("not opened"), AssistantSettings())
    paths = app.openapi()["paths"]
    declared = {f"`{method.upper()} {path}`" for path, methods in paths.items() for method in methods}
    assert {row[0] for row in rows("Routes")} == declared


def test_every_make_target_is_in_the_table() -> None:
    targets = re.findall(r"^(\w+):.*##", (ROOT / "Makefile").read_text(encoding="utf-8"), re.MULTILINE)
    named = {row[0].strip("`").removeprefix("make ") for row in rows("Commands") if row[0].startswith("`make")}
    assert named == set(targets) - {"format", "clean"}


def test_every_folder_is_described() -> None:
    described = {row[0].strip("`/") for row in rows("Where things are")}
    assert {"corpus", "ingest", "assistant", "evals", "tests"} <= described
    assert all((ROOT / folder).is_dir() for folder in described)


def test_every_decision_has_its_four_parts() -> None:
    for page in (ROOT / "docs" / "decisions").glob("*.md"):
        headings = re.findall(r"^## (.+)$", page.read_text(encoding="utf-8"), re.MULTILINE)
        assert headings[:4] == ["Context", "Decision", "Measured", "Consequences"], page.name


def test_every_file_of_the_page_is_in_the_package() -> None:
    project = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))
    patterns = project["tool"]["setuptools"]["package-data"]["assistant"]
    packaged = {path for pattern in patterns for path in (ROOT / "assistant").glob(pattern) if path.is_file()}
    page = ROOT / "assistant" / "web"
    assert {path for path in packaged if page in path.parents} == {path for path in page.rglob("*") if path.is_file()}
