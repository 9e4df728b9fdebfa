"""Front matter, sidecars and folder defaults: from YAML to typed fields, every error with file, line and field."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from pathlib import PurePosixPath
from typing import Annotated, Any, TypeVar

import yaml
from pydantic import AfterValidator, BaseModel, BeforeValidator, ConfigDict, StringConstraints, ValidationError

from ingest.errors import FieldError
from ingest.types import Audience, ContactFields, Fields, InfrastructureFields, Kind, Source


@dataclass(frozen=True, slots=True)
class Entry:
    """A field as written: its raw value (strings, lists and mappings of strings), and where it stands."""

    value: Any
    path: str
    line: int


def read_entries(text: str, path: str, first_line: int = 1) -> Mapping[str, Entry]:
    """The fields of a YAML mapping whose first line is line `first_line` of the file.

    Scalars stay strings, so that `language: no` is Norwegian and `id: 007` keeps its zeros.

    Raises:
        FieldError: not YAML, not a mapping, or a field given twice.
    """
    try:
        node = yaml.compose(text, Loader=yaml.BaseLoader)
    except yaml.MarkedYAMLError as error:
        mark = error.problem_mark
        raise FieldError(path, first_line + (mark.line if mark else 0), "(yaml)", str(error.problem)) from error
    if node is None:
        return {}
    if not isinstance(node, yaml.MappingNode):
        raise FieldError(path, first_line, "(yaml)", "a list of `field: value` lines is expected")
    return _entries_of(node, path, first_line)


def _entries_of(node: yaml.MappingNode, path: str, first_line: int) -> Mapping[str, Entry]:
    entries: dict[str, Entry] = {}
    constructor = yaml.BaseLoader("")
    for key, value in node.value:
        name, line = str(key.value), first_line + key.start_mark.line
        if name in entries:
            raise FieldError(path, line, name, "is given twice")
        entries[name] = Entry(constructor.construct_object(value, deep=True), path, line)
    return entries


def _one_line(text: str) -> str:
    return " ".join(text.split())


def _listed(value: object) -> object:
    """A single value counts as a list of one."""
    return [value] if isinstance(value, str) and value else value or ()


def _nothing_if_empty(value: object) -> object:
    return None if value == "" else value


def _iso_day(value: object) -> object:
    if isinstance(value, str) and not re.fullmatch(r"\d{4}-\d{2}-\d{2}", value):
        raise ValueError(f"{value!r} is not a date of the form YYYY-MM-DD")
    return value


Text = Annotated[str, AfterValidator(_one_line)]
Slug = Annotated[str, StringConstraints(pattern=r"^[a-z0-9]+([-_.][a-z0-9]+)*$")]
Language = Annotated[str, StringConstraints(pattern=r"^[a-z]{2}$")]
Day = Annotated[date, BeforeValidator(_iso_day)]
Names = Annotated[tuple[Text, ...], BeforeValidator(_listed)]


class _Model(BaseModel):
    model_config = ConfigDict(extra="forbid", frozen=True)


M = TypeVar("M", bound=_Model)


class _SourceModel(_Model):
    key: Text
    title: Text
    organisation: Text = ""
    url: Text = ""
    language: Text = ""
    date: Text = ""


class _FieldsModel(_Model):
    id: Annotated[Slug | None, BeforeValidator(_nothing_if_empty)] = None
    title: Text = ""
    organisation: Text = ""
    kind: Annotated[Kind | None, BeforeValidator(_nothing_if_empty)] = None
    language: Annotated[Language | None, BeforeValidator(_nothing_if_empty)] = None
    audience: Annotated[Audience | None, BeforeValidator(_nothing_if_empty)] = None
    published: Annotated[Day | None, BeforeValidator(_nothing_if_empty)] = None
    effective_from: Annotated[Day | None, BeforeValidator(_nothing_if_empty)] = None
    effective_until: Annotated[Day | None, BeforeValidator(_nothing_if_empty)] = None
    supersedes: Annotated[Slug | None, BeforeValidator(_nothing_if_empty)] = None
    source_url: Text = ""
    sources: Annotated[tuple[_SourceModel, ...], BeforeValidator(_nothing_if_empty)] | None = ()


class _ContactModel(_Model):
    role: Text = ""
    office: Text = ""
    url: Text = ""
    email: Text = ""
    country: Names = ()
    organisations: Names = ()
    topics: Names = ()


class _InfrastructureModel(_Model):
    country: Names = ()
    region: Names = ()
    fields: Names = ()
    services: Names = ()
    access: Names = ()
    contact: Names = ()


_FURTHER: Mapping[str, type[_ContactModel | _InfrastructureModel]] = {
    Kind.CONTACT: _ContactModel,
    Kind.INFRASTRUCTURE: _InfrastructureModel,
}


def fields_of(*layers: Mapping[str, Entry]) -> Fields:
    """The typed fields of a document; of two layers that name a field, the later one counts.

    Raises:
        FieldError: an unknown field, a malformed value, or an end before its beginning.
    """
    entries: dict[str, Entry] = {}
    for layer in layers:
        entries.update(layer)
    kind = entries["kind"].value if "kind" in entries else ""
    further = _FURTHER.get(kind)
    own = {name: entry for name, entry in entries.items() if further and name in further.model_fields}
    common = _validated(_FieldsModel, {name: entry for name, entry in entries.items() if name not in own})
    if common.effective_from and common.effective_until and common.effective_until < common.effective_from:
        entry = entries["effective_until"]
        raise FieldError(entry.path, entry.line, "effective_until", "lies before effective_from")
    details = _validated(further, own) if further else None
    return Fields(
        **{name: getattr(common, name) for name in _FieldsModel.model_fields if name != "sources"},
        sources=tuple(Source(**source.model_dump()) for source in common.sources or ()),
        contact=ContactFields(**details.model_dump()) if isinstance(details, _ContactModel) else None,
        infrastructure=(
            InfrastructureFields(**details.model_dump()) if isinstance(details, _InfrastructureModel) else None
        ),
    )


def _validated(model: type[M], entries: Mapping[str, Entry]) -> M:
    try:
        return model.model_validate({name: entry.value for name, entry in entries.items()})
    except ValidationError as error:
        first = error.errors()[0]
        name = str(first["loc"][0])
        problem = _unknown(name, model) if first["type"] == "extra_forbidden" else first["msg"]
        where = ".".join(str(part) for part in first["loc"])
        raise FieldError(entries[name].path, entries[name].line, where, problem) from error


def _unknown(name: str, model: type[_Model]) -> str:
    known = ", ".join(model.model_fields)
    return f"is not a field of this kind of document ({known})"


def id_from_path(path: PurePosixPath) -> str:
    """A slug made from a document's path below the corpus folder, without its extension."""
    plain = unicodedata.normalize("NFKD", str(path.with_suffix(""))).encode("ascii", "ignore").decode()
    return re.sub(r"[^a-z0-9]+", "-", plain.lower()).strip("-") or f"document-{path.name.encode().hex()}"
