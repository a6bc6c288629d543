"""German words for ties."""

_PAPER = (
    r"(?:vertr[aä]g\w*|vereinbarung\w*|abkommen\w*|urkunden?|erklärung\w*|abschluss|pakt\w*"
    r"|charta|dokument\w*|verträgen?)"
)

ENTRIES: dict[str, str] = {
    "T:solidarity:state": r"""
solidaritätspartnerschaft\w*
solidarische\w? partnerschaft\w*
solidaritätsbündnis\w*
""",
    "T:solidarity:role": r"""
solidaritätspartner\w*
solidaritätspartnerst(?:adt|ädte\w*)
""",
    "T:solidarity:paper": rf"""
solidaritätspartnerschafts-?{_PAPER}
solidaritäts{_PAPER}
vereinbarung\w* (?:über|zu) (?:\w+ )?solidaritätspartnerschaft\w*
""",
    "T:twinning:role": r"""
partnerst(?:adt|ädten?)
partnerkommunen?
partnergemeinden?
partnerort\w*
partnerd(?:orf|örfer)\w*
schwesterst(?:adt|ädten?)
zwillingsst(?:adt|ädten?)
""",
    "T:twinning:state": r"""
städtepartnerschaft(?:en)?
städtepartnerschaftlich\w*
stadtpartnerschaft(?:en)?
gemeindepartnerschaft(?:en)?
kommunalpartnerschaft(?:en)?
kommunale\w? partnerschaft(?:en)?
ortspartnerschaft(?:en)?
partnerstädtisch\w*
verschwisterung\w*
partnerstatus
""",
    "T:twinning:paper": rf"""
städtepartnerschafts-?{_PAPER}
gemeindepartnerschafts-?{_PAPER}
vertr[aä]g\w* (?:über|zu) (?:\w+ ){{0,2}}städtepartnerschaft
vereinbarung\w* (?:über|zu) (?:\w+ ){{0,2}}städtepartnerschaft
""",
    "T:twinning:verb": r"""
verschwistert\w*
""",
    "T:partner:role": r"""
partnerlandkreis\w*
partnerkreis\w*
partnerregion\w*
partnerprovinz\w*
partnerbezirk\w*
partnerland
""",
    "T:partner:loose": r"""
partnern?
verpartner\w+
partnerin
""",
    "T:partner:state": r"""
partnerschaft(?:en)?
partnerschaftlich\w* (?:beziehung|verbindung|verhältnis|verbunden|kontakt)\w*
projektpartnerschaft(?:en)?
kreispartnerschaft(?:en)?
regionalpartnerschaft(?:en)?
landkreispartnerschaft(?:en)?
klimapartnerschaft(?:en)?
""",
    "T:partner:paper": rf"""
partnerschafts-?{_PAPER}
vertr[aä]g\w* (?:über|zu) (?:\w+ ){{0,2}}partnerschaft
vereinbarung\w* (?:über|zu) (?:\w+ ){{0,2}}partnerschaft
""",
    "T:friendship:role": r"""
befreundete\w? (?:st(?:adt|ädte\w*)|gemeinden?|kommunen?)
freundschaftsst(?:adt|ädten?)
""",
    "T:friendship:state": r"""
städtefreundschaft(?:en)?
freundschaftlich\w* (?:beziehung|verbindung|verhältnis|verbunden|kontakt|bande)\w*
freundschaftsbeziehung\w*
""",
    "T:friendship:loose": r"""
freundschaft(?:en)?
befreundet
""",
    "T:friendship:paper": rf"""
freundschafts-?{_PAPER}
""",
    "T:cooperation:state": r"""
städtekooperation\w*
kommunale\w? (?:zusammenarbeit|kooperation)
kooperationsbeziehung\w*
kooperationspartner\w*
kooperation(?:en)?
""",
    "T:cooperation:loose": r"""
zusammenarbeit
kooperier\w+
zusammenarbeiten
zusammenzuarbeiten
""",
    "T:cooperation:paper": rf"""
kooperations-?{_PAPER}
vereinbarung\w* (?:über|zur|zu) (?:\w+ ){{0,3}}(?:zusammenarbeit|kooperation)
vertr[aä]g\w* (?:über|zur|zu) (?:\w+ ){{0,3}}(?:zusammenarbeit|kooperation)
abkommen\w* (?:über|zur|zu) (?:\w+ ){{0,3}}(?:zusammenarbeit|kooperation)
""",
    "T:memorandum:paper": r"""
memorand(?:um|en|ums)
memorandum of understanding
memorand(?:um|en) (?:über|zur) (?:\w+ ){0,3}(?:zusammenarbeit|kooperation|verständigung)
absichtserklärung\w*
absichtserklärung\w* (?:über|zur|zu|für) (?:\w+ ){0,3}(?:zusammenarbeit|kooperation|partnerschaft|städtepartnerschaft)
letter of intent
gemeinsame\w? absichts\w+
mou
""",
    "T:unknown:state": r"""
verbindung(?:en)?(?= (?:mit|nach|zu|zur|zum|zwischen|der|in|ein))
beziehung(?:en)?
kontakt(?:e|en)?
bande
bündnis\w*
""",
    "T:unknown:paper": r"""
vereinbarung(?:en)?
abkommens?
vertr[aä]gen?
vertrags?
verträge
dreiervertrag\w*
""",
    "E:sign:done": r"""
unterzeichnet(?:en|e)?
unterschrieb(?:en)?
unterschreibt
besiegel(?:t|te|ten)
abgeschlossen
geschlossen
schlossen
schloss
schließt
vereinbart(?:en|e)?
beurkundet
setzten? (?:\w+ ){0,6}unterschrift\w*
setzten? (?:\w+ ){0,6}namen unter
ihre unterschrift\w*
unter dach und fach
""",
    "E:sign:bare": r"""
unterzeichnen
unterschreiben
schließen
besiegeln
""",
    "E:sign:inf": r"""
zu unterzeichnen
zu unterschreiben
zu besiegeln
zu schließen
abschließen
abzuschließen
zu vereinbaren
""",
    "E:sign:nom": r"""
unterzeichnung\w*
vertragsunterzeichnung\w*
unterschrift
besiegelung
abschluss
""",
    "E:become:done": r"""
wurde(?:n)? (?=\w+ )
geworden
wird (?=partner|städte)
bekam(?:en)?
bekommt
bekommen
erhielt(?:en)?
erhält
erhalten
gewann
gewonnen
gefunden
fand(?:en)?
aufgenommen
ernannt
hat (?:nun |jetzt )?(?:eine |einen )?neue\w?
hat nun
hat jetzt
sind (?:nun|jetzt|fortan|ab sofort)
ist (?:nun|jetzt|ab sofort)
""",
    "E:become:inf": r"""
zu werden
""",
    "E:start:done": r"""
eingegangen
geht (?=\w+)
gehen (?=eine|die|nun|jetzt)
gingen
ging
begründet(?:en|e)?
gründet(?:en|e)?
gegründet
aufgebaut
etabliert
gestartet
startet(?:en|e)?
startschuss
in kraft
begann(?:en)?
begonnen
besteht seit
bestehen seit
entstand(?:en)?
entstanden
zustande
verbünde\w+
geknüpft
knüpft(?:en|e)?
beginn(?:t|en)
ins leben gerufen
offiziell (?=partner|verschwister)
""",
    "E:start:inf": r"""
einzugehen
eingehen
eingeht
aufbauen
aufzubauen
begründen
zu gründen
gründen
knüpfen
aufnehmen
anstreb\w+
eingeh\w+
einrichten
""",
    "E:renew:done": r"""
erneuert(?:en|e)?
bekräftigt(?:en|e)?
verlängert(?:en|e)?
vertieft(?:en|e)?
ausgebaut
erweitert(?:en|e)?
""",
    "E:end:done": r"""
beendet(?:en|e)?
gekündigt
kündigt(?:en|e)?
aufgekündigt
gekappt
kappt(?:en|e)?
abgebrochen
brach(?:en)?
bricht
aufgelöst
löst(?:en|e)? (?:die|ihre|seine|den)
aufgehoben
hob(?:en)?
gelöst
getrennt
trennt(?:en|e)? sich
zieht (?:einen )?schlussstrich
zog(?:en)? (?:einen )?schlussstrich
nicht mehr
keine partnerstadt mehr
zerbrach\w*
aberkannt
gestrichen
widerrufen
annulliert
""",
    "E:end:inf": r"""
beenden
zu beenden
kündigen
kappen
zu kappen
zu kündigen
aufkündigen
aufzukündigen
abbrechen
abzubrechen
auflösen
aufzulösen
aufheben
aufzuheben
zu lösen
""",
    "E:end:nom": r"""
beendigung
kündigung
abbruch
auflösung
aufkündigung
ende der
aus für (?:die|der)
aus der partnerschaft
""",
    "E:hold:done": r"""
ruht(?:en|e)?
ruhen
ausgesetzt
setzt(?:en|e)? (?=\w+ (?:\w+ )?(?:partnerschaft|städtepartner|beziehung|zusammenarbeit|kooperation))
auf eis
eingefroren
friert
fror(?:en)?
pausiert
stillgelegt
suspendiert(?:en|e)?
unterbrochen
ruhend
legt(?:en|e)? (?=\w+ (?:\w+ ){0,4}auf eis)
""",
    "E:hold:inf": r"""
aussetzen
auszusetzen
einzufrieren
einfrieren
ruhen lassen
ruhen zu lassen
auf eis (?:zu )?legen
zu suspendieren
""",
    "E:hold:nom": r"""
aussetzung
ruhen der
ruhenlassen
suspendierung
""",
    "M:propose": r"""
vorgeschlagen
schl[aä]g(?:t|en)
schlug(?:en)?
vorschl[aä]g\w*
beantragt(?:en|e)?
beantrag\w+
antrag
plan(?:t|en|te|ten)
geplant\w*
pläne
erwäg(?:t|en)
prüf(?:t|en)
bittet
baten?
gebeten
anfrage
angefragt
anzubieten
angeboten
bot(?:en)?
bietet
regt(?:en|e)? an
angeregt
anregung
forder(?:t|n|te|ten)
gefordert
empf(?:iehlt|ahl|ehl\w*)
empfohlen
initiative
berät
beraten
berieten
beriet
diskutier(?:t|en)
debattier(?:t|en)
strebt
streben
angestrebt
idee
interesse
bereit(?:schaft)?
sucht
suchen
aufruf
wirbt
werben für
appell\w*
""",
    "M:talk": r"""
verhandel\w+
gesprächen?
gespräch
spr(?:icht|echen|ach|achen) (?:\w+ ){0,9}?über
besprochen
besprachen
vorbereitet
vorbereitung\w*
bereiten
""",
    "M:agree": r"""
einigt(?:en|e)? sich
geeinigt
verständigt(?:en|e)? sich
verabredet(?:en|e)?
kamen überein
übereingekommen
""",
    "M:decide": r"""
beschloss(?:en)?
beschließ(?:t|en)
beschlossen\w*
beschluss
ratsbeschluss
stimm(?:t|en|te|ten) (?:[\w'-]+,? ){0,16}?zu
stimm(?:t|en|te|ten) (?:\w+ ){0,4}?für
zugestimmt
zustimmung
votiert(?:en|e)? für
billigt(?:en|e)?
gebilligt
genehmigt(?:en|e)?
verabschiedet(?:en|e)?
bewilligt
entschied(?:en)?
grünes licht
sagt (?:\w+ )?ja
sagte (?:\w+ )?ja
ja zu[rm]?
einstimmig\w*
gab(?:en)? (?:sein|ihr)\w* (?:ok|zustimmung|segen)
segnet\w* (?:\w+ ){0,4}ab
abgesegnet
befürwortet(?:en|e)?
spricht sich (?:\w+ ){0,3}für
sprach(?:en)? sich (?:\w+ ){0,3}für
ratifizier\w+
überzeugt
""",
    "M:vote": r"""
entscheidet
entscheiden
stimmt (?:\w+ ){0,3}ab
abstimmen
abgestimmt werden
berät über
soll(?:en)? (?:\w+ ){0,3}beschließen
zu beschließen
steht (?:\w+ ){0,3}auf der tagesordnung
beschlussvorlage
vorlage
""",
    "M:draft": r"""
entwurf
beschlussvorlage
""",
    "M:will": r"""
soll
sollen
sollte
demnächst
bald
künftig
in kürze
nächste\w?
kommende\w?
geplant
vorgesehen
steht bevor
""",
    "M:passive": r"""
wird
werden
""",
    "M:wish": r"""
will
wollen
wollte
wollten
möchten?
wünsch\w+
hoff(?:t|en|te|ten)
""",
    "M:cond": r"""
ob
wenn
falls
könnten?
würden?
dürften?
""",
    "M:neg": r"""
nicht(?! nur| mehr)
kein(?:e|en|em|er|es)?
nie
niemals
ohne
weder
""",
    "M:reject": r"""
abgelehnt
ablehn\w+
lehnt(?:en|e)?
gegen
dagegen
abgewiesen
verworfen
scheitert(?:en|e)?
gescheitert
nein zu[rm]?
absage
""",
    "M:doubt": r"""
angeblich\w*
vermeintlich\w*
gerücht\w*
falschmeldung\w*
faktencheck
satire\w*
""",
    "M:report": r"""
auf (?:einen )?antrag

sagt(?:en|e)?
teilt(?:en|e)? (?:\w+ ){0,4}mit
mitgeteilt
mitteilt(?:e|en)?
bekannt
so (?:der|die)
berichtet(?:en|e)?
erklärt(?:en|e)?
hieß es
betont(?:en|e)?
meldet(?:en|e)?
""",
    "M:since": r"""
seit
bereits seit
schon seit
besteht
bestehen
bestehende\w?
bestand
""",
    "M:long": r"""
langjährige\w?
jahrzehntelang\w*
älteste\w?
gibt es (?:schon|bereits)
""",
    "M:is": r"""
ist
sind
bleibt
verbindet
verbinden
""",
    "M:be": r"""
war
waren
sei
hat
haben
hatte
unterhält
unterhalten
pflegt
pflegen
""",
    "M:old": r"""
ehemalige\w?
frühere\w?
einstige\w?
ex[- ]
""",
    "M:next": r"""
künftige\w?
zukünftige\w?
mögliche\w?
potenzielle\w?
""",
    "M:new": r"""
neue\w?
neueste\w?
weitere\w?
""",
    "R:both": r"""
beide\w?
zwei städte\w?
zwei kommunen
der städte
die (?:beiden |zwei )?städte(?= (?:haben|sind|unterz|schlie|schlos|verein|verbin|pfleg|geh))
zwischen den städten
den städten
partner unterzeichne\w*
miteinander
gegenseitig\w*
einander
untereinander
seiten
""",
    "R:three": r"""
drei (?:\w+ )?(?:städte\w?|kommunen|gemeinden|partner\w?)
dreier\w+
trilateral\w*
dreiseitig\w*
untereinander
dreiervertrag\w*
gemeinsame\w? (?=vertrag|vereinbarung|abkommen|erklärung|urkunde)
""",
    "R:paper": r"""
das dokument
die urkunden?
den vertrag
die (?:vereinbarung|erklärung)
ihre unterschrift\w*
""",
    "R:same": r"""
das gleiche
dasselbe
ebenso
genauso
""",
    "R:city": r"""
die (?:\w+ )?(?:stadt|gemeinde|kommune|region|verwaltung|hauptstadt)
der (?:\w+ )?(?:stadt|gemeinde|kommune|landkreis|kreis|region|hauptstadt)
den landkreis
stadtrat
gemeinderat
stadt
gemeinde
kommune
unsere\w?
wir
uns
""",
    "R:pairwise": r"""
jeweils
beziehungsweise
""",
    "R:its": r"""
seine\w?
ihre\w?
sein
ihr
er
sie
dessen
deren
es
dies
""",
    "O": r"""
oberbürgermeister\w*
bürgermeister\w*
ob
stadtrat\w*
gemeinderat\w*
kreistag\w*
landrat\w*
landrät\w+
rat
rats
räte
rathaus\w*
stadtverwaltung\w*
verwaltung\w*
stadtverordnet\w+
amtskolleg\w+
kolleg\w+
vertreter\w*
delegation\w*
magistrat\w*
bezirksbürgermeister\w*
ausschuss
fraktion\w*
gouverneur\w*
senat\w*
stadtspitze
stadtoberhaupt\w*
stadtoberhäupter\w*
""",
    "G": r"""
universität\w*
hochschule\w*
institut\w*
schule\w*
gymnasi\w+
grundschule\w*
klinik\w*
klinikum
krankenhaus\w*
museum
museen
bibliothek\w*
theater\w*
orchester\w*
verein\w{0,2}
fußball\w*
handelskammer\w*
ihk
kammer\w*
unternehmen
firma
firmen
stadtwerke
gmbh
bank
flughafen
stiftung\w*
verband\w*
verbände\w*
bund
ministeri\w+
minister\w*
bundesregierung
botschaft\w*
agentur\w*
netzwerk\w*
polizei
verkehrsbetrieb\w*
wasserwerk\w*
hafen\w{0,2}
hafenbehörde
rektor\w*
studierende\w*
schüler\w*
chor
chöre
oper
festival\w*
zoo
werk\w?
rettungsdienst\w*
bistum
gemeindekirch\w*
rotary
lions
zeitung\w*
sender
vereine
freiwillige\w?
hilfsorganisation\w*
feuerwehr\w*
kirche\w*
gemeinschaft
undp
giz
unesco
eu
rotes kreuz
parlament\w*
""",
    "W:with": r"""
mit
""",
    "W:between": r"""
zwischen
""",
    "W:of": r"""
von
des
""",
    "W:to": r"""
nach
zu
zum
zur
an
""",
    "W:for": r"""
für
""",
    "W:from": r"""
aus
über
""",
    "W:as": r"""
als
wie
""",
    "W:in": r"""
in
im
bei
nahe
um
unweit
am
auf
durch
während
besuchte
""",
    "J": r"""
und
sowie
samt
nebst
""",
    "F": r"""
die
der
das
den
dem
ein
eine
einer
einem
einen
stadt
städte
städten
gemeinde
kommune
kommunen
landkreis
kreis
auch
später
dann
außerdem
region
oblast
hauptstadt
hafenstadt
""",
}
