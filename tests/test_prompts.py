"""The prompts keep their contract, and their table is held to them."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from assistant.errors import BadPrompt
from assistant.prompting import PROMPTS, load_prompt

NAMES = sorted(path.stem for path in PROMPTS.glob("*.md") if path.stem != "README")
GOOD = "---\nname: good\nversion: 2\nvariables: thing\n---\n# System\n\nOf $thing.\n\n# User\n\nGo.\n"


def test_the_table_lists_every_prompt_with_its_version_and_variables() -> None:
    table = (PROMPTS / "README.md").read_text(encoding="utf-8")
    rows = re.findall(r"^\| `([a-z-]+)\.md` \| (\d+) \| (.+?) \|", table, re.MULTILINE)
    listed = {name: (int(version), frozenset(re.findall(r"`(\w+)`", cells))) for name, version, cells in rows}
    assert listed == {name: (load_prompt(name).version, load_prompt(name).variables) for name in NAMES}


def test_a_prompt_is_filled_without_reading_what_it_is_filled_with(tmp_path: Path) -> None:
    (tmp_path / "good.md").write_text(GOOD, encoding="utf-8")
    prompt = load_prompt("good", tmp_path)
    assert prompt.stamp == "good@2"
    assert prompt.filled(thing="$other ${more}") == [("system", "Of $other ${more}."), ("user", "Go.")]


@pytest.mark.parametrize(
    "text",
    [
        GOOD.replace("variables: thing", "variables: thing, more"),
        GOOD.replace("Of $thing", "Of $thing and $more"),
        GOOD.replace("# User", "# Reader"),
        GOOD.replace("name: good", "name: other"),
    ],
    ids=["declared and not used", "used and not declared", "no part for the user", "another name"],
)
def test_a_malformed_prompt_is_refused(tmp_path: Path, text: str) -> None:
    (tmp_path / "good.md").write_text(text, encoding="utf-8")
    with pytest.raises(BadPrompt, match=r"good\.md"):
        load_prompt("good", tmp_path)


def test_a_missing_prompt_is_refused(tmp_path: Path) -> None:
    with pytest.raises(BadPrompt, match=r"none\.md"):
        load_prompt("none", tmp_path)
