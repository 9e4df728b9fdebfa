from __future__ import annotations

from assistant.answer import Assistant
from assistant.names import finder, organisations
from ingest.types import Audience


def test_the_organisations_of_the_documents_are_known(assistant: Assistant) -> None:
    with assistant.index.reader() as index:
        assert organisations(index.timeline, Audience.PUBLIC) == {"CERN"}
        known = finder(index.timeline, Audience.PUBLIC)
    assert known is not None
    assert known.findall("Does CERN work with CERNER?") == ["CERN"]
