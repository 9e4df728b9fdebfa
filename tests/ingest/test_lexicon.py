"""The lexicon: its files, how a text is read with it, and the gloss."""

from __future__ import annotations

from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ingest.errors import LexiconError
from ingest.lexicon.compiled import open_compiled
from ingest.lexicon.found import How
from ingest.lexicon.gloss import gloss
from ingest.lexicon.keys import key_of
from ingest.lexicon.lexicon import Lexicon, open_lexicon
from ingest.lexicon.reading import read
from ingest.lexicon.sense import Sense, read_lists, read_table

HEAD = "en\tpos\tnl\tde\tfr\tit"
TENDER = "tender\tn\tofferte|inschrijving\tAngebot\toffre\tofferta"


@pytest.mark.parametrize(
    ("lines", "line", "problem"),
    [
        (["en\tnl"], 1, "columns"),
        ([HEAD, "tender\tn\tofferte"], 2, "3 columns"),
        ([HEAD, TENDER.replace("\tn\t", "\tnoun\t")], 2, "part of speech"),
        ([HEAD, TENDER, TENDER], 3, "line 2"),
        ([HEAD, TENDER.replace("Angebot", "")], 2, "de: an empty term"),
        ([HEAD, TENDER.replace("offerte|inschrijving", "offerte|offerte")], 2, "nl: a term stands twice"),
        ([HEAD, TENDER.replace("Angebot", "a|b|c|d|e|f|g")], 2, "de: 7 terms"),
    ],
)
def test_a_malformed_line_of_the_table_is_named(lines: list[str], line: int, problem: str) -> None:
    with pytest.raises(LexiconError, match=problem) as raised:
        read_table("\n".join(lines), "lexicon.tsv")
    assert raised.value.line == line


def test_a_list_is_turned_round_with_the_best_term_first(tmp_path: Path) -> None:
    path = tmp_path / "de-en.mine.tsv"
    path.write_text("# remark\nMagnet\tmagnet\nDauermagnet\tpermanent magnet|magnet\n", encoding="utf-8")
    senses = {sense.terms["en"]: sense for sense in read_lists([path])}
    assert senses["magnet",].terms["de"] == ("Magnet", "Dauermagnet")
    assert list(senses["magnet",].ranked("de")) == [(0, "Magnet"), (1, "Dauermagnet")]


@pytest.mark.parametrize(
    "line",
    [
        b"only one column",
        b"Dipol\tdipole|",
        b"\tdipole",
        b"Dipol\tdipole\tn",
        b"Dipol|Zweipol\tdipole",
        "K\u00fche\tkitchen".encode("latin-1"),
    ],
)
def test_a_malformed_line_of_a_list_is_named(line: bytes, tmp_path: Path) -> None:
    (tmp_path / "de-en.mine.tsv").write_bytes(b"# remark\nMagnet\tmagnet\n" + line + b"\n")
    with pytest.raises(LexiconError, match=r"de-en\.mine\.tsv:3"):
        open_lexicon(tmp_path / "cache", tmp_path)


def test_a_list_may_come_from_another_system(tmp_path: Path) -> None:
    path = tmp_path / "de-en.mine.tsv"
    path.write_bytes(b"\xef\xbb\xbfMagnet \tmagnet | solenoid\r\n")
    assert {sense.terms["en"][0]: sense.terms["de"] for sense in read_lists([path])} == {
        "magnet": ("Magnet",),
        "solenoid": ("Magnet",),
    }


def test_a_folder_without_lists_is_refused(tmp_path: Path) -> None:
    with pytest.raises(LexiconError, match=r"LL-en\.NAME\.tsv"):
        open_lexicon(tmp_path / "cache", tmp_path)


def test_a_further_list_adds_words_and_makes_another_version(tmp_path: Path, lexicon: Lexicon) -> None:
    (tmp_path / "de-en.mine.tsv").write_text("Quirlzapfen\tspurtle\n", encoding="utf-8")
    extended = open_lexicon(tmp_path / "cache", tmp_path)
    assert gloss("Quirlzapfen", "de", lexicon) == "Quirlzapfen"
    assert gloss("Quirlzapfen", "de", extended) == "spurtle"
    assert extended.version != lexicon.version


def test_what_is_compiled_is_made_once(tmp_path: Path) -> None:
    first = open_compiled(tmp_path, None)
    made = {path: path.stat().st_mtime_ns for path in tmp_path.rglob("*")}
    assert open_compiled(tmp_path, None).version == first.version
    assert {path: path.stat().st_mtime_ns for path in tmp_path.rglob("*")} == made


@pytest.mark.parametrize(
    ("key", "language", "english", "how"),
    [
        ("magneet", "nl", "magnet", How.EXACT),
        ("Magneten", "de", "magnet", How.LEMMA),
        ("thresholds", "en", "threshold", How.LEMMA),
        ("PMI", "it", "SME", How.EXACT),
    ],
)
def test_a_word_is_found_as_it_stands_or_by_its_lemma(
    key: str, language: str, english: str, how: How, lexicon: Lexicon
) -> None:
    best = lexicon.find(key_of(key), language)[0]
    assert (best.sense.terms["en"][0], best.how) == (english, how)


def test_an_abbreviation_means_what_it_means_in_capitals(lexicon: Lexicon) -> None:
    assert {found.sense.terms["en"][0] for found in lexicon.find(key_of("IT"), "en")} == {"IT"}
    assert all(found.sense.terms["en"][0] != "IT" for found in lexicon.find(key_of("it"), "en"))


def test_an_abbreviation_is_no_word_that_only_has_the_same_stem(lexicon: Lexicon) -> None:
    assert not lexicon.find_word(key_of("CIR"), "fr")  # "cirer" is to wax
    assert lexicon.find_word(key_of("ANGEBOT"), "de")  # a word of a heading


@pytest.mark.parametrize(
    ("text", "language", "english"),
    [
        ("hoewel", "nl", "although"),
        ("trotz", "de", "despite"),
        ("malgré", "fr", "despite"),
        ("durante", "it", "during"),
    ],
)
def test_small_words_that_say_something_are_told(text: str, language: str, english: str, lexicon: Lexicon) -> None:
    assert gloss(text, language, lexicon) == english


def test_forms_with_another_stem_are_known(lexicon: Lexicon) -> None:
    assert set(lexicon.stems("build", "en")) == {"build", "built"}
    assert "aident" in lexicon.stems("aider", "fr")


def test_a_glossary_goes_ahead(lexicon: Lexicon) -> None:
    led = lexicon.led_by([Sense({"en": ("liaison magnet",), "nl": ("magneet",)}, synonyms=True)])
    assert gloss("de magneten", "nl", led) == "liaison magnet"
    assert gloss("de magneten", "nl", lexicon) == "magnet"
    assert led.version != lexicon.version


@pytest.mark.parametrize(
    ("text", "language", "english"),
    [
        ("De drempel voor aanbestedingen", "nl", ["threshold", "tender"]),
        ("Die Forschungsinfrastruktur", "de", ["research infrastructure"]),
        ("appels d'offres", "fr", ["invitation to tender"]),
        ("la ricerca di mercato", "it", ["market research"]),
    ],
)
def test_a_gloss_says_in_english_what_a_text_says(
    text: str, language: str, english: list[str], lexicon: Lexicon
) -> None:
    glossed = gloss(text, language, lexicon)
    assert any(word in glossed for word in english), glossed


def test_compounds_are_read_by_their_parts(lexicon: Lexicon) -> None:
    (reading,) = read("Beschleunigermagnete", "de", lexicon)
    assert [part.text for part in reading.parts] == ["beschleuniger", "magnete"]
    (reading,) = read("versnellermagneten", "nl", lexicon)
    assert [part.text for part in reading.parts] == ["versneller", "magneten"]


def test_unknown_words_stay_as_they_are(lexicon: Lexicon) -> None:
    assert gloss("Zyxwv kostet Geld", "de", lexicon).startswith("Zyxwv ")


@given(st.text(max_size=200), st.sampled_from(["en", "nl", "de", "fr", "it", "und"]))
def test_any_text_can_be_read(text: str, language: str) -> None:
    readings = read(text, language, Lexicon())
    assert all(reading.text and not reading.known for reading in readings if not reading.parts)
