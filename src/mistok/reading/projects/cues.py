"""Words of building and mending, of commitment, and of what is no commitment, in four languages.

`*` stands for any ending. The noun is how the work is called in English.
"""

from functools import cache, lru_cache

_WORK = {
    "en": {
        "rebuilding": "rebuild rebuilds rebuilding rebuilt",
        "reconstruction": "reconstruct* reconstruction",
        "restoration": "restor* restoration",
        "repair": "repair* mend mends mended",
        "renovation": "renovat* refurbish* overhaul* modernis* moderniz*",
        "construction": "build builds construct construction constructs erect erects erecting",
        "equipment": "equip equips equipping re-equip fit furnish furnishes",
        "replacement": "replace replaces replaced replacing",
    },
    "uk": {
        "reconstruction": "відбуд* реконстру* перебуд*",
        "restoration": "віднов*",
        "repair": "відремонт* ремонт* полагод* капремонт*",
        "construction": "збуд* побуд* будівництв* будуват* зведе зведуть звести спорудж* споруди*",
        "equipment": "облашт* обладнає обладнають обладнати оснаст* оснащ* устаткує",
        "renovation": "оновит* оновлен* модерніз* утепл*",
    },
    "de": {
        "reconstruction": "wiederaufbau* wiederaufzubauen wiederherst* rekonstru* aufbau",
        "repair": "reparier* reparatur* instandsetz* instandzusetzen",
        "renovation": "sanier* renovier* erneuer* modernisier* sanierung*",
        "construction": "bau bauen baut neubau errichte* errichtung* gebaut aufzubauen",
        "equipment": "ausstatt* ausrüst* einricht*",
    },
    "pl": {
        "reconstruction": "odbud* rekonstru* odtworz*",
        "repair": "remont* wyremont* napraw*",
        "renovation": "odnow* odnowi* modernizac* zmoderniz* termomoderniz*",
        "construction": "zbud* wybud* budow* wznie* postawi*",
        "equipment": "wyposaż* doposaż*",
    },
}
_COMMITS = {
    "en": """will shall 'll agreed agrees agree promised promises promise pledged pledges pledge
        committed commits undertaken undertook undertakes plans plan planned signed
        sign announced announces funds funded fund finances financed finance financing
        allocated allocates allocate assist assists assisted take takes took taking
        over helps helped help continues continue has have is are contributes
        contribute contributed pays paid participates participate desire rebuilt
        restored repaired renovated invests invest approved support supports supported
        sponsor sponsors memorandum agreement set earmarked begins began started""",
    "uk": """відбудує відбудують відновить відновлять відремонтує відремонтують збудує збудують
        побудує побудують облаштує облаштують оснастить допоможе допоможуть профінансує
        профінансують фінансує фінансують виділить виділила виділило виділив виділили зобов'яза*
        обіця* пообіця* підписа* продовжить продовжують планує планують буде будуть домовил*
        погодил* візьме взяла взяло взяв надасть надала братиме участь долуч* допомага* реалізу*
        відбудувала відбудувало відновила відновило відновив реконструює реконструюють відбудовує
        відбудовують відбудували відновили відремонтували обладнає шефств* коштом кошт*""",
    "de": """wird werden übernimmt übernehmen übernahm finanziert finanzieren hilft helfen half
        beteilig* zugesagt sagte verspr* versproch* bewillig* beschloss* unterstütz*
        vereinbar* plan* stell* unterzeichn* verpflicht* baut bauen repariert saniert
        will förder* hat haben""",
    "pl": """odbuduje odbudują wyremontuje wyremontują zbuduje zbudują wybuduje wybudują sfinansuje
        sfinansują finansuje finansują pomoże pomogą pomaga przeznacz* przekaż*
        zobowiąz* obieca* podpis* planuj* wesprze wesprą wspiera wspierają dołoży
        włączy zadeklarow* wyposaży wyposażą odnowi weźmie wzięł* odbudował*
        wyremontował* będzie będą uczestnicz*""",
}
_NO_COMMITMENT = {
    "en": """ready could might should need needs hopes hope asked asks discussed discuss discusses
        discussing interested invite invited invites appeal appealed calls called if
        would proposal proposed proposes considering consider considers possible
        possibility opportunities willing topics topic exchange sought seeks lacks""",
    "uk": """готов* могли міг може можуть потреб* сподіва* просить просять обговор* запроси*
        запрош* заклик* якби зацікавл* можливіст* можливост* пропону* запропон* хотіли хотів""",
    "de": """bereit könnte könnten sollte sollten brauch* benötig* hoff* bitt* bat besproch*
        gesproch* sprach* interess* vorschlag* schlug möglichkeit* diskut* wünsch*
        würde würden falls""",
    "pl": """gotow* mógłby mogłaby mogłyby potrzeb* liczy liczą prosi prosił* omówi* omawia*
        rozmawia* zaprasza* apel* zainteresow* możliwoś* proponuj* zaproponow* chciał* gdyby
        dyskut*""",
}
_SUBJECTS = {
    "en": """city town municipality country it they he she partners government delegation county
        region state community guests council mayor side danes germans estonians""",
    "uk": """місто громада країна вона вони він партнери уряд делегація область сторона побратими
        мерія""",
    "de": "stadt gemeinde land sie er partner regierung landkreis kreis rat bürgermeister kommune",
    "pl": """miasto gmina kraj ona oni on partnerzy rząd powiat województwo samorząd strona
        burmistrz""",
}


_SINGLES = frozenset(
    """city town municipality country county region state community місто громада країна область
    stadt gemeinde land landkreis kreis kommune miasto gmina kraj powiat województwo""".split()
)


@lru_cache(maxsize=20_000)
def work_of(lang: str, low: str) -> str:
    """How the work that a word tells is called in English; "" when it tells none."""
    return _found(_work(lang), low)


@lru_cache(maxsize=20_000)
def commits(lang: str, low: str) -> bool:
    """Whether a word can commit somebody to a work."""
    return bool(_found(_stems(_COMMITS[lang]), low))


@lru_cache(maxsize=20_000)
def doubts(lang: str, low: str) -> bool:
    """Whether a word says that nobody is committed yet: "ready to", "discussed", "could"."""
    return bool(_found(_stems(_NO_COMMITMENT[lang]), low))


@cache
def subjects(lang: str) -> frozenset[str]:
    """Words that can stand for a town or country named before."""
    return frozenset(_SUBJECTS[lang].split())


@cache
def singles(lang: str) -> frozenset[str]:
    """Words for one town or country, without "they" and "partners"."""
    return subjects(lang) & _SINGLES


@cache
def _work(lang: str) -> dict[str, str]:
    stems: dict[str, str] = {}
    for noun, told in _WORK[lang].items():
        stems |= dict.fromkeys(_keys(told), noun)
    return stems


@cache
def _stems(told: str) -> dict[str, str]:
    return dict.fromkeys(_keys(told), "yes")


def _keys(told: str) -> list[str]:
    return [word[:-1] if word.endswith("*") else word + "$" for word in told.split()]


def _found(stems: dict[str, str], low: str) -> str:
    exact = stems.get(low + "$")
    if exact is not None:
        return exact
    for size in range(min(len(low), 20), 2, -1):
        found = stems.get(low[:size])
        if found is not None:
            return found
    return ""
