from __future__ import annotations

import pytest

from assistant.directory import contacts, infrastructures, says
from ingest.types import Audience, ContactFields, InfrastructureFields, Kind, Version


def record(document: str, **fields: object) -> Version:
    kind = Kind.CONTACT if "contact" in fields else Kind.INFRASTRUCTURE
    return Version(document, document, f"{document}.md", document, kind, "en", Audience.PUBLIC, 1, **fields)  # type: ignore[arg-type]


RECORDS = [
    record("cern", organisation="CERN", contact=ContactFields(country=("CH", "FR"))),
    record("ilo", organisation="Agoria", contact=ContactFields(country=("BE",), organisations=("ITER", "CERN"))),
    record(
        "esrf",
        infrastructure=InfrastructureFields(
            country=("FR",), fields=("synchrotron light",), services=("beam time", "licences")
        ),
    ),
    record("flanders-make", infrastructure=InfrastructureFields(country=("BE",), fields=("manufacturing",))),
    record("rule"),
]


def found(versions: list[Version]) -> list[str]:
    return [version.document for version in versions]


def test_without_filters_each_directory_holds_its_own_records() -> None:
    assert found(contacts(RECORDS)) == ["cern", "ilo"]
    assert found(infrastructures(RECORDS)) == ["esrf", "flanders-make"]


def test_a_contact_is_found_by_its_own_organisation_and_those_it_is_the_way_to() -> None:
    assert found(contacts(RECORDS, organisation="cern")) == ["cern", "ilo"]
    assert found(contacts(RECORDS, organisation="CERN", country="be")) == ["ilo"]
    assert found(contacts(RECORDS, organisation="ESO")) == []


def test_an_infrastructure_is_found_by_country_field_and_service() -> None:
    assert found(infrastructures(RECORDS, country="fr")) == ["esrf"]
    assert found(infrastructures(RECORDS, field="Synchrotron")) == ["esrf"]
    assert found(infrastructures(RECORDS, service="licences", country="FR")) == ["esrf"]
    assert found(infrastructures(RECORDS, service="licences", country="BE")) == []


@pytest.mark.parametrize(
    ("wanted", "value", "held"),
    [
        ("", "anything", True),
        ("time beam", "beam time", True),
        ("beam-time", "beam time", True),
        ("foundation", "Fondation Étienne", False),
        ("fondation etienne", "Fondation Étienne", True),
        ("art", "starting grants", False),
        ("beam licences", "beam time", False),
    ],
)
def test_a_value_holds_a_filter_if_it_holds_all_its_words(wanted: str, value: str, held: bool) -> None:
    assert says(wanted, [value]) is held


def test_the_words_of_a_filter_stand_in_one_value() -> None:
    assert not says("beam licences", ["beam time", "licences"])
    assert not says("beam", [])
