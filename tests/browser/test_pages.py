"""Library, documents, directory and contacts; languages and widths."""

from __future__ import annotations

import json

import pytest
from playwright.sync_api import Page, expect

from tests.browser.conftest import Visit, shoot, use_key
from tests.conftest import ROOT

STRINGS = ROOT / "assistant" / "web" / "strings"
LANGUAGES = ["en", "nl", "de", "fr", "it"]


def titles(page: Page) -> list[str]:
    return page.locator(".documents a").all_inner_texts()


def test_the_library_is_filtered_by_kind_organisation_language_and_words(visit: Visit) -> None:
    page = visit("/#/library")
    everything = len(titles(page))
    page.get_by_label("Kind").select_option("policy")
    page.get_by_label("Organisation").select_option("CERN")
    assert 0 < len(titles(page)) < everything
    page.get_by_label("Words of the title").fill("hardware licence")
    assert titles(page) == ["CERN Open Hardware Licence (CERN OHL)"]
    page.get_by_label("Words of the title").fill("")
    page.get_by_label("Organisation").select_option("")
    page.locator(".filters").get_by_label("Language").select_option("nl")
    assert "Europese definitie van kmo's en mkb-bedrijven" in titles(page)
    page.reload()
    expect(page.locator(".filters").get_by_label("Language")).to_have_value("nl")


def test_the_library_shows_what_was_in_force_on_a_day(visit: Visit) -> None:
    page = visit("/#/library")
    earlier = "CERN technology transfer policy of March 1999 (earlier policy)"
    assert earlier not in titles(page)
    page.get_by_label("In force on").fill("2005-01-01")
    expect(page.get_by_role("link", name=earlier)).to_be_visible()


def test_the_library_shows_staff_documents_to_staff_alone(visit: Visit) -> None:
    page = visit("/#/library")
    assert "Mittelbach margin" not in titles(page)
    use_key(page)
    expect(page.get_by_role("link", name="Mittelbach margin")).to_be_visible()


def test_a_document_shows_its_pages_one_after_the_other(visit: Visit) -> None:
    page = visit("/#/documents/cern-supplier-handbook")
    expect(page.locator(".reading img")).to_be_visible()
    with page.expect_response(lambda response: "/pages/2/image" in response.url) as second:
        page.locator(".pages select").select_option("2")
    assert second.value.ok
    expect(page.locator(".reading img")).to_have_attribute(
        "alt", "Page 2 of " + page.locator("h1").inner_text() + ". The text stands below."
    )


def test_a_document_shows_its_versions_and_what_changed_between_them(visit: Visit) -> None:
    page = visit("/#/documents/fees")
    expect(page.locator(".versions li")).to_have_count(2)
    page.get_by_role("button", name="Compare").click()
    expect(page.locator(".compared del")).to_have_text("100")
    expect(page.locator(".compared ins")).to_have_text("120")
    shoot(page, "document-difference")
    page.locator(".versions li a").first.click()
    expect(page.locator(".reading")).to_contain_text("100 euro")


def test_a_rule_is_compared_with_the_one_it_replaced(visit: Visit) -> None:
    page = visit("/#/documents/cern-intellectual-property-policy-2010")
    expect(page.locator(".versions li").first).to_contain_text("until 28 February 2010, no longer")
    page.get_by_role("button", name="Compare").click()
    expect(page.locator(".compared del").first).to_be_visible()


def test_a_rule_that_a_hidden_one_replaced_is_said_to_be_over_and_no_more(visit: Visit) -> None:
    page = visit("/#/documents/tariff")
    expect(page.locator("main")).to_contain_text("no longer in force")
    expect(page.locator("main")).not_to_contain_text("2024")
    expect(page.locator(".versions")).to_have_count(0)


def test_the_directory_is_filtered_by_country_field_and_service(visit: Visit) -> None:
    page = visit("/#/directory")
    page.get_by_label("Country").select_option(label="France")
    page.get_by_label("Service").select_option("beam time")
    expect(page.locator(".card h2").first).to_have_text("ESRF, the European Synchrotron")
    page.locator(".card summary").first.click()
    expect(page.locator(".card .card").first).to_be_visible()


def test_contacts_are_found_by_organisation_and_country(visit: Visit) -> None:
    page = visit("/#/contacts")
    page.get_by_label("Country").select_option(label="Belgium")
    page.get_by_label("Organisation").select_option("ITER")
    expect(page.locator(".card h2")).to_contain_text(["Belgische ITER-coördinatiecel"])


def test_an_address_that_leads_nowhere_says_so(visit: Visit) -> None:
    for path in ("/#/nowhere", "/#/documents/nothing", "/#/documents/internal"):
        expect(visit(path).locator("h1")).to_have_text("There is no such page")


def test_every_text_of_the_interface_is_there_in_every_language() -> None:
    tables = {code: json.loads((STRINGS / f"{code}.json").read_text(encoding="utf-8")) for code in LANGUAGES}
    for code, table in tables.items():
        assert table.keys() == tables["en"].keys(), code
        assert all(text.strip() for text in table.values()), code
        for key, text in table.items():
            known = {"title", "organisation"} if key.startswith("example.") else set(names(tables["en"][key]))
            assert set(names(text)) <= known, f"{code}: {key}"
            assert names(text) or not known, f"{code}: {key}"


def names(text: str) -> list[str]:
    return [part.split("}")[0] for part in text.split("{")[1:]]


@pytest.mark.parametrize("language", LANGUAGES)
def test_the_browsers_language_is_the_interfaces_and_another_can_be_chosen(visit: Visit, language: str) -> None:
    page = visit(locale=f"{language}-XX" if language == "en" else language)
    table = json.loads((STRINGS / f"{language}.json").read_text(encoding="utf-8"))
    expect(page.locator("h1")).to_have_text(table["greeting"])
    expect(page.locator("html")).to_have_attribute("lang", language)
    other = "nl" if language != "nl" else "it"
    page.locator("#header select").select_option(other)
    expect(page.locator("html")).to_have_attribute("lang", other)
    page.reload()
    expect(page.locator("html")).to_have_attribute("lang", other)


@pytest.mark.parametrize("language", LANGUAGES)
def test_nothing_is_wider_than_the_screen(visit: Visit, language: str) -> None:
    page = visit(locale=language)
    for path in ("/", "/#/library", "/#/directory", "/#/contacts", "/#/documents/cern-supplier-handbook"):
        page.goto(path)
        name = path.strip("/#").replace("/", "-") or "ask"
        page.locator(f"body[data-page={name.split('-')[0]}]").wait_for()
        for width in (400, 768, 1440):
            page.set_viewport_size({"width": width, "height": 900})
            assert page.evaluate("document.documentElement.scrollWidth") <= width, (path, width)
            shoot(page, f"page-{name}-{language}-{width}")
