"""The sort of thing that a question asks for, and how a text of the five languages names it and gives it."""

from __future__ import annotations

import re
from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Sort:
    """A sort of thing: how it is asked for, by what words a text names it, and what a text holds that gives it.

    `named` is None where no word names the sort; "No source was found for prices" names a price without giving one.
    `strict` is whether a text that gives nothing of the form gives nothing of the sort: a price has a currency, while a
    number may be a word.
    """

    asked: re.Pattern[str]
    given: re.Pattern[str]
    named: re.Pattern[str] | None = None
    strict: bool = False


def _words(*alternatives: str) -> re.Pattern[str]:
    return re.compile(rf"\b(?:{'|'.join(alternatives)})", re.IGNORECASE)


_CURRENCY = r"(?:€|\$|£|euros?|eur|chf|usd|gbp|sek|dkk|francs?|franken|frank|kronor|kroner)"
MONEY = re.compile(
    rf"{_CURRENCY}\s?\d|\d[\d.,' ]*\s?(?:k|m|bn|million\w*|mio|miljoen|miljard|mrd)?\s?{_CURRENCY}\b", re.IGNORECASE
)
_HOW_MUCH = r"(?:how much|what|hoeveel|wat|wie ?viel|was|wie hoch|welche\w*|combien|quel\w*|quanto|qual|cosa)"
_PRICE = (
    r"(?:prices?|costs?|(?<!en )charges?|fees?|pay|rents?|tariffs?|prij(?:s|zen)|kost(?:en)?|betaalt|betalen|huur|"
    r"tarie(?:f|ven)|preise?|kostet|gebühr(?:en)?|mieten?|zahlt|zahlen|prix|co[uû]t(?:e|ent|s)?|tarifs?|loyers?|"
    r"paie|paient|payer|prezz[oi]|cost[aoi]|costano|tariff[ae]|paga|pagano|pagare|canon[ei])\b"
)
_SHARE = (
    r"(?:percentages?|(?-i:[Ss]hares?)|aandee?l(?:en)?|welk deel|(?:höchst|mindest)?anteile?|prozent(?:satz)?|"
    r"pourcentages?|quelle part|percentual[ei]|quot[ae])\b"
)
_NUMBER_WORDS = (
    r"(?:one|two|three|four|five|six|seven|eight|nine|ten|eleven|twelve|twenty|thirty|forty|fifty|hundred|thousand|twee|"
    r"drie|vier|vijf|zes|zeven|acht|negen|tien|elf|twaalf|zwei|drei|fünf|sechs|sieben|neun|zehn|zwölf|deux|trois|quatre|cinq|"
    r"sept|huit|neuf|dix|onze|douze|due|tre|quattro|cinque|sei|sette|otto|nove|dieci|undici|dodici)\b"
)
MONTHS = (
    r"(?:mei|january|february|march|april|june|july|august|september|october|november|december|januari|februari|maart|juni|"
    r"juli|augustus|oktober|januar|februar|märz|mai|dezember|janvier|février|mars|avril|juin|juillet|août|septembre|"
    r"octobre|novembre|décembre|gennaio|febbraio|marzo|aprile|maggio|giugno|luglio|agosto|settembre|ottobre|dicembre)\b"
)
_SEASONS = (
    r"(?:spring|summer|autumn|winter|voorjaar|lente|zomer|najaar|herfst|frühjahr|frühling|sommer|herbst|printemps|"
    r"automne|hiver|primavera|autunno|inverno)\b"
)
_YEAR = r"(?:1[5-9]|20)\d\d\b"
_WHO = (
    r"(?:names? of|who (?:is|was|are|were)|hoe heet(?:en|te)?|wie (?:is|was|zijn|waren)|wie hei(?:ß|ss)(?:t|en)|"
    r"wer (?:ist|war|sind|waren)|comment s['’]appell\w*|qui (?:est|était|sont)|come si chiama\w*|chi (?:è|era|sono))"
)
_OFFICE = (
    r"(?:officers?|ILOs?|heads?|directors?|managers?|chair(?:man|woman|person|s)?|presidents?|coordinators?|"
    r"contact persons?|hoofd|directeur|leid(?:er|ster)|voorzitter|coördinator|contactpersoon|"
    r"leiter(?:in)?|direktor(?:in)?|vorsitzende[rn]?|ansprechpartner(?:in)?|beauftragte[rn]?|"
    r"agents?|responsables?|directrice|présidente?|coordinat(?:eur|rice)|interlocut(?:eur|rice)|"
    r"responsabil[ei]|diret(?:tore|trice)|presidente|coordinat(?:ore|rice)|referente)\b"
)
_BODIES = (  # what organisations, events and offices are called by, and no person
    r"(?:Officers?|Office|Liaison|Industr\w*|Science|Scientific|Business|Forum|Committee|Council|Commission|Board|Days?|"
    r"Cent(?:er|re)s?|Universit\w*|Institut\w*|College|School|Union|Agency|Association|Network|Programme?|Project|Fund|"
    r"European?|National|International|Research|Technology|Transfer|Innovation|Energy|Space|Street|States?|Park|"
    r"Firmen|Unternehmen|Gesellschaft|Europäische\w*|Deutsche\w*|Schweizer|Stadt|Land|Bund|Comité|Conseil|Centre|"
    r"Consorzio|Consiglio|Comitato|Istituto|Stichting|Raad|Ministe\w*)\b"
)
_NAME = rf"(?!{_BODIES})[A-ZÀ-Ü][a-zà-ü’'-]+"
_TWO_NAMES = rf"{_NAME} (?:de |van |von |der |di |da )*{_NAME}(?! (?:{_BODIES}|[A-Z]))"

_SORTS = (
    Sort(
        asked=re.compile(rf"\b{_WHO}\b.{{0,60}}?\b{_OFFICE}", re.IGNORECASE),
        given=re.compile(rf"(?<=[a-zà-ü,;:(] ){_TWO_NAMES}|\b(?:Mr|Ms|Mrs|Dr|Herr|Frau|Mme|Dott)\b\.? [A-ZÀ-Ü]"),
        named=_words(r"names?\b", r"naam\b", r"namen?\b", r"noms?\b", r"nom[ei]\b"),
        strict=True,
    ),
    Sort(
        asked=_words(
            r"what (?:is|was|are|were) the names? of\b",
            r"hoe heet(?:en|te)?\b",
            r"wie hei(?:ß|ss)(?:t|en)\b",
            r"comment s['’]appell\w*",
            r"come si chiama\w*",
        ),
        given=re.compile(r"(?<=[a-zà-ü,;:(] )[A-ZÀ-Ü][\w’'-]+(?: (?:de |van |von |der )?[A-ZÀ-Ü][\w’'-]+)+|[“„«\"]"),
        named=_words(r"names?\b", r"naam\b", r"namen?\b", r"noms?\b", r"nom[ei]\b"),
        strict=True,
    ),
    Sort(
        asked=re.compile(rf"\b{_HOW_MUCH}\b.{{0,60}}?\b{_PRICE}", re.IGNORECASE),
        given=MONEY,
        named=_words(_PRICE),
        strict=True,
    ),
    Sort(
        asked=_words(_SHARE),
        given=re.compile(
            r"\d\s?(?:%|per ?cent|procent|prozent|pour ?cent|per cento)|\b(?:half|third|quarter|helft|derde|kwart|"
            r"hälfte|drittel|viertel|moitié|tiers|quart|metà|terzo|quarto)\b",
            re.IGNORECASE,
        ),
        named=_words(_SHARE),
        strict=True,
    ),
    Sort(
        asked=_words(
            r"budget\w*",
            r"thresholds?\b",
            r"amount\w*",
            r"how much (?:money|does|did|is|was|were|can|could)\b",
            r"bedrag\w*",
            r"drempel\w*",
            r"hoeveel geld\b",
            r"betrag\w*",
            r"schwelle\w*",
            r"wie ?viel geld\b",
            r"montants?\b",
            r"seuils?\b",
            r"combien d['’]argent\b",
            r"import[oi]\b",
            r"sogli[ae]\b",
            r"quanto denaro\b",
        ),
        given=MONEY,
    ),
    Sort(
        asked=_words(
            r"when\b",
            r"since when\b",
            r"(?:what|which|welke?|quelle|quel|quale|che|welche[mnrs]?) (?:year|date|day|month|jaar|datum|dag|maand|"
            r"jahr|tag|monat|année|jour|mois|anno|data|giorno|mese)\b",
            r"wanneer\b",
            r"sinds\b",
            r"wann\b",
            r"quand\b",
            r"depuis\b",
            r"quando\b",
        ),
        given=re.compile(rf"\b(?:{_YEAR}|{MONTHS}|{_SEASONS})", re.IGNORECASE),
    ),
    Sort(
        asked=_words(
            r"how (?:many|much|long|high|large|big|old|far|often|tall|deep|fast)\b",
            r"hoe(?:veel| lang| hoog| groot| oud| ver| vaak)\b",
            r"wie ?(?:viele?|lange?|hoch|groß|alt|oft|weit)\b",
            r"combien\b",
            r"quant[oiae]\b",
        ),
        given=re.compile(rf"\d+|\b{_NUMBER_WORDS}", re.IGNORECASE),
        named=_words(r"numbers?\b", r"aantal\b", r"(?:an)?zahl\b", r"nombres?\b", r"numer[oi]\b"),
    ),
)

_COUNT = re.compile(r"\b(?:how many|hoeveel|wie ?viele|combien d[e'’]|quant[ie])\b", re.IGNORECASE)
NUMBER = re.compile(rf"\d+|{_NUMBER_WORDS}", re.IGNORECASE)


def asks_for_a_count(question: str) -> bool:
    """Whether a question asks how many there are of something."""
    return bool(_COUNT.search(question))


def sought(question: str) -> Sort | None:
    """The sort of thing that a question asks for; None where it asks for nothing that can be told by its form."""
    return next((sort for sort in _SORTS if sort.asked.search(question)), None)
