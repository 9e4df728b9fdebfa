"""The directories: contacts and infrastructures."""

from __future__ import annotations

from typing import Annotated, Any

from fastapi import APIRouter, Query

from assistant import directory
from assistant.api.access import TheLibrary
from assistant.schemas import ContactsBody, InfrastructuresBody
from assistant.wire import contact_as_json, infrastructure_as_json

routes = APIRouter()
AFilter = Annotated[str, Query(max_length=200, description="words that a record must hold; countries as two letters")]


@routes.get("/contacts", summary="Whom to ask, by organisation and country", response_model=ContactsBody)
def contacts(library: TheLibrary, organisation: AFilter = "", country: AFilter = "") -> dict[str, Any]:
    """The contact points that the reader may see; a filter finds what holds all its words."""
    found = directory.contacts(library.documents(), organisation=organisation, country=country)
    return {"contacts": [contact_as_json(version) for version in found]}


@routes.get(
    "/infrastructures", summary="Infrastructures by country, field and service", response_model=InfrastructuresBody
)
def infrastructures(
    library: TheLibrary, country: AFilter = "", field: AFilter = "", service: AFilter = ""
) -> dict[str, Any]:
    """The infrastructures that the reader may see, with their contacts; a filter finds what holds all its words."""
    visible = library.documents()
    found = directory.infrastructures(visible, country=country, field=field, service=service)
    points = {version.document: version for version in directory.contacts(visible)}
    return {"infrastructures": [infrastructure_as_json(version, points) for version in found]}
