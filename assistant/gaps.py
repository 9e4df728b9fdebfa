"""Sentences by which a document says what it does not know ("No source was found for prices or booking rules.")."""

from __future__ import annotations

import re

_SAID = (
    r"\b(?:no (?:\w+ ){0,3}(?:sources?|information|data|figures?|lists?)\b"
    r"|sources?\b.{0,40}\b(?:do|does|did) not\b"
    r"|(?<!-)sources?(?: used)?(?: here)? (?:give|name|list|say|state|tell|describe|contain|mention)s? "
    r"(?:no(?! more)|nothing)\b"
    r"|not found in (?:the |any )?(?:sources?|documents?)\b"
    r"|(?:report|document|page|text|note|handbook)s?\b.{0,40}\b(?:do|does|did) not (?:list|name|give|say|state|tell)\b"
    r"|(?:was|were|is|are) not (?:found|known|listed|given|stated|available|named|recorded|described|dated)\b"
    r"|no (?:[\w-]+ ){1,4}(?:and no (?:[\w-]+ ){1,4})?(?:was|were) found\b"
    r"|(?:un|not )known\b|left out\b"
    r"|bron(?:nen)? (?:noem|zeg|geef|gev|vermeld)\w*\b.{0,20}\bniet\b|sagt keine\b"
    r"|bron(?:nen)?(?: hier)? (?:noem|zeg|geef|gev|vermeld|bevat)\w* (?:geen|niets)\b"
    r"|quellen?(?: hier)? (?:nenn|sag|gib|geb|beschreib|erwähn|enth)\w* (?:keine?\w*|nichts)\b"
    r"|sources? n(?:e |['’])(?:di[st]|donn|indiqu|nomm|décri|mentionn)\w* (?:rien|aucune?)\b"
    r"|font[ei] non (?:dic|indic|nomin|descriv|riport|menzion)\w+ (?:nulla|alcun\w*|nessun\w*)\b"
    r"|quellen? (?:nenn|sag|gib|geb)\w*\b.{0,20}\bnicht\b"
    r"|sources? ne (?:l[ae]s? |l['’])?(?:di[st]|donn|indiqu|précis|cit|nomm)\w*"
    r"|font[ei] non (?:l[aeio] )?(?:elenc|indic|dic|riport|nomin)\w+"
    r"|geen (?:\w+ ){0,3}bron(?:nen)?\b|staan? (?:hier )?niet\b|niet (?:gevonden|bekend|vermeld)\b|onbekend\b"
    r"|keine (?:\w+ ){0,2}quellen?\b|nicht (?:bekannt|gefunden|genannt|angegeben)\b|stehen? (?:hier )?nicht\b"
    r"|unbekannt\b"
    r"|aucune? (?:\w+ ){0,2}source\b|(?:pas|n['’]a) (?:été )?(?:trouvée?s?|connue?s?|indiquée?s?)\b|inconnue?s?\b"
    r"|(?:alcuna|nessuna) (?:\w+ )?fonte\b|non (?:è|sono) (?:stat[aoie] )?(?:trovat|not|indicat|riportat)[aoie]\b"
    r"|sconosciut[aoie]\b)"
)
_UNKNOWN = re.compile(_SAID, re.IGNORECASE)
_UNKNOWN_IN_LOWER_CASE = re.compile(_SAID)  # a third of the time, and every sentence of every passage is looked at
_LISTED = re.compile(
    r"\b(?:list(?:s|ed)?|lijst\w*|opgesomd|somt|liste\w*|aufgelistet|énumèr\w*|énumér\w*|elenc\w*)\b", re.IGNORECASE
)
_SAYING = re.compile(
    r"\b(?:sources?|found|reliable|primary|quality|here|used|bron(?:nen)?|gevonden|primaire|voldoende|kwaliteit|quellen?|"
    r"gefunden|ausreichender|güte|trouvée?s?|font[ei]|trovat[aoie]|primaria|affidabile)\b",
    re.IGNORECASE,
)
_BETWEEN = re.compile(r"[,;:]\s+|\s+(?:or|nor|of|noch|oder|ou|ni|o|né)\s+", re.IGNORECASE)


def says_unknown(sentence: str) -> bool:
    """Whether a sentence of the five languages says that something is not known, rather than what it is."""
    return _UNKNOWN_IN_LOWER_CASE.search(sentence.lower()) is not None


def speaks_of_a_list(sentence: str) -> bool:
    """Whether a sentence speaks of listing things ("The source does not list the actions.")."""
    return _LISTED.search(sentence) is not None


def unknown_things(sentence: str) -> list[str]:
    """The things that such a sentence lists as not known, without the words that say so."""
    listed = _SAYING.sub("", _UNKNOWN.sub("", sentence))
    return [thing.strip(" .") for thing in _BETWEEN.split(listed) if thing.strip(" .")]
