from __future__ import annotations

import json
from collections.abc import Iterator
from io import BytesIO
from pathlib import Path
from typing import Any

import pytest
from fastapi.testclient import TestClient
from PIL import Image

from assistant.api import create_app
from assistant.settings import AssistantSettings
from ingest.settings import IndexSettings
from tests.assistant.conftest import STAFF_KEY, opened
from tests.conftest import Sync, Write, document
from tests.fakes import HashingEmbedder
from tests.ingest.load.drawn import lines, pdf

STAFF = {"Authorization": f"Bearer {STAFF_KEY}"}


@pytest.fixture
def served(
    corpus: Path, write: Write, run_sync: Sync, settings: IndexSettings, embedder: HashingEmbedder
) -> Iterator[TestClient]:
    """Two PDFs, one of them for staff; a rule of two versions that superseded another."""
    for name, audience in (("guide", "public"), ("secret", "staff")):
        pdf(corpus / f"{name}.pdf", lines("The fee is 100 euro.", "It is due in March."))
        write(f"{name}.pdf.yaml", f"title: {name}\naudience: {audience}\n")
    write("old.md", document("# Old rule\n\nThe limit is 100 euro.", effective_until="2019-12-31"))
    write("rule.md", document("# Rule\n\nThe limit is 200 euro.", supersedes="old", effective_from="2020-01-01"))
    write("tariff.md", document("# Tariff\n\nAn hour of beam costs 450 euro.", effective_from="2015-01-01"))
    hidden = {"audience": "staff", "supersedes": "tariff", "effective_from": "2024-05-07"}
    write("margins.md", document("# Margins\n\nAn hour of beam costs 470 euro.", **hidden))
    run_sync()
    write("rule.md", document("# Rule\n\nThe limit is 300 euro.", supersedes="old", effective_from="2020-01-01"))
    run_sync()
    keys = AssistantSettings.model_validate({"staff_keys": STAFF_KEY})
    with TestClient(create_app(lambda: opened(settings, embedder), keys)) as client:
        yield client


def get(client: TestClient, path: str, **params: str | int) -> Any:
    response = client.get(path, params=params)
    assert response.status_code == 200, response.text
    return response.json()


def test_a_page_of_a_pdf_comes_as_a_picture_with_the_quotation_marked(served: TestClient) -> None:
    text = get(served, "/documents/guide/pages/1")["text"]
    start = text.index("100 euro")
    response = served.get("/documents/guide/pages/1/image", params={"start": start, "end": start + 8, "width": 500})
    picture = Image.open(BytesIO(response.content)).convert("RGB")
    ((left, top, right, bottom),) = json.loads(response.headers["x-marks"])
    marked = picture.getpixel((round((left + right) / 2 * 500), round((top + bottom) / 2 * picture.height)))
    assert (response.headers["content-type"], picture.width) == ("image/png", 500)
    assert isinstance(marked, tuple)
    assert marked[2] < marked[0]


@pytest.mark.parametrize("path", ["/documents/secret", "/documents/nothing", "/documents/rule"])
def test_what_is_hidden_missing_or_no_pdf_has_no_picture(served: TestClient, path: str) -> None:
    response = served.get(f"{path}/pages/1/image")
    assert (response.status_code, response.json()) == (404, served.get("/documents/nothing").json())


def test_staff_see_the_pictures_of_staff_documents(served: TestClient) -> None:
    assert served.get("/documents/secret/pages/1/image", headers=STAFF).status_code == 200


def test_a_page_says_what_each_stretch_of_its_text_is(served: TestClient) -> None:
    page = get(served, "/documents/rule/pages/1")
    said = [(block["kind"], page["text"][block["start"] : block["end"]]) for block in page["blocks"]]
    assert said == [("heading", "Rule"), ("paragraph", "The limit is 300 euro.")]


def test_a_document_knows_what_it_followed_and_when_each_version_is_in_force(served: TestClient) -> None:
    succession = get(served, "/documents/rule")["succession"]
    told = [(one["document"], one["from"], one["until"], one["today"]) for one in succession]
    assert told == [
        ("old", None, "2019-12-31", False),
        ("rule", "2020-01-01", "2019-12-31", False),
        ("rule", "2020-01-01", None, True),
    ]
    assert get(served, "/documents/old")["succession"] == succession


def test_a_rule_that_a_hidden_one_replaced_is_over_and_nothing_tells_since_when_or_why(served: TestClient) -> None:
    asked = {"question": "What does an hour of beam cost?"}
    answer = served.post("/chat", json=asked).json()
    about, page = get(served, "/documents/tariff"), get(served, "/documents/tariff/pages/1")
    told = json.dumps([answer, about, page, get(served, "/documents"), get(served, "/search", q="beam")])
    assert not [word for word in ("450 euro. [", "470", "margins", "Margins", "2024-05-0") if word in told]
    assert "tariff" not in {cited["document"] for cited in answer["citations"]}
    assert (
        about["in_force"]
        == page["in_force"]
        == {**about["in_force"], "from": "2015-01-01", "until": None, "today": False}
    )
    assert [one["document"] for one in about["succession"]] == ["tariff"]
    then = served.post("/chat", json={**asked, "as_of": "2020-01-01"}).json()
    assert {cited["document"] for cited in then["citations"]} == {"tariff"}
    seen = served.get("/documents/tariff", headers=STAFF).json()
    assert (seen["in_force"]["until"], len(seen["succession"])) == ("2024-05-06", 2)


def test_the_difference_between_two_versions_is_what_changed(served: TestClient) -> None:
    old, first, last = (one["version"] for one in get(served, "/documents/rule")["succession"])
    changes = get(served, "/documents/rule/difference", old=first, new=last)["stretches"]
    assert [one["text"] for one in changes if one["change"] != "same"] == ["200", "300"]
    assert get(served, "/documents/rule/difference", old=old, new=last)["stretches"]


def test_versions_that_do_not_belong_together_or_are_hidden_are_not_compared(served: TestClient) -> None:
    hidden = served.get("/documents/secret", headers=STAFF).json()["version"]
    (_, first, _) = (one["version"] for one in get(served, "/documents/rule")["succession"])
    for new in (hidden, "nothing", get(served, "/documents/guide")["version"]):
        response = served.get("/documents/rule/difference", params={"old": first, "new": new})
        assert (response.status_code, response.json()) == (404, served.get("/documents/nothing").json())
