"""The sorts of things that a question may ask for, and how a text of the five languages names and gives each."""

from __future__ import annotations

import re
from dataclasses import dataclass
from enum import StrEnum

from assistant.countries import COUNTRY


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
_MILLIONS = r"(?:k|m|bn|mil(?:j|li|i)o(?:e?n|ni)\w*|mio|mili?ard\w*|milliard\w*|miljard|billions?|mrd)\b\.?"
MONEY = re.compile(
    rf"{_CURRENCY}\s?\d|\d[\d.,'  ]*\s?(?:{_MILLIONS})?\s?(?:d[ei] |d['’])?(?:(?:schweizer|zwitserse) )?{_CURRENCY}\b",
    re.IGNORECASE,
)
_HOW_MUCH = r"(?:how much|what|hoeveel|wat|wie ?viel|was|wie hoch|welche\w*|combien|quel\w*|quanto|qual|cosa)"
_PRICE = (
    r"(?:prices?|costs?|(?<!en )charges?|fees?|pay|rents?|tariffs?|prij(?:s|zen)|kost(?:en)?|betaalt|betalen|huur|"
    r"tarie(?:f|ven)|preise?|kostet|gebühr(?:en)?|mieten?|zahlt|zahlen|prix|co[uû]t(?:e|ent|s)?|tarifs?|loyers?|"
    r"paie|paient|payer|prezz[oi]|cost[aoi]|costano|tariff[ae]|paga|pagano|pagare|canon[ei]|"
    r"salar(?:y|ies)|wages?|stipends?|salaris(?:sen)?|loon|lonen|gehalt|gehälter|löhne?|salaires?|salari[oi]?|"
    r"stipendio?)\b"
)
_WHICH_COSTS = r"(?: \w+){0,3} (?:costs|kosten|coûts|costi)\b"  # of which kinds are wanted, and no price
_SHARE = (
    r"(?:percentages?|(?:what|which|how \w+ (?:is|was|an?)(?: the| an?)?) (?:\w+ )?shares?|"
    r"(?:welke?|hoe groot (?:is|was)(?: het)?) (?:\w+ )?(?:aan)?deel|"
    r"(?:welche[mnrs]?|wie (?:hoch|groß) (?:ist|war)(?: der)?) (?:\w+ )?(?:höchst|mindest)?anteile?n?|prozent(?:satz)?|"
    r"pourcentages?|quelle part|percentual[ei]|quota|(?:tax|interest|success|acceptance|approval|royalty) rates?|"
    r"(?:zins|steuer|förder|erfolgs)s(?:a|ä)tze?|taux|tass[oi])\b"
)
_NAMES_SHARE = (
    r"(?:percentages?|shares?|rates?|aandee?l(?:en)?|(?:höchst|mindest)?anteile?|prozent(?:satz)?|\w*s(?:a|ä)tze?|"
    r"pourcentages?|parts?|taux|percentual[ei]|quot[ae]|tass[oi])\b"
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
    r"(?:english|engels|englisch|anglais|inglese|french|frans|französisch|français|francese|german|duits|deutsch|"
    r"allemand|tedesco|dutch|nederlands|niederländisch|néerlandais|olandese|italian|italiaans|italienisch|italien|"
    r"italiano|spanish|spaans|spanisch|espagnol|spagnolo)\b"
)
_LANGUAGES = r"(?:languages?|ta(?:al|len)|sprachen?|langues?|lingu[ae])\b"
_HOW_LONG = r"(?:how long|hoe ?lang|wie lange?|combien de temps|quant[oiae] tempo)\b"
_HOW_MANY_DAYS = (
    r"(?:how many (?:hours|days|weeks|months|years)|hoeveel (?:uur|uren|dagen|weken|maanden|jaar|jaren)|"
    r"wie ?viele (?:stunden|tage|wochen|monate|jahre)|combien de (?:heures|jours|semaines|mois)|"
    r"combien d['’](?:heures|années|ans)|quant[oiae] (?:ore|giorni|settimane|mesi|anni))\b"
)
_UNITS_OF_LENGTH = (
    r"(?:minutes?|hours?|days?|weeks?|months?|years?|decades?|centur(?:y|ies)|kilomet(?:er|re)s?|met(?:er|re)s?|miles?|"
    r"feet|km|m|minu(?:ut|ten)|u(?:ur|ren)|dag(?:en)?|we(?:ek|ken)|maand(?:en)?|ja(?:ar|ren)|kilometer|stunden?|"
    r"tag(?:e|en)?|wochen?|monat(?:e|en)?|jahr(?:e|en)?|heures?|jours?|semaines?|mois|an(?:s|née|nées)?|mètres?|"
    r"kilomètres?|or[ae]|giorn[oi]|settiman[ae]|mes[ei]|ann[oi]|metri|chilometri)\b"
)
_WEEKDAYS = (
    r"(?:(?:mon|tues|wednes|thurs|fri|satur|sun)days?|(?:maan|dins|woens|donder|vrij|zater|zon)dag(?:en)?|weekdays?|"
    r"(?:mon|diens|donners|frei|sams|sonn)tags?|mittwochs?|lundi|mardi|mercredi|jeudi|vendredi|samedi|dimanche|"
    r"lunedì|martedì|mercoledì|giovedì|venerdì|sabato|domenica)\b"
)
NUMBER_WORDS = (
    r"(?:one|two|three|four|five|six|seven|eight|nine|ten|eleven|twelve|twenty|thirty|forty|fifty|hundred|thousand|"
    r"twee|drie|vier|vijf|zes|zeven|acht|negen|tien|elf|twaalf|zwei|drei|fünf|sechs|sieben|neun|zehn|zwölf|deux|trois|"
    r"quatre|cinq|sept|huit|neuf|dix|onze|douze|due|tre|quattro|cinque|sei|sette|otto|nove|dieci|undici|dodici)\b"
)
MONTHS = (
    r"(?:mei|january|february|march|april|june|july|august|september|october|november|december|januari|februari|"
    r"maart|juni|juli|augustus|oktober|januar|februar|märz|mai|dezember|janvier|février|mars|avril|juin|juillet|août|septembre|"
    r"octobre|novembre|décembre|gennaio|febbraio|marzo|aprile|maggio|giugno|luglio|agosto|settembre|ottobre|dicembre)\b"
)
_SEASONS = (
    r"(?:spring|summer|autumn|winter|voorjaar|lente|zomer|najaar|herfst|frühjahr|frühling|sommer|herbst|printemps|"
    r"automne|hiver|primavera|autunno|inverno)\b"
)
_YEAR = r"(?:1[5-9]|20)\d\d\b"
_NUMBERED = "".join(
    rf"(?<!\b{word} )"
    for word in "action actie article artikel articolo version versie versione phase fase level section no nr".split()
)
QUANTITY = (  # no year, no day of a month, no number of a list, and none that is part of a name
    rf"(?!^\d+[.)]\s)(?<![\w/.-]){_NUMBERED}(?!{_YEAR})\d[\d.,]*(?![\w/]|-\d|(?:st|nd|rd|th|er|\.|º)?\s(?:{MONTHS}|may\b))"
)
_WHEN = (  # and no "when" in the middle of a sentence, nor one that asks on what conditions
    r"(?:\b(?:since|from|by|until|till) when\b|"
    r"(?:^\W*|[.?!,;:]\s(?:and\s)?|\b(?:and|or|know|me)\s)when\b(?! (?:can|may|must|should|is an?)\b)|"
    r"\b(?:wanneer(?! (?:mag|mogen|moet|moeten|kan|kunnen|is een)\b)|wann|quand|quando)\b)"
)
_WHY = (  # where a sentence opens with it
    r"(?:^\W*|[.?!,;:]\s)(?:(?:and|en|und|et|e) )?(?:why|waarom|warum|wieso|weshalb|pourquoi|perch[eé]|"
    r"(?:for )?(?:what|which) (?:(?:is|are|was|were) )?(?:the )?reasons?|om welke reden(?:en)?|"
    r"wat (?:is|zijn|was|waren) de reden(?:en)?|aus welche[mn] gr[uü]nd\w*|was (?:ist|sind|war|waren) (?:der|die) "
    r"gr[uü]nde?|pour quelles? raisons?|quelles? (?:est|sont|était) (?:la|les) raisons?|"
    r"per qual[ei] (?:motiv|ragion)[oei]|qual[ei] (?:è|sono|era) (?:il|la|i|le) (?:motiv|ragion)[oei])\b"
)
_TO_DO = (  # what something is for, and not what must be done
    r"(?:(?<!have )(?<!has )(?<!had )(?<!need )(?<!want )(?<!wants )to (?:make|avoid|protect|ensure|keep|let|help|give|"
    r"raise|allow|enable|create|support|promote|prevent|improve|explore|save|reduce|increase|open|bring|show|find)|"
    r"om .{1,60} te|um .{1,80} zu|pour \w+(?:er|ir|re)|per \w+(?:are|ere|ire|arre|urre|arlo|erlo))\b"
)
_BECAUSE = (
    rf"(?:because|since(?! (?:\d|then\b|(?-i:[A-Z])))|due to|owing to|so that|in order to|so as to|as a result|"
    rf"therefore|thus|hence|reasons?|causes?|caused|thanks to|for lack|omdat|(?<=, )want|doordat|zodat|daarom|wegens|"
    rf"vanwege|aangezien|dankzij|opdat|dus|reden(?:en)?|weil|denn|damit|deshalb|daher|wegen|aufgrund|gr[uü]nd(?:e|en)?|sodass|"
    rf"dadurch|(?:parce|puis|pour) ?qu(?:e|['’])|(?<=, )car|afin|raisons?|grâce|faute de|à cause|donc|perch[eé]|"
    rf"poich[eé]|affinch[eé]|a causa|motiv[oi]|ragion[ei]|grazie|dato che|quindi|in quanto|{_TO_DO})(?!\w)"
)
_ADDRESS = (  # and no e-mail address
    r"(?:(?:postal|street|visiting) address|(?:at (?:what|which)|what is the) address|"
    r"(?:op welk|wat is het|(?:post|bezoek|vestigings)) ?adres|"
    r"(?:postanschrift|unter welcher (?:adresse|anschrift)|wie lautet die (?:post)?(?:adresse|anschrift))|"
    r"(?:à quelle adresse|quelle est l['’]adresse(?! (?:e-?mail|électronique))|adresse postale)|"
    r"(?:a quale indirizzo|qual è l['’]indirizzo(?! e-?mail)|indirizzo postale)|"
    r"(?:in|op|an|auf|dans|à|a) (?:what|which|welke?|welche[mnrs]?|quel(?:le)?|quale?) "
    r"(?:building|street|room|gebouw|straat|zaal|gebäude|straße|saal|bâtiment|rue|salle|edificio|via|sala))\b"
)
_WHICH = r"(?:what|which|whose|welke?[mnrs]?|welche[mnrs]?|quel(?:le)?s?|qual[ei]?|che)"
_ASKS_COUNTRY = (
    r"(?:(?:what|which|whose) (?:\w+ )?(?:(?:member |partner )?countr(?:y|ies)(?!['’])|nations?|member states?)|"
    r"welke? (?:\w+ )?(?:(?:partner|buur)?land(?:en)?|lidsta(?:at|ten))|"
    r"welche[mnrs]? (?:\w+ )?(?:(?:mitglieds|partner|bundes)?l(?:and|änder[ns]?)|(?:mitglied)?staaten|mitgliedstaat)|"
    r"quel(?:le)?s? (?:\w+ )?(?:pays|états(?: membres)?)|(?:qual[ei]|che) (?:\w+ )?(?:paes[ei]|stat[oi] membr[oi]))\b"
)
_COUNTRIES = (
    r"(?:countr(?:y|ies)|member states?|land(?:en)?|lidsta(?:at|ten)|länder[ns]?|mitgliedsta(?:at|aten)|pays|"
    r"états membres?|paes[ei]|stat[oi] membr[oi])\b"
)
_TOWN = (
    r"(?:cit(?:y|ies)|towns?|municipalit(?:y|ies)|stad|steden|gemeenten?|plaats|stadt|städten?|gemeinden?|ort|"
    r"villes?|communes?|città|comun[ei])\b"
)
_IN_TOWN = r"\b(?:in|te|à|ad|at|near|bij|bei) (?-i:[A-ZÀ-Ü][a-zà-ü-]{2,})"
_OFTEN = (
    r"(?:how (?:often|frequently|regularly)|hoe (?:vaak|dikwijls)|wie (?:oft|häufig)|combien de fois|"
    r"à quelle fréquence|quante volte|quanto spesso|ogni quant[oi])\b"
)
_TIMES = (
    r"(?:every|each|yearly|annual(?:ly)?|monthly|weekly|daily|quarterly|(?:tri|bi)ennial(?:ly)?|times|once|twice|"
    r"(?:a|per) (?:year|month|week|day)|jaarlijkse?|maandelijkse?|wekelijkse?|dagelijkse?|elke?|iedere?|"
    r"om de (?:\w+ )?(?:jaar|maand(?:en)?|we(?:ek|ken)|dag(?:en)?)|keer|eens|(?:een|twee|drie|vier)?maal|"
    r"per (?:jaar|maand|week|dag)|(?:halb|zwei|drei)?jährlich\w*|monatlich\w*|wöchentlich\w*|täglich\w*|"
    r"alle \w+ (?:jahre|monate|wochen)|jede[mnrs]?|(?:ein|zwei|drei|vier)?mal|pro (?:jahr|monat|woche|tag)|chaque|"
    r"(?:tous|toutes) les (?:\w+ )?(?:ans|mois|semaines|jours)|annuel\w*|mensuel\w*|par (?:an|mois|semaine|jour)|fois|"
    r"ogni|annual[ei]|mensil[ei]|all['’]anno|al mese|volt[ae]|triennal[ei])\b"
)
_MAILBOX = (
    r"(?:mail ?box|mailbus|postfach|e-?mail[- ]?(?:address(?:es)?|adres(?:sen|se)?)|mailadresse|"
    r"adresse (?:e-?mail|mail|électronique)|indirizzo (?:e-?mail|mail|di posta elettronica))\b"
)
_STREET = (
    r"(?:(?:street|road|avenue|lane|square|building|hall|room|\w*(?:straat|laan|weg|plein|gebouw|zaal)|"
    r"\w*(?:straße|strasse|platz|allee|gebäude|saal)|rue|chemin|boulevard|bâtiment|salle|viale|piazza|edificio|sala)\b|"
    r"(?-i:(?:[Vv]ia|[Rr]oute) [A-ZÀ-Ü]|\b(?!(?:19|20)\d\d\b)[A-Z]?-?\d{4,5}(?: [A-Z]{2})? [A-Z])|https?:|www\.)"
)
_CENTURY = r"(?:century|centuries|eeuw(?:en)?|jahrhunderts?|siècles?|secol[oi])\b"
_AFTER = (
    r"(?:after|within|before|nach|vor|binnen|innerhalb|na|voor|après|avant|dans|sous|dopo|prima|entro|jusqu['’]à|"
    r"fino a|tot|bis|until|days|dagen|tagen|jours|giorni)"
)
_NAMES_NAME = r"(?:names?|naam|namen?|noms?|nom[ei])\b"
_IS_CALLED = r"(?:names? of|hoe heet(?:en|te)?|wie hei(?:ß|ss)(?:t|en)|comment s['’]appell\w*|come si chiama\w*)"
_WHO_IS = r"(?:who (?:is|was)|wie (?:is|was)|wer (?:ist|war)|qui (?:est|était)|chi (?:è|era))"
_HEAD = (  # of whom there is one
    r"(?:heads?|directors?(?:-general)?|chief (?:\w+ ){1,2}officers?|C[EFT]O|chair(?:man|woman|person|s)?|"
    r"presidents?|hoofd|directeur|voorzitter|leiter(?:in)?|"
    r"direktor(?:in)?|vorsitzende[rn]?|directrice|présidente?|diret(?:tore|trice)|presidente)\b"
)
_OFFICER = (  # whose office may be what is wanted: "Who is the liaison officer for the Netherlands?"
    r"(?:officers?|ILOs?|managers?|coordinators?|leid(?:er|ster)|coördinator|beauftragte[rn]?|agents?|responsables?|"
    r"coordinat(?:eur|rice)|responsabil[ei]|coordinat(?:ore|rice))\b"
)
_DURATION = rf"(?:\d+|\b{NUMBER_WORDS})(?: to \d+|[-–]\d+)?[- ]?(?:\w+ )?{_UNITS_OF_LENGTH}"
_BODIES = (  # what organisations, events and offices are called by, and no person
    r"(?:Officers?|Office|Liaison|Industr\w*|Science|Scientific|Business|Forum|Committee|Council|Commission|Board|"
    r"Days?|Cent(?:er|re)s?|Universit\w*|Institut\w*|College|School|Union|Agency|Association|Network|Programme?|"
    r"Project|Fund|European?|National|International|Research|Technology|Transfer|Innovation|Energy|Space|Street|"
    r"States?|Park|Labs?|Laborator(?:y|ies)|Village|Valley|Campus|Group|Team|Service|Policy|Handbook|Guide|Report|"
    r"Rules?|Prize|Award|Firmen|Unternehmen|Gesellschaft|Europäische\w*|Deutsche\w*|Schweizer|Stadt|Land|Bund|Comité|"
    r"Conseil|Centre|Consorzio|Consiglio|Comitato|Istituto|Stichting|Raad|Ministe\w*|Republi[ck]|Repubblica|Republik|"
    r"République|Kingdom|Regno|Royaume|Königreich|Koninkrijk|Paesi|Stati)\b"
)
_NAME = rf"(?!{_BODIES})[A-ZÀ-Ü][a-zà-ü’'-]+"
_TWO_NAMES = rf"{_NAME} (?:de |van |von |der |di |da )*{_NAME}(?! (?:{_BODIES}|[A-Z]))"

_IN_OFFICE = (  # a project may be led by an organisation
    r"(?:who (?:currently |now )?(?:heads|leads|chairs|directs|presides)|wie (?:leidt|zit\b.{1,60}\bvoor)|"
    r"wer (?:leitet|führt|sitzt\b.{1,60}\bvor)|qui (?:dirige|préside)|chi (?:dirige|presiede|guida))\b"
    r"(?!.*\bproje[ck]t\b|.*\bprojet\b|.*\bprogetto\b)"
)

_ROLE = (  # what a sentence says of a person whose office is asked for
    rf"(?:{_HEAD}|{_OFFICER}|(?:led|leads|headed|heads|chaired|chairs|directed|directs|presided|presides|"
    r"leid(?:t|de|en)|geleid|voorgezeten|leitet|geleitet|führt|dirigée?|dirige|préside|présidée?|guida(?:to|ta)?|"
    r"diretto|diretta|"
    r"presieduto|presiede)\b)"
)

SORTS = (
    Sort(asked=re.compile(_WHY, re.IGNORECASE), given=_words(_BECAUSE), form=Form.STRICT),
    Sort(
        asked=re.compile(
            rf"\b(?:{_IS_CALLED}\b.{{0,60}}?\b(?:{_HEAD}|{_OFFICER})|{_WHO_IS}\b.{{0,60}}?\b{_HEAD}|{_IN_OFFICE})",
            re.IGNORECASE,
        ),
        given=re.compile(
            rf"(?:(?i:\b{_ROLE}).{{0,40}}(?<=[a-zà-ü,;:(] ))(?P<after>{_TWO_NAMES})|"
            rf"(?<=[a-zà-ü,;:(] )(?P<before>{_TWO_NAMES})(?=.{{0,40}}(?i:\b{_ROLE}))|\b(?:Mr|Ms|Mrs|Dr|Herr|Frau|Mme|"
            rf"Dott)\b\.? [A-ZÀ-Ü]"
        ),
        named=_words(_NAMES_NAME),
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
        named=_words(_NAMES_NAME),
    ),
    Sort(
        asked=_words(_TELEPHONE),
        given=re.compile(r"(?:\+|\b00?)\d[\d /().-]{6,}\d"),
        named=_words(_TELEPHONE),
        form=Form.ONLY,
    ),
    Sort(
        asked=_words(_MAILBOX),
        given=re.compile(r"\b[\w.+-]+@[\w-]+\.\w"),
        named=_words(_MAILBOX),
    ),
    Sort(
        asked=_words(_ADDRESS),
        given=_words(_STREET),
        form=Form.STRICT,
    ),
    Sort(
        asked=_words(_ASKS_COUNTRY),
        given=COUNTRY,
        named=_words(_COUNTRIES),
    ),
    Sort(
        asked=re.compile(rf"\b{_WHICH} {_TOWN}", re.IGNORECASE),
        given=re.compile(_IN_TOWN, re.IGNORECASE),
        named=_words(_TOWN),
    ),
    Sort(
        asked=_words(_OFTEN),
        given=_words(_TIMES),
        form=Form.STRICT,
    ),
    Sort(
        asked=re.compile(rf"\b{_WHICH} (?:months?|maand(?:en)?|monate?|mois|mes[ei])\b", re.IGNORECASE),
        given=re.compile(rf"\b(?:{MONTHS}|(?-i:May)\b)", re.IGNORECASE),
        form=Form.STRICT,
    ),
    Sort(
        asked=_words(_WHICH_LANGUAGES),
        given=re.compile(
            rf"\b(?:in|into|auf|ins|en|dans) (?:het )?{_LANGUAGE}|\b{_LANGUAGES}.{{0,60}}\b{_LANGUAGE}|"
            rf"\b{_LANGUAGE}.{{0,30}}\b{_LANGUAGES}",
            re.IGNORECASE,
        ),
        named=_words(_LANGUAGES),
        form=Form.STRICT,
    ),
    Sort(
        asked=_words(_HOURS),
        given=re.compile(
            rf"\b\d{{1,2}}(?:[:.h]\d\d| ?(?:h|am|pm|a\.m\.|p\.m\.|uur|uhr|heures?)\b)|\b{_WEEKDAYS}", re.IGNORECASE
        ),
        named=_words(_HOURS),
        form=Form.ONLY,
    ),
    Sort(
        asked=_words(_SHARE),
        given=re.compile(
            r"\d\s?(?:%|per ?cent|procent|prozent|pour ?cent|per cento)|\b(?:half|third|quarter|helft|derde|kwart|"
            r"hälfte|drittel|viertel|moitié|tiers|quart|metà|terzo|quarto)\b",
            re.IGNORECASE,
        ),
        named=_words(_NAMES_SHARE),
        form=Form.STRICT,
    ),
    Sort(
        asked=re.compile(rf"\b{_HOW_MUCH}\b(?!{_WHICH_COSTS}).{{0,60}}?\b{_PRICE}", re.IGNORECASE),
        given=MONEY,
        named=_words(_PRICE),
        form=Form.STRICT,
    ),
    Sort(  # which may be of money or a share
        asked=_words(
            r"(?:thresholds?|ceilings?|(?:turnover|upper|lower|value) limits?)\b",
            r"drempel\w*|bovengrens|\w*schwelle\w*|(?:ober|höchst|umsatz)grenzen?\b",
            r"seuils?\b|plafonds?\b|sogli[ae]\b|massimal[ei]\b",
        ),
        given=re.compile(rf"{MONEY.pattern}|\d\s?%", re.IGNORECASE),
    ),
    Sort(
        asked=_words(
            r"\w*budget\w*",
            r"amount\w*",
            rf"{_WHICH} (?:sums?|som|summen?|sommes?|somm[ae])\b",
            r"how much (?:money|does|did|is|was|were|can|could)\b",
            r"(?:contract|order|tender) values?\b",
            r"hoe hoog is\b",
            r"wie hoch (?:ist|sind|war|waren)\b.{0,60}\b(?:zuschuss|zuschüsse|förderung\w*|bußgeld\w*|strafen?|"
            r"finanzierung\w*|"
            r"umsatz|\w*beiträge?|\w*beitrag)\b",
            r"bedrag\w*",
            r"(?:opdracht|contract)waarde\w*",
            r"hoeveel geld\b",
            r"betrag\w*",
            r"(?:auftrags|vertrags|bestell)wert\w*",
            r"wie ?viel geld\b",
            r"montants?\b",
            r"valeurs? (?:du|des) (?:marchés?|contrats?)\b",
            r"combien d['’]argent\b",
            r"import[oi]\b",
            r"valor[ei] (?:del|dei|di) (?:contratt[oi]|appalt[oi])\b",
            r"quanto denaro\b",
        ),
        given=MONEY,
    ),
    Sort(
        asked=re.compile(
            rf"\b{_WHICH} (?:exact )?(?:date|day|datum|dag|jour|data|"
            r"giorno|tag)\b",
            re.IGNORECASE,
        ),
        given=re.compile(rf"\b(?:{MONTHS}|(?-i:May)\b|{_WEEKDAYS}|\d{{1,2}}[./]\d{{1,2}}\b)", re.IGNORECASE),
    ),
    Sort(
        asked=re.compile(
            rf"{_WHEN}|\b{_WHICH} (?:year|jaar|jahr|année|anno)\b",
            re.IGNORECASE,
        ),
        given=re.compile(
            rf"\b(?:(?:1\d|20)\d\d\b|{MONTHS}|{_SEASONS}|{_CENTURY}|{_AFTER}\b.{{0,20}}\b{_UNITS_OF_LENGTH})",
            re.IGNORECASE,
        ),
    ),
    Sort(
        asked=_words(_HOW_MANY_DAYS),
        given=re.compile(_DURATION, re.IGNORECASE),
    ),
    Sort(  # which may be until a year
        asked=_words(_HOW_LONG),
        given=re.compile(rf"{_DURATION}|\b{_YEAR}", re.IGNORECASE),
    ),
    Sort(
        asked=_words(
            r"how (?:many|much|long|high|large|big|old|far|tall|deep|fast)\b",
            r"hoe(?:veel| lang| hoog| groot| oud| ver)\b",
            r"wie ?(?:viele?|lange?|hoch|groß|alt|weit)\b",
            r"combien\b",
            r"quant[oiae]\b",
        ),
        given=re.compile(rf"{QUANTITY}|\b(?:{NUMBER_WORDS}|once\b|twice\b)", re.IGNORECASE),
        named=_words(r"numbers?\b", r"aantal\b", r"(?:an)?zahl\b", r"nombres?\b", r"numer[oi]\b"),
    ),
)
