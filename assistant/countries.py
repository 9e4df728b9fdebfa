"""What a country and what belongs to it are called: what is said of Germany is said of German firms."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from ingest.lexicon.found import Found
from ingest.lexicon.keys import key_of
from ingest.lexicon.lexicon import Lexicon

_COUNTRIES = (  # with the persons to whom the lexicon leads first ("Belgische", "Franse")
    "Albania|Albanian, Algeria|Algerian, Argentina|Argentine|Argentinian, Armenia|Armenian, Australia|Australian, "
    "Austria|Austrian, Bavaria|Bavarian, Belarus|Belarusian, Belgium|Belgian|belgian, Brazil|Brazilian, "
    "Bulgaria|Bulgarian, Canada|Canadian, Catalonia|Catalan, Chile|Chilean, China|Chinese, Colombia|Colombian, "
    "Croatia|Croatian, Cuba|Cuban, Cyprus|Cypriot, Czechia|Czech Republic|Czech, Denmark|Danish, Egypt|Egyptian, "
    "England|English, Estonia|Estonian, Ethiopia|Ethiopian, Finland|Finnish, Flanders|Flemish, "
    "France|French|frenchman, Georgia|Georgian, Germany|German, Greece|Greek, Hungary|Hungarian, Iceland|Icelandic, "
    "India|Indian, Indonesia|Indonesian, Iran|Iranian, Iraq|Iraqi, Ireland|Irish, Israel|Israeli, Italy|Italian, "
    "Japan|Japanese, Kenya|Kenyan, Latvia|Latvian, Lithuania|Lithuanian, Luxembourg|Luxembourgish, "
    "Malaysia|Malaysian, Malta|Maltese, Mexico|Mexican, Moldova|Moldovan, Montenegro|Montenegrin, Morocco|Moroccan, "
    "Netherlands|Holland|Dutch, Nigeria|Nigerian, Norway|Norwegian, Pakistan|Pakistani, Peru|Peruvian, "
    "Poland|Polish, Portugal|Portuguese, Romania|Romanian, Russia|Russian, Saudi Arabia|Saudi, "
    "Scandinavia|Scandinavian, Scotland|Scottish, Serbia|Serbian, Slovakia|Slovak, Slovenia|Slovenian, "
    "South Africa|South African, South Korea|South Korean, Spain|Spanish, Sweden|Swedish, Switzerland|Swiss, "
    "Turkey|Turkish, Ukraine|Ukrainian, United Kingdom|Great Britain|UK|British, United States|USA|US|American, "
    "Wales|Welsh, Wallonia|Walloon"
)
_WITH_CAPITAL = ("en", "nl")
_NAMES_OF = {
    name: tuple(names) for row in _COUNTRIES.split(", ") for names in [row.split("|")] for name in names
}  # English ones, by each of them

COUNTRY = re.compile(  # a country by its name in one of the five languages, in any case
    r"\b(?:austria|österreich|oostenrijk|autriche|belgi(?:um|ë|en|que|o)|bulgari(?:a|en|je|e)|croatia|kroati(?:en|ë)|"
    r"croatie|croazia|cyprus|zypern|chypre|cipro|czechia|czech republic|tschechien|tsjechië|tchéquie|"
    r"république tchèque|cechia|repubblica ceca|denmark|dänemark|denemarken|danemark|danimarca|estonia|estland|estonie|"
    r"finland|finnland|finlande|finlandia|france|frankreich|frankrijk|francia|german(?:y|ia)|deutschland|duitsland|"
    r"allemagne|greece|griechenland|griekenland|grèce|grecia|hungary|ungarn|hongarije|hongrie|ungheria|iceland|"
    r"(?-i:Island)|ijsland|islande|islanda|india|indien|inde|ireland|irland|ierland|irlande|irlanda|isra[eë]le?|"
    r"ital(?:y|ien|ië|ie|ia)|japan|japon|giappone|(?:south |süd|zuid-)?korea|corée|corea|latvia|lettland|letland|"
    r"lettonie|lettonia|lithuania|litauen|litouwen|lituani[ea]|lux[ae]mb(?:o?urg)|lussemburgo|malt[ae]|netherlands|"
    r"niederlanden?|nederland|holland|pays-bas|paesi bassi|olanda|nor(?:way|wegen|vège|vegia)|noorwegen|"
    r"pol(?:and|en|ogne|onia)|portugal|portogallo|romania|rumänien|roemenië|roumanie|russia|russland|rusland|russie|"
    r"serbi(?:a|en|e)|servië|slovakia|slowakei|slowakije|slovaquie|slovacchia|slov[eé]ni[ae]|slovenië|slowenien|"
    r"spa(?:in|nien|nje|gna)|espagne|sweden|schweden|zweden|suède|svezia|switzerland|schweiz|zwitserland|suisse|"
    r"svizzera|turkey|türkei|turkije|turquie|turchia|ukraine|oekraïne|ucraina|united kingdom|great britain|england|uk|"
    r"vereinigten? königreich|vereinigtes königreich|großbritannien|verenigd koninkrijk|royaume-uni|regno unito|"
    r"united states|usa|vereinigten? staaten|verenigde staten|états-unis|stati uniti|china|chine|cina|canada|kanada|"
    r"australi(?:a|en|ë|e)|bra[sz]il(?:ien|ië|e)?|brésil)s?\b",
    re.IGNORECASE,
)


def country_of(word: str, language: str, found: Sequence[Found]) -> tuple[str, ...]:
    """The English names of the country that a word names, or what belongs to it; none for other words.

    `found` is what the word may mean. Where a language writes such words with a capital, others name none ("polish").
    """
    if language in _WITH_CAPITAL and not word[:1].isupper():
        return ()
    return next((_NAMES_OF[name] for name in map(_in_english, found) if name in _NAMES_OF), ())


def called(country: Sequence[str], lexicon: Lexicon) -> Iterator[Found]:
    """What a country of these English names is called, as a noun and as an adjective."""
    return (one for name in country for one in lexicon.find(key_of(name), "en") if _in_english(one) == name)


def _in_english(found: Found) -> str:
    return next(iter(found.sense.terms_in("en")), "")
