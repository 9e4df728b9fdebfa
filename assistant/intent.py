"""What a message wants, told by its words alone: an answer, or something that is refused, or only to be polite."""

from __future__ import annotations

import re

from assistant.courtesy import POLITE
from assistant.types import Intent
from ingest.types import Audience


def _any(*patterns: str) -> re.Pattern[str]:
    return re.compile("|".join(f"(?:{pattern})" for pattern in patterns))


# Five languages beside each other: what is asked for in English stays forbidden in a Dutch sentence.
_RULES = (
    r"(?:instruction|instructie|anweisung|consigne|istruzion|rule|regel|regole|règle|restriction|beperking|guideline|"
    r"richtlij|vorgabe|limit|document|source|quelle|bron|fonti|dokument)\w*"
)
_FORGET = (
    r"(?:ignore|disregard|forget|override|bypass|negeer|vergeet|omzeil|ignorier\w*|vergiss|missachte|umgeh\w*|"
    r"ignor(?:e|ez|a)|oublie[zr]?|contourne[zr]?|dimentica|trascura|aggira)"
)
_TELL = (
    r"(?:output|print|copy|reproduce|repeat|recite|dump|give|show|list|display|paste|write|send|reveal|"
    r"tell|toon|geef|druk|"
    r"kopieer|herhaal|schrijf|stuur|gib|gebt|geben|zeig\w*|kopier\w*|wiederhol\w*|druck\w*|schreib\w*|"
    r"schick\w*|nenn\w*|"
    r"recopie[zr]?|copie[zr]?|affiche[zr]?|donne[zr]?(?:-moi)?|montre[zr]?(?:-moi)?|reproduis\w*|"
    r"répète\w*|envoie[zs]?|écris|"
    r"stampa\w*|mostra\w*|copia\w*|riporta\w*|ripeti|dammi|elenca\w*|scrivi\w*|invia\w*|trascrivi\w*)"
)
_WHOLE = (
    r"(?:complete|entire|whole|full|unabridged|every (?:single )?(?:page|word|line)|all (?:the )?pages|verbatim|"
    r"word[ -](?:for|by)[ -]word|volledige?|hele|gehele|integraal|integrale|woord voor woord|"
    r"alle pagina|vollständig\w*|"
    r"ganzen?|gesamten?|komplett\w*|wörtlich|wort für wort|alle seiten|intégral\w*|en entier|entière?|"
    r"complet|complète|"
    r"mot (?:à|pour) mot|toutes les pages|intero|intera|per intero|integralmente|complet[oa]|"
    r"parola per parola|tutte le pagine)"
)
_WRITING = (
    r"(?:handbook|handboek|handbuch|manual|manuel|manuale|guide|gids|leitfaden|guida|document|dokument|documento|"
    r"text|tekst|texte|testo|polic(?:y|ies)|beleid|report|rapport|bericht|page|pagina|seite|page|file|"
    r"bestand|datei|fichier|"
    r"corpus|database|contents?|inhoud|inhalt|contenu|contenuto|notes?|nota'?s?|notiz\w*)"
)
_STAFF = (
    r"(?:staff|internal|confidential|personnel|medewerkers?|personeel\w*|interne?|vertrouwelijk\w*|mitarbeiter\w*|"
    r"vertraulich\w*|intern\w*|confidentiel\w*|du personnel|riservat[aoie]|del personale|colleghi)"
)
_SECRET = (
    r"(?:keys?(?! \w+s\b)|passwords?|tokens?|sleutels?|wachtwoord\w*|schlüssel|passw\w*|"
    r"zugangsdaten|clés?|mots? de passe|chiav[ei])"
)
_ACCESS = (
    r"(?:api|access|staff|admin\w*|secret|authori[sz]ation|bearer|toegang\w*|personeel\w*|"
    r"medewerkers?|zugang\w*|zugriff\w*|mitarbeiter\w*|accès|personnel|accesso|personale|login)"
)

_OVERRIDES = _any(
    rf"\b{_FORGET}\b.{{0,50}}\b{_RULES}",
    r"\b(?:developer|debug|god|dan|jailbreak)[ -]mod(?:e|us)\b|\bmode développeur\b|\bmodalità sviluppatore\b",
    r"\byou are now (?:an?|my|free|in)\b|\bje bent nu een\b|\bdu bist (?:jetzt|nun|ab sofort)\b|"
    r"\btu es maintenant\b|\bora sei un\b",
    r"\bfrom now on (?:you|only|always)\b",
)
_PROMPT = _any(
    r"\bsyste(?:m|em)[ -]?prompts?\b|\bprompt (?:du )?système\b|\bprompt di sistema\b|\bsystemanweisung\w*",
    r"\b(?:hidden|secret|initial|verborgen|geheime|versteckten?|cachées|secrètes|nascoste|"
    r"segrete)\s+(?:instruction|instructie|anweisung|istruzion|prompt)\w*",
    r"\b(?:instruction|istruzion)\w* (?:cachées|secrètes|nascoste|segrete)\b",
    r"\b(?:your|jouw|uw|je|deine[nr]?|ihre[nr]?|tes|vos|tue|tuoi) (?:own )?(?:instructions|instructies|"
    r"anweisungen|istruzioni|prompt)\b",
)
_WANTED = (
    rf"(?:{_TELL}|what(?:'s| is| are)|need|want|welke|wat (?:is|zijn)|was (?:ist|sind)|wie lautet|"
    rf"welche[rnms]?|quel(?:le)?s?|qual[ei]? )"
)
_SECRETS = _any(
    r"\bliaison_[a-z_]+",
    rf"\b{_WANTED}\b.{{0,40}}\b{_ACCESS}[ -]?{_SECRET}\b",
    rf"\b{_WANTED}\b.{{0,40}}\b{_SECRET}\b.{{0,50}}\b{_ACCESS}\b",
    r"/etc/\w+|\benvironment variables?\b|\bumgebungsvariable\w*|\bomgevingsvariabele\w*|"
    r"\bvariables? d'environnement\b|\bvariabil[ei] d'ambiente\b",
)
_DUMPS = _any(
    rf"\b{_TELL}\b.{{0,60}}\b{_WHOLE}\b.{{0,60}}\b{_WRITING}\b",
    rf"\b{_TELL}\b.{{0,60}}\b{_WRITING}\b.{{0,60}}\b{_WHOLE}\b",
    rf"\b{_TELL}\b.{{0,20}}\b{_WHOLE}\b.{{0,40}}\b(?:without|zonder|ohne|sans|senza)\b",
    rf"\b{_TELL}\b.{{0,10}}\b(?:all|alle|tous|toutes|tutti|tutte)\b.{{0,25}}\b(?:documents|documenten|"
    rf"dokumente|documenti)\b",
)
_PUTS_WORDS = re.compile(
    r"(?:^|[.,;:!]\s*|\b(?:and|en|und|et|e|then|dan|dann)\s+)(?:just |now )?"
    r"(?:say|state|claim|answer|zeg|schrijf|beweer|antwoord|sage?|schreibe?|behaupte|antworte|dis|"
    r"affirme|écris|réponds|prétends|di'|scrivi|afferma|rispondi)"
    r"(?: \w+)? (?:that|dat|dass|que|qu'|che)\b"
)
_INTERNAL = _any(
    rf"\b{_TELL}\b.{{0,60}}\b{_STAFF}\b.{{0,30}}\b{_WRITING}",
    rf"\b{_TELL}\b.{{0,60}}\b{_WRITING}\b.{{0,30}}\b{_STAFF}\b",
)
_HOW_ARE_YOU = (
    r"(?:how are you(?: feeling| doing)?(?: today)?|how is it going|hoe gaat het(?: met (?:je|u|jou))?|alles goed|"
    r"wie geht(?:'s| es)(?: (?:dir|ihnen|euch))?(?: heute)?|(?:comment )?ça va|comment (?:allez-vous|"
    r"vas-tu)|come (?:stai|sta|va)(?: oggi)?|"
    r"who are you|wie ben jij|wer bist du|qui es-tu|chi sei)"
)
_GREETING = re.compile(rf"\W*(?:(?:{POLITE}|{_HOW_ARE_YOU})\b\W*)+$")
_OTHER_WORK = _any(
    r"\b(?:write|compose|schrijf|maak|schreibe?|verfasse|écris|écrivez|rédige|scrivi(?:mi)?|"
    r"componi)\b.{0,25}\b(?:poems?|gedicht\w*|poème\w*|poesia|"
    r"song|lied|chanson|canzone|story|verhaal|geschichte|histoire|storia|function|functie|funktion|"
    r"fonction|funzione|script|code|program\w*|essay|"
    r"e-?mail|brief|letter|lettre|lettera)\b",
    r"\b(?:joke|jokes|mop|moppen|grap|witz|witze|blague|blagues|barzelletta|barzellette)\b",
)

_EVERYDAY = _any(
    r"\b(?:recipe|cook|bake|cake|weather|rain(?:ing)?|snow(?:ing)?|movie|film|song|football|soccer|"
    r"champions?hip|lottery|horoscope|girlfriend|"
    r"boyfriend|husband|divorce|headache|painkiller|aspirin|pills?|doctor|restaurants?|hotels?|"
    r"holidays?|vote|elections?|bitcoin|mortgage|garden)\b",
    r"\b(?:recept|koken|bakken|weer(?:bericht)?|regenen|sneeuwen|film|liedje|voetbal\w*|"
    r"loterij|horoscoop|vriendin|echtgeno\w+|"
    r"hoofdpijn|pijnstiller|aspirine|tandarts|huisarts|dokter|restaurants?|hotels?|vakantie|stemmen|"
    r"verkiezing\w*|"
    r"ontslaan)\b",
    r"\b(?:rezept\w*|kochen|backen|braten|ofen|\w*braten|wetter\w*|regnen|regnet|schneien|schneit|film|"
    r"fußball\w*|lotto|horoskop|freundin|"
    r"ehemann|scheidung|kopfschmerz\w*|blutdruck|tabletten|arzt|restaurants?|hotels?|urlaub|wahl(?:en)?|"
    r"bundeskanzler\w*)\b",
    r"\b(?:recettes?|cuisiner|gâteau|météo|quel temps|pleuvoir|neiger|film|chanson|football|"
    r"loterie|horoscope|copine|mari|divorcer|divorce|"
    r"mal de tête|médicament|médecin|restaurants?|hôtels?|vacances|voter|élections?|"
    r"président de la république)\b",
    r"\b(?:ricett[ae]|cucinare|torta|meteo|che tempo|piovere|nevicare|film|canzone|calcio|"
    r"lotteria|oroscopo|fidanzat[ao]|marito|divorzi\w+|"
    r"mal di testa|dolore|medicina|medico|ristorant[ei]|albergo|vacanz[ae]|votare|elezioni)\b",
    r"\b(?:python|javascript|java-programm|sql|select \*)",
)


def intent(message: str, audience: Audience) -> Intent:
    """What a message wants, as far as its words tell.

    Whoever asks for the program's instructions, keys, whole documents or another reader's things, or puts words into
    its mouth, wants what is forbidden. Staff may ask for what is internal. Everyday words only make it likely that a
    question is about something else: what the documents say decides.
    """
    told = " ".join(message.casefold().replace("’", "'").split())
    forbidden = (_OVERRIDES, _PROMPT, _SECRETS, _DUMPS, *(() if audience is Audience.STAFF else (_INTERNAL,)))
    if any(pattern.search(told) for pattern in forbidden) or _PUTS_WORDS.search(told):
        return Intent.FORBIDDEN
    if _GREETING.match(told):
        return Intent.GREETS
    if not any(sign.isalnum() for sign in told):
        return Intent.SAYS_NOTHING
    if _OTHER_WORK.search(told):
        return Intent.OTHER_WORK
    return Intent.ASKS_ELSEWHERE if _EVERYDAY.search(told) else Intent.ASKS
