"""Polish words for ties."""

_ADJ = r"(?:\w+ ){0,3}?"
_MIASTO = r"(?:miast\w*|mieści\w*|gmin\w*|regi\w+|powia\w+|wojew\w+|samorząd\w*|stolic\w+)"
_PAPER = (
    r"(?:umow\w+|umów|porozumieni\w+|porozumień|deklaracj\w+|akt\w{0,3}|dokument\w*|traktat\w*"
    r"|kart\w{1,2}|układ\w*|kontrakt\w*|uchwał\w+)"
)

ENTRIES: dict[str, str] = {
    "T:solidarity:state": r"""
partnerstw\w* solidarno\w+
solidarno\w+ partnerstw\w*
solidarnościow\w+ partnerstw\w*
""",
    "T:solidarity:paper": rf"""
umow\w+ o {_ADJ}partnerstwie solidarno\w+
""",
    "T:twinning:role": r"""
miast\w* partnersk\w+
mieści\w* partnersk\w+
mieście partnersk\w+
gmin\w* partnersk\w+
gminie partnersk\w+
partnersk\w+ (?:miast\w*|mieście|gmin\w*)
partnersk\w+(?= (?-i:[A-ZŁŚŻŹĆÓ]))
bliźniak\w{0,3}
miast\w* bliźniacz\w+
mieście bliźniacz\w+
bliźniacz\w+ (?:miast\w*|mieście|gmin\w*)
miast\w* siostrzan\w+
siostrzan\w+ (?:miast\w*|mieście|gmin\w*)
miast\w* zaprzyjaźnion\w+ i partnersk\w+
""",
    "T:twinning:state": r"""
partnerstw\w* miast
siostrzeństw\w*
bliźniactw\w*
statusu? miast\w* partnersk\w+
""",
    "T:twinning:paper": rf"""
umow\w+ o {_ADJ}(?:miastach partnerskich|bliźniactwie|partnerstwie miast)
umow\w+ bliźniacz\w+
""",
    "T:twinning:verb": r"""
zbratał\w+
pobratał\w+
zbliźniacz\w+
""",
    "T:partner:role": r"""
region\w* partnersk\w+
powiat\w* partnersk\w+
województw\w* partnersk\w+
partnersk\w+ (?:region\w*|powiat\w*|województw\w*|samorząd\w*)
samorząd\w* partnersk\w+
miast\w*[-–]partner\w*
""",
    "T:partner:loose": r"""
partner\w{0,4}
partnerem
partnerami
""",
    "T:partner:state": r"""
partnerstw\w*
partnersk\w+ (?:relacj|stosunk|więz|kontakt|współprac)\w*
relacj\w+ partnersk\w+
stosunk\w+ partnersk\w+
współprac\w+ partnersk\w+
""",
    "T:partner:paper": rf"""
umow\w+ partnersk\w+
umów partnersk\w+
umow\w+ o {_ADJ}partnerst\w+(?: i współprac\w+)?
umow\w+ o {_ADJ}współpracy partnersk\w+
porozumieni\w+ o {_ADJ}partnerst\w+(?: i współprac\w+)?
porozumieni\w+ partnersk\w+
partnersk\w+ {_PAPER}
deklaracj\w+ o {_ADJ}partnerst\w+
akt\w{{0,3}} partnerstwa
""",
    "T:friendship:role": r"""
zaprzyjaźnion\w+ (?:miast\w*|mieści\w*|gmin\w*)
miast\w* zaprzyjaźnion\w+
mieście zaprzyjaźnion\w+
""",
    "T:friendship:state": r"""
przyjazn\w+ (?:relacj|stosunk|więz|kontakt)\w*
przyjacielsk\w+ (?:relacj|stosunk|więz|kontakt)\w*
""",
    "T:friendship:loose": r"""
przyjaźń
przyjaźni\w{0,2}
""",
    "T:friendship:paper": rf"""
umow\w+ o {_ADJ}przyjaźni
deklaracj\w+ (?:o )?{_ADJ}przyjaźni
akt\w{{0,3}} przyjaźni
porozumieni\w+ o {_ADJ}przyjaźni
""",
    "T:cooperation:state": r"""
współprac\w+ międzynarodow\w+
współprac\w+ (?:miast|gmin|regionów|samorządow\w+)
""",
    "T:cooperation:loose": r"""
współprac(?:a|y|ę|ą|o)
współpracowa\w+
współpracuj\w+
kooperacj\w+
""",
    "T:cooperation:paper": rf"""
umow\w+ o {_ADJ}współprac\w+
umów o {_ADJ}współprac\w+
umow\w+ (?:w sprawie|dotycząc\w+) {_ADJ}współprac\w+
porozumieni\w+ (?:o|w sprawie|dotycząc\w+) {_ADJ}współprac\w+
deklaracj\w+ (?:o )?{_ADJ}współprac\w+
""",
    "T:memorandum:paper": rf"""
list\w{{0,3}} intencyjn\w+
liście intencyjn\w+
umow\w+ intencyjn\w+
umow\w+ intencyjn\w+ (?:o|w sprawie|dotycząc\w+) {_ADJ}(?:współprac|partnerst)\w+
list\w{{0,3}} intencyjn\w+ (?:o|w sprawie|dotycząc\w+) {_ADJ}(?:współprac\w+|partnerst\w+)(?: miast)?
porozumieni\w+ intencyjn\w+
memorand\w+
memorand\w+ (?:o|w sprawie) {_ADJ}(?:współprac|porozumieni|zrozumieni)\w+
deklaracj\w+ intencji
protok\w+ intencji
""",
    "T:unknown:state": r"""
kontakt\w*
relacj\w+
więz\w+
stosunk\w+
""",
    "T:unknown:paper": r"""
umow(?:a|y|ę|ą|ie)
umów
porozumieni\w+
""",
    "E:sign:done": r"""
podpisa(?:ł|ła|ło|li|ły)
podpisano
podpisan[aeoyi]\w{0,2}
podpisuj\w+
zawar(?:ł|ła|ło|li|ły)
zawarto
zawart[aeoy]\w{0,2}
zawiera(?:ją)?
przypieczętowa(?:ł|ła|ło|li|ły|no)
przypieczętowan\w+
sfinalizowa\w+
złoży(?:li|ły|ł|ła) (?:swoje )?podpis\w*
wymieni(?:li|ły) (?:się )?podpis\w*
złożono podpis\w*
potwierdzi(?:li|ły) podpis\w*
sygnowa(?:ł|ła|li|ły|no)
""",
    "E:sign:inf": r"""
podpisać
podpisywać
zawrzeć
zawierać
przypieczętować
sfinalizować
""",
    "E:sign:fut": r"""
podpiszą
podpisze
podpiszemy
zawrą
zawrze
""",
    "E:sign:nom": r"""
podpisani\w+
zawarci\w+
podpisów
""",
    "E:become:done": r"""
zosta(?:ł|ła|ło|li|ły)
sta(?:ł|ła|ło|li|ły) się
staje się
stają się
zysk(?:ał|ała|ało|ali|ały|uje)
uzyska(?:ł|ła|ło|li|ły)
ma now\w+
mają now\w+
dołącz(?:ył|yła|yło|yli|yły|a)
znalaz(?:ł|ła|ło)
pozyska(?:ł|ła|ło|li|ły)
przyj\w+ do (?:grona|rodziny)
uzna(?:ł|ła|ło|li|ły|no)
od teraz
są teraz
jest teraz
są już
""",
    "E:become:inf": r"""
zostać
stać się
zyskać
uzyskać
""",
    "E:become:fut": r"""
zostanie
zostaną
stanie się
staną się
będzie mi\w+
zyska
""",
    "E:start:done": r"""
nawiąza(?:ł|ła|ło|li|ły|no)
nawiązuj\w+
nawiązan[aeoy]\w{0,2}
ustanowi(?:ł|ła|ło|li|ły|ono)
rozpoczę(?:li|ły|ła|ło|to)
rozpoczą(?:ł)
rozpoczyna\w*
zapoczątkowa(?:ł|ła|ło|li|ły|no)
zainicjowa(?:ł|ła|ło|li|ły|no)
utworz(?:ył|yła|yło|yli|yły|ono)
stworz(?:ył|yła|yło|yli|yły|ono)
weszł\w+ w życie
połączy(?:ł|ła|ło|li|ły)
wesz(?:ła|ło|ły|li)
powsta(?:ł|ła|ło|ły)
sięga(?:ją)?
datuje się
""",
    "E:start:inf": r"""
nawiązać
nawiązywać
ustanowić
rozpocząć
zapoczątkować
zainicjować
utworzyć
nawiązani\w+
rozpoczęci\w+
""",
    "E:start:fut": r"""
nawiążą
nawiąże
rozpoczną
rozpocznie
""",
    "E:renew:done": r"""
odnowi(?:ł|ła|ło|li|ły|ono)
przedłuży(?:ł|ła|ło|li|ły)
przedłużono
rozszerzy(?:ł|ła|ło|li|ły)
zacieśni(?:ł|ła|ło|li|ły)
potwierdzi(?:ł|ła|ło|li|ły)
""",
    "E:end:done": r"""
zerwa(?:ł|ła|ło|li|ły|no)
zerwan[aeoy]\w{0,2}
zrywa(?:ją)?
rozwiąza(?:ł|ła|ło|li|ły|no)
rozwiązan[aeoy]\w{0,2}
rozwiązuj\w+
zakończy(?:ł|ła|ło|li|ły)
zakończono
zakończon[aeoy]\w{0,2}
kończy
wypowiedzia(?:ł|ła|ło|eli|ały|ano)
wypowiedziano
wypowiada
rezygnuj\w+
zrezygnowa(?:ł|ła|ło|li|ły|no)
wycofa(?:ł|ła|ło|li|ły|no)
odstąpi(?:ł|ła|ło|li|ły|ono)
uchyli(?:ł|ła|ło|li|ły|ono)
anulowa(?:ł|ła|ło|li|ły|no)
odcię(?:ła|ło|li|ły|to)
odci(?:ął)
nie jest już
nie są już
już nie (?:jest|są)
przesta(?:ł|ła|ło|ły)
pozbawi\w+
przerwa(?:ł|ła|ło|li|ły|no)
""",
    "E:end:inf": r"""
zerwać
zrywać
rozwiązać
zakończyć
wypowiedzieć
zrezygnować
wycofać
odstąpić
przerwać
""",
    "E:end:fut": r"""
zerwie
zerwą
rozwiąże
zakończy
wypowie
""",
    "E:end:nom": r"""
zerwani\w+
rozwiązani\w+
zakończeni\w+
wypowiedzeni\w+
koniec (?=\w+)
""",
    "E:hold:done": r"""
zawiesi(?:ł|ła|ło|li|ły|ono)
zawiesza(?:ją)?
zawieszono
zawieszon[aeoy]\w{0,2}
wstrzyma(?:ł|ła|ło|li|ły|no)
wstrzymuj\w+
zamrozi(?:ł|ła|ło|li|ły)
zamrożono
zamrożon[aeoy]\w{0,2}
zamraża
""",
    "E:hold:inf": r"""
zawiesić
zawieszać
wstrzymać
zamrozić
""",
    "E:hold:fut": r"""
zawieszą
zawiesi
""",
    "E:hold:nom": r"""
zawieszeni\w+
wstrzymani\w+
zamrożeni\w+
""",
    "M:propose": r"""
zaproponowa\w+
proponuj\w+
propozycj\w+
planuj\w+
planowa\w+
plan\w{0,3}
zamierza\w*
zamiar\w*
rozważa\w*
prosi\w*
popros\w+
zaprosi\w+
zaprosz\w+
wniosek
wniosk\w+
wnioskuj\w+
wniós\w+
inicjatyw\w+
apel\w*
wzywa\w*
wezwa\w+
postuluj\w+
domaga\w*
żąda\w*
rekomenduj\w+
zaoferowa\w+
oferuj\w+
szuka\w*
zainteresowan\w+
gotow\w+
petycj\w+
wystąpi\w+ z
stara\w* się
pomysł\w*
""",
    "M:talk": r"""
rozmawia\w+
rozmow\w+
rozmów
omówi\w+
omawia\w+
negocj\w+
dyskut\w+
przygotow\w+
konsultacj\w+
prowadzą rozmowy
""",
    "M:agree": r"""
uzgodni\w+
zgodzi\w+ się
ustali\w+
porozumie(?:li|ły) się
doszli do porozumienia
umówi\w+
parafowa(?:ł|ła|ło|li|ły|no)
""",
    "M:decide": r"""
uchwali(?:ł|ła|ło|li|ły|ono)
uchwalon\w+
uchwał[aęyą]
uchwałą
podję(?:ła|li|ły|to) (?:\w+ )?uchwał\w+
podję(?:ła|li|ły|to) decyzj\w+
przyję(?:ła|li|ły|to)
przyją(?:ł)
zatwierdzi(?:ł|ła|ło|li|ły|ono)
zdecydowa(?:ł|ła|ło|li|ły|no)
postanowi(?:ł|ła|ło|li|ły|ono)
wyrazi(?:ł|ła|ło|li|ły|ono) zgodę
wyrażenie zgody
wyrażeni\w+ zgody
zgodę na
poparli
popar(?:ł|ła|ło|ły|to)
zagłosowa(?:ł|ła|li|ły|no) za
głosowa(?:ł|ła|li|ły|no) za
jednogłośnie
jednomyślnie
dali zielone światło
dała zielone światło
zielone światło
zaakceptowa\w+
""",
    "M:vote": r"""
zagłosują
głosować będą
będą głosować
zdecydują
zdecyduje
rozpatrz\w+
pod obrady
porządku obrad
podejmą
podejmie
zajmą się
zajmie się
""",
    "M:draft": r"""
projek\w+ (?:uchwały|umowy|porozumienia)(?: w sprawie wyrażenia zgody)?
""",
    "M:will": r"""
będzie
będą
ma zostać
mają zostać
ma być
mają być
ma (?=podpisać|nawiązać|zawrzeć)
wkrótce
niebawem
niedługo
później
przyszł\w+
planowan\w+
zaplanowan\w+
najbliższ\w+
""",
    "M:wish": r"""
chce
chcą
chciał\w+
chcieli
pragn\w+
liczy na
liczą na
ma nadzieję
mają nadzieję
życz\w+
wolał\w*
""",
    "M:cond": r"""
jeśli
jeżeli
gdyby
czy
może
mogą
mógłby
mogłaby
mogłoby
powinn\w+
""",
    "M:neg": r"""
nie(?! tylko)
żadn\w+
bez
brak
ani
""",
    "M:reject": r"""
odrzuci\w+
odrzucon\w+
przeciw\w*
sprzeciwi\w+
nie popar\w+
nie zgodzi\w+
upad(?:ł|ła|ło)
odmówi\w+
odmawia
""",
    "M:doubt": r"""
rzekom\w+
podobno
fałszyw\w+
fake
fakt[- ]?check\w*
plotk\w+
dezinformacj\w+
""",
    "M:report": r"""
poinformowa\w+
informuj\w+
powiedzia\w+
mówi\w*
zapowiedzia\w+
podkreśli\w+
podkreśla
przekaza\w+
doda(?:ł|ła|je)
pisze
napisa\w+
przypomina
przypomnia\w+
tłumaczy\w*
""",
    "M:since": r"""
od(?= (?:\d{4}|roku|lat|wielu|kilku|ponad|dawna|niedawna))
istniej\w+
trwa(?:ją)?
""",
    "M:long": r"""
wieloletni\w+
wielolet\w+
dotychczasow\w+
najstarsz\w+
""",
    "M:is": r"""
jest
są
pozostaje
łączy
łączą
""",
    "M:be": r"""
był
była
były
było
to
ma
mają
utrzymuje
współpracuje
""",
    "M:old": r"""
były(?:m|ch)? (?=partner|miast)
byłe\w* (?=partner|miast)
dawn\w+ (?=partner|miast)
niegdy\w+
""",
    "M:next": r"""
przyszł\w+ (?=partner|miast)
potencjaln\w+
ewentualn\w+
""",
    "M:new": r"""
now(?:y|a|e|ego|ej|ym|ą|ych|i|ymi)
kolejn\w+
""",
    "R:both": r"""
oba
obie
obu
obydw\w+
dwa miasta
dwóch miast
oboma
miasta(?= (?:już |teraz |także |oficjalnie )?(?:podpis|zawar|nawiąz|zosta|są|współprac|łączy|uzgod|zerwa|mają))
stron\w{1,3}
samorządy(?= (?:podpis|zawar|nawiąz|zosta|są|współprac|łączy|uzgod))
wzajemn\w+
ze sobą
""",
    "R:three": r"""
trójstronn\w+
między sobą
wspóln\w+ (?=umow|porozum|deklarac|list)
trzech miast
trzy miasta
trzy gminy
trzech gmin
trzech samorządów
""",
    "R:paper": r"""
dokument\w{0,3}
podpisy?
go podpisa\w+
ją podpisa\w+
""",
    "R:same": r"""
to samo
podobnie
tak samo
w ślad
""",
    "R:city": r"""
miast[oaeuę]?m?
mieście
gmin[aęyą]
gminie
samorząd
powiat
województwo
region
radni
nasz\w{0,3}
naszego
my
nami
""",
    "R:pairwise": r"""
odpowiednio
""",
    "R:its": r"""
jego
jej
ich
swoj\w+
swój
swego
on
ona
ono
to
tego
""",
    "O": r"""
burmistrz\w*
prezydent\w*
wójt\w*
wiceburmistrz\w*
wiceprezydent\w*
starost\w*
radn(?:i|y|ych|ym|ymi|a)
rad(?:a|y|ę|zie|ą)
sejmik\w*
marszał\w+
wojewod\w+
urz[ąę]d\w*
urzędni\w+
mer\w{0,3}
delegacj\w+
przedstawiciel\w*
zastępc\w+
przewodnicząc\w+
władz\w*
włodarz\w*
gubernator\w*
kolega
""",
    "G": r"""
uniwersyte\w+
uczeln\w+
politechni\w+
akademi\w+
instytut\w*
szko[łl]\w*
lice\w+
szpita\w+
muze\w+
bibliote\w+
teatr\w*
klub\w*
piłkar\w+
izb\w{1,2}
spół\w+
firm\w*
przedsiębiorstw\w*
bank\w{0,3}
lotnisk\w*
fundacj\w+
stowarzyszeni\w+
związ\w+
organizacj\w+
sie(?:ć|ci|cią)
ministerstw\w*
minist\w+
rząd\w{0,3}
ambasad\w*
agencj\w+
undp
unesco
ue
onz
czerwon\w+ krzyż\w*
parafi\w+
diecezj\w+
policj\w+
wodociąg\w*
metro
port\w{0,2}
rektor\w*
student\w*
uczni\w+
harcerz\w*
chór\w*
oper[aęy]
festiwal\w*
zoo
zakład\w*
fabryk\w+
strażak\w*
ratowni\w+
gazet\w+
wolontariusz\w*
klubami
druchów
caritas
osp
lekarz\w*
naukowc\w+
straż\w*
towarzystw\w+
parlament\w*
""",
    "W:with": r"""
ze
z(?! \d)
""",
    "W:between": r"""
między
pomiędzy
""",
    "W:to": r"""
do
ku
""",
    "W:for": r"""
dla
""",
    "W:from": r"""
od
""",
    "W:as": r"""
jako
jak
""",
    "W:in": r"""
w
we
pod
koło
przy
niedaleko
przez
na
po
nad
podczas
odwiedził\w*
""",
    "J": r"""
i
oraz
a także
wraz
""",
    "F": r"""
miasto
miasta
miastem
miastami
miastu
mieście
miastach
gmina
gminy
gminą
gminę
gminie
stolica
stolicą
także
również
potem
później
województwo
województwem
obwód
obwodem
powiat
powiatem
rejon
miejscowość
region
""",
}
