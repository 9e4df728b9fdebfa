"""What a question asks for: a sort of thing (money, a number, a date), and the names it is about."""

from __future__ import annotations

import re

from ingest.analyse import fold, is_stop_word, words

_CURRENCY = r"(?:€|\$|£|euros?|eur|chf|usd|gbp|sek|dkk|francs?|franken|frank|kronor|kroner)"
_QUANTITY = re.compile(r"\d")
_MONEY = re.compile(
    rf"{_CURRENCY}\s?\d|\d[\d.,' ]*\s?(?:k|m|bn|million\w*|mio|miljoen|miljard|mrd)?\s?{_CURRENCY}\b", re.I
)
_YEAR = re.compile(r"\b(?:1[89]|20)\d\d\b")
# What a question asks for, by its words in the five languages, and what a sentence must hold to give it.
_TYPES: tuple[tuple[re.Pattern[str], re.Pattern[str]], ...] = (
    (
        re.compile(
            r"\b(budget\w*|threshold\w*|amount\w*|price\w*|costs?|fund(?:s|ed|ing)|how much|bedrag\w*|drempel\w*|"
            r"kost\w*|prijs|betrag|schwelle\w*|kosten|preis|montant|seuil\w*|co[uû]t\w*|prix|importo|soglia|soglie|cost[oi]|prezzo)\b",
            re.IGNORECASE,
        ),
        _MONEY,
    ),
    (
        re.compile(r"\b(how (?:many|long|high|large|big)|hoeveel|wie ?viele?|combien|quant[oiae])\b", re.IGNORECASE),
        _QUANTITY,
    ),
    (
        re.compile(
            r"\b(when|(?:what|which) year|wanneer|welk jaar|sinds|wann|welche[ms]? jahr|seit wann|quand|"
            r"quelle année|quando|(?:che|quale) anno)\b",
            re.IGNORECASE,
        ),
        _YEAR,
    ),
)
_ARTICLE = r"(?:an?|the|een|de|het|eine?|der|die|das|une?|les?|la|una|uno|il|lo|l['’]|un['’])"
_ASKS_FOR_MEANING = re.compile(
    r"\s*(?:what (?:is|are|does)|wat (?:is|zijn|betekent)|was (?:ist|sind|bedeutet)|qu['’]est-ce qu(?:e |['’])|"
    rf"que signifie|che cos['’]è|(?:che )?cosa (?:è|sono|significa))\s*(?:{_ARTICLE}\b\s*)?"
    r"(?P<term>[^?]{2,60}?)(?:\s+mean)?\s*\??\s*$",
    re.IGNORECASE,
)
_MEANS = r"(?:is|are|means|zijn|betekent|ist|sind|bedeutet|bezeichnet|est|sont|désigne|è|sono|indica)"
_SOURCE_KEYS = re.compile(
    r"\([A-Z]{1,3}\d{1,2}(?:[,;][^)]*)?\)"
)  # "(P7, undated page)": where it stands, not what it says
_NAME = re.compile(r"\b[^\W\d_][\w&]*(?:[-.][\w&]+)*")


def fits_type(question: str, sentence: str) -> bool:
    """Whether a sentence holds the sort of thing that the question asks for; False where it asks for no such thing."""
    if _says_what_it_means(question, sentence):
        return True
    for asks, holds in _TYPES:
        if asks.search(question):
            return bool(holds.search(without_source_keys(sentence)))
    return False


def _says_what_it_means(question: str, sentence: str) -> bool:
    """Whether "What is an ILO?" meets "An Industrial Liaison Officer (ILO) is …": the term, then what it is."""
    wanted = _ASKS_FOR_MEANING.match(question)
    if wanted is None:
        return False
    term = re.escape(wanted["term"].strip())
    opening = rf"(?:{_ARTICLE}\b\s*)?(?:[\w-]+ ){{0,4}}\(?{term}\)?(?: \([^)]*\))?,? {_MEANS}\b"
    return re.match(opening, sentence, re.IGNORECASE) is not None


def without_source_keys(sentence: str) -> str:
    """What a sentence says, without the brackets that say where it stands."""
    return _SOURCE_KEYS.sub("", sentence)


def names_of(question: str, language: str) -> frozenset[str]:
    """The names in a question, lower case and without accents.

    Words in capitals count anywhere; words with a capital first letter where they do not open the question, and not
    in German, which writes every noun so.
    """
    found: set[str] = set()
    for match in _NAME.finditer(question):
        word = match.group()
        capitals = sum(sign.isupper() for sign in word)
        opens = not question[: match.start()].strip(" ¿¡\"'«„“")
        ordinary = opens or language == "de" or is_stop_word(word.lower(), language)
        if capitals > 1 or (word[0].isupper() and not ordinary):
            found.update(_parts(word))
    return frozenset(found)


def named_share(question: str, language: str, text: str) -> float:
    """The share of the question's names that a text holds; 1 where the question names nothing."""
    names = names_of(question, language)
    return len(names & _parts(text)) / len(names) if names else 1.0


def _parts(text: str) -> set[str]:
    return {part for word in words(text) for part in re.split(r"[-‐‑'’]", fold(word)) if part}
