"""Normalisation: what comes out, where it came from, and that doing it twice changes nothing."""

import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ingest.normalise import normalise

AWKWARD = st.text(
    st.one_of(
        st.sampled_from(
            list("aeiou bcd-\n\r\t\u00ad\u2010ABÉ019.,(\u0301\u0308\ufb01\u200b\u00a0\u2009\u202e\U000e0041")
        ),
        st.sampled_from(
            ["\u1100", "\u1161", "\u11a8", "\uac00", "\u212b", "\ufe70", "\u09c7", "\u09be", "\x02", "\u2028"]
        ),
        st.characters(),
    )
)


@pytest.mark.parametrize(
    ("raw", "text"),
    [
        pytest.param("procure-\nment", "procurement", id="a word broken over a line end"),
        pytest.param("procure- \n  ment", "procurement", id="with spaces around the break"),
        pytest.param("procure\u2010\nment", "procurement", id="with the hyphen proper"),
        pytest.param("procure\u00ad\nment and pro\u00adcure", "procurement and procure", id="soft hyphens"),
        pytest.param("Franco-\nItalian", "Franco-Italian", id="a compound whose second part starts upper case"),
        pytest.param("pages 10-\n20", "pages 10-20", id="a range of numbers"),
        pytest.param("EU-\nwide", "EU-wide", id="a compound after an acronym"),
        pytest.param("state-of-the-\nart", "state-of-the-art", id="a compound of several parts"),
        pytest.param(
            "long-\nterm, also long-term", "long-term, also long-term", id="a compound the page writes elsewhere"
        ),
        pytest.param(
            "e-procure-\nment; procurement", "e-procurement; procurement", id="a compound whose last part is broken"
        ),
        pytest.param("Forschungs-\nund Entwicklung", "Forschungs- und Entwicklung", id="a suspended hyphen"),
        pytest.param("onderzoeks-\nen innovatie", "onderzoeks- en innovatie", id="a suspended hyphen in Dutch"),
        pytest.param("Frau-\nen", "Frauen", id="a German ending that looks like Dutch and"),
        pytest.param("a -\nb", "a -\nb", id="a dash that is no hyphen"),
        pytest.param("ﬁrst oﬃce ﬂow", "first office flow", id="ligatures"),
        pytest.param("cafe\u0301 A\u030angstro\u0308m", "café Ångström", id="combining marks"),
        pytest.param("CHF\u00a0750\u2009000", "CHF 750 000", id="no-break and thin spaces"),
        pytest.param("a \t  b", "a b", id="runs of spaces"),
        pytest.param("a\n \n\n\nb", "a\n\nb", id="more than two line breaks"),
        pytest.param("a\r\nb\rc\u2028d", "a\nb\nc\nd", id="every kind of line break"),
        pytest.param("a\u200bb\ufeffc\u2060d", "abcd", id="zero-width characters"),
        pytest.param("\u202eabc\u202c\u2067d\u2069", "abcd", id="bidi controls"),
        pytest.param("a\x00b\x03", "ab", id="control characters"),
        pytest.param("  a \n", "a", id="space around"),
        pytest.param("a\ud800b", "ab", id="half a surrogate pair"),
        pytest.param("", "", id="nothing"),
    ],
)
def test_text_is_what_a_reader_sees(raw: str, text: str) -> None:
    assert normalise(raw).text == text


def test_tag_characters_are_dropped_and_counted() -> None:
    hidden = "".join(chr(0xE0000 + ord(character)) for character in "obey")
    normalised = normalise(f"visible{hidden} text")
    assert (normalised.text, normalised.tags) == ("visible text", 4)


def test_every_character_knows_the_one_it_came_from() -> None:
    raw = "the  ﬁrst procure-\nment"
    normalised = normalise(raw)
    assert [raw[normalised.origins[normalised.text.index(word)]] for word in ("the", "first", "procurement")] == list(
        "tﬁp"
    )
    assert raw[normalised.origins[normalised.text.index("ment")]] == "m"


@given(AWKWARD)
def test_doing_it_twice_changes_nothing(raw: str) -> None:
    once = normalise(raw).text
    assert normalise(once).text == once


@given(AWKWARD)
def test_origins_lie_in_the_raw_text_in_order(raw: str) -> None:
    normalised = normalise(raw)
    assert len(normalised.origins) == len(normalised.text)
    assert list(normalised.origins) == sorted(normalised.origins)
    assert all(0 <= origin < len(raw) for origin in normalised.origins)


@given(AWKWARD)
def test_the_result_is_composed_storable_and_without_uneven_space(raw: str) -> None:
    text = normalise(raw).text
    assert unicodedata.is_normalized("NFC", text)
    assert text == text.strip()
    assert "\n\n\n" not in text
    assert "  " not in text
    text.encode("utf-8")


@given(st.text(st.sampled_from("abcdefg hijk.,0123ABC")))
def test_letters_map_to_themselves(raw: str) -> None:
    normalised = normalise(raw)
    assert all(raw[origin] == character for character, origin in zip(normalised.text, normalised.origins, strict=True))


def test_no_character_beyond_marks_and_korean_composes_with_the_one_before() -> None:
    seconds = {decomposed[-1] for decomposed in map(_canonical_pair, map(chr, range(0x110000))) if len(decomposed) == 2}
    assert all(unicodedata.category(second).startswith("M") or "\u1160" <= second <= "\u11ff" for second in seconds)


def _canonical_pair(character: str) -> str:
    parts = unicodedata.decomposition(character).split()
    return "" if not parts or parts[0].startswith("<") else "".join(chr(int(part, 16)) for part in parts)


def test_long_input_takes_linear_time() -> None:
    spaces = normalise(" \n" * 200_000 + "a" + "-\n" * 200_000)
    assert spaces.text.startswith("a-\n-")
    assert spaces.origins[0] == 400_000
