from __future__ import annotations

from pathlib import Path

import pytest

from ingest.check.links import links
from ingest.load import links as links_of
from tests.ingest.check.documents import document, said

MARKDOWN = """---
source_url: "https://example.org"
---
# Title

Read [the rules](rules.md) and
[the list][list], or ![a map](map.png) of it.

<p><img src="photo.jpg"></p>

Call <a href="office.md">the office</a>.

[list]: list.html
"""


def test_links_and_images_of_markdown_have_the_lines_they_stand_in(tmp_path: Path) -> None:
    path = tmp_path / "a.md"
    path.write_text(MARKDOWN, encoding="utf-8")
    assert links_of(path) == [(6, "rules.md"), (7, "list.html"), (7, "map.png"), (9, "photo.jpg"), (11, "office.md")]


def test_links_and_images_of_html_have_the_lines_they_stand_in(tmp_path: Path) -> None:
    path = tmp_path / "a.html"
    path.write_text('<p>One\n<a href="b.html">two</a>\n<img src="c.png"></p>', encoding="utf-8")
    assert links_of(path) == [(2, "b.html"), (3, "c.png")]


def test_other_formats_have_no_links(tmp_path: Path) -> None:
    path = tmp_path / "a.txt"
    path.write_text("[the rules](rules.md)", encoding="utf-8")
    assert links_of(path) == []


@pytest.mark.parametrize(
    ("target", "path"),
    [
        ("b.md", "rules/b.md"),
        ("../b.md#part", "b.md"),
        ("/b.md", "b.md"),
        ("the%20map.png?size=2", "rules/the map.png"),
        ("part/../b.md", "rules/b.md"),
    ],
)
def test_a_link_leads_from_its_own_folder(target: str, path: str) -> None:
    origin = document("rules/a.md")
    assert said(links(origin, [(4, target)], lambda asked: asked == path)) == []
    assert said(links(origin, [(4, target)], lambda asked: asked != path)) == [
        ("rules/a.md", 4, "error", f"{target} leads to no file")
    ]


@pytest.mark.parametrize("target", ["https://example.org/b.md", "mailto:ilo@example.org", "//example.org", "#part", ""])
def test_links_to_elsewhere_are_let_be(target: str) -> None:
    assert said(links(document("a.md"), [(4, target)], lambda asked: False)) == []


def test_a_link_to_a_file_is_right() -> None:
    assert said(links(document("a.md"), [(4, "b.md")], lambda asked: True)) == []
