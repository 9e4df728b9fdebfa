from __future__ import annotations

from datetime import date
from pathlib import PurePosixPath

import pytest

from ingest.errors import FieldError
from ingest.fences import split_front_matter
from ingest.frontmatter import examine, fields_of, id_from_path, read_layer
from ingest.types import Audience, Kind


def test_front_matter_is_what_stands_between_the_fences() -> None:
    assert split_front_matter("---\nid: a\n---\n# Title\n") == ("id: a\n", "# Title\n")


@pytest.mark.parametrize("text", ["# Title\n", "", "text\n---\nid: a\n---\n", "---\nid: a\n"])
def test_a_text_without_fences_at_its_start_has_no_front_matter(text: str) -> None:
    assert split_front_matter(text) == ("", text)


def test_three_hyphens_inside_a_value_do_not_end_the_front_matter() -> None:
    front, body = split_front_matter('---\nsource_url: "http://a.example/x---y"\n---\nbody')
    assert (front, body) == ('source_url: "http://a.example/x---y"\n', "body")


def test_fields_become_typed_values() -> None:
    text = "id: a\nkind: policy\naudience: public\neffective_from: 2018-08-01\nsources:\n  - {key: K1, title: Policy}\n"
    fields = fields_of(read_layer(text, "a.md"))
    assert (fields.id, fields.kind, fields.audience) == ("a", Kind.POLICY, Audience.PUBLIC)
    assert fields.effective_from == date(2018, 8, 1)
    assert fields.sources[0].key == "K1"


def test_norwegian_is_a_language_and_not_a_boolean() -> None:
    assert fields_of(read_layer("language: no", "a.md")).language == "no"


def test_a_later_layer_counts_over_an_earlier_one() -> None:
    defaults = read_layer("audience: public\nkind: policy", "_defaults.yaml")
    own = read_layer("audience: staff", "a.md")
    fields = fields_of(defaults, own)
    assert (fields.audience, fields.kind) == (Audience.STAFF, Kind.POLICY)


def test_contact_fields_are_known_to_contacts_alone() -> None:
    assert fields_of(read_layer("kind: contact\ncountry: BE", "a.md")).contact is not None
    with pytest.raises(FieldError, match=r"a\.md:2: country: is not a field of this kind of document"):
        fields_of(read_layer("kind: policy\ncountry: BE", "a.md"))


@pytest.mark.parametrize(
    ("text", "line", "name"),
    [
        ("id: a\nfoo: 1", 3, "foo"),
        ("effective_from: 2018", 2, "effective_from"),
        ("audience: all", 2, "audience"),
        ("title: x\nsources:\n  - {key: K1}", 3, "sources.0.title"),
        ("id: Not A Slug", 2, "id"),
        ("id: a\nid: b", 3, "id"),
        ("effective_from: 2018-01-01\neffective_until: 2017-01-01", 3, "effective_until"),
        ("language: xx", 2, "language"),
        ("title: a: b", 2, "(yaml)"),
        ("title: a\x07b", 2, "(yaml)"),
        ("- a", 2, "(yaml)"),
    ],
)
def test_an_error_names_file_line_and_field(text: str, line: int, name: str) -> None:
    with pytest.raises(FieldError) as caught:
        fields_of(read_layer(text, "a.md", first_line=2))
    assert (caught.value.path, caught.value.line, caught.value.name) == ("a.md", line, name)


def test_examining_finds_every_error_and_keeps_what_is_right() -> None:
    defaults = read_layer("audience: all", "_defaults.yaml")
    own = read_layer("id: a\nid: b\nfoo: 1\npublished: soon\ntitle: A", "a.md", first_line=2)
    examined = examine(defaults, own)
    assert {(error.path, error.line, error.name) for error in examined.errors} == {
        ("_defaults.yaml", 1, "audience"),
        ("a.md", 3, "id"),
        ("a.md", 4, "foo"),
        ("a.md", 5, "published"),
    }
    assert (examined.fields.id, examined.fields.title, examined.fields.audience) == ("a", "A", None)
    assert examined.entries["title"].line == 6


@pytest.mark.parametrize(
    ("path", "id_"),
    [("a.md", "a"), ("spin-offs/000_6é.txt", "spin-offs-000-6e"), ("A B/C.pdf", "a-b-c")],
)
def test_an_id_is_made_from_the_path(path: str, id_: str) -> None:
    assert id_from_path(PurePosixPath(path)) == id_
