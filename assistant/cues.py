"""The small words by which a question leans on the conversation before it, in each language spoken."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Cues:
    """What to listen for in one language; the patterns are of lower-case text."""

    asks: re.Pattern[str]  # words that make a question whole: question words, and verbs that open one
    changes: re.Pattern[str]  # says at the beginning that something else is asked
    question_words: re.Pattern[str]
    and_asks: re.Pattern[str]  # stands between two questions; of text as it was written
    adds: re.Pattern[str]  # says at the beginning that the last question goes on
    refers: re.Pattern[str]  # points at something said before
    people: re.Pattern[str]  # those of them that may mean whom the last answer named
    asks_who: re.Pattern[str]
    asks_meaning: re.Pattern[str]  # opens "what is an X?", which stands alone
    prepositions: Mapping[str, str]  # each with the plain form of it
    articles: frozenset[str]  # and what else stands before a noun
    definite: frozenset[str]  # those of them that mean a certain thing
    year: str
    only: re.Pattern[str]  # says what the whole conversation is about
    introduces: re.Pattern[str]  # says who asks
    leaves_out: re.Pattern[str]  # says what it is not about
    more: re.Pattern[str]
    less: re.Pattern[str]
    more_than: str
    less_than: str
    year_after: re.Pattern[str]
    year_before: re.Pattern[str]

    def limits(self, told: str) -> bool:
        """Whether something said limits the whole conversation: to one thing, or to what concerns who says it."""
        return self.only.search(told) is not None or self.introduces.search(told) is not None


def _any(text: str) -> re.Pattern[str]:
    """Any of the words and word groups between bars, as whole words."""
    return re.compile(rf"(?<![\w-])(?:{' '.join(text.split())})(?:(?!\w)|(?<='))")


def _at_start(text: str, then: str = r"\W*") -> re.Pattern[str]:
    return re.compile(rf"\W*(?:{' '.join(text.split())})(?!\w){then}")


def _between(and_: str, prepositions: str, question_words: str) -> re.Pattern[str]:
    return re.compile(rf"(?i),?\s+{and_}\s+(?=(?:(?:{prepositions}) )?(?:{question_words})\b)")


def _words(text: str) -> frozenset[str]:
    return frozenset(text.split())


def _plain(text: str) -> Mapping[str, str]:
    """Groups of forms of one preposition, the plain one first."""
    groups = [group.split() for group in text.split(",")]
    return {form: group[0] for group in groups for form in group}


_PAUSE = r"[^:,.;!?–—]{0,25}[:,.;!–—]+\s*"  # what follows "something else" before the question itself

CUES: Mapping[str, Cues] = {
    "en": Cues(
        asks=_any(
            "who|whom|whose|what|which|when|where|why|how|is|are|was|were|does|do|did|can|could|may|"
            "must|should|has|have|"
            "will|would|tell|explain|describe|give|list|show"
        ),
        changes=_at_start(
            "(?:now )?(?:something (?:else|different)|(?:an)?other (?:question|thing|topic|subject)|"
            "a (?:different|new) (?:question|topic|subject)|(?:new|different) (?:question|topic|subject)|"
            "on (?:a|an)(?:other)? (?:different |new )?(?:note|topic|subject)|"
            "(?:let us|let's) (?:change|switch)|(?:to )?chang(?:e|ing) (?:of )?(?:the )?(?:subject|"
            "topic)|unrelated)",
            _PAUSE,
        ),
        question_words=_any(r"who|whom|whose|what|which|when|where|why|how(?: much| many| long| often)?"),
        and_asks=_between(
            r"and", r"for|in|to|at|by|from|of|with|on|until|under", r"who|whom|whose|what|which|when|where|why|how"
        ),
        adds=_at_start("(?:and |but |or )?(?:what|how) about|and what of|and|but|or|also|then|so"),
        refers=_any(
            r"(?<!is )(?<!does )(?:it)|is it(?! (?:possible|true|allowed|necessary|legal))|"
            r"does it(?! (?:cost|take))|its|"
            r"they|them|their|theirs|he|she|him|his|her|this|these|those|"
            r"(?<!are )(?<!is )(?<!were )(?<!was )there(?! (?:is|are|was|were))|such(?! as)|the same|"
            r"the (?:former|latter|others?)|"
            r"the [\w-]+ ones?|which ones?|"
            r"(?:about|of|for|with|after|before|below|above|under|over|from|than|like|in|on|to|by|"
            r"does|is|was|did) that|that(?=\W*$)"
        ),
        people=_any("they|them|their|he|she|him|her|those|that"),
        asks_who=_any("who|whom"),
        asks_meaning=_at_start("(?:what (?:is|are|does)(?! the| your| its| their| this| that| it))", ""),
        prepositions=_plain("for,according,in within,at,of,by,from,with,to into,under,above,below,on,about,between"),
        articles=_words("the a an its their this these those our your each every"),
        definite=_words("the"),
        year="year",
        only=_any("only|solely|just about|exclusively"),
        introduces=_any("we are|we're|i am|i'm|our company|i work"),
        leaves_out=re.compile(r"[,;]?\s*(?:and |but )?not (?:about|of|for|in|at|the|that)\b[^.;?!]*"),
        more=_any("(?:worth |of |is )?(?:more|higher|larger|greater) than|above|over|exceeding|exceeds"),
        less=_any("(?:worth |of |is )?(?:less|lower|smaller) than|below|under|beneath|up to"),
        more_than="more than",
        less_than="below",
        year_after=_any("(?:the )?(?:next|following) year|(?:the|a|one) year (?:after|later)"),
        year_before=_any("(?:the )?(?:previous|preceding) year|(?:the|a|one) year (?:before|earlier)"),
    ),
    "nl": Cues(
        asks=_any(
            "wie|wiens|wat|welke?|wanneer|waar(?:voor|mee|om|door|bij|in|op|van|aan|uit|toe)?|hoe|"
            "hoeveel|is|zijn|was|waren|"
            "heeft|hebben|kan|kunnen|mag|mogen|moet|moeten|doet|doen|wordt|worden|geldt|gelden|geef|"
            "vertel|toon|leg"
        ),
        changes=_at_start(
            "(?:nu )?(?:even )?(?:iets (?:heel )?anders|(?:een )?(?:heel )?andere vraag|(?:een )?nieuwe vraag|"
            "(?:een )?(?:ander|nieuw) onderwerp|los daarvan|verander(?:en)? van onderwerp)",
            _PAUSE,
        ),
        question_words=_any(r"wie|wiens|wat|welke?|wanneer|waar\w*|hoe\w*"),
        and_asks=_between(
            r"en", r"voor|in|aan|bij|met|op|van|door|tot|vanaf|onder", r"wie|wiens|wat|welke?|wanneer|waar\w*|hoe\w*"
        ),
        adds=_at_start(
            "(?:en )?hoe zit (?:het|dat) (?:dan )?(?:met|bij|voor)|(?:en )?wat (?:met|over)|en|maar|of|ook|dus|dan"
        ),
        refers=_any(
            r"hij|ze|zij|hem|haar|hun|daar\w*|er(?:van|voor|mee|in|op|aan|bij|toe|uit)|dit|deze|"
            r"diens|dezelfde|hetzelfde|zulke?|"
            r"hier(?:van|voor|mee|bij|in|op|aan)?|(?:met|van|voor|bij|over|na|onder|boven|in|op|is|"
            r"was|geldt) (?:die|dat)|"
            r"(?:die|dat)(?=\W*$)|het(?= (?:van|voor|in|op|bij|met|aan|uit|nu|dan|ook|al|daar|nog|"
            r"te)\b)|het(?=\W*$)|"
            r"(?:heeft|krijgt|kost|doet|is|was|werd|geeft|biedt|duurt|kreeg|had|"
            r"deed) het(?= \w+(?:en|t|d)?\W*$)"
        ),
        people=_any("die|hij|zij|ze|hem|haar|hun|deze|dat"),
        asks_who=_any("(?<!van )wie"),
        asks_meaning=_at_start("(?:wat (?:is|zijn|betekent)(?! de| het| dat| dit))", ""),
        prepositions=_plain("voor,in binnen,bij,van,met,op,aan,door,naar,uit,onder,boven,tot,over,tussen,volgens"),
        articles=_words("de het een zijn haar hun dit deze die ons onze elk elke"),
        definite=_words("de het"),
        year="jaar",
        only=_any("alleen|enkel|uitsluitend"),
        introduces=_any("wij zijn|we zijn|ik ben|ons bedrijf"),
        leaves_out=re.compile(r"[,;]?\s*(?:en |maar )?niet (?:over|van|voor|in|bij|de|het|die|dat)\b[^.;?!]*"),
        more=_any("(?:meer|hoger|groter) dan|boven(?: de)?|vanaf"),
        less=_any("(?:minder|lager|kleiner) dan|onder(?: de)?|beneden|tot"),
        more_than="meer dan",
        less_than="onder",
        year_after=_any("het jaar (?:daarna|erna|erop|nadien)|(?:het )?volgende? jaar|een jaar later"),
        year_before=_any("het jaar (?:daarvoor|ervoor|voordien)|(?:het )?vorige? jaar|een jaar eerder"),
    ),
    "de": Cues(
        asks=_any(
            "wer|wen|wem|wessen|was|welche[rnms]?|wann|wo|wohin|woher|warum|wieso|wie|wieviel|"
            "wo(?:für|mit|durch|rauf|von|zu|ran)|"
            "ist|sind|war|waren|hat|haben|kann|können|darf|dürfen|muss|müssen|soll|gilt|gelten|gibt|"
            "wird|werden|zahlt|nenne|erkläre"
        ),
        changes=_at_start(
            "(?:jetzt |nun )?(?:(?:et)?was (?:ganz )?anderes|(?:eine )?(?:ganz )?andere frage|"
            "(?:eine )?neue frage|"
            "(?:ein )?(?:anderes|neues) thema|themenwechsel|thema wechseln|unabhängig davon)",
            _PAUSE,
        ),
        question_words=_any(r"wer|wen|wem|was|welche\w?|wann|wo\w*|wie\w*|warum"),
        and_asks=_between(
            r"und",
            r"für|in|an|bei|mit|auf|von|zu|ab|bis|seit|unter",
            r"wer|wen|wem|was|welche\w?|wann|wo\w*|wie\w*|warum",
        ),
        adds=_at_start(
            "(?:und )?wie (?:sieht|steht) es (?:denn |dann )?(?:mit|bei|für|um)|"
            "(?:und )?was ist (?:denn |dann )?mit|und|aber|oder|auch|also"
        ),
        refers=_any(
            r"er|(?<!gibt )(?<!gab )(?<!geht )(?<!handelt )es|ihn|ihm|ihnen|ihre?[mnrs]?|sie|seine?[mnrs]?|"
            r"dessen|deren|dort\w*|"
            r"da(?:ran|rauf|für|von|mit|bei|zu|rin|runter|rüber|raus|nach|vor|durch|gegen)?|"
            r"diese[rnms]?|dies|jene[rnms]?|"
            r"derselben?|dieselben?|dasselbe|hier(?:von|für|zu)?|(?:das|der|die|den)(?=\W*$)"
        ),
        people=_any("der|die|er|sie|ihn|ihm|ihr|ihre|diese|dieser"),
        asks_who=_any("wer|wen|wem"),
        asks_meaning=_at_start("(?:was (?:ist|sind|bedeutet)(?! der| die| das| es))", ""),
        prepositions=_plain(
            "für,in im ins,bei beim,von vom,mit,an am ans,auf,zu zum zur,aus,unter,über,ab,nach,gegen,zwischen,seit,"
            "laut gemäß"
        ),
        articles=_words(
            "der die das den dem des ein eine einen einem einer eines sein seine ihr ihre dieser diese dieses jede "
            "jeder"
        ),
        definite=_words("der die das den dem"),
        year="jahr",
        only=_any("nur|ausschließlich|lediglich"),
        introduces=_any("wir sind|ich bin|unser unternehmen|unsere firma"),
        leaves_out=re.compile(
            r"[,;]?\s*(?:und |aber )?nicht (?:über|um|von|für|in|bei|das|die|der|"
            r"den)\b[^.;?!]*"
        ),
        more=_any("mehr als|über|oberhalb(?: von)?|ab|höher als|größer als"),
        less=_any("weniger als|unter|unterhalb(?: von)?|bis(?: zu)?|niedriger als|kleiner als"),
        more_than="über",
        less_than="unter",
        year_after=_any(
            "(?:im )?(?:nächsten|folgenden|darauffolgenden) jahr|(?:im )?jahr (?:darauf|"
            "danach)|(?:im )?folgejahr|ein jahr später"
        ),
        year_before=_any(
            "(?:im )?(?:vorigen|vorherigen|vorangegangenen) jahr|(?:im )?jahr (?:davor|zuvor)|(?:im )?vorjahr"
        ),
    ),
    "fr": Cues(
        asks=_any(
            "qui|que|quoi|quels?|quelles?|lesquels?|laquelle|quand|où|pourquoi|comment|combien|"
            "est-ce|qu'est-ce|est|sont|était|"
            "a-t-il|a-t-elle|peut|peut-on|faut-il|y a-t-il|doit|doit-on|donne|explique|dis"
        ),
        changes=_at_start(
            "(?:passons à )?(?:tout )?autre (?:chose|question|sujet)|une (?:tout )?autre question|"
            "(?:une )?nouvelle question|"
            "chang(?:eons|er|ement) de sujet|(?:sur )?un (?:tout )?autre sujet|(?:ça n'a )?rien à voir",
            _PAUSE,
        ),
        question_words=_any(r"qui|que|qu'est-ce|quels?|quelles?|quand|où|comment|combien|pourquoi"),
        and_asks=_between(
            r"et",
            r"pour|à|de|en|dans|par|avec|depuis|sur",
            r"qui|que|qu'est-ce|quels?|quelles?|quand|où|comment|combien|pourquoi",
        ),
        adds=_at_start(
            "(?:et )?qu'en est-il (?:pour|de|du|des|d')|(?:et )?quid (?:de|du|des|d')|et|ou|mais|aussi|donc|alors"
        ),
        refers=_any(
            r"(?<!-t-)ils?(?! (?:y a|faut|est possible))|"
            r"(?<!faut)(?<!agit)(?<!existe-t)(?<!y a-t)-(?:t-)?(?:ils?|elles?)|elles?|lui|"
            r"y(?! a)|leurs?|celui(?:-ci|-là)?|celles?(?:-ci|-là)?|ceux(?:-ci|-là)?|ça|cela|cet|cette|ces|"
            r"son|sa|ses|là|(?:le|la|les) mêmes?|en(?= (?:est|a|sont|ont)\b)"
        ),
        people=_any("il|ils|elle|elles|lui|leur|leurs|celui-ci|celle-ci|ceux-ci"),
        asks_who=_any("(?<!à )qui"),
        asks_meaning=_at_start("(?:qu'est-ce qu(?:e|')|c'est quoi|que signifie)", ""),
        prepositions=_plain("pour,à au aux,en,dans,de du des d,chez,par,avec,sur,sous,entre,selon"),
        articles=_words("le la les l un une des du au aux ce cet cette ces son sa ses leur leurs chaque"),
        definite=_words("le la les l"),
        year="année",
        only=_any("seulement|uniquement|exclusivement"),
        introduces=_any("nous sommes|je suis|notre entreprise"),
        leaves_out=re.compile(
            r"[,;]?\s*(?:et |mais )?(?:non )?pas (?:de|du|des|d'|à|au|aux|pour|"
            r"sur|celui|celle|ceux|le|la|les)\b[^.;?!]*"
        ),
        more=_any("(?:de )?plus de|au-dessus (?:de|du)|supérieure?s? à|dépass\\w+|au-delà de|à partir de"),
        less=_any("(?:de )?moins de|en dessous (?:de|du)|au-dessous (?:de|du)|inférieure?s? à|jusqu'à|sous"),
        more_than="plus de",
        less_than="moins de",
        year_after=_any("(?:l')?année (?:suivante|d'après)|(?:l')?an(?:née)? prochaine?|un an plus tard"),
        year_before=_any("(?:l')?année (?:précédente|d'avant)|un an plus tôt"),
    ),
    "it": Cues(
        asks=_any(
            "chi|che|cosa|quale|quali|qual|quando|dove|perché|come|quant[oaie]|è|sono|era|erano|ha|"
            "hanno|può|possono|deve|devono|"
            "c'è|ci sono|dimmi|spiega|elenca"
        ),
        changes=_at_start(
            "(?:adesso |ora )?(?:un'altra (?:cosa|domanda)|(?:tutt')?altr[ao] (?:domanda|argomento|"
            "cosa)|(?:una )?nuova domanda|"
            "cambi(?:amo|o|ando) (?:di )?(?:argomento|tema|discorso)|passiamo ad altro|un altro argomento)",
            _PAUSE,
        ),
        question_words=_any(r"chi|cosa|quali|quale|qual|quando|dove|come|quant[oaie]|perché|qual"),
        and_asks=_between(
            r"e", r"per|a|di|da|in|con|su|che", r"chi|cosa|quali|quale|qual|quando|dove|come|quant[oaie]|perché|qual"
        ),
        adds=_at_start(
            "(?:e )?(?:che (?:ne è|dire) (?:di|del|della|dei)|per quanto riguarda|"
            "riguardo (?:a|al|alla))|ed?|oppure|o|ma|anche|quindi|allora"
        ),
        refers=_any(
            r"ess[oaie]|lui|lei|loro|suo|sua|suoi|sue|ne|ci(?! sono)|lì|là|quest[oaie]|quell[oaie]|"
            r"ciò|(?:lo|la|gli|le) stess[oaie]|"
            r"(?:lo|la|li|le|l')(?= ?(?:ha|hanno|è|può|possono|si|fa|fanno)\b)"
        ),
        people=_any("lui|lei|loro|questo|questa|questi|quello|quella"),
        asks_who=_any("(?<!di )chi"),
        asks_meaning=_at_start("(?:(?:che )?cos(?:'è|a è|a sono|a significa)(?! il| la| lo| i| gli| le))", ""),
        prepositions=_plain(
            "per,in nel nello nella nei negli nelle,a ad al allo alla ai agli alle,di del dello della dei degli delle,"
            "da dal dallo dalla dai dagli dalle,con,su sul sullo sulla sui sugli sulle,presso,tra fra,sotto,sopra,"
            "oltre,secondo"
        ),
        articles=_words(
            "il lo la i gli le l un uno una del dello della dei delle al alla nel nella suo sua ogni questo questa"
        ),
        definite=_words("il lo la i gli le l"),
        year="anno",
        only=_any("solo|soltanto|solamente|unicamente|esclusivamente"),
        introduces=_any("siamo|sono un|la nostra (?:azienda|impresa)"),
        leaves_out=re.compile(
            r"[,;]?\s*(?:e |ma )?non (?:di|del|della|dei|su|sul|per|in|a|al|"
            r"quell[oaie]|il|la|lo|le|i)\b[^.;?!]*"
        ),
        more=_any("più di|oltre|sopra(?: i)?|superior[ei] a|al di sopra di"),
        less=_any("meno di|sotto(?: i)?|inferior[ei] a|al di sotto di|fino a"),
        more_than="oltre",
        less_than="sotto",
        year_after=_any("(?:l')?anno (?:dopo|successivo|seguente)|(?:l')?anno prossimo"),
        year_before=_any("(?:l')?anno (?:prima|precedente)"),
    ),
}
