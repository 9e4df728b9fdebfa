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
from pydantic_core import ErrorDetails

from ingest.errors import FieldError
from ingest.iso639 import LANGUAGES
from ingest.types import Audience, ContactFields, Fields, InfrastructureFields, Kind, Source

AnyLoader = yaml.BaseLoader | yaml.CBaseLoader


@dataclass(frozen=True, slots=True)
class Entry:
    """A field as written: its raw value (strings, lists and mappings of strings), and where it stands."""

    value: Any
    path: str
    line: int


@dataclass(frozen=True, slots=True)
class Layer:
    """The fields that one place gives, and what is wrong with how they are written."""

    entries: Mapping[str, Entry]
    errors: tuple[FieldError, ...] = ()
    line: int = 1


@dataclass(frozen=True, slots=True)
class Examined:
    """The fields of a document without the wrong ones, where each stands, and every error."""

    fields: Fields
    entries: Mapping[str, Entry]
    errors: tuple[FieldError, ...]


def read_layer(text: str, path: str, first_line: int = 1) -> Layer:
    """The fields of a YAML mapping whose first line is line `first_line` of the file.

    Scalars stay strings, so that `language: no` is Norwegian and `id: 007` keeps its zeros.
    """
    try:
        node = _composed(text, path, first_line, yaml.BaseLoader)
        return _layer_of(_mapping(node, path, first_line), path, first_line) if node is not None else Layer({})
    except FieldError as error:
        return Layer({}, (error,))


def read_layers(text: str, path: str) -> list[Layer]:
    """The mappings of a YAML list, each as a layer.

    Raises:
        FieldError: not YAML, or not a list of mappings.
    """
    node = _composed(text, path, 1, yaml.CBaseLoader)  # lists are long, and Python's own loader is slow
    if node is None:
        return []
    if not isinstance(node, yaml.SequenceNode):
        raise FieldError(path, 1, "(yaml)", "a list of `- field: value` entries is expected")
    return [_layer_of(_mapping(item, path, 1), path, 1) for item in node.value]


def _mapping(node: yaml.Node, path: str, first_line: int) -> yaml.MappingNode:
    if not isinstance(node, yaml.MappingNode):
        raise FieldError(path, first_line + node.start_mark.line, "(yaml)", "`field: value` lines are expected")
    return node


def _composed(text: str, path: str, first_line: int, loader: type[AnyLoader]) -> yaml.Node | None:
    try:
        node: yaml.Node | None = yaml.compose(text, Loader=loader)
    except yaml.MarkedYAMLError as error:
        mark = error.problem_mark
        raise FieldError(path, first_line + (mark.line if mark else 0), "(yaml)", str(error.problem)) from error
    except yaml.YAMLError as error:
        raise FieldError(path, first_line, "(yaml)", " ".join(str(error).split())) from error
    return node


def _layer_of(node: yaml.MappingNode, path: str, first_line: int) -> Layer:
    """The entries of a mapping; of a field that is given twice, the first."""
    entries: dict[str, Entry] = {}
    errors: list[FieldError] = []
    constructor = yaml.BaseLoader("")
    for key, value in node.value:
        name, line = str(key.value), first_line + key.start_mark.line
        if name in entries:
            errors.append(FieldError(path, line, name, "is given twice"))
        else:
            entries[name] = Entry(constructor.construct_object(value, deep=True), path, line)
    return Layer(entries, tuple(errors), first_line + node.start_mark.line)


def _one_line(text: str) -> str:
    return " ".join(text.split())


def _listed(value: object) -> object:
    """A single value counts as a list of one."""
    return [value] if isinstance(value, str) and value else value or ()


def _nothing_if_empty(value: object) -> object:
    return None if value == "" else value


def _known_language(code: str) -> str:
    if code not in LANGUAGES:
        raise ValueError(f"{code!r} is not an ISO 639-1 code such as en, nl or de")
    return code


def _iso_day(value: object) -> object:
    if isinstance(value, str) and not re.fullmatch(r"\d{4}-\d{2}-\d{2}", value):
        raise ValueError(f"{value!r} is not a date of the form YYYY-MM-DD")
    return value


Text = Annotated[str, AfterValidator(_one_line)]
Slug = Annotated[str, StringConstraints(pattern=r"^[a-z0-9]+([-_.][a-z0-9]+)*$")]
Language = Annotated[str, AfterValidator(_known_language)]
Day = Annotated[date, BeforeValidator(_iso_day)]
Names = Annotated[tuple[Text, ...], BeforeValidator(_listed)]


class Model(BaseModel):
    """Values of fields, none unknown."""

    model_config = ConfigDict(extra="forbid", frozen=True)


M = TypeVar("M", bound=Model)


class _SourceModel(Model):
    key: Text
    title: Text
    organisation: Text = ""
    url: Text = ""
    language: Text = ""
    date: Text = ""


class _FieldsModel(Model):
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


class _ContactModel(Model):
    role: Text = ""
    office: Text = ""
    url: Text = ""
    email: Text = ""
    country: Names = ()
    organisations: Names = ()
    topics: Names = ()


class _InfrastructureModel(Model):
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


def field_names(kind: str = "") -> tuple[str, ...]:
    """The fields that a document of a kind may give."""
    further = _FURTHER.get(kind)
    return (*_FieldsModel.model_fields, *(further.model_fields if further else ()))


def fields_of(*layers: Layer) -> Fields:
    """The typed fields of a document; of two layers that name a field, the later one counts.

    Raises:
        FieldError: the first of what `examine` finds.
    """
    examined = examine(*layers)
    if examined.errors:
        raise examined.errors[0]
    return examined.fields


def examine(*layers: Layer) -> Examined:
    """The fields of a document, with every error: unknown fields, malformed values, an end before its beginning."""
    errors = [error for layer in layers for error in layer.errors]
    entries: dict[str, Entry] = {}
    for layer in layers:
        entries.update(layer.entries)
    kind = entries["kind"].value if "kind" in entries else ""
    further = _FURTHER.get(kind) if isinstance(kind, str) else None
    own = {name: entry for name, entry in entries.items() if further and name in further.model_fields}
    common, wrong = validated(_FieldsModel, {name: entry for name, entry in entries.items() if name not in own})
    errors.extend(wrong)
    if common.effective_from and common.effective_until and common.effective_until < common.effective_from:
        entry = entries["effective_until"]
        errors.append(FieldError(entry.path, entry.line, "effective_until", "lies before effective_from"))
    details = None
    if further is not None:
        details, wrong = validated(further, own)
        errors.extend(wrong)
    return Examined(_fields(common, details), entries, tuple(errors))


def _fields(common: _FieldsModel, details: Model | None) -> Fields:
    return Fields(
        **{name: getattr(common, name) for name in _FieldsModel.model_fields if name != "sources"},
        sources=tuple(Source(**source.model_dump()) for source in common.sources or ()),
        contact=ContactFields(**details.model_dump()) if isinstance(details, _ContactModel) else None,
        infrastructure=(
            InfrastructureFields(**details.model_dump()) if isinstance(details, _InfrastructureModel) else None
        ),
    )


def validated(model: type[M], entries: Mapping[str, Entry]) -> tuple[M, list[FieldError]]:
    """The model that the right ones of the fields make, and an error for each wrong one."""
    try:
        return model.model_validate({name: entry.value for name, entry in entries.items()}), []
    except ValidationError as error:
        errors = [_field_error(found, entries, model) for found in error.errors()]
    wrong = {error.name.partition(".")[0] for error in errors}
    right = {name: entry for name, entry in entries.items() if name not in wrong}
    return model.model_validate({name: entry.value for name, entry in right.items()}), errors


def _field_error(found: ErrorDetails, entries: Mapping[str, Entry], model: type[Model]) -> FieldError:
    name = str(found["loc"][0])
    problem = (
        _unknown(name, model) if found["type"] == "extra_forbidden" else found["msg"].removeprefix("Value error, ")
    )
    where = ".".join(str(part) for part in found["loc"] if part != "[key]")
    return FieldError(entries[name].path, entries[name].line, where, problem)


def _unknown(name: str, model: type[Model]) -> str:
    known = ", ".join(field.alias or each for each, field in model.model_fields.items())
    return f"is not a field of this kind of document ({known})"


def id_from_path(path: PurePosixPath) -> str:
    """A slug made from a document's path below the corpus folder, without its extension."""
    plain = unicodedata.normalize("NFKD", str(path.with_suffix(""))).encode("ascii", "ignore").decode()
    return re.sub(r"[^a-z0-9]+", "-", plain.lower()).strip("-") or f"document-{path.name.encode().hex()}"
