"""The sort of thing that a question asks for, and how a text of the five languages names it and gives it."""

from __future__ import annotations

import re
from dataclasses import dataclass
from enum import StrEnum


class Form(StrEnum):
    """How far a text that gives nothing of a sort's form gives nothing of the sort.

    A number may be a word (`LOOSE`); a price has a currency, unless it is nothing (`STRICT`); the name of a person and
    a telephone number are what they are (`ONLY`).
    """

    LOOSE = "loose"
    STRICT = "strict"
    ONLY = "only"


@dataclass(frozen=True, slots=True)
class Sort:
    """A sort of thing: how it is asked for, by what words a text names it, and what a text holds that gives it.

    `named` is None where no word names the sort; "No source was found for prices" names a price without giving one.
    """

    asked: re.Pattern[str]
    given: re.Pattern[str]
    named: re.Pattern[str] | None = None
    form: Form = Form.LOOSE


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
    r"paie|paient|payer|prezz[oi]|cost[aoi]|costano|tariff[ae]|paga|pagano|pagare|canon[ei]|"
    r"salar(?:y|ies)|wages?|stipends?|salaris(?:sen)?|loon|lonen|gehalt|gehälter|löhne?|salaires?|salari[oi]?|stipendio?)\b"
)
_SHARE = (
    r"(?:percentages?|(?-i:[Ss]hares?)|aandee?l(?:en)?|welk deel|(?:höchst|mindest)?anteile?|prozent(?:satz)?|"
    r"pourcentages?|quelle part|percentual[ei]|quot[ae]|(?:tax|interest|success|acceptance|approval|royalty) rates?|"
    r"(?:zins|steuer|förder|erfolgs)s(?:a|ä)tze?|taux|tass[oi])\b"
)
_TELEPHONE = (
    r"(?:(?:tele)?phone numbers?|(?:tele)?phone (?:of|for)|telefoonnummers?|telefonnummern?|"
    r"numéros? de tél\w*|numer[oi] di telefono)\b"
)
_HOURS = (
    r"(?:opening (?:hours|times|days)|at (?:what|which) hours|openingstijd\w*|openingsu\w+|öffnungszeit\w*|"
    r"(?:heures|horaires?|jours) d['’]ouverture|orar[io] d(?:i |['’])apertura|"
    r"(?:what|which|welke|welchen|quels|quali) (?:\w*days|\w*dagen|\w*tagen|jours|giorni)\b"
    r".{0,60}\b(?:open|geöffnet|offen|ouvert\w*|apert[oaie]))\b"
)
_WHICH_LANGUAGES = (
    r"(?:(?:what|which) languages?|welke ta(?:al|len)|welche[mnrs]? sprachen?|quelles? langues?|"
    r"(?:qual[ei]|che) lingu[ae])\b"
)
_LANGUAGE = (  # whose names are those of nationalities too: "in German", and no "German firm"
    r"(?:english|engels|englisch|anglais|inglese|french|frans|französisch|français|francese|german|duits|deutsch|allemand|"
    r"tedesco|dutch|nederlands|niederländisch|néerlandais|olandese|italian|italiaans|italienisch|italien|italiano|spanish|"
    r"spaans|spanisch|espagnol|spagnolo)\b"
)
_LANGUAGES = r"(?:languages?|ta(?:al|len)|sprachen?|langues?|lingu[ae])\b"
_HOW_LONG = (
    r"(?:how long|how many (?:hours|days|weeks|months|years)|hoe ?lang|"
    r"hoeveel (?:uur|uren|dagen|weken|maanden|jaar|jaren)|"
    r"wie lange?|wie ?viele (?:stunden|tage|wochen|monate|jahre)|combien de (?:temps|heures|jours|semaines|mois)|"
    r"combien d['’](?:heures|années|ans)|quant[oiae] (?:tempo|ore|giorni|settimane|mesi|anni))\b"
)
_UNITS_OF_LENGTH = (
    r"(?:minutes?|hours?|days?|weeks?|months?|years?|decades?|centur(?:y|ies)|kilomet(?:er|re)s?|met(?:er|re)s?|miles?|feet|"
    r"km|m|minu(?:ut|ten)|u(?:ur|ren)|dag(?:en)?|we(?:ek|ken)|maand(?:en)?|ja(?:ar|ren)|kilometer|stunden?|tag(?:e|en)?|"
    r"wochen?|monat(?:e|en)?|jahr(?:e|en)?|heures?|jours?|semaines?|mois|an(?:s|née|nées)?|mètres?|kilomètres?|"
    r"or[ae]|giorn[oi]|settiman[ae]|mes[ei]|ann[oi]|metri|chilometri)\b"
)
_WEEKDAYS = (
    r"(?:(?:mon|tues|wednes|thurs|fri|satur|sun)days?|(?:maan|dins|woens|donder|vrij|zater|zon)dag(?:en)?|weekdays?|"
    r"(?:mon|diens|donners|frei|sams|sonn)tags?|mittwochs?|lundi|mardi|mercredi|jeudi|vendredi|samedi|dimanche|"
    r"lunedì|martedì|mercoledì|giovedì|venerdì|sabato|domenica)\b"
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
_IS_CALLED = r"(?:names? of|hoe heet(?:en|te)?|wie hei(?:ß|ss)(?:t|en)|comment s['’]appell\w*|come si chiama\w*)"
_WHO_IS = r"(?:who (?:is|was)|wie (?:is|was)|wer (?:ist|war)|qui (?:est|était)|chi (?:è|era))"
_HEAD = (  # of whom there is one
    r"(?:heads?|directors?|chair(?:man|woman|person|s)?|presidents?|hoofd|directeur|voorzitter|leiter(?:in)?|"
    r"direktor(?:in)?|vorsitzende[rn]?|directrice|présidente?|diret(?:tore|trice)|presidente)\b"
)
_OFFICER = (  # whose office may be what is wanted: "Who is the liaison officer for the Netherlands?"
    r"(?:officers?|ILOs?|managers?|coordinators?|leid(?:er|ster)|coördinator|beauftragte[rn]?|agents?|responsables?|"
    r"coordinat(?:eur|rice)|responsabil[ei]|coordinat(?:ore|rice))\b"
)
_BODIES = (  # what organisations, events and offices are called by, and no person
    r"(?:Officers?|Office|Liaison|Industr\w*|Science|Scientific|Business|Forum|Committee|Council|Commission|Board|Days?|"
    r"Cent(?:er|re)s?|Universit\w*|Institut\w*|College|School|Union|Agency|Association|Network|Programme?|Project|Fund|"
    r"European?|National|International|Research|Technology|Transfer|Innovation|Energy|Space|Street|States?|Park|"
    r"Labs?|Laborator(?:y|ies)|Village|Valley|Campus|Group|Team|Service|Policy|Handbook|Guide|Report|Rules?|Prize|Award|"
    r"Firmen|Unternehmen|Gesellschaft|Europäische\w*|Deutsche\w*|Schweizer|Stadt|Land|Bund|Comité|Conseil|Centre|"
    r"Consorzio|Consiglio|Comitato|Istituto|Stichting|Raad|Ministe\w*)\b"
)
_NAME = rf"(?!{_BODIES})[A-ZÀ-Ü][a-zà-ü’'-]+"
_TWO_NAMES = rf"{_NAME} (?:de |van |von |der |di |da )*{_NAME}(?! (?:{_BODIES}|[A-Z]))"

_IN_OFFICE = (  # a project may be led by an organisation
    r"(?:who (?:currently |now )?(?:heads|leads|chairs|directs|presides)|wie (?:leidt|zit\b.{1,60}\bvoor)|"
    r"wer (?:leitet|führt|sitzt\b.{1,60}\bvor)|qui (?:dirige|préside)|chi (?:dirige|presiede|guida))\b"
    r"(?!.*\bproje[ck]t\b|.*\bprojet\b|.*\bprogetto\b)"
)

_SORTS = (
    Sort(
        asked=re.compile(
            rf"\b(?:{_IS_CALLED}\b.{{0,60}}?\b(?:{_HEAD}|{_OFFICER})|{_WHO_IS}\b.{{0,60}}?\b{_HEAD}|{_IN_OFFICE})",
            re.IGNORECASE,
        ),
        given=re.compile(rf"(?<=[a-zà-ü,;:(] ){_TWO_NAMES}|\b(?:Mr|Ms|Mrs|Dr|Herr|Frau|Mme|Dott)\b\.? [A-ZÀ-Ü]"),
        named=_words(r"names?\b", r"naam\b", r"namen?\b", r"noms?\b", r"nom[ei]\b"),
        form=Form.ONLY,
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
        form=Form.STRICT,
    ),
    Sort(
        asked=re.compile(rf"\b{_TELEPHONE}", re.IGNORECASE),
        given=re.compile(r"(?:\+|\b00?)\d[\d /().-]{6,}\d"),
        named=_words(_TELEPHONE),
        form=Form.ONLY,
    ),
    Sort(
        asked=re.compile(rf"\b{_WHICH_LANGUAGES}", re.IGNORECASE),
        given=re.compile(
            rf"\b(?:in|into|auf|ins|en|dans) (?:het )?{_LANGUAGE}|\b{_LANGUAGES}.{{0,60}}\b{_LANGUAGE}|"
            rf"\b{_LANGUAGE}.{{0,30}}\b{_LANGUAGES}",
            re.IGNORECASE,
        ),
        named=_words(_LANGUAGES),
        form=Form.STRICT,
    ),
    Sort(
        asked=re.compile(rf"\b{_HOURS}", re.IGNORECASE),
        given=re.compile(
            rf"\b\d{{1,2}}(?:[:.h]\d\d| ?(?:h|am|pm|a\.m\.|p\.m\.|uur|uhr|heures?)\b)|\b{_WEEKDAYS}", re.IGNORECASE
        ),
        named=_words(_HOURS),
        form=Form.ONLY,
    ),
    Sort(
        asked=re.compile(rf"\b{_HOW_MUCH}\b.{{0,60}}?\b{_PRICE}", re.IGNORECASE),
        given=MONEY,
        named=_words(_PRICE),
        form=Form.STRICT,
    ),
    Sort(
        asked=_words(_SHARE),
        given=re.compile(
            r"\d\s?(?:%|per ?cent|procent|prozent|pour ?cent|per cento)|\b(?:half|third|quarter|helft|derde|kwart|"
            r"hälfte|drittel|viertel|moitié|tiers|quart|metà|terzo|quarto)\b",
            re.IGNORECASE,
        ),
        named=_words(_SHARE),
        form=Form.STRICT,
    ),
    Sort(
        asked=_words(
            r"budget\w*",
            r"thresholds?\b",
            r"amount\w*",
            r"how much (?:money|does|did|is|was|were|can|could)\b",
            r"(?:contract|order|tender) values?\b",
            r"bedrag\w*",
            r"(?:opdracht|contract)waarde\w*",
            r"drempel\w*",
            r"hoeveel geld\b",
            r"betrag\w*",
            r"(?:auftrags|vertrags|bestell)wert\w*",
            r"schwelle\w*",
            r"wie ?viel geld\b",
            r"montants?\b",
            r"valeurs? (?:du|des) (?:marchés?|contrats?)\b",
            r"seuils?\b",
            r"combien d['’]argent\b",
            r"import[oi]\b",
            r"valor[ei] (?:del|dei|di) (?:contratt[oi]|appalt[oi])\b",
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
        asked=re.compile(rf"\b{_HOW_LONG}", re.IGNORECASE),
        given=re.compile(
            rf"(?:\d+|\b{_NUMBER_WORDS})(?: to \d+|[-–]\d+)?[- ]?(?:\w+ )?{_UNITS_OF_LENGTH}|\b{_YEAR}",
            re.IGNORECASE,
        ),
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

_COUNT = re.compile(  # money and time are not counted by their names: "Hoeveel geld?" is answered by euros
    r"\b(?:how many|hoeveel(?! (?:geld|tijd)\b)|wie ?viele|combien d(?:e(?! temps\b)|['’](?!argent\b))|quant[ie])\b",
    re.IGNORECASE,
)
NUMBER = re.compile(rf"\d+|{_NUMBER_WORDS}", re.IGNORECASE)


def end_of_count(question: str) -> int | None:
    """Where the words end by which a question asks how many there are of something; None where it does not."""
    found = _COUNT.search(question)
    return found.end() if found else None


def sought(question: str) -> Sort | None:
    """The sort of thing that a question asks for; None where it asks for nothing that can be told by its form."""
    return next((sort for sort in _SORTS if sort.asked.search(question)), None)
