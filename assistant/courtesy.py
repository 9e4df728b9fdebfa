"""What is said around a question to be polite: greetings, thanks, farewells. No document has to hold it."""

from __future__ import annotations

import re

POLITE = (
    r"(?:hello|hi|hey|good (?:morning|afternoon|evening|day)|thank(?:s| you)(?: (?:very|so) much|"
    r" a lot)?|bye|goodbye|ok(?:ay)?|great|"
    r"hallo|hoi|dag|goede(?:n?dag|morgen|middag|avond)|goeie(?:n?dag|morgen|middag)|"
    r"dank(?: ?(?:je|u))?(?: wel)?|"
    r"bedankt|tot ziens|prima|"
    r"guten (?:morgen|tag|abend)|grüß gott|servus|danke(?: schön| sehr)?|vielen dank|tschüss|auf wiedersehen|"
    r"bonjour|bonsoir|salut|merci(?: beaucoup)?|au revoir|d'accord|"
    r"buongiorno|buonasera|ciao|salve|grazie(?: mille)?|arrivederci|perfetto)"
)
_ADDRESSED = (  # behind a greeting, or alone before a comma
    r"(?:there|liaison|all|everyone|everybody|team|colleagues?|sir|madam|allemaal|collega['’]?s?|zusammen|"
    r"à tous|tout le monde|madame|monsieur|a tutti|signor[ei]?|signora)\b"
)
_SALUTATION = (
    rf"(?:dear (?:\w+ )?{_ADDRESSED}(?: (?:or|and) {_ADDRESSED})?|beste {_ADDRESSED}|l\.?s\.?|"
    r"geachte (?:heer|mevrouw|dames|heren)(?:(?: of | en |, ?|/)(?:heer|mevrouw|heren))?|"
    r"sehr geehrte damen und herren|liebes? (?:kolleg\w+|team)|madame, monsieur|chers? collègues?|"
    r"gentil[ei] (?:signor[ei]|signora|colleghi)|spett\.? ?le \w+)"
)
PLEASE = (
    r"(?:please|kindly|alstublieft|alsjeblieft|a\.u\.b\.?|aub|svp|bitte|s['’]il (?:vous|te) pla[iî]t|"
    r"per (?:favore|piacere|cortesia))"
)
_THANKS = (
    r"(?:(?:many )?thanks|thank you|cheers|(?:alvast |heel )*(?:hartelijk )?(?:bedankt|dank(?: ?(?:u|je))?(?: wel)?)|"
    r"(?:vielen|besten|herzlichen|schönen) dank|danke(?: schön| sehr)?|merci|grazie)"
    r"(?: (?:(?:so|very) much|a lot|beaucoup|bien|mille|tante|in advance|already|im voraus|(?:d['’]|par )avance|"
    r"in anticipo|alvast))*(?: (?:for|voor|für|pour|per) [^.!?]{1,40})?[\s.!]*$"
)
_FAREWELL = (
    r"(?:(?:kind|best|warm) regards|yours (?:sincerely|faithfully)|(?:met )?vriendelijke groet(?:en)?|groet(?:en|jes)|"
    r"mvg|(?:mit )?freundlichen? grüßen?|(?:viele|liebe|beste) grüße|mfg|(?:bien )?cordialement|bonne journée|"
    r"(?:cordiali|distinti) saluti|buona giornata)\b.{0,60}$"
)
_HELLO = (  # what opens no question, so that no comma has to stand behind it ("Great Britain pays")
    r"(?:hello|hi|hey|good (?:morning|afternoon|day)|hallo|hoi|goede(?:n?dag|morgen|middag)|guten (?:morgen|tag)|"
    r"bonjour|buongiorno|ciao)"
)
_GREETING = (
    rf"(?>{POLITE}(?:,? {_ADDRESSED})?|{_SALUTATION})\s*(?:[,;:.!–—]\W*(?=\w)|[.!,]*$)|"
    rf"(?>{_HELLO}(?:,? {_ADDRESSED})?|{PLEASE})\b(?!-\w)\W*(?=\w)"
)
_YOURS = r"(?:your|these|uw|jullie|je|deze|ihren|euren|diesen|vos|tes|ces|vostr[ie]|quest[ie])"
_SOURCES = (  # where else should it be looked for
    rf"(?:(?:according to|as per|volgens|laut|selon|d['’]après|secondo) (?:the |our |de |den |les |i |le |{_YOURS} )|"
    rf"(?:in|from|uit|aus|dans) {_YOURS} )"
    r"(?:documents?|documentation|sources?|documenten|bronnen|dokumenten|quellen|unterlagen|documenti|fonti)"
)
_OPENING = re.compile(rf"\W*(?:{_GREETING})*(?:\b{_SOURCES}\s*[,:]\s*)?", re.IGNORECASE)
_CLOSING = re.compile(
    rf"(?:^|,\s*|\s+[-–—]\s+)(?:{_THANKS}|{_FAREWELL})|,?\s+{PLEASE}(?=[\s?.!]*$)|,?\s+{_SOURCES}(?=[\s?.!]*$)",
    re.IGNORECASE,
)


def without_courtesy(sentence: str) -> str:
    """A sentence without the greeting before it and the thanks behind it; "" where it is nothing else."""
    asked = _CLOSING.sub("", _OPENING.sub("", sentence, count=1))
    return asked if any(sign.isalnum() for sign in asked) else ""
