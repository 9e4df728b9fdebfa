"""Words that say nothing about a text, question words included: they match everything and help nothing."""

from __future__ import annotations

from collections.abc import Mapping


def _listed(words: str) -> frozenset[str]:
    return frozenset(words.split())


STOP_WORDS: Mapping[str, frozenset[str]] = {
    "en": _listed(
        "a about above after again against all also am an and any are as at be because been before being below "
        "between both but by can could did do does doing down during each few for from further had has have having "
        "he her here hers herself him himself his how i if in into is it its itself just me more most my myself no "
        "nor not now of off on once only or other our ours ourselves out over own same she should so some such "
        "than that the their theirs them themselves then there these they this those through to too under until up "
        "very was we were what when where which while who whom whose why will with would you your yours yourself "
        "yourselves may might must shall let us tell please"
    ),
    "nl": _listed(
        "aan al alles als altijd ander andere ben bij daar dan dat de der deze die dit doch doen door dus een eens "
        "en er ge geen geweest haar had heb hebben heeft hem het hier hij hoe hun iemand iets ik in is ja je kan "
        "kon kunnen maar me meer men met mij mijn moet na naar niet niets nog nu of om omdat onder ons ook op over "
        "reeds te tegen toch toen tot u uit uw van veel voor want waren was wat werd wezen wie wil worden wordt "
        "zal ze zelf zich zij zijn zo zonder zou welk welke wanneer waar waarom hoeveel waarmee waarvoor waarop "
        "waarbij waarin worden mag mogen moeten we wij jij jullie eigen wel geven geef eens daarvan hiervoor zoals "
        "tussen per via "
        "bent gehad geworden hadden hebt konden kun kunt moest moesten mocht mochten werden zouden zul zullen zult "
        "wilt daarbij daarin daarop daarvoor degene degenen dergelijk dergelijke dezelfde hetzelfde zelfde ervan "
        "ervoor erin ermee erop hierbij hierdoor hierin hiermee hierna hieronder hierop hiertoe hiervan hoeveelste "
        "hen jou jouw mijzelf mezelf uzelf zichzelf waaraan waardoor waarnaar waarna waaronder waarover waartoe "
        "waaruit waarvan welks wiens wier zodat zodra zowel zulk zulke enerzijds immers tevens mede hieraan"
    ),
    "de": _listed(
        "aber alle allem allen aller alles als also am an ander andere anderem anderen anderer anderes auch auf "
        "aus bei bin bis bist da damit dann das dass daß dein deine dem den denn der derer des dessen dich die "
        "dies diese diesem diesen dieser dieses dir doch dort du durch ein eine einem einen einer eines einige "
        "einigen er es etwas euch euer eure für gegen gewesen hab habe haben hat hatte hatten hier hin hinter ich "
        "ihm ihn ihnen ihr ihre ihrem ihren ihrer im in indem ins ist ja jede jedem jeden jeder jedes jene jenem "
        "jenen jener jenes jetzt kann kein keine keinem keinen keiner können könnte machen man manche mein meine "
        "meinem meinen meiner mich mir mit muss müssen nach nicht nichts noch nun nur ob oder ohne sehr sein seine "
        "seinem seinen seiner selbst sich sie sind so solche soll sollte sondern sonst über um und uns unser "
        "unsere unter viel vom von vor war waren warst was weg weil weiter welche welchem welchen welcher welches "
        "wenn wer werde werden wie wieder will wir wird wirst wo wofür womit wodurch worauf wurde wurden würde "
        "während wann warum wen wem wessen wieviel viele zu zum zur zwar zwischen "
        "beim bzw usw dabei dafür dagegen dahin daran darauf daraus darin darüber darum davon davor dazu denen "
        "deren dasselbe derselbe dieselbe dieselben hierbei hierfür hierzu darf darfst durfte durften dürfen "
        "dürfte dürften gehabt hast hattest hätte hätten habt seid seien wäre wären worden geworden würden konnte "
        "konnten könnten möchte möchten muß musste mussten müsse müsste müssten sollen sollten sodass weshalb "
        "wieso woher wohin wobei wonach woran woraus worin worüber worum wovon wozu sowohl einerseits gar "
        "irgendein irgendeine soweit"
    ),
    "fr": _listed(
        "à au aux avec c ce ces cet cette dans de des du elle elles en est et eu été être il ils j je l la le les "
        "leur leurs lui m ma mais me même mes moi mon n ne nos notre nous on ont ou où par pas pour qu que quel "
        "quelle quelles quels qui quoi s sa se ses si son sont sur t ta te tes toi ton tu un une vos votre vous y "
        "d a ai as avait avoir comment combien quand pourquoi dont donc aussi plus sans sous entre fait faire peut "
        "peuvent doit doivent sera soit ainsi comme lorsque chez était étaient ceux celle celui celles cela ça ni "
        "afin "
        "alors auquel auxquels auxquelles duquel desquels desquelles laquelle lequel lesquels lesquelles quelque "
        "quelques autre autres puis puisque tandis tel telle tels telles voici voilà jusque jusqu lorsqu puisqu "
        "ait aient aura auraient aurait auront avaient avez aviez avons ayant eue furent fut serait seraient "
        "seront soient sois soyez suis étant êtes devaient devait devez devons devra devraient devrait devrez "
        "devront faites faisant faut faudra faudrait peux pourra pourraient pourrait pourrez pourront pouvaient "
        "pouvait pouvant pouvez pouvons puisse puissent veut veux veulent voudrait voudrais veuillez"
    ),
    "it": _listed(
        "a ad agli ai al alla alle allo anche avere c che chi ci cioè come con contro cui da dagli dai dal dalla "
        "dalle dallo de degli dei del dell della delle dello di dove e è ed era erano essere fa fra gli ha hanno "
        "ho i il in io l la le lei li lo loro lui ma me mi mia mio ne negli nei nel nella nelle nello no noi non "
        "nostra nostro o ogni per perché più può possono quale quali quando quanta quante quanti quanto quella "
        "quelle quelli quello questa queste questi questo se sei senza si sia solo sono sta stata state stati "
        "stato su sua sue sugli sui sul sulla sulle sullo suo suoi tra tu tua tue tuo un una uno vi voi quindi "
        "deve devono viene vengono cosa "
        "altra altre altri altro ciò là lì qualche qualcosa qualsiasi qualunque tale tali stessa stesse stessi "
        "stesso abbia abbiamo abbiano avendo avesse avessero aveva avevano avranno avrebbe avrebbero avrà avete "
        "avuto ebbe hai essendo fosse fossero furono sarà saranno sarebbe sarebbero saremo siamo siano siete debba "
        "debbano devi devo dobbiamo dovete doveva dovevano dovrà dovranno dovrebbe dovrebbero dovendo possa "
        "possano possiamo posso potete poteva potevano potrà potranno potrebbe potrebbero potrei potendo puoi puo "
        "vogliamo vogliono vorrei vorrebbe vuole vuoi alcun alcuna alcune alcuni bensì oppure ovvero venga vengano "
        "veniva venivano verrà verranno verrebbe qual dov cos quand"
    ),
    "es": _listed(
        "a al algo algunas algunos ante antes aquel aquella como con contra cual cuáles cuál cuando cuándo cuánto "
        "cuántos cuántas cuánta de del desde donde dónde durante e el él ella ellas ellos en entre era eran eres "
        "es esa esas ese eso esos esta está están estas este esto estos fue fueron ha había han hasta hay la las "
        "le les lo los más me mi mis mucho muy nada ni no nos nosotros nuestra nuestro o os otra otras otro otros "
        "para pero poco por porque qué que quien quién quienes se sea ser si sí sido sin sobre son su sus también "
        "tan tanto te tiene tienen tu tus un una unas uno unos y ya yo cómo"
    ),
}
