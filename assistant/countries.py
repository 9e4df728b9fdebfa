"""What a country and what belongs to it are called: what is said of Germany is said of German firms."""

from __future__ import annotations

import re
from collections.abc import Sequence

from ingest.lexicon.found import Found
from ingest.lexicon.keys import key_of
from ingest.lexicon.lexicon import Lexicon

_COUNTRIES = (
    "Albania|Albanian, Algeria|Algerian, Argentina|Argentine|Argentinian, Armenia|Armenian, Australia|Australian, "
    "Austria|Austrian, Bavaria|Bavarian, Belarus|Belarusian, Belgium|Belgian, Brazil|Brazilian, Bulgaria|Bulgarian, "
    "Canada|Canadian, Catalonia|Catalan, Chile|Chilean, China|Chinese, Colombia|Colombian, Croatia|Croatian, "
    "Cuba|Cuban, Cyprus|Cypriot, Czechia|Czech Republic|Czech, Denmark|Danish, Egypt|Egyptian, England|English, "
    "Estonia|Estonian, Ethiopia|Ethiopian, Finland|Finnish, Flanders|Flemish, France|French, Georgia|Georgian, "
    "Germany|German, Greece|Greek, Hungary|Hungarian, Iceland|Icelandic, India|Indian, Indonesia|Indonesian, "
    "Iran|Iranian, Iraq|Iraqi, Ireland|Irish, Israel|Israeli, Italy|Italian, Japan|Japanese, Kenya|Kenyan, "
    "Latvia|Latvian, Lithuania|Lithuanian, Luxembourg|Luxembourgish, Malaysia|Malaysian, Malta|Maltese, "
    "Mexico|Mexican, Moldova|Moldovan, Montenegro|Montenegrin, Morocco|Moroccan, Netherlands|Holland|Dutch, "
    "Nigeria|Nigerian, Norway|Norwegian, Pakistan|Pakistani, Peru|Peruvian, Poland|Polish, Portugal|Portuguese, "
    "Romania|Romanian, Russia|Russian, Saudi Arabia|Saudi, Scandinavia|Scandinavian, Scotland|Scottish, "
    "Serbia|Serbian, Slovakia|Slovak, Slovenia|Slovenian, South Africa|South African, South Korea|South Korean, "
    "Spain|Spanish, Sweden|Swedish, Switzerland|Swiss, Turkey|Turkish, Ukraine|Ukrainian, "
    "United Kingdom|Great Britain|UK|British, United States|USA|US|American, Wales|Welsh, Wallonia|Walloon"
)
_WITH_CAPITAL = ("en", "nl")
_NAMES_OF = {
    name: tuple(names) for row in _COUNTRIES.split(", ") for names in [row.split("|")] for name in names
}  # English ones, by each of them

COUNTRY = re.compile(  # a country by its own name, in the five languages
    r"\b(?:austria|österreich|oostenrijk|autriche|belgi(?:um|ë|en|que|o)|bulgari\w*|croatia|kroati\w*|croatie|croazia|"
    r"cyprus|zypern|chypre|cipro|czech\w*|tschech\w*|tsjech\w*|tchéquie|république tchèque|cechia|repubblica ceca|"
    r"denmark|dänemark|denemarken|danemark|danimarca|estonia|estland|estonie|finland\w*|finnland|finlande|france|"
    r"frankreich|frankrijk|francia|german(?:y|ia)|deutschland|duitsland|allemagne|greece|griechenland|griekenland|"
    r"grèce|grecia|hungary|ungarn|hongarije|hongrie|ungheria|iceland|island|ijsland|islanda?|india|indien|inde|"
    r"ireland|irland\w*|ierland|isra[eë]l|ital(?:y|ien|ië|ie|ia)|japan|japon|giappone|korea|corée|corea|latvia|"
    r"lettland|letland|lettonie|lettonia|lithuania|litauen|litouwen|lituani[ea]|lux[ae]mb\w+|lussemburgo|malt[ae]|"
    r"netherlands|niederlande\w*|nederland|pays-bas|paesi bassi|nor(?:way|wegen|vège|vegia)|noorwegen|"
    r"pol(?:and|en|ogne|onia)|portugal|portogallo|romania|rumänien|roemenië|roumanie|russia|russland|rusland|russie|"
    r"serbi\w*|servië|slova[ck]\w*|slowak\w*|slovacchia|slov[eè]ni\w*|slowenien|spa(?:in|nien|nje|gna)|espagne|"
    r"swed\w+|schweden|zweden|suède|svezia|switzerland|schweiz|zwitserland|suisse|svizzera|t[uü]rk\w+|turquie|"
    r"ukrain\w*|oekraïne|ucraina|united kingdom|uk|vereinigtes königreich|großbritannien|verenigd koninkrijk|"
    r"royaume-uni|regno unito|united states|usa|vereinigte staaten|verenigde staten|états-unis|stati uniti|china|chine|"
    r"cina|canada|kanada|australi\w*|bra[sz]il\w*)\b",
    re.IGNORECASE,
)


def of_country(word: str, language: str, found: Sequence[Found], lexicon: Lexicon) -> tuple[Found, ...]:
    """What else a country is called, as a noun and as an adjective, that a word names; nothing for other words.

    `found` is what the word may mean. Where a language writes such words with a capital, others name none ("polish").
    """
    names = _NAMES_OF.get(_in_english(found[0]), ()) if found else ()
    if language in _WITH_CAPITAL and not word[:1].isupper():
        return ()
    others = (one for name in names for one in lexicon.find(key_of(name), "en") if _in_english(one) == name)
    return tuple(one for one in others if one.sense not in [known.sense for known in found])


def _in_english(found: Found) -> str:
    return next(iter(found.sense.terms_in("en")), "")
